"""Draw a movement of an infant on its back: smooth courses of poses, settled in the world."""

from dataclasses import dataclass, replace

import numpy as np

from core.synthesis.body.pose import JOINTS, BodyPose
from core.synthesis.body.posed_body import PosedBody
from core.synthesis.posture.figure import ARMS, LEGS, Array, Figure, Placed
from core.synthesis.posture.infant_families import SIDE, SUPINE
from core.synthesis.posture.joint_angles import (
    ABDUCTION,
    INDEX,
    ROTATION,
    Angles,
    rotations_of,
)
from core.synthesis.posture.joint_limits import within
from core.synthesis.posture.limb_styles import Odds
from core.synthesis.posture.limbs import Limbs
from core.synthesis.posture.motion_ground import calmed, lifted, smooth
from core.synthesis.posture.motion_styles import MOTION_STYLES, MotionStyle, Tempo
from core.synthesis.posture.stance import Stance, drawn_stance, limbs_doing
from core.synthesis.posture.styles import Style
from core.synthesis.posture.tracks import circles, schedule, sway, through

TRIES = 8  # for a start free of self-collision
_SAMPLES = 7  # frames on which the height of the real skin is measured
_ROLL = (1.2, 3.0)  # seconds that rolling over takes


@dataclass(frozen=True, eq=False)
class Motion:
    """T frames of one person: angles (T, 19, 3), root's turns (T, 3, 3) and places (T, 3).

    rise: metres by which the skin must be moved up to lie on the support, one for all frames.
    """

    figure: Figure
    kind: str
    fps: float
    angles: Angles
    roots: Array
    places: Array
    grips: Array
    rise: float = 0.0

    def __len__(self) -> int:
        """T."""
        return len(self.angles)

    def pose(self, frame: int) -> BodyPose:
        """The pose of one frame."""
        rotations = rotations_of(self.angles[frame])
        rotations[0] = self.roots[frame]
        left, right = (float(grip) for grip in self.grips[frame])
        return BodyPose(rotations, (left, right))

    def body(self, frame: int) -> PosedBody:
        """The person in one frame, in the world."""
        body = self.figure.body.posed(self.pose(frame))
        return body.moved(self.places[frame] + [0, 0, self.rise] - body.joints[0])


def draw_motion(
    kind: str, figure: Figure, rng: np.random.Generator, seconds: float, fps: float
) -> Motion:
    """A movement of one kind, `INFANT_MOTIONS` names them; never the same twice, never in a loop.

    Raises:
        KeyError: there is no such kind.
    """
    style = MOTION_STYLES[kind]
    times = np.arange(max(1, round(seconds * fps))) / fps
    start = _clear_stance(figure, SUPINE[style.start][1], rng)
    still = _Still(
        np.repeat(start.angles[None], len(times), axis=0),
        np.repeat(start.root[None], len(times), axis=0),
        np.repeat(start.place[None], len(times), axis=0),
        start.grip,
    )
    angles = _course(start, style, times, rng)
    if style.rolls:
        angles, still = _rolled(start, angles, still, times, rng)
    angles = within(angles + _restless(style, times, rng), figure.limits)
    return _risen(_grounded(figure, kind, angles, still, fps))


@dataclass(frozen=True, eq=False)
class _Still:
    """What a movement goes about, frame by frame: angles, root's turns and places; the grips."""

    angles: Angles
    roots: Array
    places: Array
    grip: tuple[float, float]


def _clear_stance(figure: Figure, style: Style, rng: np.random.Generator) -> Stance:
    best = drawn_stance(figure, style, rng)
    for _ in range(TRIES):
        if best.pressed() <= 0:
            break
        best = min(best, drawn_stance(figure, style, rng), key=Stance.pressed)
    return best


def _course(start: Stance, style: MotionStyle, times: Array, rng: np.random.Generator) -> Angles:
    angles = np.repeat(start.angles[None], len(times), axis=0)
    for limbs, odds, tempo in (
        (Limbs(start.figure, np.array(LEGS), 0), style.legs, style.leg_tempo),
        (Limbs(start.figure, np.array(ARMS), 1), style.arms, style.arm_tempo),
    ):
        angles[:, limbs.chains] = _limb_course(start, limbs, (odds, tempo), times, rng)
    looking = [INDEX["neck"], INDEX["head"]]
    angles[:, looking, ROTATION] = _looks(start, style, times, rng)[:, None]
    return angles


def _restless(style: MotionStyle, times: Array, rng: np.random.Generator) -> Angles:
    """What is always going on, to be added to a course: circles and sway, (T, 19, 3)."""
    restless = circles(style.circling or {}, style.circle_hertz, times, rng)
    for joint in (INDEX["spine"], INDEX["chest"]):
        for column in (ABDUCTION, ROTATION):
            restless[:, joint, column] += style.wander / 2 * sway(times, (0.05, 0.35), rng)
    return restless


