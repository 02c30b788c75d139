from pathlib import Path

import cv2
import pytest

from core.models.library import ModelLibrary
from core.progress import Progress
from core.training.data.target_footage import Footage
from core.verdict.judge import JudgeTask, judge
from core.verdict.report import VERDICT_FILE, VerdictReport
from core.verdict.report_file import read_report
from core.video.source import open_video

ADULTS, INFANTS = "movenet_thunder", "infant_pose"


def judged(task: JudgeTask) -> tuple[list[Progress], VerdictReport]:
    told: list[Progress] = []
    work = judge(task)
    while True:
        try:
            told.append(next(work))
        except StopIteration as finished:
            return told, finished.value


def task_of(job: Path, kept_back: tuple[Footage, ...], step: int = 40) -> JudgeTask:
    model = ModelLibrary.standard().find(INFANTS).path
    return JudgeTask(job, ADULTS, model, kept_back, step, most=4)


def test_judges_two_models_on_the_end_of_a_film(tmp_path: Path, demo_recording: Path) -> None:
    kept = Footage(demo_recording, stretches=((180, 184),), length=200)

    told, report = judged(task_of(tmp_path, (kept,)))

    assert read_report(tmp_path / VERDICT_FILE) == report
    assert report.held_out == 4
    assert [one.name for one in report.recordings] == ["infant_demo.mp4"]
    names = {number.name for number in report.overall}
    assert names >= {"agreement", "kept", "views", "jitter", "bones", "plausibility", "silhouette"}
    assert all(number.low is not None for number in report.overall)
    assert report.forgetting is not None
    assert not report.labelled
    assert {one.note for one in told} >= {"comparing both models", "checking what is still known"}
    assert len(report.pictures) == 4
    for picture in report.pictures:
        assert 180 <= picture.frame < 184
        shape = cv2.imread(str(tmp_path / picture.file)).shape
        assert shape[1] > 2 * shape[0] * 0.9
    with open_video(tmp_path / report.video) as film:
        assert film.info.frame_count == 4


@pytest.mark.parametrize(
    ("step", "outcome", "said"), [(0, "not_better", "nothing better"), (40, "unclear", "too short")]
)
def test_says_so_where_there_is_nothing_to_judge(
    tmp_path: Path, step: int, outcome: str, said: str
) -> None:
    told, report = judged(task_of(tmp_path, (), step))

    assert not told
    assert report.outcome == outcome
    assert said in report.sentence
    assert "keep the old model" in report.sentence
    assert read_report(tmp_path / VERDICT_FILE) == report
