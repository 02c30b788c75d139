"""The rule that turns numbers into one of three outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.verdict.labelled import PCK
from core.verdict.measures import AGREEMENT, BONES, JITTER, KEPT, PRIOR, SILHOUETTE, VIEWS
from core.verdict.numbers import gain_range
from core.verdict.report import Number, Outcome, RecordingVerdict

ENOUGH_CORRECTED: Final = 8  # moments with held-out corrected frames from which on they decide
LEAST_GAIN: Final = 1.0  # points; less is not worth a change
MOST_LEFT: Final = 2.0  # points of what the old model was sure of, beyond which none is better
WITNESSES: Final = (AGREEMENT.name, JITTER.name, BONES.name, PRIOR.name, SILHOUETTE.name)
ENOUGH_WITNESSES: Final = 2
# Points of a number that may be lost with certainty before it speaks against a model. Agreement
# is not among them: a better model leaves the old one's opinion where that was wrong.
TOLERATED: Final = {VIEWS.name: 1.0, KEPT.name: 1.0, JITTER.name: 0.2, BONES.name: 2.0,
                    PRIOR.name: 3.0, SILHOUETTE.name: 1.0}  # fmt: skip
FORGOTTEN: Final = 3.0  # points lost on infants that it knew


def without_labels(numbers: Sequence[Number]) -> Outcome:
    """The outcome from evidence without labels.

    A network that sees less may well agree with itself, tremble less or please a judge, and one
    that sees better may leave the old one's opinion. So better is only a model that agrees with
    itself surely more often, leaves nothing of which the old one was sure, and gains surely by two
    further witnesses at least, while nothing surely speaks against it.
    """
    named = {number.name: number for number in numbers}
    if against(numbers):
        return "not_better"
    leading, kept = named.get(VIEWS.name), named.get(KEPT.name)
    if leading is None or kept is None or leading.gain < LEAST_GAIN or kept.gain < -MOST_LEFT:
        return "unclear"
    witnesses = sum(surely_gained(named[name]) for name in WITNESSES if name in named)
    is_better = surely_gained(leading) and witnesses >= ENOUGH_WITNESSES
    return "better" if is_better else "unclear"


def with_labels(labelled: Sequence[Number]) -> Outcome:
    """The outcome from frames that a person corrected."""
    (pck,) = (number for number in labelled if number.name == PCK.name)
    known = gain_range(pck)
    if known is None:
        return "unclear"
    if known[1] < 0:
        return "not_better"
    return "better" if known[0] > 0 and pck.gain >= LEAST_GAIN else "unclear"


def surely_gained(number: Number) -> bool:
    """Whether the new model is better by this number beyond chance."""
    known = gain_range(number)
    return known is not None and known[0] > 0


def against(numbers: Sequence[Number]) -> list[Number]:
    """The numbers that speak against the new model beyond chance and beyond what is tolerated."""
    found: list[Number] = []
    for number in numbers:
        known, most = gain_range(number), TOLERATED.get(number.name)
        if known is not None and most is not None and known[1] < 0 and number.gain < -most:
            found.append(number)
    return found


def has_forgotten(forgetting: Number | None) -> bool:
    """Whether it surely lost much of what it knew."""
    known = None if forgetting is None else gain_range(forgetting)
    return forgetting is not None and bool(known) and known[1] < 0 and forgetting.gain < -FORGOTTEN


@dataclass(frozen=True)
class Case:
    """All that a verdict rests on; `corrected` counts moments with labelled held-out frames."""

    overall: tuple[Number, ...]
    labelled: tuple[Number, ...]
    groups: tuple[Number, ...]
    forgetting: Number | None
    recordings: tuple[RecordingVerdict, ...]
    corrected: int


def outcome_of(case: Case) -> Outcome:
    """Labels decide where there are enough; else the rest does. Forgetting can only hinder."""
    if has_labels(case):
        return with_labels(case.labelled)
    outcome = without_labels(case.overall)
    return "unclear" if outcome == "better" and has_forgotten(case.forgetting) else outcome


def has_labels(case: Case) -> bool:
    """Whether so many corrected frames were seen that they decide."""
    return case.corrected >= ENOUGH_CORRECTED
