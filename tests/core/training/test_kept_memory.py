"""A process that keeps its memory gets large tensors without new pages."""

import subprocess
import sys

import pytest

MEASURE = """
import resource, sys
import torch
from core.training.kept_memory import keep_freed_memory

def work():
    # 64 MiB each: beyond 32 MiB glibc always asks the kernel, unless it was told otherwise.
    return sum(float(tensor[0]) for tensor in [torch.ones(16 << 20) for _ in range(3)])

if sys.argv[1] == "keep" and not keep_freed_memory():
    sys.exit(3)
for _ in range(5):
    work()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    work()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def new_pages(mode: str) -> int:
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, mode], capture_output=True, text=True, check=False
    )
    if run.returncode == 3:
        pytest.skip("this C library has no such switch")
    return int(run.stdout)


def test_freed_memory_is_used_again():
    assert new_pages("keep") < new_pages("as usual") / 10
