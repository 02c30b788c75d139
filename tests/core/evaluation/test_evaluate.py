"""Every view of a photograph is scored in the photograph's own pixels."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.datasets.coco import read_coco
from core.evaluation.evaluate import Evaluation, Protocol
from core.evaluation.paper_protocol import resize_padded
from core.evaluation.report import Report, table
from core.evaluation.views import View
from core.prediction.predictor import Predictor


def evaluated(
    folder: Path,
    predictor: Predictor,
    *,
    split: str | None = None,
    protocol: Protocol = "corrected",
    view: View = "auto",
) -> Report:
    dataset = read_coco(folder / "labels.json", folder, split)
    save_to = folder / "results.json"
    work = Evaluation(dataset, "labels.json", split, protocol, view, save_to).run(predictor)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def test_the_products_own_path_finds_every_point(labelled_set: Path, predictor: Predictor) -> None:
    report = evaluated(labelled_set, predictor)
    assert report.image.average == 100
    assert report.box is not None
    assert report.box.average == 100
    assert report.image.postures == {"Supine": 100}
    assert report.image.interval_95 is None  # of one source
    assert report.without_infant == 0


@pytest.mark.parametrize("view", ["image", "box"])
def test_one_look_sees_only_the_upright_infant(
    labelled_set: Path, predictor: Predictor, view: View
) -> None:
    report = evaluated(labelled_set, predictor, split="train", view=view)
    saved = json.loads((labelled_set / "results.json").read_text())
    upright, lying = (np.array(entry["keypoints"]).reshape(16, 3) for entry in saved)
    assert upright[:, 2].min() > 0.8
    assert lying[:, 2].max() < 0.5
    assert report.image.average is not None
    assert report.image.average >= 50


def test_saved_predictions_are_coco_results_in_image_pixels(
    labelled_set: Path, predictor: Predictor
) -> None:
    evaluated(labelled_set, predictor)
    saved = json.loads((labelled_set / "results.json").read_text())
    truth = read_coco(labelled_set / "labels.json", labelled_set)
    assert [entry["image_id"] for entry in saved] == [1, 2, 3]
    for entry, item in zip(saved, truth, strict=True):
        xy = np.array(entry["keypoints"]).reshape(16, 3)[:, :2]
        limbs = [i for i, name in enumerate(item.labels.names) if "_" in name]
        assert np.abs(xy - item.labels.xy[0])[limbs].max() < 4


def test_the_authors_protocol_scores_whole_images(labelled_set: Path, predictor: Predictor) -> None:
    report = evaluated(labelled_set, predictor, protocol="paper", view="image")
    assert report.box is None
    assert report.image.average is not None
    assert report.image.average >= 100 / 3
    assert "paper, crop image" in table(report)


def test_the_authors_padding_keeps_the_aspect_and_centres() -> None:
    square = resize_padded(np.full((100, 200, 3), 255, np.uint8))
    assert square.shape == (256, 256, 3)
    rows = np.flatnonzero(square[:, 128, 0])
    assert (rows[0], rows[-1]) == (64, 191)


def test_the_report_is_a_table_and_json(labelled_set: Path, predictor: Predictor) -> None:
    report = evaluated(labelled_set, predictor)
    text = table(report)
    assert "average of 12 limbs" in text
    assert "posture Supine" in text
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_mistakes_on_the_command_line_are_one_line(
    labelled_set: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--annotations", str(labelled_set / "none.json"), "--images", str(labelled_set)]
    for arguments, sentence in [
        (["--dataset", "coco", *where], "none.json: cannot be read"),
        (["--dataset", "coco", *where, "--protocol", "paper", "--crop", "box"], "whole images"),
        (["--dataset", "coco", *where, "--model", "nobody"], "no model of this name"),
        (["--dataset", "moon", *where], "moon"),
    ]:
        assert main(["evaluate", *arguments]) == 2
        problem = capsys.readouterr().err
        assert sentence in problem
        assert problem.count("\n") == 1
