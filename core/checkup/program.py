"""Facts of the installation: versions, video codecs, the window's toolkit, models."""

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import av.codec

from core.checkup.fact import Fact
from core.errors import BadModel
from core.models.library import ModelLibrary
from core.paths import is_frozen, jobs_folder, logs_folder, resources_folder
from core.version import software_version
from core.video.video_writer import CODEC

_LIBRARIES = ("torch", "torchvision", "av", "numpy", "opencv-python-headless", "pydantic")
_READ = ("h264", "hevc", "mpeg4", "mjpeg", "vp9")


def program_facts() -> Iterator[Fact]:
    """What is installed, and whether it is whole."""
    built = "built program" if is_frozen() else "Python package"
    yield Fact("SHIFT Studio", f"{software_version()} ({built})")
    yield Fact("Python", f"{platform.python_version()} ({sys.executable})")
    yield Fact("libraries", ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES))
    yield _toolkit()
    yield _codecs("reads video", _READ, "r")
    yield _codecs("writes video", (CODEC,), "w")
    yield Fact("resources", str(resources_folder()))
    yield Fact("jobs", str(jobs_folder()))
    yield Fact("logs", str(logs_folder()))
    yield from _models()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "(version unknown)"


def _toolkit() -> Fact:
    """Found without loading it: nothing in the core ever imports Qt."""
    if find_spec("PySide6") is None:
        remedy = "install PySide6-Essentials below 6.12 to have the window."
        return Fact("window", "Qt is not installed", remedy)
    found = _version("PySide6-Essentials")
    return Fact("window", f"Qt {found}", _toolkit_remedy(found))


def _toolkit_remedy(found: str) -> str:
    """PySide6 6.12.0 on Python 3.11 loses a reference at each Signal.emit and dies."""
    newer = found[:1].isdigit() and tuple(map(int, found.split(".")[:2])) >= (6, 12)
    return "install PySide6-Essentials below 6.12." if newer and sys.version_info < (3, 12) else ""


def _codecs(name: str, wanted: tuple[str, ...], mode: str) -> Fact:
    missing = [codec for codec in wanted if not _has_codec(codec, mode)]
    there = ", ".join(codec for codec in wanted if codec not in missing)
    remedy = f"reinstall PyAV; its codecs {', '.join(missing)} are missing." if missing else ""
    return Fact(name, there or "nothing", remedy)


def _has_codec(name: str, mode: str) -> bool:
    try:
        av.codec.Codec(name, "w" if mode == "w" else "r")
    except av.codec.codec.UnknownCodecError:
        return False
    return True


def _models() -> Iterator[Fact]:
    library = ModelLibrary.standard()
    for name in library.names():
        try:
            model = library.find(name)
            model.read_weights()
        except BadModel as error:
            yield Fact(f"model {name}", "cannot be used", str(error))
        else:
            yield Fact(f"model {name}", f"{model.card.title}; {model.card.licence}")
