import math

import torch
from torch.nn import functional

from core.networks.pose_prior import AuthorsPosePrior, PosePrior, upright


def bones(count: int = 8, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return functional.normalize(torch.randn(count, 13, 2, generator=generator), dim=2)


def turned(poses: torch.Tensor, degrees: float) -> torch.Tensor:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return poses @ torch.tensor([[c, s], [-s, c]])


def test_a_pose_is_turned_until_its_trunk_points_up():
    for degrees in (0, 50, 170, 260):
        poses = upright(turned(bones(), degrees))
        trunk = poses[:, 1] + poses[:, 2]
        assert trunk[:, 0].abs().max() < 1e-5
        assert (trunk[:, 1] < 0).all()
        assert torch.allclose(poses, upright(bones()), atol=1e-5)


def test_turning_is_a_rotation_and_never_a_mirror():
    before, after = bones(), upright(bones())
    long = (before[:, 1] + before[:, 2]).norm(dim=1) > 0.5
    assert torch.allclose(after[long].norm(dim=2), torch.ones(()).expand(1, 13), atol=0.01)
    cross = before[..., 0] * before.roll(1, 1)[..., 1] - before[..., 1] * before.roll(1, 1)[..., 0]
    again = after[..., 0] * after.roll(1, 1)[..., 1] - after[..., 1] * after.roll(1, 1)[..., 0]
    assert torch.allclose(cross[long], again[long], atol=0.02)


def test_our_distance_does_not_know_how_the_camera_was_rolled():
    torch.manual_seed(0)
    ours, theirs = PosePrior(), AuthorsPosePrior()
    theirs.load_state_dict({n: t for n, t in ours.state_dict().items() if n != "calibration"})
    for name, tensor in theirs.named_parameters():
        if name.endswith("weight_g"):
            torch.nn.init.constant_(tensor, 1.5)
    with torch.inference_mode():
        assert torch.allclose(ours(bones()), ours(turned(bones(), 77)), atol=1e-6)
        assert not torch.allclose(theirs.unbounded(bones()), theirs.unbounded(turned(bones(), 77)))


def test_there_is_a_gradient_everywhere_also_where_the_authors_have_none():
    torch.manual_seed(0)
    ours, theirs = PosePrior(), AuthorsPosePrior()
    for prior, has_one in ((ours, True), (theirs, False)):
        torch.nn.init.constant_(prior.dfnet.get_parameter("lin5.bias"), -0.3)
        poses = bones().requires_grad_()
        distance = prior(poses)
        assert (distance >= 0).all()
        distance.sum().backward()
        assert poses.grad is not None
        assert bool((poses.grad.abs().sum((1, 2)) > 0).all()) == has_one


def test_unknown_bones_are_no_trouble_not_even_all_of_them():
    torch.manual_seed(0)
    poses = bones().clone()
    poses[0] = 0
    poses[1, 1:3] = 0
    poses[2, 2] = -poses[2, 1]
    poses.requires_grad_()
    distances = PosePrior()(poses)
    distances.sum().backward()
    assert distances.isfinite().all()
    assert poses.grad is not None
    assert poses.grad.isfinite().all()


def test_a_nearer_pose_is_more_plausible():
    torch.manual_seed(0)
    prior = PosePrior()
    prior.calibration.copy_(torch.tensor([3.0, 20.0]))
    for parameter in prior.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    with torch.inference_mode():
        distance, plausible = prior(bones(64)), prior.plausibility(bones(64))
    order = distance.argsort()
    assert (plausible[order].diff() <= 0).all()
    assert ((plausible >= 0) & (plausible <= 1)).all()
