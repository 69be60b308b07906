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
CHEST_RADIUS, GROIN_RADIUS = 75.0, 165.0
ROUNDS = 60


def cloth_weights(
    triangles: npt.NDArray[np.int64], vertices: npt.NDArray[np.float64], chest: npt.NDArray[np.int64]
) -> sparse.coo_matrix:
    """Return the weights that draw cloth smoothly over the chest's poles and the groin, for the vertices it moves.

    Args:
        triangles: (t, 3) of the skin.
        vertices: (n, 3) of the skin, mm.
        chest: the vertices at the two poles.

    """
    count = len(vertices)
    # The groin: the lowest midline vertex of the trunk.
    midline = np.flatnonzero(np.abs(vertices[:, 0]) < 0.01)
    trunk = midline[vertices[midline, 1] > vertices[:, 1].min() + 500]
    groin = trunk[np.argmin(vertices[trunk, 1])]
    near = np.zeros(count)
    for centre, radius in [(c, CHEST_RADIUS) for c in chest] + [(groin, GROIN_RADIUS)]:
        distance = np.linalg.norm(vertices - vertices[centre], axis=1) / radius
        near = np.maximum(near, np.clip(2 - 2 * distance, 0, 1))
    ends = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    ends = np.concatenate([ends, ends[:, ::-1]])
    beside = sparse.coo_matrix((np.ones(len(ends)), ends.T), shape=(count, count)).tocsr()
    beside.data[:] = 1
    mean = sparse.diags(1 / beside.sum(axis=1).A1) @ beside
    step = sparse.identity(count) - sparse.diags(0.7 * near) @ (sparse.identity(count) - mean)
    total = sparse.identity(count, format="csr")
    for _ in range(ROUNDS):
        total = step @ total
    total = total.tocsr()
    moved = near > 0
    total = (sparse.diags(moved.astype(float)) @ total).tocoo()
    keep = np.abs(total.data) > 1e-5
    return sparse.coo_matrix((total.data[keep], (total.row[keep], total.col[keep])), shape=(count, count))


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
