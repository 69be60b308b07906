"""Places under a hand: touched, dragged, nudged along the skin, and never off it.

A place keeps to its side of the body and to the skin it lies on: what is dragged slides to where the skin can be
walked to, so it cannot jump to an eyeball, into the mouth, to the other side or to another limb.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra

from app.geometry.figure import Figure, Floats, Ints
from app.geometry.sites import Side, bindable
from app.geometry.surface import Binding, Hit, Surface

SNAP_MM = 2.0
"""A place this near to the mid-sagittal plane is taken for one on the midline, where that is wanted."""
DETOUR = 1.6
"""A drag may go so many times as far along the skin as straight, and some mm more: round a nostril, not to a limb."""
LEEWAY_MM, LEEWAY_HEAD_MM = 25.0, 70.0
"""On the head, whose shut lips part what lies a few mm apart, the way may be longer: there is no limb to jump to."""

Obstacle = Literal["", "beside", "no skin", "other side", "far"]
"""Why a place cannot be dragged to the mouse: that is beside the figure, on no skin that takes points, on the other
side of the body, or where the skin cannot be walked to."""


@dataclass(frozen=True)
class Place:
    """A place on the skin.

    Attributes:
        triangle: index of a triangle of the full level.
        weights: (3,) barycentric weights.
        position: (3,) mm on the neutral figure, where positions are kept.
        normal: (3,) outward unit normal there.
        side: the half of the body it lies on.

    """

    triangle: int
    weights: Floats
    position: Floats
    normal: Floats
    side: Side

    @property
    def binding(self) -> Binding:
        """The place as a binding of one row."""
        return Binding(np.array([self.triangle]), self.weights[None], np.zeros(1))


class Skin:
    """The touchable skin of one figure, for hands."""

    def __init__(self, figure: Figure) -> None:
        """Look at the neutral figure; what is dear is made when it is first needed."""
        self.figure = figure
        self._triangles = figure.full.triangles
        self._vertices = figure.neutral.vertices
        self._allowed = bindable(figure)
        self._half = self._vertices[self._triangles, 0].sum(axis=1) > 0

    def touch(self, hit: Hit) -> Place | None:
        """Return the place that a ray has hit on any pose; None where that is no touchable skin."""
        return self.at(hit.triangle, hit.weights) if self._allowed[hit.triangle] else None

    def at(self, triangle: int, weights: Floats, side: Side | None = None) -> Place:
        """Return the place in a triangle; a side may be given for a place on the midline."""
        corners = self._triangles[triangle]
        position = weights @ self._vertices[corners]
        normal = weights @ self._normals[corners]
        normal = normal / np.linalg.norm(normal)
        own: Side = side or ("left" if self._half[triangle] else "right")
        return Place(int(triangle), weights, position, normal, own)

    def nearest(self, position: Floats, side: Side) -> Place:
        """Return the place of a side that is nearest to a position (3,) of the neutral figure."""
        if side == "midline":
            return self._on_midline(position)
        if side == "right":
            return self.mirror(self.nearest(position * [-1.0, 1.0, 1.0], "left"))
        bound = self._left.nearest(np.asarray(position, float)[None])
        return self.at(int(bound.triangles[0]), bound.weights[0], "left")

    def mirror(self, place: Place) -> Place:
        """Return the same place on the other side; its own for one on the midline."""
        if place.side == "midline":
            return place
        # The table of partners is made once; sites.mirrored looks through all triangles, too long for a hand.
        mirror, partner = self.figure.full.mirror, int(self.figure.full.mirror_triangles[place.triangle])
        corners, theirs = mirror[self._triangles[place.triangle]], self._triangles[partner]
        weights = place.weights[[int(np.flatnonzero(corners == corner)[0]) for corner in theirs]]
        side: Side = "left" if place.side == "right" else "right"
        return self.at(partner, weights, side)

    def snapped(self, place: Place, within: float = SNAP_MM) -> Place:
        """Return the place on the midline where it is near enough, else itself."""
        return self._on_midline(place.position) if abs(place.position[0]) <= within else place

    def drag(self, start: Place, hit: Hit | None, ray: tuple[Floats, Floats], vertices: Floats) -> Place:
        """Return where a drag from `start` has come to.

        Args:
            start: where the place was a moment ago.
            hit: what the ray under the mouse meets first on the shown skin, None for nothing.
            ray: its start (3,) and unit direction (3,).
            vertices: (v, 3) of the shown pose.

        """
        offered, obstacle = self._offered(start, hit, ray, vertices)
        if offered is not None and not obstacle:
            return offered
        # The mouse is beside the skin that the place may lie on: the nearest of it that can be walked to follows.
        corners = self._triangles[start.triangle]
        shown = start.weights @ vertices[corners]
        aim = ray[0] + ((shown - ray[0]) @ ray[1]) * ray[1]
        place = self.nearest(start.position + (aim - shown), start.side)
        return place if self.reaches(start, place) else start

    def obstacle(
        self, start: Place, hit: Hit | None, ray: tuple[Floats, Floats], vertices: Floats
    ) -> Obstacle:
        """Return why a place that is dragged cannot come to what is under the mouse; the arguments are `drag`'s."""
        return self._offered(start, hit, ray, vertices)[1]

    def _offered(
        self, start: Place, hit: Hit | None, ray: tuple[Floats, Floats], vertices: Floats
    ) -> tuple[Place | None, Obstacle]:
        """What is under the mouse for a place that is dragged, and why it cannot be had."""
        if hit is None:
            return None, "beside"
        place = self.touch(hit) if self.faces(hit, ray[1], vertices) else None
        if place is None:
            return None, "no skin"
        if start.side == "midline":
            place = self._on_midline(place.position)
        if place.side != start.side:
            return place, "other side"
        return place, "" if self.reaches(start, place) else "far"

    def nudge(self, start: Place, direction: Floats, distance: float) -> Place:
        """Return the place `distance` mm from one along the skin, in a direction (3,) as seen from outside.

        A place on the midline stays there. The way is walked in steps of 0.5 mm, longer ones on a long way, so that
        it is as long as asked for on curved skin too; it ends early where the side or the skin ends.
        """
        place, left = start, distance
        while left > 1e-6:
            step = min(max(0.5, distance / 20), left)
            along = direction - (direction @ place.normal) * place.normal
            if place.side == "midline":
                along = along * [0.0, 1.0, 1.0]
            size = float(np.linalg.norm(along))
            if size < 1e-6:
                return place
            after = self.nearest(place.position + along / size * step, place.side)
            moved = float(np.linalg.norm(after.position - place.position))
            if moved < step / 10:
                return place
            place, left = after, left - moved
        return place

    def reaches(self, start: Place, end: Place) -> bool:
        """Tell whether one place can be walked to from another without a long way round."""
        straight = float(np.linalg.norm(end.position - start.position))
        parents = self.figure.full.parents
        first, last = int(parents[start.triangle]), int(parents[end.triangle])
        if first == last or straight < 1.0:
            return True
        head = bool(self._head[first] and self._head[last])
        limit = DETOUR * straight + (LEEWAY_HEAD_MM if head else LEEWAY_MM)
        corners, control = self.figure.control_triangles, self.figure.neutral.control
        # From corner to corner of the control mesh: the leeway is longer than the ways to them.
        away = np.linalg.norm(control[corners[first]] - start.position, axis=1)
        ways = dijkstra(self._graph, directed=False, indices=int(corners[first][away.argmin()]), limit=limit)
        return bool(np.isfinite(ways[corners[last]]).any())

    def faces(self, hit: Hit, direction: Floats, vertices: Floats) -> bool:
        """Tell whether a ray comes from outside; through an open eye it meets the back of the head from within."""
        a, b, c = vertices[self._triangles[hit.triangle]]
        return bool(np.cross(b - a, c - a) @ direction < 0)

    def _on_midline(self, position: Floats) -> Place:
        cells, corners, start, along = self._seam
        length = np.maximum((along**2).sum(axis=1), 1e-30)
        share = np.clip(((position - start) * along).sum(axis=1) / length, 0, 1)
        best = int((((start + share[:, None] * along) - position) ** 2).sum(axis=1).argmin())
        weights = np.zeros(3)
        weights[corners[best]] = 1 - share[best], share[best]
        return self.at(int(cells[best]), weights, "midline")

    @cached_property
    def _normals(self) -> Floats:
        return Surface(self._triangles, self._vertices, self._allowed).vertex_normals

    @cached_property
    def _left(self) -> Surface:
        return Surface(self._triangles, self._vertices, self._allowed & self._half)

    @cached_property
    def _seam(self) -> tuple[Ints, Ints, Floats, Floats]:
        """Edges in the mid-sagittal plane: triangle, its two corners, start and way to the end."""
        own = self.figure.full.mirror == np.arange(len(self.figure.full.mirror))
        cells = np.flatnonzero(self._allowed & self._half)
        sides = np.array([[0, 1], [1, 2], [2, 0]])
        rows, side = np.nonzero(own[self._triangles[cells]][:, sides].all(axis=2))
        cells, corners = cells[rows], sides[side]
        start, end = (self._vertices[self._triangles[cells, corners[:, which]]] for which in (0, 1))
        return cells, corners, start, end - start

    @cached_property
    def _head(self) -> npt.NDArray[np.bool_]:
        head: npt.NDArray[np.bool_] = self.figure.control_regions == self.figure.region_names.index("head")
        return head

    @cached_property
    def _graph(self) -> csr_matrix:
        """Vertices of the control mesh that share an edge of a touchable triangle, with the mm between them."""
        open_ = np.zeros(len(self.figure.control_triangles), bool)
        open_[self.figure.full.parents[self._allowed]] = True
        sides = self.figure.control_triangles[open_][:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
        first, second = np.unique(np.sort(sides, axis=1), axis=0).T
        control = self.figure.neutral.control
        lengths = np.linalg.norm(control[first] - control[second], axis=1)
        return coo_matrix((lengths, (first, second)), shape=(len(control),) * 2).tocsr()


def on_skin(figure: Figure, positions: Floats) -> npt.NDArray[np.float64]:
    """Return (n,) how far positions (n, 3) lie off the touchable skin of the neutral figure, mm."""
    surface = Surface(figure.full.triangles, figure.neutral.vertices, bindable(figure))
    return surface.nearest(positions).distances
