"""The total is the weighted sum of the terms that the mode uses, each of them visible."""

import pytest
import torch

from core.training.objectives.loss_terms import ACTIVE_TERMS, TERMS, LossTerms, LossWeights

ONES = LossTerms(**{term: torch.tensor(10.0**at) for at, term in enumerate(TERMS)})


def test_the_total_weighs_every_term():
    weights = LossWeights(source=1, consistency=2, prior=3, visibility=4, target=5)
    assert float(ONES.total(weights)) == 54321


@pytest.mark.parametrize(
    ("mode", "total"),
    [
        ("all", 11111), ("visibility", 11011), ("prior", 10111), ("baseline", 10011),
        ("oracle", 10000), ("source", 1),
    ],
)  # fmt: skip
def test_a_mode_leaves_out_what_the_authors_leave_out(mode, total: int):
    weights = LossWeights().of_mode(mode)
    assert float(ONES.total(weights)) == total
    assert [term for term in TERMS if weights.is_active(term)] == list(ACTIVE_TERMS[mode])


def test_a_term_that_does_not_count_may_be_missing_or_broken():
    terms = LossTerms(source=torch.tensor(2.0), prior=torch.tensor(torch.nan))
    assert float(terms.total(LossWeights().of_mode("source"))) == 2
    assert list(terms.named()) == ["source", "prior"]


def test_a_term_that_counts_must_be_there():
    with pytest.raises(ValueError, match="consistency"):
        LossTerms(source=torch.tensor(1.0)).total(LossWeights())
    with pytest.raises(ValueError, match="no term"):
        ONES.total(LossWeights(0, 0, 0, 0, 0))


def test_gradients_flow_through_the_total_but_not_through_the_log():
    value = torch.tensor(3.0, requires_grad=True)
    terms = LossTerms(source=value * 2)
    terms.total(LossWeights(source=0.5).of_mode("source")).backward()
    assert float(value.grad) == 1  # pyright: ignore
    assert not terms.named()["source"].requires_grad
