"""What experts may change: the processor, the seed and every number of the recipe."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.adapting.choose_words import setting_fault
from app.controls import CalmCombo, words

_DEVICES = (("auto", "Automatic"), ("cpu", "Processor"), ("cuda", "Graphics card"))
_LINES = 4
_LARGEST_SEED = 9999
_ARROWS = {True: Qt.ArrowType.DownArrow, False: Qt.ArrowType.RightArrow}


class Experts(QWidget):
    """A drawer that is closed at first; what it holds counts all the same."""

    changed = Signal()

    def __init__(self) -> None:
        """Change nothing of the recipe."""
        super().__init__()
        self._refused = ""
        self.handle = QToolButton()
        self.handle.setObjectName("drawer")
        self.handle.setText("For experts")
        self.handle.setCheckable(True)
        self.handle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.handle.toggled.connect(self._open)
        self.device, self.seed = CalmCombo(), QLineEdit()
        self.settings = QPlainTextEdit()
        self.wrong = words("", role="danger", wrap=True)
        self._body = QWidget()
        self._set_up()
        self._lay_out()
        self._open(False)

    def _set_up(self) -> None:
        for name, said in _DEVICES:
            self.device.addItem(said, name)
        self.seed.setValidator(QIntValidator(0, _LARGEST_SEED, self.seed))
        self.seed.setPlaceholderText("0")
        self.seed.setAccessibleName("Seed")
        self.settings.setPlaceholderText("steps=2000\nlearning_rate=1e-5")
        self.settings.setTabChangesFocus(True)
        self.settings.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 20)
        self.settings.setAccessibleName("Settings of the recipe")
        self.device.currentIndexChanged.connect(self._on_change)
        self.seed.textChanged.connect(self._on_change)
        self.settings.textChanged.connect(self._on_change)

    def _lay_out(self) -> None:
        form = QFormLayout(self._body)
        form.setContentsMargins(8, 4, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow("Computes on", self.device)
        form.addRow("Seed", self.seed)
        form.addRow("Settings", self.settings)
        form.addRow("", words("One a line, KEY=VALUE; they change the preset.", "muted"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.handle)
        layout.addWidget(self._body)
        layout.addWidget(self.wrong)

    @property
    def chosen_device(self) -> str:
        """The processor's name for a request."""
        return str(self.device.currentData())

    @property
    def chosen_settings(self) -> tuple[str, ...]:
        """Changes of the recipe, the seed among them if it is not the usual one."""
        seed = int(self.seed.text() or 0)
        return (*self._lines(), f"seed={seed}") if seed else self._lines()

    @property
    def fault(self) -> str:
        """Why the settings are no good; empty if they may be."""
        faults = filter(None, map(setting_fault, self._lines()))
        return next(faults, self._refused)

    def show_refusal(self, why: str) -> None:
        """Say why a survey refused the settings as they are now; empty if it did not."""
        self._refused = why
        self._show_fault()

    def _lines(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.settings.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def _on_change(self) -> None:
        self._refused = ""
        self._show_fault()
        self.changed.emit()

    def _show_fault(self) -> None:
        self.wrong.setText(self.fault)
        self.wrong.setVisible(bool(self.fault))

    def _open(self, opened: bool) -> None:
        self.handle.setArrowType(_ARROWS[opened])
        self._body.setVisible(opened)
