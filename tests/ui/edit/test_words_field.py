"""Typing a place: the names that may stand where one is typing are listed, and one is taken."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.builtin import load_library
from app.domain.library import Library
from app.geometry.rule_words import rules_from_words
from app.ui.edit.words_field import WordsField, names_like


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.mark.parametrize(
    ("words", "first"),
    [("ex", "ex  exocanthion"), ("pup", "pu  pupil centre"), ("st4", "ST4  Dìcāng"), ("hegu", "LI4  Hégǔ")],
)
def test_what_is_typed_finds_landmarks_and_points(library: Library, words: str, first: str) -> None:
    assert next(iter(names_like(library, words))) == first


def test_every_name_that_is_offered_is_understood(library: Library) -> None:
    offered = {
        name for words in ("", *"abcdefghijklmnopqrstuvwxyz") for name in names_like(library, words).values()
    }
    assert len(offered) > 150
    for name in offered:
        for words in (f"1 cun above the {name}", f"at {name}", f"midpoint of ex and {name}"):
            assert len(rules_from_words(words, library)) == 1


@pytest.fixture
def written() -> list[str]:
    return []


@pytest.fixture
def field(qtbot: QtBot, library: Library, written: list[str]) -> WordsField:
    made = WordsField(lambda: library, written.append, "Place")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def test_a_name_is_taken_from_the_list_and_written_by_the_next_return(
    field: WordsField, written: list[str]
) -> None:
    QTest.keyClicks(field, "0.5 cun lateral of ex, level of pup")
    popup = field._completer.popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.text() == "0.5 cun lateral of ex, level of pupil centre"
    assert not popup.isVisible()
    assert written == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert written == ["0.5 cun lateral of ex, level of pupil centre"]


def test_return_writes_what_is_typed_where_no_row_is_chosen(field: WordsField, written: list[str]) -> None:
    QTest.keyClicks(field, "at ex")
    assert field._completer.popup().isVisible()
    QTest.keyClick(field._completer.popup(), Qt.Key.Key_Return)
    assert written == ["at ex"]
    assert field.text() == "at ex"
    assert not field._completer.popup().isVisible()


def test_where_no_name_belongs_nothing_is_listed(field: WordsField) -> None:
    QTest.keyClicks(field, "0.5 cun lat")
    assert not field._completer.popup().isVisible()
