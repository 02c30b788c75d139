"""What the page of the choice says, in plain words; knows no Qt."""

import re
from collections.abc import Sequence

from app.adapting.choice import RecordingOffer, Stretch
from app.adapting.run_words import about
from core.jobs.survey_report import RecipeCost, SurveyedRecording, SurveyReport

_TIME = re.compile(r"(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)")
_KEY = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


def clock(seconds: float) -> str:
    """A moment: 0:07, 12:30, 1:02:09; parts of a second where there are some."""
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    part = f".{rest % 10}" if rest % 10 else ""
    hours = f"{minutes // 60}:{minutes % 60:02}" if minutes >= 60 else f"{minutes}"
    return f"{hours}:{rest // 10:02}{part}"


def read_clock(text: str) -> float | None:
    """Seconds of a moment as people write it: 90, 1:30, 1:02:09; None if it is none."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds = found.groups()
    return 3600 * int(hours or 0) + 60 * int(minutes or 0) + float(seconds)


def room(count: int) -> str:
    """Bytes as people know them: 570 MB, 1.2 GB."""
    if count < 1e9:
        return f"{max(round(count / 1e6), 1)} MB"
    return f"{count / 1e9:.1f} GB" if count < 1e10 else f"{count / 1e9:,.0f} GB"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 recording, 1,200 recordings."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def state_words(offer: RecordingOffer) -> str:
    """Where a recording stands."""
    if offer.is_missing:
        return "file is missing"
    if offer.corrected:
        return f"{offer.corrected:,} corrected"
    return "predicted" if offer.is_predicted else "not predicted"


def used_words(offer: RecordingOffer, stretch: Stretch | None) -> str:
    """How much of a recording is used."""
    if stretch is None:
        return "all"
    return f"{clock(offer.seconds_at(stretch[0]))} – {clock(offer.seconds_at(stretch[1]))}"


def seen_words(found: SurveyedRecording) -> str:
    """What the survey says of a recording, short."""
    if found.refused:
        return "no infant" if found.looked_at else "no use"
    return f"{found.usable} of {found.looked_at}"


def seen_tip(found: SurveyedRecording) -> str:
    """What the survey says of a recording, in full."""
    return found.refused or f"{found.name}: {_tally([found])}."


def tally_words(found: Sequence[SurveyedRecording]) -> str:
    """What the survey says of all recordings together."""
    refused = sum(bool(one.refused) for one in found)
    if not any(one.looked_at for one in found):
        return "None of these recordings can be used; the list says why."
    more = f" {counted(refused, 'recording')} cannot be used; the list says why." if refused else ""
    return f"{_tally(found)}.{more}"


def _tally(found: Sequence[SurveyedRecording]) -> str:
    usable, alike, without = (
        sum(getattr(one, name) for one in found)
        for name in ("usable", "near_duplicates", "without_infant")
    )
    looked_at = counted(sum(one.looked_at for one in found), "frame")
    dropped = [counted(alike, "near-duplicate")] if alike else []
    dropped += [f"{without} without an infant"] if without else []
    left_out = f"; left out: {' and '.join(dropped)}" if dropped else ""
    return f"A sample of {looked_at}: {usable} can be learnt from{left_out}"


def cost_words(cost: RecipeCost | None, *, is_stale: bool = False) -> str:
    """Time and room that a preset takes."""
    if cost is None:
        return "Time: not measured yet"
    earlier = " (before your change)" if is_stale else ""
    taken = about(cost.seconds)
    taken = taken[0].upper() + taken[1:]
    return f"{taken} on this computer, {room(cost.disk_bytes)} of disk{earlier}"


def label_words(chosen: Sequence[RecordingOffer]) -> str:
    """Which labels it learns from."""
    corrected = sum(one.corrected for one in chosen)
    if not corrected:
        return (
            "No frame of these is corrected; the labels are those of the synthetic infants that "
            "come with the program."
        )
    as_labels = "as a label" if corrected == 1 else "as labels"
    return (
        f"{counted(corrected, 'corrected frame')} will be used {as_labels}, beside the synthetic "
        "infants that come with the program."
    )


def setting_fault(line: str) -> str:
    """Why a line is no setting; empty if it may be one."""
    key, equals, value = (part.strip() for part in line.partition("="))
    if not equals or not _KEY.fullmatch(key) or not value:
        return f"“{line.strip()}” is no setting; write KEY=VALUE, for example steps=2000."
    return ""


def survey_fault(report: SurveyReport, ids: Sequence[int], *, are_all: bool) -> str:
    """Why the survey says that adapting to these is no use; empty if it does not.

    are_all: whether these are all that are chosen.
    """
    found = [one for one in report.recordings if one.id in ids]
    broken = next((one for one in found if one.refused and not one.looked_at), None)
    if broken is not None:
        return f"{broken.refused} Leave {broken.name} out, or look again."
    if are_all and not any(one.usable for one in found):
        return "In none of the chosen recordings can an infant be found; choose others."
    return ""
