"""How one constraint is measured on one body: how far a place is from keeping it.

Every kind of constraint is one function from the constraint, the place and the body to a `Measure`. What the kinds
mean is written in points/anatomy/rules.json. Three things the words leave open are settled here:

- *Vertical*: the same lateral distance. On the side of the head, where the skin faces sideways and lateral distances
  tell nothing, the same distance from front to back.
- *Level*: the same height. On top of the head, where the skin faces up, the same distance from front to back.
- *Along the skin*: units laid on the skin (scalp, forehead across, back, fingers) are measured with a tape in the
  plane of the axis; all others straight, along the axis or the bone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from app.domain.points import Constraint
from app.geometry import curves
from app.geometry.cun import ON_SKIN, SAGITTAL, Units, transverse
from app.geometry.figure import Floats
from app.geometry.geodesic import length
from app.geometry.landmarks import MIRROR, Body

SIDEWAYS, UPWARD, TEMPLE = 0.7, 0.6, 0.92
"""From how much of its normal on the skin faces sideways, faces up, or belongs to the flat side of the head."""

LINES: Mapping[str, str] = {
    "V_en": "LM:en", "V_pu": "LM:pu", "V_ex": "LM:ex", "V_nos": "LM:nosl", "V_fn": "LM:fn", "V_apex": "LM:apx",
    "V_thp": "LM:thp", "L_brow": "LM:ebc", "L_can": "LM:ex", "L_alam": "LM:alm", "L_alab": "LM:alb",
    "L_phil": "PT:GV26", "L_ch": "LM:ch", "L_sl": "LM:sl", "L_go": "LM:go", "L_thy": "LM:thy", "L_cri": "LM:cri",
    "L_apex": "LM:apx", "L_eop": "LM:eop",
}  # fmt: skip
"""The landmark or point that each vertical and level line runs through; V0 and L_hair are lines of their own."""


class RuleProblem(Exception):
    """A rule that cannot be measured; the text is one sentence without its full stop."""


@dataclass(frozen=True)
class Measure:
    """What a constraint measures.

    Attributes:
        measured: in mm, or a fraction of the path where `fraction` is set.
        wanted: likewise.
        residual: (r,) mm; all 0 where the constraint is kept exactly.
        unit_mm: length of the unit of `measured`; 1 for mm.
        unit: its name; "" for a fraction.

    """

    measured: float
    wanted: float
    residual: Floats
    unit: str = "mm"
    unit_mm: float = 1.0

    @property
    def deviation(self) -> float:
        """How far the place is from keeping the constraint, mm."""
        return float(np.linalg.norm(self.residual))


@dataclass(frozen=True)
class Scene:
    """What constraints are measured against.

    Attributes:
        body: the side, with its landmarks and curves.
        units: its units.
        points: where the points lie on it: (3,) by code.

    """

    body: Body
    units: Units
    points: Mapping[str, Floats]

    def place(self, reference: str) -> Floats:
        """Return (3,) the place that a reference names.

        Raises:
            RuleProblem: it names nothing that has a place.
            MissingLandmark: the landmark has no place on the figure.

        """
        reference = LINES.get(reference, reference)
        other = reference.endswith("'")
        prefix, _, name = reference.rstrip("'").partition(":")
        if prefix in ("LM", "BL"):
            return self.body.landmark(name, other)
        if prefix == "PT":
            found = self.points.get(name)
            if found is None:
                raise RuleProblem(f"the point {name}, which the rule starts from, has no place")
            return found * MIRROR if other else found
        raise RuleProblem(f"{reference} is no place")

    def near(self, reference: str, position: Floats) -> Floats:
        """Return (3,) the place a reference names; of a curve, its place at the height of a position (3,)."""
        if reference == "L_hair":
            return hairline_above(self.body, position)
        prefix, _, name = reference.partition(":")
        if prefix == "CV" or (prefix == "BL" and self.body.has_curve(name)):
            curve = self.body.curve(name)
            crossed = curves.crossing(curve, 1, float(position[1]))
            return curves.nearest(curve, position)[1] if crossed is None else crossed
        return self.place(reference)

    def line_or_place(self, reference: str, position: Floats) -> Floats:
        """Return (3,) the place a reference names; of a crease, its place nearest to a position (3,)."""
        prefix, _, name = reference.partition(":")
        if prefix == "BL" and self.body.has_curve(name):
            return curves.nearest(self.body.curve(name), position)[1]
        return self.place(reference)

    def curve(self, name: str) -> Floats:
        """Return (n, 3) the curve of a name, with or without its prefix."""
        return self.body.curve(name.partition(":")[2] or name)


def measure(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    """Measure one constraint at a place (3,).

    Raises:
        RuleProblem: the constraint cannot be measured.
        MissingLandmark: it needs a landmark that the figure has not.

    """
    kind = _KINDS.get(constraint.type)
    if kind is None:
        raise RuleProblem(f"no way to measure {constraint.type} is known")
    return kind(scene, constraint, position)


def _one(value: float) -> Floats:
    return np.array([value])


def _in_unit(
    scene: Scene, constraint: Constraint, measured: float, wanted: float, residual: Floats
) -> Measure:
    """Return a measure told in the unit of the constraint, else of its tolerance."""
    unit = constraint.unit or (constraint.tolerance.unit if constraint.tolerance else "mm")
    return Measure(measured, wanted, residual, unit, scene.units.mm(unit))


def _on_midline(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    x = float(position[0])
    return _in_unit(scene, constraint, x, 0.0, _one(x))


def _at(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    gap = position - scene.place(constraint.ref)
    return _in_unit(scene, constraint, float(np.linalg.norm(gap)), 0.0, gap)


def _same_vertical(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    reference = scene.place(constraint.ref)
    sideways = abs(scene.body.skin.normal(reference)[0]) > SIDEWAYS
    gap = float(position[2] - reference[2] if sideways else abs(position[0]) - abs(reference[0]))
    return _in_unit(scene, constraint, gap, 0.0, _one(gap))


def _same_level(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    reference = scene.place(constraint.ref)
    upward = scene.body.skin.normal(reference)[1] > UPWARD
    gap = float(position[2] - reference[2] if upward else position[1] - reference[1])
    return _in_unit(scene, constraint, gap, 0.0, _one(gap))


def _on_curve(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    gap = position - curves.nearest(scene.curve(constraint.curve), position)[1]
    return _in_unit(scene, constraint, float(np.linalg.norm(gap)), 0.0, gap)


def _distance(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    radius = float(np.linalg.norm(position - scene.place(constraint.from_)))
    wanted = (constraint.value or 0.0) * scene.units.mm(constraint.unit)
    return _in_unit(scene, constraint, radius, wanted, _one(radius - wanted))


def _offset(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    if constraint.from_ == "V0":
        measured = _across(scene, constraint, position)
    elif constraint.from_ == "L_hair":
        measured = _inside_hairline(scene, position)
    else:
        measured = _along(scene, constraint, scene.line_or_place(constraint.from_, position), position)
    wanted = (constraint.value or 0.0) * scene.units.mm(constraint.unit)
    return _in_unit(scene, constraint, measured, wanted, _one(measured - wanted))


def _offset_from_midpoint(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    middle = scene.body.skin.nearest((scene.place(constraint.a) + scene.place(constraint.b)) / 2)
    measured = _along(scene, constraint, middle, position)
    wanted = (constraint.value or 0.0) * scene.units.mm(constraint.unit)
    return _in_unit(scene, constraint, measured, wanted, _one(measured - wanted))


def _across(scene: Scene, constraint: Constraint, position: Floats) -> float:
    """Return the lateral distance from the midline in mm, along the skin for the units that are laid on it."""
    if constraint.unit in ON_SKIN:
        return length(transverse(scene.body, position)) * (1.0 if position[0] >= 0 else -1.0)
    return float(position[0])


def _inside_hairline(scene: Scene, position: Floats) -> float:
    """Return how far behind the front hairline a place lies, along the skin in its own sagittal plane, mm."""
    edge = hairline_above(scene.body, position)
    way = scene.body.skin.tape(edge, position, SAGITTAL)
    behind = (position - edge) @ np.array([0.0, 1.0, -1.0])
    return length(way) * (1.0 if behind >= 0 else -1.0)


def hairline_above(body: Body, position: Floats) -> Floats:
    """Return (3,) the front hairline at the lateral distance of a place (3,)."""
    border = body.curve("hairline")
    edge = curves.crossing(border, 0, float(position[0])) if position[0] > 0.01 else border[0]
    return border[int(np.abs(border[:, 0] - position[0]).argmin())] if edge is None else edge


def _direction(scene: Scene, constraint: Constraint) -> Floats:
    """Return (3,) the unit direction of an axis for the left side."""
    axis = constraint.axis
    if axis in _AXES:
        return np.array(_AXES[axis])
    distal = scene.units.distal(constraint.unit)
    if axis == "distal":
        return distal
    if axis == "proximal":
        return -distal
    raise RuleProblem(f"{axis or 'no axis'} is no direction")


def _along(scene: Scene, constraint: Constraint, start: Floats, position: Floats) -> float:
    """Return the signed distance in mm from a place to another along the axis of a constraint."""
    direction = _direction(scene, constraint)
    gap = position - start
    if constraint.unit not in ON_SKIN and constraint.path != ALONG_SKIN:
        return float(gap @ direction)
    straight = float(np.linalg.norm(gap))
    if straight < 1e-6:
        return 0.0
    skin = scene.body.skin
    taped = length(skin.tape(start, position))
    facing = skin.normals(np.stack([start, position])).sum(axis=0)
    facing /= np.linalg.norm(facing)
    if abs(facing[0]) < TEMPLE and constraint.axis not in ("lateral", "medial"):
        # Seen from the side of the head a tape over the scalp turns from up to back: its whole length counts.
        run = direction - (direction @ facing) * facing
        up_and_back = np.cross(SAGITTAL, facing)
        if abs(run @ up_and_back) < 1e-6:
            run = up_and_back
        sense = np.sign((up_and_back @ gap) * (up_and_back @ run))
        return float(sense * taped)
    return float(taped * (gap @ direction) / straight)


ALONG_SKIN = "along the skin"
"""The path of an offset that is laid on the skin though its unit is a straight one."""

_AXES: Mapping[str, tuple[float, float, float]] = {
    "lateral": (1, 0, 0), "medial": (-1, 0, 0), "up": (0, 1, 0), "down": (0, -1, 0), "anterior": (0, 0, 1),
    "posterior": (0, 0, -1),
}  # fmt: skip


def _fraction_along(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    return _part(scene, constraint, constraint.from_, constraint.to, constraint.fraction or 0.0, position)


def _midpoint(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    return _part(scene, constraint, constraint.a, constraint.b, 0.5, position)


def _part(scene: Scene, constraint: Constraint, a: str, b: str, wanted: float, position: Floats) -> Measure:
    """Measure how far along a path a place lies; the residual is the way to where it should lie."""
    start, end = scene.place(a), scene.place(b)
    if constraint.path in _STRAIGHT:
        line = end - start
        normal = np.cross(line, scene.body.skin.normal(position))
        normal /= max(float(np.linalg.norm(normal)), 1e-9)
        share = float((position - start) @ line / (line @ line))
        size = float(np.linalg.norm(line))
        return Measure(share, wanted, np.array([(share - wanted) * size, (position - start) @ normal]), "")
    if constraint.path == OVER_VERTEX:
        # The way from ear to ear over the highest point of the head: its middle lies on the midline there.
        top = scene.body.landmark("v")
        gap = position - top
        way = length(scene.body.skin.tape(top, position))
        return _in_unit(scene, constraint, way if gap[2] > 0 else -way, 0.0, np.array([way, position[0]]))
    path = curves.between(scene.curve(constraint.path), start, end)
    first, _ = curves.nearest(path, start)
    last, _ = curves.nearest(path, end)
    own, _ = curves.nearest(path, position)
    share = (own - first) / (last - first) if abs(last - first) > 1e-9 else 0.0
    return Measure(share, wanted, position - curves.at(path, first + wanted * (last - first)), "")


_STRAIGHT = frozenset({"line", "philtrum"})
OVER_VERTEX = "over the vertex"


def _between(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    axis = np.array(_BETWEEN[constraint.axis])
    ends = sorted(float(scene.near(name, position) @ axis) for name in (constraint.a, constraint.b))
    own = float(position @ axis)
    outside = max(ends[0] - own, own - ends[1], 0.0)
    middle = (ends[0] + ends[1]) / 2
    return Measure(own - middle, 0.0, _one(outside))


_BETWEEN: Mapping[str, tuple[float, float, float]] = {
    "ap": (0, 0, 1),
    "vertical": (0, 1, 0),
    "lateral": (1, 0, 0),
}


def _order(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    """Measure by how much a place lies on the right side of another; 0 or less is the wrong one."""
    direction = _ORDER.get(constraint.type)
    axis = np.array(direction) if direction else _towards_thumb(scene)
    beyond = float((position - scene.near(constraint.ref, position)) @ axis)
    return Measure(beyond, 0.0, _one(min(beyond, 0.0)))


def _towards_thumb(scene: Scene) -> Floats:
    """Return (3,) the radial direction at the wrist: along its crease, from the little finger's side."""
    across = scene.body.landmark("apl") - scene.body.landmark("pis")
    direction: Floats = across / np.linalg.norm(across)
    return direction


