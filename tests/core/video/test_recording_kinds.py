"""What a user drops on the window becomes the recordings that are meant."""

from pathlib import Path

import pytest

from core.video.recording_kinds import (
    RecordingKind,
    image_files,
    kind_of,
    natural_order,
    recordings_in,
    video_files,
)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in (
        "visit 2/b.MP4", "visit 2/a.mts", "visit 2/notes.txt", "visit 2/.a.mp4",
        "visit 1/stills/2.jpg", "visit 1/stills/1.PNG", "visit 1/c.avi", "readme.md",
        ".trash/old.mp4",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def test_a_folder_stands_for_the_recordings_in_it(shelf: Path) -> None:
    assert [str(p.relative_to(shelf)) for p in recordings_in([shelf])] == [
        "visit 1/c.avi",
        "visit 1/stills",
        "visit 2/a.mts",
        "visit 2/b.MP4",
    ]


def test_files_stay_as_they_are_and_come_once(shelf: Path) -> None:
    given = [
        shelf / "readme.md",
        shelf / "visit 2" / "b.MP4",
        shelf / "visit 2",
        shelf / "gone.mp4",
    ]
    assert recordings_in(given) == [
        shelf / "readme.md",
        shelf / "visit 2" / "b.MP4",
        shelf / "visit 2" / "a.mts",
        shelf / "gone.mp4",
    ]


def test_kinds(shelf: Path) -> None:
    assert kind_of(shelf / "visit 1" / "stills") is RecordingKind.IMAGE_FOLDER
    assert kind_of(shelf / "visit 1" / "stills" / "1.PNG") is RecordingKind.IMAGE
    assert kind_of(shelf / "visit 2" / "b.MP4") is RecordingKind.VIDEO
    assert kind_of(shelf / "readme.md") is RecordingKind.VIDEO


ORDERED = [
    "2 of 3.png", "10.png", "a.png", "A1.png", "a1 (2).png", "a2.png", "a02b.png", "a10.png",
    "b.jpg", "b.png", "frame٣.png", "frame10.png", "ä.png",
]  # fmt: skip


def test_numbers_in_names_count_as_numbers() -> None:
    mixed = ORDERED[::2] + ORDERED[1::2]
    assert sorted(mixed, key=natural_order) == ORDERED
    assert sorted(["visit 1.10", "visit 1.9"], key=natural_order) == ["visit 1.9", "visit 1.10"]
    assert sorted(["a1", "A1", "a01"], key=natural_order) == ["A1", "a01", "a1"]


def test_files_and_folders_come_in_natural_order(tmp_path: Path) -> None:
    for number in (10, 2, 1):
        folder = tmp_path / f"visit {number}"
        folder.mkdir()
        for name in ("frame10.png", "frame2.png", "clip10.mp4", "clip9.mp4"):
            (folder / name).write_bytes(b"x")
    first = tmp_path / "visit 1"
    assert [path.name for path in image_files(first)] == ["frame2.png", "frame10.png"]
    assert [path.name for path in video_files(first)] == ["clip9.mp4", "clip10.mp4"]
    found = [path for path in recordings_in([tmp_path]) if path.is_dir()]
    assert [path.name for path in found] == ["visit 1", "visit 2", "visit 10"]
