"""Needle sites: every place of every point, bound to the skin so that it follows each shape and expression.

A position is that of the person's left or of the midline. Left positions are bound to the left half of the skin
only, midline positions to the edges that lie in the mid-sagittal plane, and right ones through the figure's own
symmetry, so no position can reach an eyeball, the inside of the mouth or the other side.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from app.domain.points import Point
from app.geometry.figure import Figure, Floats, Ints
from app.geometry.surface import Binding, Surface, vertex_normals

Side = Literal["left", "right", "midline"]
Part = Literal["face", "body"]

HIDDEN_REGIONS = ("mouth_inside", "eye_socket_left", "eye_socket_right")
FARTHEST_MM = 5.0
"""A position farther off the skin than this is a mistake and no rounding."""
STRAY_MM = 0.01
"""A position nearer to the skin than this lies on it. One between the two is shown where the skin is nearest."""
AT_ONCE = 10_000
"""So many positions are bound before it is told how far the work has come."""


class SurfaceProblem(Exception):
    """A position off the skin; the text is one sentence with the point, the distance and the remedy."""

    def __init__(self, code: str, side: Side, distance: float, problem: str, remedy: str) -> None:
        self.code = code
        self.side = side
        self.distance = distance
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{code}: {problem}; {remedy}.")


class Site(NamedTuple):
    """One place a needle goes: the code of its point and the side."""

    code: str
    side: Side


@dataclass(frozen=True)
class Sites:
    """Needle sites on one figure, in a fixed order.

    Attributes:
        codes: the point of each site.
        sides: the side of each site.
        parts: "face" or "body" of each site.
        binding: where each site lies on the triangles of the full level.

    """

    codes: tuple[str, ...]
    sides: tuple[Side, ...]
    parts: tuple[Part, ...]
    binding: Binding

    def __len__(self) -> int:
        return len(self.codes)

    def site(self, index: int) -> Site:
        """Return code and side of one site."""
        return Site(self.codes[index], self.sides[index])

    def indices(self, code: str) -> tuple[int, ...]:
        """Return the sites of a point; none where the point has no position."""
        return self._by_code.get(code, ())

    def subset(self, which: Sequence[int] | Iterable[str]) -> "Sites":
        """Return some of the sites, named by index or by code, in the order named."""
        chosen: list[int] = []
        for one in which:
            chosen.extend(self.indices(one) if isinstance(one, str) else (int(one),))
        rows = np.array(chosen, dtype=np.int64)
        bound = self.binding
        return Sites(
            tuple(self.codes[row] for row in chosen),
            tuple(self.sides[row] for row in chosen),
            tuple(self.parts[row] for row in chosen),
            Binding(bound.triangles[rows], bound.weights[rows], bound.distances[rows]),
        )

    def positions(self, figure: Figure, vertices: Floats) -> Floats:
        """Return (n, 3) the sites in mm on the figure's full level with the given vertices (v, 3)."""
        return self.binding.positions(figure.full.triangles, vertices)

    def normals(self, figure: Figure, vertices: Floats, normals: Floats | None = None) -> Floats:
        """Return (n, 3) outward unit normals at the sites; vertex `normals` (v, 3), if given, spare some work."""
        if normals is None:
            normals = vertex_normals(figure.full.triangles, vertices)
        mixed = self.binding.positions(figure.full.triangles, normals)
        unit: Floats = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return unit

    @cached_property
    def _by_code(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for index, code in enumerate(self.codes):
            found[code] = (*found.get(code, ()), index)
        return found


_LID_EDGE = 0.25
"""Cosine to the way out of the eye from which on a lid's skin is before its edge and not behind it."""


@lru_cache(maxsize=2)
def bindable(figure: Figure) -> npt.NDArray[np.bool_]:
    """Return (t,) which triangles of the full level are skin that can be touched from outside; not to be changed.

    Hidden parts of the mesh are none, nor is what of the lids turns from their edge towards the eyeball.
    """
    touchable = ~figure.region(*HIDDEN_REGIONS)
    lids = np.flatnonzero(figure.region("eyelids") & touchable)
    a, b, c = np.moveaxis(figure.neutral.vertices[figure.full.triangles[lids]], 1, 0)
    left, right = (eye.centre for eye in figure.neutral.eyes)
    # From the middles, which both sides have alike: their corners come in another order.
    outward, normal = (a + b + c) / 3 - np.where(a[:, :1] > 0, left, right), np.cross(b - a, c - a)
    sizes = np.linalg.norm(outward, axis=1) * np.linalg.norm(normal, axis=1)
    touchable[lids] = np.einsum("nd,nd->n", outward, normal) > _LID_EDGE * sizes
    touchable.flags.writeable = False
    return touchable


def skin_surface(figure: Figure, vertices: Floats) -> Surface:
    """Return the touchable skin of the full level with vertices (v, 3), for rays and nearest places."""
    return Surface(figure.full.triangles, vertices, bindable(figure))


def mirrored(figure: Figure, binding: Binding) -> Binding:
    """Return the same places on the other side of the figure."""
    triangles = figure.full.triangles
    corners = figure.full.mirror[triangles[binding.triangles]]
    partners = _with_corners(triangles, corners, len(figure.full.mirror))
    # Which own corner became each corner of the partner: the winding differs, so they are not in order.
    order = np.argmax(triangles[partners][:, :, None] == corners[:, None, :], axis=2)
    return Binding(partners, np.take_along_axis(binding.weights, order, axis=1), binding.distances)


def _with_corners(triangles: Ints, corners: Ints, vertex_count: int) -> Ints:
    """Return (n,) the triangle that has each of the given sets of corners (n, 3), in whatever order.

    The figure's own table of partners is for all triangles, and takes longer to make than the window may wait.
    """

    def key(some: Ints) -> Ints:
        low = np.sort(some, axis=1)
        return (low[:, 0] * vertex_count + low[:, 1]) * vertex_count + low[:, 2]

    touched = np.zeros(vertex_count, bool)
    touched[corners] = True
    near = np.flatnonzero(touched[triangles].all(axis=1))
    keys = key(triangles[near])
    order = np.argsort(keys)
    found: Ints = near[order[np.searchsorted(keys, key(corners), sorter=order)]]
    return found


def bind_points(
    figure: Figure, points: Iterable[Point], step: Callable[[float], object] = lambda share: None
) -> Sites:
    """Bind every site of every placed point; points without a position have none.

    `step` is called with the share of the work that is done and may raise what it likes to end it.

    Raises:
        SurfaceProblem: a position lies more than 5 mm off the skin of its side.

    """
    places = _places(points)
    sites = _bind(figure, places, step)
    for problem in _problems(places, sites):
        raise problem
    return sites


def surface_problems(figure: Figure, points: Iterable[Point]) -> list[SurfaceProblem]:
    """Return what `bind_points` would raise, for all points at once."""
    places = _places(points)
    return _problems(places, _bind(figure, places))


class _Place(NamedTuple):
    """A stored position or its mirror image, before it is bound."""

    code: str
    side: Side
    part: Part
    position: tuple[float, float, float]
    stored: bool


def _places(points: Iterable[Point]) -> list[_Place]:
    places: list[_Place] = []

    def add_both(point: Point, left: tuple[float, float, float]) -> None:
        places.append(_Place(point.code, "left", point.part, left, True))
        places.append(_Place(point.code, "right", point.part, (-left[0], left[1], left[2]), False))

    for point in points:
        if point.position is None:
            continue
        if point.position_right is not None:
            places.append(_Place(point.code, "left", point.part, point.position, True))
            places.append(_Place(point.code, "right", point.part, point.position_right, True))
        elif point.laterality == "bilateral":
            add_both(point, point.position)
        else:
            places.append(_Place(point.code, "midline", point.part, point.position, True))
        for site in point.further_sites:
            if site.position is not None and site.side == "bilateral":
                add_both(point, site.position)
            elif site.position is not None:
                places.append(_Place(point.code, "midline", point.part, site.position, True))
    return places


def farthest_off(sites: Sites) -> dict[str, float]:
    """Return how far off the skin each point lies, mm: its farthest place does."""
    found: dict[str, float] = {}
    for code, distance in zip(sites.codes, sites.binding.distances, strict=True):
        found[code] = max(found.get(code, 0.0), float(distance))
    return found


def stray_words(far: float) -> str | None:
    """Say what is so of a point that lies so many mm off the skin, but not by mistake; None for any other."""
    if not STRAY_MM < far <= FARTHEST_MM:
        return None
    return f"{far:.2f} mm off the skin (shown where the skin is nearest)"


STRAY_REMEDY = "move it, or leave it if that is its place"


def bind_loosely(figure: Figure, points: Iterable[Point]) -> Sites:
    """Bind every site of every placed point as `bind_points` does, however far off the skin it lies."""
    return _bind(figure, _places(points))


def _bind(
    figure: Figure, places: Sequence[_Place], step: Callable[[float], object] = lambda share: None
) -> Sites:
    """Bind without judging distances. The neutral skin is exactly symmetric: the left half serves both sides."""
    positions = np.array([place.position for place in places], float).reshape(-1, 3)
    sides = np.array([place.side for place in places], dtype=object)
    right, midline = sides == "right", sides == "midline"
    positions[right, 0] *= -1

    triangles, vertices = figure.full.triangles, figure.neutral.vertices
    allowed = bindable(figure) & (vertices[triangles, 0].sum(axis=1) > 0)
    count = len(places)
    bound, weights, distances = np.zeros(count, np.int64), np.zeros((count, 3)), np.zeros(count)

    def put(rows: npt.NDArray[np.bool_] | Ints, binding: Binding) -> None:
        bound[rows], weights[rows], distances[rows] = binding.triangles, binding.weights, binding.distances

    if (~midline).any():
        surface = Surface(triangles, vertices, allowed)
        stored = np.array([place.stored for place in places])
        aside = np.flatnonzero(~midline & stored)
        for start in range(0, len(aside), AT_ONCE):
            step(start / len(aside))
            rows = aside[start : start + AT_ONCE]
            put(rows, surface.nearest(positions[rows]))
        images = np.flatnonzero(~stored)  # Each follows the place whose mirror image it is.
        put(images, Binding(bound[images - 1], weights[images - 1], distances[images - 1]))
    if right.any():
        put(right, mirrored(figure, Binding(bound[right], weights[right], distances[right])))
    if midline.any():
        put(midline, _nearest_on_midline(figure, np.flatnonzero(allowed), positions[midline]))
    return Sites(
        tuple(place.code for place in places),
        tuple(place.side for place in places),
        tuple(place.part for place in places),
        Binding(bound, weights, distances),
    )


def _nearest_on_midline(figure: Figure, allowed: Ints, positions: Floats) -> Binding:
    """Bind (n, 3) positions to the nearest places on those edges of allowed triangles that lie in x = 0."""
    triangles, vertices = figure.full.triangles, figure.neutral.vertices
    own = figure.full.mirror == np.arange(len(figure.full.mirror))
    sides = np.stack([np.arange(3), (np.arange(3) + 1) % 3], axis=1)
    at_midline = own[triangles[allowed]]
    rows, side = np.nonzero(at_midline[:, sides].all(axis=2))
    cells, ends = allowed[rows], sides[side]
    start, end = (vertices[triangles[cells, ends[:, which]]] for which in (0, 1))
    along = end - start
    length = np.maximum((along**2).sum(axis=1), 1e-30)

    bound, weights = np.empty(len(positions), np.int64), np.zeros((len(positions), 3))
    distances = np.empty(len(positions))
    for row, position in enumerate(positions):
        share = np.clip(((position - start) * along).sum(axis=1) / length, 0, 1)
        squares = ((start + share[:, None] * along - position) ** 2).sum(axis=1)
        best = int(np.argmin(squares))
        bound[row], distances[row] = cells[best], np.sqrt(squares[best])
        weights[row, ends[best]] = 1 - share[best], share[best]
    return Binding(bound, weights, distances)


def _problems(places: Sequence[_Place], sites: Sites) -> list[SurfaceProblem]:
    problems: list[SurfaceProblem] = []
    for place, distance in zip(places, sites.binding.distances, strict=True):
        # A mirror image lies as far off as the stored position; once is enough to say it.
        if distance <= FARTHEST_MM or not place.stored:
            continue
        where = f"its {place.side} position" if place.side != "midline" else "its position on the midline"
        x = place.position[0]
        if place.side == "midline" and abs(x) > FARTHEST_MM:
            remedy = "give it x = 0 and the place of the skin there"
        elif place.side == "left" and x < 0:
            remedy = "store the person's left, where x > 0"
        elif place.side == "right" and x > 0:
            remedy = "store the person's right there, where x < 0"
        else:
            remedy = "correct the position, or take it out if the place is unknown"
        skin = "skin of that side" if place.side != "midline" else "skin"
        problem = f"{where} lies {distance:.1f} mm off the {skin} (at most {FARTHEST_MM:g} mm)"
        problems.append(SurfaceProblem(place.code, place.side, float(distance), problem, remedy))
    return problems
