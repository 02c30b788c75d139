"""Images as recordings: in natural order, upright, each in its own size, damage named."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from core.errors import BadVideo, Stopped
from core.progress import Progress
from core.video.frame import Frame
from core.video.source import open_video, preview
from tests.core.video.painted import is_upright, number_in, paint


def _save(path: Path, number: int, **options: object) -> Path:
    Image.fromarray(paint(number)).save(path, **options)
    return path


def test_a_folder_is_a_recording_in_natural_order(tmp_path: Path) -> None:
    names = ["9.tif", "10.bmp", "A.jpg", "b.png", "c.webp", "d.JPEG"]
    for number, name in enumerate(names):
        _save(tmp_path / name, number)
    (tmp_path / "notes.txt").write_text("not an image")
    (tmp_path / ".hidden.jpg").write_text("left by a file manager")
    (tmp_path / "inner.png").mkdir()
    with open_video(tmp_path) as source:
        assert source.info.file_names == tuple(names)
        assert source.info.warnings == ()
        assert source.info.times.tolist() == [0, 1, 2, 3, 4, 5]
        assert source.info.fps == 1
        assert [number_in(frame.image) for frame in source.frames()] == list(range(6))
        assert [frame.index for frame in source.frames(2, 4)] == [2, 3]
        assert number_in(source.read(3).image) == 3
        assert number_in(preview(tmp_path).image) == 0


def test_a_single_image_is_a_recording_of_one_frame(tmp_path: Path) -> None:
    with open_video(_save(tmp_path / "one.png", 77)) as source:
        assert (source.info.frame_count, source.info.file_names) == (1, ("one.png",))
        assert (source.info.width, source.info.height) == (96, 64)
        assert number_in(source.read(0).image) == 77
        with pytest.raises(IndexError):
            source.read(1)


STORED: dict[int, Callable[[np.ndarray], np.ndarray]] = {
    1: lambda image: image,
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.transpose(1, 0, 2),
    6: lambda image: np.rot90(image, 1),
    7: lambda image: np.rot90(image.transpose(1, 0, 2), 2),
    8: lambda image: np.rot90(image, -1),
}


FORMATS: dict[str, dict[str, object]] = {
    "a.jpg": {"quality": 95},
    "a.png": {},
    "a.webp": {"lossless": True},
    "a.tif": {},
    "packed.tif": {"compression": "tiff_lzw"},
    "jpeg.tif": {"compression": "jpeg", "quality": 95},
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("orientation", STORED)
def test_orientation_in_the_metadata_is_applied(
    tmp_path: Path, orientation: int, name: str
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = np.ascontiguousarray(STORED[orientation](paint(19)))
    Image.fromarray(stored).save(tmp_path / name, exif=exif, **FORMATS[name])
    with open_video(tmp_path / name) as source:
        image = source.read(0).image
        assert (source.info.width, source.info.height) == (96, 64)
    assert image.shape == (64, 96, 3)
    assert number_in(image) == 19
    assert is_upright(image)


def test_sizes_may_differ(tmp_path: Path) -> None:
    Image.fromarray(paint(1, 96, 64)).save(tmp_path / "a.png")
    Image.fromarray(paint(2, 65, 99)).save(tmp_path / "b.png")
    with open_video(tmp_path) as source:
        assert (source.info.width, source.info.height) == (96, 99)
        assert [frame.image.shape for frame in source.frames()] == [(64, 96, 3), (99, 65, 3)]


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "CMYK", "I;16"])
def test_other_colour_modes_become_rgb(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray(paint(5)[..., 1].astype(np.uint16) * 257)
    else:
        image = Image.fromarray(paint(5)).convert(mode)
    image.save(tmp_path / ("a.tif" if mode == "CMYK" else "a.png"))
    frame = preview(next(tmp_path.iterdir()))
    assert frame.image.shape == (64, 96, 3)
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous
    assert frame.image.flags.writeable
    assert number_in(frame.image) == 5


@pytest.fixture
def undecodable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody decode the pixels of a PNG."""
    monkeypatch.setattr(PngImageFile, "load", lambda _: pytest.fail("the pixels were decoded"))


@pytest.mark.usefixtures("undecodable")
def test_opening_decodes_no_png(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (64, 96)).save(tmp_path / "turned.png", exif=exif)
    Image.new("RGB", (9, 7)).save(tmp_path / "plain.png")
    with open_video(tmp_path) as source:
        assert (source.info.width, source.info.height) == (96, 64)


