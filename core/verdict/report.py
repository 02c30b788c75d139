"""The verdict on an adaptation: whether the new model is better on these recordings, and why."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

VERDICT_FILE: Final = "verdict.json"

Outcome = Literal["better", "not_better", "unclear"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Number(_Value):
    """One kind of evidence, by the base model and by the adapted one.

    name: a key such as `agreement`; words: what it says, for users; unit: "%", "px" or "".
    low, high: interval of the difference after - before (95 %, bootstrap), None where it has none.
    """

    name: str
    words: str
    unit: str
    before: float
    after: float
    higher_is_better: bool
    low: float | None = None
    high: float | None = None

    @property
    def gain(self) -> float:
        """How much better the new model is; negative where it is worse."""
        return (self.after - self.before) * (1 if self.higher_is_better else -1)


class RecordingVerdict(_Value):
    """One recording's share in the verdict, on frames of it that were held out."""

    name: str
    frames: int
    outcome: Outcome
    evidence: tuple[Number, ...]


class Picture(_Value):
    """A held-out frame, base model left, adapted right; `file` is relative to the job's folder."""

    recording: str
    frame: int
    file: str


class VerdictReport(_Value):
    """What the user is told. `better` recommends to adopt, the others to keep the old model.

    sentence: the verdict in plain words; reasons: what it rests on, a sentence each.
    labelled: evidence on frames that a person corrected, empty without; groups: gain for each kind
    of keypoint (shoulder, elbow, wrist, hip, knee, ankle), in the unit of its Number.
    forgetting: PCK on embedded synthetic infants before and after, None where it was not measured.
    video: side by side, relative to the job's folder, or empty.
    """

    version: Literal[1] = 1
    outcome: Outcome
    sentence: str
    reasons: tuple[str, ...]
    base: str
    model: str
    recordings: tuple[RecordingVerdict, ...]
    overall: tuple[Number, ...]
    labelled: tuple[Number, ...] = ()
    groups: tuple[Number, ...] = ()
    forgetting: Number | None = None
    held_out: int  # frames that were judged, corrected ones included
    step: int  # of the training that became the model; 0: the base model as it is
    pictures: tuple[Picture, ...] = ()
    video: str = ""
