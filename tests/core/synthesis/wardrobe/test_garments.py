"""Every garment on every body, in poses that cloth finds hard."""

from collections.abc import Callable

import numpy as np
import pytest

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.cloth.fabrics import woven
from core.synthesis.cloth.palettes import solid
from core.synthesis.surface import Role, Surface
from core.synthesis.wardrobe.clothes import Clothes
from core.synthesis.wardrobe.garments import adult_wear, infant_extras, infant_wear
from core.synthesis.wardrobe.outfit import Outfit
from core.synthesis.wardrobe.sewing.cloth_piece import ClothPiece
from core.synthesis.wardrobe.sewing.pattern import Fit, Pattern
from core.synthesis.wardrobe.sewing.shell import Shell
from core.synthesis.wardrobe.sewing.tailor import Tailor
from core.synthesis.wardrobe.template.wearer import Wearer
from core.synthesis.wardrobe.wardrobe import Wardrobe

Bodies = dict[tuple[str, str], PosedBody]
Maker = Callable[[Tailor, np.random.Generator], Pattern]

INFANT: dict[str, Maker] = {
    name: getattr(module, name)
    for module, names in (
        (infant_wear, ("bodysuit", "sleepsuit", "shirt", "trousers", "cardigan", "dress")),
        (infant_extras, ("diaper", "socks", "mittens", "bib", "sleeping_bag")),
    )
    for name in names
}
ADULT: dict[str, Maker] = {
    "jacket": adult_wear.jacket,
    "skirt": adult_wear.skirt,
    "dress": adult_wear.dress,
    **{name: (lambda t, rng, name=name: adult_wear.top(t, name, rng)) for name in adult_wear.TOPS},
    **{n: (lambda t, rng, n=n: adult_wear.bottom(t, n, rng)) for n in adult_wear.BOTTOMS},
    **{n: (lambda t, rng, n=n: adult_wear.footwear(t, n, rng)) for n in ("socks", "shoes")},
}
GARMENTS = [*(("infant", n) for n in INFANT), *(("adult", n) for n in ADULT)]
POSES = ("standing", "arms up", "knees to belly", "sitting")


def worn(wardrobe: Wardrobe, body: PosedBody, maker: Maker, seed: int = 0) -> Outfit:
    """An outfit of just this garment."""
    rng = np.random.default_rng(seed)
    pattern = maker(wardrobe.tailor(body.physique.is_infant), rng)
    return wardrobe.outfit(body.physique, Clothes((pattern,)), rng)


def clothes_of(outfit: Outfit, body: PosedBody) -> list[Surface]:
    return [one for one in outfit.dress(body) if one.role == Role.CLOTHES]


def areas(surface: Surface) -> np.ndarray:
    a, b, c = (surface.vertices[surface.faces[:, corner]].astype(float) for corner in range(3))
    return np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2


@pytest.mark.parametrize(("age", "name"), GARMENTS)
def test_every_garment_dresses_everybody(wardrobe: Wardrobe, bodies: Bodies, age: str, name: str):
    maker = (INFANT if age == "infant" else ADULT)[name]
    for (person, pose), body in bodies.items():
        if body.physique.is_infant != (age == "infant"):
            continue
        surfaces = clothes_of(worn(wardrobe, body, maker), body)
        assert surfaces, name
        for surface in surfaces:
            assert np.isfinite(surface.vertices).all(), (person, pose)
            assert np.isfinite(surface.uv).all()
            assert areas(surface).min() > 0, (person, pose)
            assert (surface.parts > BodyPart.NONE).all()
            assert len(surface.parts) == len(surface.faces)


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize(
    ("person", "name"),
    [("heavy infant", "bodysuit"), ("newborn", "sleepsuit"), ("toddler", "diaper"),
     ("toddler", "trousers"), ("woman", "leggings"), ("man", "hoodie")],
)  # fmt: skip
def test_skin_never_comes_through(
    wardrobe: Wardrobe, bodies: Bodies, person: str, name: str, pose: str
):
    body = bodies[person, pose]
    outfit = worn(wardrobe, body, {**ADULT, **INFANT}[name])
    shell = main_shell(outfit)
    over, skin = same_places(shell.template, outfit.anatomy.points)
    cloth = shell.vertices(Wearer(outfit.anatomy, body))
    height = ((cloth[over] - body.vertices[skin]) * body.normals[skin]).sum(axis=1)
    assert len(skin) > 100
    assert height.min() > 0


