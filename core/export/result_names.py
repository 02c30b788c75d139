"""What the results of a recording are called, and telling recordings of one name apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from core.errors import BadInput


@dataclass(frozen=True)
class ResultNames:
    """The files that one recording's results go to."""

    folder: Path
    stem: str

    @property
    def csv(self) -> Path:
        """The table."""
        return self.folder / f"{self.stem}.csv"

    @property
    def dictionary(self) -> Path:
        """What the table means."""
        return self.folder / f"{self.stem}.csv.json"

    @property
    def overlay(self) -> Path:
        """The recording with the poses drawn in."""
        return self.folder / f"{self.stem}.overlay.mp4"

    @property
    def masks(self) -> Path:
        """One mask for each frame."""
        return self.folder / f"{self.stem}.masks.zip"


def refuse_existing(files: Sequence[Path], recording: Path | str) -> None:
    """Raise BadInput if any of the files is there already."""
    if there := [file.name for file in files if file.exists()]:
        raise BadInput(
            f"{recording}: {' and '.join(there)} {'is' if len(there) == 1 else 'are'} already "
            f"in {files[0].parent}; choose another folder, or have it replaced (in a terminal: "
            "--overwrite)."
        )


def refuse_replacing(files: Sequence[Path], recordings: Iterable[Path]) -> None:
    """Raise BadInput if a result would take the place of a recording, which is never allowed."""
    places = {recording.resolve() for recording in recordings}
    if hit := next((file for file in files if file.resolve() in places), None):
        raise BadInput(
            f"{hit}: is a recording, and a result would replace it; choose another --out."
        )


def stems(recordings: Sequence[Path]) -> list[str]:
    """A result stem for each recording, no two alike even where case does not count.

    Recordings of one stem get their parent folder's name in front; those that are still alike
    their file type behind, then more folders in front, and at last a number.
    """
    levels = [0] * len(recordings)
    deepest = max((len(path.absolute().parts) for path in recordings), default=0)
    while True:
        names = [_name(path, level) for path, level in zip(recordings, levels, strict=True)]
        taken = Counter(name.casefold() for name in names)
        alike = [i for i, name in enumerate(names) if taken[name.casefold()] > 1]
        if not alike:
            return names
        if all(levels[i] > deepest for i in alike):
            return _numbered(names)
        for i in alike:
            levels[i] += 1


def _name(path: Path, level: int) -> str:
    """Level 0 is the stem, 1 adds the parent, 2 the file type, each further one a folder."""
    # Only the folders are resolved: a link keeps the name that the user sees.
    named = path.name not in ("", "..")
    whole = path.parent.resolve() / path.name if named else path.resolve()
    is_folder = whole.is_dir()
    stem = whole.name if is_folder else whole.stem
    if level == 0:
        return stem
    folders = whole.parts[1:-1][-max(level - 1, 1) :]
    file_type = [whole.suffix[1:]] if level > 1 and not is_folder else []
    return "_".join([*folders, stem, *file_type])


def _numbered(names: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    free: list[str] = []
    for name in names:
        tries = (name if n == 1 else f"{name}_{n}" for n in count(1))
        free.append(next(t for t in tries if t.casefold() not in taken))
        taken.add(free[-1].casefold())
    return free
