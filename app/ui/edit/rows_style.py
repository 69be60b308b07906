"""How the editor's lists and trees look: rows with air, a quiet selection."""

from string import Template

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import Theme

_PAD = 0.28
"""Air above and below a row, in heights of a text."""

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
                pad=theme.pixels(_PAD),
                aside=self._aside,
                hover=colors.hover,
                accent_soft=colors.accent_soft,
                text=colors.text,
            )
        )


class WholeSentences(QStyledItemDelegate):
    """Makes each row of a list as high as its sentence is in the width that is left for it.

    Qt's own height forgets the air at the sides: a sentence that just fits without it would lose its end.
    """

    def __init__(self, view: QListView, theme: Theme, aside: int = 6) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._aside = aside
        view.setWordWrap(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        width = self._view.viewport().width()
        # Qt's style keeps a frame's margin and one pixel at each side of a text.
        frame = self._view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        room = QRect(0, 0, width - 2 * (self._aside + frame), 1 << 20)
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        high = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data())).height()
        return QSize(width, max(hint.height(), high + 2 * self._theme.pixels(_PAD)))
