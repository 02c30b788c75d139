import argparse
import contextlib
import io
import os
import pickle
import random
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from core.errors import BadModel
from core.networks.checkpoint_reading import read_checkpoint


class Hostile:
    """Runs code when a careless reader opens it."""

    def __init__(self, canary: Path):
        self.canary = canary

    def __reduce__(self):
        return os.system, (f"touch {self.canary}",)


@pytest.fixture
def canary(tmp_path) -> Path:
    return tmp_path / "canary"


def test_the_canary_sings_for_a_careless_reader(tmp_path, canary):
    (tmp_path / "bad.pkl").write_bytes(pickle.dumps(Hostile(canary)))
    pickle.loads((tmp_path / "bad.pkl").read_bytes())
    assert canary.exists()


def wrapped(where: str, canary: Path) -> object:
    hostile, tensor = Hostile(canary), torch.zeros(1)
    return {
        "alone": hostile,
        "as a value": {"student": {"a": tensor}, "extra": hostile},
        "among the arguments": {"student": {"a": tensor}, "args": argparse.Namespace(x=hostile)},
        "as a key": {"student": {"a": tensor}, "more": [(hostile,)]},
    }[where]


@pytest.mark.parametrize("where", ["alone", "as a value", "among the arguments", "as a key"])
@pytest.mark.parametrize("is_zip", [True, False])
def test_a_hostile_checkpoint_is_refused_and_runs_nothing(tmp_path, canary, where, is_zip):
    file = tmp_path / "best.pth"
    torch.save(wrapped(where, canary), file, _use_new_zipfile_serialization=is_zip)
    with pytest.raises(BadModel, match=r"best\.pth: refused, because .*\(\w+\.system\)") as refusal:
        read_checkpoint(file)
    assert "\n" not in str(refusal.value)
    assert not canary.exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_hostile_pickle_is_refused_and_runs_nothing(tmp_path, canary, protocol):
    file = tmp_path / "best.pth"
    file.write_bytes(pickle.dumps({"student": Hostile(canary)}, protocol))
    with pytest.raises(BadModel, match=r"best\.pth: (refused|not a checkpoint)"):
        read_checkpoint(file)
    assert not canary.exists()


@pytest.mark.parametrize("thing", [Path("a"), pickle.Unpickler, print, eval])
def test_harmless_looking_classes_are_refused_too(tmp_path, thing):
    torch.save({"student": {"a": torch.zeros(1)}, "args": thing}, tmp_path / "best.pth")
    with pytest.raises(BadModel, match=r"best\.pth: (refused|not a checkpoint)"):
        read_checkpoint(tmp_path / "best.pth")


def test_the_permission_ends_with_the_reading(tmp_path):
    torch.save({"a": torch.zeros(1)}, tmp_path / "plain.pth")
    read_checkpoint(tmp_path / "plain.pth")
    assert argparse.Namespace not in torch.serialization.get_safe_globals()


def saved(content: object) -> bytes:
    buffer = io.BytesIO()
    torch.save(content, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a checkpoint"),
        (b"hello, I am text\n" * 9, "not a checkpoint"),
        (bytes(range(256)) * 9, "not a checkpoint"),
        (pickle.dumps([1, 2]), "not a checkpoint"),
        (saved([1, 2]), "holds no network"),
        (saved({"epoch": 3}), "holds no network"),
        (saved({"student": {}}), "holds no network"),
        (saved({"student": {"a": 1.5}}), "holds no network"),
        (saved({}), "holds no network"),
    ],
)
def test_what_is_no_checkpoint_gets_its_sentence(tmp_path, content, sentence):
    file = tmp_path / "what.pth"
    file.write_bytes(content)
    with pytest.raises(BadModel, match=rf"what\.pth: {sentence}"):
        read_checkpoint(file)


def test_missing_files_and_folders_get_theirs(tmp_path):
    for name in ("no.pth", "no.safetensors"):
        with pytest.raises(BadModel, match="there is no such file"):
            read_checkpoint(tmp_path / name)
    with pytest.raises(BadModel, match="cannot be read"):
        read_checkpoint(tmp_path)


def test_weights_that_are_not_numbers_are_refused(tmp_path):
    torch.save({"a": torch.tensor([1.0, torch.nan])}, tmp_path / "nan.pth")
    with pytest.raises(BadModel, match="not numbers"):
        read_checkpoint(tmp_path / "nan.pth")


def example(legacy: bool = False) -> bytes:
    buffer = io.BytesIO()
    state = {"module.a.weight": torch.arange(6.0).view(2, 3), "module.n": torch.tensor(7)}
    content = {"student": state, "teacher": state, "epoch": 3, "args": argparse.Namespace(arch="x")}
    torch.save(content, buffer, _use_new_zipfile_serialization=not legacy)
    return buffer.getvalue()


@pytest.mark.parametrize("legacy", [False, True])
def test_the_authors_layout_is_read_without_its_prefix(tmp_path, legacy):
    (tmp_path / "best.pth").write_bytes(example(legacy))
    checkpoint = read_checkpoint(tmp_path / "best.pth")
    assert set(checkpoint.states) == {"student", "teacher"}
    assert set(checkpoint.states["teacher"]) == {"a.weight", "n"}
    assert (checkpoint.epoch, checkpoint.args) == (3, {"arch": "x"})


@pytest.mark.parametrize("wrapper", [None, "model", "state_dict", "model_state_dict"])
def test_one_network_may_be_wrapped_or_not(tmp_path, wrapper):
    state = {"a": torch.ones(2)}
    torch.save({wrapper: state, "epoch": 1} if wrapper else state, tmp_path / "one.pth")
    assert torch.equal(read_checkpoint(tmp_path / "one.pth").states[""]["a"], torch.ones(2))


def test_safetensors_are_read(tmp_path):
    save_file({"module.a": torch.ones(2)}, tmp_path / "one.safetensors")
    assert set(read_checkpoint(tmp_path / "one.safetensors").states[""]) == {"a"}
    (tmp_path / "cut.safetensors").write_bytes((tmp_path / "one.safetensors").read_bytes()[:-3])
    with pytest.raises(BadModel, match="cut short"):
        read_checkpoint(tmp_path / "cut.safetensors")


@pytest.mark.parametrize("legacy", [False, True])
def test_damaged_files_are_read_or_refused_and_nothing_else(tmp_path, legacy):
    """Cut anywhere, or with bytes overwritten: never an error that is not for the user."""
    whole, chance, file = example(legacy), random.Random(0), tmp_path / "damaged.pth"
    for round_ in range(400):
        content = bytearray(whole)
        if round_ % 4 == 0:
            del content[chance.randrange(len(content)) :]
        else:
            for _ in range(chance.choice([1, 3, 30])):
                content[chance.randrange(len(content))] = chance.randrange(256)
        file.write_bytes(content)
        with contextlib.suppress(BadModel):
            read_checkpoint(file)


def test_a_program_in_place_of_weights_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "script.pt", "w") as archive:
        archive.writestr("script/constants.pkl", b"x")
        archive.writestr("script/data.pkl", b"x")
        archive.writestr("script/version", b"3\n")
    with pytest.raises(BadModel, match="not a checkpoint"):
        read_checkpoint(tmp_path / "script.pt")
