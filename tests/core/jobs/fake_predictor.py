"""Predicts without networks: every pose hangs on the picture and on the pose before it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.geometry import Affine, Box
from core.models.card import ModelCard
from core.pose.pose_track import Pose, PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton, shipped_skeleton
from core.video.frame import Frame
from core.video.source import VideoSource

CHUNK_FRAMES = 4


def card(name: str = "fake", skeleton: str = "infant16") -> ModelCard:
    return ModelCard(
        name=name,
        title="Stands in for a network",
        architecture="movenet_thunder" if skeleton else "blazepose_full_mask",
        skeleton=skeleton,
        input_size=64,
        heatmap_size=16,
        mean=(0.5, 0.5, 0.5),
        std=(0.5, 0.5, 0.5),
        threshold=0.3,
        training_data="none",
        licence="Apache-2.0",
        weights_sha256="f" * 64,
        created="2026-01-01",
    )


@dataclass(frozen=True)
class FakePredictor:
    """A `RecordingPredictor`; `batch` frames fit into its memory, `pause` seconds go by a chunk."""

    segmentation: bool = False
    batch: int = 8
    fits: int = 8
    pause: float = 0.0
    empty_frames: tuple[int, ...] = ()

    @property
    def card(self) -> ModelCard:
        return card()

    @property
    def segmentation_card(self) -> ModelCard | None:
        return card("fake_mask", skeleton="") if self.segmentation else None

    @property
    def skeleton(self) -> Skeleton:
        return shipped_skeleton()

    def predict(
        self, source: VideoSource, *, start: int, previous: Pose | None, roi: Box | None
    ) -> Iterator[PredictionChunk]:
        if self.batch > self.fits:
            raise MemoryError("too many frames at once")
        poses: list[Pose] = []
        for frame in source.frames(start):
            previous = self._pose(frame, previous, roi)
            poses.append(previous)
            if len(poses) == CHUNK_FRAMES:
                yield self._chunk(frame.index + 1, poses)
                poses = []
        if poses:
            yield self._chunk(source.info.frame_count, poses)

    def smaller(self) -> "FakePredictor | None":
        return replace(self, batch=self.batch // 2) if self.batch > 1 else None

    def _chunk(self, stop: int, poses: list[Pose]) -> PredictionChunk:
        time.sleep(self.pause)
        mask = np.zeros((24, 32), bool)
        mask[4:20, 6:26] = True
        outline = Silhouette.from_mask(mask, Affine.scaling(2, 2))
        outlines = tuple(None if p.is_empty else outline for p in poses)
        track = PoseTrack.stack(self.skeleton, poses)
        return PredictionChunk(stop - len(poses), track, outlines if self.segmentation else ())

    def _pose(self, frame: Frame, previous: Pose | None, roi: Box | None) -> Pose:
        if frame.index in self.empty_frames:
            return Pose.absent(16)
        means = frame.image.reshape(16, -1).mean(axis=1, dtype=np.float64)
        before = np.zeros((16, 2)) if previous is None else np.nan_to_num(previous.xy)
        corner = (roi.x, roi.y) if roi else (0.0, 0.0)
        xy = (before * 0.5 + np.stack([means, means[::-1]], axis=1) / 10 + corner) % 40
        confidence = (means / 255).astype(np.float32)
        visibility = np.where(confidence > 0.2, 2, 1).astype(np.uint8)
        return Pose(xy.astype(np.float32), confidence, visibility, np.zeros(16, np.uint8))
