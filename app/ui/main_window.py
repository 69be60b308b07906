"""The window: one figure in the middle, the entered room's parts around it, menus above. Nothing else."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.geometry.exchange.asking import Question
from app.geometry.figure import Figure
from app.ui.actions import make_action, offer, set_icon
from app.ui.bars import tool_button
from app.ui.beside import read_beside
from app.ui.explore import ExploreRoom
from app.ui.messages import ask, tell_problem, when_no_dialog_is_open
from app.ui.modes import ModeBar
from app.ui.opening import OpenedSet, open_library, open_set
from app.ui.recent_files import RecentFiles
from app.ui.room import Place, Room, order_focus
from app.ui.settings import Settings
from app.ui.shortcuts import ShortcutsDialog
from app.ui.state import ViewState
from app.ui.theme import SCALES, Choice, Theme
from app.ui.viewport import Viewport
from app.ui.words import DISCLAIMER, NO_GUARANTEE, count

if TYPE_CHECKING:
    from app.ui.edit.room import EditRoom

LEFT, RIGHT = 344, 356
_NO_SET = "none is open"
_THEMES: dict[Choice, str] = {"desktop": "As the desktop", "light": "Light", "dark": "Dark"}


class MainWindow(QMainWindow):
    """Builds everything once; the viewport before the window is shown, as its OpenGL needs."""

    def __init__(self, state: ViewState, figure: Figure, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Facepoints")
        self.setAcceptDrops(True)
        self.state = state
        self.theme = theme
        self._figure = figure
        self._settings = settings
        self._rooms: list[Room] = []
        self._entered: Room | None = None
        self.viewport = Viewport(figure, theme.name, self)
        self._left, self._right, self._tools, self._below, self._status = (Place() for _ in range(5))
        self._splitter = self._build_body()
        self._widths: list[int] = []
        self._make_actions()
        self.edit: EditRoom | None = None
        self._path: Path | None = None
        self._recent = RecentFiles()
        self._room_menus: list[QMenu] = []
        self._build_menus()
        self.explore = ExploreRoom(state, self.viewport, figure, theme)
        self.add_room(self.explore)
        self.modes.add("Explore", "Goals, points and what is known of them", lambda: self.explore)
        self.modes.add("Client", "Plan, screen, explain and give a treatment", self._make_client_room)
        self.modes.add("Study", "Learn where points lie and prove it", self._make_study_room)
        self.modes.add("Edit", "Build point sets of your own", self._make_edit_room)
        self.modes.chosen.connect(self.enter)
        self.modes.actions_in_order[0].trigger()
        self._restore()
        self.viewport.setFocus()

    def add_room(self, room: Room) -> None:
        """Take a room's parts in; its keys work while it is entered."""
        room.setParent(self)
        self._rooms.append(room)
        for stack, part in self._parts(room):
            stack.addWidget(part or QWidget())
        self._file_menu.insertActions(self._file_rule, room.file_actions)
        for menu in room.menus:
            if menu not in self._room_menus:
                self._room_menus.append(menu)
                self.menuBar().insertMenu(self._window_menu.menuAction(), menu)

    def enter(self, room: Room) -> None:
        """Show a room's parts and give it the figure."""
        if room is self._entered:
            return
        if room not in self._rooms:
            self.add_room(room)
        if self._entered is not None:
            self._entered.leave()
            if not self._entered.bare:
                self._widths = self._splitter.sizes()
        self._entered = room
        self.modes.show_entered(room)
        for stack, part in self._parts(room):
            stack.setCurrentIndex(self._rooms.index(room))
            stack.setVisible(part is not None)
        for menu in self._room_menus:
            menu.menuAction().setVisible(menu in room.menus)
        for own in self._rooms:
            for action in own.file_actions:
                action.setVisible(own is room)
        for action in (self._open, self._built_in):
            action.setVisible(not room.file_actions)
        self._show_title()
        self.menuBar().setVisible(not room.bare)
        self._top.setVisible(not room.bare)
        if not room.bare and self._widths:
            # A bare room may have spread over the panels.
            self._splitter.setSizes(self._widths)
        above = (self.modes, self._tools, *self._buttons)
        order_focus(*above, self._left, self.viewport, self._below, self._right, self._status)
        room.enter()

    def open_file(self, path: Path) -> None:
        """Open a point set over the built-in one. What cannot be opened is told and changes nothing."""
        read_beside(
            self,
            path,
            lambda step: open_set(path, self._figure, step),
            lambda found: self._show_opened(path, found),
            lambda problem: tell_problem(self, f"{path.name} was not opened", str(problem)),
        )

    def _show_opened(self, path: Path, found: OpenedSet | Question) -> None:
        if isinstance(found, Question):
            question = found
            answers = {f"{question.answer}, in Edit": lambda: self._open_in_edit(path, question)}
            ask(self, f"Open {path.name} all the same?", question.sentence, answers)
            return
        self._recent.add(path)
        self.state.set_library(found.library, found.sites)
        self.state.set_shown(found.own)
        if self.state.points:
            self.state.choose_view("fit")
        parts = (count(len(self.state.goals_on), "goal"), count(len(self.state.points), "point"))
        self.explore.status.tell(f"{path.name} is open: {', '.join(parts)} switched on")
        self._set_file(path)
        if self.edit is not None:
            self.edit.open_file(path)

    def _open_in_edit(self, path: Path, asked: Question) -> None:
        """Open a set that was asked about where it can be saved as it is then."""
        self.modes.actions_in_order[-1].trigger()
        assert self.edit is not None
        files = self.edit.files
        files.when_saved(lambda: files.open(path, asked))

    def offer_recovery(self) -> None:
        """Offer what a window that died has left unsaved, in Edit, once what else is asked or told is answered."""
        from app.ui.recovery_folder import has_orphans

        def offer() -> None:
            assert self.edit is not None
            self.edit.files.offer_recovery()

        def enter_edit() -> None:
            self.modes.actions_in_order[-1].trigger()
            when_no_dialog_is_open(self, offer)

        if has_orphans():
            when_no_dialog_is_open(self, enter_edit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.edit is not None and not self.edit.may_close(self.close):
            event.ignore()
            return
        self._settings.save_look(self.theme.choice, self.theme.scale, self.state.labels)
        self._settings.save_shown(self.state.shown)
        self._settings.save_layers(self.explore.anatomy.state.layers)
        self._settings.save_window(self.saveGeometry(), self._splitter.saveState())
        self.explore.anatomy.close()
        self.viewport.close_view()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            if self.edit is not None and self._entered is self.edit:
                self.edit.files.take(path)
            else:
                self.open_file(path)

    def _build_body(self) -> QSplitter:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.viewport, 1)
        column.addWidget(self._below)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        for part in (self._left, middle, self._right):
            splitter.addWidget(part)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([LEFT, 620, RIGHT])
        for side, width in ((self._left, 250), (self._right, 290)):
            side.setMinimumWidth(width)
        # F7 and F8 hide a panel and show it again; one that is drawn shut could not be found any more.
        splitter.setChildrenCollapsible(False)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top = QFrame()
        self._top.setProperty("role", "bar")
        self._top_row = QHBoxLayout(self._top)
        self._top_row.setContentsMargins(12, 6, 12, 8)
        self.modes = ModeBar()
        self._top_row.addWidget(self.modes)
        self._top_row.addWidget(self._tools, 1)
        layout.addWidget(self._top)
        layout.addWidget(_line())
        layout.addWidget(splitter, 1)
        layout.addWidget(_line())
        layout.addWidget(self._status)
        self.setCentralWidget(body)
        for stack in (self._tools, self._below, self._status):
            stack.setSizePolicy(stack.sizePolicy().horizontalPolicy(), stack.sizePolicy().Policy.Maximum)
        return splitter

    def _make_actions(self) -> None:
        self._open = make_action(self, "&Open point set...", self._ask_for_file, ("Ctrl+O",))
        self._built_in = make_action(
            self, "&Built-in points only", self._close_file, tip="Close the opened point set"
        )
        offer(self._built_in, False, _NO_SET)
        self._quit = make_action(self, "&Quit", self.close, ("Ctrl+Q",))
        self._find = make_action(
            self, "Find a point", lambda: self.explore.search.setFocus(), ("Ctrl+F", "/")
        )
        self._next_theme = make_action(
            self, "Light or dark", self._switch_theme, ("Ctrl+D",), "Switch between light and dark"
        )
        set_icon(self._next_theme, "theme", self.theme)
        self._larger = make_action(
            self, "Larger text", lambda: self.theme.step_scale(1), ("Ctrl++", "Ctrl+=")
        )
        self._smaller = make_action(self, "Smaller text", lambda: self.theme.step_scale(-1), ("Ctrl+-",))
        self._normal = make_action(self, "Normal text", lambda: self.theme.set_scale(1.0), ("Ctrl+0",))
        self._show_left = self._panel_action("Left panel", "F7", self._left)
        self._show_right = self._panel_action("Right panel", "F8", self._right)
        self._full_screen = make_action(self, "Full screen", self._set_full_screen, ("F11",), checkable=True)
        self._help = make_action(self, "Keys and mouse", self._show_keys, ("F1",))
        set_icon(self._help, "help", self.theme)
        self._about = make_action(self, "&About Facepoints", self._show_about)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        file = self._file_menu = bar.addMenu("&File")
        file.addActions([self._open, self._built_in])
        self._file_rule = file.addSeparator()
        file.addAction(self._quit)
        window = self._window_menu = bar.addMenu("&Window")
        themes = window.addMenu("Theme")
        group = QActionGroup(self)
        self._theme_actions: dict[Choice, QAction] = {}
        for choice, words in _THEMES.items():
            action = make_action(self, words, checkable=True)
            action.setChecked(choice == self.theme.choice)
            action.triggered.connect(lambda _checked=False, choice=choice: self.theme.set_choice(choice))
            group.addAction(action)
            themes.addAction(action)
            self._theme_actions[choice] = action
        window.addAction(self._next_theme)
        window.addActions([self._larger, self._smaller, self._normal])
        window.addSeparator()
        window.addActions([self._show_left, self._show_right, self._full_screen])
        self.theme.theme_changed.connect(self._on_theme_changed)
        self._offer_text_sizes()
        for menu in (file, window):
            menu.setToolTipsVisible(True)
        help_menu = bar.addMenu("&Help")
        help_menu.addActions([self._help, self._about])
        self.addAction(self._find)
        self._buttons = [tool_button(action) for action in (self._next_theme, self._help)]
        for button in self._buttons:
            self._top_row.addWidget(button)

    def _make_client_room(self) -> Room:
        from app.ui.client.room import ClientRoom  # Made when it is first entered.

        return ClientRoom(self.state, self.viewport, self._figure, self.theme, self.enter)

    def _make_study_room(self) -> Room:
        from app.ui.study.room import StudyRoom  # Made when it is first entered.

        return StudyRoom(self.state, self.viewport, self._figure, self.theme)

    def _make_edit_room(self) -> Room:
        from app.ui.edit.room import EditRoom  # Made when it is first entered.

        self.edit = EditRoom(self.state, self.viewport, self._figure, self.theme, self)
        if self._path is not None:
            self.edit.open_file(self._path)
        return self.edit

    def _parts(self, room: Room) -> tuple[tuple[Place, QWidget | None], ...]:
        """The window's places and what the room has for them, in the order in which Tab goes through them."""
        stacks = (self._tools, self._left, self._below, self._right, self._status)
        return tuple(zip(stacks, (room.tools, room.left, room.below, room.right, room.status), strict=True))

    def _panel_action(self, words: str, key: str, panel: QWidget) -> QAction:
        action = make_action(
            self, words, panel.setVisible, (key,), f"Show or hide the {words.lower()}", checkable=True
        )
        action.setChecked(True)
        return action

    def _restore(self) -> None:
        self.resize(1280, 800)
        if geometry := self._settings.geometry:
            self.restoreGeometry(geometry)
        if splitter := self._settings.splitter:
            self._splitter.restoreState(splitter)
        self.state.set_labels(self._settings.labels)
        self.explore.anatomy.state.set_layers(self._settings.layers)

    def _ask_for_file(self) -> None:
        names = "Point sets (*.points.json *.json);;All files (*)"
        dialog = QFileDialog(self, "Open a point set", str(self._recent.folder), names)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._recent.used(Path(name)))
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    def _close_file(self) -> None:
        library, sites = open_library(self._figure)
        self.state.set_library(library, sites)
        self._set_file(None)

    def _set_file(self, path: Path | None) -> None:
        self._path = path
        offer(self._built_in, path is not None, _NO_SET)
        self._show_title()

    def _show_title(self) -> None:
        """Name the file that every room shows; a room with files of its own names its own once it is entered."""
        self.setWindowTitle(f"{self._path.name} - Facepoints" if self._path else "Facepoints")

    def _switch_theme(self) -> None:
        self.theme.set_choice("light" if self.theme.name == "dark" else "dark")

    def _on_theme_changed(self) -> None:
        self._theme_actions[self.theme.choice].setChecked(True)
        self._offer_text_sizes()

    def _offer_text_sizes(self) -> None:
        scale = self.theme.scale
        offer(self._larger, scale < SCALES[-1], "it is as large as it can be")
        offer(self._smaller, scale > SCALES[0], "it is as small as it can be")
        offer(self._normal, scale != 1.0, "it is so already")

    def _set_full_screen(self, on: bool) -> None:
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def _show_keys(self) -> None:
        own = [self._find, self._open, self._next_theme, self._larger, self._smaller, self._normal]
        own += [self._show_left, self._show_right, self._full_screen, self._help, self._quit]
        room = self._entered.keys if self._entered else {}
        ShortcutsDialog({**room, "Modes": self.modes.actions_in_order, "Window": own}, self).show()

    def _show_about(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("About Facepoints")
        box.setText(f"Facepoints {__version__}")
        box.setInformativeText(f"{NO_GUARANTEE} {DISCLAIMER}")
        box.open()


def _line() -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "rule")
    return frame


def _dropped(event: QDropEvent) -> Path | None:
    """The one file that is dragged, None if it is none or several."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
