from types import SimpleNamespace

import numpy as np

from core.prediction.crop import Crop
from core.training.outline.agreed_mask import agreed_mask

IMAGE = np.zeros((120, 160, 3), np.uint8)
IMAGE[30:70, 40:110, 0] = 255
TURNED = Crop((80.0, 60.0), 150.0, 30.0)


class RedIsInfant:
    card = SimpleNamespace(input_size=256)

    def probabilities(self, images):
        return (images[:, :1] > 127).float()


class LeftIsInfant:
    card = SimpleNamespace(input_size=64)

    def probabilities(self, images):
        seen = 0 * images[:, :1].float()
        seen[..., :32] = 1
        return seen


def test_what_both_looks_see_lies_where_it_is_in_the_picture():
    found = agreed_mask(RedIsInfant(), IMAGE, TURNED)
    assert found.shape == (120, 160)
    assert found.dtype == np.float32
    truth = IMAGE[..., 0] > 0
    both = ((found > 0.5) & truth).sum() / ((found > 0.5) | truth).sum()
    assert both > 0.95


def test_looks_that_contradict_each_other_agree_on_a_half():
    found = agreed_mask(LeftIsInfant(), IMAGE, Crop((80.0, 60.0), 100.0))
    assert np.allclose(found[20:100, 40:74], 0.5)
    assert np.allclose(found[20:100, 86:120], 0.5)
    assert found[:, 140:].max() == 0
