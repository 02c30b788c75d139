"""A study in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.study.study import Study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study folder" / "Säuglinge #1, 50 % & mehr.shift"


@pytest.fixture
def study(path: Path) -> Iterator[Study]:
    with Study.create(path) as study:
        yield study
