from dataclasses import replace

import pytest

from core.verdict.ruling import Names, compare, rule
from tests.core.verdict.evidence import CASE, number, numbers


def test_recommends_a_model_for_which_several_kinds_of_evidence_speak() -> None:
    ruling = rule(CASE)

    assert ruling.outcome == "better"
    assert ruling.sentence == "Better on 1 of 2 recordings, wrists most: use the new model."
    assert "no measurement against truth" in ruling.reasons[0]


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
    assert "frames that you corrected, at 8 moments" in ruling.reasons[0]


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


NAMES = Names("Usual", "Ours")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "“Ours” is better on 1 of 2 recordings than “Usual”, wrists most."),
        ({"kept": -4.0, "views": 0.0}, "“Ours” is not better here than “Usual”."),
        ({"kept": -4.0}, "“Ours” and “Usual” are sure of different things here: correct 8 frames"),
        ({"views": 0.3}, "Too close to tell whether “Ours” is better here than “Usual”."),
    ],
)
def test_two_models_are_compared_by_their_names(changed: dict[str, float], said: str) -> None:
    ruling = compare(replace(CASE, overall=numbers(**changed)), NAMES)

    assert ruling.sentence.startswith(said)
    assert "by “Usual”" in ruling.reasons[1]
    assert "by “Ours”" in ruling.reasons[1]
    assert "learnt from these very frames" in ruling.reasons[-1]
    assert not any("held out" in reason for reason in ruling.reasons)


def test_a_comparison_says_that_corrected_frames_decided() -> None:
    labels = (number("pck", 4.0), number("error", 4.0))
    ruling = compare(replace(CASE, labelled=labels, corrected=8), NAMES)

    assert ruling.sentence.startswith("“Ours” is better on frames that you corrected than")
    assert ruling.reasons[0] == "It rests on frames that you corrected, at 8 moments."


def test_titles_may_hold_anything() -> None:
    ruling = compare(CASE, Names("room {3}", "{after} {} it"))

    assert "“room {3}”" in ruling.sentence
    assert any("by “{after} {} it”" in reason for reason in ruling.reasons)
