"""The right panel: the page of the selected point, or of the goals while none is selected."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.ui.anatomy.tools import AnatomyTools
from app.ui.goal_page import goal_page, part_names
from app.ui.point_page import point_page
from app.ui.state import ViewState
from app.ui.theme import Theme

TOP_PX = 14
"""What stays free above a part of the page that is scrolled to."""
DELAY_MS = 15
"""Long enough for the figure's next frame to be asked for first."""


class ReadingPanel(QScrollArea):
    """Builds its page anew, once, after whatever it tells about has changed; the figure is drawn before it."""

    def __init__(
        self,
        state: ViewState,
        theme: Theme,
        anatomy: AnatomyTools | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._theme = theme
        self._anatomy = anatomy
        self._page_of: str | None = None
        self._parts: tuple[str, ...] = ()
        self.setWidgetResizable(True)
        self.setAccessibleName("About the selected point or the goals")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(DELAY_MS)
        self._due.timeout.connect(self._rebuild)
        for signal in (
            state.selected_changed,
            state.shown_changed,
            state.library_changed,
            theme.theme_changed,
        ):
            signal.connect(self._due.start)
        if anatomy is not None:
            anatomy.state.layers_changed.connect(self._due.start)
        self._rebuild()

    def _rebuild(self) -> None:
        point = self._state.selected
        code = point.code if point else None
        keep = self.verticalScrollBar().value() if code == self._page_of else 0
        if point:
            page = point_page(self._state, self._theme, point, self._anatomy)
        else:
            page = goal_page(self._state, self._theme)
        parts = part_names(self._state)
        new = next((name for name in parts if name not in self._parts), None)
        self._page_of, self._parts = code, parts
        self.setWidget(page)
        self.verticalScrollBar().setValue(keep)
        part = page.findChild(QWidget, new) if new and not point else None
        if part is not None:
            self._show_from_top(page, part)

    def _show_from_top(self, page: QWidget, part: QWidget) -> None:
        """Scroll to what was just switched on; what it has to say must not lie below the others' words."""
        for layout in (page.layout(), part.layout()):
            if layout is not None:
                layout.activate()
        self.verticalScrollBar().setValue(part.y() - TOP_PX)
