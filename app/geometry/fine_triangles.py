"""Triangles cut finer without changing the surface: what is drawn on a coarse mesh need not be coarse itself."""

from dataclasses import dataclass

import numpy as np

from app.geometry.figure import Floats, Ints

_ROUNDS = 6  # each halves the edges; more than any skin needs


@dataclass(frozen=True)
class FineTriangles:
    """Triangles whose corners are places on the triangles of a mesh.

    Attributes:
        sources: (p, 3) vertices of the mesh that each place lies between.
        weights: (p, 3) their shares.
        corners: (t, 3) rows of `sources`.

    """

    sources: Ints
    weights: Floats
    corners: Ints

    def places(self, vertices: Floats) -> Floats:
        """Return (p, 3) the places, or what else vertices (v, 3) of the mesh carry, between them."""
        mixed: Floats = np.einsum("pk,pkd->pd", self.weights, vertices[self.sources])
        return mixed

    def kept(self, shown: np.ndarray) -> tuple["FineTriangles", Ints]:
        """Return the triangles that are shown (t,), with no more places than they need, and (q,) which those are."""
        used, corners = np.unique(self.corners[shown], return_inverse=True)
        return FineTriangles(self.sources[used], self.weights[used], corners.reshape(-1, 3)), used


def fine(vertices: Floats, triangles: Ints, longest: float) -> FineTriangles:
    """Cut triangles until no edge is longer than so many mm; neighbours are cut alike, so that no gap opens.

    Args:
        vertices: (v, 3) of the mesh, mm.
        triangles: (t, 3) those to cut.
        longest: mm.

    """
    from scipy import sparse  # the window opens before it is needed

    used, corners = np.unique(triangles, return_inverse=True)
    corners = corners.reshape(-1, 3)
    places = vertices[used]
    shares = sparse.identity(len(used), format="csr")
    for _ in range(_ROUNDS):
        low, high = np.sort(corners, axis=1), np.roll(corners, -1, axis=1)
        low, high = np.minimum(corners, high), np.maximum(corners, high)
        edges, of_triangle = np.unique((low * len(places) + high).ravel(), return_inverse=True)
        ends = np.stack([edges // len(places), edges % len(places)], axis=1)
        # Rounded, so that both sides of a face are cut alike.
        long = np.linalg.norm(places[ends[:, 0]] - places[ends[:, 1]], axis=1).round(4) > longest
        if not long.any():
            break
        middle = np.full(len(edges), -1)
        middle[long] = len(places) + np.arange(long.sum())
        first, second = ends[long].T
        places = np.concatenate([places, (places[first] + places[second]) / 2])
        shares = sparse.vstack([shares, (shares[first] + shares[second]) / 2]).tocsr()
        corners = _cut(corners, middle[of_triangle].reshape(-1, 3), places)
    sources, weights = _rows(shares)
    return FineTriangles(used[sources], weights, corners)


def _cut(corners: Ints, middle: Ints, places: Floats) -> Ints:
    """Cut triangles (t, 3) at the middles (t, 3) of their edges, -1 where an edge stays whole."""
    count = (middle >= 0).sum(axis=1)
    parts = [corners[count == 0]]
    one = count == 1
    (a, b, c), (p, _, _) = _turned(corners[one], middle[one], (middle[one] >= 0).argmax(axis=1))
    parts += [np.stack([a, p, c], 1), np.stack([p, b, c], 1)]
    two = count == 2
    (a, b, c), (p, q, _) = _turned(corners[two], middle[two], ((middle[two] < 0).argmax(axis=1) + 1) % 3)
    # Of the two ways to cut what is left the shorter one, or else the higher: that is alike on both sides of a face.
    costs = [
        np.linalg.norm(places[one] - places[two], axis=1).round(4) - 1e-7 * (places[one] + places[two])[:, 1]
        for one, two in ((a, q), (p, c))
    ]
    from_a = (costs[0] <= costs[1])[:, None]
    parts += [
        np.stack([p, b, q], 1),
        np.where(from_a, np.stack([a, p, q], 1), np.stack([a, p, c], 1)),
        np.where(from_a, np.stack([a, q, c], 1), np.stack([p, q, c], 1)),
    ]
    (a, b, c), (p, q, r) = corners[count == 3].T, middle[count == 3].T
    parts += [np.stack([a, p, r], 1), np.stack([p, b, q], 1), np.stack([r, q, c], 1), np.stack([p, q, r], 1)]
    return np.concatenate(parts)


def _turned(corners: Ints, middle: Ints, first: Ints) -> tuple[Ints, Ints]:
    """Return the corners and middles (3, t) of triangles, each begun at its own first corner (t,)."""
    order = (first[:, None] + np.arange(3)) % 3
    rows = np.arange(len(corners))[:, None]
    return corners[rows, order].T, middle[rows, order].T


def _rows(shares: object) -> tuple[Ints, Floats]:
    """Return the at most three entries of each row of a sparse matrix as columns (p, 3) and values (p, 3)."""
    matrix = shares.tocsr()  # type: ignore[attr-defined]
    counts = np.diff(matrix.indptr)
    sources, weights = np.zeros((len(counts), 3), np.int64), np.zeros((len(counts), 3))
    for column in range(3):
        has = counts > column
        at = matrix.indptr[:-1][has] + column
        sources[has, column], weights[has, column] = matrix.indices[at], matrix.data[at]
    return sources, weights
