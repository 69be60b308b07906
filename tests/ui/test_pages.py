"""What the right panel says, read as a user reads it."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.library import Library
from app.ui.goal_page import goal_page
from app.ui.point_page import needle_lines, point_page
from app.ui.reading_panel import ReadingPanel
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.words import DISCLAIMER, NO_GUARANTEE


@dataclass
class Pages:
    """Makes pages and shows them, so that what is hidden can be told from what is seen."""

    state: ViewState
    theme: Theme
    qtbot: QtBot

    def of_point(self, code: str) -> QWidget:
        return self._shown(point_page(self.state, self.theme, self.state.library.points[code]))

    def of_goals(self) -> QWidget:
        return self._shown(goal_page(self.state, self.theme))

    def _shown(self, page: QWidget) -> QWidget:
        self.qtbot.addWidget(page)
        page.show()
        return page


@pytest.fixture
def pages(state: ViewState, theme: Theme, qtbot: QtBot) -> Pages:
    return Pages(state, theme, qtbot)


def words(page: QWidget) -> str:
    """Every visible text of a page."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_a_point_is_told_with_all_its_names(pages: Pages) -> None:
    page = words(pages.of_point("LI4"))
    for name in ("LI4", "Hégǔ", "合谷", "Joining Valley", "Large Intestine channel", "Both sides, 2 needles"):
        assert name in page


def test_a_point_is_told_with_place_needle_care_and_sources(pages: Pages, library: Library) -> None:
    page = words(pages.of_point("LI4"))
    assert library.points["LI4"].location in page
    assert "Depth about 10 to 25 mm (0.5 to 1 cun)" in page
    assert "Pregnancy: Traditionally avoided in pregnancy" in page
    assert "Confidence high: two standards agree" in page
    assert "WHO2008" in page
    assert DISCLAIMER in page


def test_the_full_citation_stands_behind_a_source(pages: Pages, library: Library) -> None:
    page = pages.of_point("LI4")
    chips = [label for label in page.findChildren(QLabel) if label.text() == "WHO2008"]
    assert library.sources["WHO2008"].cite in chips[0].toolTip()


def test_every_goal_of_a_point_gives_its_reason(pages: Pages, library: Library) -> None:
    page = words(pages.of_point("ST3"))
    goals = library.goals_of("ST3")
    assert len(goals) > 2
    for goal in goals:
        assert goal.title in page
        for name in goal.groups:
            for item in library.groups[name].points:
                if item.code == "ST3":
                    assert item.reason in page


def test_how_many_of_your_goals(pages: Pages, state: ViewState) -> None:
    assert "Not switched on" in words(pages.of_point("ST3"))
    state.set_goal("lines", True)
    state.set_goal("collagen", True)
    assert "In 2 of your goals" in words(pages.of_point("ST3"))


@pytest.mark.parametrize("code", ["BL1", "ST1", "LI5"])
def test_needling_that_is_not_for_all_is_hidden_until_it_is_asked_for(pages: Pages, code: str) -> None:
    page = pages.of_point(code)
    lines = needle_lines(pages.state.library.points[code].needle)
    assert not any(line in words(page) for line in lines)
    shows = [
        button for button in page.findChildren(QPushButton) if button.text() == "Show needling for study"
    ]
    assert len(shows) == bool(lines)
    for show in shows:
        show.click()
        assert all(line in words(page) for line in lines)
        assert not show.isVisible()


def test_no_page_shows_depth_of_an_advanced_or_reference_point(pages: Pages, library: Library) -> None:
    kept = [point.code for point in library.points.values() if point.use in ("advanced", "reference only")]
    assert len(kept) > 10
    for code in kept:
        assert "Depth about" not in words(pages.of_point(code))


def test_a_point_without_a_place_says_why(pages: Pages, library: Library) -> None:
    without = [point for point in library.points.values() if point.position is None]
    assert without, "GV28 lies inside the mouth"
    for point in without:
        page = pages.of_point(point.code)
        assert "Not placed on the figure." in words(page)
        fly = next(button for button in page.findChildren(QPushButton) if button.text() == "Fly there")
        assert not fly.isEnabled()


def test_every_point_has_a_page(pages: Pages, library: Library) -> None:
    for point in library.points.values():
        assert point.code in words(pages.of_point(point.code))


def test_goals_are_told_in_words_for_a_client_with_what_is_known(pages: Pages, state: ViewState) -> None:
    state.set_goal("lines", True)
    page = words(pages.of_goals())
    goal = state.library.goals["lines"]
    assert goal.client in page
    assert goal.evidence_text in page
    assert "Small or weak trials" in page
    assert NO_GUARANTEE in page
    assert DISCLAIMER in page


