import multiprocessing
import time
from contextlib import closing

import pytest

from core.errors import BadInput, JobFailed, NoSpace
from core.progress import Progress
from core.shards.reader import ShardSet
from core.synthesis.production.set_folder import claimed
from core.synthesis.production.shard_task import SampleFailed
from core.synthesis.production.synthesize import Means, synthesize
from tests.core.synthesis.production.conftest import (
    CLIPS,
    STILLS,
    contents,
    made,
    made_here,
    shards,
)
from tests.core.synthesis.production.painter import Painter


def test_several_workers_make_what_one_makes_in_a_row(tmp_path, out):
    progress = made(STILLS, out, Means(Painter(), workers=3, preparing="warming up"))
    (tmp_path / "here").mkdir()
    assert shards(out) == made_here(STILLS, tmp_path / "here")
    assert set(contents(out)) - set(shards(out)) == {
        "set.json",
        "contact_sheet.png",
        "contact_sheet_labels.png",
    }
    assert progress[0] == Progress(0, 10, "warming up")
    assert progress[-1] == Progress(10, 10, "rendering")
    assert [one.done for one in progress] == sorted(one.done for one in progress)
    assert len(ShardSet.open(out)) == 10


def test_what_is_there_is_kept_and_the_rest_is_made(tmp_path, out):
    (tmp_path / "here").mkdir()
    whole = made_here(STILLS, tmp_path / "here")
    with claimed(out, STILLS):
        pass
    (out / "synthetic-000001.tar").write_bytes(whole["synthetic-000001.tar"])
    (out / "synthetic-000002.tar").write_bytes(whole["synthetic-000002.tar"].rstrip(b"\0"))
    before = (out / "synthetic-000001.tar").stat().st_ino
    assert made(STILLS, out, Means(Painter()))[0].done == 4
    assert shards(out) == whole
    assert (out / "synthetic-000001.tar").stat().st_ino == before


def test_a_complete_set_needs_no_worker(tmp_path, out):
    out.mkdir()
    made_here(STILLS, out)
    (tmp_path / "copy").mkdir()
    for path in out.iterdir():
        path.rename(tmp_path / "copy" / path.name)
    with claimed(out, STILLS):
        pass
    for path in (tmp_path / "copy").iterdir():
        path.rename(out / path.name)
    assert made(STILLS, out, Means(Painter(dies_at=0))) == []
    assert (out / "contact_sheet.png").exists()


def test_a_clip_without_its_table_is_made_again(out):
    with claimed(out, CLIPS):
        pass
    whole = made_here(CLIPS, out)
    (out / "clip-000001_truth.csv").unlink()
    with claimed(out, CLIPS) as folder:
        assert (folder.missing, folder.pictures_there) == ((1,), 12)
    assert made(CLIPS, out, Means(Painter()))[-1].done == 24
    assert contents(out).items() >= whole.items()


@pytest.mark.parametrize(
    ("painter", "error", "words"),
    [
        (Painter(fails_at=5), SampleFailed, "infants, seed 5, number 5"),
        (Painter(refuses_at=5), BadInput, "this machine has none"),
        (Painter(dies_at=5), JobFailed, "finished shards stay"),
        (Painter(largest_file=8000), NoSpace, r"synthetic-00000\d.tar: cannot be written"),
    ],
)
def test_one_bad_worker_ends_the_run_with_a_sentence(out, painter, error, words):
    with pytest.raises(error, match=words):
        made(STILLS, out, Means(painter, workers=2))
    assert set(contents(out)) - {"synthetic-000000.tar", "synthetic-000002.tar"} == {"set.json"}
    assert multiprocessing.active_children() == []


def test_whoever_closes_it_stops_the_workers_at_once(out):
    request = STILLS.model_copy(update={"count": 400, "shard_size": 200})
    with claimed(out, request) as folder, closing(synthesize(folder, Means(Painter(0.05)))) as work:
        while next(work).done == 0:
            pass
        start = time.monotonic()
        work.close()
        assert time.monotonic() - start < 5  # a shard takes ten
        assert multiprocessing.active_children() == []
    assert list(contents(out)) == ["set.json"]
