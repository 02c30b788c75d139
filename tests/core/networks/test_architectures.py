import pytest
import torch

from core.models.architecture import FEEDING, POSE_ARCHITECTURES, SEGMENTATION_ARCHITECTURES
from core.networks.architectures import build_module, state_shapes
from core.pose.skeleton import shipped_skeleton


@pytest.mark.parametrize("architecture", [*POSE_ARCHITECTURES, *SEGMENTATION_ARCHITECTURES])
def test_every_architecture_gives_what_its_feeding_says(architecture):
    feeding = FEEDING[architecture]
    with torch.device("meta"):
        network = build_module(architecture, feeding.skeleton).eval()
        output = network(torch.zeros(1, 3, feeding.input_size, feeding.input_size))
    assert output.shape[2:] == (feeding.heatmap_size, feeding.heatmap_size)
    assert output.shape[1] == (len(shipped_skeleton(feeding.skeleton)) if feeding.skeleton else 1)


def test_no_two_architectures_can_be_taken_for_each_other():
    shapes = [tuple(sorted(state_shapes(name).items())) for name in FEEDING]
    assert len(set(shapes)) == len(shapes)
