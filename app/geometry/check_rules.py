"""The rules of anatomy, measured for a check: every rule of some points, and what of it is broken or unmeasurable."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from msgspec.structs import replace as changed

from app.domain.anatomy import TrustedRule
from app.domain.library import Library
from app.geometry.figure import Figure
from app.geometry.measure import RuleProblem
from app.geometry.placing import ungrounded
from app.geometry.rules import Finding, Placed, evaluate_placed, evaluate_trusted


class Broken(NamedTuple):
    """What is wrong with the anatomy of a point, in words."""

    code: str
    problem: str
    remedy: str


class Measured(NamedTuple):
    """Every rule that could be measured, and what is wrong."""

    rules: tuple[Finding, ...]
    broken: tuple[Broken, ...]


def measure_rules(
    figure: Figure, library: Library, codes: Collection[str], faulty: Collection[str]
) -> Measured:
    """Measure the rules of the named points, and the trusted rules that speak of them, on the neutral figure.

    `faulty` points, known to be wrong already, and points without a position are left out.
    """
    points = {code: point for code, point in library.points.items() if code not in faulty}
    sound = changed(library, points=points, trusted_rules=_trusted(library, points, codes))
    wanted = [code for code in points if code in codes and points[code].position is not None]
    placed = Placed(figure, figure.neutral, sound)
    rules: list[Finding] = []
    broken: list[Broken] = []
    try:
        rules += evaluate_placed(placed, wanted)
    except RuleProblem:
        for code in wanted:
            try:
                rules += evaluate_placed(placed, [code])
            except RuleProblem as problem:
                broken.append(Broken(code, str(problem), "correct the rule, or place what it needs"))
    try:
        rules += evaluate_trusted(figure, figure.neutral, sound, placed.marks)
    except RuleProblem as problem:
        broken.append(Broken("", f"trusted rule of {problem}", "correct the rule, or place what it needs"))
    broken += _rings(library, codes)
    broken += _not_kept(rules)
    return Measured(tuple(rules), tuple(broken))


def _trusted(library: Library, sound: Collection[str], codes: Collection[str]) -> dict[str, TrustedRule]:
    """Return the trusted rules that speak of the named points, all of whose points can be measured."""
    found = {}
    for rule in library.trusted_rules.values():
        named = {check.point for check in rule.checks}
        placed = all(name in sound and library.points[name].position is not None for name in named)
        if placed and named & set(codes):
            found[rule.id] = rule
    return found


def _rings(library: Library, codes: Collection[str]) -> Iterator[Broken]:
    for ring in ungrounded(library.points):
        named = [code for code in ring if code in codes]
        if named:
            problem = f"its place follows from {', '.join(ring)} alone, and theirs from it"
            yield Broken(named[0], problem, "give one of them a rule from a landmark")


def _not_kept(rules: Iterable[Finding]) -> Iterator[Broken]:
    """Return the hard and the trusted rules that are broken; of a pair that is broken alike, once."""
    told = set()
    for rule in rules:
        same = replace(rule, side="left") if rule.side == "right" else rule
        if rule.kept or not (rule.hard or rule.trusted) or same in told:
            continue
        told.add(same)
        name = (
            f'the trusted rule {rule.trusted} ("{rule.rule}")' if rule.trusted else f'the rule "{rule.rule}"'
        )
        side = f" on the {rule.side}" if rule.side != "midline" else ""
        problem = (
            f"{name} is broken by {rule.deviation_mm:.1f} mm{side}: {rule.measured:g} instead of "
            f"{rule.wanted:g} {rule.unit}, with {rule.tolerance_mm:.1f} mm allowed"
        )
        yield Broken(rule.code, problem, "move the point or correct the rule")
