"""Edit: the room in which sets are built. Outside it nothing can be moved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.domain.builtin import load_library
from app.geometry.figure import Figure
from app.ui.bars import ViewBar, gap, tool_button, word_button
from app.ui.edit.actions import EditActions
from app.ui.edit.compare_lines import CompareLines
from app.ui.edit.compare_panel import ComparePanel
from app.ui.edit.figure import EditFigure
from app.ui.edit.files import EditFiles
from app.ui.edit.gestures import Gestures
from app.ui.edit.group_form import GroupForm
from app.ui.edit.group_tree import is_point
from app.ui.edit.hand_note import HandNote
from app.ui.edit.picture import write_picture
from app.ui.edit.point_form import PointForm
from app.ui.edit.reading import Compared
from app.ui.edit.session import EditSession
from app.ui.edit.set_panel import SetPanel
from app.ui.edit.side_lists import HealthPanel, HistoryPanel
from app.ui.edit.template_bar import TemplateBar
from app.ui.room import Room
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport

TOLD_MS = 8000
"""How long a sentence stands at the window's lower edge, unless the set is changed before."""
_TABS = ("Point", "Group", "Health", "History")
_FIVE_TABS = "QTabBar::tab { margin: 0 3px; }"
"""With a fifth one they stand nearer to each other, and find room in the narrow panel of a small window."""


