"""The real window on a display: figure, mouse, keys, one render per change, and nothing left when it is closed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.shown import Shown, with_goal
from app.ui.goal_model import GoalModel
from app.ui.main_window import MainWindow
from app.ui.state import ViewState
from tests.ui.conftest import MakeWindow

pytestmark = pytest.mark.gl
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(make_window: MakeWindow, library: object, qtbot: QtBot) -> MainWindow:
    window = make_window(with_goal(library, Shown(), "lines", True))  # type: ignore[arg-type]
    settle(qtbot, window)
    return window


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no flight and no pause is under way and, for some rounds of events, nothing more is painted."""
    renders, rounds, seen = Renders(window), 0, 0

    def is_over() -> bool:
        nonlocal rounds, seen
        moves = window.viewport._flight is not None or any(t.isActive() for t in window.findChildren(QTimer))
        rounds = 0 if moves or renders.count != seen else rounds + 1
        seen = renders.count
        return rounds > 5

    qtbot.waitUntil(is_over, timeout=20_000)
    renders.stop()


def place_of(window: MainWindow, code: str, side: str = "left") -> QPoint:
    """Where the marker of a point is seen, in logical pixels of the 3D widget."""
    stage, sites = window.viewport.stage, window.state.sites
    assert stage
    site = next(one for one in sites.indices(code) if sites.sides[one] == side)
    row = [marker.site for marker in stage.markers.shown].index(site)
    x, y = stage.projection.display(stage.markers.positions[[row]])[0]
    ratio = window.viewport.plotter.devicePixelRatioF()
    return QPointF(x / ratio, window.viewport.plotter.height() - y / ratio).toPoint()


class Renders:
    """Counts the frames of a window."""

    def __init__(self, window: MainWindow) -> None:
        assert window.viewport.stage
        self.count = 0
        self._renderer = window.viewport.stage.renderer
        self._tag = self._renderer.AddObserver("EndEvent", self._on_end)

    def _on_end(self, _renderer: object, _event: str) -> None:
        self.count += 1

    def stop(self) -> None:
        self._renderer.RemoveObserver(self._tag)


@pytest.fixture
def renders(window: MainWindow) -> object:
    counter = Renders(window)
    yield counter
    counter.stop()


CHANGES: dict[str, Callable[[ViewState, MainWindow], None]] = {
    "goal": lambda state, _window: state.toggle_goal("acne"),
    "treatment": lambda state, _window: state.set_whole_treatment("typical", "body_acne"),
    "selection": lambda state, _window: state.select("ST3"),
    "hover": lambda state, _window: state.hover("ST3"),
    "labels": lambda state, _window: state.set_labels("all"),
    "eyes": lambda state, _window: state.set_eyes_shut(True),
    "theme": lambda _state, window: window.theme.set_choice("dark"),
    "library": lambda state, _window: state.set_library(state.library, state.sites),
}


def test_one_change_is_one_render(qtbot: QtBot, window: MainWindow, renders: Renders) -> None:
    counts = {}
    for name, change in CHANGES.items():
        renders.count = 0
        change(window.state, window)
        qtbot.waitUntil(lambda: renders.count > 0)
        settle(qtbot, window)
        counts[name] = renders.count
    assert counts == dict.fromkeys(CHANGES, 1)


def test_an_idle_window_does_not_render_and_no_timer_runs(window: MainWindow, renders: Renders) -> None:
    renders.count = 0
    QTest.qWait(700)
    assert renders.count == 0
    # Qt's own cursor blink is a timer event, not a QTimer.
    running = [timer for timer in window.findChildren(QTimer) if timer.isActive()]
    assert running == []


def test_a_goal_switched_in_the_panel_is_seen_on_the_figure(qtbot: QtBot, window: MainWindow) -> None:
    tree = window.explore.left.goals.tree
    model = tree.model()
    assert isinstance(model, GoalModel)
    before = np.asarray(window.viewport.plotter.screenshot(return_img=True)).astype(int)
    row = next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == "Acne")
    qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(row).center())
    settle(qtbot, window)
    after = np.asarray(window.viewport.plotter.screenshot(return_img=True)).astype(int)
    assert "SI18" in {marker.label.split()[0] for marker in window.viewport.stage.markers.shown}  # type: ignore[union-attr]
    assert (np.abs(after - before).max(axis=2) > 30).sum() > 200


