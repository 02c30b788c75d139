from itertools import combinations

import numpy as np
import pytest

from core.pose.palette import HALO, SIDE_COLOURS

# Machado et al. 2009, "A physiologically-based model for simulation of color vision deficiency",
# severity 1.0, on linear RGB.
EYES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "common": np.eye(3),
}


def seen(colour, eye):
    """What such an eye sees, as sRGB in 0 to 255."""
    linear = (np.array(colour) / 255) ** 2.2
    return np.clip(np.array(EYES[eye]) @ linear, 0, 1) ** (1 / 2.2) * 255


@pytest.mark.parametrize("eye", EYES)
def test_sides_stay_apart_for_every_eye(eye):
    for a, b in combinations(SIDE_COLOURS.values(), 2):
        assert np.linalg.norm(seen(a, eye) - seen(b, eye)) > 75


@pytest.mark.parametrize("eye", EYES)
def test_the_halo_stands_out_from_every_side(eye):
    for colour in SIDE_COLOURS.values():
        assert np.linalg.norm(seen(colour, eye) - seen(HALO, eye)) > 150
