"""A plan: which needles, in which order, for which goals, and what the client answered.

A plan says what is wanted. What is needled follows from it (`Planner.prepare`): the answers take points out each time
anew, so that whatever is chosen, loaded or added later, a point that is barred stays out, and is named with its reason.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec.structs import replace

from app.domain.areas import words_of
from app.domain.goals import Goal, Treatment
from app.domain.library import Library
from app.domain.points import DEFAULT_USES, Point
from app.domain.record import EVIDENCE_ORDER, Name, Record
from app.domain.screening import ON_HOLD, Answer, Cause, Finding, Screening
from app.domain.shown import NeedleCounts

PLAN_FORMAT: Literal["facepoints plan"] = "facepoints plan"
PLAN_VERSION = 1

FACE_LIMITS = (24, 32, 40)
"""Face needles for one, two, and three or more goals: the last is the reference's typical treatment."""

BODY_LEAST = (6, 8, 10, 12)
"""Body needles of a plan for one, two, three, and four or more goals, filled up from the typical treatment."""

BODY_LIMIT = 12
MINUTES = (20, 25)
_FULL = FACE_LIMITS[-1] + BODY_LIMIT
_OUT_OF_REACH = ("back", "lumbar", "base")  # of a client who lies on the back for the face


class Plan(Record, frozen=True, kw_only=True):
    """A plan as it is saved.

    `needles` are codes in the order of treatment; `added` and `dropped` are those the practitioner chose to put in and
    to leave out, which stays so when goals change. `treatment` is a whole treatment taken as it is. `answers` are the
    cautions that apply, `denied` those that were asked about and do not.
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
    """What follows from a plan: the needles, what is left out and why, what the answers mean."""

    needles: tuple[PlannedNeedle, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    counts: NeedleCounts
    minutes: int

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(needle.point.code for needle in self.needles)

    @property
    def on_hold(self) -> tuple[Finding, ...]:
        """Findings with which no needle goes in today."""
        return tuple(finding for finding in self.findings if finding.outcome in ON_HOLD)


class PlanProblem(Exception):
    """A change that a plan does not take; the text is one sentence."""


class Planner:
    """Makes and changes the plans of one library; made once, then quick."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.screening = Screening(library)
        whole = [one for one in library.treatments.values() if one.kind == "whole"]
        self._typical = whole[0] if whole else None
        self._typical_codes = (
            frozenset(item.code for item in self._typical.needles) if self._typical else frozenset()
        )
        self._order = {code: number for number, code in enumerate(library.points)}
        self._of_goal = {goal: self._candidates(goal) for goal in library.goals}

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
        return replace(plan, needles=self._needles(plan))

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
            extra=plan.extra,
        )

    def drop(self, plan: Plan, code: str) -> Plan:
        """The plan without a point."""
        if code not in plan.needles:
            return plan
        return replace(
            plan,
            needles=tuple(own for own in plan.needles if own != code),
            added=tuple(own for own in plan.added if own != code),
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
        causes = self.screening.causes(code, self.screening.findings(plan.answers))
        if causes:
            raise PlanProblem(f"{code} stays out. {causes[0].sentence}")
        return replace(
            plan,
            needles=self._with(plan.needles, code),
            added=(*plan.added, code),
            dropped=tuple(own for own in plan.dropped if own != code),
        )

    def move(self, plan: Plan, code: str, step: int) -> Plan:
        """The plan with a point `step` places later (earlier if negative) among those of its plan."""
        order = [own for own in plan.needles if own != code]
        if len(order) == len(plan.needles):
            return plan
        place = min(max(plan.needles.index(code) + step, 0), len(order))
        return replace(plan, needles=(*order[:place], code, *order[place:]))

    def answer(self, plan: Plan, caution: str, applies: bool, areas: tuple[str, ...] = ()) -> Plan:
        """The plan with a caution that applies or, asked about, does not. KeyError for an unknown caution or area."""
        own = Answer(caution=caution, areas=areas)
        self.screening.findings((own,))
        others = tuple(one for one in plan.answers if one.caution != caution)
        denied = tuple(one for one in plan.denied if one != caution)
        if applies:
            return replace(plan, answers=(*others, own), denied=denied)
        return replace(plan, answers=others, denied=(*denied, caution))

    def unasked(self, plan: Plan) -> tuple[str, ...]:
        """Cautions that have not been asked about."""
        asked = {*plan.denied, *(answer.caution for answer in plan.answers)}
        return tuple(
            question.caution for question in self.screening.questions if question.caution not in asked
        )

    def prepare(self, plan: Plan) -> Prepared:
        """What follows from a plan. KeyError for a point, goal or caution that the library does not have."""
        points = self.library.points
        findings = self.screening.findings(plan.answers)
        barred = frozenset().union(*(finding.points for finding in findings))
        goals = [(self.library.goals[goal], self._of_goal[goal]) for goal in plan.goals]
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
        barred = self.screening.barred(plan.answers)
        codes = {code for goal in plan.goals for code in self._of_goal[goal]}
        return tuple(
            self.library.points[code]
            for code in sorted(codes - set(plan.needles) - barred, key=self._order.__getitem__)
        )

    def _needles(self, plan: Plan) -> tuple[str, ...]:
        library = self.library
        if plan.treatment:
            whole = library.treatments[plan.treatment]
            face = [item.code for item in whole.face]
            body = [item.code for item in whole.body]
        else:
            ranked = self._ranked(plan.goals)
            count = max(len(plan.goals), 1)
            face = self._filled(ranked, "face", FACE_LIMITS[min(count, len(FACE_LIMITS)) - 1])
            body = self._filled(ranked, "body", BODY_LIMIT)
            least = BODY_LEAST[min(count, len(BODY_LEAST)) - 1]
            if plan.goals and self._typical:
                usual = [item.code for item in self._typical.body if item.code not in body]
                body += self._filled(usual, "body", least - self._sites(body))
        if plan.body_variant:
            body = [item.code for item in library.treatments[plan.body_variant].body]
        return (*face, *body)

    def _ranked(self, goals: tuple[str, ...]) -> list[str]:
        """The goals' points: those of several goals first, then those of the typical treatment, then by evidence."""
        served: dict[str, int] = {}
        groups: dict[str, int] = {}
        evidence: dict[str, int] = {}
        for goal in goals:
            for code, (count, level) in self._of_goal[goal].items():
                served[code] = served.get(code, 0) + 1
                groups[code] = groups.get(code, 0) + count
                evidence[code] = min(evidence.get(code, level), level)
        reachable = [code for code in served if self._is_reachable(code)]
        return sorted(
            reachable,
            key=lambda code: (
                -served[code],
                code not in self._typical_codes,
                -groups[code],
                evidence[code],
                self._order[code],
            ),
        )

    def _candidates(self, goal: str) -> dict[str, tuple[int, int]]:
        """The goal's points: in how many of its groups each is, and the rank of the best evidence among them."""
        found: dict[str, tuple[int, int]] = {}
        for name in self.library.goals[goal].groups:
            group = self.library.groups[name]
            level = EVIDENCE_ORDER.index(group.evidence) if group.evidence else len(EVIDENCE_ORDER)
            for item in group.points:
                point = self.library.points[item.code]
                if point.use in DEFAULT_USES and point.position is not None:
                    count, best = found.get(item.code, (0, level))
                    found[item.code] = (count + 1, min(best, level))
        return found

    def _filled(self, codes: Iterable[str], part: str, limit: int) -> list[str]:
        """The first points of a part whose needles fit within the limit; a smaller one may fit after a larger."""
        chosen, room = [], limit
        for code in codes:
            point = self.library.points[code]
            if point.part == part and point.needles <= room:
                chosen.append(code)
                room -= point.needles
        return chosen

    def _sites(self, codes: Iterable[str]) -> int:
        return sum(self.library.points[code].needles for code in codes)

    def _is_reachable(self, code: str) -> bool:
        point = self.library.points[code]
        return point.part == "face" or not set(words_of(point)) & set(_OUT_OF_REACH)

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
            title = variant.title.removeprefix("Body points: ")
            return f'From the body points "{title}"{f" ({variant.note})" if variant.note else ""}.'
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


def minutes_of(needles: int) -> int:
    """How long the needles stay in: 20 minutes for few, 25 for a whole treatment."""
    least, most = MINUTES
    return round(least + (most - least) * min(needles / _FULL, 1.0))
