import dataclasses

import numpy as np
import pytest
from PIL import Image

from core.pose.palette import SIDE_COLOURS, SILHOUETTE
from core.pose.skeleton import shipped_skeleton
from core.shards.reader import ShardSet
from core.shards.sample import SyntheticSample
from core.shards.set_request import Encoding
from core.shards.shard_writer import ShardWriter
from core.synthesis.production.contact_sheet import write_contact_sheets
from tests.core.shards.painted_sample import painted
from tests.core.synthesis.production.conftest import CLIPS, STILLS, made_here

LOSSLESS = Encoding(image="jpg", quality=100)


def sheets(request, folder, *, with_skeletons=False):
    made_here(request, folder)
    samples = ShardSet.open(folder)
    write_contact_sheets(samples, folder, with_skeletons=with_skeletons)
    names = ("contact_sheet.png", "contact_sheet_labels.png")
    return samples, *(np.asarray(Image.open(folder / name)) for name in names)


def test_the_first_sixty_four_stand_row_by_row(tmp_path):
    request = STILLS.model_copy(update={"count": 70})
    samples, plain, labelled = sheets(request, tmp_path)
    assert plain.shape == labelled.shape == (8 * 24, 8 * 24, 3)
    np.testing.assert_array_equal(plain[24:48, 48:72], samples[10].image)
    np.testing.assert_array_equal(plain[-24:, -24:], samples[63].image)


@pytest.mark.parametrize(("count", "shape"), [(1, (24, 24)), (8, (24, 192)), (9, (48, 192))])
def test_small_sets_give_small_sheets(tmp_path, count, shape):
    _, plain, _ = sheets(STILLS.model_copy(update={"count": count}), tmp_path)
    assert plain.shape[:2] == shape


def test_large_pictures_are_shrunk(tmp_path):
    _, plain, _ = sheets(STILLS.model_copy(update={"count": 1, "size": 600}), tmp_path)
    assert plain.shape == (256, 256, 3)


def test_frames_come_from_all_clips(tmp_path):
    form = CLIPS.clip.model_copy(update={"seconds": 4.0})
    samples, plain, _ = sheets(CLIPS.model_copy(update={"clip": form}), tmp_path)
    assert len(samples) == 160
    np.testing.assert_array_equal(plain[:36, 48:96], samples[2].image)
    np.testing.assert_array_equal(plain[-36:, -48:], samples[157].image)


def spread_out() -> SyntheticSample:
    """Points in four rows of four; every third is outside, hidden, seen."""
    sample = painted("infant", 0, 0, (256, 256))
    xy = [(30.0 + 60 * (k % 4), 30.0 + 60 * (k // 4)) for k in range(16)]
    labels = sample.labels.model_copy(update={"xy": xy, "visibility": [k % 3 for k in range(16)]})
    return dataclasses.replace(sample, labels=labels)


def test_seen_points_are_discs_in_the_colour_of_their_side_and_hidden_ones_hollow(tmp_path):
    encoding = Encoding(parts=False, full=False, depth=False)
    with ShardWriter(tmp_path / "a.tar", encoding) as shard:
        shard.write("a", spread_out())
    samples = ShardSet.open(tmp_path / "a.tar")
    write_contact_sheets(samples, tmp_path, with_skeletons=False)
    picture = np.asarray(Image.open(tmp_path / "contact_sheet_labels.png")).astype(int)
    changed = (picture != samples[0].image).any(axis=-1)
    for k, name in enumerate(shipped_skeleton().keypoints):
        x, y = 30 + 60 * (k % 4), 30 + 60 * (k // 4)
        around = changed[y - 8 : y + 8, x - 8 : x + 8]
        assert around.any() == (k % 3 > 0)
        assert changed[y, x] == (k % 3 == 2)
        if k % 3 == 2:
            colour = SIDE_COLOURS[shipped_skeleton().side(name)]
            assert np.abs(picture[y, x] - colour).max() < 30


def test_silhouettes_are_outlined(tmp_path):
    request = STILLS.model_copy(update={"count": 1, "size": 128})
    samples, plain, labelled = sheets(request, tmp_path)
    sample = samples[0]
    changed = (labelled != plain).any(axis=-1)
    rows, columns = np.nonzero(sample.full)
    assert changed[rows.min(), columns.min() : columns.max()].all()
    np.testing.assert_array_equal(labelled[rows.max() - 5, columns.min()], SILHOUETTE)


def test_skeletons_on_demand(tmp_path):
    request = STILLS.model_copy(update={"count": 1, "size": 256, "encoding": LOSSLESS})
    samples, plain, _ = sheets(request, tmp_path, with_skeletons=True)
    changed = (plain != samples[0].image).any(axis=-1)
    assert 0 < changed.sum() < 0.05 * changed.size
