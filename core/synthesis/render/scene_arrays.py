"""A scene's surfaces merged into arrays: the person's faces first, the surroundings' after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.parts import BodyPart
from core.synthesis.render.mip_chain import CHAIN, albedo_chain, bump_chain
from core.synthesis.surface import Material, Surface


@dataclass(frozen=True, eq=False)
class Textures:
    """The textures of M materials, one after the other.

    albedo (M * CHAIN, 3) uint8; heights float32, those of flat materials left out; albedo_start
    and heights_start (M,) int32 where each material's begin, heights_start -1 for flat ones.
    """

    albedo: NDArray[np.uint8]
    heights: NDArray[np.float32]
    albedo_start: NDArray[np.int32]
    heights_start: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class SceneArrays:
    """V vertices and F faces of S surfaces.

    surfaces: in the order of the faces; vertices (V, 3), uv (V, 2), tint (V, 3) float32; faces
    (F, 3) int32; face_surface (F,) int32; face_part (F + 1,) uint8, whose last value stands for
    no face (-1); person_faces: how many of the faces are the person's; material_of (S,) int32.
    """

    surfaces: tuple[Surface, ...]
    vertices: NDArray[np.float32]
    uv: NDArray[np.float32]
    tint: NDArray[np.float32]
    faces: NDArray[np.int32]
    face_surface: NDArray[np.int32]
    face_part: NDArray[np.uint8]
    person_faces: int
    material_of: NDArray[np.int32]
    textures: Textures


def merged(surfaces: Sequence[Surface]) -> SceneArrays:
    """Put all surfaces into one set of arrays; there may be none of either kind."""
    ordered = tuple(sorted(surfaces, key=lambda one: not one.role.is_person))
    materials = list({id(one.material): one.material for one in ordered}.values())
    place = {id(material): at for at, material in enumerate(materials)}
    counts = [len(one.faces) for one in ordered]
    return SceneArrays(
        surfaces=ordered,
        vertices=_joined([one.vertices for one in ordered], np.zeros((0, 3), np.float32)),
        uv=_joined([one.uv for one in ordered], np.zeros((0, 2), np.float32)),
        tint=_joined([_tint(one) for one in ordered], np.zeros((0, 3), np.float32)),
        faces=_faces(ordered),
        face_surface=np.repeat(np.arange(len(ordered), dtype=np.int32), counts),
        face_part=_parts(ordered),
        person_faces=sum(len(one.faces) for one in ordered if one.role.is_person),
        material_of=np.array([place[id(one.material)] for one in ordered], np.int32),
        textures=_textures(materials),
    )


def _joined(arrays: Sequence[NDArray[Any]], empty: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([empty, *arrays], dtype=empty.dtype)


def _tint(surface: Surface) -> NDArray[np.float32]:
    if surface.tint is not None:
        return surface.tint
    return np.ones((len(surface.vertices), 3), np.float32)


def _faces(surfaces: Sequence[Surface]) -> NDArray[np.int32]:
    starts = np.cumsum([0, *(len(one.vertices) for one in surfaces)], dtype=np.int32)
    shifted = [one.faces + start for one, start in zip(surfaces, starts[:-1], strict=True)]
    return _joined(shifted, np.zeros((0, 3), np.int32))


def _parts(surfaces: Sequence[Surface]) -> NDArray[np.uint8]:
    parts = [one.parts if one.role.is_person else np.zeros_like(one.parts) for one in surfaces]
    return np.concatenate([*parts, np.array([BodyPart.NONE], np.uint8)])


def _textures(materials: Sequence[Material]) -> Textures:
    heights = [bump_chain(one) for one in materials]
    starts = np.cumsum([0, *map(len, heights)])[:-1]
    has_bumps = np.array([len(one) > 0 for one in heights], bool)
    return Textures(
        albedo=_joined([albedo_chain(one) for one in materials], np.zeros((0, 3), np.uint8)),
        heights=_joined(heights, np.zeros(0, np.float32)),
        albedo_start=(CHAIN * np.arange(len(materials))).astype(np.int32),
        heights_start=np.where(has_bumps, starts, -1).astype(np.int32),
    )
