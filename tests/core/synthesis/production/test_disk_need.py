import pytest

from core.shards.set_request import ClipForm, Encoding
from core.synthesis.production.disk_need import bytes_needed, size_in_words
from tests.core.synthesis.production.conftest import CLIPS, STILLS, made_here

LARGE = (
    STILLS.model_copy(update={"size": 256}),
    CLIPS.model_copy(update={"clip": ClipForm(seconds=0.5, fps=20, width=320, height=240)}),
)


@pytest.mark.parametrize("request_", LARGE)
def test_a_set_takes_no_more_than_was_said(tmp_path, request_):
    taken = sum(map(len, made_here(request_, tmp_path).values()))
    assert taken < bytes_needed(request_, request_.pictures) < 20 * taken


def test_what_is_left_out_takes_nothing():
    pack = Encoding(image="webp", parts=False, full=False, depth=False)
    small = STILLS.model_copy(update={"encoding": pack, "size": 256})
    large = LARGE[0]
    assert bytes_needed(small, 10) < bytes_needed(large, 10) / 2
    assert bytes_needed(large, 20) == pytest.approx(2 * bytes_needed(large, 10))


@pytest.mark.parametrize(
    ("count", "words"),
    [(3.14159e9, "3.14 GB"), (6.02e13, "60.2 TB"), (4.5e15, "4,500 TB"), (1e5, "0.1 MB")],
)
def test_sizes_for_people(count, words):
    assert size_in_words(count) == words
