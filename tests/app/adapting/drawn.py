"""Drawn pictures, stories and verdicts for the tests of the running view and of the verdict."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.adapting.job_story import JobStory
from app.adapting.run_view import RunFace
from app.adapting.sheet import PANEL, PITCH
from core.jobs.events import Chosen, Pictured, Started, Trained
from core.jobs.status import JobState, JobStatus
from core.verdict.report import Number, Picture, RecordingVerdict, VerdictReport

STEPS = 1200
LOSSES = ("source", "consistency", "target", "prior", "visibility", "total")


def write_sheet(path: Path, *, frames: int = 6, shift: float = 0.0, colour: str = "") -> Path:
    """A contact sheet: a drawn figure in each panel, or plain panels of one colour."""
    sheet = QImage(2 * PITCH, frames * PITCH, QImage.Format.Format_RGB888)
    sheet.fill(QColor("black"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row in range(frames):
        for column in range(2):
            painter.save()
            painter.translate(column * PITCH, row * PITCH)
            painter.setClipRect(0, 0, PANEL, PANEL)
            painter.fillRect(0, 0, PANEL, PANEL, QColor(colour or "#8899aa").darker(100 + 8 * row))
            if not colour:
                _draw_figure(painter, row, shift, is_mask=column == 1)
            painter.restore()
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(str(path), "JPEG", 90)
    return path


def write_pair(path: Path, number: int, size: tuple[int, int] = (960, 360)) -> Path:
    """A held-out frame twice, side by side."""
    image = QImage(*size, QImage.Format.Format_RGB888)
    image.fill(QColor.fromHsv(40 * number % 360, 90, 150))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for side in range(2):
        painter.save()
        painter.translate(side * size[0] / 2 + size[0] / 4 - size[1] / 2, 0)
        painter.scale(size[1] / PANEL, size[1] / PANEL)
        _draw_figure(painter, number, 14.0 * (1 - side), is_mask=False)
        painter.restore()
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(path), "JPEG", 90)
    return path


def _draw_figure(painter: QPainter, seed: int, shift: float, *, is_mask: bool) -> None:
    rng = np.random.default_rng(seed)
    head = QPointF(128, 60)
    hands = [head + QPointF(x, 70 + float(rng.uniform(-30, 30))) for x in (-70, 70)]
    feet = [head + QPointF(x, 150 + float(rng.uniform(-20, 10))) for x in (-45, 45)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#3fc7b8" if is_mask else "#e8c9b0"))
    painter.drawEllipse(head, 34, 38)
    painter.drawRoundedRect(88, 92, 80, 90, 30, 30)
    pen = painter.pen()
    for end in (*hands, *feet):
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(QColor("#3fc7b8" if is_mask else "#e8c9b0"))
        pen.setWidth(24)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(128, 130), end)
    if is_mask:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for number, end in enumerate((*hands, *feet, head)):
        painter.setBrush(QColor.fromHsv(60 * number % 360, 220, 255))
        painter.drawEllipse(end + QPointF(shift, -shift), 6, 6)


def trained(step: int, steps: int = STEPS, *, wave: float = 0.15) -> Trained:
    """A step whose losses fall and waver."""
    rng = np.random.default_rng(step)
    fall = 0.45 + 0.55 * np.exp(-4 * step / steps)
    sizes = (3e-4, 8e-4, 5e-4, 12.0, 0.4, 2e-3)
    losses = {
        name: float(size * fall ** (1 + 0.25 * n) * (1 + wave * rng.normal()))
        for n, (name, size) in enumerate(zip(LOSSES, sizes, strict=True))
    }
    rate = 3e-5 * min(1.0, step / (0.05 * steps)) * (1 if step < 0.8 * steps else 0.3)
    return Trained(step=step, total=steps, losses=losses, rate=rate, pictures_per_second=5.2)


def told(
    step: int, *, state: JobState = JobState.RUNNING, steps: int = STEPS, every: int = 5
) -> JobStory:
    """The story of a job that came so far."""
    story = JobStory()
    story.hear(Started(pid=1))
    for at in range(every, step + 1, every):
        story.hear(trained(at, steps))
    if step:
        story.hear(Chosen(step=step // 100 * 100, score=1.2, base_score=1.0))
    left = 47 * 60 if state is JobState.RUNNING else None
    story.see(
        JobStatus(state=state, done=step, total=steps, seconds_left=left, activity="Training")
    )
    return story


def told_with_pictures(folder: Path, step: int, every: int = 100) -> JobStory:
    """The same, with a sheet at each `every` steps in the job's folder."""
    story = told(step)
    for at in range(0, step + 1, every):
        file = f"pictures/step-{at:06}.jpg"
        write_sheet(folder / file, shift=16.0 * (1 - at / STEPS))
        story.hear(Pictured(step=at, file=file))
    return story


