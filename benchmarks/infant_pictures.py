"""The pictures of which `benchmarks.infant_model` makes the shipped pose network."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import build_predictor
from core.training.data.canvas_set import CanvasSet
from core.training.data.labelled_canvases import labelled_canvas
from core.training.data.pictures import Picture, open_pictures
from core.training.data_source import DataSource

AGREED = 0.7  # the teacher's confidence from which on its word is a label


def canvases(source: DataSource) -> CanvasSet:
    found = []
    for read in open_pictures(source).readers:
        picture = read()
        canvas = labelled_canvas(picture, "found")
        if canvas is not None:
            found.append((canvas, picture.name, picture.group))
    return CanvasSet.of(*zip(*found, strict=True))


def taught(folder: Path, teacher: str) -> CanvasSet:
    """Two thirds of a folder's pictures, with what the teacher is sure of for labels."""
    predictor, found = build_predictor(teacher), []
    for number, file in enumerate(sorted(folder.glob("*.jpg"))):
        if number % 3 == 0:
            continue
        image = cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB)
        pose = predictor.predict_image(image)
        xy = np.where((pose.confidence >= AGREED)[:, None], pose.xy, np.nan).astype(np.float64)
        canvas = labelled_canvas(Picture(image, xy, None, file.name, file.name), "found")
        if canvas is not None:
            found.append((canvas, file.name, file.name))
    return CanvasSet.of(*zip(*found, strict=True))


def parted(infants: CanvasSet) -> tuple[CanvasSet, CanvasSet]:
    """Two thirds and one third, whole groups by lot."""
    groups = sorted(set(infants.groups))
    np.random.default_rng(5).shuffle(groups)
    left_out: set[str] = set()
    for group in groups:
        if sum(one in left_out for one in infants.groups) < len(infants) // 3:
            left_out.add(group)
    is_out = np.array([group in left_out for group in infants.groups])
    return infants.subset(np.flatnonzero(~is_out)), infants.subset(np.flatnonzero(is_out))


def without(pictures: CanvasSet, names: Sequence[str]) -> CanvasSet:
    """The same, these keypoints unlabelled."""
    xy = pictures.xy.copy()
    xy[:, list(shipped_skeleton().indices(*names))] = np.nan
    return CanvasSet(pictures.images, xy, pictures.infant, pictures.names, pictures.groups)
