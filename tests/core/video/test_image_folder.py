"""Images as recordings: in name order, upright, each in its own size, damage named."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import BadVideo
from core.video.source import open_video, preview
from tests.core.video.painted import is_upright, number_in, paint


def _save(path: Path, number: int, **options: object) -> Path:
    Image.fromarray(paint(number)).save(path, **options)
    return path


def test_a_folder_is_a_recording_in_name_order(tmp_path: Path) -> None:
    names = ["b.png", "A.jpg", "10.bmp", "9.tif", "c.webp", "d.JPEG"]
    for number, name in enumerate(sorted(names)):
        _save(tmp_path / name, number)
    (tmp_path / "notes.txt").write_text("not an image")
    (tmp_path / ".hidden.jpg").write_text("left by a file manager")
    (tmp_path / "inner.png").mkdir()
    with open_video(tmp_path) as source:
        assert source.info.file_names == tuple(sorted(names))
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


@pytest.mark.parametrize("orientation", STORED)
def test_orientation_in_the_metadata_is_applied(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = np.ascontiguousarray(STORED[orientation](paint(19)))
    Image.fromarray(stored).save(tmp_path / "a.jpg", exif=exif, quality=95)
    with open_video(tmp_path / "a.jpg") as source:
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


def test_an_unreadable_image_is_named_at_opening(tmp_path: Path) -> None:
    for number in range(3):
        _save(tmp_path / f"{number}.jpg", number)
    (tmp_path / "1.jpg").write_text("not an image")
    with pytest.raises(BadVideo, match=r"1\.jpg: is not an image"):
        open_video(tmp_path)


@pytest.mark.parametrize("name", ["1.jpg", "1.png", "1.tif", "1.webp"])
def test_a_truncated_image_is_named_when_it_is_read(tmp_path: Path, name: str) -> None:
    _save(tmp_path / "0.jpg", 0)
    content = _save(tmp_path / name, 1).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(BadVideo, match=name.replace(".", r"\.")):
        _read_all(tmp_path)


def _read_all(folder: Path) -> None:
    with open_video(folder) as source:
        assert number_in(source.read(0).image) == 0
        for _ in source.frames():
            pass
