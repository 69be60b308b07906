"""Search by code, pinyin without tones, hanzi, English or channel, with the finds below while one types."""

from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.domain.search import search
from app.ui.icons import icon
from app.ui.point_list import PointModel, PointRows, Role
from app.ui.state import ViewState
from app.ui.theme import Theme

MOST = 60
"""Finds that are listed; a person who sees more of them types on."""

NOTHING_FOUND = ("No point found", "Try a code, pinyin, English or channel: LI4, hegu, joining")


class SearchBox(QLineEdit):
    """Return takes the first find, or the one chosen with the arrows: it is selected and flown to.

    Signals:
        found: a find was taken, or Esc pressed; the search is over.
    """

    found = Signal()

    def __init__(self, state: ViewState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._theme = theme
        self._taken = False
        self._finds = PointModel(self)
        self._rows = PointRows(theme)
        self.setPlaceholderText("Search points")
        self.setAccessibleName("Search points")
        self.setToolTip("Find a point by code, pinyin, hanzi, English name or channel (Ctrl+F)")
        self.setClearButtonEnabled(True)
        self._lens = self.addAction(icon("search", theme), QLineEdit.ActionPosition.LeadingPosition)
        self._popup = QListView()
        self._popup.setMouseTracking(True)
        self._popup.setProperty("role", "popup")
        self._completer = QCompleter(self._finds, self)
        self._completer.setPopup(self._popup)
        self._popup.setItemDelegate(self._rows)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCompletionRole(Qt.ItemDataRole.EditRole)
        self._completer.setMaxVisibleItems(8)
        self.setCompleter(self._completer)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_return)
        self._completer.activated[QModelIndex].connect(self._on_chosen)  # type: ignore[index]
        theme.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def event(self, event: QEvent) -> bool:
        """Keep Esc for the search, before it becomes the key that unselects the point."""
        if event.type() == QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._popup.hide()
            self.clear()
            self.found.emit()
            return
        super().keyPressEvent(event)

    def _on_edited(self, words: str) -> None:
        self._taken = False
        finds = search(self._state.library, words)[:MOST]
        rows = [(point, self._state.library.goals_of(point.code)) for point in finds]
        self._finds.set_rows(rows, NOTHING_FOUND if words.strip() else None)
        if self._finds.rowCount():
            self._completer.complete()
        else:
            self._popup.hide()

    def _on_return(self) -> None:
        in_list = self._popup.isVisible() and self._popup.currentIndex().isValid()
        if self._taken or in_list:  # the same Return chooses from the list, before or after this
            return
        finds = search(self._state.library, self.text())
        if finds:
            self._take(finds[0].code)

    def _on_chosen(self, index: QModelIndex) -> None:
        self._take(index.data(Role.POINT).code)

    def _take(self, code: str) -> None:
        self._taken = True
        self._popup.hide()
        self._state.fly_to(code)
        QTimer.singleShot(0, self, self._end)

    def _end(self) -> None:
        """After the completer has written the code into the field: the words of the search are spent."""
        self.clear()
        self.found.emit()

    def _on_theme_changed(self) -> None:
        self._lens.setIcon(icon("search", self._theme))
        self.setMinimumWidth(self._theme.pixels(12.5))
        self._popup.setMinimumWidth(self._theme.pixels(29))
