"""Place the points anew by their rules and write the catalogue's positions: python points/place.py

Run it after a change to the figure, the landmarks, the curves or the rules. Landmarks and most curves are drawn or
found once and kept in points/anatomy; four curves run between points and are drawn again here as the points move.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np

from app.domain.anatomy import Curve
from app.domain.builtin import load_library
from app.domain.codec import read_document, write_document
from app.domain.document import Document
from app.domain.library import Library
from app.domain.places import data_folder
from app.domain.points import Point
from app.geometry import curves
from app.geometry.cun import SAGITTAL
from app.geometry.figure import Figure, Floats, load_figure
from app.geometry.measure import Scene, hairline_above
from app.geometry.placing import Placement, place, place_points
from app.geometry.rules import Placed

log = logging.getLogger("place")

ENDS = {"ear_arc": ("TE20", "TE17"), "st8_gb7": ("ST8", "GB7"), "gb9_gb12": ("GB9", "GB12")}
"""Curves that begin and end at points."""
BEND = 0.35
"""Part of such a curve, from either end, over which it follows its end."""
STEPS = 14
"""Places that the line half a cun inside the hairline is drawn through."""
MOVED_MM = 0.02
BY_RULES = "by its rules"
BY_HAND = "by its rules as far as they reach, the rest drawn on the neutral figure"


def main() -> None:
    """Place, draw the curves between points again, and go on until nothing moves."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    figure = load_figure()
    for _ in range(6):
        library = load_library()
        placed = Placed(figure, figure.neutral, library)
        scene = placed.scene()
        found = place_points(scene, library.points, library.trusted_rules.values())
        moved = max(
            (float(np.linalg.norm(found[code].position - scene.points[code])), code) for code in found
        )
        log.info("farthest moved: %s by %.3f mm", moved[1], moved[0])
        places = {**scene.points, **{code: one.position for code, one in found.items()}}
        write(figure, library, Scene(scene.body, scene.units, places), found, placed)
        if moved[0] < MOVED_MM:
            break


def write(
    figure: Figure, library: Library, scene: Scene, found: Mapping[str, Placement], placed: Placed
) -> None:
    """Write positions into the catalogue and the four curves into the anatomy."""
    folder = data_folder("points")
    for path in sorted((folder / "catalogue").glob("*.json")):
        document = read_document(path)
        points = tuple(_placed(point, scene, found.get(point.code), placed) for point in document.points)
        _write(path, msgspec.structs.replace(document, points=points), figure)
    path = folder / "anatomy" / "curves.json"
    document = read_document(path)
    drawn = {"hair_05": _inside_hairline(scene)} | {name: _bent(scene, name) for name in ENDS}
    _write(
        path,
        msgspec.structs.replace(document, curves=tuple(_curve(c, drawn) for c in document.curves)),
        figure,
    )


def _write(path: Path, document: Document, figure: Figure) -> None:
    write_document(path, msgspec.structs.replace(document, figure=figure.fingerprint))


def _placed(point: Point, scene: Scene, found: Placement | None, placed: Placed) -> Point:
    """Return a point with its position, those of its further sites, and how they came about."""
    if found is None:
        return point
    sites = placed.sites(point)[1:]
    further = tuple(
        msgspec.structs.replace(site, position=_tuple(place(scene, [rule], home, home).position))
        for site, rule, home in zip(point.further_sites, point.constraints[1:], sites, strict=False)
    )
    return msgspec.structs.replace(
        point,
        position=_tuple(found.position),
        further_sites=further,
        placed_by=BY_HAND if found.free else BY_RULES,
    )


def _curve(curve: Curve, drawn: Mapping[str, Floats]) -> Curve:
    if curve.id not in drawn:
        return curve
    return msgspec.structs.replace(curve, positions=tuple(_tuple(place) for place in drawn[curve.id]))


def _bent(scene: Scene, name: str) -> Floats:
    """Return a curve bent so that it begins and ends at its points."""
    curve = scene.body.curve(name)
    start, end = (scene.points[code] for code in ENDS[name])
    share = curves.lengths(curve) / curves.lengths(curve)[-1]
    first = np.clip(1 - share / BEND, 0, 1)[:, None] * (start - curve[0])
    last = np.clip((share - 1 + BEND) / BEND, 0, 1)[:, None] * (end - curve[-1])
    bent = np.array([scene.body.skin.nearest(place) for place in curve + first + last])
    bent[0], bent[-1] = start, end
    return bent


def _inside_hairline(scene: Scene) -> Floats:
    """Return the line half a sagittal cun inside the front hairline, from GV24 to ST8."""
    start, end = scene.points["GV24"], scene.points["ST8"]
    inside = 0.5 * scene.units.mm("bcun_s")
    way = [start]
    # Near the corner the hairline turns down: the last stretch runs straight to ST8.
    for x in np.linspace(0, end[0] - 10, STEPS)[1:]:
        edge = hairline_above(scene.body, np.array([x, 0.0, 0.0]))
        edge[0] = x
        arms = scene.body.skin.arms(edge, SAGITTAL)
        way.append(curves.at(max(arms, key=lambda arm: arm[min(15, len(arm) - 1), 1]), inside))
    rough = np.array([*way, end])
    even = np.linspace(0, curves.lengths(rough)[-1], 3 * STEPS)
    return np.array([start, *(scene.body.skin.nearest(curves.at(rough, at)) for at in even[1:-1]), end])


def _tuple(place: Floats) -> tuple[float, float, float]:
    x, y, z = (round(float(value), 3) + 0.0 for value in place)
    return x, y, z


if __name__ == "__main__":
    main()
