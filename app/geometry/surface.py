"""Questions to a surface: where a ray meets it, which of its points is nearest, how a position is bound to it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray
from vtkmodules.vtkCommonCore import mutable, vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkGenericCell, vtkPolyData, vtkStaticCellLocator

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ON_SKIN_MM = 0.002
"""A position this near to a triangle lies on it: files round coordinates to a thousandth of a millimetre."""

MANY = 2_000
"""From so many positions on it pays to look around their nearest vertices before searching."""


@dataclass(frozen=True)
class Hit:
    """One place on a surface.

    Attributes:
        triangle: index of the triangle.
        weights: (3,) barycentric weights of its corners.
        position: (3,) mm.
        distance: mm from the position asked for, or along the ray.

    """

    triangle: int
    weights: Floats
    position: Floats
    distance: float


@dataclass(frozen=True)
class Binding:
    """Places on a surface that follow it through every change of its vertices.

    Attributes:
        triangles: (n,) triangle indices.
        weights: (n, 3) barycentric weights, each row sums to 1.
        distances: (n,) mm between the positions asked for and the places bound.

    """

    triangles: Ints
    weights: Floats
    distances: Floats

    def positions(self, corners: Ints, vertices: Floats) -> Floats:
        """Return (n, 3) the places on a surface with triangles `corners` (t, 3) and `vertices` (v, 3)."""
        bound: Floats = np.einsum("nk,nkd->nd", self.weights, vertices[corners[self.triangles]])
        return bound


_SLACK_MM = 1e-4
"""Without it a ray can slip between two triangles along the edge they share, as in the mid-sagittal plane."""


class Surface:
    """A triangle mesh with one locator, built once.

    Attributes:
        triangles: (t, 3) vertex indices.
        vertices: (v, 3) mm.

    """

    def __init__(
        self, triangles: Ints, vertices: Floats, allowed: npt.NDArray[np.bool_] | None = None
    ) -> None:
        """Build the locator over the allowed triangles (t,), all where None."""
        self.triangles = triangles
        self.vertices = vertices
        self._index: Ints = np.arange(len(triangles)) if allowed is None else np.flatnonzero(allowed)
        self._data = _poly_data(triangles[self._index], vertices)
        self._locator = vtkStaticCellLocator()
        self._locator.SetDataSet(self._data)
        self._locator.SetNumberOfCellsPerNode(1)  # measured: rays 3.5 times faster, built in the same time
        self._locator.BuildLocator()

    def nearest(self, positions: Floats) -> Binding:
        """Bind (n, 3) positions to the nearest places of the allowed triangles.

        A position that lies on the surface, to the rounding of files, is bound where it lies; of two sheets that
        touch there, either may be taken.
        """
        if len(positions) < MANY:
            return self._searched(positions)
        binding = self._around_nearest_vertex(positions)
        left = np.flatnonzero(binding.distances > ON_SKIN_MM)
        if len(left):
            searched = self._searched(positions[left])
            binding.triangles[left] = searched.triangles
            binding.weights[left] = searched.weights
            binding.distances[left] = searched.distances
        return binding

    def _searched(self, positions: Floats) -> Binding:
        """Bind by the locator: always right, some 50 microseconds each."""
        count = len(positions)
        cells, weights, squares = np.empty(count, np.int64), np.empty((count, 3)), np.empty(count)
        find, triangle, place = self._locator.FindClosestPoint, vtkGenericCell(), [0.0, 0.0, 0.0]
        cell, part, square = mutable(0), mutable(0), mutable(0.0)
        again, local, shares, rest = [0.0] * 3, [0.0] * 3, [0.0] * 3, mutable(0.0)
        for number, position in enumerate(positions.tolist()):
            find(position, place, triangle, cell, part, square)
            triangle.EvaluatePosition(place, again, part, local, rest, shares)
            cells[number], weights[number], squares[number] = cell, shares, square
        np.maximum(weights, 0, out=weights)
        weights /= weights.sum(axis=1, keepdims=True)
        return Binding(self._index[cells], weights, np.sqrt(squares))

    def _around_nearest_vertex(self, positions: Floats) -> Binding:
        """Bind to the nearest of the triangles around each position's nearest vertex, in one sweep."""
        tree, vertices, starts, around = self._neighbours
        nearest = vertices[tree.query(positions)[1]]
        first, counts = starts[nearest], starts[nearest + 1] - starts[nearest]
        begins = np.cumsum(counts) - counts
        rows = np.repeat(np.arange(len(positions)), counts)
        triangles = around[np.arange(len(rows)) + np.repeat(first - begins, counts)]
        # `take` gathers some times faster than an index does.
        corners = self.vertices.take(self.triangles.take(triangles, axis=0), axis=0)
        asked = positions.take(rows, axis=0)
        weights = barycentric(corners, asked)
        away = np.einsum("nk,nkd->nd", weights, corners) - asked
        squares = _dot(away, away)
        least = np.minimum.reduceat(squares, begins)
        best = np.flatnonzero(squares == least[rows])
        best = best[np.diff(rows[best], prepend=-1) > 0]  # the first of equals
        return Binding(triangles[best], weights[best], np.sqrt(least))

    @cached_property
    def _neighbours(self) -> "tuple[cKDTree, Ints, Ints, Ints]":
        """A tree of the allowed triangles' vertices, their numbers, and `around[starts[v] : starts[v + 1]]`,
        the allowed triangles that meet in vertex v.
        """
        from scipy.spatial import cKDTree  # slow to import, and not needed to open the window

        corners = self.triangles[self._index]
        starts = np.zeros(len(self.vertices) + 1, np.int64)
        np.cumsum(np.bincount(corners.ravel(), minlength=len(self.vertices)), out=starts[1:])
        around = np.repeat(self._index, 3)[np.argsort(corners.ravel(), kind="stable")]
        vertices = np.flatnonzero(np.diff(starts))
        return (
            cKDTree(self.vertices[vertices], balanced_tree=False, compact_nodes=False),
            vertices,
            starts,
            around,
        )

    def ray(self, start: Floats, direction: Floats, length: float = 10_000.0) -> Hit | None:
        """Return where a ray from start (3,) along direction (3,) first meets the surface, None where it misses."""
        step = np.asarray(direction, float) / np.linalg.norm(direction)
        end = start + step * length
        share, place, local, part, cell = mutable(0.0), [0.0] * 3, [0.0] * 3, mutable(0), mutable(-1)
        if not self._locator.IntersectWithLine(start, end, _SLACK_MM, share, place, local, part, cell):
            return None
        triangle = int(self._index[int(cell)])
        position = np.array(place)
        weights = barycentric(self.vertices[self.triangles[[triangle]]], position[None])[0]
        return Hit(triangle, weights, position, float(share) * length)

    def normals(self, binding: Binding) -> Floats:
        """Return (n, 3) outward unit normals at bound places, smoothed over the vertices around them."""
        normals = np.einsum(
            "nk,nkd->nd", binding.weights, self.vertex_normals[self.triangles[binding.triangles]]
        )
        unit: Floats = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        return unit

    @cached_property
    def vertex_normals(self) -> Floats:
        """(v, 3) outward unit normals of the vertices."""
        return vertex_normals(self.triangles, self.vertices)


