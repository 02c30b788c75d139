"""A thread reads ahead, never too far, and hands its errors over."""

from collections.abc import Iterator

import pytest

from core.prediction.read_ahead import read_ahead


def test_items_come_in_order() -> None:
    with read_ahead(range(500), 3) as items:
        assert list(items) == list(range(500))


def test_it_reads_no_further_than_allowed() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with read_ahead(source(), 4) as items:
        assert next(items) == 0
    assert len(taken) <= 7, "four waiting, one given, one in hand, one being read"


def test_an_error_comes_after_what_was_read_before_it() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with read_ahead(source(), 4) as items:
        assert next(items) == 1
        with pytest.raises(ValueError, match="broken"):
            next(items)
