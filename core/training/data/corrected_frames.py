"""Frames of a recording that a person corrected in a study: labels of the target.

A corrected frame holds at least one point that a person placed, hid or removed there. Its labels
are the points that are not the model's and are placed, hidden ones too. A point that was left to
the model is none: a study does not say whether anybody looked at it. Nor is a removed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_edit import Corrections
from core.pose.pose_track import Pose, PoseTrack, Source, Visibility
from core.study.recordings import Recording
from core.study.study_reader import StudyReader


@dataclass(frozen=True, eq=False)
class CorrectedFrames:
    """N frames with a label at least, ascending: frames (N,) int64, and their corrected poses."""

    frames: NDArray[np.int64]
    poses: PoseTrack

    def __len__(self) -> int:
        """How many frames there are."""
        return len(self.frames)

    @property
    def labels(self) -> NDArray[np.float64]:
        """Labelled places (N, 16, 2) in frame pixels, NaN for points that are no label."""
        return labels_of(self.poses)


def labels_of(poses: Pose | PoseTrack) -> NDArray[np.float64]:
    """The places (..., 16, 2) of points that are labels, NaN for others."""
    is_label = (poses.source != Source.MODEL) & (poses.visibility != Visibility.ABSENT)
    return np.where(is_label[..., None], poses.xy, np.nan).astype(np.float64)


def body_of(pose: Pose) -> NDArray[np.float64]:
    """The places (16, 2) that tell where the body is: labels, and points that the model saw."""
    is_seen = pose.visibility == Visibility.SEEN
    return np.where(is_seen[:, None], pose.xy.astype(np.float64), labels_of(pose))


def corrected_frames(study: StudyReader, recording: Recording) -> CorrectedFrames | None:
    """The corrected frames of a recording, None without any; raises BadStudy."""
    corrections = study.edit_log(recording.id).corrections
    frames = corrections.frames[corrections.frames < recording.frame_count].tolist()
    if not frames:
        return None
    poses = _poses(study, recording, corrections, frames)
    is_human = (poses.source == Source.HUMAN).any(axis=1)
    kept = np.flatnonzero(is_human & np.isfinite(labels_of(poses)).any(axis=(1, 2)))
    if not len(kept):
        return None
    chosen = PoseTrack.stack(study.skeleton, [poses.pose(int(number)) for number in kept])
    return CorrectedFrames(np.array(frames, np.int64)[kept], chosen)


def _poses(
    study: StudyReader, recording: Recording, corrections: Corrections, frames: Sequence[int]
) -> PoseTrack:
    """The newest prediction with the corrections over it, in some frames."""
    prediction = study.current_prediction(recording.id)
    track = PoseTrack.empty(study.skeleton, recording.frame_count)
    if prediction is not None:
        track = study.load_track(prediction.id, recording.frame_count)
    poses = [corrections.over(track.pose(frame), frame) for frame in frames]
    return PoseTrack.stack(study.skeleton, poses)
