"""Figures of the people that all synthesis tests share."""

import pytest

from core.synthesis.body.body_model import BodyModel, ShapedBody
from core.synthesis.posture.figure import Figure
from core.synthesis.posture.figure_measuring import Figures


@pytest.fixture(scope="session")
def figures(body_model: BodyModel) -> Figures:
    return Figures(body_model)


@pytest.fixture(scope="session")
def baby_figure(figures: Figures, baby: ShapedBody) -> Figure:
    return figures.of(baby)


@pytest.fixture(scope="session")
def adult_figure(figures: Figures, adult: ShapedBody) -> Figure:
    return figures.of(adult)
