import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from core.errors import BadInput
from core.training.scale_out.batch_norm import running_statistics, sync_batch_norm
from core.training.scale_out.launch import Launch, joined
from core.training.scale_out.processes import Processes
from core.training.scale_out.short_memory import ShortTogether


@given(st.integers(1, 9), st.integers(1, 9))
def test_shares_are_equal_and_make_the_whole(count, each):
    shares = [Processes(rank, count).share(count * each) for rank in range(count)]
    assert [n for share in shares for n in range(share.start, share.stop)] == [*range(count * each)]


def test_an_uneven_batch_is_a_sentence():
    with pytest.raises(BadInput, match=r"batch = 6: .* 4 processes; choose a multiple of 4"):
        Processes(0, 4).share(6)


@given(st.integers(1, 9), st.integers(2, 9))
def test_halved_batches_are_smaller_and_still_shared_evenly(count, each):
    halved = Processes(0, count).halved(count * each)
    assert 0 < halved <= count * each / 2
    assert halved % count == 0


def test_one_that_is_alone_exchanges_nothing():
    alone, values = Processes(), torch.arange(3.0)
    assert alone.gather(values) is values
    alone.average([values])
    assert values.tolist() == [0, 1, 2]
    assert (alone.any(True), alone.any(False)) == (True, False)
    with pytest.raises(MemoryError) as caught, alone.short_together():
        raise MemoryError
    assert not isinstance(caught.value, ShortTogether)
    assert alone.may_try_again(caught.value)


def test_what_is_short_in_one_alone_is_no_reason_to_try_again():
    """Where a process could not tell the others, it must end: they have gone on."""
    assert not Processes(0, 2).may_try_again(MemoryError())
    assert Processes(0, 2).may_try_again(ShortTogether())
    assert not Processes().may_try_again(RuntimeError("shapes do not fit"))


def test_a_launch_reads_what_torchrun_says():
    assert Launch.of({}) == Launch(0, 0, 1)
    assert Launch.of({"RANK": "5", "LOCAL_RANK": "1", "WORLD_SIZE": "8"}) == Launch(5, 1, 8)
    with pytest.raises(BadInput, match="RANK"):
        Launch.of({"RANK": "first"})
    with joined(Launch(), torch.device("cpu")) as processes:
        assert processes == Processes()


def test_batch_norm_is_not_shared_on_processors():
    with pytest.raises(BadInput, match="batch_norm_sync"):
        sync_batch_norm(nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4)))


@pytest.mark.gpu
def test_sharing_batch_norm_keeps_the_names_of_weights():
    module = nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4)).to("cuda")
    names = list(module.state_dict())
    shared = sync_batch_norm(module)
    assert isinstance(shared[1], nn.SyncBatchNorm)
    assert list(shared.state_dict()) == names


def test_statistics_are_the_means_and_variances_of_batch_norm():
    found = running_statistics(nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4)))
    assert [one.tolist() for one in found] == [[0.0] * 4, [1.0] * 4]
