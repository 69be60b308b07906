"""A set of another figure on this one: its points placed again, by their rules or where they lay."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.domain.document import Document
from app.domain.edits.edit import rounded
from app.domain.edits.points import BY_WORDS
from app.domain.library import Library, join
from app.domain.names import some_of
from app.domain.points import Point
from app.domain.steps import Step, no_step
from app.geometry.bench import Bench
from app.geometry.exchange.laying import Imported, laid_at, laid_notes, points_words
from app.geometry.figure import Figure
from app.geometry.sites import FARTHEST_MM, STRAY_MM, bind_loosely, farthest_off
from app.geometry.sliding import Skin

_BY_RULES = (BY_WORDS, "by its rules")
"""How a point was placed whose rules know its place better than the old figure does."""


def placed_again(
    path: Path, document: Document, base: Library, figure: Figure, step: Step = no_step
) -> Imported:
    """Place the points of a set of another figure on this one.

    A point that its rules or typed words had placed is placed by them again. Any other is laid onto the skin, if that
    is within 5 mm of where it lay; else its rules place it, and where it has none it loses its place and says why.

    Raises:
        FileProblem: the set names something that is nowhere.

    """
    step("Laying the points onto this figure", 0.0)
    placed = [point for point in document.points if point.position is not None]
    sites = bind_loosely(figure, placed)
    skin = sites.positions(figure, figure.neutral.vertices)
    off = farthest_off(sites)
    laid = {point.code: laid_at(point, sites, skin) for point in placed}
    # Rules may refer to any other point of the set, so all of them lie on the skin first.
    first = _with(document, laid, figure)
    wanted = [
        point
        for point in placed
        if point.constraints and (point.placed_by.startswith(_BY_RULES) or off[point.code] > FARTHEST_MM)
    ]
    ruled = _by_rules(path, first, wanted, laid, base, figure, step)
    lost = [point for point in placed if off[point.code] > FARTHEST_MM and point.code not in ruled]
    document = _with(document, laid | ruled | {point.code: _without(point, off) for point in lost}, figure)
    kept = [code for code in off if code not in ruled and off[code] <= FARTHEST_MM]
    return Imported(document, tuple(_notes(kept, off, list(ruled), [point.code for point in lost])))


def _with(document: Document, points: dict[str, Point], figure: Figure) -> Document:
    return msgspec.structs.replace(
        document,
        points=tuple(points.get(point.code, point) for point in document.points),
        figure=figure.fingerprint,
    )


def _by_rules(
    path: Path,
    document: Document,
    wanted: Sequence[Point],
    laid: dict[str, Point],
    base: Library,
    figure: Figure,
    step: Step,
) -> dict[str, Point]:
    """Those of the wanted points that their rules place, by code. Their sides mirror each other then."""
    bench = Bench(Skin(figure), base)
    sites = bind_loosely(figure, join([(path, document)], base=base).points.values())
    scene = bench.scene(sites, sites.positions(figure, figure.neutral.vertices))
    found = {}
    for number, point in enumerate(wanted):
        step("Placing points by their rules", number / len(wanted))
        place = bench.by_rules(scene, laid[point.code])
        if place is not None:
            x, y, z = (float(value) for value in place)
            found[point.code] = msgspec.structs.replace(
                laid[point.code], position=rounded((x, y, z)), position_right=None
            )
    return found


def _without(point: Point, off: dict[str, float]) -> Point:
    reason = f"It lay {off[point.code]:.0f} mm off this figure's skin; place it again."
    further = tuple(msgspec.structs.replace(site, position=None) for site in point.further_sites)
    return msgspec.structs.replace(
        point,
        position=None,
        position_right=None,
        further_sites=further,
        status="unplaced",
        status_reason=reason,
        placed_by="",
    )


def _notes(laid: list[str], off: dict[str, float], ruled: list[str], lost: list[str]) -> list[str]:
    notes: list[str] = []
    strays = {code: off[code] for code in laid if off[code] > STRAY_MM}
    notes += laid_notes(strays)
    if len(strays) < len(laid):
        notes.append(f"On this figure's skin as they were: {points_words(len(laid) - len(strays))}.")
    if ruled:
        notes.append(f"Placed again by their rules: {points_words(len(ruled))}.")
    if lost:
        names = some_of(lost, 12)
        notes.append(f"More than {FARTHEST_MM:g} mm off this figure's skin and without a place now: {names}.")
    return notes
