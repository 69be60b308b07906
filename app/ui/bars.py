"""The bars around the figure: named views below it, needle counters at the window's lower edge."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from app.domain.shown import NeedleCounts, Shown, count_needles, shown_points
from app.ui.icons import SIZE
from app.ui.state import ViewState
from app.ui.words import count, sides

_AROUND_ICON = 6
"""Padding and border at each side of an icon, as the style sheet has it."""


def tool_button(action: QAction) -> QToolButton:
    """A button with the action's icon only; its words and key are in the tool tip."""
    button = QToolButton()
    _set_up(button, action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    return button


class WordButton(QToolButton):
    """A button with icon and words, which leaves its words out where its place is too narrow for them."""

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self.icon().isNull():
            return hint
        return QSize(min(hint.width(), self.iconSize().width() + 2 * _AROUND_ICON), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        if not self.shows_words:
            option.toolButtonStyle = Qt.ToolButtonStyle.ToolButtonIconOnly  # type: ignore[attr-defined]
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    @property
    def shows_words(self) -> bool:
        """Whether there is room for the words."""
        return self.icon().isNull() or self.width() >= self.sizeHint().width()


def word_button(action: QAction, menu: QMenu | None = None) -> WordButton:
    """A button with icon and words; with a menu it opens that."""
    button = WordButton()
    _set_up(button, action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if menu is not None:
        # setMenu takes no hold of the menu: without a parent it would be gone, and the button open nothing.
        menu.setParent(button, menu.windowFlags())
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button


def _set_up(button: QToolButton, action: QAction) -> None:
    button.setDefaultAction(action)
    button.setIconSize(QSize(SIZE, SIZE))
    button.setAccessibleName(action.text().replace("&", ""))
    button.setCursor(Qt.CursorShape.PointingHandCursor)


def gap(width: int) -> QWidget:
    """Empty space between buttons."""
    space = QWidget()
    space.setFixedWidth(width)
    return space


class ViewBar(QFrame):
    """A button per named view, in the middle below the figure."""

    def __init__(self, groups: list[list[QAction]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(2)
        layout.addStretch()
        for number, actions in enumerate(groups):
            if number:
                layout.addWidget(gap(12))
            for action in actions:
                layout.addWidget(tool_button(action))
        layout.addStretch()


class CounterBar(QFrame):
    """Left: the point under the mouse. Right: face needles, body needles, minutes."""

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._news = ""
        self.setProperty("role", "bar")
        self.out_of_sight = QPushButton()
        self.out_of_sight.setProperty("role", "link")
        self.out_of_sight.setToolTip("Go where every point that is switched on is in the picture (F)")
        self.out_of_sight.clicked.connect(lambda: state.choose_view("fit"))
        self.out_of_sight.setCursor(Qt.CursorShape.PointingHandCursor)
        # The bar keeps its height, and the figure its size, whether the button is there or not.
        keeping = self.out_of_sight.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.out_of_sight.setSizePolicy(keeping)
        self.out_of_sight.hide()
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setProperty("role", "muted")
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.unplaced = QLabel()
        self.unplaced.setProperty("role", "caution")
        self.counts = QLabel()
        self.counts.setProperty("role", "strong")
        self.minutes = QLabel()
        self.minutes.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 16, 2)
        layout.setSpacing(18)
        layout.addWidget(self.hint, 1)
        layout.addWidget(self.out_of_sight)
        for label in (self.unplaced, self.counts, self.minutes):
            layout.addWidget(label)
        state.shown_changed.connect(self._on_shown_changed)
        state.hovered_changed.connect(self._on_hovered_changed)
        state.library_changed.connect(self._on_shown_changed)
        self._on_shown_changed()
        self._on_hovered_changed()

    def tell(self, words: str) -> None:
        """Say what has happened, until something else is switched on or off."""
        self._news = words
        self._on_hovered_changed()

    def tell_out_of_sight(self, number: int) -> None:
        """Offer to show points that lie outside the picture."""
        self.out_of_sight.setVisible(number > 0)
        self.out_of_sight.setText(f"{count(number, 'point')} outside the picture: show all")

    def _on_shown_changed(self) -> None:
        self.tell("")
        needles = self._state.needles
        self.counts.setText(f"{count(needles.face, 'face needle')}   {count(needles.body, 'body needle')}")
        self.counts.setToolTip(
            f"<p>{self._shares(needles)}</p><p>A point that lies on both sides takes two needles.</p>"
        )
        whole = next((t for t in self._state.library.treatments.values() if t.duration_min), None)
        if whole and whole.duration_min:
            usual = sum(item.needles for item in whole.needles)
            if needles.total > usual:
                face = sum(item.needles for item in whole.face)
                self.minutes.setText(f"one session has {face} + {usual - face}")
                self.minutes.setToolTip(
                    f"<p>The {whole.title.lower()} of one session has {face} face and {usual - face} body needles; "
                    f"{needles.face} face and {needles.body} body needles are switched on, "
                    f"{needles.total - usual} more in all.</p>"
                    "<p>No time is known for so many: choose among them, or share them out over sessions.</p>"
                )
            else:
                self.minutes.setText("{} to {} minutes".format(*whole.duration_min))
                self.minutes.setToolTip("How long the needles usually stay in, as in the typical treatment")
        self.minutes.setVisible(bool(whole and needles.total))
        missing = [shown.point.code for shown in self._state.points if shown.point.position is None]
        self.unplaced.setVisible(bool(missing))
        self.unplaced.setText(f"{len(missing)} not placed")
        self.unplaced.setToolTip(f"Without a place on the figure: {', '.join(missing)}")

    def _shares(self, needles: NeedleCounts) -> str:
        """What the treatment counts, and what goals and groups bring besides."""
        library, shown = self._state.library, self._state.shown
        if shown.treatment is None:
            return "Needles of all that is switched on."
        alone = Shown(treatment=shown.treatment, body_variant=shown.body_variant, advanced=shown.advanced)
        of_treatment = count_needles(shown_points(library, alone))
        title = library.treatments[shown.treatment].title
        words = f"{title}: {of_treatment.face} face + {of_treatment.body} body needles"
        more = NeedleCounts(needles.face - of_treatment.face, needles.body - of_treatment.body)
        return f"{words}; goals and groups add {more.face} + {more.body}." if more.total else f"{words}."

    def _on_hovered_changed(self) -> None:
        point = self._state.hovered
        if point is None:
            self.hint.setText(self._news)
            return
        on = self._state.shown_point(point.code)
        names = f"{point.code}   {point.pinyin}   {point.english}".rstrip()
        goals = f"   in {len(on.goals)} of your goals" if on and on.goals else ""
        self.hint.setText(f"{names}   {sides(point).lower()}{goals}")
