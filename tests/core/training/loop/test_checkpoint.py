import pickle
from contextlib import contextmanager

import pytest
import torch

from core.errors import BadInput, NoSpace
from core.training.loop.checkpoint import load_checkpoint, save_checkpoint


def test_what_was_saved_is_loaded(tmp_path):
    state = {"step": 7, "student": {"w": torch.arange(3.0)}, "recipe": {"seed": 1}}
    save_checkpoint(tmp_path / "c.pt", state)
    loaded = load_checkpoint(tmp_path / "c.pt")
    assert loaded["step"] == 7
    assert loaded["recipe"] == {"seed": 1}
    torch.testing.assert_close(loaded["student"]["w"], torch.arange(3.0))


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", pickle.dumps({"version": 1})])
def test_a_damaged_file_is_said_in_a_sentence(tmp_path, content):
    (tmp_path / "c.pt").write_bytes(content)
    with pytest.raises(BadInput, match=r"c\.pt: not a checkpoint"):
        load_checkpoint(tmp_path / "c.pt")


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(BadInput, match="--resume"):
        load_checkpoint(tmp_path / "c.pt")


class Hostile:
    def __reduce__(self):
        return (exec, ("raise SystemExit('ran')",))


def test_nothing_in_a_checkpoint_is_run(tmp_path):
    torch.save({"version": 1, "step": Hostile()}, tmp_path / "c.pt")
    with pytest.raises(BadInput):
        load_checkpoint(tmp_path / "c.pt")


def test_a_full_disk_keeps_the_old_checkpoint(tmp_path, monkeypatch):
    path = tmp_path / "c.pt"
    save_checkpoint(path, {"step": 1})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(NoSpace):
        save_checkpoint(path, {"step": 2})
    monkeypatch.undo()
    assert load_checkpoint(path)["step"] == 1


@contextmanager
def files_of_at_most(size):
    """The system refuses to let a file grow beyond `size` bytes, as a full disk does."""
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_the_system_breaks_off_keeps_the_old_checkpoint(tmp_path):
    path = tmp_path / "c.pt"
    save_checkpoint(path, {"step": 1})
    with files_of_at_most(20_000), pytest.raises(NoSpace, match=r"c\.pt: cannot be written"):
        save_checkpoint(path, {"step": 2, "student": torch.zeros(10_000)})
    assert load_checkpoint(path)["step"] == 1
    assert [file.name for file in tmp_path.iterdir()] == ["c.pt"], "nothing half written is left"
