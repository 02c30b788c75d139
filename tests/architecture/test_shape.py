"""Files and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tracked import PROJECT, python_files

MOST_LINES = 300
LONG_BODY = 25
MOST_PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Shape:
    """One function: where it is, the lines of its body without docstring, its parameters."""

    place: str
    lines: int
    parameters: int


def shapes(path: Path) -> Iterator[Shape]:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))
    for node in ast.walk(tree):
        if isinstance(node, Function):
            place = f"{path.relative_to(PROJECT)}:{node.lineno} {node.name}"
            yield Shape(place, body_lines(node), parameters(node))


def body_lines(function: Function) -> int:
    has_text = ast.get_docstring(function) is not None
    body = function.body[1:] if has_text else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(function: Function) -> int:
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([one for one in named if one.arg not in ("self", "cls")])


@pytest.fixture(scope="module")
def all_shapes() -> list[Shape]:
    return [shape for path in python_files("app", "core") for shape in shapes(path)]


def test_no_file_reaches_three_hundred_lines():
    sizes = {
        str(path.relative_to(PROJECT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files("app", "core", "tests", "benchmarks", "resources")
    }
    assert {name: size for name, size in sizes.items() if size >= MOST_LINES} == {}


@pytest.mark.parametrize("folder", ["app", "core"])
def test_nine_bodies_of_ten_fit_in_twenty_five_lines(all_shapes: list[Shape], folder: str):
    inside = [shape for shape in all_shapes if shape.place.startswith(folder)]
    long = [shape for shape in inside if shape.lines > LONG_BODY]
    assert len(long) <= len(inside) / 10, "\n".join(f"{one.place}: {one.lines}" for one in long)


def test_half_of_all_bodies_fit_in_ten_lines(all_shapes: list[Shape]):
    assert sorted(shape.lines for shape in all_shapes)[len(all_shapes) // 2] <= 10


def test_no_function_asks_for_more_than_six_things(all_shapes: list[Shape]):
    greedy = [shape.place for shape in all_shapes if shape.parameters > MOST_PARAMETERS]
    assert greedy == []
