"""What the views of an adaptation are given: threads for their pictures, and a theme."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.session.background import Background
from app.theme import apply_theme, load_fonts


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    load_fonts(qapp)
    apply_theme(qapp, dark=True)
