"""The program's own work while points are edited, with a thousand of them on the full figure. Needs a display.

A move of the mouse in a drag must cost at most 5 ms without the frame it asks for.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial

os.environ.setdefault("QT_API", "pyside6")

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.domain.document import Document
from app.domain.edits.edit import Edit
from app.domain.edits.points import place_point
from app.domain.goals import Group, GroupPoint
from app.domain.points import Point
from app.geometry.figure import Figure
from app.ui.application import make_application, make_window
from app.ui.edit.room import EditRoom
from app.ui.settings import Settings
from app.ui.theme import Theme
from benchmarks.measuring import Row, milliseconds

POINTS, MOVES, MOVE_MS = 1000, 200, 5.0


def course(figure: Figure, count: int) -> Document:
    """A set of so many points all over the left half of the head, in groups of twenty."""
    corners = figure.full.triangles[figure.region("head")]
    middles = figure.neutral.vertices[corners].mean(axis=1)
    left = middles[(middles[:, 0] > 3) & (middles[:, 2] > 0)]
    chosen = left[np.linspace(0, len(left) - 1, count).astype(int)]
    points = tuple(
        Point(code=f"Q{number}", laterality="bilateral", part="face", use="face", position=tuple(place))
        for number, place in enumerate(np.round(chosen, 3).tolist())
    )
    groups = tuple(
        Group(
            id=f"g{first}",
            title=f"Group {first}",
            points=tuple(GroupPoint(code=point.code) for point in points[first : first + 20]),
        )
        for first in range(0, count, 20)
    )
    return Document(figure=figure.fingerprint, title="Benchmark", points=points, groups=groups)


def rows() -> list[Row]:
    """Edit a set of a thousand points in the real window, and time what each change costs."""
    application = make_application()
    window = make_window(Theme("light", 1.0, application), Settings())
    if window is None or window.viewport.stage is None:
        raise RuntimeError("no window, or no OpenGL: leave the part 'editing' out")
    window.show()
    QTest.qWait(500)
    window.modes.actions_in_order[-1].trigger()
    room = window.edit
    assert room is not None
    measured = _measure(room)
    room.session.file.close()
    room.session.file.start_new()
    window.close()
    return measured


def _measure(room: EditRoom) -> list[Row]:
    session = room.session
    session.file.apply(Edit(course(session.figure, POINTS), "Benchmark"))
    QTest.qWait(1500)
    room._viewport.choose_view("front")
    QTest.qWait(1000)
    session.set_tool("move")
    alone, together = _drag(room, 1), _drag(room, 20)
    session.select(["Q7"])
    up = np.array([0.0, 1.0, 0.0])
    document, base = session.document, session.base
    edits = [
        partial(place_point, document, base, "Q9", (30.0 + number / 100, 0.0, 90.0)) for number in range(30)
    ]
    among = f"among {POINTS:,} points"
    return [
        _row(f"one move of a drag, without its frame, {among}", alone, MOVE_MS),
        _row(f"one move of a drag of 20 together, without its frame, {among}", together),
        _row(
            f"one nudge, with the document and all panels renewed, {among}",
            _spent([lambda: session.nudge(up, 0.1)] * 12),
        ),
        _row(f"one edit of the document alone, {among}", _spent(edits)),
        _row(f"the health of a set of {POINTS:,} points", _spent([room.health.examine] * 3)),
    ]


def _drag(room: EditRoom, count: int) -> list[float]:
    """Take a point that is seen, and with it the others of `count` selected, and return what each move costs."""
    plotter, stage = room._viewport.plotter, room._viewport.stage
    assert stage is not None
    codes = [point.code for point in room.session.document.points]
    where = stage.projection.display(stage.markers.positions)
    facing = np.flatnonzero(stage.markers.facing > 0.8)
    ratio = plotter.devicePixelRatioF()
    start = QPointF(where[facing[0], 0] / ratio, plotter.height() - where[facing[0], 1] / ratio)
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    if count > 1:
        QTest.mouseClick(plotter, left, plain, start.toPoint())
        (own,) = room.session.selected
        room.session.select([own, *(code for code in codes if code != own)][:count])
    QTest.mousePress(plotter, left, plain, start.toPoint())
    assert room.gestures.drag is not None
    turns = np.arange(MOVES) / 12
    places = [start + QPointF(60 * np.sin(angle), 40 * (1 - np.cos(angle))) for angle in turns]
    spent = _spent([partial(room.gestures._carry, place) for place in places])
    QTest.keyClick(plotter, Qt.Key.Key_Escape)
    QTest.mouseRelease(plotter, left, plain, start.toPoint())
    return spent


def _spent(acts: Sequence[Callable[[], object]]) -> list[float]:
    """Return the seconds each act takes."""
    spent = []
    for act in acts:
        start = time.perf_counter()
        act()
        spent.append(time.perf_counter() - start)
    return spent


def _row(what: str, spent: list[float], budget_ms: float | None = None) -> Row:
    median, most = statistics.median(spent), float(np.percentile(spent, 95))
    told = f"{milliseconds(median)} (95 %: {milliseconds(most)})"
    if budget_ms is None:
        return Row(what, told, "-", "", "-", None)
    return Row(what, told, "-", "", f"<= {budget_ms:g} ms", median <= budget_ms / 1000)
