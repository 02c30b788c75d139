import subprocess
import sys

import pytest

from core.jobs.failures import reason
from core.short_memory import says_memory_is_short
from core.training.scale_out.short_memory import is_memory_short

ALLOCATE = """
import resource, torch
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
try:
    torch.empty(1 << 36, dtype=torch.uint8)
except RuntimeError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are the system's own")
def test_what_torch_says_here_is_understood():
    """In a process of its own, as the limit stays."""
    done = subprocess.run([sys.executable, "-c", ALLOCATE], capture_output=True, text=True)
    error = RuntimeError(done.stdout)
    assert done.stdout
    assert is_memory_short(error)
    assert reason(error).startswith("The memory does not suffice")


@pytest.mark.parametrize(
    "text",
    [
        "CUDA out of memory. Tried to allocate 2 GiB",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes",
        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes",
    ],
)
def test_texts_of_other_systems(text):
    assert says_memory_is_short(text)


def test_another_fault_is_none_of_memory():
    assert not is_memory_short(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    assert not is_memory_short(ValueError("not enough memory of that day"))
