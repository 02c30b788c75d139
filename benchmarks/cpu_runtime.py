"""Which runtime turns squares into heatmaps fastest on this CPU, and what each costs in parts.

All candidates run in turn within each round, so that other load on the machine hits them alike;
the figure is each one's best round. `docs/adr/0010` quotes them.

    python -m benchmarks.cpu_runtime [--rounds 12] [--batch 1 8] [--threads 2]
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from core.models.library import DEFAULT_POSE_MODEL, ModelLibrary
from core.networks.load import load_pose_network

Run = Callable[[Tensor], object]


def main() -> None:
    args = _parsed()
    torch.set_num_threads(args.threads)
    module = load_pose_network(ModelLibrary.standard().find(DEFAULT_POSE_MODEL)).module
    reference = module(_squares(2))
    for batch in args.batch:
        images = _squares(batch)
        runs = _candidates(module, images, args.threads)
        best = _best_times(runs, images, args.rounds)
        print(f"batch {batch}, {args.threads} threads, best of {args.rounds} rounds")
        for name, seconds in sorted(best.items(), key=lambda item: item[1]):
            off = _difference(runs[name], reference) if batch == 2 else float("nan")
            gain = best["eager"] / seconds
            print(f"  {name:28} {1e3 * seconds / batch:7.1f} ms a square  x{gain:4.2f}  {off:.1e}")


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--batch", type=int, nargs="+", default=[1, 2, 8])
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _squares(batch: int) -> Tensor:
    return torch.rand(batch, 3, 256, 256, generator=torch.Generator().manual_seed(1)) * 2 - 1


def _candidates(module: nn.Module, images: Tensor, threads: int) -> dict[str, Run]:
    last = torch.channels_last
    flat = module.to(memory_format=torch.contiguous_format)
    frozen = torch.jit.freeze(torch.jit.trace(flat, images))
    runs: dict[str, Run] = {
        "eager": flat,
        "traced, frozen": frozen,
        "traced, optimised": torch.jit.optimize_for_inference(torch.jit.trace(flat, images)),
    }
    copy = load_pose_network(ModelLibrary.standard().find(DEFAULT_POSE_MODEL)).module
    wide = copy.to(memory_format=last)
    runs["channels-last"] = lambda x: wide(x.to(memory_format=last))
    wide_frozen = torch.jit.freeze(torch.jit.trace(wide, images.to(memory_format=last)))
    runs["channels-last, frozen"] = lambda x: wide_frozen(x.to(memory_format=last))
    half = load_pose_network(
        ModelLibrary.standard().find(DEFAULT_POSE_MODEL), dtype=torch.bfloat16
    ).module.to(memory_format=last)
    runs["channels-last, bf16"] = lambda x: half(x.bfloat16().to(memory_format=last))
    if shutil.which("g++"):
        compiled = torch.compile(wide)
        runs["torch.compile"] = lambda x: compiled(x.to(memory_format=last))
    with tempfile.TemporaryDirectory() as folder:
        runs |= _exported(module, images, threads, Path(folder) / "net.onnx")
    return runs


def _exported(module: nn.Module, images: Tensor, threads: int, path: Path) -> dict[str, Run]:
    if find_spec("onnx") is None or find_spec("onnxscript") is None:
        return {}
    module.to(memory_format=torch.contiguous_format)
    torch.onnx.export(module, (images,), str(path), dynamo=True, verbose=False)
    runs: dict[str, Run] = {}
    if find_spec("onnxruntime"):
        runs["ONNX Runtime"] = _onnx_runtime(path, threads)
    if find_spec("openvino"):
        runs["OpenVINO"] = _openvino(path, threads)
    return runs


def _onnx_runtime(path: Path, threads: int) -> Run:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda x: session.run(None, {name: x.numpy()})[0]


def _openvino(path: Path, threads: int) -> Run:
    import openvino

    core = openvino.Core()
    settings = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"}
    compiled = core.compile_model(core.read_model(str(path)), "CPU", settings)
    return lambda x: compiled(x.numpy())[0]


def _best_times(runs: dict[str, Run], images: Tensor, rounds: int) -> dict[str, float]:
    best = dict.fromkeys(runs, float("inf"))
    with torch.inference_mode():
        for run in runs.values():
            run(images)
        for _ in range(rounds):
            for name, run in runs.items():
                started = time.perf_counter()
                run(images)
                best[name] = min(best[name], time.perf_counter() - started)
    return best


def _difference(run: Run, reference: Tensor) -> float:
    with torch.inference_mode():
        output = run(_squares(2))
    found = output.float().numpy() if isinstance(output, Tensor) else np.asarray(output)
    return float(np.abs(found - reference.detach().numpy()).max())


if __name__ == "__main__":
    main()
