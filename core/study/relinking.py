"""Finding recordings that were moved: one that the user points to, or all below a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from core.errors import BadInput
from core.study import recordings
from core.study.database import Database
from core.study.recordings import Recording
from core.video.fingerprint import fingerprint


def relink(database: Database, folder: Path, recording_id: int, path: Path) -> Recording:
    """Refer to a recording at its new place; `folder` is the study's.

    Raises:
        BadInput: what lies there is not the same recording, or cannot be read.
        NoSpace: nothing was changed.
    """
    with database.reading() as connection:
        known = recordings.found(connection, folder, recording_id)
    if fingerprint(path) != known.fingerprint:
        raise BadInput(
            f"{path}: its content is not that of the recording {known.name};"
            " choose the same file, or add this one as a recording of its own."
        )
    with database.writing() as connection:
        recordings.move(connection, folder, recording_id=recording_id, path=path)
        return recordings.found(connection, folder, recording_id)


def relink_folder(database: Database, folder: Path, where: Path) -> list[Recording]:
    """Refer to every missing recording that lies below `where` under its old file name.

    Raises:
        NoSpace: those found before the disk refused stay relinked.
    """
    with database.reading() as connection:
        missing = [r for r in recordings.listed(connection, folder) if r.is_missing]
    names = {recording.path.name for recording in missing}
    candidates = list(_entries_named(names, where))
    found: list[Recording] = []
    for recording in missing:
        for path in candidates:
            if path.name == recording.path.name and _is_same(path, recording):
                found.append(relink(database, folder, recording.id, path))
                break
    return found


def _is_same(path: Path, recording: Recording) -> bool:
    try:
        return fingerprint(path) == recording.fingerprint
    except BadInput:  # unreadable, so not the one that is looked for
        return False


def _entries_named(names: set[str], where: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(where):
        yield from (Path(parent) / name for name in (*folders, *files) if name in names)
