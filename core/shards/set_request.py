"""What was asked for when a set was made: `set.json` beside its shards."""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.atomic_file import write_text
from core.errors import BadInput

SET_FILE: Final = "set.json"

Kind = Literal["adults", "infants", "clip"]
ImageFormat = Literal["jpg", "webp"]

_Side = Annotated[int, Field(ge=1, le=1 << 14)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Encoding(_Frozen):
    """How samples lie in a shard, and which of their pictures are left out."""

    image: ImageFormat = "jpg"
    quality: int = Field(default=90, ge=1, le=100)
    parts: bool = True
    full: bool = True
    depth: bool = True


class ClipForm(_Frozen):
    """How long and how large a clip is; sides in pixels."""

    seconds: float = Field(gt=0)
    fps: float = Field(gt=0)
    width: _Side
    height: _Side

    @property
    def frames(self) -> int:
        """How many frames a clip has, at least one."""
        return max(round(self.seconds * self.fps), 1)


class SetRequest(_Frozen):
    """Everything that decides the bytes of a set, and nothing that does not.

    `count` people or clips; `size` is the side of stills in pixels, None for clips, which have
    `clip` instead; `generator` changes whenever the same seed would give another picture.
    """

    version: Literal[1] = 1
    generator: str
    kind: Kind
    count: int = Field(ge=1)
    seed: int = Field(ge=0)
    size: _Side | None = None
    clip: ClipForm | None = None
    strange: bool = False
    encoding: Encoding = Encoding()
    shard_size: int = Field(default=100, ge=1)  # stills in a shard; every clip has one of its own

    @model_validator(mode="after")
    def _has_one_form(self) -> "SetRequest":
        if (self.clip is not None) != (self.kind == "clip") or (self.size is None) == (
            self.clip is None
        ):
            raise ValueError("clips have a clip form, stills have a size")
        return self

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of every picture."""
        if self.clip is not None:
            return self.clip.width, self.clip.height
        return self.size or 0, self.size or 0

    @property
    def pictures(self) -> int:
        """How many samples the whole set has."""
        return self.count * (self.clip.frames if self.clip else 1)

    @property
    def shards(self) -> int:
        """How many shards the whole set has."""
        return self.count if self.clip else -(-self.count // self.shard_size)

    def members(self, shard: int) -> range:
        """Which people (or which one clip) lie in a shard."""
        if self.clip:
            return range(shard, shard + 1)
        return range(shard * self.shard_size, min((shard + 1) * self.shard_size, self.count))

    def pictures_in(self, shard: int) -> int:
        """How many samples a shard has."""
        return len(self.members(shard)) * (self.clip.frames if self.clip else 1)


def shard_name(shard: int) -> str:
    """The file name of a shard."""
    return f"synthetic-{shard:06d}.tar"


def read_request(folder: Path) -> SetRequest | None:
    """The request in a folder of shards, None if there is none; raises BadInput."""
    path = folder / SET_FILE
    try:
        return SetRequest.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValidationError) as error:
        raise BadInput(
            f"{path}: does not describe a synthetic set of this version; "
            "is it damaged, or made by a newer program?"
        ) from error


def write_request(folder: Path, request: SetRequest) -> None:
    """Put the request beside its shards; raises NoSpace."""
    write_text(folder / SET_FILE, request.model_dump_json(indent=2) + "\n")


def differences(asked: SetRequest, there: SetRequest) -> list[str]:
    """Which values differ, in words such as `count 200, not 100`."""
    wanted, found = _flat(asked), _flat(there)
    return [
        f"{name.replace('_', ' ')} {found.get(name, 'none')}, not {wanted.get(name, 'none')}"
        for name in dict.fromkeys([*wanted, *found])
        if wanted.get(name) != found.get(name)
    ]


def _flat(request: SetRequest) -> dict[str, object]:
    nested = request.model_dump(exclude_none=True)
    flat: dict[str, object] = {}
    for name, value in nested.items():
        if isinstance(value, dict):
            flat.update(value)  # pyright: ignore[reportUnknownArgumentType] - JSON's own
        else:
            flat[name] = value
    return flat
