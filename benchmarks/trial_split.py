"""Set a third of the photographs that may be learnt from apart, so that recipes can be tried.

    python -m benchmarks.trial_split DATA --out FOLDER

DATA holds `person_keypoints.json` and `images`. FOLDER gets both again (the images as a link), with
the photographs of the split `train` parted into `learn` and `trial`, whole groups by lot:

    shift-pose train source --recipe infants --base movenet_thunder --data coco:learn=FOLDER ...
    shift-pose evaluate --dataset coco --annotations FOLDER/person_keypoints.json
        --images FOLDER/images --split trial --crop box --model ...
"""

import argparse
import json
from pathlib import Path

import numpy as np

ANNOTATIONS, IMAGES = "person_keypoints.json", "images"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if not (args.data and args.out):
        print("trial_split: needs DATA and --out; left out.")
        return
    labels = json.loads((args.data / ANNOTATIONS).read_text(encoding="utf-8"))
    taught = [image for image in labels["images"] if image["split"] == "train"]
    apart = left_out([str(image["group"]) for image in taught])
    for image in taught:
        image["split"] = "trial" if str(image["group"]) in apart else "learn"
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / IMAGES).symlink_to((args.data / IMAGES).resolve())
    (args.out / ANNOTATIONS).write_text(json.dumps(labels), encoding="utf-8")
    counts = [sum(one["split"] == split for one in taught) for split in ("learn", "trial")]
    print(f"{counts[0]} to learn from, {counts[1]} to try on")


def left_out(of_pictures: list[str]) -> set[str]:
    """Groups by lot, until they hold a third of the pictures."""
    groups = sorted(set(of_pictures))
    np.random.default_rng(5).shuffle(groups)
    chosen: set[str] = set()
    for group in groups:
        if sum(one in chosen for one in of_pictures) < len(of_pictures) // 3:
            chosen.add(group)
    return chosen


if __name__ == "__main__":
    main()
