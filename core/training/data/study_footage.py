"""Recordings and studies as footage; a study gives its recordings with their corrected frames."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput, BadVideo
from core.study.recordings import Recording
from core.study.study import Study
from core.study.study_reader import StudyReader
from core.training.data.corrected_frames import corrected_frames
from core.training.data.target_footage import Footage
from core.video.fingerprint import fingerprint

STUDY_ENDING = ".shift"


@dataclass(frozen=True)
class FoundFootage:
    """What can be adapted to, and a sentence for each recording that cannot."""

    footage: tuple[Footage, ...]
    left_out: tuple[str, ...] = ()


def find_footage(paths: Sequence[Path], names: Sequence[str] = ()) -> FoundFootage:
    """Footage of recordings, and of studies, which may be open in a window and stay unchanged.

    Args:
        paths: recordings, and studies by their ending.
        names: recordings to take of the studies; all of them without any.

    Raises:
        BadInput: a study cannot be read, has no recording of a name, no recording of it is there,
            or a recording comes twice.
    """
    studies = [path for path in paths if path.suffix.lower() == STUDY_ENDING]
    if names and not studies:
        raise BadInput(f"--recording {names[0]}: there is no study to take it from.")
    found, left_out, known = [], [], []
    for path in paths:
        if path not in studies:
            found.append(Footage(path))
            continue
        of_study, without, there = _of_study(path, names)
        found, left_out, known = found + of_study, left_out + without, known + there
    if unknown := [name for name in names if name not in known]:
        there = ", ".join(known) or "none"
        raise BadInput(f"{studies[0]}: has no recording {unknown[0]}; there are: {there}.")
    if paths and not found:
        raise BadInput(left_out[0] if left_out else f"{studies[0]}: holds no recording.")
    _require_once(found)
    return FoundFootage(tuple(found), tuple(left_out))


def _of_study(path: Path, names: Sequence[str]) -> tuple[list[Footage], list[str], list[str]]:
    """Footage, sentences about what is left out, and the names of all its recordings."""
    found, left_out = [], []
    with Study.read(path) as study:
        recordings = study.recordings()
        for recording in recordings:
            if names and recording.name not in names:
                continue
            if fault := _fault(recording):
                left_out.append(f"{recording.path}: {fault}; {recording.name} is left out.")
            else:
                found.append(_footage(study, recording))
    return found, left_out, [recording.name for recording in recordings]


def _footage(study: StudyReader, recording: Recording) -> Footage:
    return Footage(
        recording.path,
        roi=recording.roi,
        corrected=corrected_frames(study, recording),
        length=recording.frame_count,
    )


def _fault(recording: Recording) -> str:
    """Why a recording of a study cannot be used; empty if it can."""
    if recording.is_missing:
        return "is not there any more; say in the window where it lies now"
    try:
        is_same = fingerprint(recording.path) == recording.fingerprint
    except BadVideo:
        return "cannot be read"
    return "" if is_same else "is not the recording that was added to the study"


def _require_once(found: Sequence[Footage]) -> None:
    paths = [footage.path.resolve() for footage in found]
    for number, path in enumerate(paths):
        if path in paths[:number]:
            raise BadInput(f"{path}: comes twice; name it once.")
