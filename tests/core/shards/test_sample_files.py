import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.shards.sample_files import DEPTH, FULL, LABELS, PARTS, decode, decode_labels, encode
from core.shards.set_request import Encoding
from tests.core.shards.painted_sample import painted

SAMPLE = painted("infant", 3, 7, (40, 30))


def changed(**labels):
    return dataclasses.replace(SAMPLE, labels=SAMPLE.labels.model_copy(update=labels))


@pytest.mark.parametrize(("image", "most_off"), [("jpg", 25), ("webp", 40)])
def test_a_sample_comes_back(image, most_off):
    files = encode(SAMPLE, Encoding(image=image))
    assert list(files) == [LABELS, image, PARTS, FULL, DEPTH]
    back = decode(files)
    assert back.image.dtype == np.uint8
    flat = np.s_[SAMPLE.full]  # codecs blur what is noise
    assert np.abs(back.image[flat].mean(0) - SAMPLE.image[flat].mean(0)).max() < most_off
    for mask in ("parts", "full"):
        stored, given_ = getattr(back, mask), getattr(SAMPLE, mask)
        assert stored.dtype == given_.dtype
        np.testing.assert_array_equal(stored, given_)


def test_labels_keep_a_thousandth_of_a_pixel_and_the_rest_exactly():
    labels = SAMPLE.labels
    back = decode_labels(encode(SAMPLE, Encoding())[LABELS])
    np.testing.assert_allclose(back.xy, labels.xy, atol=5.1e-4, rtol=0)
    np.testing.assert_allclose(back.xyz, labels.xyz, atol=5.1e-6, rtol=0)
    rounded = ("xy", "xyz", "months", "focal", "camera_position", "camera_rotation", "time_s")
    assert back.model_dump(exclude=set(rounded)) == labels.model_dump(exclude=set(rounded))


@given(
    arrays(
        np.float32,
        (30, 40),
        elements=st.one_of(st.floats(0, 100, width=32), st.just(np.float32(np.inf))),
    )
)
def test_depth_keeps_half_a_millimetre_and_emptiness(depth):
    files = encode(dataclasses.replace(SAMPLE, depth=depth), Encoding())
    back = decode(files).depth
    assert back is not None
    assert back.dtype == np.float32
    there = np.isfinite(depth)
    np.testing.assert_array_equal(np.isfinite(back), there)
    near = np.clip(depth[there], 0.001, 65.535)
    np.testing.assert_allclose(back[there], near, atol=5.1e-4, rtol=0)


def test_what_was_left_out_is_none():
    files = encode(SAMPLE, Encoding(parts=False, full=False, depth=False))
    assert list(files) == [LABELS, "jpg"]
    back = decode(files)
    assert (back.parts, back.full, back.depth, back.visible) == (None,) * 4


@pytest.mark.parametrize(
    "sample",
    [
        changed(width=41),
        dataclasses.replace(SAMPLE, depth=None),
        dataclasses.replace(SAMPLE, parts=np.zeros((30, 41), np.uint8)),
        changed(focal=float("nan")),
    ],
    ids=["size", "no depth", "mask size", "no number"],
)
def test_what_cannot_be_right_is_not_written(sample):
    with pytest.raises(ValueError, match=r"picture|JSON"):
        encode(sample, Encoding())


@pytest.mark.parametrize("suffix", ["jpg", PARTS, FULL, DEPTH])
@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b"\0" * 40])
def test_a_damaged_picture_is_noticed(suffix, damage):
    files = encode(SAMPLE, Encoding())
    files[suffix] = damage(files[suffix])
    with pytest.raises(ValueError, match="damaged"):
        decode(files)


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": 2}', b"[]"])
def test_damaged_labels_are_noticed(content):
    with pytest.raises(ValueError, match="labels"):
        decode_labels(content)


def test_a_picture_of_another_sample_is_noticed():
    files = encode(SAMPLE, Encoding()) | {
        FULL: encode(painted("infant", 0, 0, (8, 8)), Encoding())[FULL]
    }
    with pytest.raises(ValueError, match="8x8"):
        decode(files)
