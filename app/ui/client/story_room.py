"""The client's view: the story beside the figure, full screen in the same window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.story import Step, story
from app.ui.actions import make_action
from app.ui.client.figure import ClientFigure
from app.ui.client.plan_state import PlanState
from app.ui.client.story_panel import StoryPanel
from app.ui.room import Room
from app.ui.theme import Theme
from app.ui.viewport import Viewport

_TEXT_SHARE, _SKIN_SHARE = 0.46, 0.68
"""Of the window's width that the panel takes on a step with words, and on one with the drawn skin."""

_LABEL_SIZE = 1.8
"""Of the names on the figure, in usual sizes: a client looks over the practitioner's shoulder."""


class StoryRoom(Room):
    """No menus, no bars, nothing to edit. Clicks and keys lead on and back; dragging turns the figure."""

    name = "story"
    title = ""
    bare = True

    def __init__(
        self, plan: PlanState, viewport: Viewport, figure: ClientFigure, theme: Theme, end: Callable[[], None]
    ) -> None:
        super().__init__()
        self._plan = plan
        self._viewport = viewport
        self._figure = figure
        self._theme = theme
        self._end = end
        self.panel = StoryPanel(theme)
        self.right = self.panel
        self.steps: tuple[Step, ...] = ()
        self.number = 0
        self.text_on = True
        self.codes_on = False
        self._sizes_before: list[int] = []
        self._window_before = Qt.WindowState.WindowNoState
        self._go_back: Callable[[], None] | None = None
        self._actions = self._make_actions()
        self.panel.addActions(self._actions)

    @property
    def step(self) -> Step:
        return self.steps[self.number]

    def enter(self) -> None:
        self.steps = story(self._plan.planner, self._plan.plan)
        self.number = 0
        self.text_on = True
        self.panel.show_verdicts(self._plan.prepared.verdicts)
        self._viewport.clicked.connect(self._on_figure_clicked)
        self.panel.clicked.connect(self.next)
        self._figure.enter()
        self._figure.set_label_size(_LABEL_SIZE * self._theme.scale)
        self._go_back = self._viewport.remember_camera()
        splitter = self._splitter()
        self._sizes_before = splitter.sizes() if splitter else []
        window = self._viewport.window()
        self._window_before = window.windowState()
        window.showFullScreen()
        self._show()
        self.panel.setFocus()

    def leave(self) -> None:
        self._viewport.clicked.disconnect(self._on_figure_clicked)
        self.panel.clicked.disconnect(self.next)
        self.panel.skin.stop()
        self._figure.set_label_size(1.0)
        self._figure.leave()
        self._viewport.window().setWindowState(self._window_before)
        splitter = self._splitter()
        if splitter and self._sizes_before:
            splitter.setSizes(self._sizes_before)
        if self._go_back:
            self._go_back()
            self._go_back = None

    def next(self) -> None:
        self._go(self.number + 1)

    def back(self) -> None:
        self._go(self.number - 1)

    def toggle_text(self) -> None:
        """Hide or show words, and the names on the figure."""
        self.text_on = not self.text_on
        self.panel.set_text(self.text_on)
        self._figure.show_step(self.step, self.text_on, self.codes_on)

    def toggle_codes(self) -> None:
        """Name points by their codes, for a client who asks."""
        self.codes_on = not self.codes_on
        self._figure.show_step(self.step, self.text_on, self.codes_on)

    def _make_actions(self) -> list[QAction]:
        return [
            make_action(self, "Next", self.next, ("Right", "PgDown", "Space", "Return", "Down")),
            make_action(self, "Back", self.back, ("Left", "PgUp", "Backspace", "Up")),
            make_action(self, "Hide or show words and names", self.toggle_text, ("T", ".", "B")),
            make_action(self, "Codes of the points", self.toggle_codes, ("C",)),
            make_action(self, "End the story", self._end, ("Esc", "F5")),
        ]

    def _on_figure_clicked(self, _site: int | None) -> None:
        self.next()

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.steps) and number != self.number:
            self.number = number
            self._show()

    def _show(self) -> None:
        step = self.step
        splitter = self._splitter()
        if splitter:
            share = _SKIN_SHARE if step.scene == "skin" else _TEXT_SHARE
            width = sum(splitter.sizes())
            splitter.setSizes([0, round(width * (1 - share)), round(width * share)])
        self.panel.show_step(step, self.number, len(self.steps))
        self.panel.set_text(self.text_on)
        self._figure.show_step(step, self.text_on, self.codes_on)
        self._figure.fly_for(step)

    def _splitter(self) -> QSplitter | None:
        """The splitter that the panel stands in, inside its stack."""
        widget: QWidget | None = self.panel
        while widget is not None and not isinstance(widget, QSplitter):
            widget = widget.parentWidget()
        return (
            widget
            if isinstance(widget, QSplitter) and widget.orientation() == Qt.Orientation.Horizontal
            else None
        )
