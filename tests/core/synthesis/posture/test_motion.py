"""Movements are smooth, stay on the mat and inside the limits, and do not repeat."""

import numpy as np
import pytest

from core.synthesis.posture.collision import depths
from core.synthesis.posture.figure import Figure
from core.synthesis.posture.joint_angles import INDEX
from core.synthesis.posture.motion import Motion, draw_motion
from core.synthesis.posture.motion_styles import INFANT_MOTIONS, MOTION_STYLES

FPS = 25.0
FASTEST = 1100.0  # degrees a second
SHARPEST = 12_000.0  # degrees a second squared


@pytest.fixture(scope="module", params=sorted(MOTION_STYLES))
def motion(request, baby_figure: Figure) -> Motion:
    return draw_motion(request.param, baby_figure, np.random.default_rng(2), 6.0, FPS)


def test_every_kind_has_odds():
    assert set(INFANT_MOTIONS) == set(MOTION_STYLES)


def test_joints_move_smoothly(motion: Motion):
    speed = np.diff(motion.angles, axis=0) * FPS
    assert np.abs(speed).max() < FASTEST
    assert np.abs(np.diff(speed, axis=0) * FPS).max() < SHARPEST
    assert np.abs(np.diff(motion.places, axis=0)).max() * FPS < 0.5


def test_angles_stay_inside_the_limits(motion: Motion):
    lowest, highest = motion.figure.limits
    assert (motion.angles >= lowest - 1e-6).all()
    assert (motion.angles <= highest + 1e-6).all()


def test_the_body_stays_on_the_mat(motion: Motion):
    lowest = [motion.body(frame).vertices[:, 2].min() for frame in range(0, len(motion), 15)]
    assert min(lowest) > -0.02
    assert max(lowest) < 0.015


def test_hardly_a_frame_runs_through_itself(motion: Motion):
    placed = motion.figure.placed(motion.angles, motion.roots, motion.places)
    assert (depths(placed).max(axis=-1) > 0.004).mean() < 0.1


def test_something_moves_and_nothing_loops(motion: Motion):
    moved = np.abs(np.diff(motion.angles, axis=0)).sum(axis=(1, 2))
    assert (moved > 0).all()
    second = int(FPS)
    for lag in range(second, len(motion) - second, second):
        assert np.abs(motion.angles[lag:] - motion.angles[:-lag]).max() > 0.5


def test_rolling_ends_on_one_side(baby_figure: Figure):
    motion = draw_motion("rolling", baby_figure, np.random.default_rng(4), 8.0, FPS)
    left = motion.roots[:, 2, 0]  # how far up the body's left points
    assert abs(left[0]) < 0.4
    assert abs(left[-1]) > 0.7
    assert abs(motion.places[-1, 0] - motion.places[0, 0]) > 0.02


def test_kicking_together_moves_both_legs_at_once(baby_figure: Figure):
    motion = draw_motion("kicking together", baby_figure, np.random.default_rng(1), 10.0, FPS)
    legs = [[INDEX[f"{side}_{joint}"] for joint in ("hip", "knee")] for side in ("left", "right")]
    moved = np.abs(np.diff(motion.angles, axis=0))
    left, right = (moved[:, leg].sum(axis=(1, 2)) for leg in legs)
    assert np.corrcoef(left, right)[0, 1] > 0.5


def test_the_same_seed_gives_the_same_clip(baby_figure: Figure):
    first, second = (
        draw_motion("fidgety", baby_figure, np.random.default_rng(5), 2.0, 20.0) for _ in range(2)
    )
    assert np.array_equal(first.angles, second.angles)
    assert np.array_equal(first.places, second.places)


def test_a_clip_has_the_frames_asked_for(baby_figure: Figure):
    assert len(draw_motion("fidgety", baby_figure, np.random.default_rng(5), 2.5, 20.0)) == 50
    assert len(draw_motion("fidgety", baby_figure, np.random.default_rng(5), 0.01, 20.0)) == 1
