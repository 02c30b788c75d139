import pytest

from core.verdict.rule import without_labels
from tests.core.verdict.evidence import numbers


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"kept": -4.0}, "not_better"),  # it agrees with itself and has left what was known
        ({"views": -3.0}, "not_better"),
        ({"silhouette": -3.0}, "not_better"),
        ({"bones": -9.0}, "not_better"),
        ({"jitter": 0.0, "bones": 0.0}, "unclear"),  # nobody else speaks for it
        ({"views": 0.3}, "unclear"),
        ({"agreement": -5.0}, "better"),  # where the old model was wrong
        ({"plausibility": -2.0}, "better"),
    ],
)
def test_weighs_what_the_pictures_tell(changed: dict[str, float], outcome: str) -> None:
    assert without_labels(numbers(**changed)) == outcome


def test_numbers_without_an_interval_decide_nothing() -> None:
    bare = [one.model_copy(update={"low": None, "high": None}) for one in numbers(kept=-9.0)]

    assert without_labels(bare) == "unclear"
    assert without_labels(()) == "unclear"
