"""The whole way from a number to a labelled picture; what production calls in its workers."""

from collections.abc import Iterator

import numpy as np

from core.shards.sample import (
    PICTURES_OF_ONE,
    SyntheticSample,
    person_sequence,
    seed_sequence,
)
from core.shards.set_request import ClipForm
from core.synthesis.body.body_model import BodyModel
from core.synthesis.render.renderer import Renderer
from core.synthesis.render.rendering import Visibility
from core.synthesis.room.furnish import Furnisher, RoomRequest
from core.synthesis.staging.casting import Actor, Casting
from core.synthesis.staging.shot import Shot, labels_of

_SHOTS = 6  # tries until the camera sees enough of the person
_FEWEST_SEEN = 5  # keypoints
_SPREAD = 8  # frames that show how far a movement reaches


class Stage:
    """Makes samples; keep one per process, it holds what all of them share."""

    def __init__(self, device: str = "cpu") -> None:
        """Load body, clothes and rooms.

        Raises:
            BadInput: the extra `synthetic` or the device is missing.
            NoSpace: the cache folder cannot be written.
        """
        self._renderer = Renderer(device)
        model = BodyModel.load()
        self._casting, self._furnisher = Casting(model), Furnisher(model)
        self._last: tuple[tuple[str, int, int], Actor] | None = None

    def sample(self, kind: str, seed: int, index: int, size: int, strange: bool) -> SyntheticSample:
        """The still of this number, `size` x `size` pixels; `kind` is adult or infant.

        A camera that sees hardly anything of the person is set up again, with other choices.
        """
        actor = self._actor(kind, seed, index)
        samples = (
            self._still(actor, (seed, index), (size, size), strange, rng)
            for rng in map(np.random.default_rng, seed_sequence(kind, seed, index).spawn(_SHOTS))
        )
        sample = next(samples)
        while _seen(sample) < _FEWEST_SEEN and (other := next(samples, None)) is not None:
            sample = other
        return sample

    def clip(
        self, seed: int, index: int, form: ClipForm, strange: bool
    ) -> Iterator[SyntheticSample]:
        """The frames of one clip: an infant on its back, filmed by a camera that stands still."""
        rng = np.random.default_rng(seed_sequence("clip", seed, index))
        actor = self._casting.actor(True, rng)
        motion = self._casting.motion(actor, (form.seconds, form.fps), rng)
        bodies = tuple(motion.body(frame) for frame in _spread(len(motion)))
        request = RoomRequest("supine", bodies, (form.width, form.height), strange)
        shot = Shot(actor, self._furnisher.furnish(request, rng), "supine", strange)
        labels = labels_of(shot, seed, index).model_copy(update={"clip": f"clip-{index:06d}"})
        for frame in range(form.frames):
            moment = labels.model_copy(update={"frame": frame, "time_s": frame / form.fps})
            light = np.random.default_rng(index)
            yield shot.taken(motion.body(frame), moment, self._renderer, rng, light)

    def _actor(self, kind: str, seed: int, index: int) -> Actor:
        """Who is in the picture of a number; the last one is kept for the number after it."""
        who = (kind, seed, index // PICTURES_OF_ONE)
        if self._last is None or self._last[0] != who:
            rng = np.random.default_rng(person_sequence(kind, seed, index))
            self._last = who, self._casting.actor(kind == "infant", rng)
        return self._last[1]

    def _still(
        self,
        actor: Actor,
        number: tuple[int, int],
        size: tuple[int, int],
        strange: bool,
        rng: np.random.Generator,
    ) -> SyntheticSample:
        posture = self._casting.posture(actor, rng)
        request = RoomRequest(posture.family, (posture.body,), size, strange, posture.props)
        room = self._furnisher.furnish(request, rng)
        shot = Shot(actor, room, posture.family, strange)
        return shot.taken(posture.body, labels_of(shot, *number), self._renderer, rng)


def _spread(frames: int) -> list[int]:
    """Frames between which the room must leave space for the movement."""
    return sorted({round(frame) for frame in np.linspace(0, frames - 1, _SPREAD)})


def _seen(sample: SyntheticSample) -> int:
    return sum(flag == Visibility.SEEN for flag in sample.labels.visibility)
