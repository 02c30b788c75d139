"""The version of this program."""

from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "shift-studio"


def software_version() -> str:
    """The installed version, or "not installed" when run from a folder that pip does not know."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "not installed"
