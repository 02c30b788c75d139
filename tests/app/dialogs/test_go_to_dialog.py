"""What people type to go somewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialogs.go_to_dialog import frame_of

TIMES = np.array([0.0, 0.04, 0.08, 0.4, 1.0, 61.5, 3723.25])


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("0", 0),
        (" 3 ", 3),
        ("99", 6),
        ("0.04", 1),
        ("0.07", 1),
        ("0,08 s", 2),
        ("1s", 4),
        ("1:01.5", 5),
        ("1:01,499", 4),
        ("1:02:03.250", 6),
        ("9:00:00", 6),
        ("0:00", 0),
    ],
)
def test_frames_and_times(text: str, frame: int) -> None:
    assert frame_of(text, TIMES) == frame


@pytest.mark.parametrize("text", ["", "abc", "-1", "1:2:3:4", ":", "1:-5", "nan s", "inf s", "s"])
def test_what_names_no_frame(text: str) -> None:
    assert frame_of(text, TIMES) is None


@given(st.text(max_size=12))
def test_any_text_gives_a_frame_or_none(text: str) -> None:
    frame = frame_of(text, TIMES)
    assert frame is None or 0 <= frame < len(TIMES)


@given(st.integers(0, len(TIMES) - 1))
def test_a_shown_time_leads_to_its_frame(frame: int) -> None:
    seconds = TIMES[frame]
    assert frame_of(f"{int(seconds // 60)}:{seconds % 60:06.3f}", TIMES) == frame
