"""Which background job still needs a model of the library."""

from pathlib import Path

from app.jobs.job_owner import read_owner
from core.errors import ShiftError
from core.jobs.folder import JobFolder, list_jobs
from core.jobs.requests import ExportRequest, PredictRequest
from core.jobs.status import JobState


def job_that_needs(root: Path, model: str) -> str:
    """The title of a job of any study that finds a model by this name; empty without one.

    Jobs that may go on later need it as well: they look for it again whenever they begin.
    """
    for folder in list_jobs(root):
        try:
            needs = folder.status().state is not JobState.DONE and model in _models(folder)
        except ShiftError:
            continue  # a damaged job goes on with nothing
        if needs:
            owner = read_owner(folder)
            return owner.title if owner else folder.path.name
    return ""


def _models(folder: JobFolder) -> tuple[str, ...]:
    request = folder.request
    if isinstance(request, ExportRequest):
        return ()
    if isinstance(request, PredictRequest):
        return (request.model,)
    return (request.base, getattr(request, "model", ""))
