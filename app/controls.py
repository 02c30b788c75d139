"""Small controls in the product's own look, which follow a change of the theme by themselves."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableView,
    QToolButton,
    QWidget,
)

from app.icons import icon, picture
from app.theme import tokens_of

_ICON_SIZE = 20


class IconButton(QToolButton):
    """A button that is only an icon; its tip is also what a screen reader says."""

    def __init__(
        self, icon_name: str, tip: str, *, colour: str = "text", size: int = _ICON_SIZE
    ) -> None:
        """Show an icon of the set in a colour of the theme; `colour` is a token's name."""
        super().__init__()
        self._icon_name = icon_name
        self._colour = colour
        self.setIconSize(QSize(size, size))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_tip(tip)
        self._paint_icon()

    def set_icon(self, icon_name: str) -> None:
        """Show another icon of the set."""
        self._icon_name = icon_name
        self._paint_icon()

    def set_tip(self, tip: str) -> None:
        """Say what the button does."""
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon again when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        tokens = tokens_of(self.palette())
        self.setIcon(
            icon(self._icon_name, tokens.colour(self._colour), checked=tokens.colour("accent"))
        )


class IconLabel(QLabel):
    """An icon that is only looked at."""

    def __init__(self, icon_name: str, *, colour: str = "muted", size: int = _ICON_SIZE) -> None:
        """Show an icon of the set in a colour of the theme."""
        super().__init__()
        self._size = size
        self.show_icon(icon_name, colour)

    def show_icon(self, icon_name: str, colour: str) -> None:
        """Show another icon, or the same in another colour."""
        self._icon_name, self._colour = icon_name, colour
        self._paint_icon()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon again when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        colour = tokens_of(self.palette()).colour(self._colour)
        self.setPixmap(picture(self._icon_name, colour, self._size))


class CalmCombo(QComboBox):
    """A choice in a page that scrolls: the wheel scrolls the page and never changes the choice."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave it to the page."""
        event.ignore()


def as_menu_text(text: str) -> str:
    """A user's words in a menu, where Qt takes & for the mark of a key."""
    return text.replace("&", "&&")


class TextButton(QPushButton):
    """A button with words, and an icon before them if it has one; Return presses it."""

    def __init__(self, text: str, icon_name: str = "", *, role: str = "") -> None:
        """Take a look by `role`: "primary" for the one thing to do here, "quiet", or none."""
        # Qt leaves hardly any room between an icon and the words.
        super().__init__(f" {text}" if icon_name else text)
        self.setAccessibleName(text)
        self._icon_name = icon_name
        self._role = role
        self.setProperty("role", role)
        self.setIconSize(QSize(18, 18))
        self._paint_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Outside dialogs Qt presses buttons by Space alone, and Space plays here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isDefault():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon again when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        if self._icon_name:
            colour = "on_accent" if self._role == "primary" else "text"
            self.setIcon(icon(self._icon_name, tokens_of(self.palette()).colour(colour)))


class ElidedLabel(QLabel):
    """A line that ends in … where there is no room for all of it."""

    def __init__(self, name: str = "") -> None:
        """Start empty; `name` picks its look in the style sheet."""
        super().__init__()
        self.setObjectName(name)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show a line; all of it is in the tip and for screen readers."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take what fits now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        right = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, right, self.width()))


def words(text: str, name: str = "", *, wrap: bool = False, role: str = "") -> QLabel:
    """A label; `name` and `role` pick its look in the style sheet."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label


def plain(table: QTableView) -> None:
    """Give a table of whole rows our look: no grid, one row picked at a time, Tab leaves it."""
    table.setShowGrid(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    header.setHighlightSections(False)
    header.setSectionsClickable(False)


def separator(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setObjectName("separator")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties have changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