_ORDER: Mapping[str, tuple[float, float, float]] = {
    "above": (0, 1, 0), "below": (0, -1, 0), "lateral_to": (1, 0, 0), "medial_to": (-1, 0, 0),
    "anterior_to": (0, 0, 1), "posterior_to": (0, 0, -1),
    # Only feet are ordered from the body outward so far: the toes point forward.
    "distal_to": (0, 0, 1), "proximal_to": (0, 0, -1),
}  # fmt: skip


def _outside_region(scene: Scene, constraint: Constraint, position: Floats) -> Measure:
    inside = _depth_inside(scene, constraint.region, position)
    return Measure(-inside, 0.0, _one(max(inside, 0.0)))


def _depth_inside(scene: Scene, region: str, position: Floats) -> float:
    """Return how deep in a region a place lies, mm; negative outside."""
    if region == "orbit":
        rim = np.concatenate([scene.body.curve("rim_inf"), scene.body.curve("rim_sup")])[:, :2]
        return _depth_in_polygon(rim, position[:2])
    if region == "carotid":
        course = scene.body.curve("scm_a")
        top, bottom = scene.body.landmark("go")[1] + CAROTID_MM, scene.body.landmark("cri")[1] - CAROTID_MM
        beside = float(np.linalg.norm(position - curves.nearest(course, position)[1]))
        return float(min(CAROTID_MM - beside, position[1] - bottom, top - position[1]))
    raise RuleProblem(f"how to tell what lies in the region {region} is not known")


