"""The work of a compare job: show recordings of a study to two models and weigh what they see."""

import os
from collections.abc import Generator

from core.jobs.adapt_inputs import frozen_footage
from core.jobs.adapt_words import Teller
from core.jobs.events import AnyEvent, Judged, Started
from core.jobs.folder import JobFolder
from core.jobs.requests import CompareRequest
from core.training.device import usable_device
from core.verdict.compare import CompareTask, compare_models
from core.verdict.report import VERDICT_FILE


def compare(folder: JobFolder, request: CompareRequest) -> Generator[AnyEvent]:
    """Do the job, telling what happens; begun again after a stop, it looks anew.

    Raises:
        BadInput: a recording or model cannot be used, or is not what the job began with.
        NoSpace: the disk is full.
    """
    yield Started(pid=os.getpid(), model=request.model)
    teller = Teller(folder)
    footage = frozen_footage(folder, request)
    device = str(usable_device(request.device))
    task = CompareTask(folder.path, request.base, request.model, footage, device)
    for progress in compare_models(task):
        yield from teller.told(progress)
    yield Judged(file=VERDICT_FILE)