@pytest.mark.parametrize("is_infant", [True, False])
def test_hems_run_along_one_line(wardrobe: Wardrobe, is_infant: bool):
    tailor = wardrobe.tailor(is_infant)
    anatomy = tailor.anatomy
    lines = np.minimum(anatomy.below(0.3), anatomy.leg(1.5))
    cloth = woven(np.random.default_rng(0), ("cotton", "plain"), solid(0.5, 0.5, 0.5), 0.2)
    pattern = Pattern("trousers", lines, Fit(), cloth)
    (piece,), _ = tailor.sewn((pattern,), np.random.default_rng(0))
    assert isinstance(piece, ClothPiece)
    hem = open_edge(piece.shell)
    left = hem * np.where(hem[:, :1] < 0, [-1, 1, 1], 1)
    height = hem[:, 2] - anatomy.joints["left_hip"][2]
    along = (left - anatomy.joints["left_hip"]) @ anatomy.leg_axis
    waist, knee = height - 0.3 * anatomy.trunk, along - np.dot((1, 0.5), anatomy.leg_lengths)
    off = np.minimum(np.abs(waist), np.abs(knee))
    # A saw-tooth edge of whole triangles would be off by a hundredth of the stature.
    assert off.max() < 0.001 * anatomy.stature
    assert (np.abs(waist) < off.max()).sum() > 30 < (np.abs(knee) < off.max()).sum()


def test_sleepsuit_feet_go_around_the_feet(wardrobe: Wardrobe, bodies: Bodies):
    for seed in range(20):
        outfit = worn(wardrobe, bodies["newborn", "standing"], INFANT["sleepsuit"], seed)
        if "sleepsuit with feet" in outfit.names:
            break
    for pose in POSES:
        body = bodies["newborn", pose]
        skin, *others = outfit.dress(body)
        is_foot = np.isin(outfit.anatomy.model.parts, [BodyPart.LEFT_FOOT, BodyPart.RIGHT_FOOT])
        # Some of the ankle is kept, deep inside.
        bare = np.isin(skin.parts, [BodyPart.LEFT_FOOT, BodyPart.RIGHT_FOOT])
        assert bare.sum() < 0.06 * is_foot.sum()
        for part in (BodyPart.LEFT_FOOT, BodyPart.RIGHT_FOOT):
            bag = next(one for one in others if (one.parts == part).all())
            foot = body.vertices[outfit.anatomy.weight(part) > 0.99]
            low, high = bag.vertices.min(axis=0), bag.vertices.max(axis=0)
            assert (foot > low - 0.002).all()
            assert (foot < high + 0.002).all()


def test_parts_stay_on_their_side(wardrobe: Wardrobe, bodies: Bodies):
    for person, name in (("toddler", "sleepsuit"), ("toddler", "socks"), ("woman", "dress")):
        body = bodies[person, "standing"]
        size = np.ptp(body.rest_vertices[:, 2])
        maker = ADULT[name] if person == "woman" else INFANT[name]
        for surface in clothes_of(worn(wardrobe, body, maker), body):
            middle = surface.vertices[surface.faces].mean(axis=1)[:, 0]
            names = np.array([BodyPart(part).name.split("_")[0] for part in surface.parts])
            assert (middle[names == "LEFT"] > -0.02 * size).all()
            assert (middle[names == "RIGHT"] < 0.02 * size).all()


def main_shell(outfit: Outfit) -> Shell:
    """The shell with the most faces: the garment itself, not its trims."""
    shells = [one.shell for one in outfit.pieces if isinstance(one, ClothPiece)]
    return max(shells, key=lambda shell: len(shell.faces))


def same_places(some: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Indices of equal rows of two arrays of points."""
    at = {point.tobytes(): number for number, point in enumerate(others.astype(np.float32))}
    pairs = [
        (n, at[p.tobytes()]) for n, p in enumerate(some.astype(np.float32)) if p.tobytes() in at
    ]
    first, second = np.array(pairs).T
    return first, second


def open_edge(shell: Shell) -> np.ndarray:
    """Places on the template of edges that one face has; seams and rims are sewn together."""
    places, at = np.unique(shell.template.round(6), axis=0, return_inverse=True)
    faces = at.reshape(-1)[shell.faces]
    sides = np.sort(np.stack([faces, np.roll(faces, -1, axis=1)], axis=-1), axis=-1)
    is_face = (sides[..., 0] != sides[..., 1]).all(axis=1)  # rims have no width there
    edges, count = np.unique(sides[is_face].reshape(-1, 2), axis=0, return_counts=True)
    return places[np.unique(edges[count == 1])]
