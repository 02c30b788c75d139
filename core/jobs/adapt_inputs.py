"""What a job learns from or compares on, frozen when it begins: files by hash, points by copy."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.atomic_file import write_bytes
from core.errors import BadInput, BadVideo
from core.geometry import Box
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest, CompareRequest, FootageRequest
from core.pose.pose_track import PoseTrack
from core.pose.skeleton import shipped_skeleton
from core.study.study import Study
from core.training.data.corrected_frames import CorrectedFrames, corrected_frames
from core.training.data.target_footage import Footage
from core.video.fingerprint import fingerprint

CORRECTIONS_FILE: Final = "corrections.npz"
_COLUMNS: Final = ("xy", "confidence", "visibility", "source")


def frozen_footage(
    folder: JobFolder, request: AdaptRequest | CompareRequest
) -> tuple[Footage, ...]:
    """The recordings with the corrected frames that they had when the job was first begun.

    What is corrected in the study after that is for the next one.

    Raises:
        BadInput: a recording is not the one that was chosen or not there, or the study is not.
        NoSpace: the copy of the corrected frames cannot be kept.
    """
    for one in request.footage:
        _require_same(one)
    path = folder.path / CORRECTIONS_FILE
    if not path.exists():
        write_bytes(path, _packed(_read(request)))
    kept = _unpacked(path)
    return tuple(
        Footage(
            path=one.recording,
            roi=Box(*one.roi) if one.roi else None,
            stretches=one.stretches,
            corrected=kept.get(one.id),
        )
        for one in request.footage
    )


def _require_same(footage: FootageRequest) -> None:
    path = footage.recording
    try:
        is_same = fingerprint(path) == footage.fingerprint
    except BadVideo as error:
        raise BadInput(
            f"{path}: is not there or cannot be read; put it back, then resume."
        ) from error
    if not is_same:
        raise BadInput(
            f"{path}: is another file than the one that was chosen; put that back, then resume, or "
            "begin anew."
        )


def _read(request: AdaptRequest | CompareRequest) -> dict[int, CorrectedFrames]:
    """The corrected frames of each recording that has some, by its id."""
    found: dict[int, CorrectedFrames] = {}
    with Study.read(request.study) as study:
        for one in request.footage:
            try:
                corrected = corrected_frames(study, study.recording(one.id))
            except KeyError as error:
                raise BadInput(
                    f"{request.study}: has no recording {one.recording.name} any more."
                ) from error
            if corrected is not None:
                found[one.id] = corrected
    return found


def _packed(corrected: Mapping[int, CorrectedFrames]) -> bytes:
    arrays: dict[str, NDArray[np.generic]] = {}
    for number, one in corrected.items():
        arrays[f"{number}_frames"] = one.frames
        for column in _COLUMNS:
            arrays[f"{number}_{column}"] = getattr(one.poses, column)
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)  # pyright: ignore[reportArgumentType]
    return content.getvalue()


def _unpacked(path: Path) -> dict[int, CorrectedFrames]:
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file.items())
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise BadInput(f"{path}: damaged; begin anew.") from error
    numbers = {int(name.partition("_")[0]) for name in arrays}
    return {number: _corrected(arrays, number) for number in numbers}


def _corrected(arrays: Mapping[str, NDArray[np.generic]], number: int) -> CorrectedFrames:
    columns = [arrays[f"{number}_{column}"] for column in _COLUMNS]
    poses = PoseTrack(shipped_skeleton(), *columns)  # pyright: ignore[reportArgumentType]
    return CorrectedFrames(arrays[f"{number}_frames"].astype(np.int64), poses)
