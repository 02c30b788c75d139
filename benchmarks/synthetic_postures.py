"""How near drawn infant postures and movements come to real ones in two dimensions.

    python benchmarks/synthetic_postures.py DATA [--count N]

DATA holds `syrip_train200` (only its `train` frames are used) and `infant_poses`. A pose is coded
by the directions of twelve bones in the picture, the trunk turned upright. Given are, in degrees,
the mean angle to the nearest neighbour both ways (coverage: real -> drawn; plausibility: drawn ->
real), and the energy distance as a share of the mean distance between the two sets, with a
permutation test. BEFORE draws every angle evenly within the joints' limits; AFTER is what the
program ships, as many as there are photographs; FLOOR compares real infants with others.
"""

import argparse
import json
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.physique import Physique
from core.synthesis.body.pose import JOINTS, BodyPose
from core.synthesis.camera import Camera
from core.synthesis.posture.draw import draw_posture
from core.synthesis.posture.figure import Figure
from core.synthesis.posture.figure_measuring import Figures
from core.synthesis.posture.infant_families import INFANT_STYLES
from core.synthesis.posture.joint_angles import rotations_of
from core.synthesis.posture.joint_limits import within
from core.synthesis.posture.motion import draw_motion
from core.synthesis.posture.motion_styles import INFANT_MOTIONS
from core.synthesis.posture.styles import pick
from core.synthesis.posture.trunk import drawn_root

POINTS = (
    "left_ankle", "left_knee", "left_hip", "right_hip", "right_knee", "right_ankle", "pelvis",
    "thorax", "neck", "head", "left_wrist", "left_elbow", "left_shoulder", "right_shoulder",
    "right_elbow", "right_wrist",
)  # fmt: skip
LIMBS = tuple(name for name in POINTS if name.partition("_")[0] in ("left", "right"))
BONES = (
    ("right_shoulder", "left_shoulder"), ("right_hip", "left_hip"),
    *((f"{side}_{start}", f"{side}_{end}") for side in ("left", "right")
      for start, end in (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"),
                         ("knee", "ankle"), ("hip", "shoulder"))),
)  # fmt: skip
MINIRGBD = {"wrist": "hand", "ankle": "foot"}
MINIRGBD_FPS = 25.0

# Which families stand for a label of the photographs, and how a camera looks at them: degrees
# above the floor (lowest, highest) and to either side of straight ahead of the person.
LABELS = {
    "Supine": ({"supine": 0.93, "side": 0.07}, (15, 90), 180),
    "Prone": ({"prone": 0.5, "crawling": 0.45, "side": 0.05}, (0, 60), 180),
    "Sitting": ({"sitting": 1.0}, (0, 50), 70),
    "overhead": ({"supine": 1.0}, (70, 90), 180),
}
MONTHS = (1, 2, 4, 6, 8, 10, 13, 16)
SHUFFLES = 500

Xy = dict[str, np.ndarray]  # name -> (N, 2) pixels
Draw = Callable[[str, Figure, np.random.Generator], np.ndarray]


# Codes and distances ---------------------------------------------------------------------------


def coded(points: Xy) -> np.ndarray:
    """Unit directions of the bones as complex numbers, (N, bones), with the trunk along 1."""
    xy = {name: place[:, 0] + 1j * place[:, 1] for name, place in points.items() if name in LIMBS}
    up = xy["left_shoulder"] + xy["right_shoulder"] - xy["left_hip"] - xy["right_hip"]
    turned = np.stack([xy[end] - xy[start] for start, end in BONES], axis=1) / up[:, None]
    return turned / np.abs(turned)


def nearest(first: np.ndarray, second: np.ndarray) -> float:
    """Mean angle from each of the first to its nearest of the second, over known bones, degrees."""
    apart = np.degrees(np.abs(np.angle(first[:, None] / second[None])))
    return float(np.nanmean(apart, axis=-1).min(axis=1).mean())


def energy(first: np.ndarray, second: np.ndarray, rng: np.random.Generator) -> tuple[float, float]:
    """Energy distance over the mean distance between the two sets, and its permutation p."""
    first, second = (one[np.isfinite(one).all(axis=1)] for one in (first, second))
    both = np.concatenate([first, second])
    apart = np.abs(both[:, None] - both[None]).mean(-1)
    is_first = np.arange(len(both)) < len(first)
    found = _share_of_energy(apart, is_first)
    chance = [_share_of_energy(apart, rng.permutation(is_first)) for _ in range(SHUFFLES)]
    return found, (1 + sum(one >= found for one in chance)) / (1 + SHUFFLES)


