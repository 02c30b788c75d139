"""Write canvases one after the other, so that a set may be larger than memory."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from core.atomic_file import replacing
from core.training.data.canvas import CANVAS, Canvas
from core.training.data.canvas_set import CanvasSet, write_index

_ROWS = {  # of one canvas in each array
    "images": ((CANVAS, CANVAS, 3), np.dtype(np.uint8)),
    "xy": ((16, 2), np.dtype(np.float32)),
    "infant": ((CANVAS, CANVAS), np.dtype(np.uint8)),
}


class CanvasWriter:
    """Grows by one canvas at a time; see `writing_canvases`."""

    def __init__(self, arrays: "dict[str, _GrowingArray]") -> None:
        """Into these arrays, by the names of `CanvasSet`."""
        self._arrays = arrays
        self.names: list[str] = []
        self.groups: list[str] = []

    def __len__(self) -> int:
        """How many were written."""
        return len(self.names)

    def add(self, canvas: Canvas, name: str, group: str) -> None:
        """Append one canvas."""
        self._arrays["images"].append(canvas.image)
        self._arrays["xy"].append(canvas.xy)
        self._arrays["infant"].append(canvas.infant)
        self.names.append(name)
        self.groups.append(group)

    def add_set(self, canvases: CanvasSet) -> None:
        """Append all of a set."""
        for number, (name, group) in enumerate(zip(canvases.names, canvases.groups, strict=True)):
            canvas = Canvas(canvases.images[number], canvases.xy[number], canvases.infant[number])
            self.add(canvas, name, group)


@contextmanager
def writing_canvases(folder: Path) -> Generator[CanvasWriter]:
    """A writer whose set is whole once the block is left without an error; raises NoSpace."""
    with ExitStack() as stack:
        arrays = {}
        for name, (shape, dtype) in _ROWS.items():
            part = stack.enter_context(replacing(folder / f"{name}.npy"))
            file = stack.enter_context(part.open("wb"))
            arrays[name] = _GrowingArray(file, shape, dtype)
        writer = CanvasWriter(arrays)
        yield writer
        for array in arrays.values():
            array.finish()
    write_index(folder, writer.names, writer.groups)


class _GrowingArray:
    """A `.npy` file whose header leaves room for the length, which is known at the end."""

    def __init__(self, file: BinaryIO, row: tuple[int, ...], dtype: np.dtype) -> None:
        self._file, self._row, self._dtype = file, row, dtype
        self._count = 0
        self._write_header()

    def append(self, row: NDArray) -> None:
        if row.shape != self._row or row.dtype != self._dtype:
            raise ValueError(f"a row of {row.shape} {row.dtype} in an array of {self._row}")
        self._file.write(np.ascontiguousarray(row).data)
        self._count += 1

    def finish(self) -> None:
        self._file.seek(0)
        self._write_header()

    def _write_header(self) -> None:
        header = {
            "descr": npy.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (self._count, *self._row),
        }
        npy.write_array_header_1_0(self._file, header)
