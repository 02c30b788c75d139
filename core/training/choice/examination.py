"""Judge networks on canvases that none of them learnt from."""

import torch

from core.networks.load import PoseNetwork
from core.training.adaptation import Judges
from core.training.choice.agreement import (
    Jury,
    agreeing_share,
    capped_spread,
    kept_share,
    mean_confidence,
    share_with_jury,
)
from core.training.choice.anatomy import asymmetry, bone_spread, coinciding_share, extent
from core.training.choice.evidence import Evidence
from core.training.choice.judging import mean_plausibility, silhouette_overlap
from core.training.choice.predictions import Predictions, predict
from core.training.data.canvas_set import CanvasSet


class Examination:
    """Held-out canvases, and the base model's word on them, against which others are held."""

    def __init__(self, base: PoseNetwork, canvases: CanvasSet, judges: Judges) -> None:
        """Looks at all canvases with the base once; the judges are on the base's device."""
        self._canvases, self._judges = canvases, judges
        self._device = next(base.module.parameters()).device
        found = predict(base, canvases)
        self._jury = Jury.of(found)
        self.base = self.judge(found)

    def __len__(self) -> int:
        """How many canvases there are."""
        return len(self._canvases)

    def evidence(self, network: PoseNetwork) -> Evidence:
        """What the canvases tell of a network; a function of its weights alone."""
        return self.judge(predict(network, self._canvases))

    @torch.no_grad()
    def judge(self, found: Predictions) -> Evidence:
        """What a network's predictions on these canvases tell."""
        prior, area = self._judges.prior, self._judges.area
        plain, device = found.plain, self._device
        return Evidence(
            agreement=agreeing_share(found),
            spread=capped_spread(found),
            jury=share_with_jury(found, self._jury),
            kept=kept_share(found, self._jury),
            extent=extent(plain),
            coinciding=coinciding_share(plain),
            confidence=mean_confidence(found),
            asymmetry=asymmetry(plain),
            bone_spread=bone_spread(plain, self._canvases.groups),
            plausibility=None
            if prior is None
            else mean_plausibility(plain, found.is_known, prior, device),
            silhouette=None
            if area is None
            else silhouette_overlap(plain, self._canvases.infant, area, device),
        )
