"""Draw what both models see, side by side: the old one left, the new one right."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from core.atomic_file import write_bytes
from core.export.pose_drawing import PosePainter
from core.models.card import ModelCard
from core.pose.pose_track import Pose, Visibility
from core.pose.skeleton import shipped_skeleton
from core.prediction.crop import Crop
from core.prediction.looker import Image
from core.prediction.predictor import Predictor
from core.prediction.region import Region
from core.progress import Progress
from core.training.data.target_footage import Footage
from core.verdict.report import Picture
from core.verdict.watched import Moment, Seen
from core.video.source import VideoSource, open_video
from core.video.video_writer import VideoWriter

FOLDER: Final = "verdict"
_SIDE, _GAP = 480, 8  # pixels of a panel, and between the two
_SHOWN = 0.85  # of the zoom of the models' square: hands and feet lie at its edge
_QUALITY = 90
_MOST, _CHANGED = 8, 4  # pictures, and how many of them because the models differ most
_FRAMES = 100  # of the video
_AT_ONCE = 16
_FARTHEST = 0.1  # of the square's side; a point farther away is elsewhere, however far


@dataclass(frozen=True)
class Drawer:
    """Draws for one verdict into a job's folder."""

    job: Path
    kept_back: Sequence[Footage]
    before: Predictor
    after: Predictor

    def pictures(self, moments: Sequence[Moment]) -> tuple[Picture, ...]:
        """Those moments in which the models differ most, and some spread over all.

        Raises:
            BadVideo: a recording cannot be read.
            NoSpace: a picture cannot be written.
        """
        return tuple(self._picture(moments[number]) for number in chosen(moments))

    def video(self, moments: Sequence[Moment]) -> Generator[Progress, None, str]:
        """A film of some seconds, around the moment in which the models differ most; its file.

        Each model follows the infant on its own, as it does in the product. Empty where no
        recording is a film.

        Raises:
            BadVideo: the recording cannot be read.
            NoSpace: the film cannot be written.
        """
        films = [one for one in moments if np.isfinite(one.before.run).any()]
        if not films:
            return ""
        middle = max(films, key=change)
        footage = self.kept_back[middle.recording]
        start, stop = _around(footage, middle.frame)
        file = f"{FOLDER}/side_by_side.mp4"
        view = Crop(middle.crop.centre, middle.crop.side / _SHOWN, middle.crop.degrees)
        (self.job / FOLDER).mkdir(parents=True, exist_ok=True)
        with open_video(footage.path) as source:
            times = source.info.times[start:stop]
            with VideoWriter(self.job / file, 2 * _SIDE + _GAP, _SIDE, times) as writer:
                for panels in self._followed(source, footage, (start, stop), view):
                    writer.write(panels)
                    yield Progress(0, 0, "drawing the side-by-side video")
        return file

    def _followed(
        self, source: VideoSource, footage: Footage, span: tuple[int, int], view: Crop
    ) -> Generator[NDArray[np.uint8]]:
        """The frames of a film with what each model finds as it follows, a few in memory."""
        last: list[Pose | None] = [None, None]
        for begin in range(*span, _AT_ONCE):
            images = [frame.image for frame in source.frames(begin, min(begin + _AT_ONCE, span[1]))]
            tracks = [
                one.predict_frames(images, previous, footage.roi)
                for one, previous in zip((self.before, self.after), last, strict=True)
            ]
            last = [track[-1] for track in tracks]
            for image, *poses in zip(images, *tracks, strict=True):
                region = Region.of(footage.roi, image)
                placed = [_moved(pose, region, view) for pose in poses]
                yield _pair(region.of_image(image), view, placed)

    def _picture(self, moment: Moment) -> Picture:
        footage = self.kept_back[moment.recording]
        with open_video(footage.path) as source:
            image = source.read(moment.frame).image
        view = Crop(moment.crop.centre, moment.crop.side / _SHOWN, moment.crop.degrees)
        poses = [
            _pose(one, predictor.card, moment.crop, view)
            for one, predictor in ((moment.before, self.before), (moment.after, self.after))
        ]
        drawn = _pair(Region.of(footage.roi, image).of_image(image), view, poses)
        file = f"{FOLDER}/{moment.recording:03}-{moment.frame:06}.jpg"
        bgr = cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR)
        encoded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
        (self.job / FOLDER).mkdir(parents=True, exist_ok=True)
        write_bytes(self.job / file, encoded.tobytes())
        return Picture(recording=footage.path.name, frame=moment.frame, file=file)


def chosen(moments: Sequence[Moment]) -> list[int]:
    """Numbers of the moments to show, in their order: largest changes first taken, then spread."""
    by_change = sorted(range(len(moments)), key=lambda number: -change(moments[number]))
    taken = set(by_change[:_CHANGED])
    others = [number for number in range(len(moments)) if number not in taken]
    count = min(_MOST - len(taken), len(others))
    steps = ((np.arange(count) + 0.5) * len(others) / max(count, 1)).astype(int)
    return sorted(taken | {others[step] for step in steps})


def change(moment: Moment) -> float:
    """How far the models are apart, in shares of the square's side."""
    apart = np.linalg.norm(moment.after.views[0] - moment.before.views[0], axis=-1)
    return float(np.minimum(apart[shipped_skeleton().limb_indices], _FARTHEST).mean())


def _around(footage: Footage, frame: int) -> tuple[int, int]:
    """Up to so many frames of the stretch in which a frame lies; around it, where it lies alone.

    Without stretches all of the recording is one.
    """
    stretches = footage.stretches or ((0, footage.length or frame + 1),)
    within = [(a, b) for a, b in stretches if a <= frame < b]
    start, stop = within[0] if within else (frame, frame + 1)
    start = max(start, min(frame - _FRAMES // 2, stop - _FRAMES))
    return start, min(stop, start + _FRAMES)


def _pose(seen: Seen, card: ModelCard, crop: Crop, view: Crop) -> Pose:
    """What a model's plain look saw, in pixels of a panel."""
    raw = seen.confidence[0].astype(np.float32)
    confidence = card.one_look.share_right(raw) if card.one_look else raw
    is_seen = confidence >= card.threshold
    visibility = np.where(is_seen, Visibility.SEEN, Visibility.HIDDEN).astype(np.uint8)
    xy = view.affine(_SIDE)(crop.affine(1).inverse(seen.views[0]))
    return Pose(xy.astype(np.float32), confidence, visibility, np.zeros_like(visibility))


def _moved(pose: Pose, region: Region, view: Crop) -> Pose:
    """A pose of a frame in pixels of a panel."""
    xy = view.affine(_SIDE)(region.from_frame(pose.xy)).astype(np.float32)
    return Pose(xy, pose.confidence, pose.visibility, pose.source)


def _pair(image: Image, view: Crop, poses: Sequence[Pose]) -> NDArray[np.uint8]:
    panels: list[NDArray[np.uint8]] = []
    painter = PosePainter.for_pictures(shipped_skeleton(), _SIDE, _SIDE)
    for pose in poses:
        panel = view.cut(image, _SIDE)
        painter.paint(panel, pose)
        panels.append(panel)
    gap = np.full((_SIDE, _GAP, 3), 255, np.uint8)
    return np.hstack([panels[0], gap, panels[1]])
