"""A note in a job's folder that says for which study and recording it works."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from core.atomic_file import write_text
from core.jobs.folder import JobFolder
from core.study.study import Study

_FILE = "owner.json"
_MARK = "mark"  # setting of a study


class JobOwner(BaseModel):
    """Written before the worker starts, so that a later window can take the job over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: Path
    study_id: str = ""  # by which a study that was moved or renamed finds its jobs
    recording: int | None = None  # None for exports
    title: str


def is_of(owner: JobOwner, study: Study) -> bool:
    """Whether a job is of this study: of its file, or of one that lay elsewhere and is gone.

    A copy has the same mark as its original, to which the jobs belong while it is there.
    """
    if owner.study == study.path:
        return True
    return owner.study_id != "" and owner.study_id == mark_of(study) and not owner.study.exists()


def mark_of(study: Study) -> str:
    """The study's own mark, empty before its first job."""
    return str(study.settings.get(_MARK, ""))


def marked(study: Study) -> str:
    """The study's own mark, made where it has none; raises NoSpace."""
    if not mark_of(study):
        study.settings.set(_MARK, uuid4().hex)
    return mark_of(study)


def staying_with(owners: Sequence[JobOwner], study: Study) -> Path | None:
    """The original with which jobs stay when a window goes on in this copy; None without any."""
    mark = mark_of(study)
    kept = [one.study for one in owners if mark and one.study_id == mark]
    return next((path for path in kept if path != study.path and path.exists()), None)


def write_owner(folder: JobFolder, owner: JobOwner) -> None:
    """Leave the note; raises NoSpace."""
    write_text(folder.path / _FILE, owner.model_dump_json())


def read_owner(folder: JobFolder) -> JobOwner | None:
    """The note, or None for a job that no window started."""
    try:
        return JobOwner.model_validate_json((folder.path / _FILE).read_bytes())
    except (OSError, ValidationError):
        return None
