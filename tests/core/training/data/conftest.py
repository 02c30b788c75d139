"""The painted infants, photographs and network of other tests, by their own names."""

from tests.core.datasets.conftest import content, labelled_set
from tests.core.prediction.conftest import blob_card, network, predictor

__all__ = ["blob_card", "content", "labelled_set", "network", "predictor"]
