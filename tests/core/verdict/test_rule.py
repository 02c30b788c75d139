from dataclasses import replace

import pytest

from core.verdict.report import Number, RecordingVerdict
from core.verdict.rule import Case, rule, without_labels

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


def test_recommends_a_model_for_which_several_kinds_of_evidence_speak() -> None:
    ruling = rule(CASE)

    assert ruling.outcome == "better"
    assert ruling.sentence == "Better on 1 of 2 recordings, wrists most: use the new model."
    assert "no measurement against truth" in ruling.reasons[0]


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"kept": -4.0}, "not_better"),  # it agrees with itself and has left what was known
        ({"views": -3.0}, "not_better"),
        ({"silhouette": -3.0}, "not_better"),
        ({"bones": -9.0}, "not_better"),
        ({"jitter": 0.0, "bones": 0.0}, "unclear"),  # nobody else speaks for it
        ({"views": 0.3}, "unclear"),
        ({"agreement": -5.0}, "better"),  # where the old model was wrong
        ({"plausibility": -2.0}, "better"),
    ],
)
def test_weighs_what_the_pictures_tell(changed: dict[str, float], outcome: str) -> None:
    assert without_labels(numbers(**changed)) == outcome


def test_numbers_without_an_interval_decide_nothing() -> None:
    bare = [one.model_copy(update={"low": None, "high": None}) for one in numbers(kept=-9.0)]

    assert without_labels(bare) == "unclear"
    assert without_labels(()) == "unclear"


@pytest.mark.parametrize(
    ("gain", "outcome", "said"),
    [
        (4.0, "better", "Better on frames that you corrected, wrists most"),
        (-4.0, "not_better", "keep"),
        (0.2, "unclear", "too small"),
    ],
)
def test_labels_decide_where_there_are_enough(gain: float, outcome: str, said: str) -> None:
    labels = (number("pck", gain), number("error", gain))
    ruling = rule(replace(CASE, overall=numbers(kept=-9.0), labelled=labels, corrected=8))

    assert ruling.outcome == outcome
    assert said in ruling.sentence
    assert "8 frames that you corrected" in ruling.reasons[0]


def test_too_few_labels_are_told_and_do_not_decide() -> None:
    ruling = rule(replace(CASE, labelled=(number("pck", -9.0),), corrected=7))

    assert ruling.outcome == "better"
    assert "too few to decide" in ruling.reasons[0]
    assert any("pck" in reason for reason in ruling.reasons)


def test_much_forgetting_hinders_unless_labels_say_better() -> None:
    forgetful = replace(CASE, forgetting=number("forgetting", -8.0))
    with_labels = replace(forgetful, labelled=(number("pck", 5.0),), corrected=20)

    assert rule(forgetful).outcome == "unclear"
    assert "forgotten" in rule(forgetful).sentence
    assert rule(with_labels).outcome == "better"
    for case in (forgetful, with_labels):
        assert any("worse by 8 points" in reason for reason in rule(case).reasons)


def test_names_what_speaks_against_a_model() -> None:
    ruling = rule(replace(CASE, overall=numbers(kept=-4.0)))

    assert ruling.sentence == "Not better: keep the old model."
    assert any(reason.startswith("Against it: what kept says") for reason in ruling.reasons)
