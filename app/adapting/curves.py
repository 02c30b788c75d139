"""Losses and learning rate of a training as lines that cannot be dragged or zoomed by mistake."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.adapting.curve_points import Curve
from app.adapting.line_colours import line_colour
from app.adapting.plain_numbers import plain_value
from app.adapting.run_words import loss_words
from app.adapting.smoothing import Line, eased, in_percent, sight
from app.controls import words
from app.theme import Tokens, tokens_of

_FAINT = 0.3
_FAINTEST = 0.1  # where a band of many points would hide the lines
_MANY = 400
_WIDTH = 2.0
_EMPTY = Line(np.zeros(0), np.zeros(0))


class StepPlot(pg.PlotWidget):
    """Lines over the steps of a training."""

    def __init__(self, name: str, said: Callable[[float], str], *, eases: bool) -> None:
        """Start empty; `said` writes a value at the axis, `name` is for screen readers.

        With `eases`, a line that wavers is drawn faintly, and over it its course.
        """
        self._eases = eases
        self._lines: dict[str, tuple[pg.PlotCurveItem, pg.PlotCurveItem]] = {}
        self._item = item = pg.PlotItem(axisItems={"left": _SaidAxis(said)})
        super().__init__(plotItem=item)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setContentsMargins(0, 4, 8, 0)
        item.getViewBox().setMouseEnabled(x=False, y=False)
        item.showGrid(y=True, alpha=0.12)
        self.apply_tokens()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What the layout gives it before it stretches."""
        return QSize(360, 180)

    @property
    def lines(self) -> tuple[str, ...]:
        """The names of what is drawn."""
        return tuple(self._lines)

    def show_lines(self, lines: Mapping[str, Line], steps: int) -> None:
        """Draw these lines over `steps` steps."""
        for name in self._lines.keys() - lines.keys():
            for drawn in self._lines.pop(name):
                self.removeItem(drawn)
        for name, line in lines.items():
            if name not in self._lines:
                self._lines[name] = self._pair()
            faint, bold = self._lines[name]
            smooth = eased(line) if self._eases else line
            faint.setData(*(_EMPTY if smooth is line else line).xy)
            bold.setData(*smooth.xy)
        self._paint_lines(tokens_of(self.palette()))
        box = self._item.getViewBox()
        box.setXRange(0, max(steps, 1), padding=0)
        box.setYRange(*sight(list(lines.values())), padding=0)

    def apply_tokens(self) -> None:
        """Take the colours of the theme."""
        tokens = tokens_of(self.palette())
        self.setBackground(tokens.colour("raised"))
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(QPen(tokens.colour("border"), 1))
            axis.setTextPen(tokens.colour("muted"))
            axis.setStyle(tickFont=self.font(), tickLength=-4, maxTickLevel=0)
            axis.enableAutoSIPrefix(enable=False)
        self._paint_lines(tokens)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.apply_tokens()

    def wheelEvent(self, ev: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page around."""
        ev.ignore()

    def _pair(self) -> tuple[pg.PlotCurveItem, pg.PlotCurveItem]:
        faint, bold = pg.PlotCurveItem(antialias=True), pg.PlotCurveItem(antialias=True)
        bold.setZValue(1)  # over the faint ones of all lines
        self.addItem(faint)
        self.addItem(bold)
        return faint, bold

    def _paint_lines(self, tokens: Tokens) -> None:
        for name, (faint, bold) in self._lines.items():
            colour = line_colour(name, tokens)
            bold.setPen(_pen(colour, _WIDTH))
            points = faint.getData()[0]
            is_band = points is not None and len(points) > _MANY
            colour.setAlphaF(_FAINTEST if is_band else _FAINT)
            faint.setPen(_pen(colour, 1.0))


class Curves(QWidget):
    """Both plots with their headings and what the lines mean."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.losses = StepPlot("Losses over the steps", lambda v: f"{v:.0f} %", eases=True)
        self.rate = StepPlot("Learning rate over the steps", _rate_words, eases=False)
        self.losses.setMinimumHeight(150)
        self.rate.setMinimumHeight(84)
        self.legend = words("", wrap=True)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self._newest: dict[str, float] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(words("Losses", "panel_title"))
        layout.addWidget(
            words("In percent of where each began; lower is better.", "muted", wrap=True)
        )
        layout.addWidget(self.legend)
        layout.addWidget(self.losses, 5)
        layout.addWidget(words("Learning rate", "panel_title"))
        layout.addWidget(self.rate, 2)

    def show_curves(self, losses: Mapping[str, Curve], rate: Curve, steps: int) -> None:
        """Draw what there is; `steps` is how long the training will be."""
        lines = {name: in_percent(_line(curve)) for name, curve in losses.items()}
        self.losses.show_lines(lines, steps)
        self.rate.show_lines({"consistency": _line(rate)}, steps)
        ends = {name: curve.newest for name, curve in losses.items()}
        self._newest = {name: end.value for name, end in ends.items() if end is not None}
        self._write_legend()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write_legend()

    def _write_legend(self) -> None:
        tokens = tokens_of(self.palette())
        entries = [
            _entry(name, value, line_colour(name, tokens)) for name, value in self._newest.items()
        ]
        self.legend.setText(" &nbsp; ".join(entries) or "They come with the first steps.")


class _SaidAxis(pg.AxisItem):
    """An axis whose values are written in the user's way."""

    def __init__(self, said: Callable[[float], str]) -> None:
        super().__init__("left")
        self._said = said
        self.setWidth(56)

    def tickStrings(  # noqa: N802 - pyqtgraph's name
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        """The words at the ticks."""
        return [self._said(value) for value in values]


def _line(curve: Curve) -> Line:
    points: NDArray[np.float64] = np.array(curve.points(), np.float64).reshape(-1, 2)
    return Line(points[:, 0], points[:, 1])


def _entry(name: str, value: float, colour: QColor) -> str:
    said = escape(loss_words(name)).replace(" ", "&nbsp;")
    dash = f'<span style="color:{colour.name()}">▬</span>'
    return f"{dash}&nbsp;{said}&nbsp;<b>{plain_value(value)}</b>"


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _rate_words(rate: float) -> str:
    digits, power = f"{rate:.1e}".split("e")
    return "0" if rate == 0 else f"{float(digits):g}e{int(power)}"
