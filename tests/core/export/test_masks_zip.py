import zipfile

import cv2
import numpy as np

from core.export.masks_zip import MasksZip
from core.pose.silhouette import Silhouette

SQUARE = Silhouette((np.array([[10, 10], [30, 10], [30, 20], [10, 20]], np.float32),))


def test_masks_come_back_pixel_by_pixel(tmp_path):
    with MasksZip(tmp_path / "m.zip") as masks:
        masks.write(0, None, (64, 48))
        masks.write(1, SQUARE, (64, 48))
    with zipfile.ZipFile(tmp_path / "m.zip") as archive:
        assert archive.testzip() is None
        empty, square = (
            cv2.imdecode(np.frombuffer(archive.read(f"00000{i}.png"), np.uint8), -1) for i in (0, 1)
        )
    assert empty.shape == square.shape == (48, 64)
    assert empty.dtype == np.uint8
    assert empty.max() == 0
    np.testing.assert_array_equal(square == 255, SQUARE.to_mask(64, 48))
