"""Who the person is: age and build."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Physique:
    """Age in months, and where the person stands among people of that age.

    The other values lie in [0, 1]: gender 0 boy .. 1 girl; the rest from slight to strong.
    """

    months: float
    gender: float = 0.5
    height: float = 0.5
    weight: float = 0.5
    muscle: float = 0.5
    proportions: float = 0.5

    @property
    def is_infant(self) -> bool:
        """Under two years."""
        return self.months < 24
