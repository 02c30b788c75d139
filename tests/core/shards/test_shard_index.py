import io
import tarfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.shards.shard_index import index_shard, seems_whole


def refused(path):
    with pytest.raises(BadInput) as error:
        index_shard(path)
    assert str(path) in str(error.value)
    return str(error.value)


def test_samples_are_found_in_order_and_read_one_by_one(shard):
    stored = index_shard(shard)
    assert [one.key for one in stored] == [f"infant-{i:08d}" for i in range(4)]
    assert stored[2].read().labels.index == 2
    assert stored[3].read_labels().index == 3
    assert seems_whole(shard)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1, exclude_max=True))
@example(0.0)
def test_a_shard_that_is_cut_off_anywhere_is_refused(shard, tmp_path, share):
    content = shard.read_bytes()
    end = len(content.rstrip(b"\0"))
    cut = tmp_path / "cut.tar"
    cut.write_bytes(content[: int(share * end)])
    refused(cut)


@pytest.mark.parametrize("member", [0, 1, 7])
def test_a_broken_header_is_no_end(shard, member):
    with tarfile.open(shard) as tar:
        at = tar.getmembers()[member].offset
    content = bytearray(shard.read_bytes())
    content[at + 20] ^= 0xFF
    shard.write_bytes(content)
    refused(shard)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG" + bytes(2000)])
def test_another_kind_of_file_is_refused(tmp_path, content):
    (tmp_path / "a.tar").write_bytes(content)
    refused(tmp_path / "a.tar")


def test_a_tar_file_of_somebody_else_is_refused(tmp_path):
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        member = tarfile.TarInfo("0001.cls")
        member.size = 1
        tar.addfile(member, io.BytesIO(b"7"))
    assert "synthesize" in refused(tmp_path / "a.tar")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    refused(tmp_path / "none.tar")
    refused(tmp_path)
    assert not seems_whole(tmp_path / "none.tar")


def test_a_damaged_sample_is_named(shard):
    stored = index_shard(shard)[1]
    offset, length = stored.spans["jpg"]
    content = bytearray(shard.read_bytes())
    content[offset : offset + length] = bytes(length)
    shard.write_bytes(content)
    with pytest.raises(BadInput, match=r"a\.tar: its sample infant-00000001 cannot be read"):
        stored.read()


def test_a_shard_that_has_gone_is_told(shard):
    stored = index_shard(shard)[0]
    shard.unlink()
    with pytest.raises(BadInput, match="No such file"):
        stored.read_labels()


def test_a_shard_whose_end_is_gone_does_not_seem_whole(shard):
    content = shard.read_bytes().rstrip(b"\0")
    shard.write_bytes(content)
    assert not seems_whole(shard)
