"""Takes over what a job predicts: shown at once, and stored in the study in order."""

from pydantic import JsonValue
from PySide6.QtCore import QObject, Signal

from app.session.background import Background
from app.session.stage_poses import StagePoses
from app.session.write_queue import WriteQueue
from core.pose.prediction_chunk import PredictionChunk
from core.study.study import Study


class PredictionIntake(QObject):
    """The way of predictions from a job into the study.

    `stored(recording_id)` comes when another stretch of a recording is on the disk,
    `finished(recording_id, prediction_id)` when a whole prediction is, `failed(sentence)` when
    the disk refuses; then it is tried again.
    """

    stored = Signal(int)
    finished = Signal(int, int)
    failed = Signal(str)

    def __init__(
        self, background: Background, poses: StagePoses, parent: QObject | None = None
    ) -> None:
        """Feed the poses on screen and the study."""
        super().__init__(parent)
        self._poses = poses
        self._queue = WriteQueue(background, self)
        self._queue.failed.connect(self.failed)
        self.finished.connect(poses.on_finished)
        self._taken: dict[int, int] = {}
        self._study: Study | None = None

    def open_study(self, study: Study | None) -> None:
        """Store into another study; what waits for the old one is dropped (its job keeps it)."""
        self._queue.clear()
        self._taken.clear()
        self._study = study

    def begin(
        self, recording_id: int, *, model_name: str, model_hash: str, settings: dict[str, JsonValue]
    ) -> int:
        """Open a new prediction of a recording; returns its id."""
        prediction_id = self._opened().begin_prediction(
            recording_id, model_name, model_hash, settings
        )
        self._taken[prediction_id] = 0
        self._poses.expect(recording_id, prediction_id)
        return prediction_id

    def taken_until(self, prediction_id: int) -> int:
        """How many frames of a prediction are stored or about to be."""
        if prediction_id not in self._taken:
            self._taken[prediction_id] = self._opened().prediction(prediction_id).frames
        return self._taken[prediction_id]

    def adopt(self, recording_id: int, prediction_id: int, chunk: PredictionChunk) -> None:
        """Take over the next frames of a prediction.

        Frames that were taken over before are passed over: a job may be read again from its start.
        """
        if chunk.start != self.taken_until(prediction_id):
            return
        study = self._opened()

        def store() -> None:
            study.add_chunk(prediction_id, chunk)
            self.stored.emit(recording_id)

        self._queue.put(store)
        self._taken[prediction_id] = chunk.stop
        self._poses.adopt(prediction_id, chunk)

    def finish(self, recording_id: int, prediction_id: int, warnings: list[str]) -> None:
        """Mark a prediction as complete, after its last frames are stored."""
        study = self._opened()

        def store() -> None:
            study.finish_prediction(prediction_id, warnings)
            self.stored.emit(recording_id)
            self.finished.emit(recording_id, prediction_id)

        self._queue.put(store)

    def retry(self) -> None:
        """Try again what the disk refused."""
        self._queue.retry()

    def _opened(self) -> Study:
        if self._study is None:
            raise RuntimeError("predictions came while no study was open")
        return self._study
