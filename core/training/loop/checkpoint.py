"""The whole state of a training in one file, replaced in one step, read without running code."""

import io
from pathlib import Path
from typing import Any

import torch

from core.atomic_file import write_bytes
from core.errors import BadInput

CHECKPOINT_FILE = "checkpoint.pt"
_VERSION = 1


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Keep tensors and plain containers; what was there before stays until all is written.

    Raises:
        NoSpace: the disk is full or may not be written to.
    """
    content = io.BytesIO()
    torch.save({"version": _VERSION, **state}, content)
    write_bytes(path, content.getvalue())


def load_checkpoint(path: Path, device: torch.device | str = "cpu") -> dict[str, Any]:
    """Read what `save_checkpoint` wrote.

    Raises:
        BadInput: missing, damaged, of a newer version, or something that wants to run code.
    """
    try:
        state = torch.load(path, map_location=device, weights_only=True)
        version = state["version"]
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no training to go on with; leave --resume out.") from None
    except Exception as error:
        raise BadInput(f"{path}: not a checkpoint of ours, or damaged; start anew.") from error
    if version != _VERSION:
        raise BadInput(f"{path}: written by another version of SHIFT Studio; start anew.")
    return state
