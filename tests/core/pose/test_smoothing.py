from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pose import smoothing
from core.pose.pose_track import PoseTrack, Source, Visibility
from core.pose.skeleton import shipped_skeleton
from core.pose.smoothing import smoothed

KEYPOINTS = 16


def track_of(xy: np.ndarray, confidence: float = 0.9) -> PoseTrack:
    shape = xy.shape[:2]
    return PoseTrack(
        shipped_skeleton(),
        xy.astype(np.float32),
        np.full(shape, confidence, np.float32),
        np.full(shape, Visibility.SEEN, np.uint8),
        np.full(shape, Source.MODEL, np.uint8),
    )


def uneven_times(frames: int, rng: np.random.Generator) -> np.ndarray:
    return np.cumsum(rng.uniform(0.02, 0.06, frames))


def moving(times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Every keypoint on a parabola of its own."""
    start, speed, bend = (rng.uniform(-200, 200, (KEYPOINTS, 2)) for _ in range(3))
    at = times[:, None, None]
    return 300 + start + speed * at + bend * at**2


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.floats(0.05, 0.5))
def test_steady_movement_stays_as_it_is(seed: int, frames: int, half_width: float) -> None:
    rng = np.random.default_rng(seed)
    times = uneven_times(frames, rng)
    track = track_of(moving(times, rng))
    assert np.abs(smoothed(track, times, half_width).xy - track.xy).max() < 0.05


@given(st.integers(0, 2**32 - 1))
def test_what_a_person_placed_and_what_is_absent_stay(seed: int) -> None:
    rng = np.random.default_rng(seed)
    times = uneven_times(30, rng)
    track = track_of(moving(times, rng) + rng.normal(0, 5, (30, KEYPOINTS, 2)))
    kinds = rng.integers(0, 3, (30, KEYPOINTS)).astype(np.uint8)
    is_absent = rng.random((30, KEYPOINTS)) < 0.3
    track = replace(
        track,
        xy=np.where(is_absent[..., None], np.nan, track.xy).astype(np.float32),
        confidence=np.where(is_absent, 0, track.confidence).astype(np.float32),
        visibility=np.where(is_absent, Visibility.ABSENT, track.visibility).astype(np.uint8),
        source=kinds,
    )
    found = smoothed(track, times)
    stays = is_absent | (kinds != Source.MODEL)
    np.testing.assert_array_equal(found.xy[stays], track.xy[stays])
    assert np.isfinite(found.xy[~is_absent]).all()
    for column in ("confidence", "visibility", "source"):
        np.testing.assert_array_equal(getattr(found, column), getattr(track, column))


@given(st.integers(0, 2**32 - 1), st.floats(0.2, 5), st.floats(-500, 500))
def test_it_knows_neither_place_nor_scale(seed: int, scale: float, shift: float) -> None:
    rng = np.random.default_rng(seed)
    times = uneven_times(25, rng)
    xy = moving(times, rng) + rng.normal(0, 3, (25, KEYPOINTS, 2))
    found = smoothed(track_of(scale * xy + shift), times).xy
    np.testing.assert_allclose(found, scale * smoothed(track_of(xy), times).xy + shift, atol=0.5)


@pytest.mark.parametrize("block", [1, 7, 30])
def test_a_long_recording_is_smoothed_in_blocks_without_seams(block: int, monkeypatch) -> None:
    rng = np.random.default_rng(block)
    times = uneven_times(60, rng)
    track = track_of(moving(times, rng) + rng.normal(0, 4, (60, KEYPOINTS, 2)))
    track.xy[rng.random((60, KEYPOINTS)) < 0.1] += 90
    whole = smoothed(track, times)
    monkeypatch.setattr(smoothing, "_BLOCK", block)
    np.testing.assert_allclose(smoothed(track, times).xy, whole.xy, atol=1e-3)


def test_noise_is_less_afterwards() -> None:
    rng = np.random.default_rng(0)
    times = np.arange(200) / 50
    truth = moving(times, rng)
    track = track_of(truth + rng.normal(0, 3, truth.shape))
    before, after = (np.abs(xy - truth).mean() for xy in (track.xy, smoothed(track, times).xy))
    assert after < 0.75 * before


def test_one_wild_point_is_brought_back() -> None:
    rng = np.random.default_rng(1)
    times = np.arange(60) / 30
    truth = moving(times, rng)
    xy = truth + rng.normal(0, 0.5, truth.shape)
    xy[30, 4] += 80
    assert np.linalg.norm(smoothed(track_of(xy), times, 0.17).xy[30, 4] - truth[30, 4]) < 3


def test_unsure_points_give_way_to_sure_ones() -> None:
    rng = np.random.default_rng(2)
    times = np.arange(41) / 25
    truth = moving(times, rng)
    track = track_of(truth)
    track.xy[20] += 10
    sure = smoothed(track, times, 0.2).xy[20]
    track.confidence[20] = 0.1
    unsure = smoothed(track, times, 0.2).xy[20]
    assert np.abs(unsure - truth[20]).mean() <= np.abs(sure - truth[20]).mean()
    assert np.abs(unsure - truth[20]).mean() < 1


@pytest.mark.parametrize("frames", [0, 1, 2, 4])
def test_too_few_frames_stay_as_they_are(frames: int) -> None:
    track = track_of(np.random.default_rng(3).normal(200, 50, (frames, KEYPOINTS, 2)))
    np.testing.assert_array_equal(smoothed(track, np.arange(frames) / 25).xy, track.xy)
