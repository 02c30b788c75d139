import os
import subprocess
import sys

import pytest

# Says a word, and another when Python takes itself apart.
ENDING = """
import atexit
from core.jobs.own_process import leave_if_one_of_many
atexit.register(print, "taken apart")
print("done")
leave_if_one_of_many(3)
"""


@pytest.mark.parametrize(
    ("count", "said", "status"),
    [("2", ["done"], 3), ("1", ["done", "taken apart"], 0), (None, ["done", "taken apart"], 0)],
)
def test_only_a_process_beside_others_leaves_before_python_takes_itself_apart(count, said, status):
    environment = {name: value for name, value in os.environ.items() if name != "WORLD_SIZE"}
    if count is not None:
        environment["WORLD_SIZE"] = count
    ended = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, env=environment)
    assert ended.stdout.decode().split("\n")[:-1] == said
    assert ended.returncode == status
