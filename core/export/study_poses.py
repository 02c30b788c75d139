"""What a study knows of one recording, ready for export."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.export.data_dictionary import (
    SMOOTHED,
    DataDictionary,
    Provenance,
    RecordingFacts,
    UsedModel,
)
from core.export.pose_csv import CsvLayout, TableShape
from core.pose.pose_track import Pose, PoseTrack
from core.pose.silhouette import Silhouette
from core.pose.smoothing import smoothed
from core.study.predictions import PredictionInfo
from core.study.recordings import Recording
from core.study.study_reader import StudyReader


@dataclass(frozen=True)
class StudyPoses:
    """Poses of one recording: the newest prediction with every correction laid over it."""

    study: StudyReader
    recording: Recording
    times: NDArray[np.float64]
    track: PoseTrack
    prediction: PredictionInfo | None
    corrected_frames: int
    smoothing: str = ""  # what was done to the model's points, in words

    @staticmethod
    def of(study: StudyReader, recording: Recording, *, smooth: bool = False) -> "StudyPoses":
        """Read a recording's poses; frames that no model has seen are empty.

        If wished, the model's points are smoothed over time; not those of single images.
        """
        prediction = study.current_prediction(recording.id)
        track = PoseTrack.empty(study.skeleton, recording.frame_count)
        if prediction is not None:
            track = study.load_track(prediction.id, recording.frame_count)
        corrections = study.edit_log(recording.id).corrections
        track, times = corrections.over_track(track), study.times(recording.id)
        is_smooth = smooth and study.file_names(recording.id) is None
        return StudyPoses(
            study=study,
            recording=recording,
            times=times,
            track=smoothed(track, times) if is_smooth else track,
            prediction=prediction,
            corrected_frames=len(corrections.frames),
            smoothing=SMOOTHED if is_smooth else "",
        )

    def frames(self) -> Iterator[tuple[Pose, Silhouette | None]]:
        """Pose and silhouette, frame by frame."""
        info = self.prediction
        for frame in range(len(self.track)):
            known = info is not None and frame < info.frames
            outline = self.study.silhouette(info.id, frame) if info and known else None
            yield self.track.pose(frame), outline

    def table_shape(self, layout: CsvLayout) -> TableShape:
        """The columns of its table."""
        return TableShape(self.track.skeleton, layout, self.study.file_names(self.recording.id))

    def dictionary(self, shape: TableShape) -> DataDictionary:
        """What belongs beside its table."""
        used = self.prediction
        return DataDictionary.of(
            shape,
            RecordingFacts.of(
                self.recording.path,
                fingerprint=self.recording.fingerprint,
                size=(self.recording.width, self.recording.height),
                times=self.times,
            ),
            provenance=Provenance(
                model=UsedModel.named(used.model_name, used.model_hash) if used else None,
                segmentation=_segmentation(used),
                roi=_roi(used),
                corrected_frames=self.corrected_frames,
                smoothing=self.smoothing,
            ),
            warnings=self._warnings(),
        )

    @property
    def looked_at(self) -> int:
        """How many frames, from the first on, a model has seen."""
        return self.prediction.frames if self.prediction else 0

    def _warnings(self) -> tuple[str, ...]:
        told = self.prediction.warnings if self.prediction else ()
        gap = gap_of(self.recording, self.looked_at)
        return (*told, gap) if gap else told


def gap_of(recording: Recording, looked_at: int) -> str:
    """What no model has seen of a recording, in a sentence; empty where all was seen."""
    missing = recording.frame_count - looked_at
    if missing <= 0:
        return ""
    if looked_at == 0:
        return "Nothing was predicted: only points placed by hand are given."
    last = "The last frame is" if missing == 1 else f"The last {missing} frames are"
    return f"{last} not predicted: only points placed by hand are given there."


def _segmentation(prediction: PredictionInfo | None) -> UsedModel | None:
    match prediction.settings.get("segmentation") if prediction else None:
        case {"name": str(name), "weights_sha256": str(weights)}:
            return UsedModel.named(name, weights)
        case _:  # without one, or stored by a version that did not keep it
            return None


def _roi(prediction: PredictionInfo | None) -> tuple[float, float, float, float] | None:
    match prediction.settings.get("roi") if prediction else None:
        case [
            int() | float() as x,
            int() | float() as y,
            int() | float() as w,
            int() | float() as h,
        ]:
            return x, y, w, h
        case _:
            return None