def test_a_click_selects_the_point_and_one_beside_it_nothing(qtbot: QtBot, window: MainWindow) -> None:
    plotter = window.viewport.plotter
    qtbot.mouseClick(plotter, LEFT, pos=place_of(window, "ST4"))
    assert window.state.selected
    assert window.state.selected.code == "ST4"
    assert window.state.selected_side == "left"
    qtbot.mouseClick(plotter, LEFT, pos=QPoint(8, 8))
    assert window.state.selected is None


def test_the_side_that_is_clicked_is_the_side_that_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    stage, sites = window.viewport.stage, window.state.sites
    assert stage
    for side in ("right", "left"):
        qtbot.mouseClick(window.viewport.plotter, LEFT, pos=place_of(window, "ST4", side))
        assert window.state.selected_side == side
        assert [sites.sides[site] for site in stage.markers.selected] == [side]
        drawn = stage.overlays.lines("construction")._positions[:, 0].mean()
        assert (drawn < 0) == (side == "right")
    window.explore.left.points.setCurrentIndex(window.explore.left.points.model().index(0, 0))
    assert window.state.selected_side == "", "a row means both"
    assert len(stage.markers.selected) == 2
    qtbot.mouseClick(window.viewport.plotter, LEFT, pos=place_of(window, "ST4", "right"))
    window.explore.actions.fly.trigger()
    settle(qtbot, window)
    assert stage.views.state.focus[0] < -10


def test_the_mouse_over_a_point_tells_it(qtbot: QtBot, window: MainWindow) -> None:
    plotter = window.viewport.plotter
    qtbot.mouseMove(plotter, QPoint(5, 5))
    qtbot.mouseMove(plotter, place_of(window, "GB14"))
    qtbot.waitUntil(lambda: window.state.hovered is not None and window.state.hovered.code == "GB14")
    assert "Yángbái" in window.explore.status.hint.text()
    qtbot.mouseMove(plotter, QPoint(5, 5))
    qtbot.waitUntil(lambda: window.state.hovered is None)


def test_a_double_click_flies_to_that_side(qtbot: QtBot, window: MainWindow) -> None:
    place = place_of(window, "ST4", "right")
    qtbot.mouseClick(window.viewport.plotter, LEFT, pos=place)
    qtbot.mouseDClick(window.viewport.plotter, LEFT, pos=place)
    settle(qtbot, window)
    assert window.viewport.stage
    assert window.viewport.stage.views.state.focus[0] < -10, "the person's right"
    seen = place_of(window, "ST4", "right")
    middle = window.viewport.plotter.rect().center()
    assert (seen - middle).manhattanLength() < 8


