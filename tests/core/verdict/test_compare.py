from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput
from core.models.library import ModelLibrary
from core.pose.pose_track import Source
from core.pose.skeleton import shipped_skeleton
from core.prediction.predictor import build_predictor
from core.prediction.recording import predict_recording
from core.training.data.corrected_frames import CorrectedFrames
from core.training.data.target_footage import Footage
from core.verdict.compare import CompareTask, compare_models
from core.verdict.report import VERDICT_FILE, VerdictReport
from core.verdict.report_file import read_report
from core.video.source import open_video

ADULTS, INFANTS = "movenet_thunder", "infant_pose"


def compared(task: CompareTask) -> VerdictReport:
    work = compare_models(task)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


def test_compares_two_models_on_a_whole_recording(tmp_path: Path, demo_recording: Path) -> None:
    report = compared(CompareTask(tmp_path, ADULTS, INFANTS, (Footage(demo_recording),), most=4))

    assert read_report(tmp_path / VERDICT_FILE) == report
    titles = [ModelLibrary.standard().find(name).card.title for name in (ADULTS, INFANTS)]
    assert [report.base, report.model] == titles
    assert all(title in report.sentence for title in titles)
    assert "keep the old model" not in report.sentence
    told = [number.words for number in report.overall]
    assert any(f"“{titles[0]}” was sure" in words for words in told)
    assert not any("old model" in words for words in told)
    assert len(report.pictures) == report.held_out == 4
    with open_video(tmp_path / report.video) as film, open_video(demo_recording) as whole:
        assert film.info.frame_count == min(100, whole.info.frame_count)


def test_a_model_is_not_compared_with_itself(tmp_path: Path, demo_recording: Path) -> None:
    task = CompareTask(tmp_path, INFANTS, INFANTS, (Footage(demo_recording),))
    with pytest.raises(BadInput, match="are the same model"):
        compared(task)
    assert not list(tmp_path.iterdir())


def test_frames_of_which_only_the_head_was_moved_decide_nothing(
    tmp_path: Path, demo_recording: Path
) -> None:
    with open_video(demo_recording) as film:
        (chunk, *_) = predict_recording(film, build_predictor(INFANTS))
    found = chunk.track.part(0, 8)
    source = np.full_like(found.source, Source.MODEL)
    source[:, shipped_skeleton().index("head")] = Source.HUMAN
    corrected = CorrectedFrames(np.arange(8), replace(found, source=source))
    footage = Footage(demo_recording, corrected=corrected)
    report = compared(CompareTask(tmp_path, ADULTS, INFANTS, (footage,), most=4))

    assert report.labelled == ()
    assert "without corrected frames" in report.reasons[0]
