import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.errors import BadModel
from core.models.architecture import FEEDING, TASK
from core.models.card import CARD_VERSION, UNKNOWN_HASH, ModelCard, card_text, parse_card

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SHARES = st.floats(0, 1)


def make_card(**changes) -> ModelCard:
    facts = {
        "name": "mine",
        "title": "Mine",
        "architecture": "movenet_thunder",
        "skeleton": "coco17",
        "input_size": 256,
        "heatmap_size": 64,
        "mean": (0.5, 0.5, 0.5),
        "std": (0.5, 0.5, 0.5),
        "threshold": 0.3,
        "training_data": "none",
        "licence": "mine",
        "weights_sha256": UNKNOWN_HASH,
        "created": "2026-11-22",
    }
    return ModelCard.model_validate(facts | changes)


@given(
    title=WORDS, licence=WORDS, threshold=SHARES, scores=st.dictionaries(WORDS, SHARES, max_size=3)
)
def test_what_is_written_is_read_again(title, licence, threshold, scores):
    card = make_card(title=title, licence=licence, threshold=threshold, scores=scores)
    assert parse_card(card_text(card).encode(), Path("card.toml")) == card


def test_the_task_follows_from_the_architecture():
    assert make_card().task == "pose"
    mask = make_card(architecture="blazepose_full_mask", skeleton="")
    assert mask.task == "segmentation"
    for architecture, feeding in FEEDING.items():
        usual = {name: getattr(feeding, name) for name in ("input_size", "heatmap_size")}
        card = make_card(architecture=architecture, skeleton=feeding.skeleton, **usual)
        assert card.task == TASK[architecture]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../up"},
        {"name": ""},
        {"architecture": "hrnet"},
        {"skeleton": ""},
        {"architecture": "blazepose_full_mask"},
        {"mean": (0.5, 0.5)},
        {"threshold": 1.5},
        {"weights_sha256": "abc"},
        {"input_size": 0},
        {"heatmap_size": 8},
        {"architecture": "pose_prior", "skeleton": "infant16"},
        {"architecture": "kp2seg", "skeleton": "", "input_size": 0},
        {"colour": "blue"},
    ],
)
def test_nonsense_is_refused(changes):
    with pytest.raises(ValidationError):
        make_card(**changes)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a valid model card"),
        (b"name = ", "not a model card"),
        (b"\xff\xfe", "not a model card"),
        (
            card_text(make_card()).replace("0.3", "3.0").encode(),
            r"threshold: .* less than or equal",
        ),
        (card_text(make_card()).replace("coco17", "").encode(), "names its skeleton"),
        (b"extra = 1\n" + card_text(make_card()).encode(), "extra"),
    ],
)
def test_a_broken_card_gets_one_line_that_names_it(content, sentence):
    with pytest.raises(BadModel, match=rf"^there/card\.toml: .*{sentence}") as refusal:
        parse_card(content, Path("there/card.toml"))
    assert "\n" not in str(refusal.value)


def test_a_newer_card_is_refused_as_such_whatever_else_it_says():
    content = f"card_version = {CARD_VERSION + 1}\nunknown = true".encode()
    with pytest.raises(BadModel, match="written by a newer version of SHIFT Studio"):
        parse_card(content, Path("card.toml"))


def test_a_card_is_plain_toml():
    table = tomllib.loads(card_text(make_card(scores={"image": 84.3})))
    assert table["scores"] == {"image": 84.3}
    assert table["mean"] == [0.5, 0.5, 0.5]
