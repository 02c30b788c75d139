"""How arms are held: means of angles, what rests on the support, where the hand goes."""

from core.synthesis.posture.limb_styles import LimbStyle, Odds

ALL_RESTS: Odds = {"shoulder": 0.5, "elbow": 1.0, "wrist": 1.0}
FOREARM_RESTS: Odds = {"elbow": 1.0, "wrist": 1.0}
HAND_RESTS: Odds = {"wrist": 1.0}

ARM_STYLES: dict[str, LimbStyle] = {
    # On the support, beside a body that lies on its back or belly.
    "beside the head": LimbStyle(
        {"clavicle": (0, 8, 0), "shoulder": (0, 95, 75), "elbow": (80, 0, 0)},
        16, ALL_RESTS, slack=16, grip=0.7),
    "raised": LimbStyle(
        {"clavicle": (0, 4, 0), "shoulder": (0, 52, 68), "elbow": (85, 0, 0)},
        14, ALL_RESTS, slack=16, grip=0.7),
    "overhead": LimbStyle(
        {"clavicle": (0, 20, 0), "shoulder": (10, 140, 45), "elbow": (35, 0, 0)},
        14, ALL_RESTS, slack=16),
    "spread": LimbStyle(
        {"clavicle": (0, 4, 0), "shoulder": (0, 75, 40), "elbow": (35, 0, 0)},
        16, ALL_RESTS, slack=16),
    "at the side": LimbStyle(
        {"shoulder": (-5, 32, 10), "elbow": (35, 0, -10)}, 13, ALL_RESTS, slack=16, grip=0.6),
    "at the side, bent": LimbStyle(
        {"shoulder": (-5, 45, 25), "elbow": (85, 0, 0)}, 13, {"shoulder": 1.0}, grip=0.7),
    "palms up": LimbStyle(
        {"shoulder": (-12, 25, -25), "elbow": (20, 0, -25)}, 12, ALL_RESTS, slack=16, grip=0.4),
    # In the air.
    "waving": LimbStyle(
        {"shoulder": (35, 38, 20), "elbow": (85, 0, 0)}, 24, grip=0.6),
    "reaching": LimbStyle(
        {"clavicle": (0, 5, -10), "shoulder": (85, 10, 0), "elbow": (25, 0, -10)}, 16, grip=0.2),
    "reaching up": LimbStyle(
        {"clavicle": (0, 20, 0), "shoulder": (125, 30, 10), "elbow": (25, 0, -10)}, 16, grip=0.2),
    "flying": LimbStyle(
        {"clavicle": (0, 5, 15), "shoulder": (-15, 85, 40), "elbow": (45, 0, 0)}, 16, grip=0.4),
    "hanging": LimbStyle({"shoulder": (8, 14, 0), "elbow": (22, 0, 0)}, 10, grip=0.4),
    "hanging bent": LimbStyle({"shoulder": (15, 18, -5), "elbow": (70, 0, 0)}, 14, grip=0.5),
    "pointing": LimbStyle({"shoulder": (80, 30, 0), "elbow": (15, 0, -20)}, 18, grip=0.8),
    "out": LimbStyle({"shoulder": (10, 85, 20), "elbow": (20, 0, 0)}, 18, grip=0.3),
    "up": LimbStyle(
        {"clavicle": (0, 28, 0), "shoulder": (60, 135, 30), "elbow": (25, 0, 0)}, 16, grip=0.3),
    "throwing": LimbStyle(
        {"clavicle": (0, 10, 10), "shoulder": (-5, 95, 75), "elbow": (85, 0, 0)}, 14, grip=0.7),
    "running": LimbStyle({"shoulder": (5, 15, -5), "elbow": (90, 0, 0)}, 24, grip=0.8),
    # Holding the trunk up.
    "on the elbow": LimbStyle(
        {"clavicle": (0, 8, -8), "shoulder": (60, 22, 0), "elbow": (95, 0, -20)},
        10, FOREARM_RESTS, slack=18, grip=0.6),
    "on the hand": LimbStyle(
        {"clavicle": (0, 5, -8), "shoulder": (80, 10, 0), "elbow": (12, 0, -20),
         "wrist": (0, 72, -20)}, 9, HAND_RESTS, "floor below", slack=18, grip=0.15),
    "lying ahead": LimbStyle(
        {"clavicle": (0, 0, -12), "shoulder": (75, 0, 0), "elbow": (70, 0, 0)},
        14, {"elbow": 0.6, "wrist": 0.6}, slack=18, grip=0.6),
    "handstand": LimbStyle(
        {"clavicle": (0, 28, 0), "shoulder": (155, 18, 0), "elbow": (6, 0, -20),
         "wrist": (0, 60, 0)}, 5, HAND_RESTS, slack=10, grip=0.15),
    "under": LimbStyle(
        {"clavicle": (0, 5, -10), "shoulder": (55, 5, -10), "elbow": (125, 0, 0)},
        10, {"elbow": 0.6, "wrist": 0.6}, slack=18, grip=0.7),
    "forward": LimbStyle(
        {"clavicle": (0, 15, -5), "shoulder": (135, 20, 0), "elbow": (40, 0, -20)},
        13, ALL_RESTS, slack=18, grip=0.3),
    "swimming": LimbStyle(
        {"clavicle": (0, 5, 10), "shoulder": (20, 85, 50), "elbow": (50, 0, 0)}, 14, grip=0.4),
    # The hand goes somewhere.
    "to the mouth": LimbStyle(
        {"shoulder": (50, 25, 0), "elbow": (120, 0, 15)}, 12, target="mouth", slack=22, grip=0.8),
    "to the ear": LimbStyle(
        {"clavicle": (0, 8, 0), "shoulder": (40, 75, 40), "elbow": (130, 0, 0)},
        12, target="ear", slack=22, grip=0.4),
    "at the midline": LimbStyle(
        {"shoulder": (45, 10, -25), "elbow": (90, 0, 0)}, 10, target="midline", slack=20, grip=0.5),
    "on the belly": LimbStyle(
        {"shoulder": (20, 25, -35), "elbow": (85, 0, 0)}, 10, target="belly", slack=20, grip=0.4),
    "across": LimbStyle(
        {"clavicle": (0, 0, -12), "shoulder": (55, -15, -20), "elbow": (80, 0, 0)},
        10, target="other side", slack=20, grip=0.5),
    "holding the foot": LimbStyle(
        {"clavicle": (0, 0, -12), "shoulder": (70, 15, 0), "elbow": (35, 0, 0)},
        8, target="foot", slack=24, grip=0.7),
    "on the knee": LimbStyle(
        {"shoulder": (35, 15, -10), "elbow": (55, 0, -20)}, 10, target="knee", slack=20, grip=0.4),
    "on the hip": LimbStyle(
        {"shoulder": (-5, 45, -25), "elbow": (95, 0, 0)}, 8, target="hip", slack=20, grip=0.4),
    "on the floor ahead": LimbStyle(
        {"clavicle": (0, 0, -10), "shoulder": (40, 8, 0), "elbow": (15, 0, -20),
         "wrist": (0, 62, -15)}, 8, HAND_RESTS, "floor ahead", slack=22, grip=0.2),
    "on the floor beside": LimbStyle(
        {"shoulder": (5, 35, 5), "elbow": (15, 0, -20), "wrist": (0, 62, 0)},
        8, HAND_RESTS, "floor beside", slack=22, grip=0.2),
    "on the floor behind": LimbStyle(
        {"clavicle": (0, 5, 12), "shoulder": (-38, 20, 15), "elbow": (10, 0, 0),
         "wrist": (0, 62, 0)}, 8, HAND_RESTS, "floor behind", slack=22, grip=0.2),
    "on the rail": LimbStyle(
        {"shoulder": (75, 12, 0), "elbow": (45, 0, -25)}, 8, target="rail", slack=24, grip=0.6),
}  # fmt: skip
