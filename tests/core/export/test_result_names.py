from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.export.result_names import ResultNames, refuse_existing, stems


def stems_of(*paths):
    return stems([Path(path) for path in paths])


def test_a_recording_is_called_by_its_stem():
    assert stems_of("/a/day1.mp4", "/b/day2.mov") == ["day1", "day2"]


def test_recordings_of_one_stem_get_their_folder_in_front():
    assert stems_of("/a/x.mp4", "/b/x.mp4", "/b/y.mp4") == ["a_x", "b_x", "y"]


def test_two_files_beside_each_other_are_told_apart_by_their_type():
    assert stems_of("/a/x.mp4", "/a/x.avi") == ["a_x_mp4", "a_x_avi"]


def test_folders_of_one_name_get_more_folders_in_front():
    assert stems_of("/p1/a/x.mp4", "/p2/a/x.mp4") == ["p1_a_x_mp4", "p2_a_x_mp4"]


def test_a_name_with_the_folder_in_front_may_be_taken():
    names = stems_of("/a/x.mp4", "/b/x.mp4", "/c/a_x.mp4")
    assert len(set(names)) == 3
    assert names[1] == "b_x"


def test_names_that_differ_only_in_case_are_alike():
    names = stems_of("/a/x.mp4", "/b/X.mp4")
    assert names == ["a_x", "b_X"]


def test_a_folder_keeps_what_looks_like_a_file_type(tmp_path):
    (tmp_path / "scans.v1").mkdir()
    assert stems([tmp_path / "scans.v1"]) == ["scans.v1"]


def test_the_folder_that_we_are_in_has_a_name(tmp_path, monkeypatch):
    (tmp_path / "scans").mkdir()
    monkeypatch.chdir(tmp_path / "scans")
    assert stems([Path()]) == ["scans"]
    assert stems([Path("..")]) == [tmp_path.name]


def test_a_link_keeps_its_own_name(tmp_path):
    (tmp_path / "GX010042.mp4").touch()
    (tmp_path / "baby7.mp4").symlink_to(tmp_path / "GX010042.mp4")
    assert stems([tmp_path / "baby7.mp4"]) == ["baby7"]


PARTS = st.sampled_from(["a", "b", "a_b", "A", "x"])
PATHS = st.builds(
    lambda folders, stem, kind: Path("/", *folders, f"{stem}.{kind}"),
    st.lists(PARTS, max_size=3),
    PARTS,
    st.sampled_from(["mp4", "avi"]),
)


@given(st.lists(PATHS, unique=True, max_size=12))
def test_no_two_names_are_ever_alike(paths):
    names = [name.casefold() for name in stems(paths)]
    assert len(set(names)) == len(paths)


def test_files_that_are_there_are_named_in_the_refusal(tmp_path):
    names = ResultNames(tmp_path, "kick")
    refuse_existing([names.csv, names.dictionary], "kick.mp4")
    names.csv.touch()
    with pytest.raises(BadInput, match=r"^kick\.mp4: kick\.csv is already in .*--overwrite"):
        refuse_existing([names.csv, names.dictionary], "kick.mp4")
    names.dictionary.touch()
    with pytest.raises(BadInput, match=r"kick\.csv and kick\.csv\.json are already"):
        refuse_existing([names.csv, names.dictionary], "kick.mp4")
