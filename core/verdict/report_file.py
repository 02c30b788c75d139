"""Read the verdict that lies in a job's folder."""

from pathlib import Path

from pydantic import ValidationError

from core.errors import BadInput
from core.verdict.report import VerdictReport


def read_report(path: Path) -> VerdictReport:
    """The verdict; raises BadInput where there is none, or none of this version."""
    try:
        return VerdictReport.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadInput(f"{path}: no verdict that this version can read; adapt again.") from error
