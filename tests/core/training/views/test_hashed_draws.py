"""A sample's draws depend on its own seed alone, and look random."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from core.training.views.hashed_draws import between, fork, uniform, white_noise

PINNED = [[13613292, 13455660], [9625588, 3453943], [3251577, 3967304]]
seeds = st.integers(-(2**63), 2**63 - 1)


@given(seeds, st.lists(seeds, max_size=5))
def test_neighbours_in_the_batch_change_nothing(seed: int, others: list[int]):
    alone = uniform(torch.tensor([seed]), "angle", 4)
    among = uniform(torch.tensor([*others, seed]), "angle", 4)
    assert torch.equal(among[-1:], alone)
    assert torch.equal(white_noise(torch.tensor([*others, seed]), "grain", 9)[-1:],
                       white_noise(torch.tensor([seed]), "grain", 9))  # fmt: skip


@given(seeds)
def test_asking_for_more_numbers_keeps_the_first(seed: int):
    few, many = (uniform(torch.tensor([seed]), "angle", count) for count in (3, 8))
    assert torch.equal(many[:, :3], few)


def test_draws_are_the_same_on_every_machine():
    drawn = uniform(torch.tensor([0, 1, -1]), "angle", 2)
    assert (drawn * 2**24).long().tolist() == PINNED


def test_numbers_are_uniform_and_stay_below_one():
    drawn = uniform(torch.arange(200), "angle", 500)
    assert float(drawn.min()) >= 0
    assert float(drawn.max()) < 1
    counts = torch.histc(drawn, 20, 0, 1)
    chi_square = float(((counts - 5000) ** 2 / 5000).sum())
    assert chi_square < 45  # 19 degrees of freedom: exceeded once in 1500


def test_neighbouring_seeds_purposes_and_numbers_are_strangers():
    first, other = (uniform(torch.arange(3000), purpose, 2) for purpose in ("a", "b"))
    forked = uniform(fork(torch.arange(3000), "student"), "a", 2)
    columns = torch.cat([first, first.roll(1, 0), other, forked], dim=1)
    relations = torch.corrcoef(columns.T) - torch.eye(8)
    assert float(relations.abs().max()) < 0.08


def test_white_noise_has_deviation_one_and_no_pattern():
    noise = white_noise(torch.arange(4), "grain", 3 * 64 * 64).view(4, 3, 64, 64)
    assert abs(float(noise.mean())) < 0.02
    assert abs(float(noise.std()) - 1) < 0.02
    for axis in range(4):
        assert abs(float((noise * noise.roll(1, axis)).mean())) < 0.03


def test_stretching_keeps_to_the_range():
    assert between(torch.tensor([0.0, 0.5]), -2, 6).tolist() == [-2, 2]
