"""What lens, sensor and codec do to a picture."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from core.synthesis.scene import Finish

Light = NDArray[np.float32]

_STEPS = 1 << 14  # of the tone curve's table: less than one of 255 each, even in the dark
_BRIGHTEST = 4.0  # linear light that the table reaches
_KNEE = 0.7  # up to here the curve is plain; above, it bends towards white
_MIDDLE = 0.46  # the sRGB grey about which contrast turns
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_GRAIN = 1 << 21  # random numbers drawn once; every picture takes a stretch of them


def finished(light: Light, finish: Finish, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Linear light (H, W, 3) -> sRGB uint8, through all that the finish asks for."""
    light = _saturated(_blurred(light, finish) * _gain(light.shape[:2], finish), finish.saturation)
    picture = _developed(light, finish.contrast)
    if finish.noise > 0:
        picture += _grain(picture.shape, finish, rng)
    return _coded(np.clip(picture + 0.5, 0, 255).astype(np.uint8), finish.jpeg)


def _blurred(light: Light, finish: Finish) -> Light:
    """Smeared by movement, softened by the lens."""
    edge = cv2.BORDER_REPLICATE
    if np.hypot(*finish.motion) >= 0.5:
        smeared = cv2.filter2D(light, -1, _smear(finish.motion), borderType=edge)
        light = np.asarray(smeared, np.float32)
    if finish.defocus > 0:
        blurred = cv2.GaussianBlur(light, (0, 0), finish.defocus, borderType=edge)
        light = np.asarray(blurred, np.float32)
    return light


def _smear(motion: tuple[float, float]) -> Light:
    """A line as a kernel, pixels."""
    half = int(np.ceil(np.hypot(*motion) / 2))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    for share in np.linspace(-0.5, 0.5, 4 * half + 1):
        kernel[round(half + share * motion[1]), round(half + share * motion[0])] += 1
    return kernel / kernel.sum()


def _gain(size: tuple[int, ...], finish: Finish) -> Light:
    """Exposure, white balance and the darker corners, (H, W, 3) or (3,)."""
    gain = np.array(finish.white_balance, np.float32) * np.float32(finish.exposure)
    if finish.vignette <= 0:
        return gain
    y, x = (((np.arange(n, dtype=np.float32) + 0.5) / n * 2 - 1) ** 2 for n in size)
    corners = 1 - np.float32(finish.vignette / 2) * (y[:, None] + x[None])
    return np.asarray(corners[..., None] * gain, np.float32)


def _saturated(light: Light, saturation: float) -> Light:
    if saturation == 1:
        return light
    grey = (light @ _LUMA)[..., None]
    return np.asarray(grey + (light - grey) * np.float32(saturation), np.float32)


def _developed(light: Light, contrast: float) -> Light:
    """Linear light -> sRGB of 255, by a table; contrast turns about a middle grey."""
    at = np.clip(light * (_STEPS / _BRIGHTEST), 0, _STEPS - 1).astype(np.int32)
    table = 255 * (_MIDDLE + (_tone_curve() - _MIDDLE) * np.float32(contrast))
    return table[at]


@cache
def _tone_curve() -> Light:
    """SRGB, but that highlights roll off; from darkness to the brightest light."""
    light = np.arange(_STEPS) / _STEPS * _BRIGHTEST
    room = 1 - _KNEE
    over = np.maximum(light - _KNEE, 0)
    light = np.minimum(light, _KNEE) + room * (1 - np.exp(-over / room))
    srgb = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return srgb.astype(np.float32)


def _grain(shape: tuple[int, ...], finish: Finish, rng: np.random.Generator) -> Light:
    """Sensor noise; a picture without colour has noise without colour."""
    height, width = shape[:2]
    channels = 1 if finish.saturation == 0 else 3
    count = height * width * channels
    start = int(rng.integers(_GRAIN))
    stretch = _normals()[start : start + count]
    if len(stretch) < count:
        stretch = np.resize(np.roll(_normals(), -start), count)
    return stretch.reshape(height, width, channels) * np.float32(finish.noise)


@cache
def _normals() -> Light:
    """Drawing anew for every picture would take as long as half of the rest of the finish."""
    return np.random.default_rng(0).standard_normal(_GRAIN, np.float32)


def _coded(picture: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    if quality >= 100:
        return picture
    _, code = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(decoded[..., ::-1])
