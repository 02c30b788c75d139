"""Draw a posture of a family for one person, settled in the world and free of self-collision."""

import numpy as np

from core.synthesis.body.parts import BodyPart
from core.synthesis.body.pose import JOINTS
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.posture.adult_families import ADULT_FAMILIES, ADULT_STYLES
from core.synthesis.posture.figure import ARMS, Array, Figure
from core.synthesis.posture.infant_families import (
    INFANT_FAMILIES,
    INFANT_STYLES,
    YOUNGEST,
)
from core.synthesis.posture.joint_angles import INDEX
from core.synthesis.posture.limb_styles import Odds
from core.synthesis.posture.settled_posture import Prop, SettledPosture
from core.synthesis.posture.stance import Stance, drawn_stance
from core.synthesis.posture.styles import Family, Style, Support, pick

TRIES = 4  # then the try with the least self-collision is taken, and a note says so
CARRIED_HEIGHT, JUMP = (0.3, 0.8), (0.02, 0.4)  # metres between the floor and a body in the air
MOST_SINKING = 0.008  # metres that the support gives way
FINGERS_GIVE = 0.009  # metres
ARMS_BOX = (0.4, 0.2, 0.3)  # metres
RAIL, SEAT = (0.9, 0.18, 0.04), (0.45, 0.4, 0.06)  # metres; width, depth and thickness

_LIMBS = tuple(joint for joint in JOINTS if joint.partition("_")[0] in ("left", "right"))


def family_odds(figure: Figure) -> Odds:
    """How often a person of this age is seen in each family of postures."""
    if not figure.physique.is_infant:
        return ADULT_FAMILIES
    months = figure.physique.months
    return {name: odds for name, odds in INFANT_FAMILIES.items() if months >= YOUNGEST[name]}


def styles_of(family: str, figure: Figure) -> Family:
    """The styles of a family that a person of this age manages.

    Raises:
        KeyError: nobody of this age takes such postures.
    """
    known = INFANT_STYLES if figure.physique.is_infant else ADULT_STYLES
    months = figure.physique.months
    styles = known[family]
    fitting = {name: one for name, one in styles.items() if months >= one[1].from_months}
    return fitting or styles


def draw_posture(family: str, figure: Figure, rng: np.random.Generator) -> SettledPosture:
    """A posture of one family for one person.

    Raises:
        KeyError: nobody of this age takes such postures.
    """
    styles = styles_of(family, figure)
    odds = {name: weight for name, (weight, _) in styles.items()}
    tries: list[tuple[float, str, Stance]] = []
    while len(tries) < TRIES and not (tries and tries[-1][0] <= 0):
        name = pick(odds, rng)
        stance = drawn_stance(figure, styles[name][1], rng)
        tries.append((_fault(stance, styles[name][1].support), name, stance))
    fault, name, stance = min(tries, key=lambda one: one[0])
    if rng.random() < 0.5:
        stance = stance.mirrored()
    style = styles[name][1]
    body = settled_body(stance, style.support, rng)
    return SettledPosture(
        body.pose,
        body,
        stance.angles,
        family,
        name,
        style.support.value,
        _props(body, style),
        "" if fault <= 0 else f"pressed in by {1000 * fault:.0f} mm",
    )


def settled_body(stance: Stance, support: Support, rng: np.random.Generator) -> PosedBody:
    """The real skin in this stance, moved up or down until it lies on its support."""
    body = stance.figure.body.posed(stance.pose())
    shift: Array = stance.place - body.joints[0]
    lowest = _lowest(stance, body)
    if support is Support.CARRIED:
        is_infant = stance.figure.physique.is_infant
        shift[2] = rng.uniform(*(CARRIED_HEIGHT if is_infant else JUMP)) - lowest
    else:
        shift[2] = -rng.uniform(0, MOST_SINKING) - lowest
    return body.moved(shift)


def _lowest(stance: Stance, body: PosedBody) -> float:
    """The height of the lowest skin; fingers give way more than the rest."""
    parts = stance.figure.body.model.part_weights
    fingers = parts[:, [BodyPart.LEFT_HAND, BodyPart.RIGHT_HAND]].sum(axis=1) > 0.5
    return float((body.vertices[:, 2] + FINGERS_GIVE * fingers).min())


def _fault(stance: Stance, support: Support) -> float:
    """How deep it lies in itself, or its limbs in the support; <= 0 is faultless, metres."""
    if support is Support.CARRIED:
        return stance.pressed()
    sunk = -float(stance.placed().lowest(*_LIMBS)) - MOST_SINKING
    return max(stance.pressed(), sunk)


def _props(body: PosedBody, style: Style) -> tuple[Prop, ...]:
    props: list[Prop] = []
    if style.seat > 0:
        hips = body.joints[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
        near = np.hypot(*(body.vertices[:, :2] - hips[:2]).T) < 0.12
        top = float(body.vertices[near, 2].min()) + MOST_SINKING
        props.append(_box("seat", np.array([hips[0], hips[1], top]), SEAT))
    if "on the rail" in style.arms:
        wrists = body.joints[[chain[-1] for chain in ARMS]]
        held = wrists[wrists[:, 1].argmin()]
        props.append(
            _box("rail", np.array([wrists[:, 0].mean(), *held[1:]]) - [0, 0.1, 0.03], RAIL)
        )
    if style.support is Support.CARRIED and body.physique.is_infant:
        props.append(_box("arms", body.joints[INDEX["spine"]] + [0, 0.1, 0], ARMS_BOX))
    return tuple(props)


def _box(name: str, top: Array, size: tuple[float, float, float]) -> Prop:
    x, y, z = (float(value) for value in top)
    return Prop(name, (x, y, z - size[2] / 2), size)
