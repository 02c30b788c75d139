"""The renderer, started and compiled once."""

import pytest

from core.synthesis.render.renderer import Renderer


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()
