"""Read a recipe: shipped under a name or the user's own TOML file, with values set by hand."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import BadInput
from core.paths import resources_folder


class Recipe(BaseModel):
    """A training's numbers; `kind` is the folder of its shipped recipes in resources/recipes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]


AnyRecipe = TypeVar("AnyRecipe", bound=Recipe)


def shipped_recipes(kind: str) -> dict[str, Path]:
    """The recipes that come with the program, by name."""
    folder = resources_folder() / "recipes" / kind
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load_recipe(
    model: type[AnyRecipe], name_or_file: str, overrides: Iterable[str] = ()
) -> AnyRecipe:
    """A recipe; what it leaves out has the model's defaults.

    Args:
        model: which kind of recipe.
        name_or_file: a shipped recipe's name, or a TOML file.
        overrides: lines `key = value` of TOML, later ones stronger; `a.b = value` reaches into a
            table. A bare word that is not TOML is taken as text, so that no quotes need quoting.

    Raises:
        BadInput: no such recipe, not TOML, an unknown key or a value that does not fit.
    """
    path = shipped_recipes(model.kind).get(name_or_file, Path(name_or_file))
    table = _read(path, model.kind)
    for line in overrides:
        _merge(table, _parsed_override(line))
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise BadInput(f"{path}: {_first_fault(error, model)}") from error


def _read(path: Path, kind: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(shipped_recipes(kind))
        raise BadInput(
            f"{path}: no recipe of this name, nor such a file; known are: {known}."
        ) from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror or error}).") from error
    except ValueError as error:
        raise BadInput(f"{path}: not TOML ({error}).") from error


def _parsed_override(line: str) -> dict[str, Any]:
    key, equals, value = line.partition("=")
    if not equals or not key.strip():
        raise BadInput(f"--set {line}: give it as KEY=VALUE.")
    for attempt in (line, f'{key}="{value.strip()}"'):
        try:
            return tomllib.loads(attempt)
        except ValueError:
            continue
    raise BadInput(f"--set {line}: {key.strip()} or its value is not TOML.")


def _merge(table: dict[str, Any], changes: dict[str, Any]) -> None:
    for key, value in changes.items():
        old = table.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value)
        else:
            table[key] = value


def _first_fault(error: ValidationError, model: type[Recipe]) -> str:
    fault = error.errors()[0]
    place = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        known = ", ".join(model.model_fields)
        return f"{place} is no key of a {model.kind} recipe; known are: {known}."
    return f"{place}: {fault['msg']}." if place else f"{fault['msg']}."
