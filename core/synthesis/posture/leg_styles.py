"""How legs are held: means of angles, what rests on the support, where the foot goes."""

from core.synthesis.posture.limb_styles import LimbStyle, Odds

LIES: Odds = {"hip": 0.3, "knee": 1.0, "ankle": 1.0}
FOOT_RESTS: Odds = {"ankle": 1.0}
KNEELS: Odds = {"knee": 1.0, "ankle": 1.0}

LEG_STYLES: dict[str, LimbStyle] = {
    # On a body that lies on its back.
    "frog": LimbStyle({"hip": (50, 55, 70), "knee": (92, 0, 0), "ankle": (10, 0, 0)},
        12, LIES, slack=16),
    "half frog": LimbStyle({"hip": (42, 44, 66), "knee": (78, 0, 0), "ankle": (5, 0, 0)},
        13, {"knee": 0.4, "ankle": 1.0}, slack=16),
    "foot down": LimbStyle({"hip": (62, 32, 45), "knee": (90, 0, 0), "ankle": (0, 0, 0)},
        13, FOOT_RESTS, flat=0.3, slack=16),
    "extended": LimbStyle({"hip": (18, 24, 48), "knee": (36, 0, 0), "ankle": (-10, 0, 0)},
        10, LIES, slack=14),
    "kicking": LimbStyle({"hip": (58, 30, 46), "knee": (32, 0, 0), "ankle": (5, 0, 0)}, 17),
    "lifted": LimbStyle({"hip": (86, 36, 45), "knee": (75, 0, 0), "ankle": (10, 0, 0)}, 17),
    "to the belly": LimbStyle({"hip": (112, 34, 34), "knee": (120, 0, 0), "ankle": (15, 0, 0)}, 11),
    "foot held": LimbStyle({"hip": (112, 38, 32), "knee": (62, 0, 0), "ankle": (10, 0, 0)}, 10),
    "crossing": LimbStyle({"hip": (32, -8, 15), "knee": (35, 0, 0)}, 6, slack=12),
    "upright": LimbStyle({"hip": (92, 12, 10), "knee": (15, 0, 0), "ankle": (5, 0, 0)}, 11),
    # On the side: legs lie on the mat or on one another.
    "lying bent": LimbStyle({"hip": (60, 0, 0), "knee": (70, 0, 0)},
        14, {"hip": 0.1, "knee": 0.5, "ankle": 0.5}, slack=16),
    "lying straight": LimbStyle({"hip": (18, 0, 0), "knee": (30, 0, 0), "ankle": (-8, 0, 0)},
        11, {"hip": 0.1, "knee": 0.5, "ankle": 0.5}, slack=16),
    # Face down.
    "stretched back": LimbStyle({"hip": (2, 16, 14), "knee": (14, 0, 0), "ankle": (-22, 0, 0)},
        9, LIES, slack=14),
    "frog, face down": LimbStyle({"hip": (38, 60, 60), "knee": (85, 0, 0), "ankle": (5, 0, 0)},
        12, LIES, slack=18),
    "knee drawn up": LimbStyle({"hip": (75, 45, 45), "knee": (100, 0, 0)}, 13, LIES, slack=20),
    "knees under": LimbStyle({"hip": (110, 22, 10), "knee": (125, 0, 0), "ankle": (-20, 0, 0)},
        9, KNEELS, slack=18),
    "heel up": LimbStyle({"hip": (0, 16, 10), "knee": (80, 0, 0), "ankle": (-10, 0, 0)},
        13, {"hip": 1.0}, slack=14),
    "hovering": LimbStyle({"hip": (-8, 18, 12), "knee": (25, 0, 0), "ankle": (-15, 0, 0)}, 10),
    # Hands and knees.
    "kneeling": LimbStyle({"hip": (85, 14, 5), "knee": (88, 0, 0), "ankle": (-28, 0, 0)},
        10, KNEELS, slack=18),
    "crawling ahead": LimbStyle({"hip": (105, 16, 5), "knee": (100, 0, 0), "ankle": (-20, 0, 0)},
        10, KNEELS, slack=18),
    "on the foot": LimbStyle({"hip": (95, 16, 5), "knee": (40, 0, 0), "ankle": (15, 0, 0)},
        10, FOOT_RESTS, flat=0.4, slack=20),
    # On the seat.
    "ring": LimbStyle({"hip": (82, 52, 72), "knee": (105, 0, 0), "ankle": (-5, 0, 0)},
        9, LIES, "ring", slack=16),
    "long": LimbStyle({"hip": (82, 22, 15), "knee": (20, 0, 0), "ankle": (-5, 0, 0)},
        11, LIES, slack=16),
    "half ring": LimbStyle({"hip": (82, 45, 62), "knee": (65, 0, 0), "ankle": (-5, 0, 0)},
        9, LIES, "half ring", slack=16),
    "turned back": LimbStyle({"hip": (75, 28, -45), "knee": (115, 0, 0), "ankle": (-20, 0, 0)},
        8, LIES, slack=18),
    "foot before": LimbStyle({"hip": (98, 18, 8), "knee": (95, 0, 0), "ankle": (-5, 0, 0)},
        11, FOOT_RESTS, flat=0.4, slack=18),
    "on a chair": LimbStyle({"hip": (84, 10, 5), "knee": (85, 0, 0), "ankle": (0, 0, 0)},
        8, FOOT_RESTS, flat=0.6, slack=16),
    "over the knee": LimbStyle({"hip": (92, -6, 10), "knee": (75, 0, 0)}, 5, slack=12),
    "in a seat": LimbStyle({"hip": (85, 24, 15), "knee": (55, 0, 0), "ankle": (5, 0, 0)}, 13),
    # On the feet.
    "standing": LimbStyle({"hip": (8, 5, 6), "knee": (12, 0, 0)},
        5, FOOT_RESTS, "stance", 1.0, slack=16),
    "standing wide": LimbStyle({"hip": (14, 14, 12), "knee": (22, 0, 0)},
        6, FOOT_RESTS, "stance", 1.0, slack=18),
    "squatting": LimbStyle({"hip": (112, 22, 15), "knee": (125, 0, 0), "ankle": (22, 0, 0)},
        8, FOOT_RESTS, "stance", 0.6, slack=20),
    "lunging": LimbStyle({"hip": (45, 8, 5), "knee": (55, 0, 0), "ankle": (10, 0, 0)},
        14, FOOT_RESTS, "stride", 0.6, slack=22),
    "on one knee": LimbStyle({"hip": (85, 10, 5), "knee": (95, 0, 0), "ankle": (0, 0, 0)},
        6, FOOT_RESTS, flat=0.6, slack=16),
    "kneeling down": LimbStyle({"hip": (8, 8, 5), "knee": (95, 0, 0), "ankle": (-30, 0, 0)},
        6, KNEELS, slack=16),
    "swung": LimbStyle({"hip": (50, 15, 5), "knee": (40, 0, 0), "ankle": (-15, 0, 0)}, 22),
    "dangling": LimbStyle({"hip": (35, 20, 15), "knee": (45, 0, 0), "ankle": (-8, 0, 0)}, 15),
    "tucked": LimbStyle({"hip": (95, 30, 25), "knee": (100, 0, 0), "ankle": (10, 0, 0)}, 12),
    "in the air, wide": LimbStyle({"hip": (10, 28, 10), "knee": (10, 0, 0), "ankle": (-30, 0, 0)},
        16),
}  # fmt: skip