def face(folder: Path) -> RunFace:
    return RunFace("Adapting to 8 recordings", "Recommended", "MoveNet Thunder", folder)


def number(name: str, before: float, after: float, **rest) -> Number:
    values = {"unit": "%", "higher_is_better": True, "words": name.capitalize()} | rest
    return Number(name=name, before=before, after=after, **values)


def evidence(gain: float = 3.0) -> tuple[Number, ...]:
    return (
        number("agreement", 71.2, 71.2 + gain, low=gain - 1.8, high=gain + 2,
               words="Agreement between views of a frame"),
        number("smoothness", 3.4, 3.4 - gain / 5, unit="px", higher_is_better=False,
               low=-gain / 5 - 0.2, high=-gain / 5 + 0.1, words="Jitter from frame to frame"),
        number("bones", 8.1, 8.0, higher_is_better=False, low=-0.6, high=0.4,
               words="Spread of bone lengths"),
        number("prior", 0.412, 0.455, unit="", words="Plausible as an infant's pose"),
        number("silhouette", 80.3, 79.6, low=-1.2, high=-0.2,
               words="Points that lie on the infant"),
    )  # fmt: skip


def report(
    folder: Path | None = None,
    *,
    outcome="better",
    recordings: int = 8,
    pictures: int = 9,
    labelled: bool = True,
) -> VerdictReport:
    """A verdict with all that one can hold, and its pictures in the folder."""
    shots = tuple(
        Picture(recording=f"visit_{n // 2 + 1}", frame=120 * n, file=f"verdict/{n}.jpg")
        for n in range(pictures)
    )
    for n, shot in enumerate(shots):
        if folder is not None:
            write_pair(folder / shot.file, n)
    sentences = {
        "better": f"Better on {recordings - 1} of {recordings} recordings, wrists most: adopt it.",
        "not_better": "Not better on these recordings: keep the old model.",
        "unclear": "The difference is too small to tell: keep the old model.",
    }
    kinds = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    return VerdictReport(
        outcome=outcome,
        sentence=sentences[outcome],
        reasons=(
            "Different views of the same frame agree more often, by 3 points.",
            "Points jump less from frame to frame.",
            "Where the infant's outline is known, fewer points lie on it: look at the pictures.",
        ),
        base="movenet_thunder",
        model="movenet_thunder_adapted",
        recordings=tuple(
            RecordingVerdict(
                name=f"visit_{n + 1}",
                frames=40 + n,
                outcome="unclear" if n == 2 else "better",
                evidence=evidence(0.1 if n == 2 else 3.0 + 0.3 * n),
            )
            for n in range(recordings)
        ),
        overall=evidence(),
        labelled=(
            number("pck", 84.1, 88.0, low=0.9, high=6.5, words="Points within 5 % of the infant"),
            number("error", 6.2, 5.1, unit="px", higher_is_better=False, low=-1.9, high=-0.3,
                   words="Mean distance from your corrections"),
        ) if labelled else (),
        groups=tuple(
            number(kind, 80.0, 80.0 + gain, low=gain - 1.5, high=gain + 1.5)
            for kind, gain in zip(kinds, (0.8, 2.1, 5.2, -0.6, 1.9, 2.4), strict=True)
        ),
        forgetting=number("forgetting", 91.0, 90.6, low=-1.0, high=0.3,
                          words="On the embedded synthetic infants"),
        held_out=344,
        step=900,
        pictures=shots,
        video="verdict/side-by-side.mp4" if folder is not None else "",
    )  # fmt: skip
