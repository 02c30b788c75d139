"""What a job tells while it works: one JSON object a line, only ever appended."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    NonNegativeFloat,
    TypeAdapter,
    ValidationError,
)

from core.errors import NoSpace


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1


class Started(_Event):
    """Work begins at frame `first` of `total`; `model` and `model_hash` are empty for exports.

    settings: what else a prediction was made with, for whoever keeps it.
    """

    kind: Literal["started"] = "started"
    pid: int
    first: int = 0
    total: int = 0
    model: str = ""
    model_hash: str = ""
    settings: dict[str, JsonValue] = {}


class Progressed(_Event):
    """So many frames (or files, or steps) are done; `seconds_left` is None until it can be told.

    activity: what it is at, in words for the user; of jobs that do one thing after another.
    """

    kind: Literal["progressed"] = "progressed"
    done: int
    total: int
    seconds_left: NonNegativeFloat | None = None
    activity: str = ""


class ChunkWritten(_Event):
    """Predictions of frames [start, stop) lie in chunks/`file`."""

    kind: Literal["chunk"] = "chunk"
    file: str
    start: int
    stop: int


class FileWritten(_Event):
    """An export is complete."""

    kind: Literal["file"] = "file"
    file: Path


class Warned(_Event):
    """Something that the user should know; the work goes on."""

    kind: Literal["warned"] = "warned"
    text: str


class Trained(_Event):
    """A training is `step` of `total` steps far; losses are means since the last of these."""

    kind: Literal["trained"] = "trained"
    step: int
    total: int
    losses: dict[str, float]
    rate: float  # the learning rate
    pictures_per_second: float | None = None


class Pictured(_Event):
    """A picture in the job's folder shows held-out frames, always the same, after `step` steps."""

    kind: Literal["pictured"] = "pictured"
    step: int
    file: str  # relative to the job's folder


class Chosen(_Event):
    """Without labels, the weights after `step` steps are the best so far; 0: the base model's."""

    kind: Literal["chosen"] = "chosen"
    step: int
    score: float
    base_score: float


class Judged(_Event):
    """The verdict lies in the job's folder (core/verdict/report.py)."""

    kind: Literal["judged"] = "judged"
    file: str


class Finished(_Event):
    """All is done; result.json is there."""

    kind: Literal["finished"] = "finished"


class Failed(_Event):
    """The job ended: `reason` in words for the user, `details` for a report to us."""

    kind: Literal["failed"] = "failed"
    reason: str
    details: str = ""


class Stopped(_Event):
    """The user stopped it."""

    kind: Literal["stopped"] = "stopped"


AnyEvent = (
    Started
    | Progressed
    | ChunkWritten
    | FileWritten
    | Trained
    | Pictured
    | Chosen
    | Judged
    | Warned
    | Finished
    | Failed
    | Stopped
)
JobEvent = Annotated[AnyEvent, Field(discriminator="kind")]
_EVENT: TypeAdapter[AnyEvent] = TypeAdapter(JobEvent)


@dataclass(frozen=True)
class EventPage:
    """Events read in one go, and the position in the file at which to go on reading."""

    events: tuple[AnyEvent, ...]
    position: int


@dataclass(frozen=True)
class EventLog:
    """The events of one job; one process writes, any number read."""

    path: Path

    def append(self, event: AnyEvent) -> None:
        """Add a line in one write, so that a reader sees all of it or none; raises NoSpace."""
        line = event.model_dump_json().encode("utf-8") + b"\n"
        try:
            with self.path.open("ab", buffering=0) as file:
                if file.tell() and not self._ends_a_line():
                    line = b"\n" + line  # a killed worker left half a line: let it stand alone
                file.write(line)
        except OSError as error:
            raise NoSpace(f"{self.path}: cannot be written ({error.strerror}).") from error

    def read(self, after: int = 0) -> EventPage:
        """The complete events behind position `after`; damaged and foreign lines are left out."""
        try:
            with self.path.open("rb") as file:
                file.seek(after)
                content = file.read()
        except FileNotFoundError:
            return EventPage((), 0)
        whole = content[: content.rfind(b"\n") + 1]
        events = (_parse(line) for line in whole.splitlines())
        return EventPage(tuple(e for e in events if e is not None), after + len(whole))

    def _ends_a_line(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def _parse(line: bytes) -> AnyEvent | None:
    try:
        return _EVENT.validate_json(line)
    except ValidationError:
        return None
