"""What was examined in a job, and the best weights so far, on disk."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from safetensors import SafetensorError, safe_open
from safetensors.torch import load as parse_safetensors
from safetensors.torch import load_file, save
from torch import nn

from core.atomic_file import write_bytes, write_text
from core.training.choice.evidence import MARGIN, Evidence
from core.training.written_weights import half_weights

TABLE_FILE: Final = "choice.csv"
WEIGHTS_FILE: Final = "best.safetensors"
BEST_FILE: Final = "best.json"
_NUMBERS = tuple(field.name for field in fields(Evidence))
_COLUMNS = ("step", "score", *_NUMBERS)


@dataclass(frozen=True)
class Examined:
    """The weights after `step` steps, 0 for the base; the score is against the base."""

    step: int
    score: float
    evidence: Evidence


def best_of(rows: Iterable[Examined]) -> Examined:
    """The highest score, the earliest of equals; a step has to beat the base by the margin."""
    return max(rows, key=lambda row: (row.score + (0 if row.step else MARGIN), -row.step))


def write_table(folder: Path, rows: Sequence[Examined]) -> None:
    """Replace the table of all that was examined; raises NoSpace."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for row in rows:
        table.writerow([row.step, repr(row.score), *map(_cell, row.evidence.named().values())])
    write_text(folder / TABLE_FILE, text.getvalue())


def read_table(folder: Path) -> list[Examined]:
    """What `write_table` wrote; nothing where it is missing or not ours, to be examined anew."""
    try:
        with (folder / TABLE_FILE).open(encoding="utf-8", newline="") as file:
            return [_examined(row) for row in csv.DictReader(file)]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def write_best(folder: Path, best: Examined, base: Examined) -> None:
    """Say in a small file which step is the best so far; raises NoSpace."""
    said = {
        "step": best.step,
        "score": best.score,
        "base_score": base.score,
        "margin": MARGIN,
        "weights": WEIGHTS_FILE if best.step else None,  # the base's own where there are none
        "evidence": best.evidence.named(),
    }
    write_text(folder / BEST_FILE, json.dumps(said, indent=2))


def write_weights(folder: Path, module: nn.Module, step: int) -> None:
    """Keep a module's weights in 16 bits, as a model has them, with their step; raises NoSpace.

    The step lies in the same file, so that no kill can part the two.
    """
    content = save(parse_safetensors(half_weights(module)), {"step": str(step)})
    write_bytes(folder / WEIGHTS_FILE, content)


def step_of_weights(folder: Path) -> int | None:
    """After which step the kept weights were; None where none are, or the file is damaged."""
    try:
        with safe_open(folder / WEIGHTS_FILE, framework="pt") as file:
            return int(file.metadata()["step"])
    except (OSError, SafetensorError, ValueError, KeyError, TypeError):
        return None


def load_weights(folder: Path, module: nn.Module) -> None:
    """Put the kept weights into a module of the same layout."""
    module.load_state_dict(load_file(folder / WEIGHTS_FILE))


def _cell(value: float | None) -> str:
    return "" if value is None else repr(value)


def _examined(row: dict[str, str]) -> Examined:
    numbers = {name: float(row[name]) if row[name] else None for name in _NUMBERS}
    return Examined(int(row["step"]), float(row["score"]), Evidence(**numbers))  # pyright: ignore[reportArgumentType]
