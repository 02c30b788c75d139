"""The points of the frame on screen: what the model says, what a person said, and the verbs."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QListView, QToolButton, QVBoxLayout, QWidget

from app.controls import words
from app.panels.points_delegate import PointsDelegate
from app.panels.points_model import PointsModel
from app.session.session import Session


class PointsPanel(QWidget):
    """Choosing a line selects the point everywhere."""

    def __init__(self, session: Session) -> None:
        """Follow the session."""
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._model = PointsModel(session.skeleton, self)
        self.list = self._list_view()
        self._verbs = QGridLayout()
        self._verbs.setContentsMargins(12, 4, 12, 12)
        self._verbs.setSpacing(6)
        title = words("Points", "panel_title")
        title.setContentsMargins(16, 12, 0, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._verbs)
        session.recording_changed.connect(self._show_pose)
        session.image_ready.connect(lambda _frame: self._show_pose())
        session.poses_changed.connect(self._on_poses)
        session.selection_changed.connect(self._show_selection)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self._show_pose()

    def add_verbs(self, actions: list[QAction]) -> None:
        """Put buttons for what can be done to the selected point under the list."""
        for position, action in enumerate(actions):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setProperty("role", "verb")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(
                button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed
            )
            self._verbs.addWidget(button, position // 2, position % 2)

    def _list_view(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(PointsDelegate(view))
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setAccessibleName("Points of this frame")
        return view

    def _on_poses(self, frames: object) -> None:
        if frames is None or (isinstance(frames, range | tuple) and self._session.shown in frames):
            self._show_pose()

    def _show_pose(self) -> None:
        self._model.set_pose(self._session.pose(self._session.shown))

    def _show_selection(self) -> None:
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        if self._session.keypoint is None:
            selection.clear()
        else:
            index = self._model.index(self._model.position(self._session.keypoint))
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        selection.blockSignals(False)
        self.list.viewport().update()

    def _choose(self, index: QModelIndex, _previous: QModelIndex) -> None:
        if index.isValid():
            self._session.select_keypoint(self._model.row(index.row()).keypoint)
