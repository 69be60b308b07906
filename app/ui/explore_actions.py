"""The actions of Explore: views, layers, points; in menus, on buttons and by keys."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from app.domain.shown import Shown
from app.ui.actions import make_action, offer, set_icon
from app.ui.look import LabelMode
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport
from app.ui.words import VIEW_KEYS, VIEW_NAMES

_LABEL_WORDS: dict[LabelMode, str] = {
    "none": "No labels",
    "hover": "Labels at the mouse",
    "all": "All labels",
}


class ExploreActions(QObject):
    """Makes the actions and keeps their check marks in step with the state."""

    def __init__(self, state: ViewState, viewport: Viewport, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self.views = {name: self._view(name, theme) for name in VIEW_NAMES}
        self.closer = make_action(self, "Come closer", lambda: viewport.zoom(1.25), ("+", "="))
        self.back = make_action(self, "Go back", lambda: viewport.zoom(0.8), ("-",))
        self.labels = self._label_modes()
        self.next_labels = make_action(
            self, "Change labels", state.next_labels, ("L",), "Labels: none, at the mouse, all"
        )
        self.next_labels.setIconText("Labels")
        set_icon(self.next_labels, "labels", theme)
        self.eyes = make_action(
            self, "Eyes shut", state.set_eyes_shut, ("E",), "Shut the eyes, as a client lies", checkable=True
        )
        set_icon(self.eyes, "eyes-shut", theme)
        self.advanced = make_action(
            self,
            "Advanced points",
            state.set_advanced,
            ("A",),
            "Also show points for trained hands only and points for reference",
            checkable=True,
        )
        self.advanced.setIconText("Advanced")
        set_icon(self.advanced, "advanced", theme)
        self.next_point = make_action(self, "Next point", lambda: state.step_selection(1), ("N", "]"))
        self.previous_point = make_action(
            self, "Previous point", lambda: state.step_selection(-1), ("P", "[")
        )
        self.fly = make_action(self, "Fly to the selected point", self._fly, ("G",))
        self.unselect = make_action(self, "Select nothing", lambda: state.select(None), ("Esc",))
        self.treatment = make_action(
            self,
            "Typical treatment",
            self._toggle_treatment,
            ("T",),
            "A whole treatment of face and body points",
        )
        self.treatment.setCheckable(True)
        self.clear = make_action(self, "Clear all goals", state.clear, ("Ctrl+Backspace",))
        state.look_changed.connect(self._sync)
        state.shown_changed.connect(self._sync)
        state.library_changed.connect(self._sync)
        state.selected_changed.connect(self._sync)
        self._sync()

    def keys(self) -> dict[str, list[QAction]]:
        """The actions under headings, for the overview of keys."""
        look = [self.closer, self.back, self.next_labels, self.eyes, self.advanced]
        points = [self.next_point, self.previous_point, self.fly, self.unselect, self.treatment, self.clear]
        return {"Views": list(self.views.values()), "Figure": look, "Points": points}

    def view_menu(self) -> QMenu:
        """Views, layers, coming closer."""
        menu = QMenu("&View")
        menu.setToolTipsVisible(True)
        for actions in self.view_groups():
            menu.addActions(actions)
            menu.addSeparator()
        menu.addActions([self.closer, self.back])
        menu.addSeparator()
        menu.addMenu(self.label_menu())
        menu.addActions([self.next_labels, self.eyes, self.advanced])
        return menu

    def label_menu(self) -> QMenu:
        """Which labels are drawn."""
        menu = QMenu("Labels")
        menu.addActions(list(self.labels.values()))
        return menu

    def point_menu(self) -> QMenu:
        """Stepping through points; switching all off."""
        menu = QMenu("&Points")
        menu.setToolTipsVisible(True)
        menu.addActions([self.next_point, self.previous_point, self.fly, self.unselect])
        menu.addSeparator()
        menu.addActions([self.treatment, self.clear])
        return menu

    def view_groups(self) -> list[list[QAction]]:
        """Views of the head, of the body, of what is shown."""
        names = list(VIEW_NAMES)
        parts = (names[:8], names[8:10], names[10:])
        return [[self.views[name] for name in part] for part in parts]

    def _view(self, name: str, theme: Theme) -> QAction:
        action = make_action(
            self, VIEW_NAMES[name], lambda: self._state.choose_view(name), (VIEW_KEYS[name],)
        )
        set_icon(action, name, theme)
        return action

    def _label_modes(self) -> dict[LabelMode, QAction]:
        group = QActionGroup(self)
        found = {}
        for mode, words in _LABEL_WORDS.items():
            action = make_action(self, words, checkable=True)
            action.triggered.connect(lambda _checked=False, mode=mode: self._state.set_labels(mode))
            group.addAction(action)
            found[mode] = action
        return found

    def _toggle_treatment(self) -> None:
        whole = self._state.whole_treatment
        if whole:
            self._state.set_whole_treatment(None if self._state.shown.treatment else whole.id, None)

    def _fly(self) -> None:
        if self._state.selected:
            self._state.fly_to(self._state.selected.code, self._state.selected_side)

    def _sync(self) -> None:
        self.labels[self._state.labels].setChecked(True)
        self.eyes.setChecked(self._state.eyes_shut > 0)
        self.advanced.setChecked(self._state.shown.advanced)
        whole = self._state.whole_treatment
        offer(self.treatment, whole is not None, "this set of points has none")
        self.treatment.setChecked(whole is not None and self._state.shown.treatment == whole.id)
        selected = self._state.selected
        placed = selected is not None and selected.position is not None
        offer(self.fly, placed, "it has no place on the figure" if selected else "no point is selected")
        offer(self.unselect, selected is not None, "no point is selected")
        for action in (self.next_point, self.previous_point):
            offer(action, bool(self._state.points), "no point is switched on")
        offer(
            self.clear,
            self._state.shown != Shown(advanced=self._state.shown.advanced),
            "nothing is switched on",
        )
