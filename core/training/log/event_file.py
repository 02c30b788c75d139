"""A training's numbers and pictures as TensorBoard reads them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from tensorboardX import RecordWriter

# The messages are made when these modules are imported, where no type checker can see them.
from tensorboardX.proto.event_pb2 import Event, SessionLog  # pyright: ignore
from tensorboardX.proto.summary_pb2 import Summary  # pyright: ignore

from core.errors import NoSpace

TENSORBOARD_FOLDER = "tensorboard"
_VERSION = "brain.Event:2"  # the first in which a restart takes back what came after it
_RGB = 3


class EventFile:
    """One more event file in a folder; TensorBoard reads them in the order of their names.

    Every event is on disk when the call returns: no thread and no queue lose what a kill cuts off.
    The names hold no host and no second, so that two runs within a second do not meet.
    """

    def __init__(self, folder: Path, first_step: int, clock: Callable[[], float]) -> None:
        """Begin with telling TensorBoard to forget `first_step` and later of the files before.

        `clock` gives seconds since 1970. Raises NoSpace.
        """
        self._folder, self._clock = folder, clock
        try:
            folder.mkdir(parents=True, exist_ok=True)
            number = len(list(folder.glob("*tfevents*"))) + 1
            self._records = RecordWriter(str(folder / f"events.out.tfevents.{number:06}"))
        except OSError as error:
            raise self._full(error) from error
        self._write(Event(file_version=_VERSION))
        self._write(Event(step=first_step, session_log=SessionLog(status=SessionLog.START)))

    def numbers(self, step: int, values: Mapping[str, float]) -> None:
        """Add a point to each of these curves; raises NoSpace."""
        points = [Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()]
        self._write(Event(step=step, summary=Summary(value=points)))

    def picture(self, step: int, tag: str, encoded: bytes, size: tuple[int, int]) -> None:
        """Add a JPEG or PNG of `size` (width, height) in pixels; raises NoSpace."""
        width, height = size
        image = Summary.Image(
            width=width, height=height, colorspace=_RGB, encoded_image_string=encoded
        )
        value = Summary.Value(tag=tag, image=image)
        self._write(Event(step=step, summary=Summary(value=[value])))

    def __enter__(self) -> Self:
        """The file is open already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._records.close()

    def _write(self, event: Event) -> None:
        event.wall_time = self._clock()
        try:
            self._records.write(event.SerializeToString())
            self._records.flush()
        except OSError as error:
            raise self._full(error) from error

    def _full(self, error: OSError) -> NoSpace:
        return NoSpace(f"{self._folder}: cannot be written ({error.strerror or error}).")
