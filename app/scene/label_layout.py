"""Where labels go so that none covers another or a marker: numbers only.

Everything is in pixels, y up. A box is left, bottom, right, top.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.geometry.figure import Floats, Ints

Flags = npt.NDArray[np.bool_]

GAP = 3.0
"""Pixels between a marker and a label beside it, at a pixel ratio of 1."""

NEAR = 8
"""Slots of labels that lie beside their marker; those after them have a line to it."""

CLEARANCE = 8.0
"""Pixels between a label and every other marker, so that no one wonders whose label it is."""

_FAR_GAPS = (18.0, 32.0, 50.0, 72.0, 100.0, 134.0, 176.0)
_FAR_ANGLES = np.arange(16) * (2 * np.pi / 16)
_TRIED_LINES = 24  # free places for which it is worth looking what their line would cross
_CELL = 3.0  # pixels; fineness of the map of what may not be covered


NOTHING = np.zeros((0, 4))
"""No boxes."""


class Layout(NamedTuple):
    """Where labels went.

    Attributes:
        boxes: (n, 4) the labels, for those that found a place.
        slots: (n,) which of the places around its marker each label took, -1 where none was free.

    """

    boxes: Floats
    slots: Ints


def slot_offsets(radii: Floats, sizes: Floats, ratio: float) -> Floats:
    """Return (n, k, 2) lower left corners, seen from the marker, of the k places a label may take.

    Markers reach `radii` (n,), labels are `sizes` (n, 2) large. The first eight places touch the marker: right, right
    above, right below, the same on the left, above, below; the others lie on circles around it.
    """
    width, height = sizes[:, 0], sizes[:, 1]
    reach = radii + GAP * ratio
    right, left = reach, -reach - width
    level, raised, lowered = -height / 2, -0.15 * height, -0.85 * height
    near = [(x, y) for x in (right, left) for y in (level, raised, lowered)]
    near += [(-width / 2, reach), (-width / 2, -reach - height)]
    gaps = np.repeat(np.array(_FAR_GAPS) * ratio, len(_FAR_ANGLES))
    cos, sin = np.tile(np.cos(_FAR_ANGLES), len(_FAR_GAPS)), np.tile(np.sin(_FAR_ANGLES), len(_FAR_GAPS))
    away = radii[:, None] + gaps
    far_x = cos * (away + width[:, None] / 2) - width[:, None] / 2
    far_y = sin * (away + height[:, None] / 2) - height[:, None] / 2
    offsets: Floats = np.concatenate(
        [np.stack([np.stack(place, axis=1) for place in near], axis=1), np.stack([far_x, far_y], axis=2)],
        axis=1,
    )
    return offsets


def _costs(outward: float) -> Floats:
    """Return (k,) how little each slot is liked where labels had better lie to the right (+1) or left (-1)."""
    near = [0.0, 1.0, 1.1, 3.0, 3.5, 3.6, 1.6, 1.8]
    if outward < 0:
        near = [*near[3:6], *near[:3], *near[6:]]
    aside = np.tile(np.cos(_FAR_ANGLES), len(_FAR_GAPS)) * outward
    far = 10 + np.repeat(_FAR_GAPS, len(_FAR_ANGLES)) * (1.5 - 0.5 * aside)
    return np.concatenate([near, far])


_LIKED = {side: np.argsort(_costs(side), kind="stable") for side in (1.0, -1.0)}


def place(
    anchors: Floats,
    radii: Floats,
    sizes: Floats,
    groups: Sequence[Sequence[int]],
    obstacles: Floats,
    window: Floats,
    outward: Floats,
    ratio: float,
    avoided: Floats = NOTHING,
    longest: float = np.inf,
) -> Layout:
    """Find a place for labels, the important ones first.

    Labels beside their marker come before all that need a line, so that those have no line across them. What is to be
    avoided is covered only by a label that finds no other place.

    Args:
        anchors: (n, 2) middles of the markers.
        radii: (n,) how far the markers reach.
        sizes: (n, 2) width and height of the labels.
        groups: rows of which one is to be placed, the preferred first; groups in the order in which they may choose.
        obstacles: (m, 4) boxes of all markers, those of the labels among them, that no label may come near.
        window: (4,) the box all labels have to lie in.
        outward: (n,) +1 where a label had better lie to the right of its marker, -1 to the left.
        ratio: device pixels per pixel of the desktop.
        avoided: (k, 4) boxes that labels had better not cover.
        longest: pixels that a label may lie from the middle of its marker at most.

    """
    corners = np.round(anchors[:, None] + slot_offsets(radii, sizes, ratio))
    tried = np.concatenate([corners, corners + sizes[:, None]], axis=2)
    left, bottom, right, top = np.moveaxis(tried, 2, 0)
    usable = (left >= window[0]) & (bottom >= window[1]) & (right <= window[2]) & (top <= window[3])
    if np.isfinite(longest):
        ways = np.clip(anchors[:, None], tried[..., :2], tried[..., 2:]) - anchors[:, None]
        usable &= np.hypot(ways[..., 0], ways[..., 1]) < longest
    own = np.concatenate([anchors - radii[:, None], anchors + radii[:, None]], axis=1)
    usable &= ~_covering(tried, own, obstacles, CLEARANCE * ratio, window, ratio)
    liked = usable & ~_covering(tried, np.zeros_like(own), avoided, 0.0, window, ratio) if len(avoided) else usable
    result = Layout(np.zeros((len(anchors), 4)), np.full(len(anchors), -1))
    taken, count = np.empty((len(groups), 4)), 0

    def beside(group: Sequence[int], free: Flags) -> tuple[int, int]:
        """The place beside a marker, row and slot, that is free; -1 where there is none."""
        for row in group:
            slots = _LIKED[outward[row]][:NEAR]
            slot = _first_free(tried[row], slots[free[row, slots]], taken[:count])
            if slot >= 0:
                return row, slot
        return -1, -1

    def away(group: Sequence[int], free: Flags) -> tuple[int, int]:
        """The place away from a marker that is free and whose line crosses least; -1 where there is none.

        Where what is avoided must stay free of labels, it must of lines too, and a line may cross nothing.
        """
        clean = free is not usable
        barriers = np.concatenate([obstacles, taken[:count], *([avoided] if clean else [])])
        best, fewest = (-1, -1), 1 if clean else np.inf
        for row in group:
            slots = _LIKED[outward[row]][NEAR:]
            slots = slots[free[row, slots]]
            slots = slots[~np.any(overlapping(tried[row, slots], taken[:count]), axis=1)][:_TRIED_LINES]
            if len(slots):
                crossed = crossings(anchors[row], radii[row], tried[row, slots], barriers)
                least = int(np.argmin(crossed))
                if crossed[least] < fewest:
                    best, fewest = (row, int(slots[least])), crossed[least]
            if not fewest:
                break
        return best

    waiting = list(groups)
    for find, free in ((beside, liked), (away, liked), (beside, usable), (away, usable)):
        left_over = []
        for group in waiting:
            row, slot = find(group, free)
            if row < 0:
                left_over.append(group)
                continue
            result.boxes[row], result.slots[row] = tried[row, slot], slot
            taken[count] = tried[row, slot]
            count += 1
        waiting = left_over
        if not waiting:
            break
    return result


def crossings(anchor: Floats, radius: float, boxes: Floats, barriers: Floats) -> Ints:
    """Return (k,) how many barriers (m, 4) the line from a marker to each of the boxes (k, 4) would cross."""
    ends = np.clip(anchor, boxes[:, :2], boxes[:, 2:])
    way = ends - anchor
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    starts = anchor + way * (1.2 * radius / length)[:, None]
    way = np.where(np.abs(ends - starts) < 1e-6, 1e-6, ends - starts)
    low, high = np.minimum(starts, ends).min(axis=0), np.maximum(starts, ends).max(axis=0)
    near = (barriers[:, 0] < high[0]) & (barriers[:, 2] > low[0])
    near &= (barriers[:, 1] < high[1]) & (barriers[:, 3] > low[1])
    left, bottom, right, top = barriers[near].T
    # The line is inside a barrier between the last of the edges it enters by and the first it leaves by.
    (x, y), (across, upward) = starts.T[..., None], way.T[..., None]
    one_x, other_x = (left - x) / across, (right - x) / across
    one_y, other_y = (bottom - y) / upward, (top - y) / upward
    enters = np.maximum(np.minimum(one_x, other_x), np.minimum(one_y, other_y))
    leaves = np.minimum(np.maximum(one_x, other_x), np.maximum(one_y, other_y))
    crossed: Ints = np.count_nonzero((enters < leaves) & (leaves > 0) & (enters < 0.99), axis=1)
    return crossed


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


def _first_free(boxes: Floats, slots: Ints, taken: Floats) -> int:
    """Return the first of the slots whose box (of k, 4) covers none that is taken, -1 if there is none."""
    if not len(slots):
        return -1
    free = ~np.any(overlapping(boxes[slots], taken), axis=1)
    best = int(np.argmax(free))
    return int(slots[best]) if free[best] else -1


def _covering(
    boxes: Floats, own: Floats, obstacles: Floats, clearance: float, window: Floats, ratio: float
) -> Flags:
    """Return (n, k) whether boxes (n, k, 4) come so near an obstacle (m, 4) other than their own marker (n, 4).

    A map of the window says how much is covered to the lower left of each of its cells; four look-ups then answer for
    a box. Too strict by the width of a cell at most.
    """
    cell, clear = _CELL * ratio, clearance * np.array([-1.0, -1.0, 1.0, 1.0])
    columns, rows = (int(side) for side in np.ceil(window[2:] / cell) + 2)
    covered = np.zeros((rows + 1, columns + 1), np.int32)
    for left, bottom, right, top in _cells(obstacles + clear, cell, columns, rows).tolist():
        covered[bottom + 1 : top + 1, left + 1 : right + 1] += 1
    total = covered.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    places = _cells(boxes, cell, columns, rows)
    left, bottom, right, top = np.moveaxis(places, -1, 0)
    found = total[top, right] - total[bottom, right] - total[top, left] + total[bottom, left]
    mine = _cells(own + clear, cell, columns, rows)[:, None]
    shared = np.minimum(places[..., 2:], mine[..., 2:]) - np.maximum(places[..., :2], mine[..., :2])
    near: Flags = found > np.prod(np.maximum(shared, 0), axis=-1)
    return near


def _cells(boxes: Floats, cell: float, columns: int, rows: int) -> Ints:
    low = np.floor(boxes[..., :2] / cell)
    high = np.ceil(boxes[..., 2:] / cell)
    inside: Ints = np.clip(np.concatenate([low, high], axis=-1), 0, [columns, rows, columns, rows]).astype(
        np.int64
    )
    return inside
