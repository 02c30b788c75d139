"""What a user drops on the window becomes the recordings that are meant."""

from pathlib import Path

import pytest

from core.video.recording_kinds import RecordingKind, kind_of, recordings_in


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
