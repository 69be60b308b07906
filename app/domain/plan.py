"""A plan: which needles, in which order, for which goals, and what the client answered.

A plan says what is wanted. What is needled follows from it (`Planner.prepare`): the answers take points out each time
anew, so that whatever is chosen, loaded or added later, a point that is barred stays out, and is named with its reason.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec.structs import replace

from app.domain.goals import Goal, Treatment
from app.domain.library import Library
from app.domain.plan_choice import BODY_LIMIT, FACE_LIMITS, PointChoice
from app.domain.points import Point
from app.domain.record import Name, Record
from app.domain.screening import TO_DECIDE, Answer, Cause, Finding, Screening
from app.domain.shown import NeedleCounts

PLAN_FORMAT: Literal["facepoints plan"] = "facepoints plan"
PLAN_VERSION = 1

MINUTES = (20, 25)
_FULL = FACE_LIMITS[-1] + BODY_LIMIT


class Plan(Record, frozen=True, kw_only=True):
    """A plan as it is saved.

    `needles` are codes in the order of treatment; `added` and `dropped` are those the practitioner chose to put in and
    to leave out, which stays so when goals change. `treatment` is a whole treatment taken as it is. `answers` are the
    cautions that apply, `denied` those that were asked about and do not. `decided` are cautions in spite of which the
    practitioner has decided to treat.
    """

    format: Literal["facepoints plan"]
    version: int
    title: str = ""
    goals: tuple[Name, ...] = ()
    treatment: str = ""
    body_variant: str = ""
    needles: tuple[Name, ...] = ()
    added: tuple[Name, ...] = ()
    dropped: tuple[Name, ...] = ()
    answers: tuple[Answer, ...] = ()
    denied: tuple[Name, ...] = ()
    decided: tuple[Name, ...] = ()


class Reason(msgspec.Struct, frozen=True):
    """Why a point is in a plan: a sentence, and the goal it speaks of, None where it is no goal's."""

    goal: Goal | None
    sentence: str


class PlannedNeedle(msgspec.Struct, frozen=True, kw_only=True):
    """A point that is needled. `goals` are those of the plan that it serves; `notes` what to mind."""

    point: Point
    goals: tuple[Goal, ...]
    notes: tuple[str, ...]


