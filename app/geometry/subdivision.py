"""Loop subdivision of a closed triangle mesh, finer where it is asked for.

The result is kept as a sparse matrix from control vertices to fine vertices, so that
every shape and expression of the same control mesh is smoothed by one product.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Refinement:
    """One step of subdivision.

    Attributes:
        triangles: (t, 3) vertex indices of the refined mesh.
        parents: (t,) the triangle of the coarser mesh each one lies in.
        matrix: (refined vertices, coarse vertices) weights, each row sums to 1.
        edges: (e, 2) coarse end vertices of the edge that made each new vertex; new vertices follow the old ones.
        middles: (coarse triangles, 3) the new vertex on side ab, bc, ca of each coarse triangle, -1 where it has none.

    """

    triangles: Ints
    parents: Ints
    matrix: sparse.csr_matrix
    edges: Ints
    middles: Ints


def _edge_table(triangles: Ints, vertex_count: int) -> tuple[Ints, Ints]:
    """Return the unique undirected edges (e, 2) and, per triangle, the edge opposite to no corner: ab, bc, ca."""
    sides = triangles[:, [[0, 1], [1, 2], [2, 0]]]
    keys = np.sort(sides, axis=2) @ np.array([vertex_count, 1])
    unique, inverse = np.unique(keys, return_inverse=True)
    return np.stack(np.divmod(unique, vertex_count), axis=1), inverse.reshape(-1, 3)


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
    edges, sides = _edge_table(triangles, vertex_count)
    split = np.zeros(len(edges), bool)
    split[sides[marked]] = True
    inner = np.ones(len(edges), bool)
    inner[sides[~marked]] = False
    middle = np.full(len(edges), -1, np.int64)
    middle[split] = vertex_count + np.arange(split.sum())

    refined, parents = _split_triangles(triangles, middle[sides], order)
    matrix = _loop_matrix(triangles, vertex_count, edges, sides, split, inner & split)
    return Refinement(refined, parents, matrix, edges[split], middle[sides])


def refine_seams(
    refinement: Refinement, triangles: Ints, vertices: Ints, uv: Floats, order: Ints
) -> tuple[Ints, Ints, Floats]:
    """Split a second set of triangles, cut along the seams of a texture, exactly as a refinement split the first.

    Args:
        refinement: what was done to the uncut mesh.
        triangles: (t, 3) indices of cut vertices, in the order of the uncut triangles.
        vertices: (c,) the uncut vertex of each cut vertex.
        uv: (c, 2) texture coordinates.
        order: the key per uncut vertex that was given to `refine`.

    Returns:
        The refined triangles, and `vertices` and `uv` with the new cut vertices added.

    """
    count = len(vertices)
    keys = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]], axis=2) @ np.array([count, 1])
    split = refinement.middles >= 0
    unique, first, inverse = np.unique(keys[split], return_index=True, return_inverse=True)
    ends = np.stack(np.divmod(unique, count), axis=1)
    middles = np.full(triangles.shape, -1, np.int64)
    middles[split] = count + inverse
    refined, _ = _split_triangles(triangles, middles, order[vertices])
    added = refinement.middles[split][first]
    return refined, np.concatenate([vertices, added]), np.concatenate([uv, uv[ends].mean(axis=1)])


def mirror_of_refined(refinement: Refinement, mirror: Ints) -> Ints:
    """Return (refined vertices,) the partner of each vertex, given that of each coarse vertex.

    Raises:
        ValueError: the mesh is not split alike on both sides.

    """
    count = len(mirror)
    keys = np.sort(refinement.edges, axis=1) @ np.array([count, 1])
    partners = np.sort(mirror[refinement.edges], axis=1) @ np.array([count, 1])
    found = np.searchsorted(keys, partners)
    if not np.array_equal(keys[np.minimum(found, len(keys) - 1)], partners):
        raise ValueError("the mesh is not symmetric: an edge has no partner on the other side")
    return np.concatenate([mirror, count + found])


def _split_triangles(triangles: Ints, middles: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Split each triangle by the edges that carry a middle vertex (-1: none)."""
    count = (middles >= 0).sum(axis=1)
    index = np.arange(len(triangles))
    pieces: list[Ints] = []
    parents: list[Ints] = []

    def add(which: Ints, *corners: tuple[Ints, Ints, Ints]) -> None:
        for corner in corners:
            pieces.append(np.stack(corner, axis=1))
            parents.append(which)

    whole = index[count == 0]
    add(whole, tuple(triangles[whole].T))

    full = index[count == 3]
    (a, b, c), (ab, bc, ca) = triangles[full].T, middles[full].T
    add(full, (a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))

    # Turned so that the split edge is ab.
    one = index[count == 1]
    turn = (np.argmax(middles[one] >= 0, axis=1)[:, None] + np.arange(3)) % 3
    (a, b, c), m = np.take_along_axis(triangles[one], turn, 1).T, middles[one].max(axis=1)
    add(one, (a, m, c), (m, b, c))

    # Turned so that the whole edge is ca; the diagonal starts at the corner of lower order, on both halves alike.
    two = index[count == 2]
    turn = (np.argmin(middles[two], axis=1)[:, None] + np.arange(1, 4)) % 3
    a, b, c = np.take_along_axis(triangles[two], turn, 1).T
    ab, bc, _ = np.take_along_axis(middles[two], turn, 1).T
    add(two, (ab, b, bc))
    first = order[a] < order[c]
    for which, quads in (
        (first, ((a, ab, bc), (a, bc, c))),
        (~first, ((a, ab, c), (ab, bc, c))),
    ):
        for quad in quads:
            add(two[which], tuple(corner[which] for corner in quad))
    return np.concatenate(pieces), np.concatenate(parents)


def _loop_matrix(
    triangles: Ints, vertex_count: int, edges: Ints, sides: Ints, split: Bools, smooth_edge: Bools
) -> sparse.csr_matrix:
    """Build Loop's weights: even vertices where all around is split, edge vertices by 3/8 and 1/8."""
    rows: list[Ints] = []
    columns: list[Ints] = []
    weights: list[Floats] = []

    def add(row: Ints, column: Ints, weight: Floats | float) -> None:
        rows.append(row)
        columns.append(column)
        weights.append(np.broadcast_to(np.asarray(weight, float), row.shape))

    fixed = np.zeros(vertex_count, bool)
    fixed[edges[~smooth_edge]] = True
    valence = np.bincount(edges.ravel(), minlength=vertex_count)
    # Loop's own weight for a vertex of valence n.
    beta = (0.625 - (0.375 + 0.25 * np.cos(2 * np.pi / np.maximum(valence, 1))) ** 2) / np.maximum(valence, 1)
    beta[fixed] = 0.0
    every = np.arange(vertex_count)
    add(every, every, 1 - valence * beta)
    for here, there in ((0, 1), (1, 0)):
        moving = ~fixed[edges[:, here]]
        add(edges[moving, here], edges[moving, there], beta[edges[moving, here]])

    number = np.cumsum(split) - 1 + vertex_count
    seam = split & ~smooth_edge
    for end in (0, 1):
        add(number[smooth_edge], edges[smooth_edge, end], 0.375)
        add(number[seam], edges[seam, end], 0.5)
    for corner in range(3):
        # The vertex opposite to side (corner, corner + 1) of each triangle.
        side, opposite = sides[:, corner], triangles[:, (corner + 2) % 3]
        smooth = smooth_edge[side]
        add(number[side[smooth]], opposite[smooth], 0.125)

    shape = (vertex_count + int(split.sum()), vertex_count)
    triples = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.coo_matrix(triples, shape=shape).tocsr()
