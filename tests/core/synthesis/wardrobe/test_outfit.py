"""Whole outfits: decency, variety, determinism."""

from collections import Counter

import numpy as np
import pytest

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.physique import Physique
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.surface import Role
from core.synthesis.wardrobe.outfit import Outfit
from core.synthesis.wardrobe.wardrobe import Wardrobe

Bodies = dict[tuple[str, str], PosedBody]


@pytest.fixture(scope="module")
def infants(wardrobe: Wardrobe) -> list[Outfit]:
    return many(wardrobe, 0.0, 18.0)


@pytest.fixture(scope="module")
def adults(wardrobe: Wardrobe) -> list[Outfit]:
    return many(wardrobe, 220.0, 840.0)


def many(wardrobe: Wardrobe, youngest: float, oldest: float, count: int = 36) -> list[Outfit]:
    outfits = []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        physique = Physique(rng.uniform(youngest, oldest), *rng.random(5))
        outfits.append(wardrobe.choose_outfit(physique, rng))
    return outfits


def test_infants_wear_a_diaper_at_least(infants: list[Outfit]):
    assert all("diaper" in outfit.names[0] for outfit in infants)


def test_nobody_is_bare_below_the_waist(
    wardrobe: Wardrobe, bodies: Bodies, infants: list[Outfit], adults: list[Outfit]
):
    for outfits, person in ((infants, "toddler"), (adults, "woman")):
        body, anatomy = bodies[person, "standing"], outfits[0].anatomy
        crotch = np.linalg.norm(anatomy.points - anatomy.crotch, axis=1) < 0.02 * anatomy.stature
        front, below = body.vertices[crotch], body.normals[crotch]
        for outfit in outfits:
            clothes = [one.vertices for one in outfit.dress(body) if one.role == Role.CLOTHES]
            away = np.concatenate(clothes) - front[:, None]
            over = (away * below[:, None]).sum(axis=-1) > 0
            near = np.linalg.norm(away, axis=-1) < 0.1 * anatomy.stature
            # Skin that no surface shows needs no cloth right over it, as in a sleeping bag.
            gone = ~np.isin(np.flatnonzero(crotch), outfit.skin[0].vertices)
            assert ((over & near).any(axis=1) | gone).mean() > 0.6, outfit.names


def test_adults_cover_their_chest(adults: list[Outfit]):
    for outfit in adults:
        anatomy = outfit.anatomy
        height = anatomy.height / anatomy.trunk
        chest = (height > 0.5) & (height < 0.75) & (anatomy.weight(BodyPart.TORSO) > 0.99)
        front = chest & (anatomy.normals[:, 1] < -0.6) & (np.abs(anatomy.points[:, 0]) < 0.12)
        bare = np.isin(np.flatnonzero(front), outfit.skin[0].vertices)
        assert bare.mean() < 0.1, outfit.names


def test_clothes_vary_and_diapers_alone_stay_rare(infants: list[Outfit], adults: list[Outfit]):
    worn = Counter(name for outfit in infants for name in outfit.names)
    assert {"sleepsuit with feet", "T-shirt", "trousers", "socks"} <= set(worn)
    alone = sum(not any(is_garment(name) for name in outfit.names[1:]) for outfit in infants)
    assert 0.05 < alone / len(infants) < 0.35
    assert len(Counter(outfit.names for outfit in adults)) > 30


def is_garment(name: str) -> bool:
    others = ("socks", "mittens", "bib", "hat", "beanie", "bonnet", "hood", "hair", "bald", "fuzz")
    return not name.endswith(others)


def test_frames_of_a_clip_keep_the_clothes(wardrobe: Wardrobe, bodies: Bodies):
    for person in ("newborn", "man"):
        physique = bodies[person, "standing"].physique
        outfit = wardrobe.choose_outfit(physique, np.random.default_rng(7))
        standing, sitting = (outfit.dress(bodies[person, pose]) for pose in ("standing", "sitting"))
        assert len(standing) == len(sitting)
        for before, after in zip(standing, sitting, strict=True):
            assert before.material is after.material
            assert np.array_equal(before.faces, after.faces)
            assert np.allclose(before.uv, after.uv)
            assert before.vertices.dtype == before.uv.dtype == np.float32


def test_same_seed_same_clothes(wardrobe: Wardrobe, bodies: Bodies):
    body = bodies["toddler", "arms up"]
    first, second = (
        wardrobe.choose_outfit(body.physique, np.random.default_rng(11)) for _ in range(2)
    )
    assert first.names == second.names
    for one, other in zip(first.dress(body), second.dress(body), strict=True):
        assert np.array_equal(one.vertices, other.vertices)
        assert np.array_equal(one.material.albedo, other.material.albedo)


def test_clothes_move_with_the_body(wardrobe: Wardrobe, bodies: Bodies):
    body = bodies["toddler", "sitting"]
    outfit = wardrobe.choose_outfit(body.physique, np.random.default_rng(2))
    shift = np.array([0.7, -0.4, 0.2])
    for here, there in zip(outfit.dress(body), outfit.dress(body.moved(shift)), strict=True):
        assert np.allclose(there.vertices - here.vertices, shift, atol=2e-5)


def test_every_part_of_the_body_is_shown(wardrobe: Wardrobe, bodies: Bodies):
    for seed in range(6):
        body = bodies["newborn", "arms up"]
        outfit = wardrobe.choose_outfit(body.physique, np.random.default_rng(seed))
        surfaces = outfit.dress(body)
        assert {one.role for one in surfaces} <= {Role.SKIN, Role.CLOTHES, Role.HAIR}
        if "sleeping bag" not in outfit.names:
            shown = np.unique(np.concatenate([one.parts for one in surfaces]))
            assert set(shown) == set(BodyPart) - {BodyPart.NONE}
