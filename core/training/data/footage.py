"""Canvases from recordings: frames spread over time that show the infant, and corrected ones."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.prediction.predictor import Predictor
from core.progress import Progress
from core.training.data.canvas import Framing
from core.training.data.canvas_set import CanvasSet
from core.training.data.sampled_frames import SampledFrames, sample_frames
from core.training.data.target_footage import Footage
from core.training.loop.events import FramesChosen
from core.video.source import open_video

FEWEST = 8  # frames with which adaptation can begin


@dataclass(frozen=True)
class Gathered:
    """What became of the frames that were looked at: kept, and why others were not.

    Of the canvases, the `corrected` have labels.
    """

    canvases: CanvasSet
    corrected: int
    looked_at: int
    without_infant: int
    near_duplicates: int


def gather_footage(
    recordings: Sequence[Footage], predictor: Predictor, frames: int, framing: Framing = "found"
) -> Generator[Progress | FramesChosen, None, Gathered]:
    """Cut out all corrected frames, and about `frames` others; longer recordings give more.

    Raises:
        BadVideo: a recording cannot be read.
        BadInput: too few frames show an infant.
    """
    found: list[SampledFrames] = []
    counts = shares(recordings, frames)
    for number, footage in enumerate(recordings):
        with open_video(footage.path) as source:
            chosen = choose_frames(footage, source.info.frame_count, counts[number])
            counts[number] = len(chosen) + footage.corrected_count
            work = sample_frames(source, footage, chosen, predictor, framing)
            done = sum(one.looked_at for one in found)
            found.append((yield from _told(work, done, sum(counts))))
        yield _chosen(footage, found[-1])
    kept = sum(len(one.kept) for one in found)
    if kept < FEWEST:
        raise BadInput(
            f"{recordings[0].path}: only {kept} different frames show an "
            f"infant; adaptation needs {FEWEST} at least. Choose longer or more recordings."
        )
    return _together(recordings, found)


def _told(
    work: Generator[None, None, SampledFrames], done: int, total: int
) -> Generator[Progress, None, SampledFrames]:
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value
        done += 1
        yield Progress(done, total, "choosing frames")


def _chosen(footage: Footage, sampled: SampledFrames) -> FramesChosen:
    kept, looked_at = len(sampled.kept), sampled.looked_at
    return FramesChosen(
        footage.path, kept, looked_at, sampled.without_infant, sampled.near_duplicates
    )


def _together(recordings: Sequence[Footage], found: Sequence[SampledFrames]) -> Gathered:
    named = [
        # By its number, too: cameras give the same name to every first film.
        (kept.canvas, f"{footage.path.name}:{kept.frame}", f"{number} {footage.path.name}")
        for number, (footage, sampled) in enumerate(zip(recordings, found, strict=True))
        for kept in sampled.kept
    ]
    canvases, names, groups = zip(*named, strict=True)
    return Gathered(
        CanvasSet.of(canvases, names, groups),
        sum(one.corrected for one in found),
        sum(one.looked_at for one in found),
        sum(one.without_infant for one in found),
        sum(one.near_duplicates for one in found),
    )


def shares(recordings: Sequence[Footage], frames: int) -> list[int]:
    """How many frames each recording gives: by the root of its length, so short ones are heard."""
    if len(recordings) == 1:
        return [frames]
    roots = np.sqrt(np.array([open_length(footage) for footage in recordings], np.float64))
    return np.ceil(frames * roots / max(roots.sum(), 1e-9)).astype(int).tolist()


def open_length(footage: Footage) -> int:
    """How many frames there are to choose from."""
    return len(footage.unlabelled(whole_length(footage)))


def whole_length(footage: Footage) -> int:
    """How many frames the recording has; raises BadVideo if it has to be opened and cannot be."""
    if footage.length is not None:
        return footage.length
    with open_video(footage.path) as source:  # all open at once would fill the memory
        return source.info.frame_count


def choose_frames(footage: Footage, length: int, count: int) -> NDArray[np.intp]:
    """`count` of the open frames of a recording of `length`, spread over them; all if fewer."""
    there = footage.unlabelled(length)
    if not len(there):
        return there
    return there[spread(len(there), min(count, len(there)))]


def spread(length: int, count: int) -> NDArray[np.intp]:
    """`count` frame numbers in the middles of equal stretches of a recording."""
    return ((np.arange(count) + 0.5) * length / count).astype(np.intp)
