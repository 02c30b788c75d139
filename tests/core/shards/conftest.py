from pathlib import Path

import pytest

from core.shards.set_request import Encoding, SetRequest, shard_name, write_request
from core.shards.shard_writer import ShardWriter, sample_key
from tests.core.shards.painted_sample import painted

REQUEST = SetRequest(generator="1", kind="infants", count=11, seed=5, size=24, shard_size=4)


def write_shard(path: Path, numbers: range, encoding: Encoding = REQUEST.encoding) -> Path:
    """A shard of painted infants, every other one with a carer."""
    with ShardWriter(path, encoding) as shard:
        for number in numbers:
            around = ["carer_hand"] if number % 2 else []
            sample = painted("infant", REQUEST.seed, number, (24, 24), surroundings=around)
            shard.write(sample_key(sample), sample)
    return path


def write_set(folder: Path) -> Path:
    """A complete set of REQUEST: eleven infants in three shards."""
    folder.mkdir()
    for shard in range(REQUEST.shards):
        write_shard(folder / shard_name(shard), REQUEST.members(shard))
    write_request(folder, REQUEST)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete set, to be damaged at will."""
    return write_set(tmp_path / "set")


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    """One shard of four infants."""
    return write_shard(tmp_path / "a.tar", range(4))
