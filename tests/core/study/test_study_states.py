"""Any sequence of edits, undos, redos and restarts equals the same sequence in memory."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from core.pose.pose_edit import PointChange, PoseEdit, removed
from core.pose.pose_track import Point, Source, Visibility
from core.study.study import Study
from tests.core.study.samples import FROM_MODEL, add_clip, placed

CELLS = st.tuples(st.integers(0, 3), st.integers(0, 2))
COORDINATES = st.floats(-1e6, 1e6, width=32)
AFTER = st.one_of(
    st.builds(placed, COORDINATES, COORDINATES),
    st.builds(
        lambda x, y: Point((x, y), 1.0, Visibility.HIDDEN, Source.HUMAN), COORDINATES, COORDINATES
    ),
    st.just(removed()),
    st.just(FROM_MODEL),
)
NAMES = st.text(st.characters(codec="utf-8"), max_size=20)


class StudyStates(RuleBasedStateMachine):
    """Drives a study and a model of it: dictionaries of points, and lists of their states."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "study.shift"
        self.points: dict[tuple[int, int], Point] = {}
        self.past: list[tuple[PoseEdit, dict[tuple[int, int], Point]]] = []
        self.future: list[tuple[PoseEdit, dict[tuple[int, int], Point]]] = []

    @initialize()
    def start(self) -> None:
        self.study = Study.create(self.path)
        self.recording = add_clip(self.study).id

    def teardown(self) -> None:
        self.study.close()
        self.folder.cleanup()

    def _edit(self, name: str, after: dict[tuple[int, int], Point]) -> PoseEdit:
        changes = (
            PointChange(*cell, self.points.get(cell, FROM_MODEL), point)
            for cell, point in after.items()
        )
        return PoseEdit(name, tuple(changes))

    def _take_over(self, edit: PoseEdit) -> None:
        self.points = dict(self.points)
        for change in edit.changes:
            self.points.pop((change.frame, change.keypoint), None)
            if change.after.source is not Source.MODEL:
                self.points[change.frame, change.keypoint] = change.after

    @rule(name=NAMES, after=st.dictionaries(CELLS, AFTER, max_size=4))
    def do(self, name: str, after: dict[tuple[int, int], Point]) -> None:
        edit = self._edit(name, after)
        self.study.append_edit(self.recording, edit)
        self.past.append((edit, self.points))
        self.future.clear()
        self._take_over(edit)

    @precondition(lambda self: self.past)
    @rule(data=st.data())
    def amend(self, data: st.DataObject) -> None:
        newest, start = self.past[-1]
        after = {(c.frame, c.keypoint): data.draw(AFTER) for c in newest.changes}
        self.points = start
        edit = self._edit(newest.name, after)
        self.study.append_edit(self.recording, edit, action="amend")
        self.past[-1] = (edit, start)
        self.future.clear()
        self._take_over(edit)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        edit, before = self.past.pop()
        self.study.append_edit(self.recording, edit, action="undo")
        self.future.append((edit, self.points))
        self.points = before

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        edit, after = self.future.pop()
        self.study.append_edit(self.recording, edit, action="redo")
        self.past.append((edit, self.points))
        self.points = after

    @rule()
    def restart(self) -> None:
        self.study.close()
        self.study = Study.open(self.path)

    @rule()
    def undo_everything(self) -> None:
        while self.past:
            self.undo()
        assert self.points == {}

    @invariant()
    def study_equals_model(self) -> None:
        history = self.study.edit_log(self.recording)
        frames = history.corrections.frames.tolist()
        found = {(f, k): p for f in frames for k, p in history.corrections.at(f).items()}
        assert found == self.points
        assert list(history.undo_edits) == [edit for edit, _ in self.past]
        assert list(history.redo_edits) == [edit for edit, _ in self.future]
        assert self.study.summaries()[self.recording].corrected_frames == len(frames)


StudyStates.TestCase.settings = settings(max_examples=12, stateful_step_count=15)
TestStudyStates = StudyStates.TestCase