CAROTID_MM = 12.0
"""Half width of the corridor of the carotid and the jugular vein along the front of the sternocleidomastoid."""


def _depth_in_polygon(corners: Floats, position: Floats) -> float:
    """Return the distance of a place (2,) from the border of a polygon (n, 2), negative outside it."""
    start, end = corners, np.roll(corners, -1, axis=0)
    along = end - start
    share = np.clip(((position - start) * along).sum(1) / np.maximum((along**2).sum(1), 1e-30), 0, 1)
    gap = float(np.sqrt((((start + share[:, None] * along) - position) ** 2).sum(1).min()))
    spans = (start[:, 1] > position[1]) != (end[:, 1] > position[1])
    rise = np.where(spans, end[:, 1] - start[:, 1], 1.0)
    meets = start[:, 0] + (position[1] - start[:, 1]) / rise * along[:, 0]
    return gap if np.count_nonzero(spans & (position[0] < meets)) % 2 else -gap


_KINDS: Mapping[str, Callable[[Scene, Constraint, Floats], Measure]] = {
    "on_midline": _on_midline,
    "at": _at,
    "same_vertical": _same_vertical,
    "same_level": _same_level,
    "offset": _offset,
    "offset_from_midpoint": _offset_from_midpoint,
    "fraction_along": _fraction_along,
    "midpoint": _midpoint,
    "on_curve": _on_curve,
    "between": _between,
    "distance": _distance,
    "outside_region": _outside_region,
    **dict.fromkeys((*_ORDER, "radial_to"), _order),
}
