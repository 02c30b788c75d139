"""Numbers of a verdict that is not measured but made up."""

from core.verdict.report import Number, RecordingVerdict
from core.verdict.rule import Case

LOWER = {"jitter", "bones", "error"}


def number(name: str, gain: float, noise: float = 0.5) -> Number:
    """A number that is better by `gain`, give or take."""
    sign = -1 if name in LOWER else 1
    after = 50 + sign * gain
    low, high = sign * gain - noise, sign * gain + noise
    words = f"{name.capitalize()}s" if name in ("wrist", "hip") else f"What {name} says"
    return Number(name=name, words=words, unit="%", before=50, after=after,
                  higher_is_better=name not in LOWER, low=low, high=high)  # fmt: skip


GOOD = {"agreement": 0.0, "kept": 0.0, "views": 6.0, "jitter": 1.0, "bones": 3.0,
        "plausibility": 0.0, "silhouette": 0.0}  # fmt: skip


def numbers(**changed: float) -> tuple[Number, ...]:
    return tuple(number(name, gain) for name, gain in (GOOD | changed).items())


def recording(outcome: str) -> RecordingVerdict:
    return RecordingVerdict(name="a.mp4", frames=8, outcome=outcome, evidence=())  # pyright: ignore[reportArgumentType]


CASE = Case(numbers(), (), (number("hip", 2), number("wrist", 8)), None,
            (recording("better"), recording("unclear")), 0)  # fmt: skip
