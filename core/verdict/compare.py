"""Compare two models on whole recordings, which either may have learnt from."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from core.atomic_file import write_text
from core.errors import BadInput
from core.models.library import ModelLibrary
from core.progress import Progress
from core.training.data.footage import whole_length
from core.training.data.target_footage import Footage
from core.verdict.report import VERDICT_FILE, Number, VerdictReport
from core.verdict.report_making import report_of
from core.verdict.rule import Case
from core.verdict.ruling import Names, Ruling, compare
from core.verdict.watching import MOST
from core.verdict.weighing import WeighTask, weigh


@dataclass(frozen=True)
class CompareTask:
    """What is to be compared.

    folder: of the report and its pictures; base, model: names or folders, the question being
    whether the second is better; footage: recordings, with corrected frames where there are some.
    """

    folder: Path
    base: str
    model: str
    footage: tuple[Footage, ...]
    device: str = "cpu"
    most: int = MOST


def compare_models(task: CompareTask) -> Generator[Progress, None, VerdictReport]:
    """Compare, and leave report, pictures and a film in the folder.

    Raises:
        BadInput: a model or a region cannot be used, or both models are the same.
        BadVideo: a recording cannot be read.
        NoSpace: something cannot be written.
    """
    library = ModelLibrary.standard()
    first, second = library.find(task.base).card, library.find(task.model).card
    if first.weights_sha256 == second.weights_sha256:
        raise BadInput(f"“{first.title}” and “{second.title}” are the same model.")
    names = Names(first.title, second.title)
    footage = tuple(replace(one, length=whole_length(one)) for one in task.footage)
    weighed = yield from weigh(
        WeighTask(task.folder, task.base, task.model, footage, task.device, task.most)
    )
    if weighed is not None:
        weighed = replace(weighed, case=_by_name(weighed.case, names.before))
    ruling = _NO_INFANT if weighed is None else compare(weighed.case, names)
    report = report_of((names.before, names.after), 0, ruling, weighed)
    write_text(task.folder / VERDICT_FILE, report.model_dump_json(indent=2))
    return report


def _by_name(case: Case, before: str) -> Case:
    """The same evidence, its words speaking of a model by its name rather than as the old one."""

    def named(numbers: tuple[Number, ...]) -> tuple[Number, ...]:
        told = [one.words.replace("the old model", f"“{before}”") for one in numbers]
        pairs = zip(numbers, told, strict=True)
        return tuple(one.model_copy(update={"words": words}) for one, words in pairs)

    recordings = tuple(
        one.model_copy(update={"evidence": named(one.evidence)}) for one in case.recordings
    )
    return replace(case, overall=named(case.overall), recordings=recordings)


_NO_INFANT = Ruling(
    "unclear", "Neither model finds an infant there.", ("The recordings may show none.",)
)
