"""How the editor's lists and trees look: rows with air, a quiet selection."""

from string import Template

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView

from app.ui.theme import Theme

_SHEET = Template("""
QAbstractItemView::item { padding: ${pad}px ${aside}px; border-radius: 6px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QAbstractItemView { selection-background-color: transparent; show-decoration-selected: 1; }
""")


class RowsStyle(QObject):
    """Gives a view the look, now and whenever the theme changes; goes with the view.

    `aside` is the air at the sides of a cell, pixels.
    """

    def __init__(self, view: QAbstractItemView, theme: Theme, aside: int = 6) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._aside = aside
        theme.theme_changed.connect(self._apply)
        self._apply()

    def _apply(self) -> None:
        colors, theme = self._theme.colors, self._theme
        self._view.setStyleSheet(
            _SHEET.substitute(
                pad=theme.pixels(0.28),
                aside=self._aside,
                hover=colors.hover,
                accent_soft=colors.accent_soft,
                text=colors.text,
            )
        )
