"""The work of a survey job: a look at recordings before an adaptation, and what it would take."""

import os
import shutil
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import cv2

from core.atomic_file import write_bytes, write_text
from core.errors import BadInput
from core.geometry import Box
from core.jobs.events import AnyEvent, Progressed, Started
from core.jobs.folder import JobFolder
from core.jobs.requests import FootageRequest, SurveyRequest
from core.jobs.survey_report import (
    SHEET_FILE,
    SURVEY_FILE,
    RecipeCost,
    SurveyedRecording,
    SurveyReport,
)
from core.jobs.survey_verdict import VerdictTrial
from core.models.library import DEFAULT_SEGMENTATION_MODEL
from core.prediction.predictor import Predictor, build_predictor
from core.progress import Progress
from core.training.adapt_recipe import AdaptRecipe
from core.training.data.target_footage import Footage
from core.training.device import usable_device
from core.training.recipe_file import load_recipe
from core.training.survey.contact_sheet import draw_sheet
from core.training.survey.estimate import cost
from core.training.survey.looking import Asked, Looked, canvases_of, look_at
from core.training.survey.pace import Clock, Pace, Trial

RECIPES: Final = ("quick", "recommended", "thorough")
_TRIAL = "trial"  # folder of the short adaptation, gone when the job ends
_QUALITY = 88  # of a JPEG

Recipes = dict[str, AdaptRecipe]
Result = TypeVar("Result")


def survey(folder: JobFolder, request: SurveyRequest) -> Generator[AnyEvent]:
    """Do the job, telling what happens; begun again after a stop, it looks anew.

    Raises:
        BadInput, BadModel: the base or the device cannot be used.
        NoSpace: the disk is full.
    """
    yield Started(pid=os.getpid(), model=request.base)
    if (folder.path / SURVEY_FILE).is_file():
        return
    device = str(usable_device(request.device))
    predictor = build_predictor(request.base, DEFAULT_SEGMENTATION_MODEL, device)
    report = yield from surveyed(folder.path, request, predictor, device)
    write_text(folder.path / SURVEY_FILE, report.model_dump_json(indent=2))


def surveyed(
    folder: Path, request: SurveyRequest, predictor: Predictor, device: str
) -> Generator[AnyEvent, None, SurveyReport]:
    """Look, measure, and leave the contact sheet in `folder`."""
    recipes, refused = _recipes(request.settings)
    framing = recipes[RECIPES[0]].framing
    asked = [Asked(_footage(one), one.fingerprint) for one in request.footage]
    looked = yield from _told(look_at(asked, predictor, framing, time.monotonic))
    costs = _Costs(folder / _TRIAL, request.base, device, time.monotonic)
    return SurveyReport(
        recordings=tuple(map(_surveyed, request.footage, looked)),
        costs=(yield from _told(costs.measured(recipes, looked))),
        free_bytes=shutil.disk_usage(folder).free,
        contact_sheet=_write_sheet(folder, looked, predictor),
        base=request.base,
        settings=request.settings,
        settings_refused=refused,
        device=device,
    )


@dataclass(frozen=True)
class _Costs:
    """Measures recipes; those whose steps are alike, once."""

    trial: Path
    base: str
    device: str
    clock: Clock

    def measured(
        self, recipes: Recipes, looked: Sequence[Looked]
    ) -> Generator[Progress, None, tuple[RecipeCost, ...]]:
        canvases = canvases_of(looked)
        if canvases is None:
            return ()
        usable = [one.footage for one in looked if one.footage is not None and not one.refused]
        verdict = yield from self._verdict().run(usable)
        paces: dict[str, Pace] = {}
        found: list[RecipeCost] = []
        for name, recipe in recipes.items():
            kind = _kind_of_step(recipe)
            if kind not in paces:
                trial = Trial(self.trial, self.base, self.device, self.clock)
                paces[kind] = yield from trial.run(recipe, canvases)
            whole = cost(recipe, paces[kind], looked)
            found.append(
                RecipeCost(
                    recipe=name,
                    steps=recipe.steps,
                    seconds=whole.seconds + verdict,
                    disk_bytes=whole.disk_bytes,
                )
            )
        return tuple(found)

    def _verdict(self) -> VerdictTrial:
        return VerdictTrial(self.trial, self.base, self.device, self.clock)


def _kind_of_step(recipe: AdaptRecipe) -> str:
    """The same for recipes of which a step costs the same."""
    length = {"steps": 1, "frames": 1, "decay": 0.0, "save_every": 1}
    return recipe.model_copy(update=length).model_dump_json()


def _recipes(settings: Sequence[str]) -> tuple[Recipes, str]:
    """The shipped recipes with these settings, or as they are and why the settings are no good."""
    try:
        return {name: load_recipe(AdaptRecipe, name, settings) for name in RECIPES}, ""
    except BadInput as error:
        return {name: load_recipe(AdaptRecipe, name) for name in RECIPES}, str(error)


def _footage(one: FootageRequest) -> Footage:
    return Footage(one.recording, Box(*one.roi) if one.roi else None, one.stretches)


def _surveyed(request: FootageRequest, looked: Looked) -> SurveyedRecording:
    sampled, footage = looked.sampled, looked.footage
    length = 0 if footage is None or footage.length is None else footage.length
    return SurveyedRecording(
        id=request.id,
        name=request.recording.stem,
        frames=0 if footage is None else len(footage.unlabelled(length)),
        looked_at=sampled.looked_at,
        usable=len(sampled.kept),
        near_duplicates=sampled.near_duplicates,
        without_infant=sampled.without_infant,
        refused=looked.refused,
    )


def _write_sheet(folder: Path, looked: Sequence[Looked], predictor: Predictor) -> str:
    sheet = draw_sheet(looked, predictor.skeleton)
    if sheet is None:
        return ""
    bgr = cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR)
    encoded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    write_bytes(folder / SHEET_FILE, encoded.tobytes())
    return SHEET_FILE


def _told(work: Generator[Progress, None, Result]) -> Generator[AnyEvent, None, Result]:
    while True:
        try:
            step = next(work)
        except StopIteration as finished:
            return finished.value
        yield Progressed(done=step.done, total=step.total, activity=step.note.capitalize())
