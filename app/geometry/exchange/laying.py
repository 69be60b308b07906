"""Points laid onto the skin of this figure, and the set that importing makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from app.domain.document import Document
from app.domain.edits.edit import rounded
from app.domain.points import Point
from app.domain.problems import FileProblem
from app.domain.record import Position
from app.domain.steps import Step
from app.geometry.figure import Figure, Floats
from app.geometry.sites import (
    FARTHEST_MM,
    STRAY_MM,
    Sites,
    SurfaceProblem,
    bind_points,
    farthest_off,
    surface_problems,
)

KEPT_MM = 0.002
"""What lies this near to the skin stays as it is: a file keeps positions to 0.001 mm."""


@dataclass(frozen=True)
class Imported:
    """A foreign file as a set.

    Attributes:
        document: the set, every point of it on the skin.
        notes: what was taken for granted or laid right, in a sentence each.
        laid: the points that lay off the skin and were laid onto it, each with the mm of its farthest place.

    """

    document: Document
    notes: tuple[str, ...]
    laid: Mapping[str, float] = field(default_factory=dict)


def onto_skin(
    path: Path, points: Sequence[Point], figure: Figure, step: Step
) -> tuple[tuple[Point, ...], dict[str, float]]:
    """Lay points onto the skin, each on its own side; also return which were laid, and from how many mm off.

    Raises:
        FileProblem: some lie too far off.

    """
    try:
        sites = bind_points(
            figure, points, lambda share: step("Laying the points onto the skin", 0.5 + share * 0.5)
        )
    except SurfaceProblem:
        off = surface_problems(figure, points)
        worst = max(off, key=lambda problem: problem.distance)
        first = off[0]
        raise FileProblem(
            path,
            f"{first.code} and {len(off) - 1} more" if len(off) > 1 else first.code,
            f"{first.problem}, the farthest lies {worst.distance:.0f} mm off",
            "check that the points were made on this figure, and their unit and axes",
        ) from None
    astray = {sites.codes[row] for row in np.flatnonzero(sites.binding.distances > KEPT_MM)}
    skin = sites.positions(figure, figure.neutral.vertices)
    laid = tuple(laid_at(point, sites, skin) if point.code in astray else point for point in points)
    return laid, {code: far for code, far in farthest_off(sites).items() if far > STRAY_MM}


def laid_notes(laid: Mapping[str, float]) -> tuple[str, ...]:
    """Say that points were laid onto the skin: how many, and how far off the farthest was; nothing of none."""
    if not laid:
        return ()
    far = f"{'the farthest ' if len(laid) > 1 else ''}from {max(laid.values()):.2f} mm off"
    return (f"Laid onto the skin: {points_words(len(laid))}, {far} (up to {FARTHEST_MM:g} mm is allowed).",)


def points_words(number: int) -> str:
    """So many points: "1 point", "3 points"."""
    return f"{number} point{'' if number == 1 else 's'}"


def laid_at(point: Point, sites: Sites, places: Floats) -> Point:
    """A placed point with its places where its sites lie, `places` (n, 3) mm in the order of `sites`."""
    rows = iter(sites.indices(point.code))

    def take(both: bool) -> tuple[Position, Position]:
        """The next place, and that of the other side, which is stored where the sides differ only."""
        first = _position(places[next(rows)])
        return first, _position(places[next(rows)]) if both else first

    position, right = take(point.laterality == "bilateral" or point.position_right is not None)
    further = tuple(
        site
        if site.position is None
        else msgspec.structs.replace(site, position=take(site.side == "bilateral")[0])
        for site in point.further_sites
    )
    return msgspec.structs.replace(
        point,
        position=position,
        position_right=None if point.position_right is None else right,
        further_sites=further,
    )


def _position(place: Floats) -> Position:
    x, y, z = (float(value) for value in place)
    return rounded((x, y, z))
