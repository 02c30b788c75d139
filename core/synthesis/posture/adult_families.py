"""Postures of adults, broad on purpose: families, their styles and the odds."""

from dataclasses import replace

from core.synthesis.posture.limb_styles import Odds
from core.synthesis.posture.styles import Family, Style, Support

# How often each family is drawn when nobody asks for one.
ADULT_FAMILIES: Odds = {
    "standing": 0.26, "walking": 0.12, "sitting": 0.16, "squatting": 0.06, "bending": 0.07,
    "lying": 0.12, "sporting": 0.14, "crawling": 0.04, "upside down": 0.03,
}  # fmt: skip

_LIVELY: Odds = {
    "waving": 2, "reaching": 1, "reaching up": 1, "pointing": 1.2, "out": 1.4, "up": 1.4,
    "throwing": 0.8, "running": 1.2, "hanging": 0.6,
}  # fmt: skip
_FEET = Style(
    Support.FEET,
    arms={"hanging": 4, "hanging bent": 2.5, "on the hip": 0.8, "on the belly": 0.7,
          "across": 0.6, "to the mouth": 0.5, "to the ear": 0.6, "pointing": 0.6},
    legs={"standing": 1, "standing wide": 0.5},
    pitch=(1, 4), flexion=(2, 5), nod=(4, 11), height=(0.975, 0.012), alike=0.5,
)  # fmt: skip
STANDING: Family = {
    "at ease": (3.0, replace(_FEET, legs={"standing": 1}, height=(0.985, 0.008), alike=0.6)),
    "gesturing": (2.5, replace(_FEET, arms=_LIVELY, turn=(0, 12), alike=0.3)),
    "leaning": (0.8, replace(
        _FEET, pitch=(4, 6), lean=(0, 6), flexion=(6, 7), bend=(0, 9), height=(0.96, 0.015),
        alike=0.3)),
}  # fmt: skip
WALKING: Family = {
    "walking": (2.0, replace(
        _FEET, arms={"running": 2, "hanging bent": 2, "hanging": 1}, legs={"lunging": 1},
        pitch=(4, 3), turn=(0, 10), height=(0.95, 0.02))),
    "carrying": (0.6, replace(
        _FEET, arms={"at the midline": 1, "on the belly": 0.5}, legs={"lunging": 1},
        height=(0.95, 0.02), alike=1)),
    "running": (0.8, replace(
        _FEET, arms={"running": 1}, legs={"lunging": 1, "swung": 0.6}, pitch=(12, 5),
        turn=(0, 14), height=(0.9, 0.04), alike=0.3)),
}  # fmt: skip

_SEAT = Style(
    Support.SEAT,
    arms={"on the knee": 3, "hanging bent": 1.5, "on the belly": 1, "at the midline": 1,
          "waving": 1, "to the mouth": 0.8, "to the ear": 0.5, "reaching": 0.7, "across": 0.5},
    legs={"on a chair": 4, "over the knee": 0.5},
    pitch=(-3, 8), flexion=(8, 8), nod=(5, 12), alike=0.6, seat=1.1,
)  # fmt: skip
SITTING: Family = {
    "on a chair": (3.0, _SEAT),
    "leaning on a chair": (1.0, replace(
        _SEAT, legs={"on a chair": 1}, pitch=(20, 8), flexion=(18, 8), nod=(0, 14))),
    "on the floor": (1.6, replace(
        _SEAT, arms={**_SEAT.arms, "on the floor behind": 1.5, "on the floor beside": 1},
        legs={"ring": 1.2, "half ring": 1, "long": 1, "foot before": 1.5}, pitch=(-6, 9),
        flexion=(18, 10), alike=0.5, seat=0)),
}  # fmt: skip

SQUATTING: Family = {
    "squatting": (2.0, replace(
        _FEET, arms={"reaching": 1, "on the knee": 2, "hanging bent": 1}, legs={"squatting": 1},
        pitch=(36, 6), flexion=(34, 8), nod=(-14, 12), height=(0.47, 0.05), alike=0.8)),
    "half way down": (1.0, replace(
        _FEET, arms=_LIVELY, legs={"squatting": 1, "lunging": 0.6}, pitch=(38, 8), flexion=(8, 8),
        nod=(-12, 12), height=(0.72, 0.06), alike=0.6)),
    "kneeling": (1.0, replace(
        _FEET, arms=_SEAT.arms, legs={"on one knee": 1, "kneeling down": 1.5}, pitch=(8, 8),
        flexion=(8, 8), height=(0.6, 0.03))),
}  # fmt: skip
BENDING: Family = {
    "bending down": (2.0, replace(
        _FEET, arms={"reaching": 3, "hanging": 2, "on the knee": 1},
        legs={"standing": 1, "standing wide": 1}, pitch=(58, 14), flexion=(24, 12), nod=(-6, 14),
        height=(0.93, 0.03), alike=0.7)),
    "bending aside": (1.0, replace(
        _FEET, arms={"up": 1, "on the hip": 1, "out": 1, "hanging": 1}, legs={"standing wide": 1},
        pitch=(4, 6), lean=(0, 14), bend=(0, 20), height=(0.94, 0.02), alike=0.2)),
}  # fmt: skip

