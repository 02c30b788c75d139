import numpy as np

from core.shards.sample import seed_sequence
from tests.core.shards.painted_sample import painted


def test_every_sample_has_a_stream_of_its_own():
    asked = [
        (kind, seed, i) for kind in ("adult", "infant", "clip") for seed in (0, 9) for i in (0, 1)
    ]
    streams = {tuple(seed_sequence(*one).generate_state(4)) for one in asked}
    assert len(streams) == len(asked)


def test_the_visible_silhouette_is_where_parts_are():
    sample = painted("infant", 0, 0, (24, 24))
    assert sample.visible is not None
    np.testing.assert_array_equal(sample.visible, sample.parts == 2)
