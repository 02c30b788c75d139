"""What the program remembers about its user from one start to the next, with a type for each."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from core.pose.palette import SILHOUETTE_OPACITY

_RECENT_LIMIT = 8


class ThemeChoice(StrEnum):
    """What the user chose in View > Theme."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @property
    def dark(self) -> bool | None:
        """Whether it is dark; None leaves it to the system."""
        return None if self is ThemeChoice.SYSTEM else self is ThemeChoice.DARK


class Preferences:
    """Typed doors to a QSettings store; whatever is missing or damaged there gives the default."""

    def __init__(self, store: QSettings) -> None:
        """Read and write `store`; nothing is cached."""
        self._store = store

    @staticmethod
    def of_user(folder: Path) -> "Preferences":
        """The preferences kept as an INI file in the user's folder."""
        return Preferences(QSettings(str(folder / "preferences.ini"), QSettings.Format.IniFormat))

    def sync(self) -> None:
        """Write to the disk what Qt still holds back."""
        self._store.sync()

    @property
    def theme(self) -> ThemeChoice:
        """Light, dark or as the system says."""
        value = self._store.value("theme")
        return ThemeChoice(value) if value in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice.value)

    @property
    def predict_on_open(self) -> bool:
        """Whether the model starts by itself on a recording that is opened."""
        return self._flag("predict_on_open", default=True)

    @predict_on_open.setter
    def predict_on_open(self, wanted: bool) -> None:
        self._store.setValue("predict_on_open", wanted)

    def toggle_predict_on_open(self) -> None:
        """Turn it on or off."""
        self.predict_on_open = not self.predict_on_open

    @property
    def show_names(self) -> bool:
        """Whether keypoint names stand beside the points."""
        return self._flag("show_names", default=False)

    @show_names.setter
    def show_names(self, wanted: bool) -> None:
        self._store.setValue("show_names", wanted)

    @property
    def segmentation_opacity(self) -> float:
        """How strongly the segmentation covers the picture, in [0, 1]."""
        return self._number("segmentation_opacity", default=SILHOUETTE_OPACITY, low=0.0, high=1.0)

    @segmentation_opacity.setter
    def segmentation_opacity(self, opacity: float) -> None:
        self._store.setValue("segmentation_opacity", opacity)

    @property
    def point_size(self) -> float:
        """How large points are drawn; 1 is usual."""
        return self._number("point_size", default=1.0, low=0.5, high=2.5)

    @point_size.setter
    def point_size(self, size: float) -> None:
        self._store.setValue("point_size", size)

    @property
    def model(self) -> str | None:
        """Name of the model that predicts, None for the shipped one."""
        value = self._store.value("model")
        return value if isinstance(value, str) and value else None

    @model.setter
    def model(self, name: str) -> None:
        self._store.setValue("model", name)

    @property
    def folder(self) -> Path:
        """Where the last file dialog stood."""
        value = self._store.value("folder")
        return Path(value) if isinstance(value, str) and Path(value).is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))

    @property
    def export_folder(self) -> Path:
        """Where the last export went."""
        value = self._store.value("export_folder")
        return Path(value) if isinstance(value, str) and value else self.folder

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._store.setValue("export_folder", str(folder))

    @property
    def recent_studies(self) -> list[Path]:
        """Studies opened lately, the last one first; files that are gone stay out."""
        value = self._store.value("recent_studies")
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [path for path in map(Path, map(str, names)) if path.is_file()]

    def remember_study(self, study: Path) -> None:
        """Put a study at the head of the recent ones."""
        others = [path for path in self.recent_studies if path != study]
        names = [str(path) for path in [study, *others][:_RECENT_LIMIT]]
        self._store.setValue("recent_studies", names)

    def state(self, key: str) -> QByteArray:
        """An opaque state of Qt's own (geometry, splitters); empty when there is none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, key: str, state: QByteArray) -> None:
        """Keep an opaque state of Qt's own."""
        self._store.setValue(key, state)

    def _flag(self, key: str, *, default: bool) -> bool:
        value = self._store.value(key)
        if isinstance(value, bool):
            return value
        return {"true": True, "false": False}.get(str(value).lower(), default)

    def _number(self, key: str, *, default: float, low: float, high: float) -> float:
        value = self._store.value(key)
        try:
            number = float(str(value))
        except ValueError:
            return default
        return number if low <= number <= high else default
