"""Judge an adapted model against its base, on frames of the recordings that nothing learnt from."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.atomic_file import write_text
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
from core.verdict.numbers import numbered
from core.verdict.pictures import Drawer
from core.verdict.report import VERDICT_FILE, Number, RecordingVerdict, VerdictReport
from core.verdict.rule import ENOUGH_CORRECTED, Case, Ruling, rule, without_labels
from core.verdict.watched import Moment, Watched
from core.verdict.watching import MOST, Pair, watch

_PRIOR, _AREA = "infant_prior", "kp2seg"
_SEED = 0  # of the redrawn frames, so that the same frames give the same verdict


@dataclass(frozen=True)
class JudgeTask:
    """What is to be judged.

    job: folder of the report and its pictures; base: name or folder of the model before; model:
    folder of the one after `step` steps, 0 where the base was kept; kept_back: see `reserve`.
    """

    job: Path
    base: str
    model: Path
    kept_back: tuple[Footage, ...]
    step: int
    device: str = "cpu"
    most: int = MOST  # frames without labels; fewer are quicker and tell less


def judge(task: JudgeTask) -> Generator[Progress, None, VerdictReport]:
    """Judge, and leave report, pictures and a film in the job's folder; begun anew if stopped.

    Raises:
        BadInput: a model or a region cannot be used.
        BadVideo: a recording cannot be read.
        NoSpace: something cannot be written.
    """
    report = yield from _judged(task)
    write_text(task.job / VERDICT_FILE, report.model_dump_json(indent=2))
    return report


def _judged(task: JudgeTask) -> Generator[Progress, None, VerdictReport]:
    if task.step == 0:
        return _report(task, _KEPT)
    if not task.kept_back:
        return _report(task, _TOO_SHORT)
    library = ModelLibrary.standard()
    device = str(usable_device(task.device))
    base = build_predictor(task.base, DEFAULT_SEGMENTATION_MODEL, device)
    model = build_predictor(task.model, None, device)
    pair = _pair(base, model)
    moments = yield from watch(task.kept_back, pair, task.most)
    if not moments:
        return _report(task, _NO_INFANT)
    judges = Judges(load_prior(library.find(_PRIOR), "cpu"), load_area(library.find(_AREA), "cpu"))
    forgetting = yield from remembered(pair.before, pair.after, min(PICTURES, task.most))
    case = _case(task, moments, judges, forgetting)
    drawer = Drawer(task.job, task.kept_back, base, model)
    pictures = drawer.pictures(moments)
    video = yield from drawer.video(moments)
    return _report(task, rule(case), case, len(moments)).model_copy(
        update={"pictures": pictures, "video": video}
    )


def _pair(base: Predictor, model: Predictor) -> Pair:
    if base.segmenter is None:
        raise BadModel("no model outlines the infant")
    return Pair.of(base, model, base.segmenter.network)


def _case(task: JudgeTask, moments: Sequence[Moment], judges: Judges, forgetting: Measure) -> Case:
    watched = Watched.of(moments)
    found = measured(watched, judges)
    corrected = int(watched.is_labelled.sum())
    labelled = labelled_measures(watched) if corrected else []
    has_labels = corrected >= ENOUGH_CORRECTED
    groups = labelled_groups(watched) if has_labels else view_groups(watched)
    known = numbered(forgetting, np.zeros(len(forgetting.before), np.intp), _SEED)
    return Case(
        _numbers(found, watched),
        _numbers(labelled, watched),
        _numbers(groups, watched),
        known,
        tuple(_recordings(task, watched, found)),
        corrected,
    )


def _numbers(measures: Sequence[Measure], watched: Watched) -> tuple[Number, ...]:
    found = (numbered(measure, watched.recording, _SEED) for measure in measures)
    return tuple(number for number in found if number is not None)


def _recordings(
    task: JudgeTask, watched: Watched, measures: Sequence[Measure]
) -> Generator[RecordingVerdict]:
    for number, footage in enumerate(task.kept_back):
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


def _report(
    task: JudgeTask, ruling: Ruling, case: Case | None = None, held_out: int = 0
) -> VerdictReport:
    case = case or Case((), (), (), None, (), 0)
    return VerdictReport(
        outcome=ruling.outcome,
        sentence=ruling.sentence,
        reasons=ruling.reasons,
        base=task.base,
        model=task.model.name,
        recordings=case.recordings,
        overall=case.overall,
        labelled=case.labelled,
        groups=case.groups,
        forgetting=case.forgetting,
        held_out=held_out,
        step=task.step,
    )


_KEPT = Ruling(
    "not_better",
    "The training found nothing better than the old model: keep the old model.",
    ("No step of the training did better than the old model on pictures that were held out.",),
)
_TOO_SHORT = Ruling(
    "unclear",
    "The recordings are too short to tell: keep the old model.",
    ("No recording had frames enough to keep some from the training.",),
)
_NO_INFANT = Ruling(
    "unclear",
    "No infant was found in the frames that were kept back: keep the old model.",
    ("Neither model found an infant there; the end of the recordings may show none.",),
)
