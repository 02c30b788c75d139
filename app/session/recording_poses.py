"""The poses of the recording on screen: a model's track with corrections laid over it."""

import numpy as np
from numpy.typing import NDArray

from core.pose.pose_edit import Corrections
from core.pose.pose_track import Pose, PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.review import frame_score, frame_scores
from core.pose.skeleton import Skeleton


class RecordingPoses:
    """What is known of the infant in every frame, and how far to trust it."""

    def __init__(self, track: PoseTrack, *, predicted: int, corrections: Corrections) -> None:
        """Take over a loaded track, of which frames [0, predicted) come from the model.

        The track's arrays are written to while a prediction grows. Slow for long tracks (the
        scores of all frames are computed): make it in a thread.
        """
        self._track = track
        self._corrections = corrections
        self.predicted = predicted
        self.scores = frame_scores(track, corrections, predicted=predicted)

    @staticmethod
    def none(skeleton: Skeleton) -> "RecordingPoses":
        """The poses of no recording."""
        empty = PoseTrack.empty(skeleton, 0)
        return RecordingPoses(empty, predicted=0, corrections=Corrections())

    def __len__(self) -> int:
        """How many frames there are."""
        return len(self._track)

    def model_pose(self, frame: int) -> Pose:
        """The pose as the model says it; absent where it has not been."""
        if 0 <= frame < len(self._track):
            return self._track.pose(frame)
        return Pose.absent(len(self._track.skeleton))

    def pose(self, frame: int) -> Pose:
        """The pose with the corrections of this frame."""
        return self._corrections.over(self.model_pose(frame), frame)

    def adopt(self, chunk: PredictionChunk) -> range:
        """Take over a stretch of new predictions; the frames that changed.

        Frames behind the recording's last are passed over.
        """
        start, stop = min(chunk.start, len(self)), min(chunk.stop, len(self))
        taken = slice(start, stop)
        part = chunk.track.part(0, stop - start)
        self._track.xy[taken] = part.xy
        self._track.confidence[taken] = part.confidence
        self._track.visibility[taken] = part.visibility
        self._track.source[taken] = part.source
        self.predicted = max(self.predicted, stop)
        self.scores[taken] = frame_scores(part)
        corrected = self._corrections.frames
        self.rescore(corrected[(corrected >= start) & (corrected < stop)])
        return range(start, stop)

    def rescore(self, frames: NDArray[np.int64]) -> None:
        """Bring the scores of some frames up to date with the corrections."""
        limbs = self._track.skeleton.limb_indices
        for frame in frames[frames < self.predicted].tolist():
            self.scores[frame] = frame_score(self.pose(frame), limbs)

    def corrected_frames(self) -> NDArray[np.int64]:
        """Frames in which a person changed something, ascending."""
        return self._corrections.frames