def _share_of_energy(apart: np.ndarray, is_first: np.ndarray) -> float:
    across = apart[is_first][:, ~is_first].mean()
    inside = sum(
        apart[chosen][:, chosen].sum() / (chosen.sum() * (chosen.sum() - 1))
        for chosen in (is_first, ~is_first)
    )
    return float((2 * across - inside) / (2 * across))


# Real infants ----------------------------------------------------------------------------------


def photographs(folder: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Codes of SyRIP's `train` photographs by posture, and the source of each."""
    truth = json.loads((folder / "syrip_train200" / "person_keypoints.json").read_text())
    images = {one["id"]: one for one in truth["images"] if one["split"] == "train"}
    shown = [one for one in truth["annotations"] if one["image_id"] in images]
    table = np.array([one["keypoints"] for one in shown], np.float64).reshape(len(shown), -1, 3)
    table[table[..., 2] == 0] = np.nan
    codes = coded(_columns(truth["categories"][0]["keypoints"], table[..., :2]))
    label, group = (
        np.array([images[one["image_id"]][key] for one in shown]) for key in ("posture", "group")
    )
    return {name: (codes[label == name], group[label == name]) for name in LABELS}


def syrip_synthetic(folder: Path) -> np.ndarray:
    """Codes of every third of SyRIP's synthetic infants."""
    truth = json.loads((folder / "syrip_train200" / "person_keypoints.json").read_text())
    table = np.load(folder / "infant_poses" / "syrip_synthetic_1000.npz")["keypoints"]
    return coded(_columns(truth["categories"][0]["keypoints"], table[::3].astype(np.float64)))


def minirgbd(folder: Path) -> list[Xy]:
    """Points over time of the ten sequences of MINI-RGBD."""
    file = np.load(folder / "infant_poses" / "minirgbd_seq01_10.npz")
    back = {there: here for here, there in MINIRGBD.items()}
    names = [
        "_".join(back.get(part, part) for part in str(name).split("_")) for name in file["names"]
    ]
    return [_columns(names, file[key].astype(np.float64)) for key in file.files if key != "names"]


def _columns(names: list[str], table: np.ndarray) -> Xy:
    return {name: table[:, at] for at, name in enumerate(names)}


# Drawn infants ---------------------------------------------------------------------------------


def shipped(family: str, figure: Figure, rng: np.random.Generator) -> np.ndarray:
    """Keypoints (16, 3) of a posture as the program draws it."""
    return draw_posture(family, figure, rng).body.keypoints


def even(family: str, figure: Figure, rng: np.random.Generator) -> np.ndarray:
    """Keypoints (16, 3) when every angle is drawn evenly within its limits."""
    styles = INFANT_STYLES[family]
    style = styles[pick({name: odds for name, (odds, _) in styles.items()}, rng)][1]
    rotations = rotations_of(within(rng.uniform(*figure.limits), figure.limits))
    rotations[0] = drawn_root(style, rng)
    return figure.body.posed(BodyPose(rotations)).keypoints


def pictured(
    draw: Draw, label: str, figures: list[Figure], count: int, rng: np.random.Generator
) -> np.ndarray:
    """Codes of `count` drawn postures that stand for a label, each from a place of its own."""
    families, above, aside = LABELS[label]
    shots = []
    for number in range(count):
        points = draw(pick(families, rng), figures[number % len(figures)], rng)
        height, turn = np.radians(rng.uniform(*above)), np.radians(rng.uniform(-aside, aside))
        away = np.array(
            [np.sin(turn) * np.cos(height), -np.cos(turn) * np.cos(height), np.sin(height)]
        )
        middle = points.mean(axis=0)
        place = middle + away * np.ptp(points, axis=0).max() * rng.uniform(1.6, 4.0)
        shots.append(Camera.looking(place, middle, 0.0, 500.0, (512, 512)).project(points))
    return coded(_columns(list(POINTS), np.stack(shots)))


# Report ----------------------------------------------------------------------------------------


def line(name: str, real: np.ndarray, other: np.ndarray, rng: np.random.Generator) -> None:
    share, p = energy(real, other, rng)
    print(f"{name:36}{nearest(real, other):10.1f}{nearest(other, real):10.1f}{share:9.3f}{p:8.3f}")


def compared(
    title: str, real: np.ndarray, made: list[np.ndarray], rng: np.random.Generator
) -> None:
    """The lines BEFORE and AFTER, with as many drawn as real."""
    line(f"{title} ({len(real)})  BEFORE", real, made[0][: len(real)], rng)
    line("   AFTER", real, made[1][: len(real)], rng)


def halves(codes: np.ndarray, group: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Two halves of which no source is in both."""
    is_first = np.isin(group, rng.permutation(np.unique(group))[::2])
    return [codes[is_first], codes[~is_first]]


def still_report(data: Path, figures: list[Figure], count: int) -> None:
    rng = np.random.default_rng(0)
    real = {name: part for name, part in photographs(data).items() if len(part[0])}
    made = {
        label: [pictured(draw, label, figures, count, rng) for draw in (even, shipped)]
        for label in LABELS
    }
    for label, (codes, group) in real.items():
        compared(label, codes, made[label], rng)
        first, second = halves(codes, group, rng)
        line("   AFTER, as few as in the floor", first, made[label][1][: len(second)], rng)
        line("   FLOOR: half against half", first, second, rng)
    codes, group = (np.concatenate([part[k] for part in real.values()]) for k in (0, 1))
    size = {label: len(part[0]) for label, part in real.items()}
    mixed = [np.concatenate([made[label][k][: size[label]] for label in real]) for k in (0, 1)]
    compared("all photographs", codes, mixed, rng)
    first, second = halves(codes, group, rng)
    line("   AFTER, as few as in the floor", first, rng.permutation(mixed[1])[: len(second)], rng)
    line("   FLOOR: half against half", first, second, rng)
    others = syrip_synthetic(data)
    compared("SyRIP's synthetic", others, mixed, rng)
    line("   FLOOR: against the photographs", others, codes, rng)
    sequences = [coded(sequence)[::20] for sequence in minirgbd(data)]
    compared("MINI-RGBD", np.concatenate(sequences), made["overhead"], rng)
    line("   FLOOR: five against five", *(np.concatenate(sequences[k::2]) for k in (0, 1)), rng)


def speeds(points: Xy, joint: str) -> np.ndarray:
    """Speeds of both joints of a name over three frames, trunk lengths a second."""
    neck, pelvis = (points[f"left_{one}"] + points[f"right_{one}"] for one in ("shoulder", "hip"))
    trunk = np.median(np.linalg.norm(neck - pelvis, axis=1)) / 2
    both = [points[f"{side}_{joint}"] / trunk for side in ("left", "right")]
    moved = [np.abs(one[3:] - one[:-3]) for one in both]
    return np.linalg.norm(np.concatenate(moved), axis=-1) * MINIRGBD_FPS / 3


def motion_report(data: Path, figures: list[Figure], clips: int) -> None:
    rng = np.random.default_rng(1)
    drawn: list[Xy] = []
    for number in range(clips):
        figure = figures[number % 3]
        motion = draw_motion(pick(INFANT_MOTIONS, rng), figure, rng, 12.0, MINIRGBD_FPS)
        placed = figure.placed(motion.angles, motion.roots, motion.places)
        drawn.append(_columns(list(JOINTS), placed.joints[..., :2]))
    print("\nspeed in trunk lengths a second  25 %, 50 %, 75 %, 90 %, 99 %")
    for joint in ("wrist", "elbow", "ankle", "knee"):
        for name, clips_of in (("MINI-RGBD", minirgbd(data)), ("drawn", drawn)):
            fast = np.concatenate([speeds(clip, joint) for clip in clips_of])
            shown = np.percentile(fast, [25, 50, 75, 90, 99])
            print(f"{joint:8}{name:24}" + "".join(f"{one:7.2f}" for one in shown))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=500, help="postures drawn for a label")
    asked = parser.parse_args()
    warnings.filterwarnings("ignore", "invalid value")  # bones that nobody labelled
    model = BodyModel.load()
    measure = Figures(model)
    figures = [measure.of(model.shaped(Physique(months))) for months in MONTHS]
    print(f"{'':36}{'coverage':>10}{'plausible':>10}{'energy':>9}{'p':>8}")
    still_report(asked.data, figures, asked.count)
    motion_report(asked.data, figures, clips=30)


if __name__ == "__main__":
    main()
