"""Adaptations take turns on a device."""

from pathlib import Path

from core.jobs.device_turn import DeviceTurn
from core.progress import Progress


def test_the_second_waits_until_the_first_is_done(tmp_path: Path) -> None:
    with DeviceTurn(tmp_path, "cpu") as first:
        assert list(first.wait()) == []
        slept: list[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 3:
                first.__exit__(None, None, None)

        with DeviceTurn(tmp_path, "cpu", sleep=sleep) as second:
            waited = list(second.wait())
    assert waited == [Progress(0, 0, "waiting for another adaptation")] * 3


def test_another_device_is_free(tmp_path: Path) -> None:
    with DeviceTurn(tmp_path, "cuda:0") as first, DeviceTurn(tmp_path, "cuda:1") as second:
        assert list(first.wait()) == []
        assert list(second.wait()) == []
