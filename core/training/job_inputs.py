"""What a job in a folder was begun with, so that nothing else goes on in it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.atomic_file import write_text
from core.errors import BadInput

INPUTS_FILE = "inputs.json"


def keep_or_compare(job: Path, about: Mapping[str, Any]) -> None:
    """Keep what a new job begins with, or compare it with what is there.

    Raises:
        BadInput: the folder is another job's, or its inputs cannot be read.
        NoSpace: it cannot be written.
    """
    path = job / INPUTS_FILE
    if not path.exists():
        write_text(path, json.dumps(about, indent=2))
        return
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
        differing = [key for key in about if there.get(key) != about[key]]
    except (OSError, ValueError, AttributeError) as error:
        raise BadInput(f"{path}: cannot be read; choose a new folder for the job.") from error
    if differing:
        raise BadInput(
            f"{job}: another job began here (its {', '.join(differing)} differ); "
            "choose a new folder, or give the same command again."
        )
