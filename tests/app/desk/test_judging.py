"""What becomes of a verdict: a model adopted, kept out, refused, rolled back."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.adapting.decision_bar import Decision
from core.errors import NoSpace
from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.study.adoption import Adoption
from core.study.study import Study
from core.verdict.report import VERDICT_FILE
from tests.app.desk.adapting import end, order, wait_for_verdict
from tests.app.windows import Studio, StudioMaker


def test_a_verdict_leads_to_a_model_and_back(studio: Studio, qtbot: QtBot, clip: Path) -> None:
    job = order(studio, qtbot, clip)
    made = end(job)
    wait_for_verdict(studio, qtbot)
    bar = studio.desk.station.verdict.decision
    assert bar.adopt_button.property("role") == "primary"
    bar.name.setText("Ward 3, June")
    qtbot.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.decision is Decision.ADOPTED)
    assert studio.desk.predicting.model == "Ward-3-June"
    assert dict(studio.desk.predicting.models())["Ward-3-June"] == "Ward 3, June"
    assert studio.session.study is not None
    now = Adoption.of(studio.session.study).current
    assert now is not None
    assert now.weights_sha256 == made
    qtbot.mouseClick(bar.predict_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(studio.workers.started) == 2)
    assert studio.workers.started[-1].request.model == "Ward-3-June"  # pyright: ignore[reportAttributeAccessIssue]
    qtbot.mouseClick(bar.roll_back_button, Qt.MouseButton.LeftButton)
    assert studio.desk.predicting.model == DEFAULT_POSE_MODEL
    assert (job.path / "model").exists()


def test_a_model_that_is_no_better_is_not_pressed_on_anybody(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    end(order(studio, qtbot, clip), step=0, outcome="not_better")
    wait_for_verdict(studio, qtbot)
    bar = studio.desk.station.verdict.decision
    assert not bar.adopt_button.isVisible()
    qtbot.mouseClick(bar.keep_button, Qt.MouseButton.LeftButton)
    assert bar.decision is Decision.KEPT_OLD
    assert studio.desk.predicting.model == DEFAULT_POSE_MODEL


def test_a_library_that_refuses_leaves_the_old_model_in_use(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    job = order(studio, qtbot, clip)
    end(job)
    wait_for_verdict(studio, qtbot)
    (job.path / "model" / "weights.safetensors").write_bytes(b"damaged")
    bar = studio.desk.station.verdict.decision
    qtbot.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "damaged" in studio.said())
    assert bar.decision is Decision.OPEN
    assert studio.desk.predicting.model == DEFAULT_POSE_MODEL


def test_a_library_that_cannot_be_written_leaves_the_old_model_in_use(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    end(order(studio, qtbot, clip))
    wait_for_verdict(studio, qtbot)
    (studio.home / "models").write_text("no folder")
    bar = studio.desk.station.verdict.decision
    qtbot.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be written" in studio.said())
    assert bar.decision is Decision.OPEN
    assert studio.desk.predicting.model == DEFAULT_POSE_MODEL


def test_two_windows_on_two_studies_keep_to_their_own_jobs(
    open_studio: StudioMaker, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    with Study.create(tmp_path / "other.shift"):
        pass
    one, other = open_studio(), open_studio(tmp_path / "other.shift")
    first, second = order(one, qtbot, clip), order(other, qtbot, clip)
    assert first.path.parent == second.path.parent
    assert [job.key for job in one.desk.watcher.jobs()] == [first.path.name]
    assert [job.key for job in other.desk.watcher.jobs()] == [second.path.name]
    end(second)
    wait_for_verdict(other, qtbot)
    qtbot.mouseClick(other.desk.station.verdict.decision.adopt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: other.desk.predicting.model != DEFAULT_POSE_MODEL)
    assert one.desk.predicting.model == DEFAULT_POSE_MODEL
    assert one.desk.station.page is one.desk.station.run


def test_a_verdict_that_cannot_be_read_is_a_sentence(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    job = order(studio, qtbot, clip)
    end(job)
    (job.path / VERDICT_FILE).write_text("{")
    qtbot.waitUntil(lambda: "no verdict that this version can read" in studio.said())
    verdict = studio.desk.station.verdict
    assert verdict.sentence.text() == "This verdict cannot be read."
    assert not verdict.decision.isVisible()


def test_nothing_better_than_an_adopted_model_takes_nothing_from_it(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    """The job's model is its base again, byte for byte; there is nothing to roll back here."""
    made = end(order(studio, qtbot, clip))
    wait_for_verdict(studio, qtbot)
    bar = studio.desk.station.verdict.decision
    qtbot.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.decision is Decision.ADOPTED)
    second = order(studio, qtbot, clip)
    assert end(second, step=0, outcome="not_better", weights_of=studio.workers.started[0]) == made
    wait_for_verdict(studio, qtbot)
    assert bar.decision is Decision.OPEN
    assert not bar.adopt_button.isVisible()


def test_a_verdict_seen_again_names_the_model_that_was_adopted(
    studio: Studio, qtbot: QtBot, clip: Path
) -> None:
    job = order(studio, qtbot, clip)
    end(job)
    wait_for_verdict(studio, qtbot)
    bar = studio.desk.station.verdict.decision
    bar.name.setText("Ward 3")
    qtbot.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    assert not bar.adopt_button.isEnabled()  # once is enough while it is copied
    qtbot.waitUntil(lambda: bar.decision is Decision.ADOPTED)
    studio.desk.adapting.leave()
    studio.desk.adapting.show_newest()
    wait_for_verdict(studio, qtbot)
    assert bar.decision is Decision.ADOPTED
    assert bar.adopted.toolTip() == "This study now predicts with “Ward 3”."
    own = [n for n in ModelLibrary.standard().names() if n.startswith("Ward")]
    assert own == ["Ward-3"]


def test_a_roll_back_that_is_refused_changes_nothing_on_the_page(
    studio: Studio, qtbot: QtBot, clip: Path, monkeypatch
) -> None:
    end(order(studio, qtbot, clip))
    wait_for_verdict(studio, qtbot)
    bar = studio.desk.station.verdict.decision
    qtbot.mouseClick(bar.adopt_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.decision is Decision.ADOPTED)

    def refused(_adoption: Adoption) -> None:
        raise NoSpace("The disk is full.")

    monkeypatch.setattr(Adoption, "roll_back", refused)
    qtbot.mouseClick(bar.roll_back_button, Qt.MouseButton.LeftButton)
    assert "The disk is full." in studio.said()
    assert bar.decision is Decision.ADOPTED
