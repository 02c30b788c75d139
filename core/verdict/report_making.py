"""Put a report together from the evidence and what was made of it."""

from core.verdict.report import VerdictReport
from core.verdict.rule import Case
from core.verdict.ruling import Ruling
from core.verdict.weighing import Weighed

_NOTHING = Weighed(Case((), (), (), None, (), 0), 0, (), "")


def report_of(
    models: tuple[str, str], step: int, ruling: Ruling, weighed: Weighed | None
) -> VerdictReport:
    """The report on the model before and the one after `step` steps; None: there is no evidence."""
    weighed = weighed or _NOTHING
    case = weighed.case
    return VerdictReport(
        outcome=ruling.outcome,
        sentence=ruling.sentence,
        reasons=ruling.reasons,
        base=models[0],
        model=models[1],
        recordings=case.recordings,
        overall=case.overall,
        labelled=case.labelled,
        groups=case.groups,
        forgetting=case.forgetting,
        held_out=weighed.frames,
        step=step,
        pictures=weighed.pictures,
        video=weighed.video,
    )
