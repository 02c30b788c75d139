"""Silhouettes: rings that give the mask back, in the frame and in a few bytes."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.geometry import Affine
from core.pose.silhouette import Silhouette


def blob(seed: int, side: int = 128) -> np.ndarray:
    """A body-like mask: a few overlapping ellipses, sometimes with a hole."""
    rng = np.random.default_rng(seed)
    mask = np.zeros((side, side), np.uint8)
    middle = side // 2
    for _ in range(4):
        centre = rng.integers(middle - side // 8, middle + side // 8, 2).tolist()
        axes = rng.integers(side // 10, side // 4, 2).tolist()
        cv2.ellipse(mask, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1, -1)
    if seed % 2:
        cv2.circle(mask, (middle, middle), side // 16, 0, -1)
    return mask.astype(bool)


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    return float((a & b).sum() / max((a | b).sum(), 1))


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_a_mask_comes_back(seed: int) -> None:
    mask = blob(seed)
    silhouette = Silhouette.from_mask(mask, Affine())
    assert overlap(silhouette.to_mask(128, 128), mask) > 0.95


@given(st.integers(0, 10_000), st.floats(-180, 180), st.floats(1, 3))
@settings(max_examples=40)
def test_a_mask_seen_through_a_crop_lands_in_the_frame(
    seed: int, degrees: float, scale: float
) -> None:
    mask = blob(seed)
    crop = Affine.crop((320, 240), 128 * scale, degrees, 128)
    silhouette = Silhouette.from_mask(mask, crop.inverse)
    found = silhouette.to_mask(640, 480)
    matrix = crop.inverse.index_matrix
    expected = cv2.warpAffine(mask.astype(np.uint8), matrix, (640, 480), flags=cv2.INTER_NEAREST)
    assert overlap(found, expected.astype(bool)) > 0.9  # the ring runs through pixel centres


def test_rings_lie_on_pixel_centres_of_the_frame() -> None:
    mask = np.zeros((20, 20), bool)
    mask[5:15, 4:12] = True
    (ring,) = Silhouette.from_mask(mask, Affine()).rings
    assert ring.dtype == np.float32
    assert ring.min(axis=0).tolist() == [4.5, 5.5]
    assert ring.max(axis=0).tolist() == [11.5, 14.5]


def test_a_hole_stays_a_hole() -> None:
    mask = np.zeros((64, 64), bool)
    mask[8:56, 8:56] = True
    mask[24:40, 24:40] = False
    silhouette = Silhouette.from_mask(mask, Affine())
    assert len(silhouette.rings) == 2
    assert not silhouette.to_mask(64, 64)[32, 32]


def test_specks_are_dropped() -> None:
    mask = np.zeros((100, 100), bool)
    mask[20:60, 20:60] = True
    mask[90:92, 90:92] = True
    assert len(Silhouette.from_mask(mask, Affine()).rings) == 1


def test_no_infant_is_no_ring() -> None:
    silhouette = Silhouette.from_mask(np.zeros((32, 32), bool), Affine())
    assert silhouette.rings == ()
    assert not silhouette.to_mask(32, 32).any()
    assert Silhouette.decode(silhouette.encode()).rings == ()


COORDINATES = st.floats(-1000, 10_000, width=32)
RINGS = st.lists(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=20), max_size=4)


@given(RINGS)
def test_rings_survive_coding_to_an_eighth_of_a_pixel(rings) -> None:
    silhouette = Silhouette(tuple(np.array(ring, np.float32) for ring in rings))
    decoded = Silhouette.decode(silhouette.encode())
    assert [ring.shape for ring in decoded.rings] == [ring.shape for ring in silhouette.rings]
    for before, after in zip(silhouette.rings, decoded.rings, strict=True):
        assert after.dtype == np.float32
        assert np.abs(before - after).max() <= 1 / 16 + 1e-3
    assert Silhouette.decode(decoded.encode()).encode() == decoded.encode()


@given(st.binary(max_size=60))
def test_foreign_bytes_are_a_value_error_or_rings(content: bytes) -> None:
    try:
        rings = Silhouette.decode(content).rings
    except ValueError:
        return
    assert all(ring.ndim == 2 and ring.shape[1] == 2 for ring in rings)


def test_cut_off_bytes_are_a_value_error() -> None:
    content = Silhouette((np.zeros((5, 2), np.float32),)).encode()
    for length in range(len(content)):
        with pytest.raises(ValueError, match=r"."):
            Silhouette.decode(content[:length])
