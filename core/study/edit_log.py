"""The append-only log of edits: who changed what, when, from what to what, as readable JSON."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, NonNegativeInt, TypeAdapter

from core.pose.pose_edit import PointChange, PoseEdit
from core.pose.pose_track import Point, Source, Visibility
from core.pose.skeleton import Skeleton
from core.study.checksum import checked, checksum
from core.study.database import Database
from core.study.edit_history import Action, EditHistory, effect


class PointRecord(BaseModel):
    """One keypoint of one frame as the log tells it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    frame: NonNegativeInt
    keypoint: str
    x: FiniteFloat | None
    y: FiniteFloat | None
    confidence: FiniteFloat
    visibility: Literal["absent", "hidden", "seen"]
    source: Literal["model", "human", "interpolated"]

    @staticmethod
    def of(frame: int, keypoint: str, point: Point) -> "PointRecord":
        """Write a point down."""
        x, y = (None, None) if point.xy is None else map(float, point.xy)
        return PointRecord(
            frame=frame,
            keypoint=keypoint,
            x=x,
            y=y,
            confidence=float(point.confidence),
            visibility=point.visibility.name.lower(),  # pyright: ignore[reportArgumentType]
            source=point.source.word,  # pyright: ignore[reportArgumentType]
        )

    @property
    def point(self) -> Point:
        """The point that was written down."""
        return Point(
            None if self.x is None or self.y is None else (self.x, self.y),
            self.confidence,
            Visibility[self.visibility.upper()],
            Source[self.source.upper()],
        )


_COLUMNS = "id, recording, action, who, at, what, before, after, corrected_frames, checksum"
_ENTRIES_A_READ = 1000
_RECORDS = TypeAdapter(tuple[PointRecord, ...])


@dataclass(frozen=True)
class LoggedEdit:
    """One action as it stands in the log.

    Attributes:
        action: what the person did.
        who: the person.
        when: UTC.
        change: what it did to the points.
        corrected_frames: how many frames of the recording held a correction after it; kept so
            that a list of recordings needs no replay.
    """

    action: Action
    who: str
    when: datetime
    change: PoseEdit
    corrected_frames: int = field(compare=False)

    @property
    def edit(self) -> PoseEdit:
        """The gesture as it was first done, also where this entry takes it back."""
        return effect(self.change, self.action)


def append(
    connection: sqlite3.Connection, recording_id: int, *, entry: LoggedEdit, skeleton: Skeleton
) -> None:
    """Write an action at the end of the log."""
    changes = [(c, skeleton.keypoints[c.keypoint]) for c in entry.change.changes]
    row = (
        _next_id(connection),
        recording_id,
        entry.action,
        entry.who,
        entry.when.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.change.name,
        _to_json(PointRecord.of(c.frame, name, c.before) for c, name in changes),
        _to_json(PointRecord.of(c.frame, name, c.after) for c, name in changes),
        entry.corrected_frames,
    )
    connection.execute(
        f"INSERT INTO edit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, checksum(row)),
    )


def read(database: Database, recording_id: int, skeleton: Skeleton) -> list[LoggedEdit]:
    """Every action on a recording, oldest first.

    Reads over a connection of its own, a stretch at a time, so that others can write meanwhile.

    Raises:
        BadStudy: an entry is damaged.
    """
    query = (
        f"SELECT {_COLUMNS} FROM edit WHERE recording = ? AND id > ?"
        f" ORDER BY id LIMIT {_ENTRIES_A_READ}"
    )
    entries: list[LoggedEdit] = []
    last = 0
    with database.reader() as connection:
        while rows := connection.execute(query, (recording_id, last)).fetchall():
            entries += [_entry(checked(row, "an edit"), skeleton) for row in rows]
            last = rows[-1][0]
    return entries


def newest(
    connection: sqlite3.Connection, recording_id: int, skeleton: Skeleton
) -> LoggedEdit | None:
    """The last action on a recording; raises Damaged."""
    query = f"SELECT {_COLUMNS} FROM edit WHERE recording = ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(query, (recording_id,)).fetchone()
    return _entry(checked(row, "an edit"), skeleton) if row else None


def replay(entries: Iterable[LoggedEdit]) -> EditHistory:
    """Corrections and both stacks as these actions left them.

    An action that does not fit the stacks (two windows once wrote at a time) did to the points
    what it says all the same; then nothing before it can be undone.
    """
    history = EditHistory()
    for entry in entries:
        try:
            history.apply(entry.edit, entry.action)
        except ValueError:
            history.follow(entry.change)
    return history


def corrected_frame_counts(connection: sqlite3.Connection) -> dict[int, int]:
    """How many frames hold a correction, by recording; raises Damaged."""
    query = f"SELECT {_COLUMNS} FROM edit WHERE id IN (SELECT max(id) FROM edit GROUP BY recording)"
    rows = [checked(row, "an edit") for row in connection.execute(query).fetchall()]
    return {row[1]: row[-1] for row in rows}


def _next_id(connection: sqlite3.Connection) -> int:
    (highest,) = connection.execute("SELECT coalesce(max(id), 0) FROM edit").fetchone()
    return int(highest) + 1


def _to_json(records: Iterable[PointRecord]) -> str:
    return _RECORDS.dump_json(tuple(records)).decode("utf-8")


def _entry(row: Sequence[Any], skeleton: Skeleton) -> LoggedEdit:
    _, _, action, who, at, what, before, after, corrected_frames = row
    befores, afters = _RECORDS.validate_json(before), _RECORDS.validate_json(after)
    changes = tuple(
        PointChange(old.frame, skeleton.index(old.keypoint), old.point, new.point)
        for old, new in zip(befores, afters, strict=True)
    )
    return LoggedEdit(
        action, who, datetime.fromisoformat(at), PoseEdit(what, changes), corrected_frames
    )
