"""All the evidence on two models from frames of recordings, with pictures of what both see."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BadModel
from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks.load_judges import load_area, load_prior
from core.prediction.predictor import Predictor, build_predictor
from core.progress import Progress
from core.training.adaptation import Judges
from core.training.data.target_footage import Footage
from core.training.device import usable_device
from core.verdict.forgetting import PICTURES, remembered
from core.verdict.labelled import labelled_groups, labelled_measures
from core.verdict.measures import Measure, measured, view_groups
from core.verdict.numbers import clusters, numbered
from core.verdict.pictures import Drawer
from core.verdict.report import Number, Picture, RecordingVerdict
from core.verdict.rule import ENOUGH_CORRECTED, Case, without_labels
from core.verdict.watched import Moment, Watched
from core.verdict.watching import MOST, Pair, watch

_PRIOR, _AREA = "infant_prior", "kp2seg"
_SEED = 0  # of the redrawn frames, so that the same frames give the same verdict


@dataclass(frozen=True)
class WeighTask:
    """Two models, names or folders, and what both are to be shown.

    folder: for pictures and film; most: frames without labels; fewer are quicker and tell less.
    """

    folder: Path
    before: str | Path
    after: str | Path
    footage: tuple[Footage, ...]
    device: str = "cpu"
    most: int = MOST


@dataclass(frozen=True)
class Weighed:
    """The evidence of `frames` moments; files are relative to the task's folder."""

    case: Case
    frames: int
    pictures: tuple[Picture, ...]
    video: str


def weigh(task: WeighTask) -> Generator[Progress, None, Weighed | None]:
    """Show both models the footage and weigh what they see; None if neither finds an infant.

    Raises:
        BadInput: a model or a region cannot be used.
        BadVideo: a recording cannot be read.
        NoSpace: a picture cannot be written.
    """
    library = ModelLibrary.standard()
    device = str(usable_device(task.device))
    base = build_predictor(task.before, DEFAULT_SEGMENTATION_MODEL, device)
    model = build_predictor(task.after, None, device)
    pair = _pair(base, model)
    moments = yield from watch(task.footage, pair, task.most)
    if not moments:
        return None
    judges = Judges(load_prior(library.find(_PRIOR), "cpu"), load_area(library.find(_AREA), "cpu"))
    forgetting = yield from remembered(pair.before, pair.after, min(PICTURES, task.most))
    case = _case(task, moments, judges, forgetting)
    drawer = Drawer(task.folder, task.footage, base, model)
    pictures = drawer.pictures(moments)
    video = yield from drawer.video(moments)
    return Weighed(case, len(moments), pictures, video)


def _pair(base: Predictor, model: Predictor) -> Pair:
    if base.segmenter is None:
        raise BadModel("no model outlines the infant")
    return Pair.of(base, model, base.segmenter.network)


def _case(task: WeighTask, moments: Sequence[Moment], judges: Judges, forgetting: Measure) -> Case:
    watched = Watched.of(moments)
    found = measured(watched, judges)
    labelled = labelled_measures(watched) if watched.is_labelled.any() else []
    # Frames of which only a head or trunk was moved say nothing about the limbs, and frames in a
    # row little more than one of them.
    near = clusters(watched.recording, watched.seconds)
    told = near[np.isfinite(labelled[0].before)] if labelled else near[:0]
    corrected = len(np.unique(told))
    has_labels = corrected >= ENOUGH_CORRECTED
    groups = labelled_groups(watched) if has_labels else view_groups(watched)
    known = numbered(forgetting, np.zeros(len(forgetting.before), np.intp), _SEED)
    return Case(
        _numbers(found, watched),
        _numbers(labelled, watched, near),
        _numbers(groups, watched, near if has_labels else None),
        known,
        tuple(_recordings(task, watched, found)),
        corrected,
    )


def _numbers(
    measures: Sequence[Measure], watched: Watched, near: NDArray[np.intp] | None = None
) -> tuple[Number, ...]:
    found = (numbered(measure, watched.recording, _SEED, near) for measure in measures)
    return tuple(number for number in found if number is not None)


def _recordings(
    task: WeighTask, watched: Watched, measures: Sequence[Measure]
) -> Generator[RecordingVerdict]:
    for number, footage in enumerate(task.footage):
        own = watched.recording == number
        parts = [measure.part(own) for measure in measures]
        found = (numbered(part, watched.recording[own], _SEED) for part in parts)
        evidence = tuple(one for one in found if one is not None)
        yield RecordingVerdict(
            name=footage.path.name,
            frames=int(own.sum()),
            outcome=without_labels(evidence),
            evidence=evidence,
        )