class EditRoom(Room):
    """A set under a trainer's hands; what is built here is what Explore shows."""

    name = "edit"
    title = "Edit"

    def __init__(
        self, state: ViewState, viewport: Viewport, figure: Figure, theme: Theme, window: QMainWindow
    ) -> None:
        super().__init__()
        self._state = state
        self._viewport = viewport
        self._window = window
        self._theme = theme
        self._shown: object = None
        self._selected: tuple[tuple[str, ...], str, str] = ((), "", "")
        self._entered = False
        self.session = EditSession(load_library(), figure, self)
        self.drawn = EditFigure(self.session, state, viewport)
        self.gestures = Gestures(self.session, self.drawn, viewport)
        self.files = EditFiles(self.session, window, lambda path: write_picture(self.session, viewport, path))
        self.actions = EditActions(self.session, self.files, viewport, theme, self)
        self.actions.labels.toggled.connect(self.drawn.set_labels)
        self.left = self.set_panel = SetPanel(self.session, theme)
        self.point_form = PointForm(self.session, theme)
        self.group_form = GroupForm(self.session, theme)
        self.health = HealthPanel(self.session, theme)
        self.history = HistoryPanel(self.session, theme)
        self.right = self._make_right()
        self.tools = self._make_tools()
        self.below = self._make_below()
        self.status = self._make_status()
        self.menus = (self.actions.edit_menu(), self.actions.view_menu())
        self.file_actions = self.actions.file_actions()
        self.keys = self.actions.keys()
        self.comparison: ComparePanel | None = None
        self._lines = CompareLines(viewport)
        self.files.compared.connect(self._show_comparison)
        self.files.opened.connect(self._on_opened)
        self.session.file.file_changed.connect(self._show_name)
        self.session.selection_changed.connect(self._on_selected)
        # A click on what is selected already shows its page as well.
        self.set_panel.tree.itemClicked.connect(lambda item: self._tabs.setCurrentIndex(not is_point(item)))
        self.set_panel.rows.itemClicked.connect(lambda: self._tabs.setCurrentIndex(0))
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(TOLD_MS)
        self._fade.timeout.connect(self._told.clear)
        # What was told of the state before is no longer so; what is told of this one comes after the change.
        self.session.file.changed.connect(self._told.clear)
        self.session.tool_changed.connect(self._told.clear)
        self._tabs.currentChanged.connect(self._told.clear)
        self.session.told.connect(self._tell)
        self.note = HandNote(window, theme)
        for past in (
            self.session.file.changed,
            self.session.tool_changed,
            self.session.selection_changed,
            self.gestures.began,
            self._tabs.currentChanged,
        ):
            past.connect(self.note.clear)
        self.session.refused.connect(self._refuse)
        self.gestures.kept_back.connect(self._refuse)
        self.gestures.measured.connect(self.health.show_in_hand)
        self.gestures.carried.connect(self.point_form.show_in_hand)
        self.gestures.looked.connect(self._looked.setText)
        self.health.found.connect(self._on_health)

    def enter(self) -> None:
        self._entered = True
        self.drawn.enter()
        self.gestures.enter()
        self._show_name()
        self.health.examine()
        if self.comparison is not None:
            self._lines.show()
        self._viewport.setFocus()

    def leave(self) -> None:
        """Give the figure back, and hand the set over to Explore."""
        self._entered = False
        self.note.clear()
        self.gestures.leave()
        if self.comparison is not None:
            self._lines.hide()
        self.drawn.leave()
        self.show_in_explore()

    def show_in_explore(self) -> None:
        """Make the set what every other room shows, saved or not."""
        library = self.session.file.library
        if self._shown is not library:
            self._shown = library
            self._state.set_library(library, self.session.bound.sites(library.points.values()))
        else:
            # Nothing is new, but the figure shows the editor's points and must be drawn anew.
            self._state.shown_changed.emit()

    def open_file(self, path: Path) -> None:
        """Edit the set in a file that the window has opened; what is unsaved is asked about first."""
        if self.session.file.path is None or self.session.file.path.resolve() != path.resolve():
            self.files.when_saved(lambda: self.files.open(path))

    def may_close(self, close: Callable[[], object]) -> bool:
        """Whether the window may close now; if not, it is asked, and `close` is called once it may."""
        if not self.session.file.is_dirty:
            self.session.file.close()
            return True

        def go() -> None:
            self.session.file.close()
            self.session.file.start_new()
            close()

        self.files.when_saved(go)
        return False

    def _make_right(self) -> QWidget:
        panel = QFrame()
        panel.setProperty("role", "panel")
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._pages = pages = QStackedWidget()
        for words, page in zip(
            _TABS, (self.point_form, self.group_form, self.health, self.history), strict=True
        ):
            self._tabs.addTab(words)
            pages.addWidget(page)
        self._tabs.currentChanged.connect(pages.setCurrentIndex)
        row = QHBoxLayout()
        row.setContentsMargins(14, 4, 12, 0)
        row.addWidget(self._tabs)
        row.addStretch()
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(pages, 1)
        return panel

    def _show_comparison(self, path: Path, found: Compared) -> None:
        """Show a comparison on a page of its own, in the place of one that is shown."""
        self.end_comparison()
        self.comparison = ComparePanel(self.session, path.name, found, self._lines, self._theme)
        self.comparison.closed.connect(self.end_comparison)
        self._pages.addWidget(self.comparison)
        self._tabs.setStyleSheet(_FIVE_TABS)
        self._tabs.setCurrentIndex(self._tabs.addTab("Compare"))

    def end_comparison(self) -> None:
        """Take the page of a comparison away, and what it draws on the figure."""
        if self.comparison is None:
            return
        panel, self.comparison = self.comparison, None
        self._tabs.removeTab(len(_TABS))
        self._tabs.setStyleSheet("")
        self._pages.removeWidget(panel)
        panel.deleteLater()
        self._lines.hide()

    def _make_tools(self) -> QWidget:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._name = QLabel()
        self._name.setProperty("role", "muted")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for action in self.actions.tools.values():
            layout.addWidget(word_button(action))
        layout.addWidget(gap(10))
        for action in (*self.actions.switches.values(), self.actions.undo, self.actions.redo):
            layout.addWidget(tool_button(action))
        layout.addWidget(gap(10))
        layout.addWidget(self._name, 1)
        return holder

    def _make_below(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.template_bar = TemplateBar(self.session, self._viewport)
        column.addWidget(self.template_bar)
        column.addWidget(ViewBar(self.actions.view_groups()))
        return holder

    def _make_status(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "bar")
        self._looked, self._told = QLabel(), QLabel()
        self._looked.setProperty("role", "muted")
        self._told.setProperty("role", "strong")
        self._looked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(18)
        row.addWidget(self._looked, 1)
        row.addWidget(self._told)
        return bar

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._fade.start()

    def _refuse(self, sentence: str) -> None:
        """Say why something was not done where the hand is; the line of what was done no longer stands."""
        self._told.clear()
        if sentence:
            self.note.tell(sentence)
        else:
            self.note.clear()

    def _on_opened(self) -> None:
        self._show_name()
        self.drawn.draw()

    def _on_selected(self) -> None:
        """Show what was selected last: a point, or a group or goal."""
        session, before = self.session, self._selected
        self._selected = (session.selected, session.group, session.goal)
        if self._tabs.currentIndex() == len(_TABS):
            return  # A comparison is gone through point by point and stays in front.
        if self._selected[1:] != before[1:] and (session.group or session.goal):
            self._tabs.setCurrentIndex(1)
        elif session.selected and session.selected != before[0]:
            self._tabs.setCurrentIndex(0)

    def _on_health(self, mistakes: int, notices: int) -> None:
        self._tabs.setTabText(2, f"Health ({mistakes + notices})" if mistakes + notices else "Health")

    def _show_name(self) -> None:
        file = self.session.file
        mark = " - not saved" if file.is_dirty else ""
        self._name.setText(f"{file.name}{mark}")
        self._name.setToolTip(str(file.path) if file.path else "")
        if self._entered:
            self._window.setWindowTitle(f"{file.name}{'*' if file.is_dirty else ''} - Facepoints")
