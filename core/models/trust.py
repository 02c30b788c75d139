"""How far a network's confidence can be trusted: how often a keypoint of a height is right."""

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, PositiveFloat


class Trust(BaseModel):
    """Of keypoints of raw confidence r the share 1 / (1 + e^-(offset + slope r)) is right.

    Right is within 5 % of the square about the infant; fitted to labelled infants that the network
    did not learn from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    offset: float
    slope: PositiveFloat

    def share_right(self, raw: NDArray[np.float32]) -> NDArray[np.float32]:
        """The chance of being right, in (0, 1)."""
        share = 1 / (1 + np.exp(-(self.offset + self.slope * raw.astype(np.float64))))
        return share.astype(np.float32)

    def raw(self, share: NDArray[np.float32]) -> NDArray[np.float32]:
        """The network's own number again; of a share of 0, which none has, 0."""
        inside = np.clip(share.astype(np.float64), 1e-7, 1 - 1e-7)
        raw = (np.log(inside / (1 - inside)) - self.offset) / self.slope
        return np.where(share > 0, raw, 0).astype(np.float32)
