"""Store what TensorFlow.js computes for the two stored images, for the parity tests.

python -m tests.core.networks.parity.make_reference MODELS_FOLDER   (needs node and its tfjs)

See docs/weights.md. The images are two frames of a synthetic infant, one padded, one upright.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

from core.networks import blazepose, movenet
from tests.core.networks.parity import stored

HERE = Path(__file__).parent
RUNS = {  # graph, node, type of its input, shape of its output
    "movenet_thunder": ("movenet-thunder", movenet.GRAPH_OUTPUT, "int32", (64, 64, 17)),
    "blazepose_full_mask": ("blazepose-full", blazepose.GRAPH_OUTPUT, "float32", (256, 256, 1)),
}


def main(models: Path) -> None:
    images = stored.images().permute(0, 2, 3, 1).numpy()
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
