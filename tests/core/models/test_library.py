import shutil
from pathlib import Path

import pytest

from core.errors import BadModel, NoSpace
from core.models.library import DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.models.model_folder import ModelFolder, copy_model, open_model, write_model_folder
from tests.core.models.test_card import make_card


@pytest.fixture
def library(tmp_path) -> ModelLibrary:
    library = ModelLibrary(tmp_path / "mine", tmp_path / "shipped")
    write_model_folder(library.shipped / "stock", make_card(name="stock"), b"stock weights")
    return library


def add(library: ModelLibrary, name: str = "own") -> ModelFolder:
    return write_model_folder(library.new_folder(name), make_card(name=name), b"own weights")


def test_the_shipped_models_are_whole_and_may_be_shipped():
    library = ModelLibrary.standard()
    for name in (DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL):
        model = library.find(name)
        assert model.card.name == name
        assert model.read_weights()
        assert "Apache-2.0" in model.card.licence
        assert library.is_shipped(name)


def test_models_are_found_by_name_and_by_folder(library):
    own = add(library)
    assert library.names() == ["stock", "own"]
    assert library.find("own") == library.find(own.path) == library.find(str(own.path)) == own
    assert not library.is_shipped("own")


@pytest.mark.parametrize("name", ["missing", "", ".", "..", "a/b", "\0", "x" * 300])
def test_an_unknown_model_is_told_with_the_known_ones(library, name):
    (library.user / "missing").mkdir(parents=True)  # a folder without a card is no model
    with pytest.raises(
        BadModel, match=r"no model of this name.*known are: stock\.|not a model folder"
    ):
        library.find(name)


@pytest.mark.parametrize("name", ["", ".hidden", "a/b", "../up", "a b", "stock", "own", "x" * 65])
def test_a_name_that_cannot_be_had_is_refused(library, name):
    add(library)
    with pytest.raises(BadModel, match=r"not a model name|already there"):
        library.new_folder(name)


def test_only_the_users_models_can_be_removed(library):
    own = add(library)
    library.remove("own")
    assert not own.path.exists()
    with pytest.raises(BadModel, match="own: no model of this name"):
        library.remove("own")
    with pytest.raises(BadModel, match="stock: comes with the program"):
        library.remove("stock")
    with pytest.raises(BadModel, match="no model of this name"):
        library.remove("../shipped/stock")
    assert library.names() == ["stock"]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda model: model.weights_file.unlink(), "has no weights.safetensors"),
        (lambda model: model.weights_file.write_bytes(b"other"), "damaged or replaced"),
        (lambda model: shutil.rmtree(model.path), "has no weights.safetensors"),
    ],
)
def test_damaged_weights_are_refused(library, damage, sentence):
    own = add(library)
    damage(own)
    with pytest.raises(BadModel, match=sentence):
        own.read_weights()


def test_a_folder_that_is_no_model_is_told(tmp_path):
    with pytest.raises(BadModel, match=r"not a model folder \(it has no card\.toml\)"):
        open_model(tmp_path)
    (tmp_path / "card.toml").mkdir()
    with pytest.raises(BadModel, match=r"card\.toml: cannot be read"):
        open_model(tmp_path)


def test_a_model_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "models" / "own"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(NoSpace, match=r"own: cannot be written \(No space left"):
            write_model_folder(target, make_card(), b"weights")
    assert list(target.parent.iterdir()) == []
    write_model_folder(target, make_card(), b"weights")
    with pytest.raises(BadModel, match="already there"):
        write_model_folder(target, make_card(), b"others")
    assert open_model(target).read_weights() == b"weights"


def test_a_copied_model_carries_its_new_name(library, tmp_path):
    own = add(library)
    copy = copy_model(own, tmp_path / "copy")
    assert copy.card == own.card.model_copy(update={"name": "copy"})
    assert open_model(copy.path).read_weights() == own.read_weights()


def test_a_refused_removal_is_told(library, monkeypatch):
    add(library)
    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(NoSpace, match="cannot be removed"):
        library.remove("own")


def refuse(*_args, **_options):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("wish", "name"),
    [("Ward 3, June", "Ward-3-June"), ("stock", "stock-2"), ("  ", "model"), ("…", "model")],
)
def test_a_free_name_is_made_from_what_users_write(library, wish, name):
    assert library.free_name(wish) == name
    long = library.free_name("a" * 200)
    assert library.new_folder(long).name == long


def test_a_job_s_model_is_taken_under_the_user_s_words(library, tmp_path):
    made = write_model_folder(tmp_path / "job" / "model", make_card(name="job"), b"adapted")
    first = library.adopt_folder(made.path, "Ward 3")
    second = library.adopt_folder(made.path, "Ward 3")
    assert (first.card.name, second.card.name) == ("Ward-3", "Ward-3-2")
    assert first.card.title == second.card.title == "Ward 3"
    assert library.find("Ward-3").read_weights() == b"adapted"
    (made.path / "weights.safetensors").write_bytes(b"damaged")
    with pytest.raises(BadModel, match="damaged"):
        library.adopt_folder(made.path, "Ward 4")


def test_users_name_and_note_their_own_models(library):
    own = add(library)
    library.describe("own", title="Ward 3", note="after the new lamp")
    library.describe("own", title="Ward 4")
    card = library.find("own").card
    assert (card.title, card.note) == ("Ward 4", "after the new lamp")
    assert library.find("own").read_weights() == own.read_weights()
    for refused in (
        lambda: library.describe("stock", title="mine"),
        lambda: library.describe("missing", note="?"),
        lambda: library.trash("stock"),
        lambda: library.trash("missing"),
        lambda: library.restore("own"),
    ):
        with pytest.raises(BadModel):
            refused()


def test_a_deleted_model_comes_back(library):
    own = add(library)
    library.trash("own")
    assert library.names() == ["stock"]
    assert library.trashed() == {"own": own.card.title}
    library.restore("own")
    assert library.find("own") == own
    assert library.trashed() == {}


def test_a_deleted_model_does_not_push_another_aside(library):
    first = add(library)
    library.describe("own", title="the first")
    library.trash("own")
    other = add(library)
    assert library.restore("own") == "own-2"
    assert library.find("own") == other
    assert library.find("own-2").card == first.card.model_copy(
        update={"name": "own-2", "title": "the first"}
    )


def test_the_trash_holds_two_of_a_name_until_it_is_emptied(library):
    names = []
    for title in ("the first", "the second"):
        add(library)
        library.describe("own", title=title)
        names.append(library.trash("own"))
    assert library.trashed() == {"own": "the first", "own-2": "the second"}
    assert library.restore(names[1]) == "own-2"
    library.empty_trash()
    assert library.trashed() == {}
    assert library.names() == ["stock", "own-2"]
    library.empty_trash()  # nothing is in it


def test_a_damaged_card_in_the_trash_is_told(library):
    library.trash(add(library).path.name)
    (library.user / ".trash" / "own" / "card.toml").write_text("?")
    assert library.trashed() == {"own": "own"}
    with pytest.raises(BadModel):
        library.restore("own")