def barycentric(corners: Floats, positions: Floats) -> Floats:
    """Return (n, 3) weights of positions (n, 3) within triangles of corners (n, 3, 3); clipped to the triangle."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    offset = positions - corners[:, 0]
    aa, ab, bb = _dot(first, first), _dot(first, second), _dot(second, second)
    ao, bo = _dot(first, offset), _dot(second, offset)
    area = np.maximum(aa * bb - ab * ab, 1e-30)
    v, w = (bb * ao - ab * bo) / area, (aa * bo - ab * ao) / area
    weights = np.stack([1 - v - w, v, w], axis=1)
    np.maximum(weights, 0, out=weights)
    weights /= (weights[:, 0] + weights[:, 1] + weights[:, 2])[:, None]
    return weights


def _dot(one: Floats, other: Floats) -> Floats:
    product: Floats = np.einsum("nd,nd->n", one, other)
    return product


def vertex_normals(triangles: Ints, vertices: Floats) -> Floats:
    """Return (v, 3) unit normals, the mean of the triangles around each vertex weighted by their area."""
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    (ux, uy, uz), (vx, vy, vz) = (b - a).T, (c - a).T
    around = triangles.ravel()
    normals = np.empty_like(vertices)
    for axis, part in enumerate((uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)):
        normals[:, axis] = np.bincount(around, np.repeat(part, 3), minlength=len(vertices))
    size = np.sqrt(np.einsum("nd,nd->n", normals, normals))
    normals /= np.maximum(size, 1e-12)[:, None]
    return normals


_MOST = 0.4
"""Share of the vertices from which on it is quicker to compute all normals than to look which."""


class Normals:
    """Vertex normals of a mesh whose vertices move: computed anew only around those that did."""

    def __init__(self, triangles: Ints) -> None:
        self._triangles = triangles
        self._vertices: Floats | None = None
        self._normals: Floats = np.zeros((0, 3))

    def of(self, vertices: Floats) -> Floats:
        """Return (v, 3) outward unit normals; the array is changed in place by the next call."""
        if self._vertices is None:
            self._normals = vertex_normals(self._triangles, vertices)
        elif vertices is not self._vertices:
            moved = (vertices != self._vertices).any(axis=1)
            if np.count_nonzero(moved) > _MOST * len(vertices):
                self._normals = vertex_normals(self._triangles, vertices)
            else:
                self._renew(moved, vertices)
        self._vertices = vertices
        return self._normals

    def _renew(self, moved: npt.NDArray[np.bool_], vertices: Floats) -> None:
        triangles = self._triangles
        turned = np.zeros(len(vertices), bool)
        turned[triangles[_touching(triangles, moved)]] = True
        around = triangles[_touching(triangles, turned)]
        used, corners = compact(around, len(vertices))
        own = turned[used]
        self._normals[used[own]] = vertex_normals(corners, vertices[used])[own]


class Bound:
    """Places bound to a mesh whose vertices move, with the normals there, from the triangles around them alone."""

    def __init__(self, binding: Binding, triangles: Ints, count: int) -> None:
        """Prepare places on a mesh of `count` vertices with triangles (t, 3)."""
        own = triangles[binding.triangles]
        touched = np.zeros(count, bool)
        touched[own] = True
        self._vertices, self._corners = compact(triangles[_touching(triangles, touched)], count)
        self._own: Ints = np.searchsorted(self._vertices, own)
        self._weights = binding.weights

    def places(self, vertices: Floats) -> tuple[Floats, Floats]:
        """Return (n, 3) the places and (n, 3) outward unit normals on the mesh with vertices (v, 3)."""
        near = vertices[self._vertices]
        normals = self._mixed(vertex_normals(self._corners, near))
        size = np.sqrt(np.einsum("nd,nd->n", normals, normals))
        return self._mixed(near), normals / np.maximum(size, 1e-9)[:, None]

    def _mixed(self, values: Floats) -> Floats:
        mixed: Floats = np.einsum("nk,nkd->nd", self._weights, values[self._own])
        return mixed


def compact(triangles: Ints, count: int) -> tuple[Ints, Ints]:
    """Return (u,) the vertices, of `count`, that triangles (t, 3) use, and (t, 3) corners as rows of those."""
    used = np.zeros(count, bool)
    used[triangles] = True
    vertices = np.flatnonzero(used)
    rows = np.zeros(count, np.int64)
    rows[vertices] = np.arange(len(vertices))
    return vertices, rows[triangles]


def _touching(triangles: Ints, marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return (t,) whether a triangle has a marked vertex."""
    hit: npt.NDArray[np.bool_] = marked[triangles[:, 0]] | marked[triangles[:, 1]] | marked[triangles[:, 2]]
    return hit


def _poly_data(triangles: Ints, vertices: Floats) -> vtkPolyData:
    """Return VTK poly data that copies the arrays."""
    points, cells, data = vtkPoints(), vtkCellArray(), vtkPolyData()
    points.SetData(numpy_to_vtk(np.ascontiguousarray(vertices), deep=True))
    offsets = numpy_to_vtkIdTypeArray(np.arange(0, 3 * len(triangles) + 1, 3), deep=True)
    cells.SetData(offsets, numpy_to_vtkIdTypeArray(np.ascontiguousarray(triangles).ravel(), deep=True))
    data.SetPoints(points)
    data.SetPolys(cells)
    return data
