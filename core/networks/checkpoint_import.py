"""Find out which network a foreign checkpoint holds, and which of its weights to take."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from core.errors import BadModel
from core.models.architecture import FEEDING, Architecture
from core.networks.architectures import state_shapes
from core.networks.checkpoint_reading import Checkpoint, State, read_checkpoint
from core.networks.found_network import FoundNetwork

Role = Literal["student", "teacher"]
Shapes = Mapping[str, tuple[int, ...]]

_UNUSED = "aux_classifier."  # DeepLab's second head, for training only
_DATA_ARGUMENTS = ("source", "target", "source_train", "target_train")


def network_from_checkpoint(
    path: Path, *, architecture: Architecture | None = None, role: Role | None = None
) -> FoundNetwork:
    """Read a checkpoint, the authors' or a plain state dict.

    Args:
        path: a torch checkpoint or a `.safetensors` file.
        architecture: insist on this one; otherwise the tensors tell.
        role: which weights to take where the file has two; otherwise the file tells.

    Raises:
        BadModel: unreadable, refused, or not a network that the program knows.
    """
    checkpoint = read_checkpoint(path)
    state, note = _chosen_weights(checkpoint, role)
    state = {name: tensor for name, tensor in state.items() if not name.startswith(_UNUSED)}
    return FoundNetwork(
        architecture=_recognised(path, state, architecture),
        state=state,
        licence="not stated in the file; its makers' terms and those of its data apply",
        training_data=_training_data(checkpoint.args or {}),
        notes=(note,) if note else (),
    )


def _chosen_weights(checkpoint: Checkpoint, role: Role | None) -> tuple[State, str]:
    """The weights to take, and the sentence that says so.

    While the source is learnt (the first `pretrain_epoch` epochs, and always in mode `oracle`)
    only the student is trained, and the stored teacher is still the initial network; afterwards
    the teacher is what the authors evaluate.
    """
    states = checkpoint.states
    if "" in states:
        if role:
            raise BadModel(f"{checkpoint.path}: holds one network, not a student and a teacher.")
        return states[""], ""
    taken, reason = (role, "as asked") if role else _decided_role(checkpoint)
    if taken not in states:
        raise BadModel(
            f"{checkpoint.path}: the {taken} is wanted ({reason}), but it holds only a "
            f"{next(iter(states))}; choose with --weights."
        )
    other = "teacher" if taken == "student" else "student"
    return states[taken], f"took the {taken}'s weights, not the {other}'s: {reason}."


def _decided_role(checkpoint: Checkpoint) -> tuple[Role, str]:
    args, epoch = checkpoint.args or {}, checkpoint.epoch
    if _is_oracle(args):
        return "student", "the run was an oracle, which trains the student only"
    pretraining = args.get("pretrain_epoch")
    if epoch is None or not isinstance(pretraining, int):
        return "teacher", "the file does not say how far its training was; --weights can overrule"
    if epoch < pretraining:
        return "student", f"epoch {epoch} lies in the {pretraining} epochs of pre-training"
    return "teacher", f"epoch {epoch} lies in the adaptation, after {pretraining} of pre-training"


def _is_oracle(args: Mapping[str, object]) -> bool:
    return args.get("oracle") is True or any(
        isinstance(value, str) and value.lower() == "oracle" for value in args.values()
    )


def _recognised(path: Path, state: State, wanted: Architecture | None) -> Architecture:
    found = {name: tuple(tensor.shape) for name, tensor in state.items()}
    known: dict[Architecture, Shapes] = {name: state_shapes(name) for name in FEEDING}
    for architecture, expected in known.items():
        if expected == found and wanted in (None, architecture):
            return architecture
        if expected == found:
            raise BadModel(f"{path}: a {architecture}, not a {wanted}.")
    nearest = max(known, key=lambda name: len(known[name].items() & found.items()))
    raise BadModel(f"{path}: {_difference(nearest, known[nearest], found, known)}")


def _difference(
    nearest: Architecture, expected: Shapes, found: Shapes, known: Iterable[str]
) -> str:
    """How `found` differs from the architecture that is nearest to it."""
    if 2 * len(expected.keys() & found.keys()) < len(expected):
        first = ", ".join(list(found)[:3])
        return f"another network ({first}, ...); it should be one of {', '.join(known)}."
    for name, shape in expected.items():
        if name not in found:
            return f"another network than {nearest}: {name} is not there."
        if found[name] != shape:
            return (
                f"another network than {nearest}: {name} should be {_sizes(shape)} "
                f"and is {_sizes(found[name])}."
            )
    extra = next(name for name in found if name not in expected)
    return f"another network than {nearest}: {extra} does not belong there."


def _sizes(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape)) or "a single number"


def _training_data(args: Mapping[str, object]) -> str:
    named = [f"{key} {args[key]}" for key in _DATA_ARGUMENTS if isinstance(args.get(key), str)]
    return f"as the checkpoint's arguments say: {', '.join(named)}" if named else "not stated"
