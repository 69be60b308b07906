"""What the build adds to the source's surface: the lie of the bodysuit and the points that hold the frame."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from app.geometry.surface import Surface

# Seen on the neutral adult in the source's own coordinates, mm: the notch above the tragus, and the lower orbital rim
# on the pupil's vertical, 14 mm below the lid. They lie level there, so the neutral adult needs no turning.
TRAGION_HEIGHT, TRAGION_FORWARD = 709.0, 57.0
PUPIL_LATERAL = 28.85

# Texture coordinates of one pole of the source's chest; the suit bridges both within a radius, mm.
CHEST_POLE = (0.325, 0.699)
CHEST_RADIUS, GROIN_RADIUS = 40.0, 95.0
# The suit bridges the fold behind: half-widths and centre above and behind the groin, mm.
FOLD_SIZE, FOLD_OFFSET = np.array([46.0, 115.0, 90.0]), np.array([0.0, 75.0, -95.0])
ROUNDS = 24


def cloth_weights(
    triangles: npt.NDArray[np.int64], vertices: npt.NDArray[np.float64], chest: npt.NDArray[np.int64]
) -> sparse.coo_matrix:
    """Return the weights that draw cloth smoothly over chest, groin and the fold behind, for the vertices it moves.

    Args:
        triangles: (t, 3) of the skin.
        vertices: (n, 3) of the skin, mm.
        chest: the vertices at the two poles.

    """
    count = len(vertices)
    ends = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    ends = np.unique(np.sort(ends, axis=1), axis=0)
    ends = np.concatenate([ends, ends[:, ::-1]])

    midline = np.flatnonzero(np.abs(vertices[:, 0]) < 0.01)
    trunk = midline[vertices[midline, 1] > vertices[:, 1].min() + 500]
    groin = vertices[trunk[np.argmin(vertices[trunk, 1])]]
    near = np.clip(2 - 2 * np.linalg.norm(vertices - groin, axis=1) / GROIN_RADIUS, 0, 1)
    fold = np.linalg.norm((vertices - groin - FOLD_OFFSET) / FOLD_SIZE, axis=1)
    near = np.maximum(near, np.clip(2.5 - 2.5 * fold, 0, 1))
    beside = sparse.coo_matrix((np.ones(len(ends)), ends.T), shape=(count, count)).tocsr()
    mean = sparse.diags(1 / np.asarray(beside.sum(axis=1)).ravel()) @ beside
    step = sparse.identity(count) - sparse.diags(0.7 * near) @ (sparse.identity(count) - mean)
    soft = sparse.identity(count, format="csr")
    for _ in range(ROUNDS):
        soft = step @ soft

    # Over the poles the source's mesh is far too dense to be smoothed by steps: the skin of least bending that meets
    # what lies around takes its place.
    length = np.linalg.norm(vertices[ends[:, 0]] - vertices[ends[:, 1]], axis=1)
    tie = sparse.coo_matrix((1 / length, ends.T), shape=(count, count)).tocsr()
    bend = sparse.diags(np.asarray(tie.sum(axis=1)).ravel()) - tie
    area = sparse.diags(1 / np.bincount(ends[:, 0], length**2, minlength=count))
    energy = (bend.T @ area @ bend).tocsr()
    total = soft.tolil()
    for pole in chest:
        inside = _around(vertices, pole)
        outside = np.setdiff1d(energy[inside].indices, inside)
        filled = -np.linalg.solve(energy[inside][:, inside].toarray(), energy[inside][:, outside].toarray())
        for row, vertex in enumerate(inside):
            total.rows[vertex], total.data[vertex] = outside.tolist(), filled[row].tolist()
    total = total.tocsr()
    moved = (near > 0) | np.isin(np.arange(count), [v for p in chest for v in _around(vertices, p)])
    total = (sparse.diags(moved.astype(float)) @ total).tocoo()
    keep = np.abs(total.data) > 1e-5
    return sparse.coo_matrix((total.data[keep], (total.row[keep], total.col[keep])), shape=(count, count))


def _around(vertices: npt.NDArray[np.float64], pole: int) -> npt.NDArray[np.int64]:
    """Return the vertices within the chest's radius of a pole."""
    return np.flatnonzero(np.linalg.norm(vertices - vertices[pole], axis=1) < CHEST_RADIUS)


def frame_weights(
    surface: Surface, smoothing: sparse.csr_matrix
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return control vertices (2, k) and weights (2, k) of the left tragion and orbitale of the neutral adult."""
    rays = (
        (np.array([300.0, TRAGION_HEIGHT, TRAGION_FORWARD]), np.array([-1.0, 0, 0])),
        (np.array([PUPIL_LATERAL, TRAGION_HEIGHT, 400.0]), np.array([0.0, 0, -1.0])),
    )
    rows = []
    for start, direction in rays:
        hit = surface.ray(start, direction)
        if hit is None:
            raise SystemExit("the ray to a frame point misses the head; look at the source again.")
        corners = surface.triangles[hit.triangle]
        rows.append(sparse.csr_matrix(hit.weights) @ smoothing[corners])
    longest = max(row.nnz for row in rows)
    vertices, weights = np.zeros((2, longest), np.int64), np.zeros((2, longest))
    for number, row in enumerate(rows):
        vertices[number, : row.nnz], weights[number, : row.nnz] = row.indices, row.data
    return vertices, weights
