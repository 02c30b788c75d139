"""Complexion, hair, eyes and hats."""

import numpy as np
import pytest

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.surface import Role
from core.synthesis.wardrobe.clothes import Clothes
from core.synthesis.wardrobe.garments.hats import HATS, headwear
from core.synthesis.wardrobe.looks.complexion import HAIRS, IRISES, TONES, Complexion
from core.synthesis.wardrobe.looks.hair import Hair
from core.synthesis.wardrobe.looks.hair_style import HairStyle
from core.synthesis.wardrobe.template.features import Features
from core.synthesis.wardrobe.template.wearer import Wearer
from core.synthesis.wardrobe.wardrobe import Wardrobe

Bodies = dict[tuple[str, str], PosedBody]


@pytest.fixture(params=[True, False], ids=["infant", "adult"])
def features(wardrobe: Wardrobe, request: pytest.FixtureRequest) -> Features:
    return wardrobe.tailor(request.param).features


def complexion(tone: float) -> Complexion:
    return Complexion(tone, 0.5, 0.2, 0.0, 0.5, "black", "brown")


def test_tones_reach_from_the_lightest_to_the_darkest():
    assert complexion(0.0).skin == pytest.approx(TONES[0])
    assert complexion(1.0).skin == pytest.approx(TONES[-1])
    brightness = [sum(complexion(tone).skin) for tone in np.linspace(0, 1, 20)]
    assert (np.diff(brightness) < 0).all()


def test_all_tones_occur_and_newborns_are_redder():
    rng = np.random.default_rng(0)
    newborns = [Complexion.drawn(0.0, rng) for _ in range(300)]
    older = [Complexion.drawn(15.0, rng) for _ in range(300)]
    tones = np.array([one.tone for one in newborns + older])
    assert (np.histogram(tones, 5, (0, 1))[0] > 40).all()
    assert np.mean([n.flush for n in newborns]) > np.mean([o.flush for o in older]) + 0.1
    assert {one.hair for one in older} <= set(HAIRS)
    assert {one.iris for one in older} == set(IRISES)


def test_palms_of_dark_people_are_lighter_and_lips_redder(features: Features):
    tint = complexion(0.9).tint(features)
    hands = features.masks["fingers"] > 0.9
    palms, backs = hands & (features.masks["palms"] > 0.9), hands & (features.masks["palms"] < 0.1)
    assert tint[palms].mean() > 1.4 * tint[backs].mean()
    lips = complexion(0.1).tint(features)[features.masks["lips"] > 0.9]
    assert len(lips) > 10
    assert (lips[:, 0] > 1.3 * lips[:, 1]).all()


def test_the_face_is_where_it_should_be(features: Features):
    points = features.anatomy.rest

    def middle(name: str) -> np.ndarray:
        weights = features.masks[name]
        return (points * weights[:, None]).sum(axis=0) / weights.sum()

    eyes = features.eyes.mean(axis=0)
    assert middle("brows")[2] > eyes[2] > middle("nose tip")[2] > middle("lips")[2]
    assert features.nose[1] < eyes[1] < features.ears[0, 1]  # the face looks along -Y
    for name in ("lips", "brows", "cheeks", "lids"):
        assert abs(middle(name)[0]) < 0.02 * features.eye_span


def test_hair_grows_on_the_skull_only(features: Features):
    inside = features.scalp(1.3, -0.8) > 0
    assert 0.03 < inside[features.anatomy.weight(BodyPart.HEAD) > 0.9].mean() < 0.8
    face = np.maximum.reduce([features.masks[one] for one in ("lips", "cheeks", "brows", "lids")])
    assert not inside[face > 0.5].any()
    assert not inside[features.masks["ears"] > 0.9].any()


def test_hair_stays_near_the_head(wardrobe: Wardrobe, bodies: Bodies):
    body = bodies["woman", "arms up"]
    tailor = wardrobe.tailor(is_infant=False)
    style = HairStyle("long hair", 1.0, 0.24, locks=200, lock_length=2.8)
    hair = Hair(tailor.features, style, None, np.random.default_rng(0))
    material = wardrobe.choose_outfit(body.physique, np.random.default_rng(0)).hair[1]
    surfaces = hair.surfaces(Wearer(tailor.anatomy, body), material)
    head = body.vertices[tailor.anatomy.weight(BodyPart.HEAD) > 0.9].mean(axis=0)
    for surface in surfaces:
        assert surface.role == Role.HAIR
        assert (surface.parts == BodyPart.HEAD).all()
        assert np.linalg.norm(surface.vertices - head, axis=1).max() < 0.4


def test_closed_eyes_keep_the_eyeballs(wardrobe: Wardrobe, bodies: Bodies):
    body = bodies["newborn", "standing"]
    outfit = wardrobe.choose_outfit(body.physique, np.random.default_rng(0))
    eyes = outfit.dress(body)[1]
    tailor = wardrobe.tailor(is_infant=True)
    for eye in (
        body.vertices[tailor.features.vertices("eye_front.L")],
        body.vertices[tailor.features.vertices("eye_front.R")],
    ):
        gaps = np.linalg.norm(eyes.vertices - eye.mean(axis=0), axis=1)
        assert gaps.min() < 0.02
    # The pupil is drawn in the tile's middle, onto which the eye's axis falls.
    albedo = eyes.material.albedo
    assert albedo[128, 128].max() < 40 < albedo[4, 4].min()


@pytest.mark.parametrize("name", list(HATS))
@pytest.mark.parametrize("person", ["newborn", "man"])
def test_hats_sit_on_the_head(wardrobe: Wardrobe, bodies: Bodies, name: str, person: str):
    body = bodies[person, "knees to belly"]
    is_infant = body.physique.is_infant
    tailor = wardrobe.tailor(is_infant)
    rng = np.random.default_rng(5)
    hat = headwear(tailor, name, rng, is_infant)
    outfit = wardrobe.outfit(body.physique, Clothes((), hat, name), rng)
    assert name in outfit.names
    dome = hat.surfaces(Wearer(tailor.anatomy, body))[0]
    assert (dome.parts == BodyPart.HEAD).all()
    eyes = np.concatenate([tailor.features.vertices(f"eye_front.{side}") for side in "LR"])
    assert not hat.covered[eyes].any()
    assert hat.covered.sum() > 100
    middle = body.vertices[hat.covered].mean(axis=0)
    away = dome.vertices - middle
    radius = np.linalg.norm(body.vertices[hat.covered] - middle, axis=1).max()
    assert np.linalg.norm(away, axis=1).max() < 2.2 * radius
    skin = outfit.skin[0].vertices
    assert not np.isin(np.flatnonzero(hat.covered), skin).all()
