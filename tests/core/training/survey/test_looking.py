import shutil

from core.training.survey.looking import canvases_of, look_at
from tests.core.training.data.corrected_study import infant
from tests.core.training.survey.seen import WALL, asked, drained, kicking, ticking


def looked(recordings, predictor, tick=0.0):
    return drained(look_at(recordings, predictor, "found", ticking(tick)))


def test_each_recording_is_counted_on_its_own(tmp_path, predictor):
    still = asked(tmp_path / "still", [infant(0)] * 6)
    mixed = asked(tmp_path / "mixed", [infant(n) for n in range(4)] + [WALL, WALL])
    found, told = looked([still, mixed], predictor)
    counts = [
        (len(one.sampled.kept), one.sampled.near_duplicates, one.sampled.without_infant)
        for one in found
    ]
    assert counts == [(1, 5, 0), (4, 0, 2)]
    assert [one.refused for one in found] == ["", ""]
    looking = [step for step in told if step.note == "looking at the recordings"]
    assert [step.done for step in looking] == sorted(step.done for step in looking)
    assert looking[-1].done == looking[-1].total == 12


def test_a_recording_that_cannot_be_used_is_refused_and_the_others_are_looked_at(
    tmp_path, predictor
):
    good, gone, other, broken, empty = (
        kicking(tmp_path / name, 5) for name in ("good", "gone", "other", "broken", "empty")
    )
    shutil.rmtree(gone.footage.path)
    shutil.copy(other.footage.path / "000.png", other.footage.path / "more.png")
    for picture in broken.footage.path.iterdir():
        picture.write_bytes(b"x" * picture.stat().st_size)
    empty = asked(tmp_path / "walls", [WALL] * 5)
    found, _ = looked([gone, other, broken, empty, good], predictor)
    reasons = [one.refused for one in found]
    assert "is not there any more" in reasons[0]
    assert "is not the recording that was added" in reasons[1]
    assert "broken" in reasons[2]
    assert reasons[3] == "No infant was found in the 5 frames that were looked at."
    assert reasons[4] == ""
    assert [len(one.sampled.kept) for one in found] == [0, 0, 0, 0, 5]


def test_it_looks_at_a_modest_number_of_frames_spread_over_the_time_range(tmp_path, predictor):
    pictures = [infant(number % 8) for number in range(60)]
    part = asked(tmp_path / "long", pictures, stretches=((10, 50),))
    (found,), _ = looked([part], predictor)
    frames = [one.frame for one in found.sampled.kept]
    assert found.sampled.looked_at == 18
    assert 10 <= min(frames) < 13
    assert 46 < max(frames) < 50


def test_a_time_range_behind_the_end_is_told(tmp_path, predictor):
    (found,), _ = looked([kicking(tmp_path / "a", 5, stretches=((10, 20),))], predictor)
    assert found.refused == "None of its frames are in the chosen time range."


def test_the_clock_tells_how_long_a_recording_took(tmp_path, predictor):
    (found,), _ = looked([kicking(tmp_path / "a", 5)], predictor, tick=3.0)
    assert found.seconds == 3.0


def test_canvases_of_all_recordings_keep_apart(tmp_path, predictor):
    found, _ = looked([kicking(tmp_path / name, 5) for name in "ab"], predictor)
    canvases = canvases_of(found)
    assert canvases is not None
    assert canvases.groups == ("0",) * 5 + ("1",) * 5
    assert canvases_of([]) is None
