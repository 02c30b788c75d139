"""A kept index is the same index; a broken or foreign one is never used."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.video import index_store
from core.video.index_builder import build_index
from core.video.index_store import index_of, load, save
from core.video.packet_decoder import PacketDecoder
from core.video.source import open_video
from core.video.time_index import TimeIndex
from tests.core.video.painted import number_in

GivePath = Callable[[str], Path]


def _index(path: Path) -> TimeIndex:
    with closing(PacketDecoder(path)) as decoder:
        return build_index(decoder)


def _assert_same(one: TimeIndex, other: TimeIndex) -> None:
    np.testing.assert_array_equal(one.packets, other.packets)
    np.testing.assert_array_equal(one.times, other.times)
    np.testing.assert_array_equal(one.frame_of, other.frame_of)
    np.testing.assert_array_equal(one.entries.rows, other.entries.rows)
    assert one.warnings == other.warnings


@pytest.fixture
def keep_all(monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """Keep the index of short clips too; gives the folder of kept ones."""
    monkeypatch.setattr(index_store, "_WORTH_KEEPING_S", -1.0)
    return home / "indices"


@pytest.mark.parametrize("name", ["h264 open groups", "begins in a group mp4", "mjpeg avi"])
def test_an_index_comes_back(clip: GivePath, tmp_path: Path, name: str) -> None:
    index = _index(clip(name))
    save(tmp_path / "kept.npz", index)
    kept = load(tmp_path / "kept.npz")
    assert kept is not None
    _assert_same(kept, index)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_broken_one_is_not_used(clip: GivePath, tmp_path: Path, share: float) -> None:
    kept = tmp_path / "kept.npz"
    save(kept, _index(clip("h264 mp4")))
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    assert load(kept) is None
    kept.write_text("not an index")
    assert load(kept) is None


def test_a_recording_is_indexed_once(
    clip: GivePath, keep_all: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clip("h264 avi reordered")
    with open_video(path) as source:
        times = source.info.times
    assert len(list(keep_all.iterdir())) == 1
    monkeypatch.delattr(index_store, "build_index")
    with open_video(path) as source:
        np.testing.assert_array_equal(source.info.times, times)
        assert [number_in(frame.image) for frame in source.frames()] == list(range(48))
        assert number_in(source.read(31).image) == 31


def test_a_changed_file_is_indexed_anew(clip: GivePath, keep_all: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.mts"
    content = clip("h264 mts").read_bytes()
    path.write_bytes(content)
    with open_video(path) as source:
        assert source.info.frame_count == 48
    path.write_bytes(content[: len(content) // 2])
    with open_video(path) as source:
        assert source.info.frame_count < 48
    os.utime(path, ns=(0, 0))
    with open_video(path):
        assert len(list(keep_all.iterdir())) == 3


def test_short_recordings_are_not_kept(clip: GivePath, home: Path) -> None:
    with open_video(clip("h264 one frame")):
        assert not (home / "indices").exists()


def test_only_so_many_are_kept(
    clip: GivePath, keep_all: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_store, "_MOST_KEPT", 2)
    for number in range(4):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(clip("h264 mp4").read_bytes())
        os.utime(path, ns=(number, number))
        with closing(PacketDecoder(path)) as decoder:
            index_of(decoder)
    assert len(list(keep_all.iterdir())) == 2


def test_a_disk_without_room_does_not_matter(clip: GivePath, keep_all: Path) -> None:
    keep_all.parent.mkdir(parents=True, exist_ok=True)
    keep_all.write_text("a file where the folder should be")
    with open_video(clip("h264 mp4")) as source:
        assert source.info.frame_count == 48
