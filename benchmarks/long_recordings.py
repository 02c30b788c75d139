"""Makes hours of video and a million predicted frames in seconds, for the window's benchmark."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.packet import Packet

from core.pose.pose_track import PoseTrack
from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import shipped_skeleton
from core.study.predictions import add_chunk
from core.study.study import Study
from core.video.source import open_video

GROUP = 50  # frames between two key frames
CHUNK = 64
SKELETON = shipped_skeleton()


def write_video(path: Path, *, frames: int, fps: int, size: tuple[int, int]) -> Path:
    """Encode one group of pictures and repeat its packets with rising times."""
    group = encoded_group(size, fps)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=fps)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, fps)
        for number in range(frames):
            content, is_key = group[number % GROUP]
            packet = Packet(content)
            packet.pts = packet.dts = number
            packet.time_base = Fraction(1, fps)
            packet.is_keyframe = is_key
            packet.stream = stream
            container.mux(packet)
    return path


def encoded_group(size: tuple[int, int], fps: int) -> list[tuple[bytes, bool]]:
    context = av.CodecContext.create("mpeg4", "w")
    context.width, context.height = size
    context.pix_fmt = "yuv420p"
    context.time_base = Fraction(1, fps)
    context.gop_size, context.max_b_frames = GROUP, 0
    context.options = {"qscale": "8"}
    packets: list[Packet] = []
    for number in range(GROUP):
        picture = av.VideoFrame.from_ndarray(painted(number, size), "rgb24")
        picture.pts = number
        packets += context.encode(picture)
    packets += context.encode(None)
    return [(bytes(packet), packet.is_keyframe) for packet in packets]


def painted(number: int, size: tuple[int, int]) -> np.ndarray:
    width, height = size
    image = np.full((height, width, 3), 120, np.uint8)
    image[::8] = 140
    left = (number * width // GROUP) % (width - width // 8)
    image[height // 3 : height // 2, left : left + width // 8] = (230, 150, 90)
    return image


def add_predicted(study: Study, path: Path, rng: np.random.Generator) -> int:
    """Take a video into the study with a whole prediction; returns its id."""
    with open_video(path) as source:
        info = source.info
    recording = study.add_recording(path, info).id
    prediction = study.begin_prediction(recording, "movenet_thunder", "0" * 64, {})
    with study._database.writing() as connection:  # one transaction: this is not what is measured
        for start in range(0, info.frame_count, CHUNK):
            frames = min(CHUNK, info.frame_count - start)
            chunk = made_chunk(start, frames, (info.width, info.height), rng)
            add_chunk(connection, prediction, chunk)
    study.finish_prediction(prediction)
    return recording


def made_chunk(
    start: int, frames: int, size: tuple[int, int], rng: np.random.Generator
) -> PredictionChunk:
    shape = (frames, len(SKELETON))
    angle = np.linspace(0, 2 * np.pi, 90)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * size[1] / 3 + np.array(size) / 2
    middle, spread = np.array(size, np.float32) / 2, size[1] / 7
    track = PoseTrack(
        SKELETON,
        middle + np.float32(spread) * rng.standard_normal((*shape, 2), np.float32),
        rng.beta(8, 1, shape).astype(np.float32),
        np.full(shape, 2, np.uint8),
        np.zeros(shape, np.uint8),
    )
    outline = Silhouette((ring.astype(np.float32),))
    return PredictionChunk(start, track, (outline,) * frames)
