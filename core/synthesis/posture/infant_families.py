"""Postures of infants, from newborn to 18 months: families, their styles and the odds."""

from dataclasses import replace

from core.synthesis.posture.limb_styles import Odds
from core.synthesis.posture.styles import Family, Style, Support

# How often each family is drawn when nobody asks for one, and the months at which it is first seen.
INFANT_FAMILIES: Odds = {
    "supine": 0.44, "prone": 0.15, "side": 0.07, "sitting": 0.15,
    "crawling": 0.10, "standing": 0.05, "held": 0.04,
}  # fmt: skip
YOUNGEST: Odds = {
    "supine": 0, "prone": 0, "side": 0, "sitting": 3, "crawling": 6, "standing": 7, "held": 0,
}  # fmt: skip

_BACK = Style(
    Support.BACK,
    arms={"beside the head": 2, "raised": 4, "spread": 0.8, "at the side": 3, "waving": 2.5,
          "at the side, bent": 1.5, "overhead": 0.5, "to the mouth": 1, "on the belly": 1,
          "reaching": 0.8, "across": 0.5},
    legs={"frog": 1.6, "half frog": 3, "foot down": 1.6, "extended": 2, "kicking": 1.2,
          "lifted": 1.2, "crossing": 0.25},
    pitch=(-90, 4), roll=(0, 7), flexion=(8, 7), look=(0, 30), head_rests=True,
)  # fmt: skip
_BENT_LEGS: Odds = {"half frog": 2, "foot down": 1, "lifted": 2, "frog": 1}
SUPINE: Family = {
    "at rest": (4.0, replace(_BACK, look=(0, 38))),
    "arms up": (2.0, replace(
        _BACK, arms={"beside the head": 4, "raised": 3, "overhead": 1}, look=(0, 40), alike=0.9)),
    "arms down": (1.2, replace(
        _BACK, arms={"at the side": 3, "at the side, bent": 1}, look=(0, 35), alike=0.8)),
    "hands at the midline": (1.0, replace(
        _BACK, arms={"at the midline": 1}, legs=_BENT_LEGS, look=(0, 12), alike=1, from_months=2)),
    "hands to the mouth": (0.8, replace(_BACK, arms={"to the mouth": 3, "waving": 1})),
    "reaching": (1.0, replace(
        _BACK, arms={"reaching": 3, "waving": 1, "reaching up": 0.5},
        legs={"half frog": 2, "lifted": 2, "kicking": 1, "foot down": 1}, look=(0, 15))),
    "kicking": (1.6, replace(
        _BACK, legs={"kicking": 2, "lifted": 2, "extended": 1, "half frog": 1}, alike=0.15)),
    "knees to the belly": (0.9, replace(_BACK, legs={"to the belly": 1, "lifted": 1}, alike=0.8)),
    "holding the feet": (0.7, replace(
        _BACK, arms={"holding the foot": 1}, legs={"foot held": 1}, look=(0, 12), alike=1,
        from_months=4)),
    "holding a foot": (0.4, replace(
        _BACK, arms={"holding the foot": 1, "waving": 1}, legs={"foot held": 1}, look=(0, 15),
        alike=0, from_months=4)),
    "legs crossed": (0.3, replace(_BACK, legs={"crossing": 1, "extended": 0.2}, alike=0.1)),
}  # fmt: skip

_BELLY = Style(
    Support.BELLY,
    arms={"on the elbow": 1},
    legs={"stretched back": 3, "frog, face down": 1.5, "knee drawn up": 1.5, "heel up": 0.8,
          "hovering": 0.4},
    pitch=(72, 8), flexion=(-18, 7), nod=(-42, 10),
)  # fmt: skip
PRONE: Family = {
    "cheek on the mat": (1.5, replace(
        _BELLY, arms={"beside the head": 2, "raised": 1, "palms up": 1, "under": 1, "forward": 1},
        pitch=(88, 3), flexion=(0, 5), look=(72, 8), nod=(-5, 6), head_rests=True)),
    "head lifted": (1.0, replace(
        _BELLY, arms={"beside the head": 2, "forward": 1.5, "under": 1}, pitch=(85, 4),
        flexion=(-12, 6), nod=(-38, 10))),
    "on the elbows": (3.0, replace(_BELLY, raised=(0.48, 0.05), alike=1, from_months=2)),
    "on the hands": (1.3, replace(
        _BELLY, arms={"on the hand": 1}, pitch=(58, 8), flexion=(-26, 6), nod=(-22, 12),
        raised=(0.82, 0.07), alike=1, from_months=4)),
    "reaching": (1.0, replace(
        _BELLY, arms={"on the elbow": 1, "forward": 1}, raised=(0.45, 0.05), alike=0)),
    "swimming": (0.5, replace(
        _BELLY, arms={"swimming": 1}, legs={"hovering": 2, "heel up": 1}, pitch=(82, 4),
        flexion=(-22, 6), nod=(-32, 8), alike=1, from_months=3)),
}  # fmt: skip

_CURLED = Style(
    Support.SIDE,
    arms={"lying ahead": 4, "at the midline": 1.5, "to the mouth": 1, "reaching": 0.5},
    legs={"lying bent": 4, "to the belly": 0.5},
    pitch=(-90, 3), roll=(82, 10), flexion=(28, 9), nod=(12, 10), look=(0, 10),
    head_rests=True, alike=0.6,
)  # fmt: skip
SIDE: Family = {
    "curled": (2.0, _CURLED),
    "stretched": (1.5, replace(
        _CURLED, legs={"lying straight": 2, "lying bent": 2, "lifted": 0.6}, roll=(75, 14),
        flexion=(6, 8), nod=(0, 12), look=(0, 15), alike=0.3)),
}  # fmt: skip

