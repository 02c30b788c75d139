"""Drawn postures keep the limits, lie on their support, and come back with their seed."""

import numpy as np
import pytest

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.parts import BodyPart
from core.synthesis.body.physique import Physique
from core.synthesis.posture.adult_families import ADULT_FAMILIES, ADULT_STYLES
from core.synthesis.posture.collision import depths
from core.synthesis.posture.draw import TRIES, draw_posture, family_odds, styles_of
from core.synthesis.posture.figure import Figure
from core.synthesis.posture.figure_measuring import Figures
from core.synthesis.posture.infant_families import INFANT_FAMILIES, INFANT_STYLES
from core.synthesis.posture.settled_posture import SettledPosture
from core.synthesis.posture.stance import Stance, drawn_stance

TOUCHES = 0.015  # metres above the support
# How many parts of the body at least lie on the support.
LEAST_CONTACTS = {"supine": 2, "prone": 2, "side": 3, "sitting": 2, "crawling": 3, "standing": 2}
EVERYONE = [("baby_figure", name) for name in INFANT_STYLES]
EVERYONE += [("adult_figure", name) for name in ADULT_STYLES]


@pytest.fixture(scope="module")
def toddler(figures: Figures, body_model: BodyModel) -> Figure:
    return figures.of(body_model.shaped(Physique(13)))


def lows(posture: SettledPosture, model: BodyModel) -> dict[BodyPart, float]:
    """The height of the lowest skin of each part of the body."""
    height = posture.body.vertices[model.faces, 2].min(axis=1)
    return {part: float(height[model.parts == part].min()) for part in BodyPart if part}


@pytest.mark.parametrize(("who", "family"), EVERYONE)
def test_angles_stay_inside_the_limits(who: str, family: str, request):
    figure: Figure = request.getfixturevalue(who)
    lowest, highest = figure.limits
    for seed in range(3):
        angles = draw_posture(family, figure, np.random.default_rng(seed)).angles
        assert (angles >= lowest - 1e-6).all()
        assert (angles <= highest + 1e-6).all()


@pytest.mark.parametrize("family", LEAST_CONTACTS)
def test_infants_lie_on_their_support(family: str, toddler: Figure, body_model: BodyModel):
    for seed in range(4):
        posture = draw_posture(family, toddler, np.random.default_rng(seed))
        low = lows(posture, body_model)
        assert -0.02 <= min(low.values()) <= 0.005
        touching = [part for part, height in low.items() if height < TOUCHES]
        assert len(touching) >= LEAST_CONTACTS[family], (posture.style, seed)


@pytest.mark.parametrize("family", ["supine", "lying"])
def test_back_and_head_of_the_lying_touch(
    family: str, baby_figure: Figure, adult_figure: Figure, body_model: BodyModel
):
    figure = baby_figure if family == "supine" else adult_figure
    scale = figure.arm_length / baby_figure.arm_length
    for seed in range(4):
        low = lows(draw_posture(family, figure, np.random.default_rng(seed)), body_model)
        assert low[BodyPart.TORSO] < 0.02 * scale
        assert family == "lying" or low[BodyPart.HEAD] < 0.02


@pytest.mark.parametrize("family", ["standing", "walking", "bending"])
def test_adults_stand_on_their_feet(family: str, adult_figure: Figure, body_model: BodyModel):
    for seed in range(3):
        posture = draw_posture(family, adult_figure, np.random.default_rng(seed))
        low = lows(posture, body_model)
        lowest = min(low, key=low.__getitem__)
        assert lowest in (BodyPart.LEFT_FOOT, BodyPart.RIGHT_FOOT), posture.style
        assert -0.02 <= low[lowest] <= 0.005


@pytest.mark.parametrize(("who", "family"), EVERYONE)
def test_nothing_runs_through_the_body(who: str, family: str, request):
    figure: Figure = request.getfixturevalue(who)
    drawn = [draw_posture(family, figure, np.random.default_rng(seed)) for seed in range(5)]
    pressed = [one for one in drawn if one.note]
    assert len(pressed) <= 1, [(one.style, one.note) for one in pressed]


def test_what_is_noted_is_what_is_pressed(baby_figure: Figure):
    posture = draw_posture("supine", baby_figure, np.random.default_rng(0))
    placed = baby_figure.placed(posture.angles, posture.pose.rotations[0])
    assert (float(depths(placed).max()) <= 0) == (not posture.note)


def test_tries_end_when_nothing_is_ever_clear(baby_figure: Figure, monkeypatch):
    tried: list[Stance] = []

    def counted(figure, style, rng):
        tried.append(drawn_stance(figure, style, rng))
        return tried[-1]

    monkeypatch.setattr("core.synthesis.posture.draw.drawn_stance", counted)
    monkeypatch.setattr(Stance, "pressed", lambda stance: 0.05)
    posture = draw_posture("supine", baby_figure, np.random.default_rng(0))
    assert len(tried) == TRIES
    assert posture.note == "pressed in by 50 mm"


@pytest.mark.parametrize("family", ["supine", "sitting"])
def test_the_same_seed_gives_the_same_body(family: str, baby_figure: Figure):
    first, second = (draw_posture(family, baby_figure, np.random.default_rng(11)) for _ in range(2))
    assert np.array_equal(first.body.vertices, second.body.vertices)
    assert first.style == second.style


def test_left_is_as_frequent_as_right(baby_figure: Figure):
    down = [
        draw_posture("side", baby_figure, np.random.default_rng(seed)).body.joints[[6, 10], 2]
        for seed in range(12)
    ]
    is_on_left = [left < right for left, right in down]
    assert 2 <= sum(is_on_left) <= 10


def test_chairs_and_rails_come_with_those_who_need_them(adult_figure: Figure, toddler: Figure):
    seats = [draw_posture("sitting", adult_figure, np.random.default_rng(s)) for s in range(8)]
    chair = next(one for one in seats if one.style == "on a chair")
    assert [prop.name for prop in chair.props] == ["seat"]
    top = chair.props[0].centre[2] + chair.props[0].size[2] / 2
    assert 0.35 < top < 0.65
    rails = [draw_posture("standing", toddler, np.random.default_rng(s)) for s in range(8)]
    held = next(one for one in rails if one.style == "holding on")
    assert held.props[0].name == "rail"


def test_the_carried_are_off_the_floor(baby_figure: Figure):
    posture = draw_posture("held", baby_figure, np.random.default_rng(0))
    assert posture.body.vertices[:, 2].min() > 0.2
    assert posture.props[0].name == "arms"


def test_newborns_do_not_crawl(figures: Figures, body_model: BodyModel):
    newborn = figures.of(body_model.shaped(Physique(0.5)))
    assert set(family_odds(newborn)) == {"supine", "prone", "side", "held"}
    assert "on the hands" not in styles_of("prone", newborn)


def test_families_have_odds_and_styles(adult_figure: Figure):
    assert set(INFANT_FAMILIES) == set(INFANT_STYLES)
    assert set(ADULT_FAMILIES) == set(ADULT_STYLES)
    with pytest.raises(KeyError):
        draw_posture("supine", adult_figure, np.random.default_rng(0))
