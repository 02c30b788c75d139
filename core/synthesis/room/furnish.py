"""Choose and build the room for a person who is already posed."""

from dataclasses import dataclass

import numpy as np

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.camera import Camera
from core.synthesis.room.backdrop import Outlook, indoors
from core.synthesis.room.camera_faults import draw_finish
from core.synthesis.room.carer import held, reaching
from core.synthesis.room.carers import Carers
from core.synthesis.room.drape import covering
from core.synthesis.room.layer import Layer
from core.synthesis.room.light import draw_lighting
from core.synthesis.room.outdoors import draw_sky, outdoors
from core.synthesis.room.props import Prop, furniture_for
from core.synthesis.room.room import Room
from core.synthesis.room.strangeness import Strangeness
from core.synthesis.room.subject import Subject
from core.synthesis.room.supports import draw_support
from core.synthesis.room.toy_places import play_gym, toy_on, toys_around
from core.synthesis.room.viewpoint import direction, draw_view, placed
from core.synthesis.surface import Role

_CHANCES = {"toys": 0.4, "gym": 0.3, "blanket": 0.2, "toy on": 0.05, "hand": 0.13}
_STEEP = 0.5  # sine of the camera's height from which a blanket leaves something to be seen
_LYING = ("supine", "prone", "side")
_OUTDOORS = 0.45  # chance for adults
_DARK = (0.35, 0.33, 0.3)


@dataclass(frozen=True, eq=False)
class RoomRequest:
    """Whom the room is for.

    family: the posture's name; bodies: one pose, or several that span a clip's movement, resting
    on z = 0; size: the picture's width and height; strange: an odd room for adaptation tests;
    props: seats and rails that the posture needs.
    """

    family: str
    bodies: tuple[PosedBody, ...]
    size: tuple[int, int] = (256, 256)
    strange: bool = False
    props: tuple[Prop, ...] = ()


class Furnisher:
    """Builds rooms; keep one, it holds what all rooms share."""

    def __init__(self, model: BodyModel) -> None:
        """The body model lends carers their bodies."""
        self._carers = Carers(model)

    def furnish(self, request: RoomRequest, rng: np.random.Generator) -> Room:
        """A room with camera and light for this person; all choices come from `rng`."""
        subject = Subject(request.bodies, request.family)
        odd = Strangeness.drawn(rng) if request.strange else Strangeness()
        view = odd.view(draw_view(subject, rng), rng)
        camera = placed(view, subject, request.size)
        towards = direction(view, subject)
        outside = not subject.is_infant and rng.random() < _OUTDOORS
        whole = self._surroundings(subject, camera, request.props, outside, rng)
        lighting, light = draw_lighting(rng, towards, outside)
        side = max(request.size)
        return Room(
            fixed=odd.surfaces(whole.surfaces, rng),
            followers=whole.followers,
            camera=camera,
            lighting=odd.lighting(lighting, towards, rng),
            finish=odd.finish(draw_finish(rng, side), rng, side),
            background=draw_sky(rng) if outside else _DARK,
            names=(*whole.names, light, view.name, *odd.kinds),
        )

    def _surroundings(
        self,
        subject: Subject,
        camera: Camera,
        props: tuple[Prop, ...],
        outside: bool,
        rng: np.random.Generator,
    ) -> Layer:
        """Support, room and extras."""
        support = furniture_for(subject, props, rng)
        if subject.is_infant or subject.family == "lying":
            support = draw_support(subject, rng, camera, bool(support.names)) + support
        outlook = _outlook(subject, support, camera)
        around = outdoors(outlook, rng) if outside else indoors(outlook, rng)
        extras = self._extras(subject, support, camera, rng) if subject.is_infant else Layer()
        return support + around + extras

    def _extras(
        self, subject: Subject, support: Layer, camera: Camera, rng: np.random.Generator
    ) -> Layer:
        """Toys, blankets and hands."""
        layer = held(subject, self._carers, rng) if subject.family == "held" else Layer()
        beds = tuple(one for one in support.surfaces if one.role == Role.SUPPORT)
        lies = subject.family in _LYING
        if rng.random() < _CHANCES["toys"]:
            layer += toys_around(subject, beds, rng, int(rng.integers(1, 6)))
        if lies and rng.random() < _CHANCES["gym"] and "play mat" in support.names:
            layer += play_gym(subject, camera, rng)
        high = -camera.rotation[2, 2] > _STEEP
        if lies and high and beds and rng.random() < _CHANCES["blanket"]:
            layer += covering(subject, beds, rng)
        elif lies and len(subject.bodies) == 1 and rng.random() < _CHANCES["toy on"]:
            layer += toy_on(subject, rng)
        if subject.family != "held" and rng.random() < _CHANCES["hand"]:
            layer += reaching(subject, self._carers, camera, rng)
        return layer


def _outlook(subject: Subject, support: Layer, camera: Camera) -> Outlook:
    gaze = camera.rotation[2]
    flat = np.array([gaze[0], gaze[1], 0.0])
    reach = [float(np.linalg.norm((subject.high - subject.low)[:2])) / 2]
    reach += [
        float(np.abs(one.vertices[:, :2] - subject.middle[:2]).max()) for one in support.surfaces
    ]
    # The steepest ray is the one through the top corner: does it meet the floor before a wall?
    half = float(np.arctan(np.hypot(camera.width, camera.height) / 2 / camera.focal))
    lowest = float(np.arcsin(-gaze[2])) - half
    sight = np.inf if lowest < 0.02 else (camera.position[2] + support.drop) / np.tan(lowest)
    away = flat / np.linalg.norm(flat)
    behind = float((camera.position - subject.middle) @ away)
    return Outlook(subject.middle, away, -support.drop, max(reach), float(sight + behind))
