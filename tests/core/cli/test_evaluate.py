"""`shift-pose evaluate` reads every set by its name, and a mistake is one line."""

import json
from pathlib import Path

import pytest

from core.cli.main import main
from core.networks.load import PoseNetwork
from core.prediction.looker import Looker
from core.prediction.predictor import Predictor
from tests.core.datasets.published import cut_short, write_lsp_extended, write_minirgbd
from tests.core.prediction.conftest import BlobNetwork, blob_card

__all__ = ["blob_card"]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, blob_card: object) -> None:
    """A network without weights, which finds nobody in these images."""
    predictor = Predictor(Looker(PoseNetwork(blob_card, BlobNetwork()), batch=4))  # type: ignore[arg-type]
    monkeypatch.setattr("core.prediction.predictor.build_predictor", lambda _: predictor)


def problem_of(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main(["evaluate", *(str(argument) for argument in arguments)]) == 2
    problem = capsys.readouterr().err
    assert problem.count("\n") == 1
    return problem


@pytest.mark.usefixtures("stand_in")
def test_a_published_set_is_scored_on_its_own_split(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_minirgbd(tmp_path, sequences=(11, 12), frames=1)
    report = tmp_path / "report.json"
    where = ["--dataset", "minirgbd", "--root", str(tmp_path), "--json", str(report)]
    assert main(["evaluate", *where, "--crop", "box"]) == 0
    text = capsys.readouterr().out
    for line in ("on minirgbd, split validate: 2 images", "20 % torso", "50 % head", "subject 11"):
        assert line in text
    scores = json.loads(report.read_text())
    assert scores["torso"]["subjects"] == {"11": 0, "12": 0}
    assert scores["oks"].keys() == {"ap", "ap_50", "ap_75"}


@pytest.mark.usefixtures("stand_in")
def test_the_authors_protocol_takes_their_joints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lsp_extended(tmp_path)
    where = ["--dataset", "lsp", "--root", str(tmp_path), "--split", "train"]
    assert main(["evaluate", *where, "--protocol", "paper"]) == 0
    assert "on lsp, split train: 1 images" in capsys.readouterr().out


@pytest.mark.usefixtures("stand_in")
def test_an_image_cut_short_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_minirgbd(tmp_path, sequences=(11, 12), frames=1)
    cut_short(tmp_path / "12" / "rgb" / "syn_00000.png")
    problem = problem_of(capsys, "--dataset", "minirgbd", "--root", tmp_path, "--crop", "box")
    assert "syn_00000.png: is not an image that can be read, or it is damaged" in problem


def test_what_is_needed_depends_on_the_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, sentence in [
        (["coco"], "--dataset coco needs --annotations and --images"),
        (["coco", "--annotations", "a.json"], "--dataset coco needs --images"),
        (["syrip"], "--dataset syrip needs --root"),
        (["lsp", "--root", tmp_path, "--images", tmp_path], "--dataset lsp takes no --images"),
        (["surreal", "--root", tmp_path], "SURREAL's root holds train, val and test"),
        (["minirgbd", "--root", tmp_path, "--split", "x"], "MINI-RGBD has no split 'x'; it has:"),
        (["syrip", "--root", tmp_path / "none"], "none: not a folder"),
    ]:
        assert sentence in problem_of(capsys, "--dataset", *arguments)
