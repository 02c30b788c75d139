"""The colours of a pose, shared by the window and the overlay video.

Orange against blue stays apart for every common kind of colour blindness, and colour is never
alone: a seen point is a disc, a hidden one a ring, a doubtful one is drawn thin and dashed.
"""

from typing import Final

from core.pose.skeleton import Side

RGB = tuple[int, int, int]

SIDE_COLOURS: Final[dict[Side, RGB]] = {
    "left": (245, 140, 40),
    "right": (74, 158, 255),
    "middle": (236, 236, 240),
}
HALO: Final[RGB] = (16, 18, 24)  # around points and bones, so that they stand out on any picture
HUMAN_MARK: Final[RGB] = (255, 255, 255)  # the core of a point that a person placed
SILHOUETTE: Final[RGB] = (64, 224, 190)
SILHOUETTE_OPACITY: Final = 0.2
