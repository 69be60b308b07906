"""Several points under one hand: dragged and nudged together, in one step, the locked ones left where they are."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.domain.builtin import load_library
from app.domain.edits import points
from app.geometry.figure import load_figure
from app.geometry.sliding import on_skin
from app.geometry.sliding_together import moved_together
from app.ui.edit.session import EditSession
from tests.ui.edit.hands import Hands, place, position

pytestmark = pytest.mark.gl


def three(hands: Hands) -> tuple[str, str, str]:
    """A point of the cheek, one of the forehead and one on the midline, all selected."""
    codes = place(hands, 42, -12), place(hands, 30, 50), place(hands, 0, 70)
    hands.session.select(codes)
    hands.tool("move")
    return codes


def test_a_drag_moves_all_that_are_selected_in_one_step(hands: Hands) -> None:
    cheek, forehead, middle = codes = three(hands)
    before = {code: position(hands.session, code) for code in codes}
    document, steps = hands.session.document, len(hands.session.file.history.words)
    hands.drag(hands.site(cheek), hands.face(44, -20))
    way = position(hands.session, cheek) - before[cheek]
    assert way[1] == pytest.approx(-8, abs=1.0)
    assert position(hands.session, forehead)[1] - before[forehead][1] == pytest.approx(way[1], abs=1.5)
    assert position(hands.session, middle)[1] < before[middle][1] - 5
    assert position(hands.session, middle)[0] == 0
    assert set(hands.session.selected) == set(codes)
    assert hands.session.file.history.words[steps:] == ("Move 3 points",)
    assert on_skin(hands.session.figure, hands.session.places).max() < 0.01
    hands.room.actions.undo.trigger()
    assert hands.session.document == document


def test_both_sides_of_a_point_go_once(hands: Hands) -> None:
    """The right one in the hand: the left follows as its mirror image, and so do the others'."""
    cheek, forehead, _ = three(hands)
    before = position(hands.session, forehead)
    hands.drag(hands.site(cheek, "right"), hands.face(-46, -12))
    assert position(hands.session, cheek)[0] == pytest.approx(46, abs=1.0)
    assert position(hands.session, forehead)[0] - before[0] == pytest.approx(4, abs=1.0)
    assert all(point.position_right is None for point in hands.session.document.points)


def test_escape_puts_all_of_them_back(hands: Hands) -> None:
    cheek, *_ = three(hands)
    document = hands.session.document
    hands.drag(hands.site(cheek), hands.face(30, -40), release=False)
    assert len(hands.room.gestures.drag.moved) == 2  # type: ignore[union-attr]
    hands.key(Qt.Key.Key_Escape)
    hands.move(QPoint(6, 6), release=True)
    assert hands.session.document == document


def test_locked_ones_stay_and_the_hand_is_told(hands: Hands) -> None:
    cheek, forehead, _ = three(hands)
    hands.session.do(lambda d: points.lock_points(d, hands.session.base, [forehead], True))
    before, steps = position(hands.session, forehead), len(hands.session.file.history.words)
    hands.drag(hands.site(cheek), hands.face(44, -20), release=False)
    assert hands.room.note.text() == f"{forehead} is locked and stays; unlock it to move it."
    assert hands.room.note.isVisible()
    hands.move(hands.face(44, -22), release=True)
    assert np.array_equal(position(hands.session, forehead), before)
    assert hands.session.file.history.words[steps:] == ("Move 2 points",)
    assert not hands.room.note.isVisible()
    hands.key(Qt.Key.Key_Up)
    assert hands.session.file.history.words[steps:] == ("Move 2 points", "Nudge 2 points")
    assert np.array_equal(position(hands.session, forehead), before)
    assert "is locked and stays" in hands.room._told.text()


def test_a_click_on_one_of_them_selects_it_alone(hands: Hands) -> None:
    cheek, forehead, _ = three(hands)
    hands.click(hands.site(cheek))
    assert hands.session.selected == (cheek,)
    hands.click(hands.site(forehead), Qt.KeyboardModifier.ControlModifier)
    assert hands.session.selected == (cheek, forehead)


def test_arrows_move_all_of_them(hands: Hands) -> None:
    codes = three(hands)
    before = {code: position(hands.session, code) for code in codes}
    hands.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    for code in codes:
        assert np.linalg.norm(position(hands.session, code) - before[code]) == pytest.approx(1.0, rel=0.05)
        assert position(hands.session, code)[1] > before[code][1]
    hands.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert position(hands.session, codes[2])[0] == 0
    assert hands.room.actions.undo.text() == "Undo nudge 3 points"


def test_random_moves_keep_every_point_on_the_skin_and_can_be_taken_back(qapp: QApplication) -> None:
    """What a drag of several does to the set, 300 times, without a window."""
    chance = random.Random(7)
    session = EditSession(load_library(), load_figure())
    for x, y in ((42, -12), (30, 50), (0, 70), (28, -45), (50, 20), (0, -75)):
        side = "left" if x else "midline"
        session.set_tool("place")
        session.select([])
        session.put(session.skin.nearest(np.array([x, y, 90.0]), side))  # type: ignore[arg-type]
    parted = "P5"
    session.do(lambda d: points.unlink_sides(d, session.base, [parted]))
    codes = [*(point.code for point in session.document.points), "EX-HN1", "LI4", "ST36"]
    first, at = session.document, session.file.history.index
    for number in range(300):
        session.do(lambda d: points.lock_points(d, session.base, codes, False))
        locked = chance.sample(codes, chance.randint(0, 2))
        if locked:
            session.do(lambda d, some=locked: points.lock_points(d, session.base, some, True))
        stay = [session.point(code) for code in locked]
        session.select(chance.sample(codes, chance.randint(2, len(codes))))
        free = [code for code in session.selected if code not in locked]
        if not free:
            continue
        code = chance.choice(free)
        row = chance.choice(list(session.sites.indices(code)))
        start = session.bound.places(session.point(code))[row - session.sites.indices(code)[0]][1]  # type: ignore[arg-type]
        end = session.skin.nudge(
            start, np.array([chance.gauss(0, 1) for _ in range(3)]), chance.uniform(0, 25)
        )
        moved = moved_together(session.skin, start, end, session.carried(start.side))
        steps = session.file.history.index
        assert session.move_together(moved), number
        assert session.file.history.index <= steps + 1
        assert [session.point(code) for code in locked] == stay
        assert on_skin(session.figure, session.places).max() < 0.01
        for point in session.document.points:
            assert (point.position_right is not None) == (point.code == parted), point.code
            if point.laterality == "bilateral" and point.code != parted:
                left, right = session.places[list(session.sites.indices(point.code))]
                assert np.allclose(left * [-1, 1, 1], right, atol=1e-6)
    last = session.document
    session.file.go(at)
    assert session.document == first
    session.file.go(len(session.file.history.words))
    assert session.document == last
    session.file.close()
