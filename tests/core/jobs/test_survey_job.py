"""A survey's job: what it leaves, what it costs, and what it refuses."""

import pytest

from core.errors import BadInput
from core.jobs.events import Progressed
from core.jobs.folder import JobFolder
from core.jobs.requests import FootageRequest, SurveyRequest
from core.jobs.survey_job import survey, surveyed
from core.jobs.survey_report import SHEET_FILE, SURVEY_FILE, SurveyReport, read_survey
from core.models.library import DEFAULT_POSE_MODEL
from core.training.survey import pace
from core.video.fingerprint import fingerprint
from core.video.image_folder import read_image
from tests.core.prediction.conftest import blob_card, network, predictor
from tests.core.training.survey.seen import WALL, asked, drained, kicking

__all__ = ["blob_card", "network", "predictor"]

# Steps as small as they can be; nothing held out, so that nothing is examined.
SMALL = ("batch=1", "teacher_views=1", "held_out=0")


def requested(*recordings, settings=SMALL, **about):
    footage = tuple(
        FootageRequest(id=number, recording=one.footage.path, fingerprint=one.fingerprint)
        for number, one in enumerate(recordings)
    )
    return SurveyRequest(footage=footage, base=DEFAULT_POSE_MODEL, settings=settings, **about)


def test_it_measures_what_each_recipe_takes(tmp_path, predictor, monkeypatch):
    monkeypatch.setattr(pace, "_STEPS", 2)
    request = requested(kicking(tmp_path / "kick", 6))
    job = JobFolder.create(tmp_path / "jobs", request)
    report, told = drained(surveyed(job.path, request, predictor, "cpu"))
    (found,) = report.recordings
    assert (found.name, found.frames, found.looked_at, found.usable) == ("kick", 6, 6, 6)
    quick, recommended, thorough = report.costs
    assert (quick.steps, recommended.steps, thorough.steps) == (60, 1200, 5000)
    # All three have the same kind of step, so only their numbers differ.
    a_step = (recommended.seconds - quick.seconds) / (1200 - 60)
    assert a_step > 0
    assert thorough.seconds - recommended.seconds == pytest.approx(3800 * a_step, rel=0.3)
    assert quick.disk_bytes > 570 * 400_000  # the synthetic infants alone
    assert read_image(job.path / report.contact_sheet).shape[2] == 3
    assert not (job.path / "trial").exists()
    activities = {event.activity for event in told if isinstance(event, Progressed)}
    assert {"Looking at the recordings", "Measuring what a step takes"} <= activities


def test_settings_that_are_no_good_are_told_in_a_sentence(tmp_path, predictor):
    request = requested(asked(tmp_path / "walls", [WALL] * 5), settings=("stepz=3",))
    report, _ = drained(surveyed(tmp_path, request, predictor, "cpu"))
    assert "stepz is no key of a adapt recipe" in report.settings_refused
    assert report.recordings[0].refused.startswith("No infant was found")
    assert report.costs == ()
    assert report.contact_sheet == ""
    assert not (tmp_path / SHEET_FILE).exists()


def test_a_survey_that_is_there_is_not_made_again(tmp_path):
    job = JobFolder.create(tmp_path, requested(kicking(tmp_path / "kick", 2)))
    report = SurveyReport(recordings=(), free_bytes=1)
    (job.path / SURVEY_FILE).write_text(report.model_dump_json())
    _, told = drained(survey(job, job.request))
    assert [event.kind for event in told] == ["started"]
    assert read_survey(job.path) == report


def test_a_stop_leaves_no_trial_behind(tmp_path, predictor):
    request = requested(kicking(tmp_path / "kick", 4))
    work = surveyed(tmp_path, request, predictor, "cpu")
    for event in work:
        if isinstance(event, Progressed) and event.activity == "Reading labels":
            break
    work.close()
    assert not (tmp_path / "trial").exists()


def test_a_damaged_report_is_told(tmp_path):
    (tmp_path / SURVEY_FILE).write_text("{")
    with pytest.raises(BadInput, match="missing or damaged"):
        read_survey(tmp_path)


def test_its_request_is_read_back_as_it_was(tmp_path):
    one = kicking(tmp_path / "kick", 2)
    request = requested(one, device="cpu")
    assert JobFolder.create(tmp_path / "jobs", request).request == request
    assert request.footage[0].fingerprint == fingerprint(one.footage.path)
