"""Write samples into a shard: a tar file as WebDataset reads it."""

import io
import tarfile
from pathlib import Path
from typing import Self

from core.shards.sample import SyntheticSample
from core.shards.sample_files import encode
from core.shards.set_request import Encoding


class ShardWriter:
    """Takes samples inside a `with` block; the same samples give the same bytes.

    It writes to `path` as they come: to see a shard whole or not at all, give it the temporary
    file of `core.atomic_file.replacing`.
    """

    def __init__(self, path: Path, encoding: Encoding) -> None:
        """Start the shard."""
        # USTAR has no room for times below a second, and TarInfo leaves owner and time at zero.
        self._tar = tarfile.open(path, "w", format=tarfile.USTAR_FORMAT)  # noqa: SIM115
        self._encoding = encoding

    def write(self, key: str, sample: SyntheticSample) -> None:
        """Add a sample; `key` is its name, without a dot. Raises ValueError as `encode` does."""
        for suffix, content in encode(sample, self._encoding).items():
            member = tarfile.TarInfo(f"{key}.{suffix}")
            member.size = len(content)
            self._tar.addfile(member, io.BytesIO(content))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()


def sample_key(sample: SyntheticSample) -> str:
    """The name of a sample inside its set."""
    labels = sample.labels
    if labels.clip:
        return f"{labels.clip}-{labels.frame:06d}"
    return f"{labels.kind}-{labels.index:08d}"
