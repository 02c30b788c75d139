from dataclasses import replace

import numpy as np
import pytest

from core.pose.skeleton import shipped_skeleton
from core.training.adaptation import Judges
from core.verdict.measures import GROUPS, Measure, measured, view_groups
from core.verdict.watched import SeenByOne
from tests.core.verdict.drawn import MOMENTS, seen, watched


def gains(before: SeenByOne, after: SeenByOne) -> dict[str, float]:
    """How much better the second is, by each kind of evidence that needs no network."""
    found = measured(watched(before, after), Judges())
    assert all(one.before.shape == one.after.shape == (MOMENTS,) for one in found)
    return {
        one.kind.name: float((one.after - one.before).mean())
        * (1 if one.kind.higher_is_better else -1)
        for one in found
    }


def test_tells_no_difference_of_equal_models() -> None:
    assert set(gains(seen(), seen()).values()) == {0.0}


def test_a_model_of_steadier_looks_agrees_with_itself_and_with_the_joint_opinion() -> None:
    found = gains(seen(spread=0.06, tremble=0.05), seen(spread=0.005))

    assert found["views"] > 50
    assert found["agreement"] > 20
    assert found["jitter"] > 3
    assert found["bones"] > 0


def test_swapped_sides_show_only_where_the_old_model_was_sure() -> None:
    mirror = shipped_skeleton().mirror_indices
    straight = seen()
    swapped = replace(straight, views=straight.views[:, :, mirror], run=straight.run[:, :, mirror])

    found = gains(straight, swapped)

    assert found["kept"] < -80
    assert found["views"] == found["jitter"] == found["bones"] == pytest.approx(0.0, abs=1e-9)


def test_a_model_of_which_nothing_is_sure_leaves_nothing() -> None:
    found = measured(watched(seen(spread=0.2), seen()), Judges())

    (kept,) = (one for one in found if one.kind.name == "kept")
    assert np.isnan(kept.before).all()


def test_single_pictures_do_not_tremble() -> None:
    still = seen()
    still.run[:] = np.nan

    (jitter,) = (
        one for one in measured(watched(still, still), Judges()) if one.kind.name == "jitter"
    )
    assert np.isnan(jitter.after).all()


def test_asks_the_judges_about_each_moment() -> None:
    def far_off(bones: object) -> object:
        import torch

        return torch.full((len(bones),), 2.0)  # pyright: ignore[reportArgumentType]

    found = measured(watched(seen(), seen()), Judges(prior=far_off))  # pyright: ignore[reportArgumentType]

    (plausible,) = (one for one in found if one.kind.name == "plausibility")
    assert plausible.after == pytest.approx(np.full(MOMENTS, 100 * np.exp(-2.0)))


def test_says_where_on_the_body_looks_agree() -> None:
    after = seen()
    wrists = shipped_skeleton().indices("left_wrist", "right_wrist")
    after.views[:, 1::2, wrists] += 0.3

    found = view_groups(watched(seen(), after))

    assert [one.kind.name for one in found] == list(GROUPS)
    assert {one.kind.name for one in found if lost(one)} == {"wrist"}


def lost(measure: Measure) -> bool:
    return float((measure.after - measure.before).mean()) < -50
