"""Rows of the editor's lists are as high as their sentences."""

from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.ui.edit.rows_style import RowsStyle, WholeSentences
from app.ui.theme import Theme

SENTENCE = "P3 and GV29 lie 1.5 mm apart; is one a double?"


def test_a_sentence_that_just_does_not_fit_takes_two_lines(qtbot: QtBot) -> None:
    theme = Theme("light")
    view = QListWidget()
    qtbot.addWidget(view)
    view.setItemDelegate(WholeSentences(view, theme))
    RowsStyle(view, theme)
    view.addItem(SENTENCE)
    view.show()
    metrics = view.fontMetrics()
    whole, rows = metrics.horizontalAdvance(SENTENCE), {}
    for width in range(whole // 2 + 40, whole + 60):
        view.resize(width, 200)
        view.doItemsLayout()
        rows[view.viewport().width()] = view.visualItemRect(view.item(0)).height()
    heights = sorted(set(rows.values()))
    assert len(heights) == 2
    for width, height in rows.items():
        if width < whole + 2 * 6:
            assert height == heights[1]
    assert heights[1] - heights[0] >= metrics.height()
