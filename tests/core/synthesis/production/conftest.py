from pathlib import Path

import pytest

from core.shards.set_request import ClipForm, SetRequest
from core.synthesis.production.set_folder import claimed
from core.synthesis.production.shard_task import ShardTask
from core.synthesis.production.synthesize import Means, synthesize
from tests.core.synthesis.production.painter import Painter

STILLS = SetRequest(generator="1", kind="infants", count=10, seed=5, size=24, shard_size=4)
CLIPS = SetRequest(
    generator="1",
    kind="clip",
    count=2,
    seed=5,
    clip=ClipForm(seconds=0.6, fps=20, width=48, height=36),
)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def shards(folder: Path) -> dict[str, bytes]:
    """Only the shards."""
    return {name: content for name, content in contents(folder).items() if name.endswith(".tar")}


def made_here(request: SetRequest, folder: Path) -> dict[str, bytes]:
    """What a set holds, made one after the other in this process."""
    for shard in range(request.shards):
        ShardTask(request, folder, shard).make(Painter(), on_sample=lambda: None)
    return contents(folder)


def made(request: SetRequest, folder: Path, means: Means) -> list:
    """Make a set as the command does; returns what it told of its progress."""
    with claimed(folder, request) as claim:
        return list(synthesize(claim, means))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"
