"""What the running view says, state by state."""

import pytest

from app.adapting.job_story import JobStory
from app.adapting.run_words import about, best_words, big_line, loss_words, state_words
from core.jobs.events import Chosen, Failed
from core.jobs.status import JobState, JobStatus
from tests.app.adapting.drawn import told


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "a few seconds"), (4.9, "a few seconds"), (5, "about 5 s"), (41, "about 40 s"),
        (95, "about 2 min"), (47 * 60, "about 47 min"), (89.4 * 60, "about 89 min"),
        (120 * 60, "about 2 h"), (131 * 60, "about 2 h 10 min"), (119 * 60, "about 2 h"),
    ],
)  # fmt: skip
def test_time_left(seconds, said):
    assert about(seconds) == said


def test_the_big_line_of_a_training():
    assert big_line(told(340)) == "Step 340 of 1,200, about 47 min left"
    assert big_line(told(340, state=JobState.STOPPED)) == "Step 340 of 1,200"
    assert big_line(told(340, state=JobState.FAILED)) == "It did not work"
    assert big_line(told(0, state=JobState.QUEUED)) == "Waiting for its turn"
    assert big_line(told(0, state=JobState.STOPPED)) == "Not begun yet"


def test_the_big_line_before_and_behind_it():
    story = JobStory()
    story.see(JobStatus(state=JobState.RUNNING))
    assert big_line(story) == "Getting ready"
    story.see(JobStatus(state=JobState.RUNNING, activity="Choosing frames", done=120, total=400))
    assert big_line(story) == "Choosing frames: 120 of 400"
    story = told(1200)
    story.see(JobStatus(state=JobState.RUNNING, activity="Judging", seconds_left=60))
    assert big_line(story) == "Judging, about 60 s left"


def test_states_in_words():
    assert state_words(told(340)) == "Training · 5.2 pictures a second"
    paused = "Paused at step 340 of 1,200. Nothing is lost, and no memory is held."
    assert state_words(told(340, state=JobState.STOPPED)) == paused
    story = told(340)
    story.is_finishing = True
    assert state_words(story).startswith("Ending early")
    story.hear(Failed(reason="The disk is full."))
    story.see(JobStatus(state=JobState.FAILED))
    assert state_words(story) == "The disk is full."


@pytest.mark.parametrize("state", list(JobState))
def test_every_state_has_words(state):
    assert big_line(told(10, state=state))
    assert state_words(told(10, state=state))


def test_the_best_so_far():
    story = JobStory()
    assert best_words(story) == ""
    story.hear(Chosen(step=0, score=1, base_score=1))
    assert best_words(story) == "Best so far: the base model as it is"
    story.hear(Chosen(step=1300, score=1, base_score=1))
    assert best_words(story) == "Best so far: the model after step 1,300"


def test_losses_have_plain_names():
    assert loss_words("consistency") == "against its teacher"
    assert loss_words("left_right") == "left right"
