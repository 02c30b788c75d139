"""The product's own networks, loaded for predicting whole recordings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch

from core.geometry import Box
from core.models.card import ModelCard
from core.pose.pose_track import Pose
from core.pose.prediction_chunk import PredictionChunk
from core.pose.skeleton import Skeleton
from core.prediction.predictor import Predictor, build_predictor
from core.prediction.recording import predict_recording
from core.short_memory import says_memory_is_short
from core.video.source import VideoSource


@dataclass(frozen=True)
class LoadedPredictor:
    """A `RecordingPredictor` over the networks of a model folder."""

    predictor: Predictor

    @property
    def card(self) -> ModelCard:
        """The card of the pose model."""
        return self.predictor.card

    @property
    def segmentation_card(self) -> ModelCard | None:
        """The card of the segmentation model, if the silhouette is wanted."""
        return self.predictor.segmentation_card

    @property
    def skeleton(self) -> Skeleton:
        """The keypoints of the poses."""
        return self.predictor.skeleton

    def predict(
        self, source: VideoSource, *, start: int, previous: Pose | None, roi: Box | None
    ) -> Iterator[PredictionChunk]:
        """Chunks from frame `start` on; raises MemoryError when the batch does not fit."""
        try:
            yield from predict_recording(
                source, self.predictor, start=start, previous=previous, roi=roi
            )
        except torch.OutOfMemoryError as error:
            raise MemoryError(str(error)) from error
        except RuntimeError as error:  # what torch's allocator for the CPU raises
            if not says_memory_is_short(str(error)):
                raise
            raise MemoryError(str(error)) from error

    def smaller(self) -> "LoadedPredictor | None":
        """The same with half the batch, or None if there is no half."""
        half = self.predictor.batch // 2
        return replace(self, predictor=self.predictor.with_batch(half)) if half else None


def load_predictor(model: str, segmentation: str | None, device: str) -> LoadedPredictor:
    """Load models of the library or of folders; raises BadModel.

    Without a `segmentation` model there are no silhouettes; `device` "auto" takes a GPU if there
    is one.
    """
    chosen = device
    if device == "auto":
        chosen = "cuda" if torch.cuda.is_available() else "cpu"
    return LoadedPredictor(build_predictor(model, segmentation, chosen))
