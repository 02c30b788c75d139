"""The line at the bottom: which study is open, whether all is saved, which model is used."""

from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QWidget

from app.controls import IconLabel, words
from app.session.session import Session


class StatusLine(QStatusBar):
    """Says "saved" only when every edit is on the disk."""

    def __init__(self, session: Session) -> None:
        """Follow the session."""
        super().__init__()
        self._session = session
        self._study = words("")
        self._icon = IconLabel("check", size=14)
        self._saved = words("")
        self._model = words("")
        self.setSizeGripEnabled(False)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(10, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._icon)
        row.addWidget(self._saved)
        row.addWidget(self._study)
        self.addWidget(body)
        self.addPermanentWidget(self._model)
        session.study_changed.connect(self._refresh)
        session.history_changed.connect(self._refresh)
        session.write_failed.connect(lambda _sentence: self._refresh())
        session.writes_recovered.connect(self._refresh)
        self._refresh()

    def show_model(self, title: str) -> None:
        """Name the model that is used."""
        short, _, _ = title.partition(",")
        self._model.setText(f"Model: {short}")
        self._model.setToolTip(title)

    def _refresh(self) -> None:
        study, waiting = self._session.study, self._session.pending_writes
        self._study.setText(study.path.name if study else "No study is open")
        self._study.setToolTip(str(study.path) if study else "")
        self._icon.setVisible(study is not None)
        self._saved.setVisible(study is not None)
        if waiting:
            self._icon.show_icon("warning", "danger")
            what = "1 change" if waiting == 1 else f"{waiting} changes"
            self._saved.setText(f"{what} not saved yet")
        else:
            self._icon.show_icon("check", "ok")
            self._saved.setText("All changes saved")
