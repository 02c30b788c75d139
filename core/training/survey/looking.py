"""What there is to learn from in recordings: a modest sample of what an adaptation would choose."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

from core.errors import ShiftError
from core.prediction.predictor import Predictor
from core.progress import Progress
from core.training.data.canvas import Framing
from core.training.data.canvas_set import CanvasSet
from core.training.data.footage import choose_frames, open_length, shares
from core.training.data.sampled_frames import SampledFrames, sample_frames
from core.training.data.target_footage import Footage
from core.video.fingerprint import fingerprint
from core.video.source import open_video

_FRAMES = 18  # looked at in all; a quarter of a minute on two cores
_FEWEST_OF_ONE = 4  # a recording gets a fair look however many there are


Clock = Callable[[], float]


@dataclass(frozen=True)
class Asked:
    """A recording to look at; `fingerprint` is what its file had when it was chosen."""

    footage: Footage
    fingerprint: str


@dataclass(frozen=True, eq=False)
class Looked:
    """What a sample of a recording showed in so many seconds, or why it cannot be used.

    The footage has its length, and is None where the recording cannot be read.
    """

    footage: Footage | None = None
    sampled: SampledFrames = field(default_factory=SampledFrames)
    seconds: float = 0.0
    refused: str = ""


def look_at(
    asked: Sequence[Asked], predictor: Predictor, framing: Framing, clock: Clock
) -> Generator[Progress, None, list[Looked]]:
    """Look at a few frames of each recording, chosen as an adaptation chooses them.

    A recording that cannot be used is refused in a sentence, and the others are looked at.
    Corrected frames need no look. `clock` gives seconds.
    """
    opened: list[Footage | str] = []
    for number, one in enumerate(asked):
        yield Progress(number, len(asked), "opening the recordings")
        opened.append(_opened(one))
    usable = [one for one in opened if isinstance(one, Footage)]
    counts = iter(wanted := _counts(usable))
    found: list[Looked] = []
    for one in opened:
        if isinstance(one, str):
            found.append(Looked(refused=one))
            continue
        done = sum(looked.sampled.looked_at for looked in found)
        begun = clock()
        work = _look(one, next(counts), predictor, framing)
        looked = yield from _told(work, done, sum(wanted))
        found.append(replace(looked, seconds=clock() - begun))
    return found


def _told(
    work: Generator[None, None, Looked], done: int, total: int
) -> Generator[Progress, None, Looked]:
    while True:
        yield Progress(done, total, "looking at the recordings")
        try:
            next(work)
        except StopIteration as finished:
            return finished.value
        except ShiftError as error:
            return Looked(refused=str(error))
        done += 1


def canvases_of(found: Sequence[Looked]) -> CanvasSet | None:
    """All canvases that were cut out, in groups by recording; None without any."""
    named = [
        (kept.canvas, f"{number}:{kept.frame}", str(number))
        for number, one in enumerate(found)
        for kept in one.sampled.kept
    ]
    return CanvasSet.of(*zip(*named, strict=True)) if named else None


def _look(
    footage: Footage, count: int, predictor: Predictor, framing: Framing
) -> Generator[None, None, Looked]:
    with open_video(footage.path) as source:
        chosen = choose_frames(footage, source.info.frame_count, count)
        sampled = yield from sample_frames(source, footage, chosen, predictor, framing)
    return Looked(footage, sampled, refused=_reason(sampled))


def _reason(sampled: SampledFrames) -> str:
    if sampled.kept:
        return ""
    if not sampled.looked_at:
        return "None of its frames are in the chosen time range."
    return f"No infant was found in the {sampled.looked_at} frames that were looked at."


def _counts(usable: Sequence[Footage]) -> list[int]:
    fair = shares(usable, _FRAMES) if usable else []
    return [
        min(max(count, _FEWEST_OF_ONE), open_length(one))
        for one, count in zip(usable, fair, strict=True)
    ]


def _opened(asked: Asked) -> Footage | str:
    """A recording of which the length is known, or why it cannot be used."""
    path = asked.footage.path
    if not path.exists():
        return f"{path}: is not there any more; say in the window where it lies now."
    try:
        if fingerprint(path) != asked.fingerprint:
            return f"{path}: is not the recording that was added to the study."
        with open_video(path) as source:
            length = source.info.frame_count
    except ShiftError as error:
        return str(error)
    return replace(asked.footage, corrected=None, length=length)
