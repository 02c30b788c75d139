"""Judge an adapted model against its base, on frames of the recordings that nothing learnt from."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from core.atomic_file import write_text
from core.progress import Progress
from core.training.data.target_footage import Footage
from core.verdict.report import VERDICT_FILE, VerdictReport
from core.verdict.report_making import report_of
from core.verdict.ruling import Ruling, rule
from core.verdict.watching import MOST
from core.verdict.weighing import Weighed, WeighTask, weigh


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
    weighed = yield from weigh(
        WeighTask(task.job, task.base, task.model, task.kept_back, task.device, task.most)
    )
    if weighed is None:
        return _report(task, _NO_INFANT)
    return _report(task, rule(weighed.case), weighed)


def _report(task: JudgeTask, ruling: Ruling, weighed: Weighed | None = None) -> VerdictReport:
    return report_of((task.base, task.model.name), task.step, ruling, weighed)


_KEPT = Ruling(
    "not_better",
    "The training found nothing better than the old model: keep the old model.",
    ("No step did better than the old model on pictures held out for that, or none was taken.",),
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
