"""What an evaluation says: scores by several lengths, for people and for programs."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

Column = tuple[str, "Scores"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scores(_Value):
    """PCK in per cent under one limit; None where nothing is labelled."""

    average: float | None  # unweighted mean over the 12 limb keypoints
    average_over_points: float | None = None  # all labelled limb points in one pot
    interval_95: tuple[float, float] | None = None  # of the average, sources redrawn
    side_agnostic: float | None = None  # average if left and right may be swapped as a whole
    parts: dict[str, float | None]
    keypoints: dict[str, float | None]
    postures: dict[str, float | None] = {}
    subjects: dict[str, float | None] = {}


class PrecisionScores(_Value):
    """COCO's average precision by OKS in per cent, over the 12 limb keypoints."""

    ap: float
    ap_50: float
    ap_75: float


class Report(_Value):
    """One evaluation."""

    model: str
    model_sha256: str
    data: str
    split: str | None
    protocol: str
    crop: str
    images: int
    without_infant: int  # photographs in which the model found nobody
    image: Scores  # error under 5 % of the side of the padded image
    box: Scores | None = None  # error under 5 % of the side of the true box enlarged by 1.25
    torso: Scores | None = None  # error under 20 % of shoulder to opposite hip
    head: Scores | None = None  # error under 50 % of neck to top (or centre) of the head
    oks: PrecisionScores | None = None


def table(report: Report) -> str:
    """The report as text for a terminal."""
    columns = _columns(report)
    rows = [
        f"{report.model} on {report.data}, split {report.split or 'all'}: {report.images} images, "
        f"{report.without_infant} without an infant found; {report.protocol}, crop {report.crop}",
        "PCK in %, error under" + " " * 20 + "".join(f"{name:>12}" for name, _ in columns),
        _row("average of 12 limbs", [scores.average for _, scores in columns]),
        _row("sides may swap", [scores.side_agnostic for _, scores in columns]),
        *_rows("", [scores.parts for _, scores in columns]),
        *_rows("posture ", [scores.postures for _, scores in columns]),
        *_rows("subject ", [scores.subjects for _, scores in columns]),
        *_intervals(columns),
    ]
    if report.oks:
        rows.append(
            f"OKS of 12 limbs, in %: AP {report.oks.ap:.1f}, "
            f"AP50 {report.oks.ap_50:.1f}, AP75 {report.oks.ap_75:.1f}"
        )
    return "\n".join(rows)


def _columns(report: Report) -> list[Column]:
    every = (
        ("5 % image", report.image),
        ("5 % box", report.box),
        ("20 % torso", report.torso),
        ("50 % head", report.head),
    )
    return [(name, scores) for name, scores in every if scores is not None]


def _rows(prefix: str, columns: Sequence[Mapping[str, float | None]]) -> list[str]:
    names = dict.fromkeys(name for column in columns for name in column)
    return [_row(prefix + name, [column.get(name) for column in columns]) for name in names]


def _row(name: str, values: Sequence[float | None]) -> str:
    cells = "".join(f"{'-' if value is None else format(value, '.1f'):>12}" for value in values)
    return f"  {name:<39}{cells}"


def _intervals(columns: Sequence[Column]) -> list[str]:
    """A line for each limit whose interval is known."""
    return [
        f"95 % interval of the average, {name}: "
        f"{scores.interval_95[0]:.1f} to {scores.interval_95[1]:.1f}"
        for name, scores in columns
        if scores.interval_95
    ]
