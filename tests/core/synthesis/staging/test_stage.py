from itertools import pairwise

import numpy as np
import pytest

from core.pose.skeleton import shipped_skeleton
from core.shards.sample import SyntheticSample
from core.shards.set_request import ClipForm
from core.synthesis.body.parts import BodyPart
from core.synthesis.camera import Camera
from core.synthesis.staging.stage import Stage

NAMES = shipped_skeleton().keypoints
SIZE = 128
SEEN, HIDDEN = 2, 1


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="module")
def infants(stage) -> list[SyntheticSample]:
    return [stage.sample("infant", 11, index, SIZE, False) for index in range(10)]


@pytest.fixture(scope="module")
def adults(stage) -> list[SyntheticSample]:
    return [stage.sample("adult", 11, index, SIZE, False) for index in range(4)]


@pytest.fixture(scope="module")
def clip(stage) -> list[SyntheticSample]:
    return list(stage.clip(2, 0, ClipForm(seconds=1, fps=10, width=96, height=64), False))


def camera_of(sample: SyntheticSample) -> Camera:
    labels = sample.labels
    return Camera(
        np.array(labels.camera_position),
        np.array(labels.camera_rotation).reshape(3, 3),
        labels.focal,
        labels.width,
        labels.height,
    )


def test_a_number_is_one_picture(stage, infants):
    again = Stage().sample("infant", 11, 3, SIZE, False)
    assert again.labels == infants[3].labels
    for name in ("image", "parts", "full", "depth"):
        np.testing.assert_array_equal(getattr(again, name), getattr(infants[3], name))
    assert not np.array_equal(infants[3].image, infants[4].image)


def test_infants_are_infants_and_adults_are_not(infants, adults):
    assert all(sample.labels.months <= 18 for sample in infants)
    assert all(sample.labels.months >= 216 for sample in adults)
    assert {sample.labels.kind for sample in infants} == {"infant"}
    assert all(sample.labels.clothing for sample in infants + adults)


def test_places_in_space_are_seen_at_their_places_in_the_picture(infants, adults):
    for sample in infants + adults:
        x, y, z = np.array(sample.labels.xyz).T
        seen = np.stack([x, y], -1) / z[:, None] * sample.labels.focal + SIZE / 2
        np.testing.assert_allclose(seen, sample.labels.xy, atol=1e-6)


def test_the_camera_of_the_labels_is_the_pictures(infants):
    for sample in infants:
        camera, in_camera = camera_of(sample), np.array(sample.labels.xyz)
        world = in_camera @ camera.rotation + camera.position
        np.testing.assert_allclose(camera.project(world), sample.labels.xy, atol=1e-6)
        np.testing.assert_allclose(camera.rotation @ camera.rotation.T, np.eye(3), atol=1e-9)


def test_visibility_agrees_with_the_depth_of_the_picture(infants, adults):
    judged = 0
    for sample in infants + adults:
        for xy, place, flag in zip(
            sample.labels.xy, sample.labels.xyz, sample.labels.visibility, strict=True
        ):
            if flag == 0:
                assert not (0 <= xy[0] < SIZE and 0 <= xy[1] < SIZE)
                continue
            depth = sample.depth[int(xy[1]), int(xy[0])]
            room = 0.15 if sample.labels.kind == "infant" else 0.35  # metres of flesh and cloth
            if flag == SEEN:
                assert place[2] - room < depth < place[2] + room
                judged += 1
            elif depth > place[2] - 0.01:  # hidden yet nothing before it: only at the very edge
                around = sample.depth[
                    max(int(xy[1]) - 2, 0) : int(xy[1]) + 3, max(int(xy[0]) - 2, 0) : int(xy[0]) + 3
                ]
                assert around.min() < place[2]
    assert judged > 60


def test_what_is_seen_of_a_body_is_part_of_the_whole(infants, adults):
    for sample in infants + adults:
        assert (sample.parts > 0).any()
        assert not ((sample.parts > 0) & ~sample.full).any()
        assert np.isfinite(sample.depth[sample.parts > 0]).all()


def test_keypoints_lie_in_the_full_silhouette(infants, adults):
    inside = [
        sample.full[int(y), int(x)]
        for sample in infants + adults
        for (x, y), flag in zip(sample.labels.xy, sample.labels.visibility, strict=True)
        if flag
    ]
    assert np.mean(inside) > 0.97


@pytest.mark.parametrize(
    ("part", "keypoint"),
    [("HAND", "wrist"), ("FOOT", "ankle"), ("FOREARM", "elbow"), ("THIGH", "knee")],
)
def test_left_is_left(infants, adults, part, keypoint):
    right_way, pairs = 0, 0
    for sample in infants + adults:
        for side, other in (("left", "right"), ("right", "left")):
            rows, columns = np.nonzero(sample.parts == BodyPart[f"{side}_{part}".upper()])
            if len(rows) < 12:
                continue
            middle = np.array([columns.mean(), rows.mean()])
            own, others = (
                np.array(sample.labels.xy[NAMES.index(f"{name}_{keypoint}")])
                for name in (side, other)
            )
            if np.linalg.norm(own - others) < 12:
                continue
            pairs += 1
            right_way += np.linalg.norm(middle - own) < np.linalg.norm(middle - others)
    assert pairs >= 6
    assert right_way >= 0.9 * pairs


def test_the_person_fills_a_fair_part_of_the_picture(infants):
    shares = [sample.full.mean() for sample in infants]
    assert min(shares) > 0.01
    assert np.median(shares) > 0.06


def test_strange_rooms_are_marked_and_look_different(stage, infants):
    strange = stage.sample("infant", 11, 3, SIZE, True)
    assert strange.labels.strange
    assert not infants[3].labels.strange
    assert not np.array_equal(strange.image, infants[3].image)


def test_a_clip_is_one_infant_before_one_camera(clip):
    assert len(clip) == 10
    first = clip[0].labels
    assert [one.labels.frame for one in clip] == list(range(10))
    assert [one.labels.time_s for one in clip] == pytest.approx(np.arange(10) / 10)
    for one in clip:
        assert one.image.shape == (64, 96, 3)
        assert one.labels.clip == "clip-000000"
        assert one.labels.camera_position == first.camera_position
        assert one.labels.clothing == first.clothing


def test_keypoints_of_a_clip_move_and_do_not_jump(clip):
    places = np.array([one.labels.xyz for one in clip])
    steps = np.linalg.norm(np.diff(places, axis=0), axis=-1)
    assert steps.max() < 0.25
    assert steps.max() > 0.001


def test_frames_of_a_clip_look_alike(clip):
    for before, after in pairwise(clip):
        change = np.abs(before.image.astype(int) - after.image.astype(int)).mean()
        assert change < 25
