"""The painted infants and the network that sees them, of other tests."""

from tests.core.prediction.conftest import blob_card, network

__all__ = ["blob_card", "network"]