_BACK = Style(
    Support.BACK,
    arms={"at the side": 3, "spread": 1, "raised": 1, "overhead": 1, "on the belly": 2,
          "waving": 1},
    legs={"extended": 3, "foot down": 2, "half frog": 1, "upright": 0.5, "lifted": 0.5,
          "crossing": 0.3},
    pitch=(-90, 4), roll=(0, 7), flexion=(2, 5), look=(0, 28), head_rests=True,
)  # fmt: skip
LYING: Family = {
    "on the back": (2.5, _BACK),
    "on the belly": (1.5, replace(
        _BACK, support=Support.BELLY, pitch=(88, 3), flexion=(0, 4), look=(62, 6), nod=(-5, 6),
        arms={"beside the head": 2, "palms up": 1, "forward": 1, "under": 0.6},
        legs={"stretched back": 3, "knee drawn up": 0.7, "heel up": 0.7})),
    "on the elbows": (0.8, Style(
        Support.BELLY, {"on the elbow": 1}, {"stretched back": 2, "heel up": 1}, pitch=(75, 6),
        flexion=(-18, 6), nod=(-28, 10), raised=(0.5, 0.04), alike=1)),
    "on the side": (1.5, replace(
        _BACK, support=Support.SIDE, arms={"lying ahead": 3, "on the hip": 0.5, "reaching": 0.5},
        legs={"lying bent": 2, "lying straight": 1}, roll=(80, 9), flexion=(12, 9), nod=(5, 10),
        look=(0, 10), alike=0.6)),
}  # fmt: skip

SPORTING: Family = {
    "lunging": (2.0, replace(
        _FEET, arms=_LIVELY, legs={"lunging": 3, "swung": 1}, pitch=(14, 14), lean=(0, 8),
        turn=(0, 18), bend=(0, 9), height=(0.82, 0.07), alike=0.25)),
    "kicking": (1.0, replace(
        _FEET, arms=_LIVELY, legs={"standing": 1, "swung": 1}, pitch=(-4, 12), lean=(0, 10),
        turn=(0, 14), height=(0.94, 0.03), alike=0)),
    "jumping": (1.2, Style(
        Support.CARRIED, _LIVELY,
        {"dangling": 1, "tucked": 1, "in the air, wide": 1, "swung": 1},
        pitch=(4, 16), lean=(0, 10), turn=(0, 14), alike=0.4)),
    "wide": (0.8, replace(
        _FEET, arms={"up": 1, "out": 1, "throwing": 1}, legs={"standing wide": 1}, pitch=(6, 10),
        lean=(0, 10), bend=(0, 10), height=(0.88, 0.05))),
}  # fmt: skip

_FOURS = Style(
    Support.ARMS_AND_LEGS,
    arms={"on the hand": 1},
    legs={"kneeling": 2, "crawling ahead": 1},
    pitch=(82, 6), nod=(-15, 14), height=(0.97, 0.03), raised=(0.97, 0.03), alike=0.6,
)  # fmt: skip
CRAWLING: Family = {
    "hands and knees": (2.0, _FOURS),
    "hands and feet": (1.0, replace(
        _FOURS, legs={"on the foot": 1}, pitch=(100, 9), flexion=(8, 8), nod=(-10, 14),
        height=(1.6, 0.15), alike=0.9)),
}  # fmt: skip

UPSIDE_DOWN: Family = {
    "handstand": (1.0, Style(
        Support.HANDS, {"handstand": 1}, {"in the air, wide": 1, "hovering": 1, "swung": 0.5},
        pitch=(178, 7), flexion=(-4, 8), nod=(-12, 12), raised=(0.98, 0.02))),
    "floor exercise": (1.0, Style(
        Support.CARRIED, _LIVELY, {"tucked": 2, "in the air, wide": 1, "upright": 1},
        pitch=(170, 45), roll=(0, 30), lean=(0, 20))),
}  # fmt: skip

ADULT_STYLES: dict[str, Family] = {
    "standing": STANDING, "walking": WALKING, "sitting": SITTING, "squatting": SQUATTING,
    "bending": BENDING, "lying": LYING, "sporting": SPORTING, "crawling": CRAWLING,
    "upside down": UPSIDE_DOWN,
}  # fmt: skip
