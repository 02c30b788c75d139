"""A recording is known again wherever it lies, and not taken for another."""

import shutil
from pathlib import Path

import pytest

from core.errors import BadVideo
from core.video.fingerprint import fingerprint


def test_a_copy_under_another_name_is_the_same(tmp_path: Path) -> None:
    first = tmp_path / "a.mp4"
    first.write_bytes(bytes(range(256)) * 40)
    shutil.copy(first, tmp_path / "b.mkv")
    assert fingerprint(first) == fingerprint(tmp_path / "b.mkv")
    assert len(fingerprint(first)) == 32


@pytest.mark.parametrize("place", [0, 2_500_000, 4_999_999])
def test_head_middle_and_end_count(tmp_path: Path, place: int) -> None:
    content = bytearray(5_000_000)
    (tmp_path / "a.mp4").write_bytes(content)
    content[place] = 1
    (tmp_path / "b.mp4").write_bytes(content)
    assert fingerprint(tmp_path / "a.mp4") != fingerprint(tmp_path / "b.mp4")


def test_size_counts(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(bytes(10))
    (tmp_path / "b.mp4").write_bytes(bytes(11))
    assert fingerprint(tmp_path / "a.mp4") != fingerprint(tmp_path / "b.mp4")


def test_a_folder_is_its_images_and_not_its_notes(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(b"one")
    before = fingerprint(tmp_path)
    (tmp_path / "notes.txt").write_text("seen by Ada")
    assert fingerprint(tmp_path) == before
    (tmp_path / "2.jpg").write_bytes(b"two")
    assert fingerprint(tmp_path) != before


def test_what_is_gone_is_bad_video(tmp_path: Path) -> None:
    with pytest.raises(BadVideo, match=r"gone\.mp4"):
        fingerprint(tmp_path / "gone.mp4")


def test_the_order_of_the_images_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("1.png", "2.png", "10.png"):
        (tmp_path / name).write_bytes(b"x")
    now = fingerprint(tmp_path)
    plain = [tmp_path / name for name in ("1.png", "10.png", "2.png")]
    monkeypatch.setattr("core.video.fingerprint.image_files", lambda _: plain)
    assert fingerprint(tmp_path) != now
