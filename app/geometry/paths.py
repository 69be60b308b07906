"""Paths of the anatomy files as lines on the skin: caution zones, muscles, wrinkle lines, channels.

A path is a list of steps, each a landmark, point or curve and how far from it. Between two steps the line is the
shortest way a tape takes. Steps are read on the person's left; the right comes through the figure's symmetry.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from app.domain.anatomy import PathStep
from app.domain.library import Library
from app.geometry import curves
from app.geometry.figure import Figure, Floats
from app.geometry.measure import RuleProblem, Scene
from app.geometry.sites import mirrored
from app.geometry.surface import Binding

SPACING_MM = 1.5
"""How far the vertices of a line lie apart at most; finer than the skin's own triangles."""
_FAR_MM = 300.0  # a ray that looks for the skin starts this far outside it
_LINE_TO = "line to "
_SIDE_FACING = 0.7  # cosine to the side from which on skin belongs to the side of the head

BRANCHES: Mapping[str, str] = {"ST9": "ST5", "GV29": ""}
"""Points that a channel reaches from another point than the one before: the stomach channel leaves the jaw at ST5
and runs down the neck, while its branch climbs to ST8 (WHO2008). GV29 was numbered late and lies on no further way."""


def course(scene: Scene, steps: Sequence[PathStep], closed: bool = False) -> Floats:
    """Return (n, 3) a path as a line on the skin of the left side, vertices at most 1.5 mm apart.

    Args:
        scene: the side the steps are read on.
        steps: landmarks, points or curves, with how far from them.
        closed: whether the line comes back to its beginning.

    Raises:
        RuleProblem: a step names nothing that has a place.
        MissingLandmark: a landmark or curve has no place on the figure.

    """
    parts = [_corner(scene, step) for step in steps]
    if closed and len(parts) > 1:
        parts.append(parts[0][:1])
    way = parts[0]
    for part in parts[1:]:
        way = np.concatenate([way, on_skin(scene, way[-1], part[0])[1:], part[1:]])
    return resampled(way)


def on_skin(scene: Scene, start: Floats, end: Floats) -> Floats:
    """Return (n, 3) the way along the skin from one place (3,) to another."""
    way = scene.body.skin.tape(start, end)
    way = way if len(way) > 2 else np.linspace(start, end, max(2, int(np.linalg.norm(end - start))))
    gap = way[-1] - end
    return way if gap @ gap < 1e-6 else np.concatenate([way, end[None]])


def smoothed(way: Floats, reach: float = 8.0) -> Floats:
    """Return (n, 3) a line with its corners rounded over `reach` mm, its ends kept; from the midline it starts square.

    The line has evenly spaced vertices, as `resampled` makes them; the result lies beside the skin by a little.
    """
    if len(way) < 5:
        return way
    count = max(1, round(reach / max(float(np.linalg.norm(way[1] - way[0])), 1e-6)))
    weights = np.hanning(2 * count + 3)[1:-1]
    before = way[count:0:-1] * [-1, 1, 1] if abs(way[0, 0]) < 0.5 else 2 * way[0] - way[count:0:-1]
    after = 2 * way[-1] - way[-2 : -count - 2 : -1]
    if len(before) < count or len(after) < count:
        return way
    long = np.concatenate([before, way, after])
    even: Floats = np.stack([np.convolve(long[:, axis], weights / weights.sum(), "valid") for axis in range(3)], axis=1)
    return even


def rounded(way: Floats, reach: float = 7.0) -> Floats:
    """Return (n, 3) a closed line with its corners rounded over `reach` mm; its first place is also its last."""
    if len(way) < 5:
        return way
    count = max(1, round(reach / max(float(np.linalg.norm(way[1] - way[0])), 1e-6)))
    weights = np.hanning(2 * count + 3)[1:-1]
    once = way[:-1]
    long = np.take(once, np.arange(-count, len(once) + count), axis=0, mode="wrap")
    even = np.stack([np.convolve(long[:, axis], weights / weights.sum(), "valid") for axis in range(3)], axis=1)
    return np.concatenate([even, even[:1]])


