"""Questions to a curve on the skin: a polyline (n, 3) that runs from one end to the other."""

import numpy as np

from app.geometry.figure import Floats


def lengths(curve: Floats) -> Floats:
    """Return (n,) the length from the beginning to each vertex, mm."""
    steps = np.linalg.norm(np.diff(curve, axis=0), axis=1)
    total: Floats = np.concatenate([[0.0], np.cumsum(steps)])
    return total


def nearest(curve: Floats, position: Floats) -> tuple[float, Floats]:
    """Return how far along the curve (mm) its place nearest to a position (3,) lies, and that place (3,)."""
    along = np.diff(curve, axis=0)
    size = np.maximum((along**2).sum(axis=1), 1e-30)
    share = np.clip(((position - curve[:-1]) * along).sum(axis=1) / size, 0, 1)
    places = curve[:-1] + share[:, None] * along
    best = int(((places - position) ** 2).sum(axis=1).argmin())
    return float(lengths(curve)[best] + share[best] * np.sqrt(size[best])), places[best]


def at(curve: Floats, distance: float) -> Floats:
    """Return (3,) the place so many mm along the curve; its ends go on straight."""
    total = lengths(curve)
    if distance < 0:
        before: Floats = curve[0] + (curve[0] - curve[1]) * (-distance / max(total[1], 1e-9))
        return before
    if distance > total[-1]:
        last = max(total[-1] - total[-2], 1e-9)
        beyond: Floats = curve[-1] + (curve[-1] - curve[-2]) * ((distance - total[-1]) / last)
        return beyond
    place: Floats = np.array([np.interp(distance, total, curve[:, axis]) for axis in range(3)])
    return place


def crossing(curve: Floats, axis: int, value: float) -> Floats | None:
    """Return (3,) the first place of the curve whose coordinate `axis` is `value`; None where it has none."""
    above = curve[:, axis] >= value
    change = np.flatnonzero(above[1:] != above[:-1])
    if not len(change):
        return None
    first = int(change[0])
    start, end = curve[first], curve[first + 1]
    place: Floats = start + (value - start[axis]) / (end[axis] - start[axis]) * (end - start)
    return place


def between(curve: Floats, start: Floats, end: Floats) -> Floats:
    """Return (n, 3) the part of a curve from its place nearest to start (3,) to the one nearest to end (3,)."""
    first, beginning = nearest(curve, start)
    last, ending = nearest(curve, end)
    if first > last:
        return between(curve[::-1], start, end)
    total = lengths(curve)
    inner = curve[(total > first) & (total < last)]
    part: Floats = np.concatenate([[beginning], inner, [ending]])
    return part
