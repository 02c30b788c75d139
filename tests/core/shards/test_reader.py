from itertools import chain, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.shards.reader import Order, Position, SampleStream, ShardSet
from core.shards.set_request import SET_FILE, shard_name
from tests.core.shards.conftest import REQUEST, write_set, write_shard

COUNT = REQUEST.count
SEEDS = st.one_of(st.none(), st.integers(0, 1 << 32))
FEW = settings(max_examples=25)  # every example reads dozens of samples
POSITIONS = st.builds(Position, st.integers(0, 3), st.integers(0, COUNT))


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return ShardSet.open(write_set(tmp_path_factory.mktemp("reader") / "set"))


def numbers(stream, most=None):
    return [sample.labels.index for sample in islice(stream, most)]


class TestOpening:
    def test_a_set_a_folder_and_a_file(self, folder):
        assert len(ShardSet.open(folder)) == COUNT
        assert len(ShardSet.open(folder / shard_name(1))) == 4
        (folder / SET_FILE).unlink()
        whole = ShardSet.open(folder)
        assert [whole.labels(i).index for i in range(COUNT)] == list(range(COUNT))

    def test_what_is_half_written_is_not_looked_at(self, folder):
        (folder / SET_FILE).unlink()
        (folder / ".0123456789ab.part.tar").write_bytes(b"half")
        assert len(ShardSet.open(folder)) == COUNT

    def test_a_missing_shard_is_named(self, folder):
        (folder / shard_name(1)).unlink()
        with pytest.raises(BadInput, match=r"1 of its 3 shards are missing, synthetic-000001\.tar"):
            ShardSet.open(folder)

    def test_a_shard_of_another_set_is_named(self, folder):
        write_shard(folder / shard_name(2), range(8, 9))
        with pytest.raises(BadInput, match=r"synthetic-000002\.tar: holds 1 samples, not 3"):
            ShardSet.open(folder)

    def test_a_damaged_shard_is_named(self, folder):
        path = folder / shard_name(2)
        path.write_bytes(path.read_bytes()[:5000])
        with pytest.raises(BadInput, match=r"synthetic-000002\.tar: damaged"):
            ShardSet.open(folder)

    @pytest.mark.parametrize("what", ["missing", "empty", "no samples"])
    def test_nothing_to_read(self, tmp_path, what):
        path = tmp_path / "set"
        if what != "missing":
            path.mkdir()
        if what == "no samples":
            write_shard(path / "a.tar", range(0))
        with pytest.raises(BadInput, match=r"no such|holds no"):
            ShardSet.open(path)


def test_without_a_seed_samples_come_as_they_are_stored(samples):
    assert numbers(SampleStream(samples)) == list(range(COUNT))


@FEW
@given(seed=SEEDS, of=st.integers(1, 13))
def test_parts_are_disjoint_and_complete(samples, seed, of):
    parts = [numbers(SampleStream(samples, Order(seed, (part, of)))) for part in range(of)]
    assert sorted(chain(*parts)) == list(range(COUNT))


@FEW
@given(seed=st.integers(0, 1 << 32))
def test_the_same_seed_gives_the_same_order_and_every_epoch_another(samples, seed):
    once, again = (
        numbers(SampleStream(samples, Order(seed), endless=True), 2 * COUNT) for _ in range(2)
    )
    assert once == again
    assert sorted(once[:COUNT]) == sorted(once[COUNT:]) == list(range(COUNT))
    assert once[:COUNT] != once[COUNT:]


def test_shuffles_reach_across_shards(samples):
    firsts = {numbers(SampleStream(samples, Order(seed)), 1)[0] for seed in range(200)}
    assert firsts == set(range(COUNT))


@FEW
@given(seed=SEEDS, taken=st.integers(0, 3 * COUNT), part=st.sampled_from([(0, 1), (1, 3), (2, 3)]))
def test_a_restored_stream_goes_on_as_the_first_would_have(samples, seed, taken, part):
    stream = SampleStream(samples, Order(seed, part), endless=True)
    numbers(stream, taken)
    restored = SampleStream(samples, Order(seed, part), endless=True, start=stream.position)
    assert numbers(restored, COUNT) == numbers(stream, COUNT)
    assert restored.position == stream.position


@given(position=POSITIONS)
def test_one_epoch_ends_where_it_ends(samples, position):
    stream = SampleStream(samples, Order(1), start=position)
    assert len(numbers(stream)) == COUNT - position.taken
    assert next(stream, None) is None
    assert stream.position == Position(position.epoch, COUNT)


def test_a_damaged_sample_is_not_passed_over(folder):
    samples = ShardSet.open(folder)
    path = folder / shard_name(0)
    path.write_bytes(bytes(path.stat().st_size))
    stream = SampleStream(samples)
    for _ in range(2):
        with pytest.raises(BadInput, match="infant-00000000"):
            next(stream)
    assert stream.position == Position()


def test_too_many_readers_are_told(samples):
    assert numbers(SampleStream(samples, Order(None, (20, 30)))) == []
    with pytest.raises(BadInput, match="too small"):
        SampleStream(samples, Order(None, (20, 30)), endless=True)
    with pytest.raises(ValueError, match="no part 3 of 3"):
        Order(None, (3, 3))
