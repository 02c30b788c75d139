"""The 16 keypoints come from a network's by the product's own rules, with gradients."""

import numpy as np
import pytest
import torch

from core.pose.keypoint_rules import Keypoints, labelled_infant
from core.pose.skeleton import shipped_skeleton
from core.training.objectives.network_points import NetworkPoints

INFANT = shipped_skeleton()
NETWORKS = ["coco17", "infant16"]


@pytest.mark.parametrize("name", NETWORKS)
def test_the_16_are_those_of_labels(name: str):
    skeleton = shipped_skeleton(name)
    points = torch.rand(3, len(skeleton), 2, generator=torch.Generator().manual_seed(1)) * 256
    confidence = torch.rand(3, len(skeleton), generator=torch.Generator().manual_seed(2))
    expected = labelled_infant(Keypoints(skeleton.keypoints, points.numpy(), confidence.numpy()))
    network = NetworkPoints.of(skeleton)
    assert np.allclose(network.infant(points).numpy(), expected.xy, atol=1e-3)
    assert np.allclose(network.infant_confidence(confidence).numpy(), expected.confidence)
    assert bool(network.is_known.all())


def test_a_midpoint_passes_half_its_gradient_to_each_end():
    coco = shipped_skeleton("coco17")
    points = torch.zeros(1, 17, 2, requires_grad=True)
    NetworkPoints.of(coco).infant(points)[0, INFANT.index("pelvis"), 0].backward()
    assert points.grad is not None
    hips = coco.indices("left_hip", "right_hip")
    assert points.grad[0, hips, 0].tolist() == [0.5, 0.5]
    assert float(points.grad.sum()) == 1


def test_labels_reach_the_networks_keypoints_by_name():
    coco = shipped_skeleton("coco17")
    places = torch.arange(32.0).view(1, 16, 2)
    weights = torch.linspace(0.1, 1, 16).view(1, 16)
    moved, known = NetworkPoints.of(coco).labels(places, weights)
    for name in ("left_wrist", "right_ankle"):
        ours, theirs = INFANT.index(name), coco.index(name)
        assert torch.equal(moved[0, theirs], places[0, ours])
        assert known[0, theirs] == weights[0, ours]
    assert known[0, coco.indices("nose", "left_eye", "right_ear")].tolist() == [0, 0, 0]
    assert int((known > 0).sum()) == 12


def test_missing_labels_stay_missing():
    places = torch.full((1, 16, 2), torch.nan)
    moved, known = NetworkPoints.of(INFANT).labels(places, torch.zeros(1, 16))
    assert bool(moved.isnan().all())
    assert float(known.sum()) == 0


@pytest.mark.parametrize("name", NETWORKS)
def test_autocast_does_not_round_places(name: str):
    skeleton = shipped_skeleton(name)
    points = torch.rand(2, len(skeleton), 2) * 256
    network = NetworkPoints.of(skeleton)
    with torch.autocast("cpu", torch.bfloat16):
        inside = network.infant(points)
    assert torch.equal(inside, network.infant(points))


def test_a_network_without_ears_has_no_head():
    limbs = shipped_skeleton("infant16")
    names = tuple(name for name in limbs.keypoints if name != "head")
    bones = tuple(bone for bone in limbs.bones if "head" not in bone)
    network = NetworkPoints.of(type(limbs)("headless", names, bones, limbs.mirrored))
    assert not bool(network.is_known[INFANT.index("head")])
    confidence = network.infant_confidence(torch.ones(1, 15))
    assert float(confidence[0, INFANT.index("head")]) == 0
