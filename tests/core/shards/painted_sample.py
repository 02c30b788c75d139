"""Labelled pictures of rectangles: quick to make, and as deterministic as rendered people."""

import numpy as np

from core.shards.sample import SampleLabels, SyntheticSample, seed_sequence


def painted(kind: str, seed: int, index: int, size: tuple[int, int], **more) -> SyntheticSample:
    """A rectangle on noise, with keypoints inside it; `more` are labels."""
    chance = np.random.default_rng(seed_sequence("clip" if "clip" in more else kind, seed, index))
    width, height = size
    left, top = int(chance.integers(0, width // 2)), int(chance.integers(0, height // 2))
    left = (left + more.get("frame", 0)) % (width // 2)
    right, bottom = left + width // 3, top + height // 3
    image = chance.integers(0, 40, (height, width, 3)).astype(np.uint8)
    image[top:bottom, left:right] = chance.integers(100, 255, 3)
    parts = np.zeros((height, width), np.uint8)
    parts[top:bottom, left : (left + right) // 2] = 2
    full = np.zeros((height, width), bool)
    full[top:bottom, left:right] = True
    depth = np.full((height, width), np.inf, np.float32)
    depth[full] = chance.uniform(0.5, 3.0)
    share = np.linspace(0, 1, 16)
    points = np.stack([left + share * (right - left), top + share * (bottom - top)], axis=1)
    labels = SampleLabels(
        kind=kind,
        seed=seed,
        index=index,
        width=width,
        height=height,
        xy=points.tolist(),
        xyz=np.pad(points / 100, ((0, 0), (0, 1)), constant_values=1.0).tolist(),
        visibility=[int(seen) for seen in chance.integers(0, 3, 16)],
        posture="supine",
        months=float(chance.uniform(0, 18)),
        focal=300.0,
        camera_position=(0.0, 0.0, 1.5),
        camera_rotation=np.eye(3).reshape(-1).tolist(),
        **more,
    )
    return SyntheticSample(labels, image, parts, full, depth)
