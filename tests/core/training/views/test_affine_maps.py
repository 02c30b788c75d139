"""Batched maps invert, compose and agree with the project's single ones."""

import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from core.geometry import Affine
from core.training.views.affine_maps import compose, inverse, map_points, scaling_maps

angles = st.floats(-180, 180)
shifts = st.floats(-100, 100)
scales = st.floats(0.4, 2.5)
affines = st.builds(
    lambda degrees, x, y, sx, sy, mirrored: (
        Affine.scaling(-sx if mirrored else sx, sy)
        .then(Affine.rotation(degrees))
        .then(Affine.translation(x, y))
    ),
    angles, shifts, shifts, scales, scales, st.booleans(),
)  # fmt: skip
POINTS = [[0.0, 0.0], [256.0, 3.5], [17.25, 200.0]]


def batch(*maps: Affine) -> Tensor:
    return torch.stack([torch.from_numpy(one.matrix) for one in maps]).float()


@given(affines, affines)
def test_inverse_and_composition_agree_with_single_maps(first: Affine, then: Affine):
    maps = compose(batch(first, then), batch(then, first))
    expected = batch(first.then(then), then.then(first))
    assert torch.allclose(maps, expected, atol=1e-3, rtol=1e-4)
    back = compose(batch(first, then), inverse(batch(first, then)))
    assert torch.allclose(back, torch.eye(3).expand(2, 3, 3), atol=1e-3)


@given(affines)
def test_points_move_as_by_the_single_map(affine: Affine):
    moved = map_points(torch.tensor([POINTS]), batch(affine))[0]
    assert torch.allclose(moved, torch.from_numpy(affine(POINTS)).float(), atol=1e-3)


def test_every_sample_has_its_own_map_and_nan_stays():
    maps = scaling_maps(torch.tensor([2.0, 3.0]), torch.tensor([[1.0, 0.0], [0.0, -1.0]]))
    points = torch.tensor([[[1.0, 1.0], [torch.nan, 5.0]]]).expand(2, -1, -1)
    moved = map_points(points, maps)
    assert moved[:, 0].tolist() == [[3, 2], [3, 2]]
    assert bool(moved[:, 1].isnan().any(-1).all())


def test_bf16_autocast_does_not_round_places():
    maps = batch(Affine.rotation(30).then(Affine.translation(201.3, 99.7)))
    with torch.autocast("cpu", torch.bfloat16):
        back = map_points(map_points(torch.tensor([POINTS]), maps), inverse(maps))
        both = compose(maps, inverse(maps))
    assert torch.allclose(back, torch.tensor([POINTS]), atol=1e-3)
    assert torch.allclose(both, torch.eye(3), atol=1e-3)
