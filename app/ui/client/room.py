"""Client mode, the practitioner's side: plan, questions and treatment beside the figure, and what follows from them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.domain.needle_tally import NeedlePlace
from app.domain.problems import FileProblem
from app.geometry.figure import Figure
from app.ui.actions import make_action, set_icon
from app.ui.bars import ViewBar, word_button
from app.ui.blocks import text
from app.ui.client.asking import CloseGuard, when_asked
from app.ui.client.figure import ClientFigure
from app.ui.client.handout_export import HandoutExport
from app.ui.client.last_plan import LastPlan, last_plan_path
from app.ui.client.look import give_look
from app.ui.client.outcome_panel import OutcomePanel
from app.ui.client.plan_bar import PlanBar
from app.ui.client.plan_panel import PlanPanel
from app.ui.client.plan_state import PlanState
from app.ui.client.questions_panel import QuestionsPanel
from app.ui.client.story_room import StoryRoom
from app.ui.client.treatment_panel import TreatmentPanel
from app.ui.messages import tell_problem
from app.ui.recent_files import RecentFiles, file_name
from app.ui.room import Room
from app.ui.state import ViewState
from app.ui.theme import Theme
from app.ui.viewport import Viewport
from app.ui.words import VIEW_KEYS, VIEW_NAMES

PLAN, QUESTIONS, TREATMENT = range(3)
_FILES = "Plans (*.plan.json);;All files (*)"


class ClientRoom(Room):
    """The practitioner's side. `story` is the room that the client sees."""

    name = "client"
    title = "Client"

    def __init__(
        self,
        state: ViewState,
        viewport: Viewport,
        figure: Figure,
        theme: Theme,
        enter: Callable[[Room], None],
    ) -> None:
        super().__init__()
        self._state = state
        self._viewport = viewport
        self._figure = figure
        self._enter = enter
        self.plan = PlanState(state)
        self.last_plan = LastPlan(self.plan, self)
        self.figure = ClientFigure(state, self.plan, viewport, figure)
        self.story = StoryRoom(self.plan, viewport, self.figure, theme, lambda: enter(self))
        # Without a parent what its actions hold would live for ever, if it is never entered.
        self.story.setParent(self)
        self.plan_panel = PlanPanel(self.plan, theme)
        self.questions = QuestionsPanel(self.plan, theme)
        self.treatment = TreatmentPanel(self.plan, theme)
        self.outcome = OutcomePanel(self.plan, theme)
        self._is_entered = False
        self._flown_to: NeedlePlace | None = None
        self.tabs = QTabBar()
        self.locked = text(
            "A treatment is running: plan and answers stay as they are until it is finished.", "caution"
        )
        self.locked.setContentsMargins(16, 6, 12, 0)
        self.verdict = text("", "verdict")
        self.verdict.setAccessibleName("What the answers say of the treatment")
        self.left = self._make_left()
        self.right = self.outcome
        self._make_actions()
        self.tools = self._make_tools()
        self.below = ViewBar(self._make_views(theme))
        self.status = PlanBar(self.plan)
        for part in (self.left, self.right, self.tools):
            give_look(part, theme)
        self.plan.plan_changed.connect(self._on_plan_changed)
        self.plan.selected_changed.connect(self._on_selected_changed)
        self.plan.locked_changed.connect(self._on_locked_changed)
        self.treatment.count_changed.connect(self._on_count_changed)
        self.treatment.wanted.connect(self.ask_to_begin)
        self._guard = CloseGuard(self.treatment, viewport.window(), self)
        state.library_changed.connect(self._draw)

    def enter(self) -> None:
        self._is_entered = True
        self.plan.take_goals()
        self.figure.enter()
        self._viewport.clicked.connect(self._on_clicked)
        self._viewport.double_clicked.connect(self._on_double_clicked)
        self._draw()

    def leave(self) -> None:
        self._is_entered = False
        self._viewport.clicked.disconnect(self._on_clicked)
        self._viewport.double_clicked.disconnect(self._on_double_clicked)
        self.figure.leave()

    def open_plan(self, path: Path, own: bool = True) -> None:
        """Open a plan, to be saved there again if it is the user's `own` file; what cannot be opened is told."""
        try:
            self.plan.read(path, own)
        except FileProblem as problem:
            tell_problem(self._viewport.window(), f"{path.name} was not opened", str(problem))

    def save_plan(self, path: Path) -> None:
        """Save the plan; what goes wrong is told, and the plan stays as it is."""
        try:
            self.plan.write(path)
        except FileProblem as problem:
            tell_problem(self._viewport.window(), "The plan was not saved", str(problem))

    def show_story(self) -> None:
        """Show the client the story."""
        self._enter(self.story)

    def ask_to_show_story(self) -> None:
        """Show the story; if questions are open, that is told before."""
        when_asked(
            self.plan, self._viewport.window(), "Show all the same", self.show_story, self.show_questions
        )

    def ask_to_begin(self) -> None:
        """Begin the treatment; if questions are open, that is told before."""
        when_asked(
            self.plan,
            self._viewport.window(),
            "Start all the same",
            self.treatment.begin,
            self.show_questions,
        )

    def show_questions(self) -> None:
        """Turn to the questions."""
        self.tabs.setCurrentIndex(QUESTIONS)

    def _make_left(self) -> QFrame:
        holder = QFrame()
        holder.setProperty("role", "panel")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        pages = QStackedWidget()
        for words, tip, page in (
            ("Plan", "Goals and needles", self.plan_panel),
            ("Questions", "What to ask before the first needle", self.questions),
            ("Treatment", "Needles in and out, and the time", _scrolled(self.treatment)),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(words), tip)
            pages.addWidget(page)
        self.tabs.currentChanged.connect(pages.setCurrentIndex)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.locked.hide()
        self.verdict.hide()
        row = QHBoxLayout()
        row.setContentsMargins(6, 4, 6, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.verdict)
        layout.addWidget(self.locked)
        layout.addWidget(pages, 1)
        return holder

    def _make_actions(self) -> None:
        self.new = make_action(
            self, "New plan", self.plan.start_anew, tip="A new plan for the goals of Explore"
        )
        self.open = make_action(self, "Open plan...", self._ask_open, ("Ctrl+Shift+O",))
        self.last = make_action(
            self,
            "Last plan",
            lambda: self.open_plan(last_plan_path(), own=False),
            tip="Go on with the last plan",
        )
        self.last.setEnabled(last_plan_path().exists())
        self.save = make_action(self, "Save plan", self._save, ("Ctrl+S",))
        self.save_as = make_action(self, "Save plan as...", self._ask_save, ("Ctrl+Shift+S",))
        self.handout = make_action(self, "Export handout...", self._ask_handout, ("Ctrl+E",))
        self.needles = make_action(
            self, "Needles", self._on_needles, ("N",), "Draw the needles, one after another", checkable=True
        )
        self.present = make_action(
            self, "Show the client", self.ask_to_show_story, ("F5",), "The story, full screen"
        )

    def _make_views(self, theme: Theme) -> list[list[QAction]]:
        """Views of the head, of the body, of what is planned; named and keyed as in Explore."""
        views = []
        for name, words in VIEW_NAMES.items():
            action = make_action(
                self, words, lambda name=name: self._viewport.choose_view(name), (VIEW_KEYS[name],)
            )
            set_icon(action, name, theme)
            views.append(action)
        plan = [self.new, self.open, self.last, self.save, self.save_as]
        show = [self.handout, self.needles, self.present, *self.treatment.actions_with_keys]
        self.keys = {"Plan": plan, "Client": show, "Views": views}
        return [views[:8], views[8:10], views[10:]]

    def _make_tools(self) -> QWidget:
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        files = (self.new, self.open, self.last, self.save, self.save_as)
        menu = QMenu(holder)
        menu.addActions(files)
        opener = make_action(self, "Plan file", tip="Make, open and save a plan")
        for button in (word_button(opener, menu), word_button(self.handout), word_button(self.needles)):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            layout.addWidget(button)
        layout.addStretch(1)
        present = QPushButton(self.present.text())
        present.setProperty("role", "main")
        present.setToolTip(self.present.toolTip())
        present.clicked.connect(self.ask_to_show_story)
        layout.addWidget(present)
        keys = (self.handout, self.needles, self.present, *self.treatment.actions_with_keys)
        holder.addActions([*files, *keys])
        self.treatment.confirm_action.setEnabled(False)
        return holder

    def _draw(self) -> None:
        """Draw what the tab is about: the plan, or the needles that are in."""
        if not self._is_entered:
            return
        now = self.treatment.count
        in_treatment = now is not None and self.tabs.currentIndex() == TREATMENT
        self.figure.show_plan(needles=self.needles.isChecked() and not in_treatment)
        if now is not None and in_treatment:
            places = (now.places[number] for number in now.still_in)
            sites = [site for place in places for site in self._sites_of(place)]
            self.figure.show_needles(only=sites)
            following = self.treatment.next
            self.figure.ring(() if following is None else self._sites_of(now.places[following]))
        else:
            self.figure.select(self.plan.selected)

    def _on_count_changed(self) -> None:
        self._draw()
        self._fly_to_next()

    def _fly_to_next(self) -> None:
        """Bring the needle that is next into sight, once."""
        now, following = self.treatment.count, self.treatment.next
        place = None if now is None or following is None else now.places[following]
        if place != self._flown_to and self._is_entered and self.tabs.currentIndex() == TREATMENT:
            self._flown_to = place
            sites = [] if place is None else self._sites_of(place)
            if sites:
                self.figure.fly_to_site(sites[0])

    def _sites_of(self, place: NeedlePlace) -> list[int]:
        sites = self._state.sites
        own = sites.indices(place.code)
        if place.side.startswith("place "):
            number = int(place.side.removeprefix("place ")) - 1
            return list(own[number : number + 1])
        return [site for site in own if sites.sides[site] == place.side]

    def _on_plan_changed(self) -> None:
        answered = len(self.plan.plan.answers)
        self.tabs.setTabText(QUESTIONS, f"Questions ({answered})" if answered else "Questions")
        verdicts = self.plan.prepared.verdicts
        self.verdict.setText("\n".join(verdicts))
        self.verdict.setVisible(bool(verdicts))
        self._draw()

    def _on_locked_changed(self) -> None:
        locked = self.plan.is_locked
        for action in (self.new, self.open, self.last):
            action.setEnabled(not locked and (action is not self.last or last_plan_path().exists()))
        self._show_locked()

    def _show_locked(self) -> None:
        """Tell beside plan and questions why they cannot be changed; the treatment itself is plain to see."""
        self.locked.setVisible(self.plan.is_locked and self.tabs.currentIndex() != TREATMENT)

    def _on_selected_changed(self) -> None:
        if self._is_entered:
            self.figure.select(self.plan.selected)

    def _on_tab_changed(self, _tab: int) -> None:
        self._show_locked()
        self.treatment.confirm_action.setEnabled(
            self.tabs.currentIndex() == TREATMENT and self.treatment.next is not None
        )
        self._draw()
        self._fly_to_next()

    def _on_needles(self, on: bool) -> None:
        if on:
            self.figure.show_needles(grow=True)
        else:
            self.figure.hide_needles()

    def _on_clicked(self, site: int | None) -> None:
        self.plan.select(None if site is None else self._state.sites.codes[site])

    def _on_double_clicked(self, site: int | None) -> None:
        if site is not None:
            self.figure.fly_to_site(site)

    def _save(self) -> None:
        if self.plan.path:
            self.save_plan(self.plan.path)
        else:
            self._ask_save()

    def _ask_open(self) -> None:
        dialog = self._dialog("Open a plan", QFileDialog.FileMode.ExistingFile, _FILES)
        dialog.fileSelected.connect(lambda name: self.open_plan(Path(name)))
        dialog.open()

    def _ask_save(self) -> None:
        dialog = self._dialog("Save the plan", QFileDialog.FileMode.AnyFile, _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("plan.json")
        dialog.selectFile(self._suggested("plan.json"))
        dialog.fileSelected.connect(lambda name: self.save_plan(Path(name)))
        dialog.open()

    def _ask_handout(self) -> None:
        dialog = self._dialog("Export a handout", QFileDialog.FileMode.AnyFile, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self._suggested("pdf"))
        dialog.fileSelected.connect(lambda name: self.export_handout(Path(name)))
        dialog.open()

    def _dialog(self, title: str, mode: QFileDialog.FileMode, files: str) -> QFileDialog:
        recent = RecentFiles()
        dialog = QFileDialog(self._viewport.window(), title, str(recent.folder), files)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(lambda name: recent.used(Path(name)))
        return dialog

    def _suggested(self, ending: str) -> str:
        """The name of the plan's file, or one of what the plan is for."""
        if self.plan.path is not None:
            return self.plan.path.name.removesuffix(".json").removesuffix(".plan") + f".{ending}"
        plan, library = self.plan.plan, self.plan.planner.library
        titles = [library.goals[goal].title for goal in plan.goals[:2]]
        titles += [library.treatments[plan.treatment].title] if plan.treatment else []
        return file_name(" ".join(titles) or "treatment plan", ending)

    def export_handout(self, path: Path) -> HandoutExport:
        """Write the plan's handout; what goes wrong is told, and no half of it is left."""
        return HandoutExport(self.plan, self._figure, self._state.sites, path, self._viewport.window())


def _scrolled(page: QWidget) -> QScrollArea:
    """A page that is scrolled where large text or a small screen leaves it too little room."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(page)
    return scroll