def test_a_search_flies_to_the_hand(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = window.explore.search
    search.setFocus()
    qtbot.keyClicks(search, "hegu")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.state.selected
    assert window.state.selected.code == "LI4"
    assert window.viewport.stage
    sites = window.state.sites
    own = sites.positions(window.viewport.stage.figure, window.viewport.stage.pose.vertices)[
        list(sites.indices("LI4"))
    ]
    focus = np.array(window.viewport.stage.views.state.focus)
    assert np.linalg.norm(own - focus, axis=1).min() < 1.0
    shown = {marker.site: marker for marker in window.viewport.stage.markers.shown}
    assert all(shown[site].muted for site in sites.indices("LI4")), (
        "it is not switched on, so it is shown pale"
    )


def test_dragging_turns_the_figure_and_moves_no_point(qtbot: QtBot, window: MainWindow) -> None:
    stage, plotter = window.viewport.stage, window.viewport.plotter
    assert stage
    state, sites = stage.views.state, window.state.sites
    start = place_of(window, "ST4")
    qtbot.mousePress(plotter, LEFT, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(plotter, start + QPoint(12 * step, 4 * step))
    qtbot.mouseRelease(plotter, LEFT, pos=start + QPoint(60, 20))
    settle(qtbot, window)
    assert stage.views.state.azimuth != state.azimuth
    assert stage.views.state.focus == state.focus
    assert window.state.sites is sites
    assert window.state.selected is None, "a drag is no click"


def test_the_wheel_comes_closer(qtbot: QtBot, window: MainWindow) -> None:
    stage = window.viewport.stage
    assert stage
    before = stage.views.state.distance
    window.explore.actions.closer.trigger()
    settle(qtbot, window)
    assert stage.views.state.distance < before


def test_a_named_view_keeps_fitting_when_the_window_grows(qtbot: QtBot, window: MainWindow) -> None:
    stage = window.viewport.stage
    assert stage
    window.explore.actions.views["left"].trigger()
    settle(qtbot, window)
    assert stage.views.state.azimuth == pytest.approx(90)
    before = window.viewport.plotter.size()
    window.resize(1000, 640)
    qtbot.waitUntil(lambda: window.viewport.plotter.size() != before)
    settle(qtbot, window)
    assert stage.views.state == stage.views.state_of("left")


def test_the_keys_of_vtk_and_pyvistaqt_are_off(qtbot: QtBot, window: MainWindow) -> None:
    stage, plotter = window.viewport.stage, window.viewport.plotter
    assert stage
    actors = stage.renderer.GetActors()
    actors.InitTraversal()
    looks = [actors.GetNextActor().GetProperty() for _ in range(actors.GetNumberOfItems())]
    before = [look.GetRepresentation() for look in looks]
    camera = stage.views.state
    plotter.setFocus()
    for key in "wspqrbvjiuc":
        qtbot.keyClick(plotter, key)
        QTest.qWait(10)
        assert [look.GetRepresentation() for look in looks] == before, key
        assert stage.views.state == camera, key
        assert window.isVisible(), key


def test_arrow_keys_turn_the_figure_where_it_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    stage = window.viewport.stage
    assert stage
    window.viewport.plotter.setFocus()
    qtbot.keyClick(window.viewport.plotter, Qt.Key.Key_Right)
    assert stage.views.state.azimuth == pytest.approx(-8)
    qtbot.keyClick(window.viewport.plotter, Qt.Key.Key_Up)
    assert stage.views.state.elevation == pytest.approx(-8)


def test_escape_selects_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.state.select("ST4")
    window.explore.actions.unselect.trigger()
    assert window.state.selected is None


def test_a_file_that_cannot_be_opened_is_told_and_leaves_what_was_there(
    window: MainWindow, tmp_path: Path
) -> None:
    bad = tmp_path / "cut.points.json"
    bad.write_text('{"format": "facepoints", "version": 1, "points": [')
    library, points = window.state.library, window.state.points
    window.open_file(bad)
    message = window.findChild(QMessageBox)
    assert message.isVisible()
    assert "cut.points.json" in message.informativeText()
    assert message.informativeText().count(". ") == 0, "one sentence"
    assert window.state.library is library
    assert window.state.points == points
    message.close()


def test_an_opened_set_is_what_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    window.open_file(Path(__file__).parent / "mine.points.json")
    assert window.state.goals_on == ("my_goal",)
    assert [shown.point.code for shown in window.state.points] == ["ST3"]
    assert window.viewport._view == "fit"
    assert window.explore.status.hint.text() == "mine.points.json is open: 1 goal, 1 point switched on"
    window.state.set_goal("lines", True)
    assert window.explore.status.hint.text() == ""


def test_a_dropped_set_is_opened(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.points.json"
    shutil.copy(Path(__file__).parent / "mine.points.json", path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert "my_goal" in window.state.library.goals
    assert "mine.points.json" in window.windowTitle()
    assert window.state.shown_point("ST3")
    window._built_in.trigger()
    assert "my_goal" not in window.state.library.goals
    assert window.windowTitle() == "Facepoints"


def test_closing_twice_and_changing_afterwards_does_no_harm(qtbot: QtBot, window: MainWindow) -> None:
    window.explore.actions.views["left"].trigger()  # closed amid a flight
    window.close()
    window.viewport.close_view()
    window.state.toggle_goal("acne")
    window.state.fly_to("LI4")
    window.theme.set_choice("dark")
    QTest.qWait(50)


def test_windows_one_after_the_other_leave_nothing(make_window: MakeWindow, qtbot: QtBot) -> None:
    """What `make_window` asserts at its end, after a window that was used."""
    for _ in range(2):
        window = make_window()
        window.state.set_goal("lines", True)
        window.state.fly_to("ST3")
        settle(qtbot, window)
        window.explore.actions.eyes.trigger()
        window.theme.set_choice("dark")
        settle(qtbot, window)
        window.close()


def test_tab_goes_through_the_window_as_it_is_read(window: MainWindow) -> None:
    explore = window.explore
    top = (window.modes, explore.search, explore.tools, *window._buttons)
    parts = (*top, explore.left, window.viewport.plotter, explore.below, explore.right)
    window.viewport.setFocus()
    stops = []
    for _ in range(60):
        focus = window.focusWidget()
        stops.append(next(part for part in parts if focus is part or part.isAncestorOf(focus)))
        window.focusNextChild()
    seen = list(dict.fromkeys(stops))
    first = seen.index(window.modes)
    assert seen[first:] + seen[:first] == list(parts)
