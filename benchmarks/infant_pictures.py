"""Labelled pictures as canvases in memory."""

from core.training.data.canvas_set import CanvasSet
from core.training.data.labelled_canvases import labelled_canvas
from core.training.data.pictures import open_pictures
from core.training.data_source import DataSource


def canvases(source: DataSource) -> CanvasSet:
    found = []
    for read in open_pictures(source).readers:
        picture = read()
        canvas = labelled_canvas(picture, "found")
        if canvas is not None:
            found.append((canvas, picture.name, picture.group))
    return CanvasSet.of(*zip(*found, strict=True))
