"""Who is in the picture, in which posture, and what they wear."""

from dataclasses import dataclass

import numpy as np

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.stature import draw_physique
from core.synthesis.posture.draw import draw_posture, family_odds
from core.synthesis.posture.figure import Figure
from core.synthesis.posture.figure_measuring import Figures
from core.synthesis.posture.motion import Motion, draw_motion
from core.synthesis.posture.motion_styles import INFANT_MOTIONS
from core.synthesis.posture.settled_posture import SettledPosture
from core.synthesis.posture.styles import pick
from core.synthesis.wardrobe.outfit import Outfit
from core.synthesis.wardrobe.wardrobe import Wardrobe


@dataclass(frozen=True, eq=False)
class Actor:
    """Somebody dressed, without a posture yet."""

    figure: Figure
    outfit: Outfit

    @property
    def is_infant(self) -> bool:
        """Under two years."""
        return self.figure.physique.is_infant


class Casting:
    """Draws people and their postures; keep one, it holds what all people share."""

    def __init__(self, model: BodyModel) -> None:
        """Whose bodies they are."""
        self._model = model
        self._figures, self._wardrobe = Figures(model), Wardrobe(model)

    def actor(self, is_infant: bool, rng: np.random.Generator) -> Actor:
        """Somebody of any age of their kind."""
        body = self._model.shaped(draw_physique(is_infant, rng))
        outfit = self._wardrobe.choose_outfit(body.physique, rng)
        return Actor(self._figures.of(body), outfit)

    def posture(self, actor: Actor, rng: np.random.Generator) -> SettledPosture:
        """A posture that somebody of this age takes."""
        return draw_posture(pick(family_odds(actor.figure), rng), actor.figure, rng)

    def motion(self, actor: Actor, length: tuple[float, float], rng: np.random.Generator) -> Motion:
        """A movement of an infant; `length` is seconds and frames per second."""
        return draw_motion(pick(INFANT_MOTIONS, rng), actor.figure, rng, *length)
