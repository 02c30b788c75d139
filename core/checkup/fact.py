"""One thing that a check-up found out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """What was looked at, what was found, and what the user should do if that is not well."""

    name: str
    value: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be mended."""
        return not self.remedy


def gibibytes(count: float) -> str:
    """A number of bytes for people."""
    return f"{count / 2**30:.1f} GiB"
