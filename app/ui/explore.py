"""Explore: goals and points on the left, the figure, what is known on the right."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain.points import DEFAULT_USES
from app.geometry.figure import Figure
from app.ui.anatomy.tools import AnatomyTools
from app.ui.bars import CounterBar, ViewBar, gap, word_button
from app.ui.blocks import Column
from app.ui.explore_actions import ExploreActions
from app.ui.figure_view import FigureView
from app.ui.goal_panel import GoalPanel
from app.ui.point_list import PointList
from app.ui.reading_panel import ReadingPanel
from app.ui.room import Room
from app.ui.search_box import SearchBox
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport
from app.ui.words import count


class ExploreRoom(Room):
    """The room a person enters first."""

    name = "explore"
    title = "Explore"

    def __init__(self, state: ViewState, viewport: Viewport, figure: Figure, theme: Theme) -> None:
        super().__init__()
        self._state = state
        self._viewport = viewport
        self.actions = ExploreActions(state, viewport, theme, self)
        self._figure_view = FigureView(state, viewport, figure, theme)
        self.anatomy = AnatomyTools(state, viewport, figure, theme, self)
        self.anatomy.state.expression_changed.connect(
            lambda: self._figure_view.set_expression(self.anatomy.state.expression)
        )
        self.search = SearchBox(state, theme)
        self.search.found.connect(viewport.setFocus)  # the next keys are for the figure
        self.left = LeftPanel(state, theme)
        self.right = ReadingPanel(state, theme, self.anatomy)
        self.tools = self._make_tools()
        self.below = Column(*self.anatomy.below(), ViewBar(self.actions.view_groups()))
        self.status = CounterBar(state)
        self.actions.advanced.triggered.connect(self._tell_advanced)
        self._figure_view.out_of_sight_changed.connect(self.status.tell_out_of_sight)
        self.keys = {**self.actions.keys(), "Anatomy": self.anatomy.actions.with_keys()}
        self.menus = (self.actions.view_menu(), self.actions.point_menu(), self.anatomy.menu())

    def enter(self) -> None:
        self.anatomy.set_active(True)
        self._viewport.hovered.connect(self._figure_view.hover_site)
        self._viewport.clicked.connect(self._on_clicked)
        self._viewport.double_clicked.connect(self._on_double_clicked)

    def leave(self) -> None:
        self.anatomy.set_active(False)
        self._viewport.hovered.disconnect(self._figure_view.hover_site)
        self._viewport.clicked.disconnect(self._on_clicked)
        self._viewport.double_clicked.disconnect(self._on_double_clicked)

    def _make_tools(self) -> QWidget:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.search.setMaximumWidth(420)
        layout.addWidget(self.search, 3)
        layout.addStretch(1)
        layout.addWidget(word_button(self.actions.next_labels, self.actions.label_menu()))
        for button in self.anatomy.buttons():
            layout.addWidget(button)
        layout.addWidget(word_button(self.actions.eyes))
        layout.addWidget(word_button(self.actions.advanced))
        layout.addWidget(gap(8))
        return holder

    def _on_clicked(self, site: int | None) -> None:
        """A click beside every marker selects nothing; one with the ruler measures."""
        if self.anatomy.state.ruler:
            return
        self._state.select_site(site)

    def _tell_advanced(self, on: bool) -> None:
        """Say what the switch has changed: of some goals nothing, and of others what lies out of sight."""
        more = sum(shown.point.use not in DEFAULT_USES for shown in self._state.points)
        found = count(more, "point") if more else "none"
        words = f"For trained hands or for reference: {found} in what is switched on"
        self.status.tell(words if on else "Points for trained hands and for reference are hidden")

    def _on_double_clicked(self, site: int | None) -> None:
        if site is not None:
            self._state.fly_to(self._state.sites.codes[site], self._state.sites.sides[site])


class LeftPanel(QFrame):
    """Two pages under tabs: goals, and the points that are switched on."""

    def __init__(self, state: ViewState, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._state = state
        self.goals = GoalPanel(state, theme)
        self.points = PointList(state, theme)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("Goals")
        self.tabs.addTab("Points")
        self.tabs.setTabToolTip(0, "Skin goals and treatments")
        self.tabs.setTabToolTip(1, "The points that are switched on, as a list")
        pages = QStackedWidget()
        pages.addWidget(self.goals)
        pages.addWidget(self.points)
        self.tabs.currentChanged.connect(pages.setCurrentIndex)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(pages, 1)
        state.shown_changed.connect(self._on_shown_changed)
        self._on_shown_changed()

    def _on_shown_changed(self) -> None:
        self.tabs.setTabText(1, f"Points ({len(self._state.points)})")
