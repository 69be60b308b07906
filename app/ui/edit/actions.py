"""The actions of the editor: files, history, tools, points; in menus, on buttons and by keys."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from app.domain.document import Document
from app.domain.edits import clipboard, points
from app.domain.edits.edit import Edit, EditProblem, listed
from app.domain.points import Point
from app.ui.actions import make_action, set_icon
from app.ui.edit.files import EditFiles
from app.ui.edit.obstacles import Deed, obstacle
from app.ui.edit.session import EditSession, Tool
from app.ui.theme import Theme
from app.ui.viewport import Viewport
from app.ui.words import VIEW_KEYS, VIEW_NAMES

_TOOLS: dict[Tool, tuple[str, str, str]] = {
    "select": ("Select", "S", "Click to select points; a drag turns the figure and moves nothing"),
    "place": ("Place", "P", "Click on the skin to make a point, or to place the selected one"),
    "move": ("Move", "M", "Drag points along the skin; the right button turns the figure, Esc puts back"),
}
_SWITCHES = {
    "both_sides": (
        "Both sides",
        "B",
        "edit-sides",
        "Left and right move together; off, only the side in the hand",
    ),
    "snaps": ("Snap to midline", "N", "edit-snap", "Places within 2 mm of the midline go onto it"),
    "frozen": ("Keep the view still", "K", "edit-frozen", "No mouse moves the camera"),
    "context": (
        "Built-in points",
        "I",
        "edit-context",
        "Also show the built-in points that are not in this set",
    ),
}


class EditActions(QObject):
    """Makes the actions and keeps their marks and words in step with the session."""

    def __init__(
        self, session: EditSession, files: EditFiles, viewport: Viewport, theme: Theme, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._files = files
        base = session.base
        file = session.file
        self.new = make_action(self, "&New set", files.new, ("Ctrl+N",))
        self.open = make_action(self, "&Open...", files.ask_open, ("Ctrl+O",))
        self.save = make_action(self, "&Save", files.save, ("Ctrl+S",))
        self.save_as = make_action(self, "Save &as...", files.save_as, ("Ctrl+Shift+S",))
        self.import_ = make_action(self, "&Import points...", files.ask_import)
        self.export = make_action(self, "&Export...", files.ask_export, ("Ctrl+E",))
        self.compare = make_action(self, "&Compare with another set...", files.ask_compare)
        self.undo = make_action(self, "Undo", file.undo, ("Ctrl+Z",))
        self.redo = make_action(self, "Redo", file.redo, ("Ctrl+Shift+Z", "Ctrl+Y"))
        set_icon(self.undo, "edit-undo", theme)
        set_icon(self.redo, "edit-redo", theme)
        self.tools = self._make_tools(theme)
        self.switches = self._make_switches(theme)
        self.copy = make_action(self, "Copy", self._copy, ("Ctrl+C",))
        self.cut = make_action(self, "Cut", self._cut, ("Ctrl+X",))
        self.paste = make_action(self, "Paste", self._paste, ("Ctrl+V",))
        self.duplicate = self._on_points("Duplicate", points.duplicate_points, ("Ctrl+Shift+D",))
        self.delete = self._on_points("Delete", points.delete_points, ("Del",))
        self.lock = make_action(
            self, "Lock", lambda: session.do(lambda d: points.lock_points(d, base, session.selected, True))
        )
        self.unlock = make_action(
            self, "Unlock", lambda: session.do(lambda d: points.lock_points(d, base, session.selected, False))
        )
        self.hide = make_action(
            self, "Hide", lambda: session.do(lambda d: points.hide_points(d, base, session.selected, True))
        )
        self.show = make_action(
            self, "Show", lambda: session.do(lambda d: points.hide_points(d, base, session.selected, False))
        )
        self.clear = self._on_points("Clear place", points.clear_position)
        self.missing = self._on_points("Mark as missing", points.mark_missing)
        self.unlink = self._on_points("Unlink sides", points.unlink_sides)
        self.relink = self._on_points("Mirror left to right", points.relink_sides)
        self.relink_right = make_action(
            self,
            "Mirror right to left",
            lambda: session.do(lambda d: points.relink_sides(d, base, session.selected, "right")),
        )
        self.flip = self._on_points("Flip sides", points.flip_sides)
        self.select_all = make_action(self, "Select all points of the set", self._select_all, ("Ctrl+A",))
        self.labels = make_action(self, "Names of all points", keys=("L",), checkable=True)
        self.labels.setChecked(True)
        self.views = {name: self._view(name, viewport, theme) for name in VIEW_NAMES}
        file.changed.connect(self._sync)
        file.file_changed.connect(self._sync)
        session.selection_changed.connect(self._sync)
        session.tool_changed.connect(self._sync)
        self._sync()

    def file_actions(self) -> list[QAction]:
        """New, open, recent, save, import, export, compare, for the File menu."""
        self._recent = QMenu("&Recent")
        # A method and no function of its own: nobody owns the menu, and what it held would never be let go.
        self._recent.aboutToShow.connect(self._fill_recent)
        rules = [QAction(self), QAction(self)]
        for rule in rules:
            rule.setSeparator(True)
        first = [self.new, self.open, self._recent.menuAction(), rules[0], self.save, self.save_as]
        return [*first, rules[1], self.import_, self.export, self.compare]

    def edit_menu(self) -> QMenu:
        """History, tools, what can be done with the selected points."""
        menu = QMenu("&Edit")
        menu.addActions([self.undo, self.redo])
        menu.addSeparator()
        menu.addActions(list(self.tools.values()))
        menu.addActions(list(self.switches.values()))
        menu.addSeparator()
        menu.addActions(self._of_points())
        menu.addSeparator()
        menu.addActions([self.select_all, self.labels])
        return menu

    def view_menu(self) -> QMenu:
        """Named views."""
        menu = QMenu("&View")
        menu.addActions(list(self.views.values()))
        return menu

    def view_groups(self) -> list[list[QAction]]:
        """Views of the head, of the body, of what is shown."""
        actions = list(self.views.values())
        return [actions[:8], actions[8:10], actions[10:]]

    def keys(self) -> dict[str, list[QAction]]:
        """The actions under headings, for the overview of keys."""
        of_file = [self.new, self.open, self.save, self.save_as, self.export, self.undo, self.redo]
        return {
            "Set": of_file,
            "Tools": [*self.tools.values(), *self.switches.values(), self.labels],
            "Points": [self.copy, self.cut, self.paste, self.duplicate, self.delete, self.select_all],
            "Views": list(self.views.values()),
        }

    def _of_points(self) -> list[QAction]:
        sides = [self.unlink, self.relink, self.relink_right, self.flip]
        states = [self.lock, self.unlock, self.hide, self.show, self.clear, self.missing]
        return [self.copy, self.cut, self.paste, self.duplicate, self.delete, *states, *sides]

    def _make_tools(self, theme: Theme) -> dict[Tool, QAction]:
        group = QActionGroup(self)
        found = {}
        for tool, (words, key, tip) in _TOOLS.items():
            action = make_action(self, words, keys=(key,), tip=tip, checkable=True)
            action.triggered.connect(lambda _checked=False, tool=tool: self._session.set_tool(tool))
            set_icon(action, f"edit-{tool}", theme)
            group.addAction(action)
            found[tool] = action
        return found

    def _make_switches(self, theme: Theme) -> dict[str, QAction]:
        found = {}
        for name, (words, key, picture, tip) in _SWITCHES.items():
            action = make_action(
                self,
                words,
                lambda on, name=name: self._session.set_switch(name, on),
                (key,),
                tip,
                checkable=True,
            )
            set_icon(action, picture, theme)
            found[name] = action
        return found

    def _on_points(self, words: str, edit: Callable[..., object], keys: tuple[str, ...] = ()) -> QAction:
        session = self._session

        def act() -> None:
            session.do(lambda d: edit(d, session.base, session.selected))  # type: ignore[arg-type,return-value]

        return make_action(self, words, act, keys)

    def _view(self, name: str, viewport: Viewport, theme: Theme) -> QAction:
        action = make_action(self, VIEW_NAMES[name], lambda: viewport.choose_view(name), (VIEW_KEYS[name],))
        set_icon(action, name, theme)
        return action

    def _copy(self) -> bool:
        session = self._session
        try:
            text = clipboard.copied(session.document, session.base, session.selected)
        except EditProblem as problem:
            session.refused.emit(str(problem))
            return False
        QGuiApplication.clipboard().setText(text)
        session.told.emit(f"{listed(session.selected)} copied.")
        return True

    def _cut(self) -> None:
        session = self._session
        if self._copy():
            session.do(lambda d: points.delete_points(d, session.base, session.selected))

    def _paste(self) -> None:
        session = self._session
        codes: tuple[str, ...] = ()

        def edit(document: Document) -> Edit:
            nonlocal codes
            made, codes = clipboard.paste(document, session.base, QGuiApplication.clipboard().text())
            return made

        if session.do(edit):
            session.select(codes)

    def _select_all(self) -> None:
        self._session.select([point.code for point in self._session.document.points])

    def _fill_recent(self) -> None:
        menu = self._recent
        menu.clear()
        for path in self._files.recent.paths():
            menu.addAction(str(path)).triggered.connect(partial(self._open_recent, path))
        if menu.isEmpty():
            menu.addAction("No recent sets").setEnabled(False)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self._files.when_saved(lambda: self._files.open(path))

    def _sync(self) -> None:
        session, history = self._session, self._session.file.history
        for action, name, words in (
            (self.undo, "Undo", history.undo_words),
            (self.redo, "Redo", history.redo_words),
        ):
            action.setEnabled(bool(words))
            action.setText(f"{name} {words[:1].lower()}{words[1:]}".strip())
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()} ({key})")
        self.save.setEnabled(session.file.is_dirty or session.file.path is None)
        for tool, action in self.tools.items():
            action.setChecked(tool == session.tool)
        for name, action in self.switches.items():
            action.setChecked(getattr(session, name))
        self._sync_points([point for point in map(session.point, session.selected) if point is not None])

    def _sync_points(self, chosen: Sequence[Point]) -> None:
        """Offer what can be done with the points; of what cannot it is told why."""
        # What has a key says why not when the key is pressed; a grey one would say nothing.
        for action in (self.copy, self.cut, self.duplicate, self.delete):
            action.setEnabled(bool(chosen))
        offered: tuple[tuple[QAction, Deed], ...] = (
            (self.lock, "lock"),
            (self.unlock, "unlock"),
            (self.hide, "hide"),
            (self.show, "show"),
            (self.clear, "clear"),
            (self.missing, "missing"),
            (self.unlink, "unlink"),
            (self.relink, "relink"),
            (self.relink_right, "relink"),
            (self.flip, "flip"),
        )
        for action, deed in offered:
            why_not = obstacle(deed, chosen)
            action.setEnabled(not why_not)
            action.setToolTip(why_not or action.text().replace("&", ""))
