"""A note in a job's folder that says for which study and recording it works."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from core.atomic_file import write_text
from core.jobs.folder import JobFolder

_FILE = "owner.json"


class JobOwner(BaseModel):
    """Written before the worker starts, so that a later window can take the job over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: Path
    recording: int | None = None  # None for exports
    title: str


def write_owner(folder: JobFolder, owner: JobOwner) -> None:
    """Leave the note; raises NoSpace."""
    write_text(folder.path / _FILE, owner.model_dump_json())


def read_owner(folder: JobFolder) -> JobOwner | None:
    """The note, or None for a job that no window started."""
    try:
        return JobOwner.model_validate_json((folder.path / _FILE).read_bytes())
    except (OSError, ValidationError):
        return None
