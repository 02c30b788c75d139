import tarfile

from core.shards.set_request import Encoding
from core.shards.shard_writer import sample_key
from tests.core.shards.conftest import write_shard
from tests.core.shards.painted_sample import painted


def test_the_same_samples_give_the_same_bytes(tmp_path):
    one, other = (write_shard(tmp_path / name, range(3)) for name in ("a.tar", "b.tar"))
    assert one.read_bytes() == other.read_bytes()


def test_members_are_named_as_webdataset_reads_them_and_tell_nothing_of_the_machine(shard):
    with tarfile.open(shard) as tar:
        members = tar.getmembers()
    assert [member.name for member in members[:5]] == [
        f"infant-00000000.{suffix}"
        for suffix in ("json", "jpg", "parts.png", "full.png", "depth.png")
    ]
    assert {(m.mtime, m.uid, m.gid, m.uname, m.gname, m.mode) for m in members} == {
        (0, 0, 0, "", "", 0o644)
    }


def test_pictures_can_be_left_out(tmp_path):
    encoding = Encoding(image="webp", parts=False, full=False, depth=False)
    with tarfile.open(write_shard(tmp_path / "a.tar", range(1), encoding)) as tar:
        assert tar.getnames() == ["infant-00000000.json", "infant-00000000.webp"]


def test_frames_of_a_clip_are_named_by_clip_and_frame():
    frame = painted("infant", 0, 2, (8, 8), clip="clip-000002", frame=31)
    assert sample_key(frame) == "clip-000002-000031"
