"""Read a foreign checkpoint without running anything that it brings along."""

import argparse
import pickle
import re
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from core.errors import BadModel

State = dict[str, Tensor]

_WRAPPERS = ("model", "state_dict", "model_state_dict")
_PARALLEL_PREFIX = "module."  # torch's DataParallel puts it before every name
_NO_CHECKPOINT = "not a checkpoint that PyTorch wrote, or one that was cut short; copy it again."
_UNREADABLE = (  # what torch raises for bytes that are no checkpoint, found by fuzzing
    RuntimeError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    MemoryError,
    struct.error,
)


@dataclass(frozen=True)
class Checkpoint:
    """One network (under ""), or a student and a teacher; with what the file says of the run."""

    path: Path
    states: Mapping[str, State]
    epoch: int | None = None
    args: Mapping[str, object] | None = None


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a torch checkpoint or a `.safetensors` file.

    Only tensors, plain containers and `argparse.Namespace` are accepted, so no code of the file's
    can run.

    Raises:
        BadModel: not a checkpoint, cut short, asking for other code, or without weights.
    """
    if path.suffix == ".safetensors":
        return Checkpoint(path, {"": _read_safetensors(path)})
    content = _read_pickle(path)
    if not isinstance(content, Mapping):
        raise BadModel(f"{path}: holds no network (a {type(content).__name__}, not a dictionary).")
    args = content.get("args")
    epoch = content.get("epoch")
    return Checkpoint(
        path,
        _states(path, content),
        epoch if isinstance(epoch, int) else None,
        vars(args) if isinstance(args, argparse.Namespace) else None,
    )


def _read_safetensors(path: Path) -> State:
    try:
        return _clean(path, load_file(path))
    except FileNotFoundError:
        raise BadModel(f"{path}: there is no such file.") from None
    except (SafetensorError, OSError) as error:
        raise BadModel(f"{path}: not a safetensors file, or cut short; copy it again.") from error


def _read_pickle(path: Path) -> object:
    try:
        with torch.serialization.safe_globals([argparse.Namespace]), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what torch mutters of odd files is said below
            return torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise BadModel(f"{path}: there is no such file.") from None
    except OSError as error:
        raise BadModel(f"{path}: cannot be read ({error.strerror or error}).") from error
    except pickle.UnpicklingError as error:
        raise BadModel(f"{path}: {_refusal(str(error))}") from error
    except _UNREADABLE as error:
        raise BadModel(f"{path}: {_NO_CHECKPOINT}") from error


def _refusal(message: str) -> str:
    """What to say when torch's restricted reader stopped; it names what the file asked for."""
    if asked := re.search(r"(?:GLOBAL|Unsupported class|function) ([\w.]+)", message):
        return (
            f"refused, because it asks for code ({asked[1]}) or is damaged; only tensors, plain "
            "containers and argparse.Namespace are read: save the weights alone."
        )
    return _NO_CHECKPOINT


def _states(path: Path, content: Mapping[Any, Any]) -> dict[str, State]:
    named = {role: content[role] for role in ("student", "teacher") if role in content}
    for wrapper in _WRAPPERS:
        if not named and isinstance(content.get(wrapper), Mapping):
            named = {"": content[wrapper]}
    return {role: _clean(path, state) for role, state in (named or {"": content}).items()}


def _clean(path: Path, state: object) -> State:
    """The state dict without DataParallel's prefix; raises BadModel if it is none."""
    if not (isinstance(state, Mapping) and state and _is_state(state)):
        raise BadModel(f"{path}: holds no network weights by name.")
    if not all(bool(tensor.isfinite().all()) for tensor in state.values()):
        raise BadModel(f"{path}: holds weights that are not numbers; the training broke down.")
    prefixed = all(name.startswith(_PARALLEL_PREFIX) for name in state)
    cut = len(_PARALLEL_PREFIX) if prefixed else 0
    return {name[cut:]: tensor.detach() for name, tensor in state.items()}


def _is_state(state: Mapping[Any, Any]) -> bool:
    return all(isinstance(key, str) and isinstance(value, Tensor) for key, value in state.items())
