"""Brings the predictions of a job into the study, each stretch exactly once."""

from collections.abc import Sequence

from app.jobs.watched_job import WatchedJob
from app.session.session import Session
from core.pose.prediction_chunk import PredictionChunk


class ChunkIntake:
    """Feeds the open study; a job that was taken over goes on in the prediction it began."""

    def __init__(self, session: Session) -> None:
        """Bring everything to this session."""
        self._session = session

    def take(self, job: WatchedJob, chunks: Sequence[PredictionChunk]) -> None:
        """Hand over the next chunks that wait in the job; raises NoSpace.

        What the study has already is passed over there, so a repeat does no harm.
        """
        for chunk in chunks:
            recording, prediction = job.owner.recording, self._prediction(job)
            if recording is not None and prediction is not None:
                self._session.predictions.adopt(recording, prediction, chunk)
            job.waiting.popleft()

    def finish(self, job: WatchedJob) -> bool:
        """Let the job's prediction be marked complete; False if it made none."""
        recording, prediction = job.owner.recording, self._prediction(job)
        if recording is None or prediction is None:
            return False
        self._session.predictions.finish(recording, prediction, job.warnings)
        return True

    def _prediction(self, job: WatchedJob) -> int | None:
        """The prediction that belongs to the job: remembered, found in the study, or begun."""
        recording = job.owner.recording
        if job.prediction is None and recording is not None and job.started is not None:
            job.prediction = self._begun(job, recording)
            if job.prediction is None:
                job.prediction = self._session.predictions.begin(
                    recording,
                    model_name=job.started.model,
                    model_hash=job.started.model_hash,
                    settings={"job": job.key, **job.started.settings},
                )
        return job.prediction

    def _begun(self, job: WatchedJob, recording: int) -> int | None:
        study = self._session.study
        infos = study.predictions(recording) if study else []
        return next((i.id for i in infos if i.settings.get("job") == job.key), None)