_SEAT = Style(
    Support.SEAT,
    arms={"on the knee": 1.5, "waving": 1.5, "on the belly": 0.7, "at the midline": 1.2,
          "to the mouth": 0.7, "reaching": 1, "hanging bent": 1, "on the floor beside": 1,
          "holding the foot": 0.4, "out": 0.3},
    legs={"ring": 2, "half ring": 2, "long": 2, "foot before": 0.8, "turned back": 0.4},
    pitch=(4, 7), lean=(0, 4), flexion=(16, 9), nod=(2, 13), look=(0, 28), alike=0.6,
)  # fmt: skip
SITTING: Family = {
    "free": (3.0, replace(_SEAT, from_months=5)),
    "propped ahead": (1.2, replace(
        _SEAT, arms={"on the floor ahead": 1}, legs={"ring": 2, "half ring": 2, "long": 1},
        pitch=(24, 7), flexion=(26, 8), nod=(-10, 12), look=(0, 18), alike=1, from_months=4)),
    "propped beside": (0.8, replace(
        _SEAT, arms={"on the floor beside": 1, "waving": 1}, lean=(0, 9), flexion=(12, 8),
        alike=0.2, from_months=6)),
    "leaning back": (1.4, replace(
        _SEAT, legs={"in a seat": 2, "long": 1, "ring": 1}, pitch=(-28, 12), flexion=(22, 8),
        nod=(12, 10))),
    "stooping": (0.7, replace(
        _SEAT, arms={"reaching": 1, "holding the foot": 1, "on the knee": 1},
        legs={"ring": 1, "half ring": 1, "long": 2}, pitch=(32, 9), flexion=(30, 9),
        nod=(10, 12), alike=0.4, from_months=5)),
}  # fmt: skip

_FOURS = Style(
    Support.ARMS_AND_LEGS,
    arms={"on the hand": 1},
    legs={"kneeling": 2, "crawling ahead": 1},
    pitch=(82, 7), flexion=(0, 7), nod=(-28, 14), look=(0, 25), height=(0.93, 0.05),
    raised=(0.93, 0.05), alike=0.5,
)  # fmt: skip
CRAWLING: Family = {
    "hands and knees": (3.0, _FOURS),
    "on hands and feet": (0.6, replace(
        _FOURS, legs={"on the foot": 1}, pitch=(98, 8), flexion=(8, 8), height=(1.35, 0.12),
        alike=0.9, from_months=9)),
    "half up": (0.7, replace(
        _FOURS, legs={"kneeling": 1, "on the foot": 1}, height=(0.98, 0.05), alike=0)),
    "one hand lifted": (0.8, replace(_FOURS, arms={"on the hand": 1, "reaching": 1}, alike=0)),
    "on the elbows": (0.7, replace(
        _FOURS, arms={"on the elbow": 1}, legs={"kneeling": 1}, pitch=(100, 7),
        height=(0.88, 0.05), raised=(0.52, 0.04), alike=1)),
    "on the belly": (1.2, replace(
        _BELLY, arms={"on the elbow": 1, "forward": 1},
        legs={"knee drawn up": 1, "stretched back": 1}, bend=(0, 10), nod=(-30, 12),
        raised=(0.42, 0.06), alike=0)),
}  # fmt: skip

_FEET = Style(
    Support.FEET,
    arms={"on the rail": 1},
    legs={"standing": 1, "standing wide": 1},
    pitch=(8, 7), flexion=(6, 7), nod=(2, 13), look=(0, 28), height=(0.94, 0.03), alike=0.9,
)  # fmt: skip
STANDING: Family = {
    "holding on": (2.0, replace(_FEET, height=(0.95, 0.03))),
    "cruising": (1.0, replace(
        _FEET, arms={"on the rail": 3, "waving": 1}, legs={"standing wide": 1}, lean=(0, 5),
        alike=0.4)),
    "hands held": (1.2, replace(_FEET, arms={"up": 2, "out": 1})),
    "free": (1.0, replace(
        _FEET, arms={"waving": 2, "out": 1, "hanging bent": 2},
        legs={"standing wide": 1, "lunging": 0.6}, pitch=(5, 5), alike=0.6, from_months=10)),
    "squatting": (0.6, replace(
        _FEET, arms={"reaching": 1, "on the knee": 1}, legs={"squatting": 1}, pitch=(42, 7),
        flexion=(18, 8), nod=(-14, 12), height=(0.48, 0.05), alike=0.5, from_months=12)),
}  # fmt: skip

_ARMS = Style(
    Support.CARRIED,
    arms={"hanging bent": 2, "waving": 2, "out": 1, "up": 1, "to the mouth": 1},
    legs={"dangling": 3, "tucked": 1},
    pitch=(0, 10), lean=(0, 6), flexion=(12, 8), nod=(6, 12),
)  # fmt: skip
HELD: Family = {
    "upright": (2.0, _ARMS),
    "reclined": (1.5, replace(
        _ARMS, arms={"on the belly": 2, "waving": 2, "to the mouth": 1, "at the midline": 1},
        pitch=(-52, 14), lean=(0, 10), flexion=(24, 8), nod=(12, 10))),
}  # fmt: skip

INFANT_STYLES: dict[str, Family] = {
    "supine": SUPINE, "prone": PRONE, "side": SIDE, "sitting": SITTING, "crawling": CRAWLING,
    "standing": STANDING, "held": HELD,
}  # fmt: skip
