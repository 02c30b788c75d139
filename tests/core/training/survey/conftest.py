"""The painted infants and the network that sees them, by their own names."""

from tests.core.prediction.conftest import blob_card, network, predictor

__all__ = ["blob_card", "network", "predictor"]
