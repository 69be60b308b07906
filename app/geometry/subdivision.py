"""Loop subdivision of a closed triangle mesh, finer where it is asked for.

The smoothing is kept as weights from coarse to fine vertices, so that every shape and expression of the same control
mesh is smoothed alike. The window waits for this: nothing is sorted that need not be.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Weights:
    """A sparse matrix as its entries; entries of one place add up.

    Attributes:
        rows, columns: (n,) places of the entries.
        values: (n,) the entries.
        shape: rows and columns of the matrix.

    """

    rows: Ints
    columns: Ints
    values: Floats
    shape: tuple[int, int]

    def apply(self, points: Floats) -> Floats:
        """Return (rows, 3) the weighted points, given (columns, 3)."""
        moved = np.empty((self.shape[0], points.shape[1]))
        for axis, part in enumerate(points.T):
            moved[:, axis] = np.bincount(self.rows, self.values * part[self.columns], minlength=self.shape[0])
        return moved

    def matrix(self) -> "sparse.csr_matrix":
        """Return the same as a matrix of scipy, for products with others."""
        from scipy import sparse  # slow to import, and the window opens without it

        return sparse.coo_matrix((self.values, (self.rows, self.columns)), shape=self.shape).tocsr()


@dataclass(frozen=True)
class Refinement:
    """One step of subdivision.

    Attributes:
        triangles: (t, 3) vertex indices of the refined mesh.
        parents: (t,) the triangle of the coarser mesh each one lies in.
        weights: from coarse to refined vertices, each row sums to 1.
        edges: (e, 2) coarse end vertices of the edge that made each new vertex, the lower first, in rising order; new
            vertices follow the old ones.
        middles: (coarse triangles, 3) the new vertex on side ab, bc, ca of each coarse triangle, -1 where it has none.
        pieces: (t, 3) where each corner of `triangles` stands in the flat table of corners and middles (see `_table`).

    """

    triangles: Ints
    parents: Ints
    weights: Weights
    edges: Ints
    middles: Ints
    pieces: Ints


def refine(triangles: Ints, vertex_count: int, order: Ints, marked: Bools | None = None) -> Refinement:
    """Split the marked triangles in four by Loop's rule and close the seam to the others without a crack.

    Args:
        triangles: (t, 3) vertex indices of a closed mesh.
        vertex_count: number of vertices.
        order: (vertex_count,) a key per vertex that is the same for a vertex and its mirror partner, so that
            the two halves of a symmetric mesh are split alike.
        marked: (t,) which triangles to split; all where None.

    Returns:
        The refined mesh. Vertices that touch an unmarked triangle stay where they are; new vertices on the seam
        are midpoints, so the coarse side keeps its shape.

    """
    if marked is None:
        marked = np.ones(len(triangles), bool)
    whole = triangles[marked]
    keys, inverse = np.unique(_edge_keys(whole, vertex_count), return_inverse=True)
    sides = inverse.reshape(-1, 3)
    edges = np.stack(np.divmod(keys, vertex_count), axis=1)
    inner = (
        np.bincount(sides.ravel(), minlength=len(edges)) == 2
    )  # else another, unmarked triangle has it too
    middles = np.full(triangles.shape, -1, np.int64)
    middles[marked] = vertex_count + sides
    fixed = np.zeros(vertex_count, bool)
    fixed[triangles[~marked]] = True
    number = vertex_count + np.flatnonzero(~inner)
    _split_the_seam(triangles, marked, vertex_count, keys[~inner], number, middles)

    pieces, parents = _pieces(triangles, middles, order)
    weights = _loop_weights(whole, vertex_count, edges, sides, inner, fixed)
    refined = _table(triangles, middles)[pieces]
    return Refinement(refined, parents, weights, edges, middles, pieces)


def refine_seams(
    refinement: Refinement, triangles: Ints, vertices: Ints, uv: Floats
) -> tuple[Ints, Ints, Floats]:
    """Split a second set of triangles, cut along the seams of a texture, exactly as a refinement split the first.

    Args:
        refinement: what was done to the uncut mesh.
        triangles: (t, 3) indices of cut vertices, in the order of the uncut triangles.
        vertices: (c,) the uncut vertex of each cut vertex.
        uv: (c, 2) texture coordinates.

    Returns:
        The refined triangles, and `vertices` and `uv` with the new cut vertices added.

    """
    count, new = len(vertices), len(refinement.edges)
    split = refinement.middles >= 0
    uncut = refinement.middles[split] - refinement.weights.shape[1]
    here, there = triangles[split], _following(triangles)[split]
    turned = vertices[here] > vertices[there]  # both triangles of an edge name its ends in one order
    ends = np.where(turned, there, here), np.where(turned, here, there)
    # One cut vertex for each new vertex, and a second where its two triangles meet at a seam of the texture.
    first = np.empty((2, new), np.int64)
    first[:, uncut] = ends
    seam = (first[:, uncut] != ends).any(axis=0)
    on_seam, inverse = np.unique(uncut[seam], return_inverse=True)
    second = np.empty((2, len(on_seam)), np.int64)
    second[:, inverse] = np.stack(ends)[:, seam]
    number = count + uncut
    number[seam] = count + new + inverse
    middles = np.full(triangles.shape, -1, np.int64)
    middles[split] = number
    added = np.concatenate([np.arange(new), on_seam]) + refinement.weights.shape[1]
    between = uv[np.concatenate([first, second], axis=1)].mean(axis=0)
    refined = _table(triangles, middles)[refinement.pieces]
    return refined, np.concatenate([vertices, added]), np.concatenate([uv, between])


def mirror_of_refined(refinement: Refinement, mirror: Ints) -> Ints:
    """Return (refined vertices,) the partner of each vertex, given that of each coarse vertex.

    Raises:
        ValueError: the mesh is not split alike on both sides.

    """
    count = len(mirror)
    low, high = refinement.edges.T
    keys, partners = low * count + high, _key(mirror[low], mirror[high], count)
    found = np.searchsorted(keys, partners)
    if not np.array_equal(keys[np.minimum(found, len(keys) - 1)], partners):
        raise ValueError("the mesh is not symmetric: an edge has no partner on the other side")
    return np.concatenate([mirror, count + found])


def _following(triangles: Ints) -> Ints:
    """Return (t, 3) the corner after each: the other end of the sides ab, bc, ca."""
    return triangles[:, [1, 2, 0]]


def _key(here: Ints, there: Ints, vertex_count: int) -> Ints:
    """Return one number for each edge between two vertices, the same for both its directions."""
    return np.minimum(here, there) * vertex_count + np.maximum(here, there)


def _edge_keys(triangles: Ints, vertex_count: int) -> Ints:
    """Return (t, 3) the key of each side ab, bc, ca."""
    return _key(triangles, _following(triangles), vertex_count)


def _split_the_seam(
    triangles: Ints, marked: Bools, vertex_count: int, keys: Ints, vertices: Ints, middles: Ints
) -> None:
    """Give unmarked triangles the new vertices, (k,), of the edges with rising keys, (k,), that they share."""
    if not len(keys):
        return
    on_seam = np.zeros(vertex_count, bool)
    on_seam[triangles[marked]] = True
    near = np.flatnonzero(~marked & (on_seam[triangles].sum(axis=1) >= 2))
    own = _edge_keys(triangles[near], vertex_count)
    found = np.minimum(np.searchsorted(keys, own), len(keys) - 1)
    middles[near] = np.where(keys[found] == own, vertices[found], -1)


def _table(triangles: Ints, middles: Ints) -> Ints:
    """Return (6 t,) the corners a, b, c and the middles ab, bc, ca of each triangle in turn."""
    return np.concatenate([triangles, middles], axis=1).ravel()


def _pieces(triangles: Ints, middles: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Split each triangle by the edges that carry a middle vertex (-1: none).

    Returns:
        (n, 3) places of the pieces' corners in `_table`, and (n,) the triangle each piece lies in.

    """
    count = (middles >= 0).sum(axis=1)
    pieces: list[Ints] = []
    parents: list[Ints] = []

    def add(which: Ints, turn: Ints, *corners: tuple[int, int, int]) -> None:
        """Cut triangles (k,), each turned by so many corners (k,), into pieces of corners 0 to 2 and middles 3 to 5."""
        for corner in np.array(corners):
            pieces.append(6 * which[:, None] + (corner % 3 + turn[:, None]) % 3 + 3 * (corner // 3))
            parents.append(which)

    def of(splits: int) -> Ints:
        return np.flatnonzero(count == splits)

    for splits, cut in (0, ((0, 1, 2),)), (3, ((0, 3, 5), (3, 1, 4), (5, 4, 2), (3, 4, 5))):
        add(of(splits), np.zeros(1, np.int64), *cut)
    # Turned so that the split edge is ab.
    one = of(1)
    add(one, np.argmax(middles[one] >= 0, axis=1), (0, 3, 2), (3, 1, 2))
    # Turned so that the whole edge is ca; the diagonal starts at the corner of lower order, on both halves alike.
    two = of(2)
    turn = (np.argmin(middles[two], axis=1) + 1) % 3
    add(two, turn, (3, 1, 4))
    rows = np.arange(len(two))
    first = order[triangles[two][rows, turn]] < order[triangles[two][rows, (turn + 2) % 3]]
    add(two[first], turn[first], (0, 3, 4), (0, 4, 2))
    add(two[~first], turn[~first], (0, 3, 2), (3, 4, 2))
    return np.concatenate(pieces), np.concatenate(parents)


def _loop_weights(
    triangles: Ints, vertex_count: int, edges: Ints, sides: Ints, inner: Bools, fixed: Bools
) -> Weights:
    """Build Loop's weights: even vertices where all around is split, edge vertices by 3/8 and 1/8.

    Args:
        triangles: (t, 3) the split triangles.
        vertex_count: number of vertices before the step.
        edges: (e, 2) the split edges.
        sides: (t, 3) the edge at side ab, bc, ca of each triangle.
        inner: (e,) whether both triangles of an edge are split.
        fixed: (vertex_count,) vertices that stay where they are.

    """
    rows: list[Ints] = []
    columns: list[Ints] = []
    weights: list[Floats] = []

    def add(row: Ints, column: Ints, weight: Floats | float) -> None:
        rows.append(row)
        columns.append(column)
        weights.append(np.broadcast_to(np.asarray(weight, float), row.shape))

    valence = np.bincount(edges.ravel(), minlength=vertex_count)
    # Loop's own weight for a vertex of valence n.
    beta = (0.625 - (0.375 + 0.25 * np.cos(2 * np.pi / np.maximum(valence, 1))) ** 2) / np.maximum(valence, 1)
    beta[fixed] = 0.0
    every = np.arange(vertex_count)
    add(every, every, 1 - valence * beta)
    for here, there in ((0, 1), (1, 0)):
        moving = edges[~fixed[edges[:, here]]]
        add(moving[:, here], moving[:, there], beta[moving[:, here]])

    number = vertex_count + np.arange(len(edges))
    for end in (0, 1):
        add(number[inner], edges[inner, end], 0.375)
        add(number[~inner], edges[~inner, end], 0.5)
    for corner in range(3):
        # The vertex opposite to side (corner, corner + 1) of each triangle.
        side, opposite = sides[:, corner], triangles[:, (corner + 2) % 3]
        smooth = inner[side]
        add(number[side[smooth]], opposite[smooth], 0.125)

    shape = (vertex_count + len(edges), vertex_count)
    return Weights(np.concatenate(rows), np.concatenate(columns), np.concatenate(weights), shape)
