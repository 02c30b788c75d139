import torch

from core.training.style.style_losses import gram_distance, moment_distance, style_loss


def test_both_distances_are_zero_for_the_same_features_moved_about():
    features = torch.rand(2, 5, 6, 6, generator=torch.Generator().manual_seed(1))
    moved = features.flip(3).roll(2, 2)
    for distance in (moment_distance, gram_distance):
        assert distance(features, moved) < 1e-9
        assert distance(features, 2 * features) > 1e-4


def test_gram_matrices_see_products_of_channels_that_moments_do_not():
    features = torch.rand(1, 2, 6, 6, generator=torch.Generator().manual_seed(1))
    parted = torch.stack([features[:, 0], features[:, 1].flip(-1)], dim=1)
    assert moment_distance(features, parted) < 1e-9
    assert gram_distance(features, parted) > 1e-6


def test_a_gram_matrix_is_taken_over_all_features():
    ones = torch.ones(1, 2, 3, 3)  # products 9, over 18 features
    assert torch.allclose(gram_distance(ones, 0 * ones), torch.tensor(0.25))


def test_moments_differ_by_mean_and_by_deviation():
    one, other = torch.zeros(1, 1, 4, 4), torch.full((1, 1, 4, 4), 3.0)
    assert torch.allclose(moment_distance(one, other), torch.tensor(9.0))


def test_the_loss_is_the_sum_over_levels():
    levels = [torch.rand(1, 2, 4, 4), torch.rand(1, 3, 2, 2)]
    zeros = [0 * level for level in levels]
    parts = [moment_distance(*pair) for pair in zip(levels, zeros, strict=True)]
    assert torch.allclose(style_loss(levels, zeros, moment_distance), parts[0] + parts[1])
