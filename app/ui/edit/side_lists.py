"""Two lists at the right: what the set's health says, and the history, in which one can go back and forth."""

from collections import Counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.geometry.health import Finding, Grade, examine
from app.ui.blocks import text
from app.ui.edit.rows_style import RowsStyle, WholeSentences
from app.ui.edit.session import EditSession
from app.ui.theme import Theme
from app.ui.words import count

PAUSE_MS = 350
"""The set is examined once the hands rest for a moment."""


class HealthPanel(QWidget):
    """Findings, mistakes first, hints last; a click selects the point. Above them what is in the hand in a drag.

    Signals:
        found: how many mistakes and how many notices there are; hints are not counted.
    """

    found = Signal(int, int)

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session = session
        self._theme = theme
        self._stale = True
        self.findings: list[Finding] = []
        self._summary = text("", "muted", selectable=False)
        self.list = QListWidget()
        self.list.setItemDelegate(WholeSentences(self.list, theme))
        RowsStyle(self.list, theme)
        self.list.setAccessibleName("What is wrong with the set")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        self._in_hand = text("", "strong", selectable=False)
        self._in_hand.hide()
        layout.addWidget(self._in_hand)
        layout.addWidget(self._summary)
        layout.addWidget(self.list, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.examine)
        session.file.changed.connect(self._pause.start)
        theme.theme_changed.connect(self._show)

    def show_in_hand(self, words: str) -> None:
        """Say where the point that is being dragged lies from its rules; nothing once it is let go."""
        self._in_hand.setText(words)
        self._in_hand.setVisible(bool(words))

    def examine(self) -> None:
        """Look at the set as it is now."""
        session = self._session
        self.findings = examine(session.document, session.file.library, session.bench, session.bound)
        self._show()

    def _show(self) -> None:
        self.list.clear()
        colors = self._theme.colors
        for finding in self.findings:
            item = QListWidgetItem(finding.sentence)
            item.setData(Qt.ItemDataRole.UserRole, finding.code)
            color = {"mistake": colors.warning, "notice": colors.text, "hint": colors.muted}[finding.grade]
            item.setForeground(QColor(color))
            self.list.addItem(item)
        graded = Counter(finding.grade for finding in self.findings)
        self._summary.setText(_summary_words(graded))
        self.found.emit(graded["mistake"], graded["notice"])

    def _on_clicked(self, item: QListWidgetItem) -> None:
        code = item.data(Qt.ItemDataRole.UserRole)
        if code:
            self._session.select([code])


def _summary_words(graded: "Counter[Grade]") -> str:
    told = [
        f"{graded[grade]} {words}"
        for grade, words in (("mistake", "to correct"), ("notice", "to look at"))
        if graded[grade]
    ]
    parts = [", ".join(told) or "Nothing wrong"]
    if graded["hint"]:
        parts.append(count(graded["hint"], "hint") + " on what could still be said")
    return f"{'; '.join(parts)}." if told or graded["hint"] else "Nothing to say: the set is sound."


class HistoryPanel(QListWidget):
    """Every step, the first state above; a click goes there."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self.setAccessibleName("History")
        RowsStyle(self, theme)
        self.itemClicked.connect(lambda item: session.file.go(self.row(item)))
        session.file.changed.connect(self._show)
        theme.theme_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        history = self._session.file.history
        words = ("As it was opened", *history.words)
        while self.count() > len(words):
            self.takeItem(self.count() - 1)
        while self.count() < len(words):
            self.addItem(QListWidgetItem())
        colors = self._theme.colors
        for row, name in enumerate(words):
            item = self.item(row)
            item.setText(name)
            item.setForeground(QColor(colors.text if row <= history.index else colors.muted))
        self.setCurrentRow(history.index)
