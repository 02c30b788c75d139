"""Store what TensorFlow.js computes for the two stored images, for the parity tests.

python -m tests.core.networks.parity.make_reference MODELS_FOLDER   (needs node and its tfjs)

See docs/weights.md. The images are two frames of a synthetic infant, one padded, one upright. The
shipped segmentation network is a published graph with other weights, so these are put into it.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from core.models.library import DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.networks import blazepose, movenet
from core.networks.load import load_segmentation_network
from core.networks.tfjs_graph import read_graph
from tests.core.networks.parity import stored

HERE = Path(__file__).parent
RUNS = {  # graph, node, type of its input, shape of its output
    "movenet_thunder": ("movenet-thunder", movenet.GRAPH_OUTPUT, "int32", (64, 64, 17)),
    DEFAULT_SEGMENTATION_MODEL: (
        "blazepose-full",
        blazepose.GRAPH_OUTPUT,
        "float32",
        (256, 256, 1),
    ),
}


def main(models: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        put_shipped_weights(models / "blazepose-full.json", Path(folder) / "blazepose-full.json")
        store(models, Path(folder))


def put_shipped_weights(published: Path, graph: Path) -> None:
    """The published graph with the weights of the shipped segmentation network."""
    folder = ModelLibrary.standard().find(DEFAULT_SEGMENTATION_MODEL)
    state = load_segmentation_network(folder).module.state_dict().values()
    constants, changed = dict(read_graph(published).constants), iter(state)
    for axes, (kernel, *biases) in read_graph(published).convolution_names(blazepose.GRAPH_OUTPUT):
        constants[kernel] = next(changed).numpy().transpose(np.argsort(axes))
        constants |= {bias: next(changed).numpy() for bias in biases}
    model = json.loads(published.read_text(encoding="utf-8"))
    (group,) = model["weightsManifest"]
    content = b""
    for entry in group["weights"]:
        values = constants[entry["name"]]
        entry.pop("quantization", None)
        entry["dtype"] = "int32" if values.dtype.kind == "i" else "float32"
        content += np.ascontiguousarray(values, f"<{entry['dtype'][0]}4").tobytes()
    group["paths"] = ["weights.bin"]
    (graph.parent / "weights.bin").write_bytes(content)
    graph.write_text(json.dumps(model), encoding="utf-8")


def store(models: Path, changed: Path) -> None:
    """Run each graph; one that was changed is taken instead of the published one."""
    images = stored.images().permute(0, 2, 3, 1).numpy()
    for name, (graph, node, dtype, shape) in RUNS.items():
        file = next(
            one / f"{graph}.json" for one in (changed, models) if (one / f"{graph}.json").exists()
        )
        command = ["node", str(HERE / "run_graph.js"), str(file), node, dtype]
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
