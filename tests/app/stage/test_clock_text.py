"""Times as people read them."""

import pytest

from app.stage.clock_text import clock


@pytest.mark.parametrize(
    ("seconds", "digits", "words"),
    [
        (0.0, 2, "00:00.00"),
        (4.8, 2, "00:04.80"),
        (59.999, 2, "01:00.00"),
        (61.25, 1, "01:01.2"),
        (75.0, 0, "01:15"),
        (3725.5, 2, "1:02:05.50"),
        (-0.001, 2, "00:00.00"),
    ],
)
def test_clock(seconds: float, digits: int, words: str):
    assert clock(seconds, digits=digits) == words
