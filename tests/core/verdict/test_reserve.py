from pathlib import Path

import numpy as np
import pytest

from core.pose.pose_track import PoseTrack
from core.pose.skeleton import shipped_skeleton
from core.training.data.corrected_frames import CorrectedFrames
from core.training.data.target_footage import Footage
from core.verdict.reserve import reserve

FILM = Path("film.mp4")


def corrected(*frames: int) -> CorrectedFrames:
    poses = PoseTrack.empty(shipped_skeleton(), len(frames))
    return CorrectedFrames(np.array(frames, np.int64), poses)


def frames_of(footage: Footage) -> list[int]:
    assert footage.length is not None
    return footage.unlabelled(footage.length).tolist()


def test_keeps_back_the_end_behind_a_gap() -> None:
    parts = reserve([Footage(FILM, length=200)])

    (learnt,), (kept,) = parts.learnt, parts.kept_back
    assert learnt.stretches == ((0, 160),)
    assert kept.stretches == ((170, 200),)
    assert learnt.length == kept.length == 200


def test_keeps_to_the_stretches_and_cuts_inside_them() -> None:
    wide = Footage(FILM, stretches=((500, 600), (10, 110), (90, 120)), length=1000)

    (learnt,), (kept,) = reserve([wide]).learnt, reserve([wide]).kept_back

    assert learnt.stretches == ((10, 120), (500, 558))
    assert kept.stretches == ((568, 600),)  # 15 % of 210 frames


def test_never_gives_a_frame_to_both_sides() -> None:
    for length in range(24, 400, 7):
        marked = corrected(*range(0, length, 3))
        parts = reserve([Footage(FILM, length=length, corrected=marked)])
        (learnt,), (kept,) = parts.learnt, parts.kept_back
        assert learnt.corrected is not None
        assert kept.corrected is not None
        seen = {*frames_of(learnt), *learnt.corrected.frames.tolist()}
        held = {*frames_of(kept), *kept.corrected.frames.tolist()}
        assert min(held) - max(seen) >= 2
        assert len(held) >= 8


def test_gives_corrected_frames_to_their_side_and_none_from_the_gap() -> None:
    marked = corrected(5, 159, 160, 165, 169, 170, 199)
    parts = reserve([Footage(FILM, stretches=((0, 200),), corrected=marked, length=200)])

    (learnt,), (kept,) = parts.learnt, parts.kept_back
    assert learnt.corrected is not None
    assert kept.corrected is not None
    assert learnt.corrected.frames.tolist() == [5, 159]
    assert kept.corrected.frames.tolist() == [170, 199]
    assert len(kept.corrected.poses) == 2


def test_leaves_a_short_recording_whole() -> None:
    short = Footage(FILM, stretches=((50, 73),), corrected=corrected(60), length=300)

    parts = reserve([short, Footage(FILM, length=24)])

    assert parts.learnt[0] is short
    assert len(parts.learnt) == 2
    assert [one.stretches for one in parts.kept_back] == [((16, 24),)]


def test_asks_the_recording_where_nobody_tells_its_length(demo_recording: Path) -> None:
    parts = reserve([Footage(demo_recording)], share=0.25)

    assert parts.kept_back[0].stretches == ((150, 200),)


@pytest.mark.parametrize("share", [0.0, 0.15])
def test_keeps_eight_at_least(share: float) -> None:
    (kept,) = reserve([Footage(FILM, length=40)], share).kept_back

    assert len(frames_of(kept)) == 8
