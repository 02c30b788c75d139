"""What shows whether a model forgets is never learnt from."""

from pathlib import Path

from core.shards.pack import source_pack_folder
from core.training.data.kept_infants import KEPT, kept_infants, teaching
from core.training.data.pictures import open_pictures
from core.training.data_source import SYNTHETIC, DataSource
from tests.core.shards.conftest import write_set


def test_the_kept_infants_and_the_teaching_ones_are_the_embedded_pack() -> None:
    pack = open_pictures(DataSource(SYNTHETIC, source_pack_folder()))
    kept, rest = kept_infants(), teaching(pack)
    names = [{read().name for read in pictures.readers} for pictures in (pack, kept, rest)]
    assert len(names[1]) == KEPT
    assert not names[1] & names[2]
    assert names[1] | names[2] == names[0]
    assert rest.fingerprint != pack.fingerprint


def test_of_other_sources_everything_teaches(tmp_path: Path) -> None:
    own = open_pictures(DataSource(SYNTHETIC, write_set(tmp_path / "set")))
    assert teaching(own) is own
