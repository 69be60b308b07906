"""Which points a plan is made of: from the goals' groups, as many as a treatment has room for."""

from collections.abc import Iterable, KeysView

from app.domain.areas import words_of
from app.domain.library import Library
from app.domain.points import DEFAULT_USES
from app.domain.record import EVIDENCE_ORDER

FACE_LIMITS = (24, 32, 40)
"""Face needles for one, two, and three or more goals: the last is the reference's typical treatment."""

BODY_LEAST = (6, 8, 10, 12)
"""Body needles of a plan for one, two, three, and four or more goals, filled up from the typical treatment."""

BODY_LIMIT = 12
_OUT_OF_REACH = ("back", "lumbar", "base")  # of a client who lies on the back for the face


class PointChoice:
    """Chooses the points of one library's plans; made once, then quick."""

    def __init__(self, library: Library) -> None:
        self._library = library
        whole = [one for one in library.treatments.values() if one.kind == "whole"]
        self._typical = whole[0] if whole else None
        self._typical_codes = (
            frozenset(item.code for item in self._typical.needles) if self._typical else frozenset()
        )
        self._order = {code: number for number, code in enumerate(library.points)}
        self._of_goal = {goal: self._candidates(goal) for goal in library.goals}

    def of_goal(self, goal: str) -> KeysView[str]:
        """Codes of the points that may be needled for a goal. KeyError for an unknown one."""
        return self._of_goal[goal].keys()

    def codes(self, goals: tuple[str, ...], treatment: str = "", body_variant: str = "") -> tuple[str, ...]:
        """The points for goals or a whole treatment, those of the face first. KeyError for an unknown id."""
        library = self._library
        if treatment:
            whole = library.treatments[treatment]
            face = [item.code for item in whole.face]
            body = [item.code for item in whole.body]
        else:
            ranked = self._ranked(goals)
            count = max(len(goals), 1)
            face = self._filled(ranked, "face", FACE_LIMITS[min(count, len(FACE_LIMITS)) - 1])
            body = self._filled(ranked, "body", BODY_LIMIT)
            least = BODY_LEAST[min(count, len(BODY_LEAST)) - 1]
            if goals and self._typical:
                usual = [item.code for item in self._typical.body if item.code not in body]
                body += self._filled(usual, "body", least - self._sites(body))
        if body_variant:
            body = [item.code for item in library.treatments[body_variant].body]
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
        for name in self._library.goals[goal].groups:
            group = self._library.groups[name]
            level = EVIDENCE_ORDER.index(group.evidence) if group.evidence else len(EVIDENCE_ORDER)
            for item in group.points:
                point = self._library.points[item.code]
                if point.use in DEFAULT_USES and point.position is not None:
                    count, best = found.get(item.code, (0, level))
                    found[item.code] = (count + 1, min(best, level))
        return found

    def _filled(self, codes: Iterable[str], part: str, limit: int) -> list[str]:
        """The first points of a part whose needles fit within the limit; a smaller one may fit after a larger."""
        chosen, room = [], limit
        for code in codes:
            point = self._library.points[code]
            if point.part == part and point.needles <= room:
                chosen.append(code)
                room -= point.needles
        return chosen

    def _sites(self, codes: Iterable[str]) -> int:
        return sum(self._library.points[code].needles for code in codes)

    def _is_reachable(self, code: str) -> bool:
        point = self._library.points[code]
        return point.part == "face" or not set(words_of(point)) & set(_OUT_OF_REACH)
