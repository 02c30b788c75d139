"""A look into a job's folder that is older than the job's start says nothing of it."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from app.jobs import job_watcher
from app.jobs.look import Seen, Unseen, Wanted, look
from core.jobs.folder import JobFolder
from core.jobs.status import JobState
from core.pose.skeleton import Skeleton
from tests.app.opened import made_track
from tests.app.windows import FakeWorkers, StudioMaker, predict_all, show_recording

_SECONDS = 20.0


def test_a_job_is_not_started_again_by_an_old_look(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_looked, may_tell, start = Event(), Event(), FakeWorkers.start

    def late_start(workers: FakeWorkers, folder: JobFolder) -> None:
        assert has_looked.wait(_SECONDS)
        start(workers, folder)

    def late_look(wanted: Sequence[Wanted], skeleton: Skeleton) -> list[Seen | Unseen]:
        seen = look(wanted, skeleton)
        has_looked.set()
        assert may_tell.wait(_SECONDS)
        return seen

    monkeypatch.setattr(FakeWorkers, "start", late_start)
    monkeypatch.setattr(job_watcher, "look", late_look)
    studio = open_studio()
    show_recording(studio, qtbot, clip)
    qtbot.waitUntil(lambda: studio.desk.watcher.jobs()[0].state is JobState.RUNNING)
    may_tell.set()
    predict_all(studio, qtbot, made_track())
    assert len(studio.workers.started) == 1
