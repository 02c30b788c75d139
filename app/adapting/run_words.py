"""What the running view says of a job, in plain words; knows no Qt."""

from typing import Final

from app.adapting.job_story import JobStory
from core.jobs.status import JobState

LOSS_WORDS: Final = {
    "consistency": "against its teacher",
    "source": "synthetic labels",
    "target": "your corrections",
    "prior": "infant pose prior",
    "visibility": "silhouette",
    "total": "all together",
}


def loss_words(name: str) -> str:
    """A loss as users call it; one that nobody named here keeps its own name."""
    return LOSS_WORDS.get(name, name.replace("_", " "))


def big_line(story: JobStory) -> str:
    """How far it is and how long it takes, in one line."""
    if story.state in _HEADLINES:
        return _HEADLINES[story.state]
    done, total = story.counted
    left = "" if story.status.seconds_left is None else f", {about(story.status.seconds_left)} left"
    if story.steps and (story.is_training or story.state is not JobState.RUNNING):
        return f"Step {done:,} of {total:,}{left}"
    if story.state is not JobState.RUNNING:
        return "Not begun yet"
    counted = f": {done:,} of {total:,}" if total else ""
    return f"{story.status.activity or 'Getting ready'}{counted}{left}"


def state_words(story: JobStory) -> str:
    """What it is doing, and what that means for the user."""
    if story.state is JobState.RUNNING:
        return _running(story)
    at = f" at step {story.step:,} of {story.steps:,}" if story.steps else ""
    return {
        JobState.QUEUED: "One adaptation runs at a time; it begins as soon as it can.",
        JobState.STOPPING: "Pausing: it finishes the step it is at, and saves.",
        JobState.STOPPED: f"Paused{at}. Nothing is lost, and no memory is held.",
        JobState.INTERRUPTED: f"Interrupted{at}. It goes on from what it saved last.",
        JobState.DONE: "The new model and the verdict on it are there.",
        JobState.FAILED: story.reason or "It ended without saying why.",
    }[story.state]


def best_words(story: JobStory) -> str:
    """What would become the model if it ended now; nothing before there is a comparison."""
    if story.best is None:
        return ""
    if story.best.step == 0:
        return "Best so far: the base model as it is"
    return f"Best so far: the model after step {story.best.step:,}"


def about(seconds: float) -> str:
    """A rough duration: "a few seconds", "about 40 s", "about 47 min", "about 2 h 10 min"."""
    if seconds < 5:
        return "a few seconds"
    if seconds < 90:
        return f"about {round(seconds / 5) * 5} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} min"
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    return f"about {hours} h {rest} min" if rest else f"about {hours} h"


def _running(story: JobStory) -> str:
    if story.is_finishing:
        return "Ending early: the best so far becomes the model, then comes the verdict."
    if not story.is_training:
        return "You can go on working, or close the window: it goes on without it."
    said = story.status.activity or "Training"
    pace = story.pictures_per_second
    return f"{said} · {pace:.3g} pictures a second" if pace else said


_HEADLINES: Final = {
    JobState.QUEUED: "Waiting for its turn",
    JobState.FAILED: "It did not work",
    JobState.DONE: "Done",
}
