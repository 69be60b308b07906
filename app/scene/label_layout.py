"""Where labels go so that none covers another or a marker: numbers only.

Everything is in pixels, y up. A box is left, bottom, right, top.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from app.geometry.figure import Floats, Ints

Flags = npt.NDArray[np.bool_]

GAP = 3.0
"""Pixels between a marker and a label beside it, at a pixel ratio of 1."""

_FAR = (20.0, 40.0, 64.0, 92.0, 124.0, 160.0, 200.0)  # gaps of labels with a line, nearest first
_STEPS = (0.0, 1.15, -1.15, 2.3, -2.3, 3.45, -3.45, 4.6, -4.6)  # heights such a label may lie above or below


def boxes(lower_left: Floats, sizes: Floats) -> Floats:
    """Return (n, 4) boxes of labels at lower left corners (n, 2) with sizes (n, 2)."""
    box: Floats = np.concatenate([lower_left, lower_left + sizes], axis=1)
    return box


def overlapping(box: Floats, others: Floats) -> Flags:
    """Return (..., m) whether boxes (..., 4) overlap others (m, 4)."""
    box = box[..., None, :]
    cover: Flags = (
        (box[..., 0] < others[:, 2])
        & (box[..., 2] > others[:, 0])
        & (box[..., 1] < others[:, 3])
        & (box[..., 3] > others[:, 1])
    )
    return cover


def place(
    anchors: Floats,
    radii: Floats,
    sizes: Floats,
    order: Iterable[int],
    obstacles: Floats,
    window: Floats,
    outward: Floats,
    ratio: float,
) -> tuple[Floats, Flags]:
    """Find a place for each label, the important ones first.

    Args:
        anchors: (n, 2) middles of the markers.
        radii: (n,) how far the markers reach.
        sizes: (n, 2) width and height of the labels.
        order: rows of the labels to place, in the order in which they may choose; others are not placed.
        obstacles: (m, 4) boxes that no label may cover.
        window: (4,) the box all labels have to lie in.
        outward: (n,) +1 where a label had better lie to the right of its marker, -1 to the left.
        ratio: device pixels per pixel of the desktop.

    Returns:
        lower left corners (n, 2), and (n,) which labels found a place.

    """
    corners = np.zeros((len(anchors), 2))
    found = np.zeros(len(anchors), bool)
    chosen = list(order)
    taken = np.empty((len(obstacles) + len(chosen), 4))
    taken[: len(obstacles)] = obstacles
    count = len(obstacles)
    for row in chosen:
        for offsets in (_near(radii[row], sizes[row], outward[row], ratio), None):
            if offsets is None:
                offsets = _far(radii[row], sizes[row], outward[row], ratio)
            tried = np.concatenate([anchors[row] + offsets, anchors[row] + offsets + sizes[row]], axis=1)
            free: Flags = ~np.any(overlapping(tried, taken[:count]), axis=1)
            free &= (tried[:, :2] >= window[:2]).all(axis=1) & (tried[:, 2:] <= window[2:]).all(axis=1)
            best = int(np.argmax(free))
            if free[best]:
                corners[row], found[row] = tried[best, :2], True
                taken[count] = tried[best]
                count += 1
                break
    return corners, found


def without_overlaps(box: Floats, order: Ints) -> Flags:
    """Return (n,) which of the boxes (n, 4) stay when each one that covers a more important one goes.

    `order` (n,) ranks them, 0 the most important. Quick and a little too strict: a box goes also where the one it
    covers has gone itself, which is what keeps labels from flickering while the figure turns.
    """
    cover = overlapping(box, box) & (order[None, :] < order[:, None])
    stay: Flags = ~np.any(cover, axis=1)
    return stay


def leaders(anchors: Floats, radii: Floats, box: Floats, ratio: float) -> tuple[Floats, Floats, Flags]:
    """Return start and end (n, 2) of the lines from markers to label boxes, and (n,) which are long enough to draw."""
    ends = np.clip(anchors, box[:, :2], box[:, 2:])
    way = ends - anchors
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    starts = anchors + way * (radii / length)[:, None]
    return starts, ends, length - radii > 2 * GAP * ratio


def _near(radius: float, size: Floats, side: float, ratio: float) -> Floats:
    """Return (k, 2) offsets of a label that touches its marker, best first."""
    width, height = size
    reach = radius + GAP * ratio
    beside = reach if side > 0 else -reach - width
    other = -reach - width if side > 0 else reach
    return np.array(
        [
            (beside, -height / 2),
            (beside, -height * 0.1),
            (beside, -height * 0.9),
            (-width / 2, reach),
            (-width / 2, -reach - height),
            (other, -height / 2),
            (other, -height * 0.1),
            (other, -height * 0.9),
        ]
    )


def _far(radius: float, size: Floats, side: float, ratio: float) -> Floats:
    """Return (k, 2) offsets of a label that a line ties to its marker, best first."""
    width, height = size
    gap, step = np.meshgrid(np.array(_FAR) * ratio, np.array(_STEPS), indexing="ij")
    away = radius + gap.ravel()
    out = away if side > 0 else -away - width
    back = -away - width if side > 0 else away
    up = step.ravel() * height - height / 2
    cost = np.hypot(gap.ravel(), step.ravel() * height)
    order = np.argsort(np.concatenate([cost, 2 * cost]), kind="stable")
    return np.concatenate([np.stack([out, up], axis=1), np.stack([back, up], axis=1)])[order]
