"""No edit is lost and none overtakes another, whatever the disk does."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.session.edit_journal import EditJournal
from core.errors import NoSpace
from core.pose.pose_edit import PoseEdit

NOW = datetime(2026, 1, 2, tzinfo=UTC)


class Disk:
    """A log that refuses when told to."""

    def __init__(self, refusals: list[bool] | None = None) -> None:
        self.full = False
        self.refusals = iter(refusals or [])
        self.written: list[tuple[int, str, str]] = []

    def append_edit(self, recording_id, edit, *, action, who, when) -> None:
        if self.full or next(self.refusals, False):
            raise NoSpace("the disk is full")
        assert (who, when) == ("somebody", NOW)
        self.written.append((recording_id, edit.name, action))


def journal_on(disk: Disk) -> EditJournal:
    journal = EditJournal(who="somebody", clock=lambda: NOW)
    journal.open(disk)
    return journal


def edit(name: str) -> PoseEdit:
    return PoseEdit(name, ())


def test_a_good_disk_has_it_at_once(qtbot: QtBot):
    journal = journal_on(disk := Disk())
    with qtbot.assertNotEmitted(journal.recovered):
        journal.write(1, edit("a"), "do")
    assert disk.written == [(1, "a", "do")]
    assert journal.pending == 0


def test_edits_wait_in_order_and_come_by_themselves(qtbot: QtBot):
    journal = journal_on(disk := Disk())
    disk.full = True
    journal.write(1, edit("a"), "do")
    journal.write(2, edit("b"), "do")
    journal.write(1, edit("a"), "undo")
    assert disk.written == []
    assert journal.pending_recordings() == {1, 2}
    disk.full = False
    with qtbot.waitSignal(journal.recovered, timeout=8000):
        pass
    assert disk.written == [(1, "a", "do"), (2, "b", "do"), (1, "a", "undo")]


def test_a_new_edit_takes_the_waiting_ones_along(qtbot: QtBot):
    journal = journal_on(disk := Disk())
    disk.full = True
    journal.write(1, edit("a"), "do")
    disk.full = False
    with qtbot.waitSignal(journal.recovered):
        journal.write(1, edit("b"), "do")
    assert [name for _, name, _ in disk.written] == ["a", "b"]


def test_a_fault_of_ours_is_not_taken_for_a_full_disk(qtbot: QtBot):
    journal = EditJournal(who="somebody", clock=lambda: NOW)
    with pytest.raises(RuntimeError):
        journal.write(1, edit("a"), "do")


@given(refusals=st.lists(st.booleans(), max_size=30), count=st.integers(1, 10))
def test_whatever_is_refused_everything_arrives_once_in_order(refusals, count):
    journal = journal_on(disk := Disk(refusals))
    for number in range(count):
        journal.write(1, edit(str(number)), "do")
    while not journal.retry():
        pass
    assert [name for _, name, _ in disk.written] == [str(n) for n in range(count)]
