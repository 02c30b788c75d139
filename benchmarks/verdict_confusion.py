"""How often the verdict without labels is right, on clips of synthetic infants with known truth.

    python -m benchmarks.verdict_confusion --clips DIR [--moments N] [--model FOLDER ...]
        [--keep FILE]

DIR holds clips made by `shift-pose synthesize clip --strange` with their `_truth.csv`. Many models
are made from the default one without a training: its weights disturbed by noise, blurred, mixed
with those of the adults' network that it was begun from, driven beyond themselves; its sides
swapped; its answers drawn to the middle of the square. `--model` adds those of short adaptations to
the first two thirds of the clips, and, by their weights, such as had gone a fifth as far, or four
and ten times. Every ordered pair of models, of which the first finds half of the points at least,
is judged as base and adapted, on the last third of every third clip, from pixels alone. Truth is
the difference in PCK on the same frames. A table counts verdicts by truth; others tell of each kind
of new model, and of those of `--model` against their parents.
"""

import argparse
import csv
import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.spoilt_models import ADULTS, WAYS, looker_of, made_models
from core.models.library import DEFAULT_POSE_MODEL, DEFAULT_SEGMENTATION_MODEL, ModelLibrary
from core.models.model_folder import open_model
from core.networks.load import PoseNetwork, load_pose_network, load_segmentation_network
from core.networks.load_judges import load_area, load_prior
from core.pose.skeleton import shipped_skeleton
from core.training.adaptation import Judges
from core.training.data.target_footage import Footage
from core.verdict.labelled import labelled_measures
from core.verdict.measures import Kind, Measure, against_base, own_values
from core.verdict.numbers import numbered
from core.verdict.report import Outcome
from core.verdict.rule import without_labels
from core.verdict.watched import Moment, Seen, Watched
from core.verdict.watching import Pair, seen, watch
from core.video.source import open_video

SAME: Final = 1.0  # points of PCK within which two models are equally good
PLAUSIBLE: Final = 50.0  # PCK of a base; nobody adapts a network that sees nothing
PARTS: Final = 3  # of the clips, each of which gives a verdict
OUTCOMES: Final = ("better", "unclear", "not_better")
TRUTHS: Final = ("better", "same", "worse")


@dataclass(frozen=True, eq=False)
class Looked:
    """The moments, what is true in them, and what each model saw; parents of `--model`s."""

    moments: list[Moment]
    saw: dict[str, list[Seen]]
    parents: dict[str, str]


@dataclass(frozen=True)
class Row:
    base: str
    model: str
    before: float  # PCK in per cent
    gain: float
    outcome: Outcome

    @property
    def truth(self) -> str:
        return "same" if abs(self.gain) <= SAME else "better" if self.gain > 0 else "worse"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--moments", type=int, default=48)
    parser.add_argument("--model", type=Path, nargs="*", default=[])
    parser.add_argument("--keep", type=Path, help="keep what was seen, and go on from there")
    args = parser.parse_args()
    if args.clips is None:
        print("verdict_confusion: needs --clips (see its first lines); left out.")
        return
    looked = pickle.loads(args.keep.read_bytes()) if args.keep and args.keep.exists() else None
    looked = looked or looked_at(args.clips, args.moments)
    add_models(looked, args.clips, made_models(args.model), args.model)
    if args.keep:
        args.keep.write_bytes(pickle.dumps(looked))
    rows = judged(looked)
    show(rows)
    show_runs(rows, looked.parents)


