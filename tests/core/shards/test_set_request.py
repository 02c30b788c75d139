import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.errors import BadInput
from core.shards.set_request import (
    SET_FILE,
    ClipForm,
    SetRequest,
    differences,
    read_request,
    write_request,
)
from tests.core.shards.conftest import REQUEST

CLIPS = SetRequest(
    generator="1",
    kind="clip",
    count=3,
    seed=1,
    clip=ClipForm(seconds=2, fps=12.5, width=64, height=48),
)


@given(st.integers(1, 10_000), st.integers(1, 500))
def test_every_still_lies_in_exactly_one_shard(count, shard_size):
    request = REQUEST.model_copy(update={"count": count, "shard_size": shard_size})
    members = [number for shard in range(request.shards) for number in request.members(shard)]
    assert members == list(range(count))
    assert sum(map(request.pictures_in, range(request.shards))) == request.pictures == count


def test_every_clip_has_a_shard_of_its_own():
    assert (CLIPS.shards, CLIPS.pictures, CLIPS.pictures_in(2)) == (3, 75, 25)
    assert list(CLIPS.members(2)) == [2]
    assert CLIPS.picture_size == (64, 48)
    assert REQUEST.picture_size == (24, 24)


@pytest.mark.parametrize("request_", [REQUEST, CLIPS])
def test_a_request_comes_back(tmp_path, request_):
    write_request(tmp_path, request_)
    assert read_request(tmp_path) == request_


def test_a_folder_without_a_request_has_none(tmp_path):
    assert read_request(tmp_path) is None
    assert read_request(tmp_path / "missing") is None


@pytest.mark.parametrize("content", [b"", b"{}", b'{"version": 2}', b"\xff"])
def test_a_damaged_or_newer_request_is_refused(tmp_path, content):
    (tmp_path / SET_FILE).write_bytes(content)
    with pytest.raises(BadInput, match=SET_FILE):
        read_request(tmp_path)


def test_differences_are_told_in_words():
    encoding = REQUEST.encoding.model_copy(update={"quality": 70})
    asked = REQUEST.model_copy(update={"count": 20, "encoding": encoding})
    assert differences(asked, REQUEST) == ["count 11, not 20", "quality 90, not 70"]
    assert differences(REQUEST, REQUEST) == []
    assert "fps 12.5, not none" in differences(REQUEST, CLIPS)


@pytest.mark.parametrize("size", [None, 24])
def test_clips_and_stills_are_not_mixed(size):
    with pytest.raises(ValidationError, match="clips have a clip form"):
        SetRequest(generator="1", kind="infants", count=1, seed=0, size=size, clip=CLIPS.clip)
