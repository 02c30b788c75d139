import shutil

import pytest

from core.errors import BadInput, BadStudy
from core.geometry import Box
from core.study.study import Study
from core.training.data.study_footage import find_footage
from tests.core.training.data import corrected_study as wards


@pytest.fixture
def ward(tmp_path):
    """A study of two recordings, one corrected in a frame; closed."""
    path = tmp_path / "ward.shift"
    with Study.create(path) as study:
        for name in ("kick", "rest"):
            wards.add(study, wards.write_pictures(tmp_path / name, 3))
        kick, _ = study.recordings()
        study.set_roi(kick.id, Box(0, 0, 300, 240))
        wards.correct(study, kick, 1, left_wrist=wards.placed(30, 40))
    return path


def test_a_study_gives_its_recordings_with_region_and_corrections(ward):
    found = find_footage([ward])
    kick, rest = found.footage
    assert (kick.path.name, kick.length, kick.roi) == ("kick", 3, Box(0, 0, 300, 240))
    assert kick.corrected.frames.tolist() == [1]
    assert (rest.roi, rest.corrected) == (None, None)
    assert found.left_out == ()


def test_only_named_recordings_are_taken(ward):
    (rest,) = find_footage([ward], ["rest"]).footage
    assert rest.path.name == "rest"


def test_recordings_and_studies_go_together(ward, tmp_path):
    alone = wards.write_pictures(tmp_path / "alone", 2)
    found = find_footage([alone, ward], ["rest"]).footage
    assert [one.path.name for one in found] == ["alone", "rest"]
    assert found[0].length is None


def test_a_study_open_in_a_window_is_read_and_stays_as_it_is(ward):
    with Study.open(ward):
        before = ward.read_bytes()
        assert find_footage([ward]).footage[0].corrected_count == 1
        assert ward.read_bytes() == before
    Study.open(ward).close()  # nothing holds it


def test_a_missing_recording_is_left_out_by_name(ward, tmp_path):
    shutil.rmtree(tmp_path / "kick")
    found = find_footage([ward])
    assert [one.path.name for one in found.footage] == ["rest"]
    (sentence,) = found.left_out
    assert "kick: is not there any more" in sentence
    assert "kick is left out" in sentence


def test_another_film_at_its_place_is_left_out(ward, tmp_path):
    shutil.rmtree(tmp_path / "rest")
    wards.write_pictures(tmp_path / "rest", 4)
    (sentence,) = find_footage([ward]).left_out
    assert "rest: is not the recording that was added" in sentence


def test_nothing_left_is_said(ward, tmp_path):
    for name in ("kick", "rest"):
        shutil.rmtree(tmp_path / name)
    with pytest.raises(BadInput, match="kick: is not there any more"):
        find_footage([ward])


def test_mistakes_are_said(ward, tmp_path):
    with pytest.raises(BadInput, match=r"no recording run; there are: kick, rest\."):
        find_footage([ward], ["run"])
    with pytest.raises(BadInput, match="comes twice"):
        find_footage([ward, tmp_path / "kick"])
    with pytest.raises(BadInput, match="no study to take it from"):
        find_footage([tmp_path / "kick"], ["kick"])
    with pytest.raises(BadStudy):
        find_footage([tmp_path / "nowhere.shift"])
    Study.create(tmp_path / "empty.shift").close()
    with pytest.raises(BadInput, match="holds no recording"):
        find_footage([tmp_path / "empty.shift"])


def test_nothing_asked_for_gives_nothing():
    assert find_footage([]).footage == ()
