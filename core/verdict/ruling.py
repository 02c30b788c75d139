"""The sentence that says what came out, and the reasons for it."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from core.verdict.measures import KEPT, VIEWS
from core.verdict.report import Number, Outcome
from core.verdict.rule import (
    ENOUGH_CORRECTED,
    Case,
    against,
    has_forgotten,
    has_labels,
    outcome_of,
    surely_gained,
)


@dataclass(frozen=True)
class Ruling:
    """An outcome with its words."""

    outcome: Outcome
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """What two models that are compared are called."""

    before: str
    after: str


def rule(case: Case) -> Ruling:
    """Whether an adapted model is to be used, on frames that were kept back from it."""
    outcome = outcome_of(case)
    basis = _basis(case, " and no model learnt from", "those held out")
    reasons = (basis, *_reasons(case, "{before} before, {after} after"))
    return Ruling(outcome, _advice(outcome, case), reasons)


def compare(case: Case, names: Names) -> Ruling:
    """Whether the second of two models is better, on frames that either may have learnt from."""
    outcome = outcome_of(case)
    is_divided = outcome == "not_better" and not has_labels(case) and _agrees_more(case)
    told = f"{{before}} by “{_literal(names.before)}”, {{after}} by “{_literal(names.after)}”"
    reasons = (_basis(case, "", "those looked at"), *_reasons(case, told), _LEARNT)
    if is_divided:
        return Ruling("unclear", _DIVIDED.format(*astuple(names), ENOUGH_CORRECTED), reasons)
    return Ruling(outcome, _comparison(outcome, case, names), reasons)


def _literal(title: str) -> str:
    """A title as part of a template; users may call a model anything."""
    return title.replace("{", "{{").replace("}", "}}")


# A model that sees more leaves what the other one is sure of and has wrong, as one that sees
# less does; only a person's points can tell these two apart.
_DIVIDED = (
    "“{1}” and “{0}” are sure of different things here: correct {2} frames that are half a second "
    "or more apart, and they will tell."
)
_LEARNT = "A model that has learnt from these very frames is favoured by them."


def _advice(outcome: Outcome, case: Case) -> str:
    if outcome == "not_better":
        return "Not better: keep the old model."
    if outcome == "unclear":
        if has_forgotten(case.forgetting):
            return "It may help here, but has forgotten what it knew: keep the old model."
        return "The difference is too small to tell: keep the old model."
    return f"Better{_where(case)}{_most(case.groups)}: use the new model."


def _comparison(outcome: Outcome, case: Case, names: Names) -> str:
    if outcome == "not_better":
        return f"“{names.after}” is not better here than “{names.before}”."
    if outcome == "unclear":
        return f"Too close to tell whether “{names.after}” is better here than “{names.before}”."
    where = _where(case) or " here"
    return f"“{names.after}” is better{where} than “{names.before}”{_most(case.groups)}."


def _agrees_more(case: Case) -> bool:
    return any(one.name == VIEWS.name and surely_gained(one) for one in case.overall)


def _where(case: Case) -> str:
    if has_labels(case):
        return " on frames that you corrected"
    count = len(case.recordings)
    better = sum(one.outcome == "better" for one in case.recordings)
    return f" on {better} of {count} recordings" if count > 1 and better else ""


def _most(groups: Sequence[Number]) -> str:
    """Which kind of point gained most, if one surely did."""
    sure = [one for one in groups if surely_gained(one)]
    return f", {max(sure, key=lambda one: one.gain).words.lower()} most" if sure else ""


def _basis(case: Case, unseen: str, among: str) -> str:
    """What it rests on; `unseen` says of corrected frames that they were kept back."""
    moments = f"{case.corrected} {'moment' if case.corrected == 1 else 'moments'}"
    if has_labels(case):
        return f"It rests on frames that you corrected, at {moments}{unseen}."
    why = f"without corrected frames among {among}"
    if case.corrected:
        why = f"with frames corrected at {moments} among {among}, too few to decide"
    return f"It rests on what the pictures tell, {why}: a hint, and no measurement against truth."


def _reasons(case: Case, told: str) -> list[str]:
    leading = [n for n in case.overall if n.name in (VIEWS.name, KEPT.name)]
    said = [f"{one.words}: {_both(one, told)}." for one in (*case.labelled, *leading)]
    said += [
        f"Against it: {one.words[0].lower()}{one.words[1:]} went from {one.before:.1f} to "
        f"{one.after:.1f} {one.unit}."
        for one in against(case.overall)
    ]
    if case.forgetting is not None and has_forgotten(case.forgetting):
        lost = -case.forgetting.gain
        said.append(f"On infants that it knew before it is worse by {lost:.0f} points.")
    return said


def _both(number: Number, told: str) -> str:
    unit = f" {number.unit}" if number.unit else ""
    return told.format(before=f"{number.before:.1f}{unit}", after=f"{number.after:.1f}{unit}")
