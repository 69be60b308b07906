"""A tape laid between two places: along the skin, and pulled taut over a slit or an opening it would run into."""

import numpy as np

from app.geometry.figure import Floats
from app.geometry.geodesic import Skin, length

DETOUR = 1.6
"""A tape so many times as long as the straight line runs through a slit or the long way round."""

_TOO_NEAR = 0.5  # mm; two such places are one to any finger


def laid(skin: Skin, start: Floats, end: Floats) -> Floats:
    """Return (n, 3) a short way along the skin between two places (3,) on it.

    That is a tape laid in the plane that stands on the skin between them. Where it would run down into a slit
    such as the mouth's, or cannot pass, it is pulled taut and bridges the hollow.
    """
    tape = skin.tape(start, end)
    straight = float(np.linalg.norm(end - start))
    if straight < _TOO_NEAR or (len(tape) > 2 and length(tape) < DETOUR * straight):
        return tape
    bridge = taut(skin, start, end)
    return tape if bridge is None else bridge


def taut(skin: Skin, start: Floats, end: Floats) -> Floats | None:
    """Return (n, 3) the way of a tape pulled taut over what it would run into; None straight through the skin."""
    outward = skin.normals(np.stack([start, end])).sum(axis=0)
    across = np.cross(end - start, outward)
    if np.linalg.norm(across) < 1e-6:
        return None
    normal = across / np.linalg.norm(across)
    reach = 1.5 * float(np.linalg.norm(end - start))
    arms = [arm for place in (start, end) for arm in skin.arms(place, normal, reach)]
    return _taut(start, end, np.concatenate([start[None], *arms]), outward)


def _taut(start: Floats, end: Floats, cut: Floats, outward: Floats) -> Floats:
    """Return (m, 3) the way from start to end over places (n, 3) of one plane, taut as seen along `outward` (3,)."""
    along = (end - start) / np.linalg.norm(end - start)
    up = outward - (outward @ along) * along
    up /= np.linalg.norm(up)
    x, y = (cut - start) @ along, (cut - start) @ up
    # What lies below the straight line, as the back of the head below a face, a taut tape does not touch.
    over = np.flatnonzero((x > 0) & (x < float((end - start) @ along)) & (y > 0))
    over = over[np.lexsort((y[over], x[over]))]
    places = [start, *cut[over], end]
    flat = [(0.0, 0.0), *zip(x[over].tolist(), y[over].tolist(), strict=True), (float((end - start) @ along), 0.0)]
    hull: list[int] = []
    for row, (px, py) in enumerate(flat):
        while len(hull) > 1:
            (ax, ay), (bx, by) = flat[hull[-2]], flat[hull[-1]]
            if (bx - ax) * (py - ay) - (by - ay) * (px - ax) < 0:
                break
            hull.pop()
        hull.append(row)
    taut: Floats = np.array([places[row] for row in hull])
    return taut