def test_a_png_is_not_turned_by_what_stands_behind_its_pixels(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = _save(tmp_path / "a.png", 3).read_bytes()
    late = b"eXIf" + exif.tobytes().removeprefix(b"Exif\0\0")
    chunk = struct.pack(">I", len(late) - 4) + late + struct.pack(">I", zlib.crc32(late))
    (tmp_path / "a.png").write_bytes(content[:-12] + chunk + content[-12:])
    with open_video(tmp_path / "a.png") as source:
        assert source.read(0).image.shape == (source.info.height, source.info.width, 3)


def test_opening_a_folder_tells_how_far_it_is_and_can_be_called_off(tmp_path: Path) -> None:
    for number in range(5):
        _save(tmp_path / f"{number}.png", number)
    told: list[Progress] = []

    def listen(progress: Progress) -> None:
        told.append(progress)
        if progress.done == 2:
            raise Stopped("enough")

    with pytest.raises(Stopped):
        open_video(tmp_path, listen)
    assert [(progress.done, progress.total) for progress in told] == [(0, 5), (1, 5), (2, 5)]


def _text(path: Path) -> Path:
    path.write_text("not an image")
    return path


def test_an_unreadable_image_is_named_at_opening_and_the_others_stay(tmp_path: Path) -> None:
    for number in range(3):
        _save(tmp_path / f"{number}.jpg", number)
    _text(tmp_path / "0.jpg")
    with open_video(tmp_path) as source:
        (warning,) = source.info.warnings
        assert warning.startswith(f"{tmp_path / '0.jpg'}: is not an image")
        assert source.info.frame_count == 3
        assert (source.info.width, source.info.height) == (96, 64)
        first, *others = source.frames()
        assert [number_in(frame.image) for frame in others] == [1, 2]
        assert all(frame.intact for frame in others)
        _assert_black(first, 0)
        _assert_black(source.read(0), 0)
    assert number_in(preview(tmp_path).image) == 1
    assert preview(tmp_path).index == 1


def _assert_black(frame: Frame, index: int) -> None:
    assert (frame.index, frame.time_s, frame.intact) == (index, float(index), False)
    assert frame.image.shape == (64, 96, 3)
    assert not frame.image.any()


def test_many_unreadable_images_are_counted(tmp_path: Path) -> None:
    _save(tmp_path / "good.jpg", 0)
    for number in range(9):
        _text(tmp_path / f"{number}.jpg")
    with open_video(tmp_path) as source:
        assert len(source.info.warnings) == 6
        assert source.info.warnings[-1] == "Images that cannot be read beside these: 4."


@pytest.mark.parametrize("road", [open_video, preview])
def test_a_folder_without_a_readable_image_is_refused(
    tmp_path: Path, road: Callable[[Path], object]
) -> None:
    _text(tmp_path / "a.jpg")
    with pytest.raises(BadVideo, match=r"a\.jpg: is not an image"):
        road(tmp_path)
    _text(tmp_path / "b.jpg")
    with pytest.raises(BadVideo, match="none of its 2 images can be read"):
        road(tmp_path)


@pytest.mark.parametrize("name", ["1.jpg", "1.png", "1.tif", "1.webp"])
def test_a_truncated_image_is_a_black_frame(tmp_path: Path, name: str) -> None:
    for other in ("0.jpg", "2.jpg"):
        _save(tmp_path / other, int(other[0]))
    _cut(_save(tmp_path / name, 1))
    with open_video(tmp_path) as source:
        first, cut, last = source.frames()
        assert (number_in(first.image), number_in(last.image)) == (0, 2)
        _assert_black(cut, 1)


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])


def test_a_single_truncated_image_is_bad(tmp_path: Path) -> None:
    _cut(_save(tmp_path / "1.png", 1))
    with open_video(tmp_path / "1.png") as source, pytest.raises(BadVideo, match=r"1\.png: is not"):
        source.read(0)


def test_a_folder_that_went_away_is_not_taken_for_damage(tmp_path: Path) -> None:
    folder = tmp_path / "stills"
    folder.mkdir()
    for number in range(3):
        _save(folder / f"{number}.png", number)
    with open_video(folder) as source:
        folder.rename(tmp_path / "away")
        with pytest.raises(BadVideo, match="does not exist"):
            next(iter(source.frames()))
