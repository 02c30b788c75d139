"""The authors' prior and Kp2Seg: their files give their numbers here, and ours load in theirs."""

import pytest
import torch
from torch.nn import functional

from core.errors import BadModel
from core.models.library import ModelLibrary
from core.networks.checkpoint_export import write_authors_checkpoint
from core.networks.load import load_pose_network
from core.networks.load_judges import load_area, load_prior
from core.networks.model_import import ImportRequest, import_network
from core.networks.pose_prior import upright
from tests.core.networks.authors_judges import (
    AuthorsGenerator,
    AuthorsPrior,
    save_authors,
    trained_looking,
)
from tests.core.training.priors.trained import small_prior_folder

BONES = functional.normalize(
    torch.randn(16, 13, 2, generator=torch.Generator().manual_seed(3)), dim=2
)
PLACES = 63 * torch.rand(4, 16, 2, generator=torch.Generator().manual_seed(4))


@pytest.fixture
def library(tmp_path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "mine", tmp_path / "shipped")


def imported(library, file):
    return import_network(ImportRequest(file, "theirs"), library, today="2026-11-25")[0]


@pytest.mark.parametrize("prefix", ["", "module."])  # their fine-tuned files carry it
def test_an_imported_prior_gives_the_authors_distances(tmp_path, library, prefix):
    theirs = trained_looking(AuthorsPrior(), seed=1)
    assert len(theirs.state_dict()) == 70
    folder = imported(library, save_authors(tmp_path / "ft_prior_stage_3.pt", theirs, prefix))
    assert (folder.card.architecture, folder.card.task) == ("pose_prior_authors", "prior")
    with torch.inference_mode():
        expected = theirs(BONES).squeeze(1)
        found = load_prior(folder)(BONES)
    assert expected.std() > 0.01
    assert torch.allclose(found, expected, rtol=1e-4, atol=1e-5 * float(expected.max()))


def test_an_exported_prior_of_theirs_comes_back_unchanged(tmp_path, library):
    theirs = trained_looking(AuthorsPrior(), seed=2)
    folder = imported(library, save_authors(tmp_path / "prior_stage_3.pt", theirs))
    assert write_authors_checkpoint(folder, tmp_path / "back.pt") == ()
    back = AuthorsPrior().eval()
    back.load_state_dict(torch.load(tmp_path / "back.pt", weights_only=True)["model"])
    with torch.inference_mode():
        assert torch.equal(back(BONES), theirs(BONES))


def test_our_prior_loads_in_the_authors_module(tmp_path):
    folder = small_prior_folder(tmp_path / "model")
    (note,) = write_authors_checkpoint(folder, tmp_path / "ours.pt")
    assert "upright" in note
    theirs = AuthorsPrior().eval()
    theirs.load_state_dict(torch.load(tmp_path / "ours.pt", weights_only=True)["model"])
    ours = load_prior(folder)
    with torch.inference_mode():
        relu = theirs(upright(BONES)).squeeze(1)
        assert torch.allclose(relu, ours.unbounded(upright(BONES)).relu(), atol=1e-5)
        assert ((ours(BONES) - relu) >= -1e-6).all()
        assert ((ours(BONES) - relu) < 0.0694).all()


def test_an_imported_generator_gives_the_authors_maps(tmp_path, library):
    theirs = trained_looking(AuthorsGenerator(), seed=5)
    folder = imported(library, save_authors(tmp_path / "SURREAL_kp2seg_gan.pt", theirs))
    assert (folder.card.architecture, folder.card.task) == ("kp2seg_authors", "kp2seg")
    area = load_area(folder)
    with torch.inference_mode():
        expected = theirs(PLACES)
        found = area.__self__(PLACES)
        lead = area(PLACES / 32 - 1)
    assert found.shape == expected.shape == (4, 21, 256, 256)
    assert torch.allclose(found, expected, atol=1e-5)
    assert lead.shape == (4, 1, 64, 64)
    is_person = expected[:, :, 2::4, 2::4].argmax(1) == 15  # near the middles of 64x64 cells
    assert ((lead[:, 0] > 0) == is_person).float().mean() > 0.9
    write_authors_checkpoint(folder, tmp_path / "back.pt")
    back = torch.load(tmp_path / "back.pt", weights_only=True)["model"]
    assert back.keys() == theirs.state_dict().keys()


def test_a_network_that_the_authors_do_not_have_is_refused(tmp_path):
    movenet = ModelLibrary.standard().find("movenet_thunder")
    with pytest.raises(BadModel, match=r"a movenet_thunder, which the authors' code does not have"):
        write_authors_checkpoint(movenet, tmp_path / "thunder.pt")
    assert not (tmp_path / "thunder.pt").exists()


def test_a_judge_and_a_pose_network_are_not_mixed_up(tmp_path):
    prior, movenet = small_prior_folder(tmp_path / "model"), ModelLibrary.standard()
    with pytest.raises(BadModel, match="a pose prior, where a pose network is needed"):
        load_pose_network(prior)
    with pytest.raises(BadModel, match="a pose network, where a pose prior is needed"):
        load_prior(movenet.find("movenet_thunder"))
    with pytest.raises(BadModel, match="a pose prior, where a network from keypoints to silhou"):
        load_area(prior)
