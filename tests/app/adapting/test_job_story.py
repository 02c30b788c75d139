"""The story of a job is what its events and its status say, also when work is done again."""

import pytest

from app.adapting.job_story import JobStory
from core.jobs.events import (
    Chosen,
    Failed,
    Finished,
    Judged,
    Pictured,
    Progressed,
    Started,
    Stopped,
    Trained,
    Warned,
)
from core.jobs.status import JobState, JobStatus


def trained(step: int, **losses: float) -> Trained:
    return Trained(step=step, total=100, losses=losses or {"source": 1 / step}, rate=1e-4)


def heard(*events) -> JobStory:
    story = JobStory()
    for event in events:
        story.hear(event)
    return story


def test_it_keeps_what_a_view_shows():
    story = heard(
        Started(pid=1),
        Progressed(done=3, total=9),
        Warned(text="a.mp4 is short."),
        Pictured(step=0, file="pictures/0.jpg"),
        trained(10, source=0.5, prior=-3.0),
        Warned(text="a.mp4 is short."),
        Chosen(step=10, score=2.0, base_score=1.0),
        trained(20, source=0.25),
        Judged(file="verdict.json"),
        Stopped(),
        Finished(),
    )
    assert [tuple(point) for point in story.losses["source"].points()] == [(10, 0.5), (20, 0.25)]
    assert [tuple(point) for point in story.losses["prior"].points()] == [(10, -3.0)]
    assert [point.value for point in story.rate.points()] == [1e-4, 1e-4]
    assert (story.step, story.steps) == (20, 100)
    assert story.pictures == {0: "pictures/0.jpg"}
    assert story.warnings == ["a.mp4 is short."]
    assert story.best is not None
    assert story.best.step == 10
    assert story.verdict == "verdict.json"


def test_a_training_that_goes_on_from_a_checkpoint_replaces_what_was_lost():
    story = heard(
        trained(10), trained(20), Pictured(step=20, file="a"), trained(30),
        Pictured(step=40, file="b"), Chosen(step=40, score=1, base_score=0), trained(40),
        Started(pid=2), trained(30, source=9.0),
    )  # fmt: skip
    assert [point.step for point in story.losses["source"].points()] == [10, 20, 30]
    assert story.losses["source"].newest == (30, 9.0)
    assert story.step == 30
    assert story.pictures == {20: "a"}
    assert story.best is None


def test_a_failure_is_told_until_it_starts_again():
    story = heard(Started(pid=1), Failed(reason="The disk is full.", details="Traceback"))
    story.see(JobStatus(state=JobState.FAILED))
    assert story.reason == "The disk is full."
    assert story.details == "Traceback"
    story.hear(Started(pid=2))
    story.see(JobStatus(state=JobState.RUNNING))
    assert story.reason == story.details == ""


@pytest.mark.parametrize(
    ("state", "activity", "is_training", "counted"),
    [
        (JobState.RUNNING, "Training", True, (20, 100)),
        (JobState.RUNNING, "", True, (20, 100)),
        (JobState.RUNNING, "Judging the new model", False, (7, 60)),
        (JobState.STOPPED, "Training", False, (20, 100)),
        (JobState.INTERRUPTED, "Judging the new model", False, (20, 100)),
    ],
)
def test_it_counts_steps_while_it_trains_and_frames_elsewhere(
    state, activity, is_training, counted
):
    story = heard(trained(20))
    story.see(JobStatus(state=state, activity=activity, done=7, total=60))
    assert story.is_training is is_training
    assert story.counted == counted
    assert story.fraction == counted[0] / counted[1]


def test_before_the_first_step_it_counts_frames():
    story = JobStory()
    assert story.fraction == 0.0
    story.see(JobStatus(state=JobState.RUNNING, activity="Choosing frames", done=5, total=20))
    assert story.counted == (5, 20)
