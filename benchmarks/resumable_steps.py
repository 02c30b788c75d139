"""The steps of a training that a killed process goes on with."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from core.training.loop.checkpoint import load_checkpoint, save_checkpoint


class Part(Protocol):
    """A network or an optimiser."""

    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state_dict: dict[str, Any]) -> object: ...


def steps_left(
    checkpoint: Path, parts: Sequence[Part], steps: int, save_every: int
) -> Iterator[int]:
    """Numbers of the steps that are to be done; what they learn is saved now and then."""
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    first = 0
    if checkpoint.is_file():
        state = load_checkpoint(checkpoint)
        first = state["step"]
        for part, kept in zip(parts, state["parts"], strict=True):
            part.load_state_dict(kept)
    for step in range(first, steps):
        yield step
        if (step + 1) % save_every == 0 or step + 1 == steps:
            kept = [part.state_dict() for part in parts]
            save_checkpoint(checkpoint, {"step": step + 1, "parts": kept})
            print(f"{step + 1:6} of {steps}", flush=True)
