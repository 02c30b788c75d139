"""Every architecture's cells lie where its peaks were measured, or its targets drawn."""

from core.models.card import UNKNOWN_HASH, ModelCard
from core.models.heatmap_grid import HeatmapGrid


def card(architecture: str) -> ModelCard:
    return ModelCard.model_validate(
        {
            "name": "small", "title": "Small", "architecture": architecture,
            "skeleton": "infant16", "input_size": 192, "heatmap_size": 48,
            "mean": (0.5, 0.5, 0.5), "std": (0.5, 0.5, 0.5), "threshold": 0.3,
            "training_data": "none", "licence": "none", "weights_sha256": UNKNOWN_HASH,
            "created": "2026-01-01",
        }
    )  # fmt: skip


def test_movenet_peaks_in_the_middle_of_cells_and_a_resnet_at_their_corners():
    assert HeatmapGrid.of(card("movenet_thunder")) == HeatmapGrid(48, 4.0, 0.5)
    assert HeatmapGrid.of(card("pose_resnet50")) == HeatmapGrid(48, 4.0, 0.0)
