from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.geometry import Box
from core.pose.pose_track import PoseTrack, Source, Visibility
from core.training.data.corrected_frames import CorrectedFrames
from core.training.data.target_footage import Footage, corrections_mark, parts_of
from tests.core.training.data.corrected_study import SKELETON

KICK = Path("kick.mp4")


def corrected(*frames: int, x: float = 5.0) -> CorrectedFrames:
    track = PoseTrack.empty(SKELETON, len(frames))
    track.xy[:, 3], track.visibility[:, 3] = (x, 6.0), Visibility.SEEN
    track.source[:, 3] = Source.HUMAN
    return CorrectedFrames(np.array(frames, np.int64), track)


@given(
    st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=3),
    st.sets(st.integers(0, 30)),
    st.integers(0, 25),
)
def test_frames_to_choose_from(stretches, labelled, length):
    footage = Footage(KICK, stretches=tuple(stretches), corrected=corrected(*sorted(labelled)))
    wanted = [
        frame
        for frame in range(length)
        if frame not in labelled
        and (not stretches or any(start <= frame < stop for start, stop in stretches))
    ]
    assert footage.unlabelled(length).tolist() == wanted


def test_the_mark_changes_with_frames_and_labels_and_nothing_else():
    mark = corrections_mark([Footage(KICK, corrected=corrected(1, 2))])
    others = [
        [Footage(KICK, corrected=corrected(1, 3))],
        [Footage(KICK, corrected=corrected(1, 2, x=5.5))],
        [Footage(Path("rest.mp4"), corrected=corrected(1, 2))],
    ]
    assert mark not in [corrections_mark(other) for other in others]
    moved = corrected(1, 2)
    moved.poses.xy[:, 9], moved.poses.visibility[:, 9] = (1, 1), Visibility.SEEN  # by a model
    assert corrections_mark([Footage(KICK, roi=Box(0, 0, 9, 9), corrected=moved)]) == mark
    assert corrections_mark([Footage(KICK)]) == ""


def test_parts_are_told_where_not_all_is_used():
    part = Footage(Path("rest.mp4"), roi=Box(1, 2, 3, 4), stretches=((5, 9),))
    assert parts_of([Footage(KICK), part]) == {
        "rest.mp4": {"roi": [1, 2, 3, 4], "stretches": [[5, 9]]}
    }
