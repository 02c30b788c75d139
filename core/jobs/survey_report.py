"""What a survey before an adaptation found: survey.json in its job's folder."""

from pathlib import Path
from typing import Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveInt,
    ValidationError,
)

from core.errors import BadInput

SURVEY_FILE, SHEET_FILE = "survey.json", "survey.jpg"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SurveyedRecording(_Frozen):
    """What a sample of a recording showed.

    Of its `frames`, those in the chosen time range, so many were `looked_at`; `usable` ones show
    an infant and differ. `refused` says in a sentence why nothing of it can be used.
    """

    id: int
    name: str
    frames: NonNegativeInt = 0
    looked_at: NonNegativeInt = 0
    usable: NonNegativeInt = 0
    near_duplicates: NonNegativeInt = 0
    without_infant: NonNegativeInt = 0
    refused: str = ""


class RecipeCost(_Frozen):
    """What a shipped recipe takes on this machine with these recordings, as it was measured."""

    recipe: str
    steps: PositiveInt
    seconds: NonNegativeFloat
    disk_bytes: NonNegativeInt


class SurveyReport(_Frozen):
    """All of it; without any usable frame nothing could be measured, and `costs` is empty.

    base, settings, device: what it was measured with. settings_refused: why these settings are no
    good, in a sentence; the costs are then those of the recipes as they are. contact_sheet: a
    picture of sampled frames beside this file; empty without any.
    """

    version: Literal[1] = 1
    recordings: tuple[SurveyedRecording, ...]
    costs: tuple[RecipeCost, ...] = ()
    free_bytes: NonNegativeInt
    contact_sheet: str = ""
    base: str = ""
    settings: tuple[str, ...] = ()
    settings_refused: str = ""
    device: str = ""


def read_survey(folder: Path) -> SurveyReport:
    """The report in a job's folder; raises BadInput if it is missing or damaged."""
    path = folder / SURVEY_FILE
    try:
        return SurveyReport.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadInput(f"{path}: this survey is missing or damaged; look again.") from error
