"""The options of `shift-pose synthesize`, and the request that they add up to."""

import argparse
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.cli.parsing import OneLineParser
from core.errors import BadInput
from core.shards.set_request import ClipForm, Encoding, SetRequest

_MOST_PICTURES: Final = 10_000_000
_MOST_WORKERS: Final = 256
_SIDES: Final = (32, 2048)  # pixels
_STILL, _CLIP_WIDTH, _CLIP_HEIGHT = 256, 640, 480  # pixels
_SECONDS, _FPS = 10.0, 20.0
_CLIP_ONLY: Final = ("width", "height", "seconds", "fps")


def add_options(parser: OneLineParser) -> None:
    """Add all of them."""
    parser.add_argument("kind", choices=["adults", "infants", "clip"], help="what to make")
    parser.add_argument(
        "--count", type=_whole(1, _MOST_PICTURES), required=True, metavar="N", help="people, clips"
    )
    parser.add_argument(
        "--seed", type=_whole(0, (1 << 63) - 1), default=0, metavar="S", help="default: 0"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="a new folder, or one to complete"
    )
    parser.add_argument(
        "--strange", action="store_true", help="odd rooms, light and cameras, for tests"
    )
    _add_form(parser)
    _add_encoding(parser)
    _add_means(parser)


def requested(args: argparse.Namespace, generator: str) -> SetRequest:
    """What the options ask for; raises BadInput if they do not fit each other."""
    clip = _clip_form(args) if args.kind == "clip" else None
    request = SetRequest(
        generator=generator,
        kind=args.kind,
        count=args.count,
        seed=args.seed,
        size=None if clip else _still_size(args),
        clip=clip,
        strange=args.strange,
        encoding=_encoding(args),
        shard_size=args.shard_size,
    )
    if request.pictures > _MOST_PICTURES:
        raise BadInput(
            f"--count: {request.pictures:,} pictures are more than a set can hold "
            f"({_MOST_PICTURES:,}); ask for fewer or shorter clips."
        )
    return request


def _add_form(parser: OneLineParser) -> None:
    side = _whole(*_SIDES)
    group = parser.add_argument_group("pictures")
    group.add_argument("--size", type=side, metavar="PX", help=f"both sides; default: {_STILL}")
    group.add_argument("--width", type=side, metavar="PX", help=f"clips; default: {_CLIP_WIDTH}")
    group.add_argument("--height", type=side, metavar="PX", help=f"clips; default: {_CLIP_HEIGHT}")
    group.add_argument(
        "--seconds", type=_number(0.1, 600), metavar="T", help=f"clips; default: {_SECONDS:g}"
    )
    group.add_argument(
        "--fps", type=_number(1, 120), metavar="RATE", help=f"clips; default: {_FPS:g}"
    )


def _add_encoding(parser: OneLineParser) -> None:
    usual = Encoding()
    group = parser.add_argument_group("files")
    group.add_argument("--format", choices=["jpg", "webp"], default=usual.image, help="of images")
    group.add_argument(
        "--quality", type=_whole(1, 100), default=usual.quality, help="default: %(default)s"
    )
    group.add_argument("--no-depth", action="store_true", help="leave depth out")
    group.add_argument("--no-full", action="store_true", help="leave the full silhouette out")
    group.add_argument("--no-masks", action="store_true", help="leave parts and silhouettes out")
    group.add_argument(
        "--shard-size",
        type=_whole(1, 10_000),
        default=100,
        metavar="N",
        help="stills in a file; default: %(default)s",
    )
    group.add_argument(
        "--skeletons", action="store_true", help="draw skeletons into the contact sheet"
    )


def _add_means(parser: OneLineParser) -> None:
    group = parser.add_argument_group("machine")
    group.add_argument(
        "--workers",
        type=_whole(1, _MOST_WORKERS),
        default=min(_cores(), _MOST_WORKERS),
        metavar="N",
        help="processes; default: one for each core",
    )
    group.add_argument("--device", choices=["cpu", "cuda"], default="cpu", help="default: cpu")


def _cores() -> int:
    """The cores that this process may use, which in a container are not all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _still_size(args: argparse.Namespace) -> int:
    for name in _CLIP_ONLY:
        if getattr(args, name) is not None:
            raise BadInput(f"--{name} is for clips; {args.kind} take --size.")
    return _STILL if args.size is None else args.size


def _clip_form(args: argparse.Namespace) -> ClipForm:
    if args.size is not None and (args.width or args.height):
        raise BadInput("--size already says what --width and --height say; leave one of them out.")
    return ClipForm(
        seconds=args.seconds or _SECONDS,
        fps=args.fps or _FPS,
        width=args.size or args.width or _CLIP_WIDTH,
        height=args.size or args.height or _CLIP_HEIGHT,
    )


def _encoding(args: argparse.Namespace) -> Encoding:
    return Encoding(
        image=args.format,
        quality=args.quality,
        parts=not args.no_masks,
        full=not (args.no_masks or args.no_full),
        depth=not args.no_depth,
    )


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        return int(_within(int, text, least, most))

    return read


def _number(least: float, most: float) -> Callable[[str], float]:
    return lambda text: _within(float, text, least, most)


def _within(read: type[int] | type[float], text: str, least: float, most: float) -> float:
    """Read a number; argparse turns the error into its line."""
    sort = "whole number" if read is int else "number"
    with suppress(ValueError):  # of thousands of digits too
        number = read(text)
        if least <= number <= most:  # NaN is not
            return number
    raise argparse.ArgumentTypeError(
        f"{text[:40]!r} is not a {sort} between {least:,} and {most:,}"
    )
