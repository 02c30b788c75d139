"""Which keypoints count as seen."""

from dataclasses import replace

import numpy as np
import pytest

from core.pose.skeleton import shipped_skeleton
from core.synthesis.body.parts import BodyPart
from core.synthesis.render.rendering import Visibility
from core.synthesis.scene import Person
from core.synthesis.surface import Role
from tests.core.synthesis.render.shapes import ball, from_above, person_at, plane, scene

TORSO = ("pelvis", "thorax", "neck", "left_hip", "right_shoulder")


def visibility(renderer, one):
    found = renderer.render(one, np.random.default_rng(0)).visibility
    return dict(zip(shipped_skeleton().keypoints, found, strict=True))


def test_inside_a_limb_of_its_own_a_keypoint_is_seen(renderer):
    one = scene(ball((0, 0, 0), 0.04, Role.SKIN), person=person_at((0.003, 0.002, 0)))
    seen = visibility(renderer, one)
    assert all(seen[name] == Visibility.SEEN for name in TORSO)


def test_behind_the_trunk_a_keypoint_is_hidden(renderer):
    """As the far hip in a side view."""
    one = scene(ball((0, 0, 0), 0.15, Role.SKIN), person=person_at((0.003, 0.002, -0.11)))
    assert set(visibility(renderer, one).values()) == {Visibility.HIDDEN}


def test_another_limb_hides_a_keypoint_sooner_than_its_own(renderer):
    arm = ball((0, 0, 0), 0.03, Role.SKIN)
    person = person_at((0.003, 0.002, -0.015))  # 4.5 cm below the surface, with 2 cm of flesh
    wrist = {}
    for part in (BodyPart.LEFT_HAND, BodyPart.HEAD):
        limb = replace(arm, parts=np.full(len(arm.faces), part, np.uint8))
        wrist[part] = visibility(renderer, scene(limb, person=person))["left_wrist"]
    assert wrist == {BodyPart.LEFT_HAND: Visibility.SEEN, BodyPart.HEAD: Visibility.HIDDEN}


def test_the_far_hip_in_a_side_view_is_hidden_where_a_bent_thigh_would_not_hide_it(renderer):
    person = person_at((0.003, 0.002, -0.03))  # 9 cm below the surface
    hip = {}
    for part in (BodyPart.LEFT_THIGH, BodyPart.TORSO, BodyPart.RIGHT_THIGH):
        side = ball((0, 0, 0), 0.06, Role.SKIN)
        side = replace(side, parts=np.full(len(side.faces), part, np.uint8))
        hip[part.name] = visibility(renderer, scene(side, person=person))["left_hip"]
    assert hip == {
        "LEFT_THIGH": Visibility.SEEN,
        "TORSO": Visibility.HIDDEN,
        "RIGHT_THIGH": Visibility.HIDDEN,
    }


def test_the_sides_of_limbs_are_told_apart(renderer):
    arm = ball((0, 0, 0), 0.03, Role.SKIN)
    limb = replace(arm, parts=np.full(len(arm.faces), BodyPart.LEFT_HAND, np.uint8))
    seen = visibility(renderer, scene(limb, person=person_at((0.003, 0.002, -0.015))))
    assert seen["left_wrist"] == Visibility.SEEN
    assert seen["right_wrist"] == Visibility.HIDDEN


@pytest.mark.parametrize(
    ("height", "expected"), [(0.5, Visibility.HIDDEN), (-0.5, Visibility.SEEN)]
)
def test_only_what_lies_before_the_limb_covers_it(renderer, height: float, expected: Visibility):
    limb = ball((0, 0, 0), 0.04, Role.SKIN)
    one = scene(limb, plane(height, 0.3, Role.OCCLUDER), person=person_at((0.003, 0.002, 0)))
    assert visibility(renderer, one)["thorax"] == expected


def test_outside_the_picture_is_outside_though_it_has_a_place(renderer):
    places = [(5, 0, 0), (0, 0, 3.0)]  # aside, and behind the camera
    one = scene(plane(0, 9, Role.SUPPORT), person=person_at(*places))
    result = renderer.render(one, np.random.default_rng(0))
    assert set(result.visibility) == {Visibility.OUTSIDE}
    assert result.xy[0, 0] > 64
    assert np.isnan(result.xy[1]).all()


def test_the_edge_of_the_picture_belongs_to_it_on_the_left_only(renderer):
    camera = from_above((64, 64))
    reach = 32 / camera.focal * 2
    inner, outer = reach * 0.999, reach * 1.001
    places = np.array([[-inner, 0, 0], [-outer, 0, 0], [inner, 0, 0], [outer, 0, 0]])
    person = Person(np.concatenate([places, np.zeros((12, 3))]), np.full(16, 0.02))
    one = scene(person=person, camera=camera)
    found = renderer.render(one, np.random.default_rng(0)).visibility[:4]
    assert (found > 0).tolist() == [True, False, True, False]
