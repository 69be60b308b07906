"""The actions of Study, each with its key; those that a page has no use for are off."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.ui.actions import make_action, set_icon
from app.ui.theme import Theme
from app.ui.viewport import Viewport
from app.ui.words import VIEW_NAMES

if TYPE_CHECKING:
    from app.ui.study.room import StudyRoom

_CHOICES = 6
_SHIFT_PX = 24.0


class StudyActions(QObject):
    """Made once; keys 1 to 6 are the choices here, so views have Alt with theirs."""

    def __init__(self, room: "StudyRoom", viewport: Viewport, theme: Theme) -> None:
        super().__init__(room)
        self._viewport = viewport
        learner = room.learner
        self.confirm = make_action(
            self, "Go on", room.confirm, ("Return", "Enter"), "Start, answer, or go on to the next card"
        )
        self.unknown = make_action(self, "I do not know", learner.give_up, ("0",))
        self.back = make_action(self, "Stop", room.go_back, ("Esc",), "Stop, or go back to the decks")
        self.resume = make_action(self, "Go on with the stopped session", lambda: learner.resume(), ("R",))
        self.exam = make_action(self, "Exam...", lambda: room.ask_exam(room.deck_page.deck), ("X",))
        self.progress = make_action(self, "Progress", lambda: learner.show_page("progress"), ("P",))
        self.weakest = make_action(self, "Train weakest points", room.train_weakest, ("W",))
        self.choices = [self._choice(room, number) for number in range(1, _CHOICES + 1)]
        self.views = self._views(theme)
        self.closer = make_action(self, "Come closer", lambda: viewport.zoom(1.25), ("+", "="))
        self.further = make_action(self, "Go back", lambda: viewport.zoom(0.8), ("-",))
        self.shifts = [
            self._shift(words, key, right, up)
            for words, key, right, up in (
                ("Move the cross left", "Shift+Left", 1, 0),
                ("Move the cross right", "Shift+Right", -1, 0),
                ("Move the cross up", "Shift+Up", 0, -1),
                ("Move the cross down", "Shift+Down", 0, 1),
            )
        ]

    def all(self) -> list[QAction]:
        """Every action, for the widgets that they work in."""
        own = [self.confirm, self.unknown, self.back, self.resume, self.exam, self.progress, self.weakest]
        return [*own, *self.choices, *self.views, self.closer, self.further, *self.shifts]

    def view_groups(self) -> list[list[QAction]]:
        """Views of the head, of the body."""
        return [self.views[:8], self.views[8:]]

    def sync(self, page: str, in_exam: bool) -> None:
        """Switch on what a page has a use for."""
        card = page == "card"
        for action in (self.unknown, *self.choices):
            action.setEnabled(card)
        for action in (self.resume, self.exam, self.progress, self.weakest):
            action.setEnabled(not card)
        self.back.setEnabled(page != "decks")
        self.back.setIconText("End the exam" if in_exam else "Stop")

    def _choice(self, room: "StudyRoom", number: int) -> QAction:
        return make_action(self, f"Choice {number}", lambda: room.card_page.choose(number), (str(number),))

    def _views(self, theme: Theme) -> list[QAction]:
        found = []
        names = [name for name in VIEW_NAMES if name != "fit"]
        for number, name in enumerate(names, start=1):
            action = make_action(
                self,
                VIEW_NAMES[name],
                lambda name=name: self._viewport.choose_view(name),
                (f"Alt+{number % 10}",),
            )
            set_icon(action, name, theme)
            found.append(action)
        return found

    def _shift(self, words: str, key: str, right: int, up: int) -> QAction:
        return make_action(self, words, lambda: self._move(right * _SHIFT_PX, up * _SHIFT_PX), (key,))

    def _move(self, right: float, up: float) -> None:
        """Move the figure under the cross."""
        if self._viewport.stage is not None:
            self._viewport.stop_flight()
            self._viewport.stage.views.move(right, up)
            self._viewport.request_render()
