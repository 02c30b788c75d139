"""Import torchvision where its compiled operators cannot load.

The wheel's operators need a torch with CUDA. Beside a CPU-only torch they stay unloaded, and then
`import torchvision` itself fails, since it describes `nms` and `qnms` to the compiler without
their being declared. Declaring the two schemas first is enough for its models and transforms;
calling one of the two would still fail, and nothing here does.
"""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import torch

_SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"


@cache
def torchvision_models() -> ModuleType:
    """The module `torchvision.models`; takes about a second the first time."""
    if not _operators_load():
        for name in ("nms", "qnms"):
            torch.library.define(f"torchvision::{name}", _SCHEMA)
    from torchvision import models

    return models


def _operators_load() -> bool:
    """Load the operators as torchvision itself does, but say whether it worked."""
    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("torchvision is not installed", name="torchvision")
    for library in sorted(Path(spec.origin).parent.glob("_C.*")):
        try:
            torch.ops.load_library(library)
        except OSError:
            continue
        return True
    return False
