"""What is adapted to: recordings, or parts of them, with the frames that people corrected."""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.geometry import Box
from core.training.data.corrected_frames import CorrectedFrames


@dataclass(frozen=True, eq=False)
class Footage:
    """One recording to adapt to.

    Attributes:
        path: the recording.
        roi: where the infant is, in frame pixels; everywhere if None.
        stretches: frames [start, stop) to choose from; all of them if there are none.
        corrected: frames with labels, wherever they lie.
        length: how many frames it has, if that is known without opening it.
    """

    path: Path
    roi: Box | None = None
    stretches: tuple[tuple[int, int], ...] = ()
    corrected: CorrectedFrames | None = None
    length: int | None = None

    @property
    def corrected_count(self) -> int:
        """How many corrected frames there are."""
        return len(self.corrected) if self.corrected else 0

    def unlabelled(self, length: int) -> NDArray[np.intp]:
        """The frames to choose from in a recording of `length` frames, without corrected ones."""
        is_open = np.full(length, not self.stretches)
        for start, stop in self.stretches:
            is_open[max(start, 0) : max(stop, 0)] = True
        if self.corrected is not None:
            is_open[self.corrected.frames[self.corrected.frames < length]] = False
        return np.flatnonzero(is_open)


def corrections_mark(recordings: Sequence[Footage]) -> str:
    """Tells these corrected frames from any others; empty without any. For jobs that go on."""
    content = hashlib.sha256()
    for footage in recordings:
        if footage.corrected is not None:
            content.update(f"{footage.path}\n{len(footage.corrected)}\n".encode())
            content.update(footage.corrected.frames.astype("<i8").tobytes())
            content.update(footage.corrected.labels.astype("<f4").tobytes())
    has_any = any(footage.corrected_count for footage in recordings)
    return content.hexdigest()[:32] if has_any else ""


def parts_of(recordings: Sequence[Footage]) -> dict[str, dict[str, Any]]:
    """Regions and stretches by path, where not all is used; for jobs that go on."""
    return {
        str(footage.path): {
            "roi": list(astuple(footage.roi)) if footage.roi else None,
            "stretches": [list(stretch) for stretch in footage.stretches],
        }
        for footage in recordings
        if footage.roi or footage.stretches
    }
