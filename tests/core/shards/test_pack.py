import pytest

from core.errors import BadInput
from core.shards import pack
from tests.core.shards.conftest import write_shard


def test_the_pack_lies_among_the_resources(tmp_path, monkeypatch):
    monkeypatch.setattr(pack, "resources_folder", lambda: tmp_path)
    with pytest.raises(BadInput, match="source_pack"):
        pack.source_pack()
    (tmp_path / "source_pack").mkdir()
    for name, numbers in {"adults.tar": range(2), "infants.tar": range(5)}.items():
        write_shard(tmp_path / "source_pack" / name, numbers)
    assert len(pack.source_pack()) == 7


def test_the_shipped_pack_has_labelled_infants_and_adults_and_stays_small():
    samples = pack.source_pack()
    kinds = [samples.labels(number).kind for number in range(len(samples))]
    assert kinds.count("infant") >= 400
    assert kinds.count("adult") >= 100
    files = (pack.resources_folder() / "source_pack").glob("*.tar")
    assert sum(file.stat().st_size for file in files) < 8 * 2**20


def test_pictures_of_the_shipped_pack_can_be_read():
    samples = pack.source_pack()
    for number in range(0, len(samples), 60):
        sample = samples[number]
        assert sample.image.shape == (256, 256, 3)
        assert len(sample.labels.xy) == len(sample.labels.visibility) == 16
        assert sample.image.std() > 5
