from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NoSpace
from core.jobs.events import (
    ChunkWritten,
    EventLog,
    Failed,
    FileWritten,
    Finished,
    Progressed,
    Started,
    Stopped,
    Warned,
)

EVERY = (
    Started(pid=1, first=4, total=10, model="m", model_hash="f" * 64),
    Progressed(done=3, total=10, seconds_left=2.5),
    ChunkWritten(file="00000000.chunk", start=0, stop=4),
    FileWritten(file=Path("out") / "ä.csv"),
    Warned(text="Grüße\nzweite Zeile"),
    Finished(),
    Failed(reason="no room", details="a\nb"),
    Stopped(),
)


@pytest.fixture
def log(tmp_path):
    return EventLog(tmp_path / "events.jsonl")


def test_every_event_comes_back(log):
    for event in EVERY:
        log.append(event)
    assert log.read().events == EVERY


def test_each_line_carries_its_version(log):
    for event in EVERY:
        log.append(event)
    lines = log.path.read_text("utf-8").splitlines()
    assert len(lines) == len(EVERY)
    assert all('"version":1' in line for line in lines)


def test_reading_goes_on_where_it_ended(log):
    log.append(Warned(text="one"))
    first = log.read()
    assert log.read(first.position).events == ()
    log.append(Warned(text="two"))
    assert log.read(first.position).events == (Warned(text="two"),)


def test_there_may_be_no_log_yet(log):
    assert log.read().events == ()


@given(cut=st.integers(1, 60))
def test_a_half_written_last_line_waits_until_it_is_whole(tmp_path_factory, cut):
    log = EventLog(tmp_path_factory.mktemp("log") / "events.jsonl")
    log.append(Warned(text="one"))
    whole = log.path.read_bytes()
    line = Progressed(done=1, total=2).model_dump_json().encode() + b"\n"
    log.path.write_bytes(whole + line[: min(cut, len(line) - 1)])
    page = log.read()
    assert page.events == (Warned(text="one"),)
    log.path.write_bytes(whole + line)
    assert log.read(page.position).events == (Progressed(done=1, total=2),)


def test_writing_goes_on_behind_half_a_line(log):
    log.path.write_bytes(b'{"kind":"warn')
    log.append(Warned(text="whole"))
    assert log.read().events == (Warned(text="whole"),)


@given(st.binary(max_size=80))
def test_foreign_bytes_hide_no_event(tmp_path_factory, noise):
    log = EventLog(tmp_path_factory.mktemp("log") / "events.jsonl")
    log.append(Warned(text="before"))
    with log.path.open("ab") as file:
        file.write(noise)
    log.append(Warned(text="after"))
    assert {Warned(text="before"), Warned(text="after")} <= set(log.read().events)


def test_events_of_a_newer_program_are_left_out(log):
    log.path.write_bytes(b'{"version":2,"kind":"warned","text":"?"}\n{"version":1,"kind":"new"}\n')
    log.append(Finished())
    assert log.read().events == (Finished(),)


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(NoSpace, match=r"events\.jsonl"):
        EventLog(tmp_path / "missing" / "events.jsonl").append(Finished())
