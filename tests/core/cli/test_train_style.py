"""`shift-pose train style`: from the weights on the user's disk to a decoder."""

import pytest
import torch

from core.cli.main import main
from core.networks.style_network import StyleEncoder, load_decoder
from tests.core.training.priors.trained import write_shard

FEW = [f"--set={line}" for line in ("steps=1", "batch=1", "size=32", "framing=whole")]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    return [f"synthetic={write_shard(folder / f'{seed}.tar', 2, seed)}" for seed in (1, 2)]


def test_a_decoder_in_the_published_layout_is_trained_and_told(data, tmp_path, capsys):
    torch.save(StyleEncoder().state_dict(), tmp_path / "vgg.pth")
    out = tmp_path / "style"
    line = ["train", "style", "--data", *data, "--out", str(out), *FEW]
    assert main([*line, "--set", f"encoder={tmp_path / 'vgg.pth'}"]) == 0
    assert f"{out / 'decoder.safetensors'}: ready." in capsys.readouterr().out
    assert load_decoder(out / "decoder.safetensors")[-1].weight.shape == (3, 64, 3, 3)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "names no encoder"),
        (["--set", "encoder=gone.pth"], "gone.pth: there is no such file"),
        (["--set", "style_distance=far"], "style_distance"),
        (["--set", "size=100"], "multiple of 8"),
    ],
)
def test_a_mistake_is_one_line_and_exit_status_2(options, sentence, data, tmp_path, capsys):
    line = ["train", "style", "--data", *data, "--out", str(tmp_path / "out")]
    assert main([*line, *options]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert sentence in captured.err


def test_one_side_alone_is_refused(data, tmp_path, capsys):
    assert main(["train", "style", "--data", data[0], "--out", str(tmp_path / "out")]) == 2
    assert "labelled source first" in capsys.readouterr().err
