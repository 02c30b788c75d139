"""Sessions with a generated recording in a study, for the tests of the window."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.session.session import Session
from core.geometry import Affine
from core.pose.pose_track import PoseTrack, Visibility
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import shipped_skeleton
from core.video.video_writer import VideoWriter

WIDTH, HEIGHT = 160, 120
FRAMES = 40
FPS = 20


def write_clip(path: Path, frames: int = FRAMES, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Path:
    """A clip in which frame i is a grey of its own with a bright square that moves."""
    with VideoWriter(path, *size, np.arange(frames) / FPS) as writer:
        for number in range(frames):
            image = np.full((size[1], size[0], 3), 20 + 5 * (number % 40), np.uint8)
            image[20:40, 2 * number % 120 : 2 * number % 120 + 20] = 250
            writer.write(image)
    return path


def made_track(frames: int = FRAMES, *, low: tuple[int, int] = (10, 14)) -> PoseTrack:
    """Points on a grid that drifts; frames [low) are doubtful."""
    skeleton = shipped_skeleton()
    track = PoseTrack.empty(skeleton, frames)
    columns = np.arange(len(skeleton))
    start = np.stack([20 + 30 * (columns % 4), 20 + 24 * (columns // 4)], axis=1)
    track.xy[:] = start + 0.25 * np.arange(frames)[:, None, None]
    track.confidence[:] = 0.9
    track.confidence[low[0] : low[1]] = 0.1
    track.visibility[:] = np.where(track.confidence > 0.3, Visibility.SEEN, Visibility.HIDDEN)
    return track


def made_chunks(track: PoseTrack, length: int = 16) -> Iterator[PredictionChunk]:
    """The track in stretches, each frame with the same silhouette."""
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[30:90, 40:120] = True
    outline = Silhouette.from_mask(mask, Affine())
    for start in range(0, len(track), length):
        part = track.part(start, min(start + length, len(track)))
        yield PredictionChunk(start, part, (outline,) * len(part))


def add_prediction(session: Session, qtbot: QtBot, track: PoseTrack) -> int:
    """Bring a whole prediction of the recording on screen into the study."""
    recording = session.recording
    assert recording is not None
    prediction = session.predictions.begin(
        recording.id, model_name="made", model_hash="0" * 64, settings={}
    )
    for chunk in made_chunks(track):
        session.predictions.adopt(recording.id, prediction, chunk)
    with qtbot.waitSignal(session.predictions.finished):
        session.predictions.finish(recording.id, prediction, [])
    return prediction


def wait_until_shown(session: Session, qtbot: QtBot, frame: int) -> None:
    qtbot.waitUntil(lambda: session.shown == frame)


def add_recording(session: Session, qtbot: QtBot, path: Path) -> None:
    """Add a file and wait until it is on the stage, indexed, with its poses."""
    with qtbot.waitSignal(session.recordings_added):
        session.add_recordings([path])
    qtbot.waitUntil(lambda: session.info is not None and session.can_edit)


def reopened(session: Session, qtbot: QtBot) -> Session:
    """A new session on the same study, as after a restart."""
    assert session.study is not None
    path = session.study.path
    session.close()
    again = Session()
    again.open_study(path)
    again.select_recording(again.recordings()[0].id)
    qtbot.waitUntil(lambda: again.can_edit)
    return again


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clips") / "crawl.mp4")


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """A session with an empty study."""
    made = Session()
    made.create_study(tmp_path / "visit.shift")
    yield made
    made.close()


@pytest.fixture
def opened(session: Session, qtbot: QtBot, clip: Path) -> Session:
    """A session with the clip on the stage, without poses."""
    add_recording(session, qtbot, clip)
    wait_until_shown(session, qtbot, 0)
    return session


@pytest.fixture
def predicted(opened: Session, qtbot: QtBot) -> Session:
    """A session with the clip and a whole prediction of it."""
    add_prediction(opened, qtbot, made_track())
    return opened
