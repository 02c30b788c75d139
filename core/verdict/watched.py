"""What two models saw in the same squares of the same held-out frames."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from core.prediction.crop import Crop


@dataclass(frozen=True, eq=False)
class Seen:
    """What one model saw in one moment; places in shares of the square's side, 0 to 1 inside it.

    views (V, 16, 2): by each view of the frame, the plain one first; confidence (V, 16);
    run (3, 16, 2): by plain looks at the frame before, the frame, and the frame after it; NaN in
    recordings that are single pictures.
    """

    views: NDArray[np.float64]
    confidence: NDArray[np.float64]
    run: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Moment:
    """One held-out frame, through one square.

    recording: its place among those that were kept back; seconds: when it was filmed; of single
    pictures, which are moments of their own, their number; crop: in pixels of the region that the
    user drew; infant (C, C) uint8: the infant's mask, as of a `Canvas`; labels (16, 2): where a
    person placed points, in shares of the square, NaN where nobody did.
    """

    recording: int
    frame: int
    seconds: float
    crop: Crop
    infant: NDArray[np.uint8]
    labels: NDArray[np.float64]
    before: Seen
    after: Seen


@dataclass(frozen=True, eq=False)
class SeenByOne:
    """`Seen` of N moments, each array with a leading axis N."""

    views: NDArray[np.float64]
    confidence: NDArray[np.float64]
    run: NDArray[np.float64]

    @property
    def plain(self) -> NDArray[np.float64]:
        """What the product says of a frame of a recording, (N, 16, 2)."""
        return self.views[:, 0]


@dataclass(frozen=True, eq=False)
class Watched:
    """N moments as arrays; see `Moment`."""

    recording: NDArray[np.intp]
    frame: NDArray[np.intp]
    seconds: NDArray[np.float64]
    side: NDArray[np.float64]  # of the square, in pixels
    infant: NDArray[np.uint8]
    labels: NDArray[np.float64]
    before: SeenByOne
    after: SeenByOne

    @staticmethod
    def of(moments: Sequence[Moment]) -> "Watched":
        """Put moments together; raises ValueError without any."""
        return Watched(
            np.array([one.recording for one in moments], np.intp),
            np.array([one.frame for one in moments], np.intp),
            np.array([one.seconds for one in moments]),
            np.array([one.crop.side for one in moments]),
            np.stack([one.infant for one in moments]),
            np.stack([one.labels for one in moments]),
            _stacked([one.before for one in moments]),
            _stacked([one.after for one in moments]),
        )

    def __len__(self) -> int:
        """How many moments there are."""
        return len(self.frame)

    @property
    def is_labelled(self) -> NDArray[np.bool_]:
        """In which a person placed a point at least, (N,)."""
        return np.asarray(np.isfinite(self.labels).any(axis=(1, 2)))


def _stacked(seen: Sequence[Seen]) -> SeenByOne:
    return SeenByOne(
        **{one.name: np.stack([getattr(s, one.name) for s in seen]) for one in fields(Seen)}
    )
