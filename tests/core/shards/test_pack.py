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
