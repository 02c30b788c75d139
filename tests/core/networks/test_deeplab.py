import math

import torch

from core.networks.deeplab import DeepLabPerson


def test_the_mask_is_the_softmax_probability_of_a_person():
    network = DeepLabPerson().eval()
    for tensor in network.state_dict().values():
        tensor.zero_()
    network.classifier[4].bias.data[15] = math.log(20)  # as much as the 20 other classes
    with torch.inference_mode():
        masks = network(torch.rand(1, 3, 64, 96)).sigmoid()
    assert torch.allclose(masks, torch.full((1, 1, 64, 96), 0.5))
