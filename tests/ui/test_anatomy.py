"""Layers, how a point is found, ruler, expressions and inset, in the window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.library import Library
from app.domain.shown import Shown
from app.geometry.atlas import Atlas
from app.geometry.figure import Figure
from app.scene.anatomy_layers import MUSCLE_LOOKS, RISK_LOOKS
from app.ui.anatomy.found import cun_lines, found_section, rule_line, zone_lines
from app.ui.anatomy.probe import muscle_words, zone_words
from app.ui.anatomy.ruler import FIRST, reading_words
from app.ui.anatomy.state import LAYERS, AnatomyState
from app.ui.anatomy.words import EXPRESSIONS, LAYER_WORDS, expression_weights
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from app.ui.state import ViewState
from app.ui.theme import Theme
from tests.ui.conftest import MakeWindow

GLABELLA = Shown(pairs=frozenset({("lines", "glabella")}))


@pytest.fixture(scope="module")
def atlas(figure: Figure, opened: tuple[Library, object]) -> Atlas:
    return Atlas(figure, opened[0])


class TestState:
    def test_only_the_construction_is_on_at_first(self, state: ViewState, figure: Figure) -> None:
        assert AnatomyState(state, figure).layers == {"construction"}

    def test_layers_are_switched_one_by_one_and_told_once(
        self, qtbot: QtBot, state: ViewState, figure: Figure
    ) -> None:
        anatomy = AnatomyState(state, figure)
        with qtbot.waitSignal(anatomy.layers_changed, timeout=100):
            anatomy.set_layer("zones", True)
        with qtbot.assertNotEmitted(anatomy.layers_changed):
            anatomy.set_layer("zones", True)
        anatomy.set_layer("construction", False)
        assert anatomy.layers == {"zones"}

    def test_a_name_that_is_no_layer_is_passed_over(self, state: ViewState, figure: Figure) -> None:
        anatomy = AnatomyState(state, figure)
        anatomy.set_layers({"muscles", "bones"})
        assert anatomy.layers == {"muscles"}

    def test_an_expression_without_weight_is_none(self, state: ViewState, figure: Figure) -> None:
        anatomy = AnatomyState(state, figure)
        anatomy.set_expression({"smile": 0.0, "squint": 0.5})
        assert anatomy.expression == {"squint": 0.5}


class TestWords:
    def test_no_muscle_looks_like_a_risk(self) -> None:
        for color, pattern, _ in RISK_LOOKS.values():
            assert MUSCLE_LOOKS[True][0] != color
            assert MUSCLE_LOOKS[True][1] != pattern

    def test_every_layer_has_words_and_a_key_of_its_own(self) -> None:
        assert set(LAYER_WORDS) == set(LAYERS)
        assert len({key for _, key, _ in LAYER_WORDS.values()}) == len(LAYERS)

    def test_every_expression_names_units_of_the_figure(self, figure: Figure) -> None:
        for name, (_, units) in EXPRESSIONS.items():
            assert set(units) <= set(figure.target_names), name

    def test_expressions_add_up_to_one_at_most(self) -> None:
        assert expression_weights({"squint": 1.0, "smile": 1.0})["squint"] == pytest.approx(0.75)
        assert max(expression_weights(dict.fromkeys(EXPRESSIONS, 1.0)).values()) <= 1

    def test_a_rule_is_told_with_what_it_measures(self, atlas: Atlas) -> None:
        point = atlas.library.points["ST4"]
        findings = atlas.findings("ST4")
        words, measured = rule_line(atlas, point, 0, findings[0])
        assert words == "0.4 finger-cun lateral from cheilion"
        assert "tolerance" in measured
        assert "mm (0.2 finger-cun)" in measured

    def test_a_broken_rule_says_by_how_much(self, atlas: Atlas) -> None:
        from dataclasses import replace

        point = atlas.library.points["ST4"]
        moved = replace(atlas.findings("ST4")[0], measured=0.72, deviation_mm=6.02, kept=False)
        _, measured = rule_line(atlas, point, 0, moved)
        assert measured.startswith("6.0 mm off; measured 0.72 finger-cun, wanted 0.4")

    def test_one_cun_is_told_on_a_page_and_how_long_it_is(self, atlas: Atlas) -> None:
        point = atlas.library.points["LI4"]
        told = [rule_line(atlas, point, number, one)[1] for number, one in enumerate(atlas.findings("LI4"))]
        assert any("tolerance 3.8 mm" in measured for measured in told)
        assert not any("cun" in measured for measured in told), "the forehead's is none of the hand's"
        assert cun_lines(atlas, point) == []
        long = f"{atlas.scene.units.mm('bcun_forearm'):.1f} mm on this figure."
        forearm = f"Cun here: cubital crease to palmar wrist crease, divided by 12; {long}"
        assert cun_lines(atlas, atlas.library.points["PC6"]) == [forearm]

    @pytest.mark.parametrize(
        ("code", "drawn", "key"),
        [
            ("GV29", True, {"cun", "level or vertical"}),
            ("GV29", False, set()),
            ("LI4", True, set()),
        ],
    )
    def test_lines_are_explained_where_they_are_drawn(
        self, qtbot: QtBot, atlas: Atlas, theme: Theme, code: str, drawn: bool, key: set[str]
    ) -> None:
        page = found_section(atlas, theme, atlas.library.points[code], drawn)
        assert page is not None
        qtbot.addWidget(page)
        told = {label.text() for label in page.findChildren(QLabel)}
        assert told & {"cun", "level or vertical", "fold or border", "between"} == key

    def test_a_zone_is_told_with_its_risk_and_how_the_point_lies(self, atlas: Atlas) -> None:
        first = zone_lines(atlas.zones_of("ST9"))[0]
        assert first.startswith("Lies in the zone: Carotid corridor and jugular vein (very high risk).")
        assert any("mm beside" in line for line in zone_lines(atlas.zones_of("ST4")))

    def test_muscles_and_zones_tell_action_nerve_width(self, atlas: Atlas) -> None:
        words = muscle_words(atlas.library.muscles["corrugator"])
        assert "Corrugator supercilii" in words
        assert "Draws brow medially-down: frown lines" in words
        assert "Nerve: facial (VII)" in words
        assert "5 mm to either side" in zone_words(atlas.library.caution_zones["facial_artery"])


def test_layers_are_remembered(qapp: object) -> None:
    settings = Settings()
    assert settings.layers == {"construction"}
    settings.save_layers(frozenset({"zones", "muscles"}))
    assert settings.layers == {"zones", "muscles"}
    settings.save_layers(frozenset())
    assert not settings.layers & set(LAYERS)


@pytest.mark.gl
class TestWindow:
    @pytest.fixture
    def window(self, make_window: MakeWindow) -> MainWindow:
        window = make_window(GLABELLA)
        window.resize(1100, 760)
        return window

    def test_keys_switch_layers_and_the_legend_follows(self, qtbot: QtBot, window: MainWindow) -> None:
        anatomy = window.explore.anatomy
        assert not anatomy.legend.isVisible()
        anatomy.actions.layers["zones"].trigger()
        assert "zones" in anatomy.state.layers
        assert anatomy.legend.isVisible()
        assert "Very high risk" in anatomy.legend.rows
        assert window.viewport.stage is not None
        assert window.viewport.stage.overlays.areas("zones").actor.GetVisibility()
        anatomy.actions.none.trigger()
        assert not anatomy.legend.isVisible()
        assert not window.viewport.stage.overlays.areas("zones").actor.GetVisibility()

    def test_the_legend_folds(self, qtbot: QtBot, window: MainWindow) -> None:
        legend = window.explore.anatomy.legend
        window.explore.anatomy.state.set_layers({"zones", "muscles", "wrinkles"})
        qtbot.waitUntil(lambda: legend.height() > 60)
        whole = legend.height()
        legend.head.click()
        assert legend.isVisible()
        assert legend.rows == ()
        qtbot.waitUntil(lambda: legend.height() < whole / 2)
        legend.head.click()
        qtbot.waitUntil(lambda: legend.height() == whole)

    def test_nothing_that_explains_the_figure_lies_over_it(self, qtbot: QtBot, window: MainWindow) -> None:
        anatomy, viewport = window.explore.anatomy, window.viewport
        room, high = viewport.height(), window.height()
        anatomy.state.set_layers({"channels", "zones", "muscles"})
        anatomy.actions.expressions.setChecked(True)
        anatomy.actions.ruler.trigger()
        parts = (anatomy.legend, anatomy.expressions, anatomy.ruler.panel)
        qtbot.waitUntil(lambda: room / 2 < viewport.height() < room - 150)
        bottom = viewport.mapTo(window, QPoint(0, viewport.height())).y()
        tops = [part.mapTo(window, QPoint(0, 0)).y() for part in parts]
        assert min(tops) >= bottom
        for part in parts:
            assert part.isVisible()
            assert part.height() >= part.heightForWidth(part.width())
        assert window.height() == high
        for sliders in anatomy.expressions.sliders.values():
            assert (
                sliders.mapTo(window, QPoint(sliders.width(), 0)).x()
                <= viewport.mapTo(window, QPoint(viewport.width(), 0)).x()
            )
        anatomy.state.set_layers(())
        anatomy.actions.expressions.setChecked(False)
        anatomy.actions.ruler.trigger()
        qtbot.waitUntil(lambda: viewport.height() == room)

    def test_a_switched_on_group_lights_its_muscles_and_lines(self, window: MainWindow) -> None:
        anatomy = window.explore.anatomy
        anatomy.state.set_layers({"muscles", "wrinkles"})
        assert anatomy.view.lit_muscles == {"corrugator", "procerus"}
        window.state.clear()
        assert anatomy.view.lit_muscles == frozenset()

    def test_the_construction_follows_the_selection(self, window: MainWindow) -> None:
        overlays = window.viewport.stage.overlays  # type: ignore[union-attr]
        assert not overlays.lines("construction").actor.GetVisibility()
        window.state.select("ST4")
        assert overlays.lines("construction").actor.GetVisibility()
        window.explore.anatomy.actions.layers["construction"].trigger()
        assert not overlays.lines("construction").actor.GetVisibility()

    def test_the_page_tells_how_the_point_is_found(self, qtbot: QtBot, window: MainWindow) -> None:
        window.state.select("ST4")

        def told() -> None:
            words = " ".join(label.text() for label in window.explore.right.widget().findChildren(QLabel))  # type: ignore[union-attr]
            assert "\u2713  0.4 finger-cun lateral from cheilion" in words
            assert "proportional" in words
            assert "Facial artery, jaw to mouth corner" in words

        qtbot.waitUntil(told)

    def test_two_clicks_measure_and_escape_puts_the_ruler_away(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        anatomy = window.explore.anatomy
        plotter = window.viewport.plotter
        window.state.select("GB14")
        anatomy.actions.ruler.trigger()
        assert anatomy.ruler.words.text() == FIRST
        for share in (0.42, 0.58):
            place = QPoint(int(plotter.width() * share), int(plotter.height() * 0.62))
            qtbot.mouseClick(plotter, Qt.MouseButton.LeftButton, pos=place)
        reading = anatomy.ruler.reading
        assert reading is not None
        assert reading.along_mm is not None
        assert reading.along_mm > reading.straight_mm > 10
        assert "along the skin" in anatomy.ruler.words.text()
        assert reading_words(window.state.library, reading) == anatomy.ruler.words.text()
        assert window.state.selected is not None
        qtbot.keyClick(plotter, Qt.Key.Key_Escape)
        assert not anatomy.state.ruler
        assert not anatomy.ruler.panel.isVisible()
        assert window.state.selected is not None

    def test_where_no_way_along_the_skin_leads_only_the_straight_one_is_told(
        self, window: MainWindow
    ) -> None:
        anatomy = window.explore.anatomy
        body = anatomy.state.atlas.scene.body
        anatomy.actions.ruler.trigger()
        hand = body.landmark("wpc")
        hip = body.skin.nearest(np.array([100.0, hand[1], 0.0]))
        for place in (hand, hip):
            anatomy.ruler.measure_to(place)
        assert "No path along the skin" in anatomy.ruler.words.text()
        assert anatomy.ruler.words.text().count("mm") == 1
        assert not window.viewport.stage.overlays.lines("ruler").actor.GetVisibility()  # type: ignore[union-attr]

    def test_the_keyboard_goes_to_the_figure_when_the_sliders_go(self, window: MainWindow) -> None:
        anatomy = window.explore.anatomy
        anatomy.actions.expressions.setChecked(True)
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        anatomy.expressions.sliders["frown"].setFocus()
        assert window.focusWidget() is anatomy.expressions.sliders["frown"]
        anatomy.actions.expressions.setChecked(False)
        assert window.focusWidget() is window.viewport.plotter

    def test_a_slider_moves_the_face_and_points_ride_along(self, window: MainWindow, figure: Figure) -> None:
        anatomy, stage = window.explore.anatomy, window.viewport.stage
        assert stage is not None
        before = stage.markers.positions.copy()
        anatomy.expressions.sliders["frown"].setValue(100)
        assert stage.pose is not figure.neutral
        moved = np.linalg.norm(stage.markers.positions - before, axis=1)
        assert moved.max() > 2
        anatomy.actions.neutral.trigger()
        assert stage.pose is figure.neutral
        assert anatomy.expressions.sliders["frown"].value() == 0
        assert stage.markers.positions == pytest.approx(before)

    def test_shut_eyes_stay_shut_when_the_face_moves(self, window: MainWindow, figure: Figure) -> None:
        window.state.set_eyes_shut(True)
        window.explore.anatomy.state.set_expression({"smile": 0.5})
        stage = window.viewport.stage
        assert stage is not None
        both = figure.pose(expression={"smile": 0.5, "blink_left": 1.0, "blink_right": 1.0})
        assert stage.pose.vertices == pytest.approx(both.vertices, abs=1e-9)

    def test_the_eyes_are_shut_in_one_place_and_by_two_controls(
        self, window: MainWindow, figure: Figure
    ) -> None:
        anatomy, stage, action = window.explore.anatomy, window.viewport.stage, window.explore.actions.eyes
        assert stage is not None
        slider = anatomy.expressions.sliders["eyes"]
        action.trigger()
        assert slider.value() == 100
        slider.setValue(40)
        half = figure.pose(expression={"blink_left": 0.4, "blink_right": 0.4})
        assert stage.pose.vertices == pytest.approx(half.vertices, abs=1e-9)
        assert action.isChecked()
        action.trigger()
        assert slider.value() == 0
        assert stage.pose is figure.neutral

    def test_a_neutral_face_has_open_eyes(self, window: MainWindow, figure: Figure) -> None:
        anatomy, stage = window.explore.anatomy, window.viewport.stage
        assert stage is not None
        anatomy.expressions.sliders["eyes"].setValue(100)
        assert anatomy.expressions.reset.isEnabled()
        anatomy.actions.neutral.trigger()
        assert stage.pose is figure.neutral
        assert anatomy.expressions.sliders["eyes"].value() == 0
        assert not window.explore.actions.eyes.isChecked()
        assert not anatomy.expressions.reset.isEnabled()

    def test_the_inset_keeps_the_face_and_then_the_hand_in_sight(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        inset = window.explore.anatomy.inset
        assert inset.shows == ""
        window.state.fly_to("LI4", "left")
        qtbot.waitUntil(lambda: inset.shows == "face", timeout=8000)
        qtbot.mouseClick(inset.frame, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: inset.shows == "LI4", timeout=8000)
        window.state.select(None)
        assert inset.shows == ""

    def test_the_inset_shows_the_side_that_is_chosen(self, qtbot: QtBot, window: MainWindow) -> None:
        inset, stage = window.explore.anatomy.inset, window.viewport.stage
        assert inset.inset is not None
        assert stage is not None
        for side, sign in (("right", -1), ("left", 1)):
            window.state.select("LI4", side)
            assert inset.shows == "LI4"
            assert inset.inset.state.focus[0] * sign > 0
        window.state.select("LI4", "right")
        qtbot.mouseClick(inset.frame, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: inset.shows == "face", timeout=8000)
        assert stage.views.state.focus[0] < 0

    def test_what_was_flown_to_stays_the_side_at_hand(self, qtbot: QtBot, window: MainWindow) -> None:
        stage, lines = window.viewport.stage, window.viewport.stage.overlays.lines("construction")  # type: ignore[union-attr]
        assert stage is not None
        window.state.fly_to("SP6")
        qtbot.waitUntil(lambda: window.viewport._flight is None, timeout=8000)
        assert stage.views.state.focus[0] > 0
        assert stage.views.state.azimuth < -10, "the inside of the left leg is seen from the right"
        window.state.set_goal("acne", True)
        assert lines._positions[:, 0].mean() > 0

    def test_another_room_finds_the_figure_bare(self, window: MainWindow) -> None:
        anatomy = window.explore.anatomy
        anatomy.state.set_layers({"zones"})
        anatomy.set_active(False)
        assert not window.viewport.stage.overlays.areas("zones").actor.GetVisibility()  # type: ignore[union-attr]
        assert not anatomy.legend.isVisible()
        anatomy.set_active(True)
        assert window.viewport.stage.overlays.areas("zones").actor.GetVisibility()  # type: ignore[union-attr]
        assert anatomy.legend.isVisible()

    def test_layers_that_were_on_last_come_after_the_window(
        self, qtbot: QtBot, make_window: MakeWindow
    ) -> None:
        Settings().save_layers(frozenset({"channels"}))
        window = make_window(show=False)
        assert window.viewport.stage is not None
        lines = window.viewport.stage.overlays.lines("channels").actor
        assert window.explore.anatomy.actions.layers["channels"].isChecked()
        assert not lines.GetVisibility()
        window.show()
        qtbot.waitUntil(lambda: bool(lines.GetVisibility()), timeout=5000)
