"""The sites of a set that is being edited: only what changed is bound anew."""

from collections.abc import Iterable

import numpy as np

from app.domain.points import Point
from app.geometry.sites import Part, Side, Sites, bind_loosely
from app.geometry.sliding import Place, Skin
from app.geometry.surface import Binding

MANY = 300
"""So many new points are bound in one sweep."""

_Bound = tuple[Point, list[tuple[Side, Place, float]]]


class BoundSet:
    """Binds points to the skin and remembers what it bound. Unlike `bind_points` it judges no distances."""

    def __init__(self, skin: Skin) -> None:
        self._skin = skin
        self._known: dict[str, _Bound] = {}
        self._last: tuple[tuple[Point, ...], Sites] | None = None

    def sites(self, points: Iterable[Point]) -> Sites:
        """Return every site of every placed point, in the order of the points."""
        points = tuple(points)
        if self._last is not None and self._last[0] == points:
            return self._last[1]
        self.learn(points)
        codes: list[str] = []
        sides: list[Side] = []
        parts: list[Part] = []
        triangles, weights, distances = [], [], []
        for point in points:
            for side, place, distance in self._bound(point):
                codes.append(point.code)
                sides.append(side)
                parts.append(point.part)
                triangles.append(place.triangle)
                weights.append(place.weights)
                distances.append(distance)
        binding = Binding(
            np.array(triangles, np.int64), np.array(weights, float).reshape(-1, 3), np.array(distances, float)
        )
        sites = Sites(tuple(codes), tuple(sides), tuple(parts), binding)
        self._last = (points, sites)
        return sites

    def learn(self, points: Iterable[Point]) -> None:
        """Bind those of many points that are new or lie elsewhere now, in one sweep; of a few, nothing is done."""
        new = [point for point in points if not self._knows(point)]
        if len(new) < MANY:
            return
        figure = self._skin.figure
        vertices = figure.neutral.vertices
        sites = bind_loosely(figure, new)
        positions, normals = sites.positions(figure, vertices), sites.normals(figure, vertices)
        found: dict[str, list[tuple[Side, Place, float]]] = {point.code: [] for point in new}
        for row, (code, side) in enumerate(zip(sites.codes, sites.sides, strict=True)):
            triangle, weights = int(sites.binding.triangles[row]), sites.binding.weights[row]
            place = Place(triangle, weights, positions[row], normals[row], side)
            found[code].append((side, place, float(sites.binding.distances[row])))
        self._known.update({point.code: (point, found[point.code]) for point in new})

    def places(self, point: Point) -> list[tuple[Side, Place]]:
        """Return the places of one point with their sides, in the order of `sites`."""
        return [(side, place) for side, place, _ in self._bound(point)]

    def _bound(self, point: Point) -> list[tuple[Side, Place, float]]:
        if not self._knows(point):
            self._known[point.code] = (point, self._bind(point))
        return self._known[point.code][1]

    def _knows(self, point: Point) -> bool:
        known = self._known.get(point.code)
        return known is not None and _same_places(known[0], point)

    def _bind(self, point: Point) -> list[tuple[Side, Place, float]]:
        if point.position is None:
            return []
        found: list[tuple[Side, Place, float]] = []

        def add(position: tuple[float, float, float], side: Side) -> Place:
            place = self._skin.nearest(np.array(position), side)
            found.append((side, place, float(np.linalg.norm(place.position - position))))
            return place

        def add_both(position: tuple[float, float, float]) -> None:
            place = add(position, "left")
            found.append(("right", self._skin.mirror(place), found[-1][2]))

        if point.position_right is not None:
            add(point.position, "left")
            add(point.position_right, "right")
        elif point.laterality == "bilateral":
            add_both(point.position)
        else:
            add(point.position, "midline")
        for site in point.further_sites:
            if site.position is not None and site.side == "bilateral":
                add_both(site.position)
            elif site.position is not None:
                add(site.position, "midline")
        return found


def _same_places(one: Point, other: Point) -> bool:
    return one is other or (
        one.position == other.position
        and one.position_right == other.position_right
        and one.further_sites == other.further_sites
        and one.laterality == other.laterality
    )
