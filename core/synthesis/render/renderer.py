"""Takes pictures of scenes, with their labels."""

import numpy as np

from core.synthesis.render.finish import finished
from core.synthesis.render.keypoint_visibility import KeypointRays, visibility_of
from core.synthesis.render.rendering import Rendering
from core.synthesis.render.scene_arrays import merged
from core.synthesis.render.warp_runtime import check_device, start_warp
from core.synthesis.scene import Scene


class Renderer:
    """Takes pictures on one device, "cpu" or "cuda"; the first one compiles for some seconds."""

    def __init__(self, device: str = "cpu") -> None:
        """Start Warp; raises BadInput where it or the device is missing."""
        start_warp()
        check_device(device)
        from core.synthesis.render.exposure import expose  # needs Warp to be there

        self._expose = expose
        self._device = device

    def render(
        self,
        scene: Scene,
        rng: np.random.Generator,
        light_rng: np.random.Generator | None = None,
    ) -> Rendering:
        """Take one picture; the same scene and the same state of `rng` give the same bytes.

        light_rng: draws where lamps and sky are sampled, instead of `rng`; in the same state for
        all frames of a clip, it keeps the light from flickering.
        """
        arrays = merged(scene.surfaces)
        shifts = (light_rng or rng).random((len(scene.lighting.lamps) + 1, 2), np.float32)
        exposed = self._expose(scene, arrays, shifts, self._device)
        hits = exposed.keypoint_hits
        rays = KeypointRays(hits["depth"], hits["person"], arrays.face_part[hits["face"]])
        return Rendering(
            image=finished(exposed.light, scene.finish, rng),
            parts=arrays.face_part[exposed.face],
            full=exposed.full,
            depth=exposed.depth,
            xy=scene.camera.project(scene.person.keypoints),
            visibility=visibility_of(scene.person, scene.camera, rays),
        )
