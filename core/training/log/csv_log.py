"""A training's numbers as a table, one row for each time it told them."""

import csv
import io
import math
from collections.abc import Mapping
from pathlib import Path

from core.atomic_file import write_text
from core.errors import BadInput, NoSpace

LOG_FILE = "log.csv"
_FIRST, _LAST = ("step", "rate"), ("seconds", "pictures_per_second")
_LOSS = "loss_"

Row = Mapping[str, str]


class CsvLog:
    """`log.csv`: step, rate, a column for each loss, seconds of work, pictures per second.

    A row goes out whole, so that a process may be killed at any time.
    """

    def __init__(self, path: Path, first_step: int) -> None:
        """Go on with the table, less what it holds of `first_step` and later: that is done again.

        Raises:
            BadInput: a file of this name is no such table.
            NoSpace: the disk is full.
        """
        self._path = path
        there = _read(path)
        rows = [row for row in there if int(row["step"]) < first_step]
        self._losses = _losses_of(there)
        self.seconds = float(rows[-1]["seconds"]) if rows else 0.0
        self._rewrite(rows)

    def add(self, step: int, rate: float, losses: Mapping[str, float], pace: float | None) -> None:
        """Append a row for `seconds` of work; a loss not met before gets a column.

        Raises:
            NoSpace: the disk is full; the rows before stay readable.
        """
        row = {
            "step": str(step),
            "rate": f"{rate:.6g}",
            **{_LOSS + name: f"{value:.6g}" for name, value in losses.items()},
            "seconds": f"{self.seconds:.3f}",
            "pictures_per_second": "" if pace is None else f"{pace:.4g}",
        }
        if new := [name for name in losses if name not in self._losses]:
            self._losses += new
            self._rewrite([*_read(self._path), row])
        else:
            self._append(row)

    def _append(self, row: Row) -> None:
        try:
            with self._path.open("ab") as file:
                file.write(_text(self._columns, [row]).encode())
        except OSError as error:
            raise NoSpace(
                f"{self._path}: cannot be written ({error.strerror or error})."
            ) from error

    def _rewrite(self, rows: list[Row]) -> None:
        header = dict(zip(self._columns, self._columns, strict=True))
        write_text(self._path, _text(self._columns, [header, *rows]))

    @property
    def _columns(self) -> list[str]:
        return [*_FIRST, *(_LOSS + name for name in self._losses), *_LAST]


def _text(columns: list[str], rows: list[Row]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    table.writerows(rows)
    return text.getvalue()


def _read(path: Path) -> list[Row]:
    """The rows of a table, less a last one that was cut off; raises BadInput."""
    if not path.exists():
        return []
    try:
        whole = path.read_text(encoding="utf-8").rpartition("\n")[0]
        table = csv.DictReader(io.StringIO(whole), strict=True)
        return [_checked(row) for row in table]
    except (OSError, ValueError, csv.Error) as error:
        raise BadInput(
            f"{path}: is not the log that the training wrote; move it away and go on."
        ) from error


def _checked(row: dict[str, str]) -> Row:
    """A row of ours; raises ValueError."""
    losses = [name for name in row if str(name).startswith(_LOSS)]
    if list(row) != [*_FIRST, *losses, *_LAST] or None in row.values():
        raise ValueError("other columns")
    if int(row["step"]) < 0 or not math.isfinite(float(row["seconds"])):
        raise ValueError("no step, or no time")
    return row


def _losses_of(rows: list[Row]) -> list[str]:
    columns = rows[0] if rows else ()
    return [name.removeprefix(_LOSS) for name in columns if name.startswith(_LOSS)]
