"""Numbers as people read them, and what one of a verdict says; knows no Qt."""

import math
from typing import Literal

from core.verdict.report import Number

Leaning = Literal["better", "worse", "unclear"]


def plain_value(value: float, digits: int = 3) -> str:
    """So many digits that count: 0.00031, 0.142, 12.4, 1,240."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if magnitude < -6 or magnitude > 8:
        return f"{value:.1e}"
    return f"{value:,.{max(digits - 1 - magnitude, 0)}f}"


def amount(value: float, unit: str) -> str:
    """A measured value with its unit: 74.0 %, 3.1 px, 0.142."""
    if not math.isfinite(value):
        return "–"
    return f"{value:.1f} {unit}" if unit else plain_value(value)


def before_after(number: Number) -> str:
    """By the base model and by the adapted one: 71.2 % → 74.0 %."""
    return f"{amount(number.before, number.unit)} → {amount(number.after, number.unit)}"


def gain_words(number: Number) -> str:
    """How much better or worse the new model is: 2.8 points better."""
    return _said(number.gain, number.unit)


def gain_range(number: Number) -> tuple[float, float] | None:
    """Between which gains the truth lies; None where that is not known."""
    if number.low is None or number.high is None:
        return None
    if number.higher_is_better:
        return number.low, number.high
    return -number.high, -number.low


def range_words(number: Number) -> str:
    """The interval of the gain in words, or nothing."""
    known = gain_range(number)
    if known is None:
        return ""
    low, high = known
    if low > 0 or high < 0:
        least, most = sorted(known, key=abs)
        return f"likely {_size(least, number.unit)} to {_bare(most, number.unit)}"
    ends = [_bare(low, number.unit), _bare(high, number.unit)]
    return f"likely {' to '.join(dict.fromkeys(ends))}"


def leaning(number: Number) -> Leaning:
    """Which model the number speaks for; unclear where chance could have made it."""
    low, high = gain_range(number) or (number.gain, number.gain)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "unclear"


def _said(gain: float, unit: str) -> str:
    named = {"%": "points", "": ""}.get(unit, unit)
    return _worded(gain, unit, f" {named}" if named else "")


def _bare(gain: float, unit: str) -> str:
    return _worded(gain, unit, "")


def _worded(gain: float, unit: str, named: str) -> str:
    size = _size(gain, unit)
    if not size.strip("0."):
        return "the same"
    return f"{size}{named} {'better' if gain > 0 else 'worse'}"


def _size(gain: float, unit: str) -> str:
    return f"{abs(gain):.1f}" if unit else plain_value(abs(gain), digits=2)
