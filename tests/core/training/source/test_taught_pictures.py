import numpy as np
import pytest
from PIL import Image

from core.errors import BadInput
from core.prediction.predictor import build_predictor
from core.shards.pack import source_pack_folder
from core.training.data.pictures import open_pictures
from core.training.data_source import DataSource
from core.training.source.taught_pictures import Teacher, open_taught

PACK = DataSource("synthetic", source_pack_folder() / "infants.tar")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two synthetic infants, and a wall."""
    place = tmp_path_factory.mktemp("pictures")
    for number in range(2):
        picture = open_pictures(PACK).readers[number]()
        Image.fromarray(picture.image).save(place / f"{number}.png")
    Image.new("RGB", (128, 128), (90, 90, 90)).save(place / "wall.png")
    return place


def teacher(agreed=0.7):
    return Teacher.of("infant_pose", agreed, "cpu")


def test_what_the_model_is_sure_of_are_labels_and_nothing_else(folder):
    taught = open_taught(DataSource("pictures", folder), teacher())
    assert len(taught) == 3
    predictor = build_predictor("infant_pose")
    for read in taught.readers:
        picture = read()
        pose = predictor.predict_image(picture.image)
        is_labelled = np.isfinite(picture.xy).all(axis=1)
        assert np.array_equal(is_labelled, pose.confidence >= 0.7)
        assert np.allclose(picture.xy[is_labelled], pose.xy[is_labelled])
    assert not np.isfinite(taught.readers[2]().xy).any()
    assert np.isfinite(taught.readers[0]().xy).all(axis=1).sum() > 6


def test_another_teacher_makes_other_labels(folder):
    source = DataSource("pictures", folder)
    ours, other = teacher(), Teacher.of("movenet_thunder", 0.7, "cpu")
    assert open_taught(source, ours).fingerprint == open_taught(source, ours).fingerprint
    assert open_taught(source, ours).fingerprint != open_taught(source, other).fingerprint


def test_pictures_without_a_teacher_are_refused_and_labelled_ones_need_none(folder):
    with pytest.raises(BadInput, match="--set teacher=NAME"):
        open_taught(DataSource("pictures", folder), Teacher.of("", 0.7, "cpu"))
    assert len(open_taught(PACK, None)) == len(open_pictures(PACK))


def test_elsewhere_pictures_without_labels_are_refused(folder):
    with pytest.raises(BadInput, match="pictures without labels"):
        open_pictures(DataSource("pictures", folder))