def resampled(way: Floats, spacing: float = SPACING_MM) -> Floats:
    """Return (m, 3) a line with vertices evenly at most `spacing` mm apart; a single place stays one."""
    if len(way) < 2:
        return way
    total = curves.lengths(way)
    count = max(2, int(np.ceil(total[-1] / spacing)) + 1)
    along = np.linspace(0, total[-1], count)
    even: Floats = np.stack([np.interp(along, total, way[:, axis]) for axis in range(3)], axis=1)
    return even


def part_of(way: Floats, first: float, last: float) -> Floats:
    """Return (m, 3) the part of a line between two fractions of its length."""
    total = curves.lengths(way)
    ends = np.array([first, last]) * total[-1]
    inner = way[(total > ends[0]) & (total < ends[1])]
    part: Floats = np.concatenate([curves.at(way, ends[0])[None], inner, curves.at(way, ends[1])[None]])
    return part


def bind_way(scene: Scene, way: Floats) -> Binding:
    """Bind (n, 3) places of a line to the skin, so that it follows every shape and expression."""
    return scene.body.skin.surface.nearest(way)


def both_sides(figure: Figure, left: Iterable[Binding]) -> list[Binding]:
    """Return lines of the left side and their mirror images."""
    own = list(left)
    return own + [mirrored(figure, one) for one in own]


def channel_codes(library: Library, channel: str) -> list[tuple[str, str]]:
    """Return the links of a channel: pairs of placed points in the order of their numbers."""
    placed = [one for one in library.points.values() if one.channel == channel and one.position is not None]
    codes = [point.code for point in placed if _number(point.code)]
    links = [(BRANCHES.get(code, before), code) for before, code in pairwise(codes)]
    return [(before, code) for before, code in links if before in codes]


def is_next(before: str, code: str) -> bool:
    """Tell whether two points of a channel follow each other without one that the catalogue lacks in between."""
    return _number(code) == _number(before) + 1 or BRANCHES.get(code) == before


def _number(code: str) -> int:
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else 0


def _corner(scene: Scene, step: PathStep) -> Floats:
    """Return (n, 3) the place of a step on the skin, or all of the curve that it names."""
    prefix, _, name = step.ref.partition(":")
    if prefix == "CV":
        return scene.body.curve(name)
    start = scene.place(step.ref)
    if step.along.startswith(_LINE_TO):
        towards = scene.place(step.along.removeprefix(_LINE_TO)) - start
        far = (step.anterior_mm or 0.0) - (step.posterior_mm or 0.0)
        return scene.body.skin.nearest(start + far * towards / np.linalg.norm(towards))[None]
    if step.along:
        raise RuleProblem(f"a step along {step.along!r} is not known; write {_LINE_TO!r} and a landmark")
    shift = _shift(scene, step)
    if not shift.any():
        return scene.body.skin.nearest(start)[None]
    return _outermost(scene, start, start + shift, bool(step.anterior_mm or step.posterior_mm))[None]


def _shift(scene: Scene, step: PathStep) -> Floats:
    """Return (3,) how far a step lies from what it names, mm; its depth plays no part on the skin."""
    lateral = (step.lateral_mm or 0.0) - (step.medial_mm or 0.0)
    if step.lateral_bcun_t:
        lateral += step.lateral_bcun_t * scene.units.mm("bcun_t")
    up = (step.up_mm or 0.0) - (step.down_mm or 0.0)
    return np.array([lateral, up, (step.anterior_mm or 0.0) - (step.posterior_mm or 0.0)])


def _outermost(scene: Scene, start: Floats, place: Floats, from_side: bool) -> Floats:
    """Return (3,) the skin in front of or beside a place, as one who looks at the face or its side finds it."""
    skin = scene.body.skin
    facing = skin.normal(start)
    sideways = from_side or abs(facing[0]) > _SIDE_FACING
    axis = np.array([1.0, 0.0, 0.0]) if sideways else np.array([0.0, 0.0, 1.0 if facing[2] > -0.3 else -1.0])
    hit = skin.surface.ray(place + _FAR_MM * axis, -axis)
    nearest = skin.nearest(place)
    if hit is None or np.linalg.norm(hit.position - nearest) > np.linalg.norm(place - nearest) + 12.0:
        return nearest
    return hit.position
