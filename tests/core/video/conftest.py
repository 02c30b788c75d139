"""The painted clips, written once for each test process."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from core.video.frame import Frame
from core.video.source import open_video
from tests.core.video import clip_matrix


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Path of the clip with this name in the matrix; not to be changed."""
    folder = tmp_path_factory.mktemp("clips")
    return cache(lambda name: clip_matrix.write(name, folder))


@pytest.fixture(scope="session")
def in_order(clip: Callable[[str], Path]) -> Callable[[str], list[Frame]]:
    """All frames of a clip, read in order."""

    def read(name: str) -> list[Frame]:
        with open_video(clip(name)) as source:
            return list(source.frames())

    return cache(read)
