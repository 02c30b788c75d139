import numpy as np
import pytest

from core.synthesis.cloth.fabrics import draw_cloth, woven
from core.synthesis.cloth.palettes import MOODS, draw_palette, solid
from core.synthesis.cloth.prints import INKS, PRINTS, VARIANTS, print_of
from core.synthesis.cloth.weaves import WEAVES
from tests.core.synthesis.cloth.tiles import assert_sound

WHITE = np.full((INKS, 3), 0.9, np.float32)


@pytest.mark.parametrize("weave", sorted(WEAVES))
def test_every_weave_repeats_without_a_seam(weave: str):
    rng = np.random.default_rng(3)
    for _ in range(5):  # most of the variants
        assert_sound(woven(rng, (weave, "plain"), WHITE, 0.2))


@pytest.mark.parametrize("printed", PRINTS)
def test_every_print_repeats_without_a_seam(printed: str):
    rng = np.random.default_rng(4)
    for _ in range(5):  # most of the variants
        assert_sound(woven(rng, ("jersey", printed), draw_palette(rng), 0.2))


@pytest.mark.parametrize("printed", PRINTS)
def test_inks_share_every_texel(printed: str):
    for variant in range(VARIANTS):
        np.testing.assert_allclose(print_of(printed, variant).sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("printed", [name for name in PRINTS if name != "plain"])
def test_a_print_shows_more_than_its_ground(printed: str):
    assert print_of(printed, 0)[:, 1:].max() > 0.2


def test_the_same_seed_gives_the_same_cloth():
    one, two = (draw_cloth(np.random.default_rng(9)) for _ in range(2))
    assert (one.albedo == two.albedo).all()
    assert one.tile_metres == two.tile_metres


def test_seeds_give_many_cloths():
    means = {tuple(draw_cloth(np.random.default_rng(n)).albedo.mean(axis=(0, 1)).round())
             for n in range(20)}  # fmt: skip
    assert len(means) >= 18


def test_moods_decide_how_light_cloth_is():
    def brightness(mood: str) -> float:
        rng = np.random.default_rng(0)
        cloths = [draw_cloth(rng, prints=("plain",), moods=(mood,)) for _ in range(5)]
        return float(np.mean([cloth.albedo.mean() for cloth in cloths]))

    assert brightness("white") > brightness("muted") > brightness("dark")


def test_colours_stay_in_range():
    rng = np.random.default_rng(1)
    palettes = [draw_palette(rng, (mood,)) for mood in MOODS] + [solid(0.9, 0.5, 0.1)]
    assert all(((palette >= 0) & (palette <= 1)).all() for palette in palettes)


def test_only_wipeable_cloth_shines():
    rng = np.random.default_rng(0)
    assert draw_cloth(rng, ("vinyl",)).gloss > draw_cloth(rng, ("terry",)).gloss
