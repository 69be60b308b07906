"""Placing points by their rules: where the skin keeps the hard ones, and the soft ones as well as they allow.

A point that starts from others is placed after them; points that start from each other are placed in turn until none
of them moves. Where the rules leave a point free (an order only, a curve without a measure along it), it stays as near
to where it was as they allow: that place is drawn by hand, and `Placement.free` says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.anatomy import TrustedRule
from app.domain.points import Constraint, Point
from app.geometry.figure import Floats
from app.geometry.geodesic import Skin
from app.geometry.measure import Scene, measure
from app.geometry.rules import DEFAULT_SET_RULES, is_hard

STEP_MM = 0.05
"""How far a place is moved along the skin to see how its rules change."""
STAY = 1 / 400
"""Pull (per mm) back to where a point was; it decides only what the rules leave open."""
SOFT_SHARE = 0.15
"""Weight of a soft rule against a hard one of the same width."""
MARGIN_MM = 0.5
"""By how much an order is to be kept, so that it holds on other shapes too."""
ROUNDS, TURNS = 12, 12
ON_MIDLINE = np.array([0.0, 1.0, 1.0])


@dataclass(frozen=True)
class Placement:
    """Where a point was placed.

    Attributes:
        position: (3,) mm.
        free: whether its rules leave it a direction to move in, so that a hand drew part of its place.

    """

    position: Floats
    free: bool


def place_points(
    scene: Scene,
    points: Mapping[str, Point],
    trusted: Iterable[TrustedRule] = (),
    codes: Iterable[str] | None = None,
) -> dict[str, Placement]:
    """Place points (all of `points`, or those named) on a body from where the scene has them now.

    The trusted rules hold beside the points' own, with their tight tolerance.
    Points without a place in the scene are left out; only the first place of a group of places is placed.
    """
    places = dict(scene.points)
    moving = [code for code in (points if codes is None else codes) if code in places]
    rules = {code: rules_of(points[code], trusted) for code in moving}
    placed: dict[str, Placement] = {}
    for together in order_of(rules):
        for _ in range(TURNS if len(together) > 1 else 1):
            moved = 0.0
            for code in together:
                here = Scene(scene.body, scene.units, places)
                found = place(here, rules[code], scene.points[code], places[code])
                moved = max(moved, float(np.linalg.norm(found.position - places[code])))
                places[code] = found.position
                placed[code] = found
            if moved < 0.01:
                break
    return placed


def rules_of(point: Point, trusted: Iterable[TrustedRule] = ()) -> tuple[Constraint, ...]:
    """Return what places the main site of a point: its rules, the trusted ones, and those of the default set."""
    own = point.constraints[:1] if point.laterality == "group" else point.constraints
    checks = tuple(check for rule in trusted for check in rule.checks if check.point == point.code)
    return own + checks + (DEFAULT_SET_RULES if point.use == "face" else ())


def place(scene: Scene, rules: Sequence[Constraint], home: Floats, start: Floats) -> Placement:
    """Return where on the skin the rules put a place, searched from `start` (3,) and, where free, near `home` (3,).

    Gauss-Newton steps in the tangent plane, each brought back to the skin, shortened while they make things worse.
    """
    skin = scene.body.skin
    midline = abs(float(home[0])) < 0.01
    position = _onto(skin, start, midline)
    cost, residual = _cost(scene, rules, home, position)
    damping, bound = 1e-4, 0
    for _ in range(ROUNDS):
        frame = _tangents(skin.normal(position), midline)
        columns = [
            (_cost(scene, rules, home, _onto(skin, position + STEP_MM * axis, midline))[1] - residual)
            / STEP_MM
            for axis in frame
        ]
        slope = np.stack(columns, axis=1)
        bound = int(np.linalg.matrix_rank(slope[:-3], tol=0.004))
        improved = False
        for _ in range(6):
            step = np.linalg.solve(
                slope.T @ slope + damping * np.eye(len(frame)) * max(np.trace(slope.T @ slope), 1e-9),
                -slope.T @ residual,
            )
            size = float(np.linalg.norm(step))
            trial = _onto(skin, position + (step * min(1.0, 25.0 / max(size, 1e-9))) @ frame, midline)
            new_cost, new_residual = _cost(scene, rules, home, trial)
            if new_cost < cost:
                improved = True
                break
            damping = max(damping, 1e-3) * 10
        if not improved:
            break
        moved = float(np.linalg.norm(trial - position))
        position, cost, residual = trial, new_cost, new_residual
        damping = max(damping / 10, 1e-5)
        if moved < 0.005:
            break
    return Placement(position, bound < (1 if midline else 2))


def order_of(rules: Mapping[str, Sequence[Constraint]]) -> list[list[str]]:
    """Return the codes in an order in which each comes after those its measures start from.

    Points that start from each other come together in one list (Tarjan's strongly connected components).
    """
    needs = {
        code: [name for rule in own for name in _starts_from(rule) if name in rules and name != code]
        for code, own in rules.items()
    }
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(code: str) -> None:
        index[code] = low[code] = len(index)
        stack.append(code)
        for name in needs[code]:
            if name not in index:
                visit(name)
                low[code] = min(low[code], low[name])
            elif name in stack:
                low[code] = min(low[code], index[name])
        if low[code] == index[code]:
            at = stack.index(code)
            groups.append(stack[at:][::-1])
            del stack[at:]

    for code in rules:
        if code not in index:
            visit(code)
    return groups


def ungrounded(points: Mapping[str, Point]) -> list[list[str]]:
    """Return the rings of points that are found from each other alone, so that nothing on the body holds them."""
    rules = {code: point.constraints for code, point in points.items()}
    return [
        ring
        for ring in order_of(rules)
        if all(
            _starts_from(rule) and set(_starts_from(rule)) <= set(ring)
            for code in ring
            for rule in rules[code]
        )
        and any(rules[code] for code in ring)
    ]


def _starts_from(rule: Constraint) -> list[str]:
    """Return the points a rule names."""
    names = (rule.ref, rule.a, rule.b, rule.from_, rule.to)
    return [name[3:].rstrip("'") for name in names if name.startswith("PT:")]


def _onto(skin: Skin, position: Floats, midline: bool) -> Floats:
    if not midline:
        return skin.nearest(position)
    place: Floats = skin.nearest(position * ON_MIDLINE) * ON_MIDLINE
    return place


def _tangents(normal: Floats, midline: bool) -> Floats:
    """Return (k, 3) unit directions in the skin: one along the midline, or two."""
    if midline:
        along = np.array([0.0, -normal[2], normal[1]])
        one: Floats = (along / np.linalg.norm(along))[None]
        return one
    first = np.cross(normal, [0.0, 1.0, 0.0] if abs(normal[1]) < 0.9 else [0.0, 0.0, 1.0])
    first /= np.linalg.norm(first)
    return np.stack([first, np.cross(normal, first)])


def _cost(scene: Scene, rules: Sequence[Constraint], home: Floats, position: Floats) -> tuple[float, Floats]:
    """Return half the sum of squares and the weighted residuals (r,) of all rules, the last three the pull home."""
    parts = [_weighed(scene, rule, position) for rule in rules]
    residual: Floats = np.concatenate([*parts, STAY * (position - home)])
    return 0.5 * float(residual @ residual), residual


def _weighed(scene: Scene, rule: Constraint, position: Floats) -> Floats:
    """Return the residual of one rule in tolerances; orders and regions bite only where they are broken."""
    result = measure(scene, rule, position)
    if rule.tolerance is None and rule.type != "between":
        # An order: nothing while it is kept by the margin, then steeper than any tolerance.
        lack = min(result.measured - MARGIN_MM, 0.0)
        return np.array([lack])
    if rule.tolerance is None:
        return result.residual
    width = rule.tolerance.value * scene.units.mm(rule.tolerance.unit)
    return result.residual / width * (1.0 if is_hard(rule) else SOFT_SHARE)