def looked_at(clips: Path, most: int) -> Looked:
    """Where the default model follows the infants in the last thirds, with the truth as labels."""
    paths = sorted(clips.glob("*.mp4"))
    library = ModelLibrary.standard()
    looker = looker_of(load_pose_network(library.find(DEFAULT_POSE_MODEL)))
    outliner = load_segmentation_network(library.find(DEFAULT_SEGMENTATION_MODEL))
    lengths = [frames_of(path) for path in paths]
    kept = [
        Footage(path, stretches=((2 * n // 3, n),), length=n)
        for path, n in zip(paths, lengths, strict=True)
    ]
    work = watch(kept, Pair(looker, looker, outliner), most)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            moments = finished.value
            break
    truths = [truth_of(path) for path in paths]
    labelled = [
        replace(one, labels=one.crop.affine(1)(truths[one.recording][one.frame])) for one in moments
    ]
    return Looked(labelled, {}, {})


def add_models(
    looked: Looked, clips: Path, models: dict[str, Callable[[], PoseNetwork]], runs: Sequence[Path]
) -> None:
    paths = sorted(clips.glob("*.mp4"))
    for name, make in models.items():
        if name not in looked.saw:
            looker = looker_of(make())
            looked.saw[name] = [
                seen(looker, images(paths[one.recording], one.frame), one.crop)
                for one in looked.moments
            ]
            print(f"looked with {name}", flush=True)
    own = {DEFAULT_POSE_MODEL: "default", ADULTS: "adults"}
    for folder in runs:
        name, parent = folder.parent.name, own[open_model(folder).card.parent]
        for one in (f"run {name}", *(f"driven {name} {way:g}" for way in WAYS)):
            looked.parents[one] = parent


def images(path: Path, frame: int) -> list[NDArray[np.uint8]]:
    with open_video(path) as source:
        if 0 < frame < source.info.frame_count - 1:
            return [one.image for one in source.frames(frame - 1, frame + 2)]
        return [source.read(frame).image]


def frames_of(path: Path) -> int:
    with open_video(path) as source:
        return source.info.frame_count


def truth_of(clip: Path) -> NDArray[np.float64]:
    """(T, 16, 2) in pixels, NaN for points outside the picture."""
    with clip.with_name(f"{clip.stem}_truth.csv").open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    names = shipped_skeleton().keypoints
    return np.array([
        [
            (float(row[f"{name}_x"]), float(row[f"{name}_y"]))
            if row[f"{name}_visibility"] != "0"
            else (np.nan, np.nan)
            for name in names
        ]
        for row in rows
    ])  # fmt: skip


def judged(looked: Looked) -> list[Row]:
    library = ModelLibrary.standard()
    judges = Judges(load_prior(library.find("infant_prior")), load_area(library.find("kp2seg")))
    rows: list[Row] = []
    own: dict[str, dict[Kind, NDArray[np.float64]]] = {}
    for name in looked.saw:
        watched = between(looked, name, name)
        own[name] = own_values(watched.before, watched, judges)
    for base, model in permutations(looked.saw, 2):
        watched = between(looked, base, model)
        truth = labelled_measures(watched)[0]
        if np.nanmean(truth.before) < PLAUSIBLE:
            continue
        alone = [Measure(kind, own[base][kind], own[model][kind]) for kind in own[base]]
        measures = [*against_base(watched), *alone]
        for part in range(PARTS):
            chosen = watched.recording % PARTS == part
            found = (numbered(one.part(chosen), watched.recording[chosen], 0) for one in measures)
            outcome = without_labels([one for one in found if one is not None])
            before, after = np.nanmean(truth.before[chosen]), np.nanmean(truth.after[chosen])
            rows.append(Row(base, model, float(before), float(after - before), outcome))
    return rows


def between(looked: Looked, base: str, model: str) -> Watched:
    saw = zip(looked.moments, looked.saw[base], looked.saw[model], strict=True)
    return Watched.of([replace(one, before=first, after=then) for one, first, then in saw])


def show(rows: Sequence[Row]) -> None:
    print(f"\n{len(rows)} verdicts; columns: better / unclear / not better")
    for truth in TRUTHS:
        print(f"truly {truth:7} {counted([row for row in rows if row.truth == truth])}")
    print("\nby the kind of the new model, truly better | same | worse")
    for kind in dict.fromkeys(row.model.split()[0] for row in rows):
        own = [row for row in rows if row.model.split()[0] == kind]
        cells = [counted([row for row in own if row.truth == truth]) for truth in TRUTHS]
        print(f"{kind:9} {' | '.join(cells)}")
    wrong = [row for row in rows if row.outcome == "better" and row.truth == "worse"]
    for row in sorted(wrong, key=lambda row: row.gain):
        print(f"wrongly better: {row.base} -> {row.model}, {row.before:.1f} {row.gain:+.1f}")


def counted(rows: Sequence[Row]) -> str:
    count = Counter(row.outcome for row in rows)
    return " ".join(f"{count[outcome]:4}" for outcome in OUTCOMES)


def show_runs(rows: Sequence[Row], parents: dict[str, str]) -> None:
    for row in rows:
        if parents.get(row.model) == row.base:
            print(f"{row.base} -> {row.model}: {row.before:.1f} {row.gain:+.1f} {row.outcome}")


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    main()
