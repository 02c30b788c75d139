"""The value that every long job yields while it works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far a job is: `done` of `total` units (frames, files, steps); `total` 0 if unknown."""

    done: int
    total: int
    note: str = ""

    @property
    def fraction(self) -> float:
        """Share done in [0, 1]; 0 while the total is unknown."""
        return min(self.done / self.total, 1.0) if self.total else 0.0
