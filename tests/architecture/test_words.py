"""Names and pages keep their word: nothing vague, nothing promised, nothing that is not there."""

import re

from tests.architecture.tracked import PROJECT, module_names, python_files, tracked_files

VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "base", "misc", "tools"}
PROMISE = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
PLACE = re.compile(r"`((?:app|core|resources|docs|tests|benchmarks|\.ci)/[\w./-]*)`")


def test_no_module_has_a_vague_name():
    names = {part for name in module_names("app", "core") for part in name.split(".")}
    assert names & VAGUE == set()


def test_no_code_is_promised_for_later():
    found = [
        f"{path.relative_to(PROJECT)}: {match.group()}"
        for path in python_files("app", "core", "tests", "benchmarks")
        for match in PROMISE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_place_that_a_page_names_exists():
    missing = [
        f"{page.relative_to(PROJECT)}: {place}"
        for page in tracked_files()
        if page.suffix == ".md"
        for place in PLACE.findall(page.read_text(encoding="utf-8"))
        if not (PROJECT / place).exists()
    ]
    assert missing == []


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in tracked_files() if path.parent.name == "adr"]
    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]
