"""Pictures come out as they are to be seen: shape of pixels, turns, colours, bit depth."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace

from core.video.source import open_video, preview
from tests.core.video.clip_matrix import GROUPS
from tests.core.video.clips import Clip, write_clip
from tests.core.video.painted import is_upright, number_in

COLOUR = (200, 60, 30)


@pytest.mark.parametrize(
    ("shape", "turned", "seen"),
    [
        (Fraction(4, 3), 0, (128, 64)),
        (Fraction(12, 11), 0, (105, 64)),
        (Fraction(3, 4), 0, (96, 85)),
        (Fraction(4, 3), 90, (96, 85)),
        (Fraction(200, 199), 0, (96, 64)),
        (Fraction(50, 1), 0, (96, 64)),
    ],
)
def test_pixels_that_are_not_square_are_stretched(
    tmp_path: Path, shape: Fraction, turned: int, seen: tuple[int, int]
) -> None:
    clip = Clip("a.mp4", options=GROUPS, pixel_shape=shape, turned=turned)
    with open_video(write_clip(tmp_path, clip)) as source:
        assert (source.info.width, source.info.height) == seen
        for frame in source.frames():
            assert frame.image.shape == (seen[1], seen[0], 3)
            assert number_in(frame.image) == frame.index
            assert is_upright(frame.image)


def _colour_of(path: Path, size: tuple[int, int], matrix: Colorspace, tag: int) -> np.ndarray:
    picture = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), COLOUR, np.uint8), "rgb24")
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.colorspace = tag
        picture = picture.reformat(format="yuv420p", dst_colorspace=matrix)
        picture.colorspace, picture.pts = tag, 0
        out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return preview(path).image.mean((0, 1))


@pytest.mark.parametrize(
    ("size", "matrix", "tag"),
    [
        ((96, 64), Colorspace.ITU601, 2),
        ((1280, 720), Colorspace.ITU709, 2),
        ((96, 64), Colorspace.ITU709, 1),
        ((1280, 720), Colorspace.ITU601, 5),
    ],
    ids=["small untagged", "large untagged", "small tagged 709", "large tagged 601"],
)
def test_colours_are_those_that_were_filmed(
    tmp_path: Path, size: tuple[int, int], matrix: Colorspace, tag: int
) -> None:
    colour = _colour_of(tmp_path / "a.mp4", size, matrix, tag)
    np.testing.assert_allclose(colour, COLOUR, atol=4)


@pytest.mark.parametrize(
    ("codec", "pixels", "file"),
    [
        ("mjpeg", "yuvj420p", "a.avi"),
        ("libx264", "yuv420p", "a.mkv"),
        ("libx264", "yuv420p10le", "a.mp4"),
        ("libx265", "yuv420p10le", "b.mp4"),
        ("libx265", "yuv422p10le", "a.mov"),
        ("ffv1", "yuv444p16le", "b.mkv"),
    ],
)
def test_black_white_and_grey_keep_their_level(
    tmp_path: Path, codec: str, pixels: str, file: str
) -> None:
    levels = np.repeat(np.array([0, 64, 128, 192, 255], np.uint8), 32)
    image = np.ascontiguousarray(np.broadcast_to(levels[None, :, None], (64, 160, 3)))
    full = ColorRange.JPEG if codec == "mjpeg" else ColorRange.MPEG
    options = {"x265-params": "log-level=none:qp=4:bframes=0"} if codec == "libx265" else {}
    with av.open(str(tmp_path / file), "w") as out:
        stream = out.add_stream(codec, rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 160, 64, pixels
        picture = av.VideoFrame.from_ndarray(image, "rgb24")
        picture = picture.reformat(
            format=pixels, src_color_range=ColorRange.JPEG, dst_color_range=full
        )
        picture.pts = 0
        out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    seen = preview(tmp_path / file).image[8:-8, 16::32].astype(int)
    np.testing.assert_allclose(seen, np.broadcast_to(image[8:-8, 16::32], seen.shape), atol=6)
