"""What lies in the repository: small, free of this or that machine's paths, nothing hidden."""

import re
import tomllib

import pytest

from tests.architecture.tracked import PROJECT, tracked_files

MEBIBYTE = 1 << 20
TOP_LEVEL = {
    "app", "core", "resources", "tests", "pyproject.toml", "build.spec", "README.md",
    "Makefile", "constraints.txt", "debian-packages.txt", "LICENSE", "NOTICE", "CHANGELOG.md",
    "benchmarks", "docs", ".ci", ".gitignore",
}  # fmt: skip
TEXT = {".py", ".md", ".toml", ".txt", ".spec", ".yml", ".qss", ".sh", ".json", ""}
MACHINE_PATH = re.compile(r"(?<![\w.}\])])/(?:work|tmp|root|home|opt|Users)/\w")
REGISTRY = re.compile(r"https?://[^\s\"')]*(?:py" r"pi|npm" r"js|reg" r"istry|deb" r"ian\.org)")


def text_files():
    return [path for path in tracked_files() if path.suffix in TEXT]


def test_top_level_holds_what_tools_demand_and_nothing_else():
    found = {path.relative_to(PROJECT).parts[0] for path in tracked_files()}
    assert found - TOP_LEVEL == set()


def test_tracked_files_stay_under_45_mebibytes():
    assert sum(path.stat().st_size for path in tracked_files()) < 45 * MEBIBYTE


def test_package_markers_are_empty():
    markers = [path for path in tracked_files() if path.name == "__init__.py"]
    assert [path for path in markers if path.read_bytes()] == []


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine paths", "registries"])
def test_nothing_names_a_machine_or_a_registry(pattern: re.Pattern[str]):
    found = [
        f"{path.relative_to(PROJECT)}: {match.group()}"
        for path in text_files()
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_dependency_is_pinned_exactly():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        asked += extra
    pins = re.findall(r"^([\w.-]+)==", (PROJECT / "constraints.txt").read_text(), re.MULTILINE)
    missing = {distribution(one) for one in asked} - {distribution(pin) for pin in pins}
    assert missing == set()


def distribution(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name.group()).lower()
