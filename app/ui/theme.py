"""Light and dark: the colours and text sizes of every widget, following the desktop or the user's choice."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.style import style_sheet

Choice = Literal["desktop", "light", "dark"]
Name = Literal["light", "dark"]

SCALES = (0.9, 1.0, 1.15, 1.3, 1.5)
"""Text sizes a user can choose, 1.0 being the desktop's own."""


@dataclass(frozen=True)
class Colors:
    """Named by their use. Text on its ground has a contrast of at least 4.5 : 1 (tests/ui/test_theme.py)."""

    window: str
    panel: str
    field: str
    text: str
    muted: str
    border: str
    hover: str
    accent: str
    on_accent: str
    accent_soft: str
    warning: str
    warning_soft: str
    outline: str


LIGHT = Colors(
    window="#f4f2ef",
    panel="#fffefc",
    field="#ffffff",
    text="#22262b",
    muted="#5c636b",
    border="#dfdbd5",
    hover="#f3f0eb",
    accent="#1f6b6a",
    on_accent="#ffffff",
    accent_soft="#e0efed",
    warning="#8a4b08",
    warning_soft="#fdf1e0",
    outline="#3d434a",
)
DARK = Colors(
    window="#17191c",
    panel="#1e2125",
    field="#262a2f",
    text="#e9e7e3",
    muted="#a6acb3",
    border="#33383e",
    hover="#282c31",
    accent="#6cc5be",
    on_accent="#0f2322",
    accent_soft="#21403e",
    warning="#f0b878",
    warning_soft="#3a2d1c",
    outline="#d5d8db",
)


class Theme(QObject):
    """The theme in force.

    Signals:
        theme_changed: colours or text sizes are others now; the application is already restyled.
    """

    theme_changed = Signal()

    def __init__(self, choice: Choice = "desktop", scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice = choice
        self._scale = scale if scale in SCALES else 1.0
        self._font = QFont(QApplication.font())
        self._base = max(13, QFontInfo(self._font).pixelSize())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    @property
    def choice(self) -> Choice:
        return self._choice

    @property
    def scale(self) -> float:
        return self._scale

    @property
    def name(self) -> Name:
        if self._choice != "desktop":
            return self._choice
        scheme = QGuiApplication.styleHints().colorScheme()
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"

    @property
    def colors(self) -> Colors:
        return DARK if self.name == "dark" else LIGHT

    def pixels(self, factor: float = 1.0) -> int:
        """Height of a text, or a length that grows with the text, in logical pixels."""
        return round(self._base * self._scale * factor)

    def font(self, factor: float = 1.0, bold: bool = False) -> QFont:
        """The desktop's font at a size of its own."""
        font = QFont(self._font)
        font.setPixelSize(self.pixels(factor))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def color(self, name: str) -> QColor:
        """A colour of `Colors` by its name."""
        return QColor(getattr(self.colors, name))

    def set_choice(self, choice: Choice) -> None:
        """Follow the desktop, or be light or dark whatever it says."""
        if choice != self._choice:
            self._choice = choice
            self._apply()
            self.theme_changed.emit()

    def set_scale(self, scale: float) -> None:
        """One of SCALES."""
        if scale in SCALES and scale != self._scale:
            self._scale = scale
            self._apply()
            self.theme_changed.emit()

    def step_scale(self, step: int) -> None:
        """The next larger (1) or smaller (-1) text size, if there is one."""
        index = SCALES.index(self._scale) + step
        if 0 <= index < len(SCALES):
            self.set_scale(SCALES[index])

    def _on_scheme_changed(self) -> None:
        if self._choice == "desktop":
            self._apply()
            self.theme_changed.emit()

    def _apply(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setFont(self.font())
        application.setPalette(self._palette())
        application.setStyleSheet(style_sheet(self))

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        for part, name in {
            role.Window: "window",
            role.Base: "panel",
            role.AlternateBase: "hover",
            role.Button: "panel",
            role.Text: "text",
            role.WindowText: "text",
            role.ButtonText: "text",
            role.BrightText: "text",
            role.PlaceholderText: "muted",
            role.ToolTipBase: "field",
            role.ToolTipText: "text",
            role.Highlight: "accent",
            role.HighlightedText: "on_accent",
            role.Accent: "accent",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.Mid: "border",
            role.Midlight: "border",
            role.Light: "hover",
            role.Dark: "border",
        }.items():
            palette.setColor(part, self.color(name))
        for part in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, part, self.color("muted"))
        return palette
