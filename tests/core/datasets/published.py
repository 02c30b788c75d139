"""Published sets in little: their layouts with a few painted images and joints at known places."""

import json
import struct
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.datasets.labelled_image import LabelledImage
from core.pose.skeleton import shipped_skeleton

SIZE = (320, 240)
COCO = shipped_skeleton("coco17").keypoints


def joints(count: int) -> NDArray[np.float64]:
    """Each joint in a place of its own, which tells its number: see `joint_at`."""
    number = np.arange(count)
    return np.stack([20.0 + 10 * number, 30.0 + (7 * number) % 90], axis=1)


def joint_at(image: LabelledImage, name: str) -> int | None:
    """Which joint of `joints` a keypoint is; None where it is missing."""
    at = image.labels.names.index(name)
    if image.labels.confidence[0, at] == 0:
        assert np.isnan(image.labels.xy[0, at]).all()
        return None
    return number_of(image.labels.xy[0, at])


def authors_joints(image: LabelledImage) -> list[int | None]:
    """Which joint the authors take for each of the 16."""
    return [None if np.isnan(xy).any() else number_of(xy) for xy in image.authors_xy]


def number_of(xy: NDArray[np.floating]) -> int:
    number = round(float(xy[0] - 20) / 10)
    assert np.allclose(xy, joints(number + 1)[-1]), f"{xy} is not a joint's place"
    return number


def write_image(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", SIZE, (90, 80, 70)).save(path)


def cut_short(path: Path) -> None:
    """As a copy that broke off leaves it: the header is there, the picture is not."""
    path.write_bytes(path.read_bytes()[:-60])


def write_minirgbd(root: Path, sequences: Iterable[int] = range(1, 13), frames: int = 2) -> None:
    for sequence in sequences:
        for frame in range(frames):
            write_image(root / f"{sequence:02}" / "rgb" / f"syn_{frame:05}.png")
            text = "".join(f"{x} {y} 1.05 {n}\n" for n, (x, y) in enumerate(joints(25)))
            labels = root / f"{sequence:02}" / "joints_2Ddep" / f"syn_joints_2Ddep_{frame:05}.txt"
            labels.parent.mkdir(exist_ok=True)
            labels.write_text(text)


def write_minirgbd_of_authors(root: Path) -> None:
    entry = {"pose_2d": joints(25).astype(np.float32), "pose_3d": np.zeros((25, 3), np.float32)}
    splits = {"train": (1, 2), "prior": (1,), "validate": (11, 12)}
    content = {
        split: {f"{n:02}_syn_joints_2Ddep_00001.txt": entry for n in sequences}
        for split, sequences in splits.items()
    }
    np.save(root / "MiniRGBD.npy", np.array(content, dtype=object), allow_pickle=True)
    for sequence in (1, 2, 11, 12):
        write_image(root / f"{sequence:02}" / "rgb" / "syn_00001.png")


def write_syrip(root: Path) -> None:
    """Real 1 and 2, synthetic 10000, and 0 and 1 to validate; beside each file lies its subset."""
    train = [(n, f"train{n:05}.jpg") for n in (1, 2, 10000)]
    validate = [(n, f"test{n}.jpg") for n in (0, 1)]
    write_coco(root / "annotations/200R_1000S/person_keypoints_train_infant.json", train)
    write_coco(root / "annotations/200R/person_keypoints_train_infant.json", train[:2])
    write_coco(root / "annotations/validate500/person_keypoints_validate_infant.json", validate)
    write_coco(root / "annotations/validate100/person_keypoints_validate_infant.json", validate[:1])
    write_syrip_images(root)


def write_syrip_images(root: Path) -> None:
    for number in (1, 2, 10000):
        write_image(root / "images/train_infant" / f"train{number:05}.jpg")
    for number in (0, 1):
        write_image(root / "images/validate_infant" / f"test{number}.jpg")


def write_syrip_of_authors(root: Path) -> None:
    """The left knee of image 1 to validate is missing."""
    partly = joints(17)
    partly[COCO.index("left_knee")] = -45
    content = {
        "train": {10000: joints(17)},
        "prior": {1: joints(17), 2: joints(17)},
        "validate": {0: joints(17), 1: partly},
    }
    np.save(root / "SyRIP_all.npy", np.array(content, dtype=object), allow_pickle=True)
    write_syrip_images(root)


def write_coco(path: Path, images: Iterable[tuple[int, str]]) -> None:
    width, height = SIZE
    flat = np.column_stack([joints(17), np.full(17, 2.0)]).ravel().tolist()
    content = {
        "images": [
            {"id": n, "file_name": name, "width": width, "height": height} for n, name in images
        ],
        "annotations": [
            {"image_id": n, "category_id": 1, "keypoints": flat, "bbox": [10, 20, 200, 110]}
            for n, _ in images
        ],
        "categories": [{"id": 1, "name": "person", "keypoints": list(COCO)}],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def write_surreal(root: Path, crops: int = 4) -> None:
    """As many crops in each of the three runs of each split."""
    for split in ("train", "val", "test"):
        for run in range(3):
            names = [f"{run:02}_01_c0001_{frame}.jpg" for frame in range(crops)]
            samples = [{"name": name, "keypoint2d": joints(24).tolist()} for name in names]
            (root / split).mkdir(exist_ok=True)
            (root / split / f"run{run}.json").write_text(json.dumps(samples))
            for name in names:
                write_image(root / split / f"run{run}" / name)


def write_lsp(root: Path, *, images: int = 3) -> None:
    """The original's layout; the left wrist of the first image is hidden."""
    table = np.zeros((3, 14, images))
    table[:2] = joints(14).T[:, :, None]
    table[2, 11, 0] = 1
    _save_lsp(root, table, [f"im{n:04}.jpg" for n in range(1, images + 1)])


def write_lsp_extended(root: Path) -> None:
    """Two images: in the first nobody labelled the left wrist, in the second nobody anything."""
    table = np.zeros((14, 3, 2))
    table[:, :2] = joints(14)[:, :, None]
    table[:, 2, 0] = 1
    table[11, 2, 0] = 0
    _save_lsp(root, table, ["im00001.jpg", "im00002.jpg"])


def _save_lsp(root: Path, table: NDArray[np.float64], names: Iterable[str]) -> None:
    write_matlab_array(root / "joints.mat", "joints", table)
    for name in names:
        write_image(root / "images" / name)


def write_matlab_array(path: Path, name: str, table: NDArray[np.float64]) -> None:
    """One array of doubles, not compressed, as MATLAB writes it with `save -v6`."""
    flags = _matlab_element(6, np.array([6, 0], "<u4").tobytes())
    shape = _matlab_element(5, np.array(table.shape, "<i4").tobytes())
    label = _matlab_element(1, name.encode())
    numbers = _matlab_element(9, table.astype("<f8").tobytes(order="F"))
    matrix = _matlab_element(14, flags + shape + label + numbers)
    path.write_bytes(b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM" + matrix)


def _matlab_element(kind: int, content: bytes) -> bytes:
    return struct.pack("<II", kind, len(content)) + content + bytes(-len(content) % 8)