class LeftOut(msgspec.Struct, frozen=True):
    """A point that the answers take out of the plan, and why."""

    point: Point
    causes: tuple[Cause, ...]


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from a plan: the needles, what is left out and why, what the answers mean.

    With a finding `on_hold` no needle goes in today.
    """

    needles: tuple[PlannedNeedle, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    on_hold: tuple[Finding, ...]
    counts: NeedleCounts
    minutes: int

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(needle.point.code for needle in self.needles)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """What the answers say of the treatment as a whole, each in a line; empty if it may go on as planned."""
        return tuple(
            f"{finding.title}. {_consequence(finding, finding in self.on_hold)}"
            for finding in self.findings
            if finding.is_verdict
        )


class PlanProblem(Exception):
    """A change that a plan does not take; the text is one sentence."""


class Planner:
    """Makes and changes the plans of one library; made once, then quick."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.screening = Screening(library)
        self._choice = PointChoice(library)
        self._order = {code: number for number, code in enumerate(library.points)}

    def make(self, goals: Iterable[str], treatment: str = "", body_variant: str = "") -> Plan:
        """The plan for goals, or a whole treatment as it is, with the body points of a variant if one is named.

        Points that serve several of the goals come first. KeyError for an unknown id.
        """
        known = tuple(goal for goal in self.library.goals if goal in set(goals))
        for goal in goals:
            self.library.goals[goal]
        plan = Plan(
            format=PLAN_FORMAT,
            version=PLAN_VERSION,
            goals=known,
            treatment=treatment,
            body_variant=body_variant,
        )
        return replace(plan, needles=self._choice.codes(known, treatment, body_variant))

    def remake(
        self,
        plan: Plan,
        goals: Iterable[str] | None = None,
        treatment: str | None = None,
        body_variant: str | None = None,
    ) -> Plan:
        """The plan with other goals, another treatment or variant. What was added, dropped and answered stays.

        Points that were in it keep their order, new ones follow. KeyError for an unknown id.
        """
        made = self.make(
            plan.goals if goals is None else goals,
            plan.treatment if treatment is None else treatment,
            plan.body_variant if body_variant is None else body_variant,
        )
        wanted = [code for code in made.needles if code not in plan.dropped]
        wanted += [code for code in plan.added if code not in wanted]
        needles = tuple(code for code in plan.needles if code in wanted)
        for code in wanted:
            needles = self._with(needles, code)
        return replace(
            made,
            title=plan.title,
            needles=needles,
            added=plan.added,
            dropped=plan.dropped,
            answers=plan.answers,
            denied=plan.denied,
            decided=plan.decided,
            extra=plan.extra,
        )

    def drop(self, plan: Plan, code: str) -> Plan:
        """The plan without a point."""
        if code not in plan.needles:
            return plan
        return replace(
            plan,
            needles=_without(plan.needles, code),
            added=_without(plan.added, code),
            dropped=(*plan.dropped, code),
        )

    def add(self, plan: Plan, name: str) -> Plan:
        """The plan with a point more, at the end of its part. PlanProblem says why not; KeyError: unknown point."""
        point = self.library.point(name)
        code = point.code
        if code in plan.needles:
            raise PlanProblem(f"{code} is in the plan already.")
        if point.use == "reference only":
            raise PlanProblem(f"{code} is shown for learning and reference, not for needling.")
        if point.position is None:
            raise PlanProblem(
                f"{code} has no place on the figure: {point.status_reason or 'it is not placed yet'}."
            )
        causes = self.screening.causes(code, self._findings(plan))
        if causes:
            raise PlanProblem(f"{code} stays out. {causes[0].sentence}")
        return replace(
            plan,
            needles=self._with(plan.needles, code),
            added=(*plan.added, code),
            dropped=_without(plan.dropped, code),
        )

    def move(self, plan: Plan, code: str, step: int) -> Plan:
        """The plan with a point `step` places later (earlier if negative) among those of its plan."""
        order = _without(plan.needles, code)
        if len(order) == len(plan.needles):
            return plan
        place = min(max(plan.needles.index(code) + step, 0), len(order))
        return replace(plan, needles=(*order[:place], code, *order[place:]))

    def answer(self, plan: Plan, caution: str, applies: bool, areas: tuple[str, ...] = ()) -> Plan:
        """The plan with a caution that applies or, asked about, does not. KeyError for an unknown caution or area."""
        own = Answer(caution=caution, areas=areas)
        self.screening.findings((own,))
        others = tuple(one for one in plan.answers if one.caution != caution)
        denied = _without(plan.denied, caution)
        if applies:
            return replace(plan, answers=(*others, own), denied=denied)
        decided = _without(plan.decided, caution)
        return replace(plan, answers=others, denied=(*denied, caution), decided=decided)

    def decide(self, plan: Plan, caution: str, on: bool) -> Plan:
        """The plan with the practitioner's decision to treat in spite of a caution, or without. KeyError: unknown."""
        self.screening.question(caution)
        others = _without(plan.decided, caution)
        return replace(plan, decided=(*others, caution) if on else others)

    def unasked(self, plan: Plan) -> tuple[str, ...]:
        """Cautions that have not been asked about."""
        asked = {*plan.denied, *(answer.caution for answer in plan.answers)}
        return tuple(
            question.caution for question in self.screening.questions if question.caution not in asked
        )

    def prepare(self, plan: Plan) -> Prepared:
        """What follows from a plan. KeyError for a point, goal or caution that the library does not have."""
        points = self.library.points
        findings = self._findings(plan)
        barred = _barred(findings)
        goals = [(self.library.goals[goal], self._choice.of_goal(goal)) for goal in plan.goals]
        needles, left_out, sites = [], [], {"face": 0, "body": 0}
        for code in plan.needles:
            point = points[code]
            if code in barred:
                left_out.append(LeftOut(point, self.screening.causes(code, findings)))
                continue
            sites[point.part] += point.needles
            served = tuple(goal for goal, own in goals if code in own)
            notes = self._notes(point, findings) if findings else ()
            needles.append(PlannedNeedle(point=point, goals=served, notes=notes))
        counts = NeedleCounts(sites["face"], sites["body"])
        return Prepared(
            needles=tuple(needles),
            left_out=tuple(left_out),
            findings=findings,
            on_hold=tuple(one for one in findings if self.screening.is_on_hold(one, plan.decided)),
            counts=counts,
            minutes=minutes_of(counts.total),
        )

    def reasons(self, plan: Plan, code: str) -> tuple[Reason, ...]:
        """Why a point is in the plan: what each goal's groups say of it, or the treatment it comes from."""
        found: dict[str, Reason] = {}
        for goal in plan.goals:
            for group in self.library.goals[goal].groups:
                for item in self.library.groups[group].points:
                    if item.code == code and item.reason:
                        found.setdefault(item.reason, Reason(self.library.goals[goal], item.reason))
        if found:
            return tuple(found.values())
        origin = self._origin(plan, code)
        general = next(
            (
                item.reason
                for group in self.library.groups_of(code)
                for item in (*group.points, *group.advanced_points)
                if item.code == code and item.reason
            ),
            "",
        )
        return (Reason(None, f"{origin} {general}".strip()),)

    def offers(self, plan: Plan) -> tuple[Treatment, ...]:
        """Body variants that the answers suggest in place of the body points; none that is in the plan already."""
        ids = [self.screening.question(answer.caution).body_variant for answer in plan.answers]
        known = self.library.treatments
        return tuple(known[own] for own in dict.fromkeys(ids) if own in known and own != plan.body_variant)

    def suggestions(self, plan: Plan) -> tuple[Point, ...]:
        """Points of the plan's goals that are not in it: there was no room, or they were dropped. None is barred."""
        barred = _barred(self._findings(plan))
        codes = {code for goal in plan.goals for code in self._choice.of_goal(goal)}
        return tuple(
            self.library.points[code]
            for code in sorted(codes - set(plan.needles) - barred, key=self._order.__getitem__)
        )

    def _findings(self, plan: Plan) -> tuple[Finding, ...]:
        return self.screening.findings(plan.answers, plan.body_variant)

    def _with(self, codes: tuple[str, ...], code: str) -> tuple[str, ...]:
        """The codes with one more: a face point behind the last one of the face, a body point at the end."""
        if code in codes:
            return codes
        points = self.library.points
        place = len(codes)
        if points[code].part == "face":
            place = max(
                (number + 1 for number, own in enumerate(codes) if points[own].part == "face"), default=0
            )
        return (*codes[:place], code, *codes[place:])

    def _origin(self, plan: Plan, code: str) -> str:
        """Where a point comes from that no goal of the plan names."""
        if code in plan.added:
            return "Added by the practitioner."
        variant = self.library.treatments.get(plan.body_variant)
        if variant and any(item.code == code for item in variant.body):
            return f"{variant.title}."
        return "A general point of the typical treatment."

    def _notes(self, point: Point, findings: Iterable[Finding]) -> tuple[str, ...]:
        """What to mind at a point that is needled in spite of a caution."""
        notes = []
        for finding in findings:
            if finding.caution.id == "pregnancy" and point.pregnancy not in ("", "none listed"):
                notes.append(f"Pregnancy: {point.pregnancy}")
            for zone in finding.zones:
                own = self.library.caution_zones.get(zone)
                if own and point.code in own.points:
                    notes.append(
                        f"{finding.caution.title}: {own.title.lower()} is near; finest needle, press after."
                    )
        return tuple(notes)


def _barred(findings: Iterable[Finding]) -> frozenset[str]:
    """Codes of the points that any of the answers takes out."""
    return frozenset().union(*(finding.points for finding in findings))


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def _consequence(finding: Finding, on_hold: bool) -> str:
    """What a verdict means for today."""
    if finding.outcome not in TO_DECIDE:
        return "No needle goes in today."
    if on_hold:
        return "No needle goes in unless the practitioner decides to treat and written consent is signed."
    return "The practitioner has decided to treat, with the client's written consent."


def minutes_of(needles: int) -> int:
    """How long the needles stay in: 20 minutes for few, 25 for a whole treatment."""
    least, most = MINUTES
    return round(least + (most - least) * min(needles / _FULL, 1.0))
