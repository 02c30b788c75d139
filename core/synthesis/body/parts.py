"""The parts of the body that part masks show."""

from enum import IntEnum


class BodyPart(IntEnum):
    """Values of a part mask; left is the person's left."""

    NONE = 0
    HEAD = 1
    TORSO = 2
    LEFT_UPPER_ARM = 3
    RIGHT_UPPER_ARM = 4
    LEFT_FOREARM = 5
    RIGHT_FOREARM = 6
    LEFT_HAND = 7
    RIGHT_HAND = 8
    LEFT_THIGH = 9
    RIGHT_THIGH = 10
    LEFT_SHANK = 11
    RIGHT_SHANK = 12
    LEFT_FOOT = 13
    RIGHT_FOOT = 14
