"""Jobs that are to begin, and their folders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.jobs.job_owner import JobOwner, marked, write_owner
from app.session.background import Background
from core.errors import ShiftError
from core.jobs.folder import JobFolder
from core.jobs.requests import AnyRequest
from core.study.study import Study

_AT_ONCE = 4  # each takes some milliseconds until it is on the disk


@dataclass(frozen=True)
class Wish:
    """A job to begin: what to do, what to call it, and the recording that it predicts, if any."""

    request: AnyRequest
    title: str
    recording: int | None = None


@dataclass(frozen=True)
class Order:
    """A job that waits on the disk."""

    folder: JobFolder
    owner: JobOwner


@dataclass(frozen=True)
class Orders:
    """Jobs that were made, and why there are no more of them, in words."""

    made: Sequence[Order]
    problem: str = ""


class Ordering:
    """Makes the folders of jobs: of a few at once, of many in a thread."""

    def __init__(self, root: Path, background: Background) -> None:
        """Make them under `root`."""
        self._root = root
        self._background = background
        self._recordings: set[int | None] = set()

    def is_preparing(self, recording: int) -> bool:
        """Whether a prediction of this recording is being ordered."""
        return recording in self._recordings

    def order(self, study: Study, wishes: Sequence[Wish], then: Callable[[Orders], None]) -> None:
        """Make these, and hand them on."""
        if len(wishes) <= _AT_ONCE:
            then(_made_all(self._root, study, wishes))
            return
        recordings = {wish.recording for wish in wishes}
        self._recordings |= recordings

        def hand_on(orders: Orders) -> None:
            self._recordings -= recordings
            then(orders)

        self._background.run(lambda: _made_all(self._root, study, wishes), hand_on)


def made(root: Path, study: Study, wish: Wish) -> Order:
    """Make the folder of a job; raises NoSpace."""
    folder = JobFolder.create(root, wish.request)
    owner = JobOwner(
        study=study.path, study_id=marked(study), recording=wish.recording, title=wish.title
    )
    write_owner(folder, owner)
    return Order(folder, owner)


def _made_all(root: Path, study: Study, wishes: Sequence[Wish]) -> Orders:
    """As many as the disk takes."""
    orders: list[Order] = []
    for wish in wishes:
        try:
            orders.append(made(root, study, wish))
        except ShiftError as error:
            return Orders(orders, str(error))
    return Orders(orders)
