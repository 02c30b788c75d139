"""Sews garments for one template: what lies over what, and which skin stays bare."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.synthesis.body.body_model import BodyModel
from core.synthesis.body.physique import Physique
from core.synthesis.wardrobe.mesh.clipping import Cutting, cut_out
from core.synthesis.wardrobe.sewing.cloth_mesh import ClothMesh
from core.synthesis.wardrobe.sewing.cloth_piece import ClothPiece, FastenedStuds
from core.synthesis.wardrobe.sewing.folds import fold_patterns
from core.synthesis.wardrobe.sewing.pattern import Pattern, Piece, Trim
from core.synthesis.wardrobe.sewing.shell import Drape, Shell
from core.synthesis.wardrobe.template.anatomy import Anatomy, Field
from core.synthesis.wardrobe.template.extremities import feet_of, hands_of
from core.synthesis.wardrobe.template.features import Features

MARGIN = 0.022  # of the stature, how deep under a hem skin and cloth are still kept
FOLD_VARIANTS = 12  # ways in which cloth can fold; depths and clothes vary much more


class Tailor:
    """Everything that all people of one template share: infants, or adults."""

    def __init__(self, model: BodyModel, physique: Physique) -> None:
        """Measure the template; takes about half a second."""
        self.anatomy = Anatomy(model, physique)
        self.mesh = ClothMesh(self.anatomy)
        self.features = Features(self.anatomy)
        self._fold_patterns: dict[int, NDArray[np.floating]] = {}
        self.feet, self.hands = feet_of(self.anatomy), hands_of(self.anatomy)

    def sewn(
        self, patterns: Sequence[Pattern], rng: np.random.Generator
    ) -> tuple[tuple[Piece, ...], NDArray[np.bool_]]:
        """The pieces of all garments, innermost first, and the hidden vertices (V,).

        `rng` decides how the cloth folds.
        """
        margin = MARGIN * self.anatomy.stature
        folds = self._folds(int(rng.integers(FOLD_VARIANTS)))
        pieces: list[Piece] = []
        lift = bulk = np.zeros(len(self.anatomy.points), np.float32)
        for layer, pattern in enumerate(patterns):
            above = [one.hides for one in patterns[layer + 1 :]]
            hidden = np.maximum.reduce([*above, np.full(len(lift), -1, np.float32)]) - margin
            own, lift, bulk = self._lifts(pattern, lift, bulk)
            pieces += self._pieces(pattern, own, hidden, folds)
        covered = [one.hides > margin for one in patterns]
        return tuple(pieces), np.logical_or.reduce([*covered, np.zeros(len(lift), bool)])

    def _folds(self, variant: int) -> NDArray[np.floating]:
        if variant not in self._fold_patterns:
            rng = np.random.default_rng([73, variant])
            self._fold_patterns[variant] = fold_patterns(self.anatomy, self.mesh.points, rng)
        return self._fold_patterns[variant]

    def _lifts(self, pattern: Pattern, below: Field, pressed: Field) -> tuple[Field, Field, Field]:
        """How high a garment lies, and how high all do after it: as they are, and pressed flat."""
        fit, stature = pattern.fit, self.anatomy.stature
        thickness = fit.thickness * stature
        if pattern.bulk is not None:
            thickness = thickness + pattern.bulk
        slack = fit.ease * stature
        if fit.gather > 0:
            slack = slack * _smooth(pattern.inside / (fit.gather * stature))
        own = np.maximum(below, pressed + slack) + thickness
        worn = np.clip(1 + pattern.inside / (0.02 * stature), 0, 1)
        return (
            own.astype(np.float32),
            np.maximum(below, worn * own).astype(np.float32),
            (pressed + worn * thickness).astype(np.float32),
        )

    def _pieces(
        self, pattern: Pattern, lift: Field, hidden: Field, folds: NDArray[np.floating]
    ) -> list[Piece]:
        fit, stature = pattern.fit, self.anatomy.stature
        drape = Drape(lift, fit.rounds, fit.folds * stature, fit.slack * stature, folds)
        cutting = self._cut(pattern.inside, self._seen(hidden))
        if not len(cutting.faces):
            return [*pattern.pieces]
        rim = fit.thickness * stature
        shell = Shell(self.mesh, cutting, drape, rim)
        studs = pattern.studs
        fastened = studs and FastenedStuds(shell, studs, studs.radius * stature)
        pieces: list[Piece] = [ClothPiece(shell, pattern.material, fastened)]
        of_garment = np.unique(cutting.source)
        for trim in _joined(pattern.trims):
            raised = replace(drape, lift=drape.lift + trim.raised * stature)
            part = self._cut(np.minimum(pattern.inside, trim.inside), of_garment)
            if len(part.faces):
                pieces.append(
                    ClothPiece(Shell(self.mesh, part, raised, rim, trim.planar), trim.material)
                )
        return [*pieces, *pattern.pieces]

    def _seen(self, hidden: Field) -> NDArray[np.int64]:
        """Faces of the cloth mesh that do not lie deep under other cloth."""
        if hidden.max() <= 0:
            return np.arange(len(self.mesh.seamed.faces))
        at = (self.mesh.field(hidden) < 0).take(self.mesh.seamed.faces)
        return np.flatnonzero(at[:, 0] | at[:, 1] | at[:, 2])

    def _cut(self, inside: Field, among: NDArray[np.int64]) -> Cutting:
        """Of these faces of the cloth mesh what lies where `inside` is positive."""
        faces = self.mesh.seamed.faces.take(among, axis=0)
        cutting = cut_out(faces, self.mesh.field(inside))
        return replace(cutting, source=among[cutting.source])


def _joined(trims: Sequence[Trim]) -> list[Trim]:
    """Trims of one make as one, because each costs as much to sew as a garment."""
    makes: dict[tuple[int, float, bool], list[Trim]] = {}
    for trim in trims:
        makes.setdefault((id(trim.material), trim.raised, trim.planar), []).append(trim)
    return [
        replace(same[0], inside=np.maximum.reduce([trim.inside for trim in same]))
        for same in makes.values()
    ]


def _smooth(share: Field) -> Field:
    share = np.clip(share, 0, 1)
    return share * share * (3 - 2 * share)
