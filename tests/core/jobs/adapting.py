"""Tiny adaptations of a few frames of the demo, whose verdict is made quick."""

from collections.abc import Generator
from pathlib import Path

import numpy as np

from core.atomic_file import write_text
from core.jobs.folder import JobFolder
from core.jobs.requests import AdaptRequest, FootageRequest
from core.models.library import DEFAULT_POSE_MODEL
from core.models.model_folder import open_model
from core.pose.pose_edit import PointChange, PoseEdit
from core.pose.pose_track import Point, Source, Visibility
from core.progress import Progress
from core.study.study import Study
from core.verdict.judge import JudgeTask
from core.verdict.report import VERDICT_FILE, VerdictReport
from core.video.source import open_video
from core.video.video_writer import VideoWriter

FRAMES = 60
TINY = (
    "steps=6", "batch=2", "frames=10", "mode=baseline", "weights.source=0", "teacher_views=1",
    "held_out=0", "log_every=1", "pictures_every=0",
)  # fmt: skip
BEFORE = Point((1.0, 1.0), 0.5, Visibility.SEEN, Source.MODEL)


def write_cut(demo: Path, path: Path) -> Path:
    """Every third frame of the demo, so that the infant moves."""
    with open_video(demo) as source:
        info = source.info
        with VideoWriter(path, info.width, info.height, info.times[:FRAMES]) as writer:
            for number in range(FRAMES):
                writer.write(source.read(3 * number).image)
    return path


def write_study(path: Path, recording: Path) -> AdaptRequest:
    """A study of one recording with a corrected frame, and the request to adapt to it."""
    with Study.create(path) as study, open_video(recording) as source:
        added = study.add_recording(recording, source.info)
        footage = FootageRequest(id=added.id, recording=recording, fingerprint=added.fingerprint)
    fix(path, 4, 300.0)
    return AdaptRequest(
        study=path,
        footage=(footage,),
        base=DEFAULT_POSE_MODEL,
        recipe="quick",
        settings=TINY,
        device="cpu",
    )


def fix(study: Path, frame: int, x: float) -> None:
    """Place two points by hand."""
    after = Point((x, 240.0), 1.0, Visibility.SEEN, Source.HUMAN)
    with Study.open(study) as opened:
        (recording,) = opened.recordings()
        edit = PoseEdit("fix", tuple(PointChange(frame, k, BEFORE, after) for k in (0, 7)))
        opened.append_edit(recording.id, edit)


def quick_verdict(task: JudgeTask) -> Generator[Progress, None, VerdictReport]:
    """Says which step it was asked about."""
    yield Progress(1, 1, "judging")
    report = VerdictReport(
        outcome="unclear", sentence="It was not looked at.", reasons=(), base=task.base,
        model=task.model.name, recordings=(), overall=(), held_out=0, step=task.step,
    )  # fmt: skip
    write_text(task.job / VERDICT_FILE, report.model_dump_json())
    return report


def weights(job: JobFolder) -> str:
    """Tells the model that a job made from any other."""
    return open_model(job.path / "model").card.weights_sha256


def labels(job: JobFolder) -> int:
    """How many frames a job has for labels."""
    with np.load(job.path / "corrections.npz") as file:
        return sum(len(file[name]) for name in file.files if name.endswith("_frames"))