def _limb_course(
    start: Stance,
    limbs: Limbs,
    doing: tuple[Odds, Tempo],
    times: Array,
    rng: np.random.Generator,
) -> Array:
    """Angles (T, 2, n, 3) of two limbs that go from one thing to do to the next."""
    odds, tempo = doing
    spans = [schedule(tempo, times[-1], rng) for _ in range(2)]
    if rng.random() < tempo.together:
        spans[1] = spans[0]
    keys = [
        limbs_doing(start, limbs, odds, tempo.together, rng)
        for _ in range(max(len(one) for one in spans))
    ]
    table = np.stack([start.angles[limbs.chains], *keys])  # (M + 1, 2, n, 3)
    sides = [through(table[: len(span) + 1, side], span, times) for side, span in enumerate(spans)]
    return np.stack(sides, axis=1)


def _looks(start: Stance, style: MotionStyle, times: Array, rng: np.random.Generator) -> Array:
    """Half the head's turn (T,) as it looks here and there."""
    spans = schedule(style.head_tempo, times[-1], rng)
    first = start.angles[INDEX["head"], ROTATION]
    keys = np.concatenate([[first], rng.uniform(-style.looks, style.looks, len(spans)) / 2])
    return through(keys, spans, times)


def _rolled(
    start: Stance, angles: Angles, still: _Still, times: Array, rng: np.random.Generator
) -> tuple[Angles, _Still]:
    """The course turning over to one side, and what it then goes about."""
    side = _clear_stance(start.figure, SIDE["curled"][1], rng)
    if rng.random() < 0.5:
        side = side.mirrored()
    begin = rng.uniform(0.0, 0.4) * times[-1]
    spans = np.array([[begin, begin + rng.uniform(*_ROLL)]])
    share = through(np.array([0.0, 1.0]), spans, times)
    roots = np.stack([_between(start.root, side.root, float(one)) for one in share])
    places = still.places.copy()
    places[:, 0] += _rolled_way(start.figure, roots)
    part = share[:, None, None]
    middle = still.angles + part * (side.angles - still.angles)
    return angles + part * (side.angles - angles), _Still(middle, roots, places, still.grip)


def _between(first: Array, second: Array, share: float) -> Array:
    """A rotation on the shortest way from one to another."""
    way = first.T @ second
    cosine = np.clip((np.trace(way) - 1) / 2, -1, 1)
    angle = float(np.arccos(cosine))
    axis = np.array([way[2, 1] - way[1, 2], way[0, 2] - way[2, 0], way[1, 0] - way[0, 1]])
    axis /= max(float(np.linalg.norm(axis)), 1e-12)
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn = angle * share
    return first @ (np.eye(3) + np.sin(turn) * cross + (1 - np.cos(turn)) * cross @ cross)


def _grounded(figure: Figure, kind: str, angles: Angles, still: _Still, fps: float) -> Motion:
    roots, places = still.roots, still.places.copy()
    places[:, 2] += _sinking(figure.placed(angles, roots, places), kind, fps)
    angles = calmed(figure.placed(angles, roots, places), angles, still.angles, fps)
    if not MOTION_STYLES[kind].rolls:
        for chains, swinging in ((LEGS, 0), (ARMS, 1)):
            body = figure.placed(angles, roots, places)
            angles = lifted(body, angles, Limbs(figure, np.array(chains), swinging), fps)
        angles = calmed(body, angles, still.angles, fps)  # what was lifted may have met something
    grips = np.repeat(np.array([still.grip]), len(angles), axis=0)
    return Motion(figure, kind, fps, within(angles, figure.limits), roots, places, grips)


def _rolled_way(figure: Figure, roots: Array) -> Array:
    """How far to the left the body gets by rolling over without sliding, (T,) metres."""
    turned = np.unwrap(np.arctan2(-roots[:, 2, 0], roots[:, 0, 0]))
    return (turned - turned[0]) * -float(figure.flesh[INDEX["chest"], :, 1].min())


def _sinking(placed: Placed, kind: str, fps: float) -> Array:
    """By how much the body would leave its height, upward positive, (T,)."""
    parts = JOINTS if MOTION_STYLES[kind].rolls else ("root", "spine", "chest", "head")
    lowest = placed.lowest(*parts)
    return smooth(lowest[0] - lowest, fps)


def _risen(motion: Motion) -> Motion:
    """The motion with its lowest skin, on a few frames, on the support."""
    frames = np.linspace(0, len(motion) - 1, _SAMPLES).round().astype(int)
    lowest = min(float(motion.body(int(frame)).vertices[:, 2].min()) for frame in frames)
    return replace(motion, rise=-lowest - 0.002)
