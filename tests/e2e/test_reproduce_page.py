"""Every command of docs/reproduce.md runs as it stands there, on sets of a few blank pictures."""

import re
import shlex
from pathlib import Path

import pytest

from core.cli.main import main
from core.models.model_folder import open_model
from tests.core.datasets.published import write_coco, write_image, write_minirgbd, write_surreal
from tests.core.training.priors.trained import write_shard

PAGE = Path(__file__).parents[2] / "docs" / "reproduce.md"
BLOCKS = re.findall(r"^```\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
COMMANDS = [
    line for block in BLOCKS for line in block.splitlines() if line.startswith("shift-pose ")
]
SHORT = {
    "train source": ["steps=2", "batch=1", "architecture=pose_resnet18"],
    "train prior": ["steps=2", "batch=8", "noisy_poses=40", "held_out=0.5"],
    "train kp2seg": ["steps=2", "batch=2"],
    "adapt": ["steps=2", "batch=1", "frames=2"],
    "evaluate": [],
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `data` of the page, in the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    for name in ("surreal", "minirgbd", "syrip", "adults"):
        (folder / name).mkdir(parents=True)
    write_surreal(folder / "surreal", crops=1)
    write_minirgbd(folder / "minirgbd", sequences=(1, 3, 5, 7, 9), frames=10)
    write_minirgbd(folder / "minirgbd", sequences=(2, 4, 6, 8, 10, 11, 12), frames=1)
    write_large_syrip(folder / "syrip")
    write_shard(folder / "adults" / "0.tar", 12)
    return folder


def write_large_syrip(root: Path) -> None:
    """As many real infants as a prior needs, two synthetic ones, two to evaluate."""
    train = [(n, f"train{n:05}.jpg") for n in (*range(1, 41), 10000, 10001)]
    validate = [(n, f"test{n}.jpg") for n in range(2)]
    for part, images in (("train", train), ("validate", validate)):
        labels = f"annotations/200R_1000S/person_keypoints_{part}_infant.json"
        write_coco(root / labels, images)
        for _, name in images:
            write_image(root / "images" / f"{part}_infant" / name)


def shortened(line: str) -> list[str]:
    words = shlex.split(line)[1:]
    kind = next(name for name in SHORT if " ".join(words).startswith(name))
    return [*words, *(word for change in SHORT[kind] for word in ("--set", change))]


def option(words: list[str], name: str) -> Path:
    return Path(words[words.index(name) + 1])


@pytest.mark.timeout(1800)  # half a minute of one core, which others may be using too
@pytest.mark.usefixtures("data")
def test_every_command_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(COMMANDS) >= 15
    for line in COMMANDS:
        words = shortened(line)
        assert main(words) == 0, f"{line}\n{capsys.readouterr().err}"
        if words[0] != "evaluate":
            assert open_model(option(words, "--out") / "model").card.title
    cards = [open_model(path.parent).card for path in Path("runs").glob("*/model/card.toml")]
    assert len({card.name for card in cards}) == len(cards) == len(COMMANDS) - 4
    assert "surreal:train" in open_model(Path("runs/surreal/model")).card.training_data
    assert open_model(Path("runs/minirgbd_oracle/model")).card.parent == "surreal"


def test_the_page_names_every_mode_and_both_protocols() -> None:
    text = "\n".join(COMMANDS)
    for mode in ("visibility", "prior", "baseline", "source", "oracle"):
        assert f"--set mode={mode} " in text
    assert "--protocol paper" in text
    assert "--crop image" in text
