from dataclasses import replace

import numpy as np
import pytest

from core.synthesis.camera import Camera
from core.synthesis.room.mesh import bounds
from core.synthesis.room.subject import Subject
from core.synthesis.room.viewpoint import View, direction, draw_view, placed

SIZE = (256, 256)
ABOVE = View("from above", 0.0, 80.0, 0.0, 50.0, 0.7)


def seen_box(camera: Camera, subject: Subject) -> tuple[np.ndarray, np.ndarray]:
    return bounds(camera.project(subject.points.astype(float)))


@pytest.mark.parametrize("family", ["lying", "sitting"])
def test_an_ordinary_view_keeps_the_whole_person_in_the_picture(
    request: pytest.FixtureRequest, family: str
):
    subject = request.getfixturevalue(family)
    for seed in range(200):
        view = draw_view(subject, np.random.default_rng(seed))
        low, high = seen_box(placed(view, subject, SIZE), subject)
        side = float((high - low).max()) / 256
        assert side < view.share + 0.12
        if view.share < 0.96:
            assert side > 0.4
            assert low.min() > -13
            assert high.max() < 269


def test_one_view_in_ten_cuts_the_person_off(lying: Subject):
    rng = np.random.default_rng(0)
    shares = np.array([draw_view(lying, rng).share for _ in range(600)])
    assert 0.06 < (shares > 0.96).mean() < 0.15


def test_heads_of_lying_infants_point_mostly_up_and_seldom_down(lying: Subject):
    rng = np.random.default_rng(0)
    ups = []
    for _ in range(300):
        camera = placed(draw_view(lying, rng), lying, SIZE)
        pelvis, neck = camera.project(np.stack([lying.keypoint("pelvis"), lying.keypoint("neck")]))
        way = (neck - pelvis) / np.linalg.norm(neck - pelvis)
        ups.append(-way[1])
    shares = np.histogram(ups, bins=[-1.01, -0.7, 0.7, 1.01])[0] / len(ups)
    assert shares[2] > 0.4
    assert shares[1] > 0.2
    assert 0.01 < shares[0] < 0.2


def test_from_the_feet_the_head_is_up_and_the_left_is_right(lying: Subject):
    camera = placed(replace(ABOVE, elevation=45.0), lying, SIZE)
    xy = dict(zip(("head", "pelvis", "left_shoulder", "right_shoulder"), camera.project(np.stack(
        [lying.keypoint(name) for name in ("head", "pelvis", "left_shoulder", "right_shoulder")]
    )), strict=True))  # fmt: skip
    assert xy["head"][1] < xy["pelvis"][1]
    assert xy["left_shoulder"][0] > xy["right_shoulder"][0]  # a mirror image, as we face them


@pytest.mark.parametrize("azimuth", [90.0, -90.0])
def test_positive_azimuths_are_at_the_persons_left(
    lying: Subject, sitting: Subject, azimuth: float
):
    for subject in (lying, sitting):
        camera = placed(replace(ABOVE, azimuth=azimuth, elevation=20.0), subject, SIZE)
        left, right = camera.to_camera(
            np.stack([subject.keypoint("left_shoulder"), subject.keypoint("right_shoulder")])
        )[:, 2]
        assert (left < right) == (azimuth > 0)


def test_someone_upright_is_met_face_to_face(sitting: Subject):
    towards = direction(replace(ABOVE, elevation=0.0), sitting)
    assert towards @ sitting.front > 0.9


def test_the_lens_stays_above_the_support(lying: Subject):
    camera = placed(replace(ABOVE, elevation=-20.0), lying, SIZE)
    assert camera.position[2] >= 0.07


def test_the_field_of_view_is_kept(lying: Subject):
    camera = placed(replace(ABOVE, field=60.0), lying, (320, 200))
    assert 2 * np.degrees(np.arctan(100 / camera.focal)) == pytest.approx(60)
    assert (camera.width, camera.height) == (320, 200)
