"""Let a teacher follow its student as an exponential moving average of the weights."""

from typing import Literal

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import get_ema_multi_avg_fn

BatchNormRule = Literal["own", "ema", "copy"]

_STATISTICS = ("running_mean", "running_var")


class MeanTeacher:
    """Pairs of a teacher's and a student's tensors, so that an update is one or two fused calls.

    The teacher's batch-norm statistics are its own, gathered by its own passes in train mode as
    with the authors ("own"); an average of the student's ("ema"); or the student's ("copy").
    """

    def __init__(self, teacher: nn.Module, student: nn.Module, batch_norm: BatchNormRule) -> None:
        """Two modules of one layout, which must not be moved or cast afterwards.

        The teacher's parameters stop asking for gradients. Raises AttributeError for unlike
        layouts.
        """
        teacher.requires_grad_(False)
        names = [name for name, _ in teacher.named_parameters()]
        self._averaged = _Pairs(
            [teacher.get_parameter(name) for name in names],
            [student.get_parameter(name) for name in names],
        )
        statistics = _statistics(teacher, student)
        self._copied = statistics if batch_norm == "copy" else _Pairs([], [])
        if batch_norm == "ema":
            self._averaged.add(statistics)

    @torch.no_grad()
    def follow(self, decay: float, has_stepped: Tensor | None = None) -> None:
        """Set teacher = decay * teacher + (1 - decay) * student (METHOD 1.2).

        `has_stepped`, a bool () on the device, says whether the student did; where it did not, the
        teacher stays (D28). None where it always does.
        """
        if has_stepped is None:
            self._averaged.follow(decay)
        else:
            self._averaged.follow_where(has_stepped, decay)
        self._copied.follow(0.0)


class _Pairs:
    """Tensors in step with each other: those that follow, and those that are followed."""

    def __init__(self, teachers: list[Tensor], students: list[Tensor]) -> None:
        self.teachers = teachers
        self.students = students

    def add(self, others: "_Pairs") -> None:
        self.teachers += others.teachers
        self.students += others.students

    def follow(self, decay: float) -> None:
        if self.teachers:
            get_ema_multi_avg_fn(decay)(self.teachers, self.students, None)

    def follow_where(self, is_so: Tensor, decay: float) -> None:
        """By a weight on the device, not waited for; fused calls take numbers only."""
        weight = (1 - decay) * is_so.float()
        for teacher, student in zip(self.teachers, self.students, strict=True):
            teacher.lerp_(student, weight)


def _statistics(teacher: nn.Module, student: nn.Module) -> _Pairs:
    names = [n for n, _ in teacher.named_buffers() if n.rpartition(".")[2] in _STATISTICS]
    return _Pairs(
        [teacher.get_buffer(name) for name in names], [student.get_buffer(name) for name in names]
    )
