"""How long a whole adaptation takes and how much room it wants, by the pace of a short one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from core.training.adapt_recipe import AdaptRecipe
from core.training.choice.held_out import held_out_numbers
from core.training.data.footage import open_length, shares
from core.training.survey.looking import Looked
from core.training.survey.pace import Pace


@dataclass(frozen=True)
class Cost:
    """Seconds of work, and bytes of the job's folder at its largest."""

    seconds: float
    disk_bytes: int


def cost(recipe: AdaptRecipe, pace: Pace, looked: Sequence[Looked]) -> Cost:
    """What adapting to these recordings takes; frames turn out as they did in the sample.

    Raises ValueError if no frame was looked at.
    """
    counts = _frames(recipe, looked)
    kept = [_kept(one, count) for one, count in zip(looked, counts, strict=True)]
    checkpoints = ceil(recipe.steps / recipe.save_every)
    pictures = 0 if recipe.pictures_every == 0 else 1 + checkpoints
    held_out = _held_out(recipe, kept)
    seconds = (
        pace.start
        + sum(counts) * _seconds_of_frame(looked)
        + pace.source
        + recipe.steps * pace.step
        + checkpoints * pace.saved
        + (1 + checkpoints) * held_out * pace.examined  # the base is examined too
        + pictures * pace.pictured
    )
    canvases = sum(kept) + pace.source_canvases
    room = canvases * pace.canvas_bytes + pictures * pace.picture_bytes + pace.kept_bytes
    return Cost(seconds, room)


def _frames(recipe: AdaptRecipe, looked: Sequence[Looked]) -> list[int]:
    """How many frames of each recording are looked at."""
    usable = [one.footage for one in looked if one.footage is not None]
    wanted = iter(shares(usable, recipe.frames) if usable else ())
    return [
        0 if one.footage is None else min(next(wanted), open_length(one.footage)) for one in looked
    ]


def _kept(looked: Looked, count: int) -> int:
    sampled = looked.sampled
    return round(count * len(sampled.kept) / sampled.looked_at) if sampled.looked_at else 0


def _held_out(recipe: AdaptRecipe, kept: Sequence[int]) -> int:
    groups = [str(number) for number, count in enumerate(kept) for _ in range(count)]
    return len(held_out_numbers(groups, recipe.held_out, recipe.seed)) if groups else 0


def _seconds_of_frame(looked: Sequence[Looked]) -> float:
    frames = sum(one.sampled.looked_at for one in looked)
    if not frames:
        raise ValueError("no frame was looked at")
    return sum(one.seconds for one in looked) / frames
