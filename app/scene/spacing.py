"""How far markers are from each other."""

import numpy as np

from app.geometry.figure import Floats

SAME_PLACE_MM = 0.5
"""Points nearer to each other than this are at one place: no size of theirs would tell them apart."""

_MANY = 600


def spacing(positions: Floats) -> Floats:
    """Return (n,) mm from each position (n, 3) to the nearest other place; infinite where there is none."""
    if len(positions) > _MANY:
        return _spacing_of_many(positions)
    squares = (positions**2).sum(axis=1)
    apart = np.maximum(squares[:, None] + squares - 2 * positions @ positions.T, 0)
    apart[apart < SAME_PLACE_MM**2] = np.inf
    nearest: Floats = np.sqrt(apart.min(axis=1, initial=np.inf))
    return nearest


def _spacing_of_many(positions: Floats) -> Floats:
    from scipy.spatial import cKDTree  # takes long to load, and is seldom needed

    apart, _ = cKDTree(positions).query(positions, k=4)
    nearest: Floats = np.where(apart > SAME_PLACE_MM, apart, np.inf).min(axis=1)
    return nearest
