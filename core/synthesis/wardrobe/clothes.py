"""The clothes of one person before they are sewn."""

from dataclasses import dataclass

from core.synthesis.wardrobe.garments.headwear import Headwear
from core.synthesis.wardrobe.sewing.pattern import Pattern


@dataclass(frozen=True, eq=False)
class Clothes:
    """Garments, innermost first, and what is on the head, with its plain name."""

    patterns: tuple[Pattern, ...]
    hat: Headwear | None = None
    hat_name: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Plain names, for the labels."""
        worn = tuple(one.name for one in self.patterns)
        return (*worn, self.hat_name) if self.hat_name else worn
