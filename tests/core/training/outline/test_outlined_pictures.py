from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from core.errors import BadInput
from core.shards.pack import source_pack_folder
from core.training.data.pictures import open_pictures
from core.training.data_source import DataSource
from core.training.outline.outline_recipe import OutlineRule
from core.training.outline.outlined_pictures import Witnesses, open_outlined
from tests.core.datasets.published import write_lsp
from tests.core.shards.conftest import write_set

PLAIN, CARERS = OutlineRule(share=1), OutlineRule(share=1, carers=True)
ALONE = Witnesses(None, "cpu")


class RedIsInfant:
    """A segmentation network that takes every red pixel for the infant."""

    card = SimpleNamespace(input_size=64, weights_sha256="red")

    def probabilities(self, images):
        return (images[:, :1] > 127).float()


@pytest.fixture
def drawn(tmp_path):
    """A synthetic infant and a wall, with drawn masks."""
    infants = DataSource("synthetic", source_pack_folder() / "infants.tar")
    infant = open_pictures(infants).readers[0]().image
    for folder in ("images", "masks"):
        (tmp_path / folder).mkdir()
    mask = np.zeros(infant.shape[:2], np.uint8)
    mask[40:200, 60:180] = 255
    for name, image, shown in (("a", infant, mask), ("wall", np.full_like(infant, 90), 0 * mask)):
        Image.fromarray(image).save(tmp_path / "images" / f"{name}.jpg", quality=95)
        Image.fromarray(shown).save(tmp_path / "masks" / f"{name}.png")
    return tmp_path


def test_a_drawn_mask_goes_with_the_infant_that_the_product_finds(drawn):
    found = open_outlined(DataSource("masks", drawn), PLAIN, ALONE)
    infant, wall = (read() for read in found.readers)
    assert wall is None
    assert infant.name == "a.jpg"
    rows, columns = np.nonzero(infant.mask)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (40, 199, 60, 179)
    assert infant.square.side > 128


def test_a_missing_or_smaller_mask_is_said_in_a_sentence(drawn):
    Image.new("L", (20, 20)).save(drawn / "masks" / "a.png")
    with pytest.raises(BadInput, match=r"a\.png: is not as large as its picture"):
        open_outlined(DataSource("masks", drawn), PLAIN, ALONE).readers[0]()
    (drawn / "masks" / "a.png").unlink()
    with pytest.raises(BadInput, match=r"a\.png: this mask is missing"):
        open_outlined(DataSource("masks", drawn), PLAIN, ALONE)


def test_the_fingerprint_follows_the_masks(drawn):
    source = DataSource("masks", drawn)
    before = open_outlined(source, PLAIN, ALONE).fingerprint
    assert open_outlined(source, PLAIN, ALONE).fingerprint == before
    Image.new("L", (256, 256), 255).save(drawn / "masks" / "a.png")
    assert open_outlined(source, PLAIN, ALONE).fingerprint != before


def test_rendered_silhouettes_and_those_with_a_carer(tmp_path):
    source = DataSource("synthetic", write_set(tmp_path / "set"))
    every, carers = (open_outlined(source, rule, ALONE) for rule in (PLAIN, CARERS))
    assert every.fingerprint != carers.fingerprint
    shown = [one for one in (read() for read in every.readers) if one is not None]
    assert shown
    for one in shown:
        assert one.mask.shape == one.image.shape[:2]
        assert set(np.unique(one.mask)) <= {0.0, 1.0}
    names = {one.name for one in shown}
    assert {one.name for one in (read() for read in carers.readers) if one is not None} < names


def test_photographs_get_the_teachers_mask_or_are_refused(tmp_path):
    (tmp_path / "lsp").mkdir()
    write_lsp(tmp_path / "lsp")
    source = DataSource("lsp", tmp_path / "lsp")
    with pytest.raises(BadInput, match="--set teacher=NAME"):
        open_outlined(source, PLAIN, ALONE)
    found = open_outlined(source, PLAIN, Witnesses(RedIsInfant(), "cpu"))
    outlined = [read() for read in found.readers]
    assert len(outlined) == len(open_pictures(source))
    for one in outlined:
        inside = np.ones(one.mask.shape, bool)
        inside[[0, -1]] = inside[:, [0, -1]] = False  # an edge is blurred by half a pixel
        is_red = one.image[..., 0] > 127
        assert ((one.mask > 0.5) == is_red)[inside].mean() > 0.9
    other = Witnesses(SimpleNamespace(card=SimpleNamespace(weights_sha256="other")), "cpu")
    assert open_outlined(source, PLAIN, other).fingerprint != found.fingerprint
