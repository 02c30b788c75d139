"""Menus made from the table of actions, kept in step with what is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QMenu,
    QSlider,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from app.actions import ACTIONS, Action
from app.controls import as_menu_text
from app.desk.desk import Desk
from app.icons import icon
from app.preferences import ThemeChoice
from app.theme import Tokens, tokens_of

Choice = TypeVar("Choice")
_SLIDER_STEPS = 100
_THEMES = {
    ThemeChoice.SYSTEM: "As the system",
    ThemeChoice.LIGHT: "Light",
    ThemeChoice.DARK: "Dark",
}
assert set(_THEMES) == set(ThemeChoice)
_OF_THE_STAGE = ("Edit", "Go", "Pose")  # their keys belong to another page that is in front of it


@dataclass(frozen=True)
class Range:
    """What a slider goes over."""

    title: str
    low: float
    high: float

    def step_of(self, value: float) -> int:
        """The slider's step for a value."""
        return round((value - self.low) / (self.high - self.low) * _SLIDER_STEPS)

    def value_of(self, step: int) -> float:
        """The value at a step of the slider."""
        return self.low + step / _SLIDER_STEPS * (self.high - self.low)


class Menus(QObject):
    """One QAction for each row of the table, by its id."""

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        """Fill the window's menu bar."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self.actions = {row.id: self._action(row) for row in ACTIONS}
        self._menus: dict[str, QMenu] = {}
        self._coloured_for: Tokens | None = None
        for row in ACTIONS:
            menu = self._menus.setdefault(row.menu, QMenu(f"&{row.menu}", window))
            if row.gap:
                menu.addSeparator()
            menu.addAction(self.actions[row.id])
        for menu in self._menus.values():
            window.menuBar().addMenu(menu)
        self._add_choices()
        self._follow()
        self._colour()
        self.refresh()

    def refresh(self) -> None:
        """Bring names, switches and what can be had up to date."""
        session = self._desk.session
        for row in ACTIONS:
            action = self.actions[row.id]
            is_away = self._desk.adapting.is_shown and row.menu in _OF_THE_STAGE
            action.setEnabled(row.when(session) and not is_away)
            if row.checked is not None:
                action.setChecked(row.checked(self._desk))
        self.actions["undo"].setText(f"Undo {_lower(session.undo_name)}".strip())
        self.actions["redo"].setText(f"Redo {_lower(session.redo_name)}".strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Colour the icons again when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        return super().eventFilter(watched, event)

    def _action(self, row: Action) -> QAction:
        action = QAction(row.text, self._window)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(row.checked is not None)
        keys = ", ".join(QKeySequence(k).toString(_NATIVE) for k in row.keys)
        action.setToolTip(f"{row.text.rstrip('…')} ({keys})" if keys else row.text.rstrip("…"))
        action.triggered.connect(lambda _checked: self._run(row))
        self._window.addAction(action)
        return action

    def _run(self, row: Action) -> None:
        row.run(self._desk)
        self.refresh()

    def _follow(self) -> None:
        session = self._desk.session
        for signal in (
            session.study_changed,
            session.recordings_changed,
            session.recording_changed,
            session.video_opened,
            session.video_failed,
            session.selection_changed,
            session.history_changed,
            self._desk.looks.changed,
            self._desk.adapting.station_wanted,
        ):
            signal.connect(lambda *_: self.refresh())
        self._window.installEventFilter(self)

    def _colour(self) -> None:
        tokens = tokens_of(self._window.palette())
        if tokens is self._coloured_for:
            return
        self._coloured_for = tokens
        for row in ACTIONS:
            if row.icon:
                coloured = icon(row.icon, tokens.colour("text"), checked=tokens.colour("accent"))
                self.actions[row.id].setIcon(coloured)
                self.actions[row.id].setIconVisibleInMenu(row.checked is None)

    # Menus that are not rows of the table ---------------------------------------------------

    def _add_choices(self) -> None:
        self._submenu("File", "Recent studies", before="save", fill=self._fill_recent)
        view = self._menus["View"]
        before = self.actions["recordings_panel"]
        looks = self._desk.looks
        for slider in (
            self._slider(
                Range("Strength of the segmentation", 0.0, 1.0),
                looks.segmentation_opacity,
                looks.set_segmentation_opacity,
            ),
            self._slider(
                Range("Size of the points", 0.5, 2.5), looks.point_size, looks.set_point_size
            ),
        ):
            view.insertAction(before, slider)
        self._submenu("View", "Theme", before="recordings_panel", fill=self._fill_themes)
        self._submenu("Model", "Use the model", before="predict", fill=self._fill_models)

    def _submenu(
        self, menu: str, title: str, *, before: str, fill: Callable[[QMenu], None]
    ) -> None:
        inner = QMenu(title, self._window)
        inner.aboutToShow.connect(lambda: fill(inner))
        self._menus[menu].insertMenu(self.actions[before], inner)

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for study in self._desk.preferences.recent_studies:
            action = menu.addAction(as_menu_text(f"{study.stem}    {study.parent}"))
            action.triggered.connect(lambda _=False, path=study: self._desk.files.use_study(path))
        if menu.isEmpty():
            menu.addAction("None yet").setEnabled(False)

    def _fill_themes(self, menu: QMenu) -> None:
        menu.clear()
        looks = self._desk.looks
        _choices(menu, list(_THEMES.items()), looks.theme, looks.set_theme)

    def _fill_models(self, menu: QMenu) -> None:
        menu.clear()
        predicting = self._desk.predicting
        _choices(menu, predicting.models(), predicting.model, predicting.choose_model)

    def _slider(self, over: "Range", value: float, moved: Callable[[float], None]) -> QWidgetAction:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(4)
        layout.addWidget(QLabel(over.title))
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName(over.title)
        slider.setRange(0, _SLIDER_STEPS)
        slider.setValue(over.step_of(value))
        slider.valueChanged.connect(lambda step: moved(over.value_of(step)))
        layout.addWidget(slider)
        action = QWidgetAction(self._window)
        action.setDefaultWidget(body)
        return action


_NATIVE = QKeySequence.SequenceFormat.NativeText


def _choices(
    menu: QMenu, choices: list[tuple[Choice, str]], chosen: Choice, choose: Callable[[Choice], None]
) -> None:
    group = QActionGroup(menu)
    for value, title in choices:
        action = menu.addAction(as_menu_text(title))
        action.setCheckable(True)
        action.setChecked(value == chosen)
        group.addAction(action)
        action.triggered.connect(lambda _=False, value=value: choose(value))


def _lower(name: str | None) -> str:
    return name[:1].lower() + name[1:] if name else ""
