"""A labelled set painted for a stand-in network that finds the painted points."""

import pytest

from core.networks.load import PoseNetwork
from core.prediction.looker import Looker
from core.prediction.predictor import Predictor
from tests.core.datasets.conftest import content, labelled_set
from tests.core.prediction.conftest import BlobNetwork, blob_card

__all__ = ["blob_card", "content", "labelled_set"]


@pytest.fixture
def predictor(blob_card: object) -> Predictor:
    return Predictor(Looker(PoseNetwork(blob_card, BlobNetwork()), batch=4))  # type: ignore[arg-type]
