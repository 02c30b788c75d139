"""Run a model over labelled photographs and score it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from core.datasets.labelled_image import LabelledImage
from core.evaluation.body_sizes import box_sides, head_lengths, image_sides, torso_lengths
from core.evaluation.paper_protocol import paper_scores
from core.evaluation.report import Report
from core.evaluation.results_file import save_predictions
from core.evaluation.scoring import plain_scores, precision_scores, scores_by
from core.evaluation.views import View, places, predict_set, sureness
from core.pose.pose_track import Pose
from core.prediction.predictor import Predictor
from core.progress import Progress

Protocol = Literal["corrected", "paper"]
SIDE_SHARE: Final = 0.05  # of the side of the padded image, or of the enlarged box
TORSO_SHARE: Final = 0.2
HEAD_SHARE: Final = 0.5


@dataclass(frozen=True)
class Evaluation:
    """What is to be evaluated, and how."""

    dataset: Sequence[LabelledImage]
    data: str
    split: str | None
    protocol: Protocol
    view: View
    save_to: Path | None = None

    def run(self, predictor: Predictor) -> Generator[Progress, None, Report]:
        """Look at every photograph; the generator's value is the report.

        Raises:
            BadInput: a photograph cannot be read, or the protocol does not fit the labels.
            NoSpace: the predictions cannot be saved.
        """
        poses: list[Pose] = []
        for pose in predict_set(self.dataset, predictor, self.view):
            poses.append(pose)
            yield Progress(len(poses), len(self.dataset))
        if self.save_to is not None:
            save_predictions(self.save_to, self.dataset, poses)
        return self._report(poses, predictor)

    def _report(self, poses: Sequence[Pose], predictor: Predictor) -> Report:
        return Report(
            model=predictor.card.name,
            model_sha256=predictor.card.weights_sha256,
            data=self.data,
            split=self.split,
            protocol=self.protocol,
            crop=self.view,
            images=len(self.dataset),
            without_infant=sum(pose.is_empty for pose in poses),
            **self._scores(poses, predictor),
        )

    def _scores(self, poses: Sequence[Pose], predictor: Predictor) -> dict[str, Any]:
        """The scores by the names that they have in the report."""
        dataset, skeleton = self.dataset, predictor.skeleton
        if self.protocol == "paper":
            keypoints = paper_scores(dataset, predictor.looker.network, skeleton)
            return {"image": plain_scores(keypoints, skeleton)}
        predicted = places(poses)
        limits = {
            "image": SIDE_SHARE * image_sides(dataset),
            "box": SIDE_SHARE * box_sides(dataset),
            "torso": TORSO_SHARE * torso_lengths(dataset),
            "head": HEAD_SHARE * head_lengths(dataset),
        }
        scores = {
            name: scores_by(limit, dataset, predicted, skeleton) for name, limit in limits.items()
        }
        return {**scores, "oks": precision_scores(dataset, predicted, sureness(poses), skeleton)}
