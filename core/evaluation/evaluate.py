"""Run a model over labelled photographs and score it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.datasets.labelled_image import LabelledImage
from core.evaluation.paper_protocol import paper_scores
from core.evaluation.report import Report, corrected_scores, plain_scores
from core.evaluation.results_file import save_predictions
from core.evaluation.views import View, places, predict_set
from core.pose.pose_track import Pose
from core.prediction.predictor import Predictor
from core.progress import Progress

Protocol = Literal["corrected", "paper"]


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
        if self.protocol == "paper":
            keypoints = paper_scores(self.dataset, predictor.looker.network, predictor.skeleton)
            image, box = plain_scores(keypoints, predictor.skeleton), None
        else:
            image, box = corrected_scores(self.dataset, places(poses), predictor.skeleton)
        return Report(
            model=predictor.card.name,
            model_sha256=predictor.card.weights_sha256,
            data=self.data,
            split=self.split,
            protocol=self.protocol,
            crop=self.view,
            images=len(self.dataset),
            without_infant=sum(pose.is_empty for pose in poses),
            image=image,
            box=box,
        )
