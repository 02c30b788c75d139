"""Store what TensorFlow.js computes for two images, for the parity tests; see docs/weights.md.

python tests/core/networks/parity/make_reference.py MODELS_FOLDER   (needs node and its tfjs)
"""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np

from core.networks import blazepose, movenet

HERE = Path(__file__).parent
RUNS = {  # graph, node, type of its input, shape of its output
    "movenet_thunder": ("movenet-thunder", movenet.GRAPH_OUTPUT, "int32", (64, 64, 17)),
    "blazepose_full_mask": ("blazepose-full", blazepose.GRAPH_OUTPUT, "float32", (256, 256, 1)),
}


def main(models: Path) -> None:
    images = demo_images()
    cv2.imwrite(str(HERE / "images.png"), cv2.cvtColor(np.vstack(images), cv2.COLOR_RGB2BGR))
    for name, (graph, node, dtype, shape) in RUNS.items():
        command = ["node", str(HERE / "run_graph.js"), str(models / f"{graph}.json"), node, dtype]
        output = subprocess.run(command, input=images.tobytes(), capture_output=True, check=True)
        logits = np.frombuffer(output.stdout, "<f4").reshape(-1, *shape).transpose(0, 3, 1, 2)
        np.savez_compressed(HERE / f"{name}.npz", **packed(logits))


def packed(logits: np.ndarray) -> dict[str, np.ndarray]:
    """Probabilities in steps of 1/65535, and every fifth logit as it is."""
    probabilities = 0.5 + 0.5 * np.tanh(logits.astype(np.float64) / 2)
    return {
        "probabilities": np.round(probabilities * 65535).astype(np.uint16),
        "some_logits": logits[..., ::5, ::5],
    }


def demo_images() -> np.ndarray:
    """Two frames of the demo recording, one padded and one turned upright, in few grey levels."""
    video = cv2.VideoCapture(str(HERE.parents[3] / "resources" / "demo" / "infant_demo.mp4"))
    frames = [cv2.cvtColor(video.read()[1], cv2.COLOR_BGR2RGB) for _ in range(121)]
    padded = np.zeros((256, 256, 3), np.uint8)
    padded[32:224] = cv2.resize(frames[20], (256, 192), interpolation=cv2.INTER_AREA)
    upright = np.rot90(frames[120][:, 80:560])
    upright = cv2.resize(upright, (256, 256), interpolation=cv2.INTER_AREA)
    return np.stack([padded, upright]) & 0xF0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
