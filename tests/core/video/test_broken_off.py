"""Recordings that break off are read up to their last whole frame, with a warning."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadVideo
from core.video.frame import Frame
from core.video.source import VideoSource, open_video
from tests.core.video.clip_matrix import CLIPS, GROUPS
from tests.core.video.clips import Clip, write_clip
from tests.core.video.painted import number_in

GivePath = Callable[[str], Path]
InOrder = Callable[[str], list[Frame]]

STREAMED = [
    "h264 mts", "h264 m2ts", "h264 mkv", "h264 open groups", "hevc open groups", "mpeg4 avi",
    "vp9 hidden frames", "mjpeg avi", "h264 fragments", "mpeg2 ts", "turned 90 mkv",
]  # fmt: skip


def _cut(path: Path, share: float, folder: Path) -> Path:
    content = path.read_bytes()
    cut = folder / f"cut{path.suffix}"
    cut.write_bytes(content[: int(len(content) * share) | 1])  # packets have even sizes
    return cut


def _assert_is_consistent(source: VideoSource) -> list[Frame]:
    frames = list(source.frames())
    assert source.info.frame_count == len(frames)
    assert all(frame.intact for frame in frames)
    order = np.random.default_rng(len(frames)).permutation(len(frames))
    for index in order:
        np.testing.assert_array_equal(source.read(int(index)).image, frames[index].image)
    return frames


@pytest.mark.parametrize("name", STREAMED)
@pytest.mark.parametrize("share", [0.6, 0.75, 0.9, 0.97])
def test_what_is_there_can_be_read(
    clip: GivePath, in_order: InOrder, tmp_path: Path, name: str, share: float
) -> None:
    with open_video(_cut(clip(name), share, tmp_path)) as source:
        frames, warnings = _assert_is_consistent(source), source.info.warnings
    whole = in_order(name)
    assert 1 <= len(frames) <= len(whole)
    assert [text for text in warnings if "breaks off" in text] or len(frames) == len(whole)
    for frame in frames:
        np.testing.assert_array_equal(frame.image, whole[number_in(frame.image)].image)


@pytest.mark.parametrize("share", [0.6, 0.7, 0.8, 0.95])
def test_a_film_that_starts_with_its_table_of_contents(tmp_path: Path, share: float) -> None:
    layout = {"movflags": "faststart"}
    whole = write_clip(tmp_path, Clip("a.mp4", options=GROUPS, container_options=layout))
    with open_video(_cut(whole, share, tmp_path)) as source:
        numbers = [number_in(frame.image) for frame in _assert_is_consistent(source)]
        assert "breaks off" in source.info.warnings[0]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 0


@pytest.mark.parametrize("name", ["h264 mts", "mpeg4 avi", "h264 mkv"])
def test_wherever_it_is_cut_it_is_bad_input_or_readable(
    clip: GivePath, tmp_path: Path, name: str
) -> None:
    for share in np.linspace(0.01, 0.99, 25):
        try:
            with open_video(_cut(clip(name), float(share), tmp_path)) as source:
                numbers = [number_in(frame.image) for frame in source.frames()]
        except BadVideo:
            continue
        assert numbers == sorted(set(numbers))
        assert numbers[0] == 0


def test_two_transport_streams_joined_end_to_end(clip: GivePath, tmp_path: Path) -> None:
    joined = tmp_path / "joined.mts"
    joined.write_bytes(clip("h264 mts").read_bytes() * 2)
    with open_video(joined) as source:
        numbers = [number_in(frame.image) for frame in _assert_is_consistent(source)]
        steps = np.diff(source.info.times)
    assert numbers == [*range(48), *range(48)]
    assert steps.min() > 0
    assert steps.max() < 0.2


def test_a_recording_that_starts_in_the_middle_says_what_is_left_out(
    clip: GivePath,
) -> None:
    with open_video(clip("begins in a group mp4")) as source:
        assert source.info.times[0] == 0
        assert "cannot be decoded" in source.info.warnings[0]


@pytest.mark.parametrize("name", ["h264 mp4", "hevc open groups", "mpeg4 avi", "vp9 mp4 odd"])
def test_damage_in_the_middle_never_stops_the_reading(
    clip: GivePath, tmp_path: Path, name: str
) -> None:
    rng = np.random.default_rng(7)
    content = bytearray(clip(name).read_bytes())
    damaged = tmp_path / f"damaged{clip(name).suffix}"
    count = len(CLIPS[name].times_ms)
    for start in rng.integers(len(content) // 3, len(content) * 2 // 3, 6):
        content[start : start + 20] = rng.bytes(20)
        damaged.write_bytes(content)
        with open_video(damaged) as source:
            assert 1 <= source.info.frame_count <= count
            indices = [frame.index for frame in source.frames()]
            assert indices == list(range(source.info.frame_count))
            for index in rng.permutation(source.info.frame_count):
                assert source.read(int(index)).index == index


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_no_damage_whatever_is_a_fault_of_ours(clip: GivePath, tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = [name for name in CLIPS if "one" not in name]
    for _ in range(40):
        path = clip(names[rng.integers(len(names))])
        content = bytearray(path.read_bytes())
        for start in rng.integers(0, len(content), rng.integers(1, 6)):
            size = int(rng.choice([1, 4, 60, 400]))
            content[start : start + size] = rng.bytes(size)
        damaged = tmp_path / f"damaged{path.suffix}"
        damaged.write_bytes(content[: rng.integers(len(content) // 3, len(content) + 1)])
        with suppress(BadVideo), open_video(damaged) as source:
            count = source.info.frame_count
            assert [frame.index for frame in source.frames()] == list(range(count))
            for index in rng.integers(0, count, 20):
                assert source.read(int(index)).index == index
