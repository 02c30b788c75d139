"""Everything that un-labelled pictures tell of a network, and the one number that chooses."""

from dataclasses import asdict, dataclass
from typing import Final

KEPT: Final = 0.9  # of what the base is sure of: so much has to stay where it was
EXTENT: Final = 0.9  # of the base's: poses may shrink so far
MARGIN: Final = 0.01  # by which a step has to beat the base: a hundredth of the keypoints


@dataclass(frozen=True)
class Evidence:
    """Numbers without labels; lengths in shares of the plain view's side, None: cannot be said.

    agreement: share of keypoints whose fixed views agree within 5 %; spread: mean disagreement,
    capped; jury: share within 5 % of the base's mean over views; kept: the same where the base is
    sure; extent: size of a pose; coinciding: share of left and right partners in one place;
    confidence: mean peak; asymmetry: of left and right bones; bone_spread: of bones within a
    recording; plausibility: under the prior; silhouette: overlap with the infant's mask.
    """

    agreement: float
    spread: float
    jury: float
    kept: float | None
    extent: float
    coinciding: float
    confidence: float
    asymmetry: float
    bone_spread: float | None = None
    plausibility: float | None = None
    silhouette: float | None = None

    def named(self) -> dict[str, float | None]:
        """All numbers by their names."""
        return asdict(self)


def score(evidence: Evidence, base: Evidence) -> float:
    """The criterion; higher is better, and at most 1.

        s = agreement
            - max(0, 0.9 - kept)                          what the base is sure of is given up
            - max(0, 0.9 - extent / extent of the base)   poses shrink
            - max(0, coinciding - that of the base)       left and right fall together
            - max(0, plausibility of the base - plausibility)
            - max(0, silhouette of the base - silhouette)

    Agreement alone prefers a network that always says the middle; each term below stops one way
    of agreeing without seeing. Terms whose numbers cannot be said are left out.
    """
    return (
        evidence.agreement
        - _excess(KEPT, evidence.kept)
        - _excess(EXTENT * base.extent, evidence.extent) / max(base.extent, 1e-6)
        - _excess(evidence.coinciding, base.coinciding)
        - _excess(base.plausibility, evidence.plausibility)
        - _excess(base.silhouette, evidence.silhouette)
    )


def _excess(value: float | None, limit: float | None) -> float:
    """How far a value exceeds a limit, 0 where either is not known."""
    return 0.0 if value is None or limit is None else max(0.0, value - limit)
