"""During treatment: each needle in and out is confirmed, the time runs between, and done means that out equals in."""

from time import monotonic

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListView, QPushButton, QVBoxLayout

from app.domain.needle_tally import NeedleTally, needle_tally
from app.domain.plan import PlannedNeedle
from app.domain.screening import TO_DECIDE
from app.domain.story import point_name
from app.ui.actions import make_action
from app.ui.blocks import flow, text
from app.ui.client.outcome_panel import needling_words
from app.ui.client.plan_state import PlanState
from app.ui.theme import Theme
from app.ui.words import count

Index = QModelIndex | QPersistentModelIndex
_WORDS = {"waiting": "", "in": "in", "out": "out", "not used": "not used"}


class TreatmentPanel(QFrame):
    """Counts the needles of one treatment.

    Signals:
        count_changed: a needle went in or out, or a treatment began or ended.
        wanted: the user asks for a treatment to begin.
    """

    count_changed = Signal()
    wanted = Signal()

    def __init__(self, plan: PlanState, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._plan = plan
        self.count: NeedleTally | None = None
        self._history: list[NeedleTally] = []
        self._needles: dict[str, PlannedNeedle] = {}
        self._seconds = 0
        self._since: float | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._rung = False
        self.clock = QLabel()
        self.clock.setProperty("role", "clock")
        self.counts = text("", "strong", selectable=False)
        self.next_words = text("", "title", selectable=False)
        self.how = text("", "muted", selectable=False)
        self.verdict = text("", "large", selectable=False)
        self.start = QPushButton("Start the treatment")
        self.start.setProperty("role", "main")
        self.start.clicked.connect(self.wanted)
        self.confirm_button = QPushButton()
        self.confirm_button.setProperty("role", "main")
        self.confirm_button.setMinimumHeight(46)
        self.confirm_button.clicked.connect(self.confirm)
        self.confirm_action = make_action(self, "Needle in, needle out", self.confirm, ("Space",))
        self.leave = self._link("Leave this one out", self.leave_next, "This needle is not used today")
        self.rest = self._link("No more needles", self.leave_rest, "Go on with those that are in")
        self.undo = self._link("Undo", self.take_back, "Take the last press back")
        self.finish = QPushButton("Finish")
        self.finish.clicked.connect(self.try_to_finish)
        self.model = CountModel(self, theme)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("Needles in and out; a click confirms one")
        self.list.setUniformItemSizes(True)
        self.list.clicked.connect(self._on_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        for widget in (
            self.clock,
            self.counts,
            self.next_words,
            self.how,
            self.verdict,
            self.start,
            self.confirm_button,
            flow(self.leave, self.rest, self.undo),
        ):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.finish)
        layout.addStretch(0)
        self._layout = layout
        plan.plan_changed.connect(self._sync)
        theme.theme_changed.connect(self.model.reset_rows)
        self._sync()

    @property
    def actions_with_keys(self) -> tuple[QAction, ...]:
        return (self.confirm_action,)

    @property
    def is_running(self) -> bool:
        """Whether a treatment has begun and is not finished."""
        return self.count is not None

    @property
    def next(self) -> int | None:
        """The needle that is next: to go in while one waits, to come out after that."""
        if self.count is None:
            return None
        line = self.count.waiting or self.count.still_in
        return line[0] if line else None

    def begin(self) -> None:
        """Start counting the needles of the plan as it is now."""
        if self._plan.prepared.on_hold or not self._plan.prepared.needles:
            return
        prepared = self._plan.prepared
        self._needles = {needle.point.code: needle for needle in prepared.needles}
        self._seconds = 60 * prepared.minutes
        self._since, self._rung = None, False
        self._history = []
        self._plan.lock(True)
        self._set(needle_tally(prepared))

    def confirm(self) -> None:
        """The next needle is in, or out."""
        if self.next is not None:
            self._confirm(self.next)

    def leave_next(self) -> None:
        """The next needle is not used."""
        if self.count is not None and self.count.waiting:
            self._step(self.count.leave(self.count.waiting[0]))

    def leave_rest(self) -> None:
        """No more needles go in."""
        if self.count is not None:
            self._step(self.count.leave_the_rest())

    def take_back(self) -> None:
        """Undo the last press."""
        if self._history:
            self._set(self._history.pop())

    def try_to_finish(self) -> None:
        """End the treatment, if every needle that went in is out."""
        if self.count is None:
            return
        if not self.count.is_done:
            self._sync()
            self.verdict.setText(self._not_done(self.count))
            self.verdict.setVisible(True)
            QApplication.beep()
            return
        self.count = None
        self._tick.stop()
        self._since = None
        self._plan.lock(False)
        self._sync()
        self.count_changed.emit()

    def _confirm(self, number: int) -> None:
        assert self.count is not None
        state = self.count.states[number]
        if state in ("waiting", "not used"):
            self._step(self.count.put_in(number))
        elif state == "in":
            self._step(self.count.take_out(number))

    def _step(self, count_now: NeedleTally) -> None:
        if self.count is not None:
            self._history.append(self.count)
        self._set(count_now)

    def _set(self, count_now: NeedleTally) -> None:
        self.count = count_now
        if not count_now.waiting and count_now.still_in and self._since is None:
            self._since = monotonic()
            self._tick.start()
        if not count_now.still_in:
            self._tick.stop()
        self._sync()
        self.count_changed.emit()

    def _on_row(self, index: QModelIndex) -> None:
        if self.count is not None:
            self._confirm(index.row())

    def _on_tick(self) -> None:
        if not self._rung and self._left() <= 0:
            self._rung = True
            QApplication.beep()
        self._show_clock()

    def _left(self) -> int:
        """Seconds until the needles may come out; negative after."""
        passed = 0.0 if self._since is None else monotonic() - self._since
        return round(self._seconds - passed)

    def _show_clock(self) -> None:
        left = self._left()
        sign = "+" if left < 0 else ""
        self.clock.setText(f"{sign}{abs(left) // 60}:{abs(left) % 60:02d}")

    def _sync(self) -> None:
        running = self.count is not None
        prepared = self._plan.prepared
        for widget in (
            self.clock,
            self.counts,
            self.confirm_button,
            self.list,
            self.finish,
            self.undo,
            self.how,
        ):
            widget.setVisible(running)
        self.start.setVisible(not running)
        self._layout.setStretch(self._layout.count() - 1, 0 if running else 1)
        self.verdict.setVisible(False)
        if self.count is None:
            held = [f"{one.title}." for one in prepared.on_hold]
            if any(one.outcome in TO_DECIDE for one in prepared.on_hold):
                held.append("The decision to treat is recorded in the panel at the right.")
            self.start.setEnabled(not held and bool(prepared.needles))
            words = f"{count(prepared.counts.total, 'needle')}, about {prepared.minutes} minutes."
            self.next_words.setText(" ".join(held) or words)
            unasked = len(self._plan.planner.unasked(self._plan.plan))
            self.verdict.setText(f"{count(unasked, 'question has', 'questions have')} not been asked.")
            self.verdict.setVisible(bool(unasked))
            self.leave.setVisible(False)
            self.rest.setVisible(False)
            self.confirm_action.setEnabled(False)
            self.model.reset_rows()
            return
        now = self.count
        self._show_clock()
        self.counts.setText(f"In: {now.went_in}     Out: {now.came_out}     Still in: {len(now.still_in)}")
        self.leave.setVisible(bool(now.waiting))
        self.rest.setVisible(bool(now.waiting))
        self.undo.setEnabled(bool(self._history))
        self.confirm_action.setEnabled(self.next is not None)
        self.confirm_button.setVisible(self.next is not None)
        if self.next is None:
            self.next_words.setText(f"Done. {now.went_in} in, {now.came_out} out.")
            self.how.setText("Count the needles in the sharps box once more.")
        else:
            self._show_next(self.next)
        self.model.reset_rows()
        if self.next is not None:
            self.list.scrollTo(self.model.index(self.next, 0), QListView.ScrollHint.PositionAtCenter)

    def _show_next(self, number: int) -> None:
        assert self.count is not None
        place = self.count.places[number]
        needle = self._needles[place.code]
        name = point_name(needle.point)
        going_in = self.count.states[number] == "waiting"
        self.next_words.setText(f"{'In' if going_in else 'Out'}: {place.code} {name}, {place.side}")
        self.how.setText(needling_words(needle) if going_in else "Press the place for a moment after.")
        self.confirm_button.setText("It is in  (Space)" if going_in else "It is out  (Space)")

    def _not_done(self, now: NeedleTally) -> str:
        if now.still_in:
            places = [now.places[number] for number in now.still_in]
            names = ", ".join(f"{place.code} {place.side}" for place in places[:6])
            more = f" and {len(places) - 6} more" if len(places) > 6 else ""
            still = count(len(places), "needle is", "needles are")
            return f"Not finished: {still} still in: {names}{more}."
        waits = count(len(now.waiting), "needle has", "needles have")
        return f"Not finished: {waits} not gone in; say so with “No more needles”."

    def _link(self, words: str, slot: object, tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "link")
        button.setToolTip(tip)
        button.clicked.connect(slot)
        return button


class CountModel(QAbstractListModel):
    """One row a needle: where it is now."""

    def __init__(self, panel: TreatmentPanel, theme: Theme) -> None:
        super().__init__(panel)
        self._panel = panel
        self._theme = theme

    def reset_rows(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._panel.count is None else len(self._panel.count.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        now = self._panel.count
        if now is None:
            return None
        place, state = now.places[index.row()], now.states[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            mark = {"in": "●", "out": "✓", "not used": "–"}.get(state, "○")
            return f"{mark}  {place.code} {place.side}   {_WORDS[state]}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color("accent" if state == "in" else "muted" if state != "waiting" else "text")
        if role == Qt.ItemDataRole.FontRole and index.row() == self._panel.next:
            return self._theme.font(bold=True)
        return None
