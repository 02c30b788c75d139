"""Clean poses for the prior: 16 keypoints each, from whatever has labels."""

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.pose.keypoint_rules import Keypoints, labelled_infant
from core.pose.skeleton import shipped_skeleton
from core.progress import Progress
from core.shards.reader import ShardSet
from core.training.data_source import POSES, SYNTHETIC, DataSource

_TRUNK: Final = ("left_hip", "right_hip", "left_shoulder", "right_shoulder")
_FEWEST: Final = 10  # labelled keypoints of a pose that is worth learning from
_OTHER_WORDS: Final = {"hand": "wrist", "foot": "ankle"}  # MINI-RGBD's own
_NAMES = "names"


@dataclass(frozen=True, eq=False)
class Poses:
    """N poses: xy (N, 16, 2) float32 pixels, NaN where missing.

    groups (N,) says which belong together: a film, a photographed child; sources (N,) where each
    comes from.
    """

    xy: NDArray[np.float32]
    groups: NDArray[np.str_]
    sources: NDArray[np.str_]

    @staticmethod
    def of(source: DataSource, xy: NDArray[np.float32], groups: Sequence[str]) -> "Poses":
        """Poses of one source."""
        return Poses(xy, np.array(groups, np.str_), np.full(len(xy), f"{source} {source.path}"))

    def __len__(self) -> int:
        """How many there are."""
        return len(self.xy)

    @staticmethod
    def joined(parts: Sequence["Poses"]) -> "Poses":
        """All of several sets."""
        return Poses(
            np.concatenate([part.xy for part in parts]),
            np.concatenate([part.groups for part in parts]),
            np.concatenate([part.sources for part in parts]),
        )

    def chosen(self, which: NDArray[np.bool_]) -> "Poses":
        """Some of them."""
        return Poses(self.xy[which], self.groups[which], self.sources[which])

    @property
    def weights(self) -> NDArray[np.float32]:
        """How much each pose counts.

        The n frames of a film count as root of n lone poses, and a source of so many as the root
        again: many poses of one kind say less that is new, and must not drown a small set.
        """
        single = _root_shares(self.groups, np.ones(len(self)))
        return _root_shares(self.sources, single).astype(np.float32)

    @property
    def fingerprint(self) -> str:
        """A hash that any other set of poses does not have, nor the same in other groups."""
        content = hashlib.sha256(np.ascontiguousarray(self.xy).tobytes())
        content.update("\n".join(self.groups.tolist()).encode())
        return content.hexdigest()


def read_poses(sources: Sequence[DataSource]) -> Generator[Progress, None, Poses]:
    """The poses of all sources whose trunk is labelled, the axial points by our rules alone.

    Raises:
        BadInput: a source cannot be read, or none has a usable pose.
    """
    parts: list[Poses] = []
    for number, source in enumerate(sources):
        yield Progress(number, len(sources), "reading poses")
        found = _usable(_read(source))
        # Groups of two sources are never the same; what is held out hangs on no folder's name.
        parts.append(replace(found, groups=np.char.add(f"{number} ", found.groups)))
        if not len(parts[-1]):
            raise BadInput(f"{source.path}: no pose with hips, shoulders and most limbs labelled.")
    return Poses.joined(parts)


def infant_poses(names: Sequence[str], xy: NDArray[np.float32]) -> NDArray[np.float32]:
    """Named keypoints (N, K, 2) -> the 16; pelvis, thorax and neck follow from hips and shoulders.

    A set's own neck is left out: during training these points come from the same rules, and a
    bone that two worlds define differently would tell the worlds apart instead of the poses.
    """
    skeleton = shipped_skeleton()
    by_rule = ("pelvis", "thorax", "neck")
    kept = [at for at, name in enumerate(names) if name not in by_rule]
    chosen: NDArray[np.float32] = xy[:, kept]
    is_known = np.isfinite(chosen[..., 0]) & np.isfinite(chosen[..., 1])
    points = Keypoints(tuple(names[at] for at in kept), chosen, is_known.astype(np.float32))
    return labelled_infant(points, skeleton).xy


def _read(source: DataSource) -> Poses:
    if source.name == POSES:
        return _from_arrays(source)
    if source.name == SYNTHETIC:
        return _from_shards(source)
    if not source.has_photographs:
        raise BadInput(f"{source.as_given}: holds no keypoints.")
    images = source.read_photographs()
    names = images[0].labels.names
    xy = infant_poses(names, np.concatenate([image.labels.xy for image in images]))
    groups = [image.group or image.path.name for image in images]
    return Poses.of(source, xy, groups)


def _from_shards(source: DataSource) -> Poses:
    shards = ShardSet.open(source.path)
    labels = [shards.labels(number) for number in range(len(shards))]
    xy = np.array([one.xy for one in labels], np.float32)
    groups = [one.clip or f"{one.kind}-{one.seed}-{one.index}" for one in labels]
    return Poses.of(source, infant_poses(shipped_skeleton().keypoints, xy), groups)


def _from_arrays(source: DataSource) -> Poses:
    """Arrays (N, K, 2) of a `.npz`: a single one holds unrelated poses, of several each a film."""
    path, chosen = source.path, source.split
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            names = _keypoint_names(file[_NAMES] if _NAMES in file.files else None)
            wanted = [name for name in file.files if name != _NAMES and chosen in (None, name)]
            arrays = {name: np.asarray(file[name], np.float32) for name in wanted}
    except (OSError, ValueError, TypeError, EOFError, BadZipFile) as error:
        raise BadInput(f"{path}: not a file of poses (.npz of numbers).") from error
    if not arrays:
        raise BadInput(f"{path}: holds no array of poses {chosen or ''}".rstrip() + ".")
    parts = []
    for name, xy in arrays.items():
        if xy.ndim != 3 or xy.shape[1:] != (len(names), 2):
            raise BadInput(f"{path}: its {name} has shape {xy.shape}, not N x {len(names)} x 2.")
        groups = [name] * len(xy) if len(arrays) > 1 or chosen else [str(i) for i in range(len(xy))]
        parts.append(Poses.of(source, infant_poses(names, _missing_as_nan(xy)), groups))
    return Poses.joined(parts)


def _keypoint_names(given: NDArray[np.str_] | None) -> tuple[str, ...]:
    """The file's own names, or COCO's 17."""
    if given is None:
        return shipped_skeleton("coco17").keypoints
    return tuple(
        "_".join(_OTHER_WORDS.get(word, word) for word in str(name).split("_")) for name in given
    )


def _missing_as_nan(xy: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sets that cannot store NaN put one negative number into both coordinates (SyRIP: -45)."""
    is_missing = (xy[..., :1] < 0) & (xy[..., :1] == xy[..., 1:])
    return np.where(is_missing, np.float32(np.nan), xy)


def _root_shares(labels: NDArray[np.str_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights, scaled so that those under one label add up to the root of their sum."""
    _, member = np.unique(labels, return_inverse=True)
    return weights / np.sqrt(np.bincount(member, weights))[member]


def _usable(poses: Poses) -> Poses:
    is_known = np.isfinite(poses.xy[..., 0]) & np.isfinite(poses.xy[..., 1])
    has_trunk = is_known[:, shipped_skeleton().indices(*_TRUNK)].all(axis=1)
    return poses.chosen(np.asarray(has_trunk & (is_known.sum(axis=1) >= _FEWEST)))
