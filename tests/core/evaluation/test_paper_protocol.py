"""The authors' metric with its quirks, beside a plain loop that follows METHOD 1.8 word by word."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from core.datasets.labelled_image import LabelledImage
from core.evaluation.paper_protocol import paper_scores, resize_padded
from core.models.card import ModelCard
from core.networks.load import PoseNetwork
from tests.core.evaluation.labelled import SKELETON, labelled


class Prepared(PoseNetwork):
    """A network that gives out heatmaps which were made before, batch by batch."""

    def __init__(self, card: ModelCard, maps: Tensor) -> None:
        super().__init__(card, nn.Identity())
        object.__setattr__(self, "_left", list(maps.split(32)))

    def heatmaps(self, images: Tensor) -> Tensor:
        maps = self._left.pop(0)  # type: ignore[attr-defined]
        assert len(maps) == len(images)
        return maps


def score(dataset: Sequence[LabelledImage], maps: Tensor, card: ModelCard) -> list[float]:
    network = Prepared(card.model_copy(update={"skeleton": "infant16"}), maps)
    return paper_scores(dataset, network, SKELETON).tolist()


def target(item: LabelledImage, keypoint: int) -> tuple[int, int]:
    """The cell of the drawn target; (0, 0) is the peak of an empty map."""
    x, y = item.authors_xy[keypoint]
    if math.isnan(x):
        return 0, 0
    longer = max(item.width, item.height)
    x = x * 256 / longer + (256 - int(256 * item.width / longer)) / 2
    y = y * 256 / longer + (256 - int(256 * item.height / longer)) / 2
    cell = int(x / 4 + 0.5), int(y / 4 + 0.5)
    return cell if min(cell) >= 0 and max(cell) < 64 else (0, 0)


def expected(dataset: Sequence[LabelledImage], maps: Tensor) -> list[float]:
    scores = []
    for keypoint in range(16):
        total, weight = 0.0, 0
        for start in range(0, len(dataset), 32):
            batch, right, counted = dataset[start : start + 32], 0, 0
            for item, heatmap in zip(batch, maps[start : start + 32, keypoint], strict=True):
                true_x, true_y = target(item, keypoint)
                if true_x <= 1 or true_y <= 1:
                    continue
                y, x = divmod(int(heatmap.argmax()), 64) if heatmap.max() > 0 else (0, 0)
                counted += 1
                right += math.hypot((x - true_x) / 6.4, (y - true_y) / 6.4) < 0.5
            if counted:
                total += len(batch) * right / counted
                weight += len(batch)
        scores.append(100 * total / weight if weight else math.nan)
    return scores


@pytest.fixture
def dataset(tmp_path: Path) -> list[LabelledImage]:
    """40 images of odd sizes; points in, beside and at the edge of them, some not there."""
    rng = np.random.default_rng(1)
    items = []
    for number in range(40):
        width, height = (int(side) for side in rng.integers(20, 90, 2))
        path = tmp_path / f"{number}.png"
        Image.fromarray(rng.integers(0, 255, (height, width, 3), np.uint8)).save(path)
        xy = rng.uniform(-0.1, 1.1, (16, 2)) * (width, height)
        xy[rng.random(16) < 0.2] = np.nan
        items.append(replace(labelled(xy), path=path, width=width, height=height))
    return items


def test_scores_are_the_plain_loops(dataset: list[LabelledImage], blob_card: ModelCard) -> None:
    maps = torch.zeros(40, 16, 64, 64)
    rng = np.random.default_rng(2)
    for number, item in enumerate(dataset):
        for keypoint in range(16):
            x, y = np.clip(np.add(target(item, keypoint), rng.integers(-4, 5, 2)), 0, 63)
            maps[number, keypoint, y, x] = rng.choice([-0.5, 0.3, 1.0])
    assert score(dataset, maps, blob_card) == pytest.approx(expected(dataset, maps), nan_ok=True)


def test_a_batch_weighs_by_its_photographs_not_by_its_points(
    dataset: list[LabelledImage], blob_card: ModelCard
) -> None:
    """In the first 32 one point counts and is wrong, in the last 8 all count and are right."""
    nowhere, middle = np.full((16, 2), np.nan), np.full((16, 2), 10.0)
    items = [
        replace(item, authors_xy=middle if number == 0 or number >= 32 else nowhere)
        for number, item in enumerate(dataset)
    ]
    maps = torch.zeros(40, 16, 64, 64)
    for number in range(32, 40):
        x, y = target(items[number], 0)
        maps[number, :, y, x] = 1
    assert score(items, maps, blob_card) == pytest.approx([20.0] * 16)
    assert score(items[1:32], maps[1:32], blob_card) == pytest.approx([math.nan] * 16, nan_ok=True)


def test_images_are_shrunk_as_the_authors_shrink_them() -> None:
    image = np.random.default_rng(3).integers(0, 255, (300, 600, 3), np.uint8)
    shrunk = Image.fromarray(image).resize((256, 128), Image.Resampling.BILINEAR)
    assert np.array_equal(resize_padded(image)[64:192], np.asarray(shrunk))
