"""Where the cells of a network's heat-maps lie in the pixels of its input."""

from dataclasses import dataclass

from core.models.card import ModelCard


@dataclass(frozen=True)
class HeatmapGrid:
    """Cell i of `size` stands for the pixel coordinate stride * (i + cell_centre)."""

    size: int
    stride: float
    cell_centre: float

    @staticmethod
    def of(card: ModelCard) -> "HeatmapGrid":
        """The grid of a pose network.

        MoveNet's peaks lie in the middle of their cells, measured without labels by comparing
        images with their mirror image (2.0 of 4 pixels). The authors draw a target at cell
        `int(x / 4 + 0.5)`: at the corner.
        """
        centre = 0.5 if card.architecture == "movenet_thunder" else 0.0
        return HeatmapGrid(card.heatmap_size, card.input_size / card.heatmap_size, centre)
