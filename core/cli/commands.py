"""The commands of `shift-pose`, in the order in which its help shows them."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from core.cli import adapt, doctor, evaluate, export, models, predict, synthesize, train, worker
from core.cli.parsing import Subparsers

AddParser = Callable[[Subparsers], None]

COMMANDS: Final = MappingProxyType[str, AddParser](
    {
        "predict": predict.add_parser,
        "evaluate": evaluate.add_parser,
        "export": export.add_parser,
        "synthesize": synthesize.add_parser,
        "train": train.add_parser,
        "adapt": adapt.add_parser,
        "models": models.add_parser,
        "doctor": doctor.add_parser,
        "worker": worker.add_parser,
    }
)
