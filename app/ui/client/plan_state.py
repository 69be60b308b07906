"""The plan that is worked on. The one place that changes it; panels listen, read and never change each other."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.domain.goals import Goal
from app.domain.plan import Plan, Planner, Prepared
from app.domain.plan_file import read_plan, write_plan
from app.ui.state import ViewState


class PlanState(QObject):
    """Holds a plan and what follows from it.

    Signals:
        plan_changed: the plan, or the library it is of, is another.
        selected_changed: another point of the plan, or none, is selected.
        locked_changed: a treatment began, and the plan stays as it is; or it ended.
    """

    plan_changed = Signal()
    selected_changed = Signal()
    locked_changed = Signal()

    def __init__(self, state: ViewState) -> None:
        super().__init__()
        self._state = state
        self.planner = Planner(state.library)
        self._plan = self.planner.make(state.goals_on)
        self._prepared = self.planner.prepare(self._plan)
        self._selected: str | None = None
        self._saved = self._plan
        self._made = self._plan  # as Explore's goals made it
        self._locked = False
        self.path: Path | None = None
        state.library_changed.connect(self._on_library_changed)

    @property
    def plan(self) -> Plan:
        return self._plan

    @property
    def prepared(self) -> Prepared:
        return self._prepared

    @property
    def selected(self) -> str | None:
        """The code of the selected point."""
        return self._selected

    @property
    def is_untouched(self) -> bool:
        """Whether the plan is just what Explore's goals made: another choice there may replace it."""
        return self.path is None and self._plan == self._made

    @property
    def is_locked(self) -> bool:
        """Whether a treatment is running: nothing changes the plan meanwhile."""
        return self._locked

    @property
    def is_changed(self) -> bool:
        """Whether something of the plan is not in its file."""
        return self._plan != self._saved

    def lock(self, on: bool) -> None:
        """Keep the plan as it is while needles of it go in and out; or let it be changed again."""
        if on != self._locked:
            self._locked = on
            self.locked_changed.emit()

    def take_goals(self) -> None:
        """The goals that are switched on in Explore, while the plan is untouched."""
        if not self._locked and self.is_untouched and self._plan.goals != self._state.goals_on:
            self._make()

    def start_anew(self) -> None:
        """An empty plan for the goals of Explore."""
        if not self._locked:
            self.path = None
            self._make()

    def set_plan(self, plan: Plan) -> None:
        """Change the plan; one that is locked stays as it is."""
        if plan != self._plan and not self._locked:
            self._plan = plan
            self._read()

    def set_goal(self, goal: str, on: bool) -> None:
        goals = {*self._plan.goals, goal} if on else set(self._plan.goals) - {goal}
        self.set_plan(self.planner.remake(self._plan, goals=goals))

    def set_treatment(self, on: bool) -> None:
        """The reference's typical treatment as it is, or what the goals ask for."""
        whole = self._state.whole_treatment
        if whole is not None:
            self.set_plan(self.planner.remake(self._plan, treatment=whole.id if on else ""))

    def set_body_variant(self, variant: str) -> None:
        """Other body points in place of the usual ones; "" for those."""
        self.set_plan(self.planner.remake(self._plan, body_variant=variant))

    def answer(self, caution: str, applies: bool, areas: tuple[str, ...] = ()) -> None:
        self.set_plan(self.planner.answer(self._plan, caution, applies, areas))

    def decide(self, caution: str, on: bool) -> None:
        """Record that the practitioner treats in spite of a caution, or take that back."""
        self.set_plan(self.planner.decide(self._plan, caution, on))

    def drop(self, code: str) -> None:
        self.set_plan(self.planner.drop(self._plan, code))

    def add(self, name: str) -> None:
        """PlanProblem or KeyError say why not."""
        self.set_plan(self.planner.add(self._plan, name))
        self.select(self.planner.library.point(name).code)

    def move(self, code: str, step: int) -> None:
        self.set_plan(self.planner.move(self._plan, code, step))

    def select(self, code: str | None) -> None:
        if code != self._selected:
            self._selected = code
            self.selected_changed.emit()

    def read(self, path: Path, own: bool = True) -> None:
        """Open a plan; `own` if it is a file of the user's, who will save it there.

        FileProblem says what is wrong; the plan at hand is then untouched. A plan that is locked stays, too.
        """
        if self._locked:
            return
        plan = read_plan(path, self.planner.library)
        self.path = path if own else None
        self._plan = self._saved = plan
        self._read()

    def write(self, path: Path) -> None:
        """Save the plan. FileProblem says why not."""
        write_plan(path, self._plan)
        self.path = path
        self._saved = self._plan
        self.plan_changed.emit()

    def first_goal(self, code: str) -> Goal | None:
        """The first goal of the plan that a point serves."""
        return next(
            (
                needle.goals[0]
                for needle in self._prepared.needles
                if needle.point.code == code and needle.goals
            ),
            None,
        )

    def _make(self) -> None:
        self._plan = self._made = self._saved = self.planner.make(self._state.goals_on)
        self._read()

    def _read(self) -> None:
        self._prepared = self.planner.prepare(self._plan)
        if self._selected not in self._prepared.codes:
            self._selected = None
        self.plan_changed.emit()

    def _on_library_changed(self) -> None:
        """Keep what another library knows of the plan."""
        self.planner = Planner(self._state.library)
        library, plan = self._state.library, self._plan
        known = replace(
            plan,
            goals=tuple(goal for goal in plan.goals if goal in library.goals),
            treatment=plan.treatment if plan.treatment in library.treatments else "",
            body_variant=plan.body_variant if plan.body_variant in library.treatments else "",
            needles=tuple(code for code in plan.needles if code in library.points),
            added=tuple(code for code in plan.added if code in library.points),
            dropped=tuple(code for code in plan.dropped if code in library.points),
            answers=tuple(answer for answer in plan.answers if answer.caution in library.cautions),
            denied=tuple(caution for caution in plan.denied if caution in library.cautions),
            decided=tuple(caution for caution in plan.decided if caution in library.cautions),
        )
        was_made = self._plan == self._made
        self._plan = known if self._locked else self.planner.remake(known)
        if was_made:
            self._made = self._plan
        self._read()
