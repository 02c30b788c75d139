import shutil
from types import SimpleNamespace

import pytest

from core.errors import BadInput, NoSpace
from core.shards.set_request import read_request
from core.synthesis.production.set_folder import claimed
from tests.core.synthesis.production.conftest import STILLS, contents


def claim(path, **changes):
    with claimed(path, STILLS.model_copy(update=changes)) as folder:
        return folder


def test_a_new_folder_holds_the_request_and_lacks_everything(out):
    folder = claim(out)
    assert (folder.missing, folder.pictures_missing, folder.pictures_there) == ((0, 1, 2), 10, 0)
    assert read_request(out) == STILLS
    assert list(contents(out)) == ["set.json"]


def test_an_empty_folder_will_do_even_with_hidden_files(out):
    out.mkdir()
    (out / ".DS_Store").touch()
    assert claim(out).missing == (0, 1, 2)


def test_a_foreign_folder_is_refused_and_left_alone(out):
    out.mkdir()
    (out / "thesis.txt").write_text("precious")
    with pytest.raises(BadInput, match="holds other files"):
        claim(out)
    assert contents(out) == {"thesis.txt": b"precious"}


def test_another_request_is_refused_in_words(out):
    claim(out)
    with pytest.raises(BadInput, match=r"asked for with count 10, not 99; seed 5, not 6; choose"):
        claim(out, count=99, seed=6)
    with pytest.raises(BadInput, match="generator 1, not 2"):
        claim(out, generator="2")
    assert read_request(out) == STILLS


def test_two_processes_do_not_make_one_set(out):
    with claimed(out, STILLS), pytest.raises(BadInput, match="another process"):
        claim(out)
    claim(out)


def test_what_a_killed_run_left_half_written_is_swept_away(out):
    claim(out)
    for name in (".0123456789ab.part.tar", ".0123456789ab.part.json", ".synthesize.lock"):
        (out / name).write_bytes(b"half")
    claim(out)
    assert list(contents(out)) == ["set.json"]


def test_a_disk_that_is_too_small_is_told_before_anything_is_made(out, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=60_000_000))
    with pytest.raises(NoSpace, match=r"1,000,000 pictures need about \S+ GB, .* has 60 MB free"):
        claim(out, count=1_000_000)
    assert not out.exists()
    claim(out)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NoSpace):
        claim(tmp_path / "file" / "out")
