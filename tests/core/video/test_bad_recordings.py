"""Every recording that cannot be read says so in one sentence, and nothing leaks to the screen."""

import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from core.errors import BadVideo
from core.video.source import open_video, preview

GivePath = Callable[[str], Path]


def _sound(path: Path) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("aac", rate=16000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = 16000, 0, Fraction(1, 16000)
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _huge_png(path: Path, side: int) -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"")
    chunks = b"".join(
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c))
        for c in (header, data, b"IEND")
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)


def _playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n")


def _brands(major: bytes, *others: bytes) -> Callable[[Path], object]:
    """A file that is only said to be something, by the box with which MP4 and HEIC begin."""
    box = b"ftyp" + major + bytes(4) + b"".join(others)
    return lambda path: path.write_bytes(struct.pack(">I", len(box) + 4) + box + bytes(64))


MAKERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing.mp4": (lambda path: None, "does not exist"),
    "empty.mp4": (lambda path: path.write_bytes(b""), "is empty"),
    "text.mp4": (lambda path: path.write_text("frame,time_s\n0,0\n" * 9), "is a text file"),
    "text.avi": (lambda path: path.write_text("Zwölf Säuglinge\r\n"), "is a text file"),
    "playlist.mp4": (_playlist, "is a text file"),
    "script.ts": (lambda path: path.write_text("ffconcat version 1.0\nfile a.mp4\n"), "text file"),
    "noise.mp4": (lambda path: path.write_bytes(_noise(50_000)), "is not a video"),
    "noise.mts": (lambda path: path.write_bytes(_noise(50_000)), "is not a video"),
    "zeros.mkv": (lambda path: path.write_bytes(bytes(10_000)), "is not a video"),
    "sound.m4a": (_sound, "only sound"),
    "sound.mp4": (_sound, "only sound"),
    "folder": (lambda path: path.mkdir(), "holds no images"),
    "empty.png": (lambda path: path.write_bytes(b""), "is empty"),
    "text.jpg": (lambda path: path.write_text("no picture"), "is not an image"),
    "missing.jpg": (lambda path: None, "does not exist"),
    "bomb.png": (lambda path: _huge_png(path, 100_000), "million pixels"),
    "large.png": (lambda path: _huge_png(path, 9_000), "million pixels"),
    "larger.png": (lambda path: _huge_png(path, 10_000), "million pixels"),
    "apple.heic": (_brands(b"heic", b"mif1", b"MiHE", b"miaf", b"heic"), "HEIC photograph"),
    "renamed.mov": (_brands(b"mif1", b"heic"), "HEIC photograph"),
    "renamed.jpg": (_brands(b"heic", b"mif1"), "HEIC photograph"),
    "canon.hif": (_brands(b"heix", b"mif1"), "HEIC photograph"),
    "burst.heics": (_brands(b"msf1", b"mif1", b"heic"), "HEIC photograph"),
    "web.avif": (_brands(b"avif", b"mif1", b"miaf"), "AVIF photograph"),
    "other.avif": (_brands(b"mif1", b"avif"), "AVIF photograph"),
    "pipe.mp4": (lambda path: os.mkfifo(path), "is not a file"),
}


def _noise(size: int) -> bytes:
    return np.random.default_rng(0).bytes(size)


def _assert_is_a_sentence(text: str, path: Path, expected: str) -> None:
    assert text.startswith(f"{path}: ")
    assert expected in text
    assert text.endswith(".")
    assert "\n" not in text


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("road", [open_video, preview])
def test_bad_input_is_one_sentence(
    tmp_path: Path, name: str, road: Callable[[Path], object]
) -> None:
    make, expected = MAKERS[name]
    make(tmp_path / name)
    with pytest.raises(BadVideo) as caught:
        road(tmp_path / name)
    _assert_is_a_sentence(str(caught.value), tmp_path / name, expected)


@pytest.mark.parametrize("name", ["h264 mp4", "mjpeg mov", "hevc mp4", "h264 fragments"])
@pytest.mark.parametrize("brand", [b"mif1", b"heic", b"avif"])
def test_a_film_may_call_itself_a_picture_too(
    clip: GivePath, tmp_path: Path, name: str, brand: bytes
) -> None:
    content = bytearray(clip(name).read_bytes())
    end = int.from_bytes(content[:4], "big")
    content[end - 4 : end] = brand  # the last of its other names
    (tmp_path / "film.mp4").write_bytes(content)
    with open_video(tmp_path / "film.mp4") as source:
        assert source.info.frame_count == 48


def test_a_sequence_that_calls_itself_a_film_too_is_one(clip: GivePath, tmp_path: Path) -> None:
    content = bytearray(clip("h264 mp4").read_bytes())
    content[8:12] = b"msf1"
    (tmp_path / "film.mp4").write_bytes(content)
    with open_video(tmp_path / "film.mp4") as source:
        assert source.info.frame_count == 48


@pytest.mark.skipif(os.name != "posix", reason="checks the permission bits of POSIX")
def test_a_file_without_permission_says_so() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        path = Path(name) / "a.mp4"
        path.write_bytes(b"x")
        path.chmod(0)
        path.parent.chmod(0o755)
        with _as_somebody_else(), pytest.raises(BadVideo, match="may not be read"):
            open_video(path)


@contextmanager
def _as_somebody_else() -> Iterator[None]:
    """Root may read everything, so root lets go of its rights for a while."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.mark.parametrize("name", ["h264 mp4", "mjpeg mov", "hevc mp4"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_film_without_its_table_of_contents_was_not_finished(
    clip: GivePath, tmp_path: Path, name: str, share: float
) -> None:
    content = clip(name).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BadVideo) as caught:
        open_video(cut)
    _assert_is_a_sentence(str(caught.value), cut, "was not finished")


def test_nothing_leaks_to_the_screen(clip: GivePath, tmp_path: Path) -> None:
    content = bytearray(clip("h264 mts").read_bytes())
    content[4000:4400] = _noise(400)
    (tmp_path / "damaged.mts").write_bytes(content)
    (tmp_path / "noise.mp4").write_bytes(_noise(5000))
    script = """
import sys
import tempfile
from pathlib import Path
from core.errors import BadVideo
from core.video.source import open_video
for name in sys.argv[1:]:
    try:
        with open_video(Path(name)) as source:
            print(len(list(source.frames())))
    except BadVideo:
        print("bad")
"""
    files = [str(tmp_path / "damaged.mts"), str(tmp_path / "noise.mp4")]
    run = subprocess.run(
        [sys.executable, "-c", script, *files], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    assert run.stdout.split()[1] == "bad"
