"""The square lies on a sure keypoint, holds a patch from elsewhere, and comes as often as asked."""

import torch
from torch import Tensor

from core.training.views.occlusion import hide_keypoints
from core.training.views.view_ranges import OcclusionRule

SIZE, HALF = 64, 5
ALWAYS = OcclusionRule(probability=1.0, threshold=0.9, half_side=HALF)


def numbered(batch: int) -> Tensor:
    """Pictures whose every pixel holds its own number, so that a copy tells where it came from."""
    return (
        torch.arange(SIZE * SIZE, dtype=torch.float32).view(1, 1, SIZE, SIZE).repeat(batch, 2, 1, 1)
    )


def one_place(batch: int, x: float, y: float) -> Tensor:
    return torch.tensor([x, y]).expand(batch, 1, 2)


def hide(batch: int, places: Tensor, rule: OcclusionRule = ALWAYS, sure: float = 0.95) -> Tensor:
    confidence = torch.full(places.shape[:2], sure)
    return hide_keypoints(numbered(batch), places, confidence, rule, torch.arange(batch))


def test_the_square_covers_the_keypoint_and_nothing_else():
    hidden = hide(50, one_place(50, 30, 20))
    is_changed = hidden != numbered(50)
    inside = torch.zeros(SIZE, SIZE, dtype=torch.bool)
    inside[20 - HALF : 20 + HALF, 30 - HALF : 30 + HALF] = True
    assert torch.equal(is_changed, inside.expand_as(is_changed))


def test_the_patch_is_a_whole_piece_that_does_not_overlap_its_place():
    patches = hide(300, one_place(300, 30, 20))[:, 0, 15:25, 25:35]
    corners = patches[:, 0, 0]
    steps = torch.arange(10.0)
    assert torch.equal(patches, corners.view(-1, 1, 1) + SIZE * steps.view(-1, 1) + steps)
    away = torch.stack([corners % SIZE - 25, corners // SIZE - 15], dim=1).abs()
    assert bool((away >= 2 * HALF).any(dim=1).all())
    assert len(corners.unique()) > 200


def test_at_the_border_the_square_stays_in_the_view():
    is_changed = hide(1, one_place(1, 1, 63))[0, 0] != numbered(1)[0, 0]
    assert is_changed[-2 * HALF :, : 2 * HALF].all()
    assert int(is_changed.sum()) == (2 * HALF) ** 2


def test_unsure_and_unseen_keypoints_are_left_alone():
    for places, sure in (
        (one_place(4, 30, 20), 0.89),
        (one_place(4, -1, 20), 0.95),
        (one_place(4, torch.nan, 20), 0.95),
    ):
        assert torch.equal(hide(4, places, sure=sure), numbered(4))


def test_each_sure_keypoint_is_as_likely():
    places = torch.tensor([[[10.0, 10.0], [30.0, 30.0], [50.0, 50.0]]]).expand(400, 3, 2)
    confidence = torch.tensor([[0.95, 0.2, 0.95]]).expand(400, 3)
    hidden = hide_keypoints(numbered(400), places, confidence, ALWAYS, torch.arange(400))
    is_hit = (hidden != numbered(400))[:, 0, [10, 30, 50], [10, 30, 50]].sum(0).tolist()
    assert is_hit[1] == 0
    assert is_hit[0] + is_hit[2] == 400
    assert 160 < is_hit[0] < 240


def test_a_share_of_the_samples_is_hidden_whatever_the_others_are():
    rule = OcclusionRule(probability=0.5, half_side=HALF)
    places = one_place(400, 30, 20)
    hidden = hide(400, places, rule)
    is_hit = (hidden != numbered(400)).any(dim=(1, 2, 3))
    assert 160 < int(is_hit.sum()) < 240
    alone = hide_keypoints(numbered(1), places[:1], torch.ones(1, 1), rule, torch.tensor([7]))
    assert torch.equal(alone[0], hidden[7])


def test_the_given_pictures_stay_as_they_are():
    pictures = numbered(2)
    hide_keypoints(pictures, one_place(2, 30, 20), torch.ones(2, 1), ALWAYS, torch.arange(2))
    assert torch.equal(pictures, numbered(2))
