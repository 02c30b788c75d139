"""One picture: a dressed body in a room, rendered, with all its labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.shards.sample import SampleLabels, SyntheticSample
from core.synthesis.body.annotated_places import annotated
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.render.renderer import Renderer
from core.synthesis.render.rendering import Rendering
from core.synthesis.room.moment import Moment
from core.synthesis.room.room import Room
from core.synthesis.scene import Person, Scene
from core.synthesis.staging.casting import Actor


@dataclass(frozen=True, eq=False)
class Shot:
    """Whom and where the camera takes; `posture` is the family's name."""

    actor: Actor
    room: Room
    posture: str
    strange: bool

    def taken(
        self,
        body: PosedBody,
        labels: SampleLabels,
        renderer: Renderer,
        rng: np.random.Generator,
        light_rng: np.random.Generator | None = None,
    ) -> SyntheticSample:
        """The picture of one moment; `labels` says which, and is completed.

        Frames of a clip want `light_rng` in one state for all, or soft shadows would flicker.
        """
        dressed = self.actor.outfit.dress(body)
        around = self.room.at(Moment(body, dressed, labels.time_s))
        scene = Scene(
            (*dressed, *around),
            Person(annotated(body.keypoints), body.thickness),
            self.room.camera,
            self.room.lighting,
            self.room.finish,
            self.room.background,
        )
        seen = renderer.render(scene, rng, light_rng)
        return SyntheticSample(
            self._completed(labels, body, seen), seen.image, seen.parts, seen.full, seen.depth
        )

    def _completed(self, labels: SampleLabels, body: PosedBody, seen: Rendering) -> SampleLabels:
        camera = self.room.camera
        return labels.model_copy(
            update={
                "xy": _pairs(seen.xy),
                "xyz": [_triple(point) for point in camera.to_camera(annotated(body.keypoints))],
                "visibility": [int(flag) for flag in seen.visibility],
            }
        )


def labels_of(shot: Shot, seed: int, index: int) -> SampleLabels:
    """What is the same in all frames of a shot; keypoints are still empty."""
    camera, physique = shot.room.camera, shot.actor.figure.physique
    return SampleLabels(
        kind="infant" if shot.actor.is_infant else "adult",
        seed=seed,
        index=index,
        width=camera.width,
        height=camera.height,
        xy=[],
        xyz=[],
        visibility=[],
        posture=shot.posture,
        months=physique.months,
        clothing=list(shot.actor.outfit.names),
        surroundings=list(shot.room.names),
        strange=shot.strange,
        focal=camera.focal,
        camera_position=_triple(camera.position),
        camera_rotation=[float(number) for number in camera.rotation.ravel()],
    )


def _pairs(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in points]


def _triple(point: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(point[0]), float(point[1]), float(point[2])
