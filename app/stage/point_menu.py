"""The short menu of a point: seen, hidden, remove, restore."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.commands import title
from app.session.session import Session
from core.pose.pose_track import Source, Visibility


def point_menu(session: Session, parent: QWidget, spot: tuple[float, float] | None) -> QMenu:
    """A menu for the selected point; with a `spot` (frame pixels) it offers to put it there."""
    menu = QMenu(parent)
    keypoint = session.keypoint
    if keypoint is None:
        menu.addAction("Select a point first (Tab)").setEnabled(False)
        return menu
    point = session.pose(session.shown).point(keypoint)
    points = session.points.of(session.shown, keypoint)
    name = title(session.skeleton.keypoints[keypoint])
    menu.addAction(name.capitalize()).setEnabled(False)
    menu.addSeparator()
    if spot is not None:
        _add(menu, f"Place {name} here", lambda: points.place(spot))
    if point.xy is not None:
        for text, visibility in (("Seen", Visibility.SEEN), ("Hidden", Visibility.HIDDEN)):
            action = _add(menu, text, lambda v=visibility: points.set_visibility(v))
            action.setCheckable(True)
            action.setChecked(point.visibility is visibility)
        menu.addSeparator()
        _add(menu, "Remove", points.remove)
    if point.source is not Source.MODEL:
        _add(menu, "Restore the model's point", points.restore)
    return menu


def _add(menu: QMenu, text: str, slot: Callable[[], None]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked=False: slot())
    return action
