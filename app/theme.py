"""Light and dark: colour tokens, the palette made of them, and the style sheet filled with them."""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from core.paths import resources_folder

_TYPEFACE = "Inter"
_STYLE = "fusion"  # the one that looks alike everywhere and takes style sheets well


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as #rrggbb; widgets that paint take them from `tokens_of`."""

    name: str
    window: str  # behind the panels
    surface: str  # panels, menus, dialogs
    raised: str  # cards, hovered rows
    field: str  # what one types into, lists
    line: str  # hairlines between areas
    border: str  # edges of controls
    text: str
    muted: str  # secondary text; at least 4.5:1 on surface
    accent: str
    accent_hover: str
    accent_soft: str  # selected rows
    on_accent: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    ok: str
    stage: str  # around the recording's picture

    def colour(self, token: str) -> QColor:
        """One token as a colour; raises AttributeError for a name that is no token."""
        return QColor(getattr(self, token))


DARK = Tokens(
    name="dark",
    window="#14161b",
    surface="#1b1e25",
    raised="#262a33",
    field="#121419",
    line="#2a2f39",
    border="#3a414e",
    text="#e9ebef",
    muted="#99a2b2",
    accent="#2ec4b6",
    accent_hover="#4ad6c9",
    accent_soft="#183a3b",
    on_accent="#06231f",
    warning="#f2b84b",
    warning_soft="#35290f",
    danger="#ff7a7f",
    danger_soft="#3b1b20",
    ok="#56cf92",
    stage="#0c0d10",
)
LIGHT = Tokens(
    name="light",
    window="#eef0f4",
    surface="#ffffff",
    raised="#f2f4f7",
    field="#ffffff",
    line="#dfe3ea",
    border="#c2c9d4",
    text="#1a1e26",
    muted="#596375",
    accent="#0b8276",
    accent_hover="#096b61",
    accent_soft="#d9f0ed",
    on_accent="#ffffff",
    warning="#8a5a00",
    warning_soft="#fdf1d8",
    danger="#bf2f3c",
    danger_soft="#fde8e9",
    ok="#18794b",
    stage="#dde1e8",
)


def tokens_of(palette: QPalette) -> Tokens:
    """The theme that a widget's palette belongs to."""
    # Of all roles, this one is never overwritten by a rule of the style sheet.
    return DARK if palette.color(QPalette.ColorRole.Midlight).lightness() < 128 else LIGHT


def load_fonts(application: QApplication) -> None:
    """Take the shipped typeface, so that the window looks the same on every system."""
    if _TYPEFACE in QFontDatabase.families():
        return
    for file in sorted((resources_folder() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(application.font())
    font.setFamilies([_TYPEFACE, *font.families()])
    font.setPointSizeF(max(font.pointSizeF(), 10.0))
    application.setFont(font)


def apply_theme(application: QApplication, *, dark: bool | None) -> None:
    """Dress the whole application; None takes what the desktop says at this moment."""
    if dark is None:
        dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    tokens = DARK if dark else LIGHT
    sheet = style_sheet(tokens)
    if application.styleSheet() == sheet:
        return  # dressing every widget anew takes long
    if application.style().name() != _STYLE:
        application.setStyle(QStyleFactory.create(_STYLE))
    application.setPalette(palette_of(tokens))
    application.setStyleSheet(sheet)


def style_sheet(tokens: Tokens) -> str:
    """resources/style/studio.qss with `${token}` filled in; raises KeyError for an unknown one."""
    folder = resources_folder()
    sheet = Template((folder / "style" / "studio.qss").read_text(encoding="utf-8"))
    return sheet.substitute(asdict(tokens), icons=(folder / "icons").as_posix())


def palette_of(tokens: Tokens) -> QPalette:
    """Qt's colour roles, for everything that the style sheet does not draw."""
    role = QPalette.ColorRole
    roles = {
        role.Window: tokens.surface,
        role.WindowText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.Mid: tokens.border,
        role.Midlight: tokens.line,
        role.Dark: tokens.border,
        role.Light: tokens.raised,
        role.Shadow: "#000000",
    }
    palette = QPalette()
    for key, colour in roles.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.muted).darker(115))
    return palette
