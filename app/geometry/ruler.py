"""A tape laid on the skin between two places: mm, and the cun that counts there."""

from dataclasses import dataclass

import numpy as np

from app.geometry.cun import Units
from app.geometry.figure import Floats
from app.geometry.geodesic import length
from app.geometry.landmarks import Body, MissingLandmark
from app.geometry.measure import hairline_above
from app.geometry.paths import resampled
from app.geometry.surface import Binding
from app.geometry.tape import DETOUR, taut

_OFF_SKIN_MM = 1.0  # a way that lies farther off leads over an opening, through the air or the body
_OPENING_MM = 16.0  # as far the skin may lie from a tape that bridges an open eye, the mouth or the nose's edge
_SHORTER = 0.8  # a bridge is worth it where it is so much shorter than the way around
_ALONG = 0.85  # share of a way that runs across, or up and down, from which on a cun of that direction counts


@dataclass(frozen=True)
class Reading:
    """What the tape says.

    Attributes:
        along_mm: along the skin; None where no way along it leads from one place to the other.
        bridges: whether the tape is taut over an opening such as an open eye.
        straight_mm: through the air.
        unit: id of the cun that counts there, "" where none is defined.
        unit_mm: its length.
        binding: the way, or the two places where there is none.

    """

    along_mm: float | None
    bridges: bool
    straight_mm: float
    unit: str
    unit_mm: float
    binding: Binding

    @property
    def units(self) -> float:
        """The way along the skin in cun, 0 where there is none."""
        return self.along_mm / self.unit_mm if self.unit_mm and self.along_mm is not None else 0.0


def measure_along(body: Body, start: Floats, end: Floats) -> Reading:
    """Return the tape's reading between two places (3,) on the skin of a body, whichever side they lie on."""
    straight = float(np.linalg.norm(end - start))
    bridges, way = False, body.skin.tape(start, end)
    bound = _along(body, way, _OFF_SKIN_MM)
    if bound is None or length(way) > DETOUR * straight:
        bridge = taut(body.skin, start, end)
        over = None if bridge is None else _along(body, bridge, _OPENING_MM)
        if bridge is not None and over is not None and (bound is None or length(bridge) < _SHORTER * length(way)):
            bridges, way, bound = True, bridge, over
    if bound is None:
        # From a hand to the hip beside it: the tape found no way and was drawn straight.
        return Reading(None, False, straight, "", 0.0, body.skin.surface.nearest(np.stack([start, end])))
    unit = cun_there(body, start, end)
    try:
        size = Units(body).mm(unit) if unit else 0.0
    except (KeyError, MissingLandmark):
        unit, size = "", 0.0
    return Reading(length(way), bridges, straight, unit, size, bound)


def _along(body: Body, way: Floats, most_off: float) -> Binding | None:
    """Return the places of a way on the skin; None where it leads so many mm farther from it."""
    bound = body.skin.surface.nearest(resampled(way))
    return None if float(bound.distances.max()) > most_off else bound


def cun_there(body: Body, start: Floats, end: Floats) -> str:
    """Return the id of the unit by which a way between two places (3,) is measured, by part and direction.

    Scalp: front to back by the arc of 12, across by the 9 between the hair corners, at the back of the head by the 9
    between the mastoids. Face: up and down by the 3 from glabella to hairline, across the forehead by the 9 between
    the hair corners, across the lower face by the finger-cun (WHO2008); obliquely none above the brows, and
    below them the finger-cun, which has no direction. Trunk and limbs: by the bones of each part.
    """
    middle = (start + end) / 2
    way = np.abs(end - start)
    if middle[1] > body.landmark("ssn")[1]:
        return _on_head(body, middle, way)
    lateral = abs(middle[0])
    wrist, elbow = body.landmark("wpc"), body.landmark("cub")
    if lateral > abs(elbow[0]) * 0.62 and middle[1] > body.landmark("sym")[1] - 250:
        bone = wrist - elbow
        beyond = float((np.array([lateral, middle[1], middle[2]]) - elbow) @ bone / (bone @ bone))
        return "bcun_forearm" if 0 < beyond < 1 else "fcun" if beyond >= 1 else ""
    if middle[1] > body.landmark("sym")[1]:
        if middle[2] < 0 and way[0] > way[1]:
            return "bcun_back"
        if middle[2] > 0 and way[1] > way[0]:
            return "bcun_abd_up" if middle[1] > body.landmark("umb")[1] else "bcun_abd_lo"
        return ""
    if middle[1] > body.landmark("patb_m")[1]:
        return "bcun_thigh"
    return "bcun_leg_lat" if middle[1] > body.landmark("lmal")[1] else "fcun"


def _on_head(body: Body, middle: Floats, way: Floats) -> str:
    total = float(np.linalg.norm(way))
    across = way[0] > _ALONG * total
    if not across and float(np.hypot(way[1], way[2])) < _ALONG * total:
        return "" if middle[1] > body.landmark("ebc")[1] else "fcun"
    edge = hairline_above(body, np.array([abs(middle[0]), middle[1], middle[2]]))
    front = abs(middle[0]) < body.landmark("fhc")[0] and middle[2] > 0
    behind = (
        (middle - edge) @ np.array([0.0, 1.0, -1.0]) > 0 if front else middle[2] < body.landmark("trc")[2]
    )
    if behind:
        low = middle[1] < body.landmark("eop")[1] + 20
        return ("bcun_m" if low else "bcun_t") if across else "bcun_s"
    if not across:
        return "bcun_v"
    return "bcun_t" if middle[1] > body.landmark("ebc")[1] else "fcun"
