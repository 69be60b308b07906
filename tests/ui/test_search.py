"""Search: by any name, with the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.ui.search_box import SearchBox
from app.ui.state import ViewState
from app.ui.theme import Theme


@pytest.fixture
def box(qtbot: QtBot, state: ViewState, theme: Theme) -> Iterator[SearchBox]:
    holder = QWidget()
    qtbot.addWidget(holder)
    box = SearchBox(state, theme, holder)
    holder.resize(400, 300)
    box.resize(400, 40)
    with qtbot.waitExposed(holder):
        holder.show()
    box.setFocus()
    yield box
    holder.close()


@pytest.mark.parametrize("words", ["hegu", "LI4", "li 4", "合谷", "joining valley"])
def test_return_takes_the_first_find(qtbot: QtBot, box: SearchBox, state: ViewState, words: str) -> None:
    with qtbot.waitSignal(state.flight_chosen) as asked:
        box.setText(words)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert asked.args == ["LI4", ""]
    qtbot.waitUntil(lambda: box.text() == "")


def test_typing_lists_the_finds_and_the_arrows_choose_one(
    qtbot: QtBot, box: SearchBox, state: ViewState
) -> None:
    qtbot.keyClicks(box, "heliao")
    popup = box.completer().popup()
    assert isinstance(popup, QListView)
    qtbot.waitUntil(popup.isVisible)
    codes = [
        popup.model().index(row, 0).data(Qt.ItemDataRole.EditRole) for row in range(popup.model().rowCount())
    ]
    assert len(codes) > 1
    while popup.currentIndex().row() < 1:
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    flights: list[str] = []
    state.flight_chosen.connect(lambda code, _side: flights.append(code))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.text() == "")
    assert flights == [codes[1]]
    qtbot.waitUntil(lambda: not popup.isVisible())


def test_nothing_found_changes_nothing(qtbot: QtBot, box: SearchBox, state: ViewState) -> None:
    qtbot.keyClicks(box, "zzz")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert state.selected is None
    assert box.text() == "zzz", "what was typed stays, to be mended"


def test_nothing_found_is_told_in_the_list(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box, "zzz")
    popup = box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    note = popup.model().index(0, 0)
    assert str(note.data()).startswith("No point found")
    assert not note.flags(), "it can be neither chosen nor taken"


def test_a_find_that_is_taken_ends_the_search(qtbot: QtBot, box: SearchBox) -> None:
    with qtbot.waitSignal(box.found):
        box.setText("hegu")
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_escape_ends_the_search_and_nothing_else(qtbot: QtBot, box: SearchBox) -> None:
    """Not the key that unselects the point: it is offered to the field before it becomes one."""
    qtbot.keyClicks(box, "heg")
    offered = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    offered.ignore()
    QApplication.sendEvent(box, offered)
    assert offered.isAccepted()
    with qtbot.waitSignal(box.found):
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    popup = box.completer().popup()
    assert popup is not None
    assert not popup.isVisible()
