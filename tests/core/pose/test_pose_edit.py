"""Edits are reversible, lie over predictions without changing them, and let them show through."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.pose.pose_edit import (
    Corrections,
    PointChange,
    PoseEdit,
    moved,
    removed,
    with_visibility,
)
from core.pose.pose_track import Point, PoseTrack, Source, Visibility
from core.pose.skeleton import shipped_skeleton

SKELETON = shipped_skeleton()
FRAMES = 6
XY = st.tuples(st.floats(-100, 5000, width=32), st.floats(-100, 5000, width=32))
BY_HAND = st.one_of(
    st.builds(
        Point,
        XY,
        st.just(1.0),
        st.sampled_from([Visibility.HIDDEN, Visibility.SEEN]),
        st.sampled_from([Source.HUMAN, Source.INTERPOLATED]),
    ),
    st.just(removed()),
)
FROM_MODEL = Point((1.0, 2.0), 0.5, Visibility.SEEN, Source.MODEL)
CELLS = st.tuples(st.integers(0, FRAMES - 1), st.integers(0, 15))
GESTURES = st.dictionaries(CELLS, st.one_of(BY_HAND, st.just(FROM_MODEL)), max_size=5)


def edit_to(corrections: Corrections, after: dict[tuple[int, int], Point]) -> PoseEdit:
    """The edit that a gesture makes of what is there."""
    changes = (
        PointChange(frame, k, corrections.at(frame).get(k, FROM_MODEL), point)
        for (frame, k), point in after.items()
    )
    return PoseEdit("Gesture", tuple(changes))


def state(corrections: Corrections) -> dict[int, dict[int, Point]]:
    return {frame: corrections.at(frame) for frame in corrections.frames.tolist()}


def model_track() -> PoseTrack:
    rng = np.random.default_rng(0)
    track = PoseTrack.empty(SKELETON, FRAMES)
    track.xy[:] = rng.uniform(0, 500, track.xy.shape)
    track.confidence[:] = 0.5
    track.visibility[:] = Visibility.SEEN
    return track


@given(st.lists(GESTURES, max_size=8))
def test_undoing_all_in_reverse_leads_back_through_every_state(gestures) -> None:
    corrections, done, states = Corrections(), [], [{}]
    for after in gestures:
        edit = edit_to(corrections, after)
        corrections.apply(edit)
        done.append(edit)
        states.append(state(corrections))
    for edit in reversed(done):
        assert state(corrections) == states.pop()
        corrections.apply(edit.inverse)
    assert state(corrections) == {}
    assert corrections.frame_count == 0


@given(GESTURES)
def test_the_inverse_of_the_inverse(after) -> None:
    edit = edit_to(Corrections(), after)
    assert edit.inverse.inverse == edit
    assert edit.inverse.name == edit.name
    assert edit.frames == tuple(sorted({frame for frame, _ in after}))


@given(st.lists(GESTURES, max_size=5))
def test_corrections_lie_over_the_model_and_nothing_else_changes(gestures) -> None:
    track, untouched, corrections = model_track(), model_track(), Corrections()
    for after in gestures:
        corrections.apply(edit_to(corrections, after))
    laid = corrections.over_track(track)
    for frame in range(FRAMES):
        pose = corrections.over(track.pose(frame), frame)
        by_hand = corrections.at(frame)
        for k in range(16):
            assert pose.point(k) == by_hand.get(k, track.pose(frame).point(k))
            assert laid.pose(frame).point(k) == pose.point(k)
    assert np.array_equal(track.xy, untouched.xy)
    assert np.array_equal(track.source, untouched.source)


def test_a_point_given_back_to_the_model_shows_a_later_prediction() -> None:
    corrections = Corrections()
    edit = edit_to(corrections, {(2, 3): Point((9.0, 9.0), 1.0, Visibility.SEEN, Source.HUMAN)})
    corrections.apply(edit)
    corrections.apply(edit.inverse)
    newer = model_track()
    newer.xy[2, 3] = (77, 78)
    assert corrections.over(newer.pose(2), 2).point(3).xy == (77.0, 78.0)


@given(GESTURES, GESTURES, st.sets(st.integers(0, FRAMES - 1)))
def test_a_copy_goes_its_own_way(first, second, frames) -> None:
    corrections = Corrections()
    corrections.apply(edit_to(corrections, first))
    before = state(corrections)
    copy, part = corrections.copy(), corrections.copy(frames)
    assert state(copy) == before
    assert state(part) == {f: points for f, points in before.items() if f in frames}
    copy.apply(edit_to(copy, second))
    part.apply(edit_to(part, second))
    assert state(corrections) == before
    assert corrections.frame_count == len(before)


def test_corrections_beyond_the_end_of_a_track_are_kept_out_of_it() -> None:
    corrections = Corrections()
    corrections.apply(edit_to(corrections, {(FRAMES + 5, 0): removed()}))
    assert len(corrections.over_track(model_track())) == FRAMES


@given(st.one_of(BY_HAND, st.just(FROM_MODEL)), XY)
def test_a_moved_point_is_placed_by_hand(point: Point, xy: tuple[float, float]) -> None:
    after = moved(point, xy)
    assert (after.xy, after.confidence, after.source) == (xy, 1.0, Source.HUMAN)
    was_hidden = point.visibility is Visibility.HIDDEN
    assert after.visibility is (Visibility.HIDDEN if was_hidden else Visibility.SEEN)


def test_a_point_that_the_model_doubts_is_seen_once_it_is_moved() -> None:
    doubtful = Point((1.0, 2.0), 0.1, Visibility.HIDDEN, Source.MODEL)
    assert moved(doubtful, (3.0, 4.0)).visibility is Visibility.SEEN


@given(BY_HAND, st.sampled_from([Visibility.HIDDEN, Visibility.SEEN]))
def test_marking_keeps_the_place(point: Point, visibility: Visibility) -> None:
    after = with_visibility(point, visibility)
    assert after.xy == point.xy
    if point.xy is None:
        assert after == point
    else:
        assert (after.visibility, after.source) == (visibility, Source.HUMAN)
    assert with_visibility(point, Visibility.ABSENT) == point
