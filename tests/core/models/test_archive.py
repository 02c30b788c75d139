import io
import zipfile

import pytest

from core.errors import BadModel
from core.models.archive import is_archive, read_archive, write_archive
from core.models.card import card_text
from core.models.model_folder import ModelFolder, write_model_folder
from tests.core.models.test_card import make_card


@pytest.fixture
def model(tmp_path) -> ModelFolder:
    return write_model_folder(tmp_path / "own", make_card(name="own"), bytes(range(256)) * 50)


def test_what_is_exported_comes_back_under_its_new_name(tmp_path, model):
    write_archive(model, tmp_path / "own.zip")
    assert is_archive(tmp_path / "own.zip")
    again = read_archive(tmp_path / "own.zip", tmp_path / "again")
    assert again.read_weights() == model.read_weights()
    assert again.card == model.card.model_copy(update={"name": "again"})


def test_existing_files_and_damaged_models_are_refused(tmp_path, model):
    (tmp_path / "there.zip").write_bytes(b"precious")
    with pytest.raises(BadModel, match=r"there\.zip: is already there"):
        write_archive(model, tmp_path / "there.zip")
    assert (tmp_path / "there.zip").read_bytes() == b"precious"
    model.weights_file.write_bytes(b"other")
    with pytest.raises(BadModel, match="damaged"):
        write_archive(model, tmp_path / "new.zip")
    assert not (tmp_path / "new.zip").exists()


def test_checkpoints_and_other_files_are_no_archives(tmp_path):
    with zipfile.ZipFile(tmp_path / "checkpoint.pth", "w") as archive:
        archive.writestr("archive/data.pkl", b"")
    (tmp_path / "text").write_text("hello")
    for name in ("checkpoint.pth", "text", "missing", "."):
        assert not is_archive(tmp_path / name)


def archive_with(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


CARD = card_text(make_card()).encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (archive_with(card_toml=CARD), "not a whole archive"),
        (archive_with(card_toml=b"?", weights_safetensors=b"x"), "not a model card"),
        (archive_with(card_toml=CARD, weights_safetensors=b"x"), "another hash"),
        (archive_with(card_toml=CARD, weights_safetensors=b"y" * 99)[:-9], "not a whole archive"),
    ],
)
def test_a_broken_archive_adds_nothing(tmp_path, content, sentence):
    (tmp_path / "odd.zip").write_bytes(content)
    with pytest.raises(BadModel, match=sentence):
        read_archive(tmp_path / "odd.zip", tmp_path / "models" / "odd")
    assert not (tmp_path / "models").exists()


def test_a_flipped_bit_is_noticed(tmp_path, model):
    write_archive(model, tmp_path / "own.zip")
    content = bytearray((tmp_path / "own.zip").read_bytes())
    content[content.index(bytes(range(200))) + 100] ^= 1
    (tmp_path / "own.zip").write_bytes(content)
    with pytest.raises(BadModel, match="not a whole archive"):
        read_archive(tmp_path / "own.zip", tmp_path / "again")
