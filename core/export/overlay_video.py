"""A copy of the recording with poses and silhouettes drawn in."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.export.frame_stamp import FrameStamp
from core.export.pose_drawing import PosePainter, paint_silhouette
from core.pose.pose_track import Pose
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton
from core.progress import Progress
from core.video.source import VideoSource
from core.video.video_writer import VideoWriter


def write_overlay(
    source: VideoSource,
    frames: Iterable[tuple[Pose, Silhouette | None]],
    path: Path,
    *,
    skeleton: Skeleton,
    count: int,
) -> Iterator[Progress]:
    """Write the first `count` frames to `path`, telling progress for each.

    `frames` gives pose and silhouette frame by frame. The file appears when it is complete; to
    cancel, do not ask for the next progress. Raises BadVideo or NoSpace.
    """
    width, height = source.info.width, source.info.height
    painter = PosePainter.for_pictures(skeleton, width, height)
    stamp = FrameStamp(width, height)
    with VideoWriter(path, width, height, source.info.times[:count]) as writer:
        for frame, (pose, silhouette) in zip(source.frames(0, count), frames, strict=False):
            picture = _on_canvas(frame.image, width, height)
            if silhouette is not None:
                paint_silhouette(picture, silhouette)
            painter.paint(picture, pose)
            stamp.paint(picture, frame.time_s, frame.index)
            writer.write(picture)
            yield Progress(frame.index + 1, count, "overlay")


def _on_canvas(image: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """A copy of the image, on black where an image folder holds several sizes."""
    if image.shape[:2] == (height, width):
        return image.copy()
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[: image.shape[0], : image.shape[1]] = image[:height, :width]
    return canvas