def test_no_goal_gives_a_welcome_and_still_no_promise(pages: Pages) -> None:
    page = words(pages.of_goals())
    assert "Switch on a skin goal on the left" in page
    assert NO_GUARANTEE in page


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("digestion", "All needles lie on the body."),
        ("anxiety", "10 of the 12 needles lie on the body."),
    ],
)
def test_a_goal_with_little_on_the_face_says_so_and_leads_there(
    pages: Pages, state: ViewState, qtbot: QtBot, goal: str, told: str
) -> None:
    state.set_goal(goal, True)
    page = pages.of_goals()
    assert told in words(page)
    show = next(button for button in page.findChildren(QPushButton) if button.text() == "Show them")
    with qtbot.waitSignal(state.view_chosen) as asked:
        show.click()
    assert asked.args == ["fit"]


def test_a_goal_that_is_mostly_on_the_face_does_not(pages: Pages, state: ViewState) -> None:
    state.set_goal("acne", True)
    assert state.needles.body
    assert "lie on the body" not in words(pages.of_goals())


def test_of_a_goal_that_is_partly_on_it_says_how_many_needles(pages: Pages, state: ViewState) -> None:
    state.set_group("lines", "glabella", True)
    page = words(pages.of_goals())
    assert f"{state.needles.total} of its 46 needles switched on" in page


def test_groups_of_no_goal_are_told_with_each_point(pages: Pages, state: ViewState) -> None:
    state.set_group(None, "bunny", True)
    page = words(pages.of_goals())
    group = state.library.groups["bunny"]
    assert "Welcome" not in page
    assert "Groups of points that no goal uses." in page
    assert group.title.upper() in page
    assert "Nose, 4 face needles" in page
    assert all(item.code in page and item.reason in page for item in group.points)
    assert "Tradition or habit" in page


def test_the_treatment_says_what_is_on_besides(pages: Pages, state: ViewState) -> None:
    state.set_whole_treatment("typical", None)
    assert "With what else" not in words(pages.of_goals())
    state.set_goal("lines", True)
    needles = state.needles
    told = f"{needles.face} face needles and 12 body needles, {needles.total - 52} more than the treatment."
    assert f"With what else is switched on: {told}" in words(pages.of_goals())


def test_what_is_switched_on_is_seen_at_once(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    panel = ReadingPanel(state, theme)
    qtbot.addWidget(panel)
    panel.resize(356, 300)
    panel.show()
    for goal in ("lines", "acne", "digestion"):
        state.set_goal(goal, True)
        qtbot.waitUntil(lambda goal=goal: bool(panel.widget().findChild(QWidget, f"goal {goal}")))  # type: ignore[misc]
        part = panel.widget().findChild(QWidget, f"goal {goal}")
        assert part is not None
        seen = (
            panel.viewport()
            .rect()
            .intersects(QRect(part.mapTo(panel.viewport(), QPoint()), QSize(part.width(), 40)))
        )
        assert seen, goal


def test_the_treatment_is_told_with_its_basis(pages: Pages, state: ViewState) -> None:
    state.set_whole_treatment("typical", "body_pregnancy_compatible")
    page = words(pages.of_goals())
    assert "40 face needles, 12 body needles, 20 to 25 minutes" in page
    assert "still usually postponed" in page
    assert "no published protocol has exactly this list" in page


def test_the_panel_follows_the_selection(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    panel = ReadingPanel(state, theme)
    qtbot.addWidget(panel)
    panel.resize(356, 600)
    panel.show()
    assert "Welcome" in words(panel)
    state.select("ST3")
    qtbot.waitUntil(lambda: "Jùliáo" in words(panel))
    state.select(None)
    qtbot.waitUntil(lambda: "Welcome" in words(panel))


def test_no_page_is_wider_than_the_panel(
    qtbot: QtBot, state: ViewState, theme: Theme, library: Library
) -> None:
    for code in library.points:
        page = point_page(state, theme, library.points[code])
        qtbot.addWidget(page)
        assert page.minimumSizeHint().width() <= 290, code


def test_a_page_ends_where_its_words_end(qtbot: QtBot, state: ViewState, theme: Theme) -> None:
    panel = ReadingPanel(state, theme)
    qtbot.addWidget(panel)
    panel.resize(356, 300)
    panel.show()
    for code in ("EX-HN4", "LI4", "ST3"):
        state.select(code)
        qtbot.waitUntil(lambda code=code: code in words(panel))  # type: ignore[misc]
        page = panel.widget()
        qtbot.waitUntil(lambda page=page: page.height() == page.layout().heightForWidth(page.width()))  # type: ignore[misc]
