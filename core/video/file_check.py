"""What is wrong with a file before a decoder has looked into it."""

from pathlib import Path
from typing import Final

from core.errors import BadVideo

MAX_PIXELS: Final = 80_000_000
"""Largest picture that is opened (8K film has 33 million pixels); more is taken for an attack."""

_STILL_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2", b"avif"})
"""What a file of still images calls itself; only as a second name, a film may have these too."""

_FILM_BRANDS: Final = frozenset({b"hevc", b"hevx", b"avis", b"isom", b"mp41", b"mp42", b"qt  "})
_SEQUENCE_BRAND: Final = b"msf1"
_BRANDS_BYTES: Final = 512


def check_file(path: Path) -> None:
    """Raise BadVideo if `path` is not there, empty, not to be read, or no file at all."""
    try:
        if path.exists() and not path.is_file():
            raise BadVideo(f"{path}: is not a file; choose a recording.")
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except FileNotFoundError as error:
        raise BadVideo(f"{path}: does not exist; check the name and the drive.") from error
    except PermissionError as error:
        raise BadVideo(f"{path}: may not be read; check the file's permissions.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadVideo(f"{path}: cannot be read ({reason}); check the drive.") from error
    if is_empty:
        raise BadVideo(f"{path}: is empty; copy it from the camera again.")


def refuse_photograph(path: Path) -> None:
    """Raise BadVideo for a HEIC or AVIF photograph: FFmpeg would give one of its tiles as a film.

    What a file calls itself first decides, so that no film is refused which has a still cover.
    """
    with path.open("rb") as file:
        head = file.read(_BRANDS_BYTES)
    if head[4:8] != b"ftyp":
        return
    major, end = head[8:12], min(int.from_bytes(head[:4], "big"), len(head))
    others = {head[at : at + 4] for at in range(16, end, 4)}
    is_sequence = major == _SEQUENCE_BRAND and not others & _FILM_BRANDS
    if major in _STILL_BRANDS or is_sequence:
        kind = "an AVIF" if b"avif" in {major, *others} else "a HEIC"
        raise BadVideo(
            f"{path}: is {kind} photograph, which this program does not read; save it as JPEG."
        )


def too_large(path: Path, width: int, height: int) -> str:
    """The sentence about a picture of more than MAX_PIXELS."""
    return (
        f"{path}: its picture of {width} x {height} is too large; "
        f"make it smaller than {MAX_PIXELS // 1_000_000} million pixels."
    )


def no_frame(path: Path) -> str:
    """The sentence about a video of which nothing can be decoded."""
    return f"{path}: holds no frame that can be decoded; copy it from the camera again."
