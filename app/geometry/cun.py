"""Units of measure of one body: every cun by its own bones or skin, never one for another.

The definitions are those of points/anatomy/units.json (WHO 2008, GB/T 12346-2006 and 2021).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from app.geometry.figure import Floats
from app.geometry.geodesic import length
from app.geometry.landmarks import Body

SAGITTAL = np.array([1.0, 0.0, 0.0])
"""Normal of the plane that runs from front to back."""
LEVEL = np.array([0.0, 1.0, 0.0])
"""Normal of a level plane."""
ON_SKIN = frozenset({"bcun_s", "bcun_t", "bcun_m", "bcun_back", "fcun", "mfinger"})
"""Units that are laid along the skin; the others are straight distances along an axis or a bone."""


@dataclass(frozen=True)
class Bone:
    """A straight measure: the line between two landmarks, so many units long.

    Attributes:
        near: the landmark that distal distances start from.
        far: the landmark at its distal end.
        parts: how many units it is divided into.
        upright: only its height counts.

    """

    near: str
    far: str
    parts: float
    upright: bool = False


BONES: Mapping[str, Bone] = {
    "bcun_v": Bone("tr", "g", 3, upright=True),
    "bcun_forearm": Bone("cub", "wpc", 12),
    "bcun_leg_lat": Bone("pop", "lmal", 16, upright=True),
    "bcun_leg_med": Bone("tcond", "mm", 13, upright=True),
    "bcun_thigh": Bone("sym", "patb_m", 18, upright=True),
    "bcun_abd_up": Bone("xip", "umb", 8, upright=True),
    "bcun_abd_lo": Bone("umb", "sym", 5, upright=True),
    "fcun": Bone("thumb_r", "thumb_u", 1),
    "mfinger": Bone("mf_r", "mf_u", 1),
}


class Units:
    """Lengths of the units on one body, worked out when first asked for."""

    def __init__(self, body: Body) -> None:
        """Measure on a body."""
        self._body = body
        self._known: dict[str, float] = {"mm": 1.0}

    def mm(self, unit: str) -> float:
        """Return the length of a unit in mm.

        Raises:
            KeyError: the unit is not one this program can measure.
            MissingLandmark: a landmark it is measured between is not on the figure.

        """
        if unit not in self._known:
            bone = BONES.get(unit)
            self._known[unit] = self._straight(bone) if bone else _ALONG_SKIN[unit](self._body)
        return self._known[unit]

    def distal(self, unit: str) -> Floats:
        """Return (3,) the unit direction in which the measure of a limb runs; downward for all other units."""
        bone = BONES.get(unit)
        if bone is None or bone.upright:
            return np.array([0.0, -1.0, 0.0])
        along = self._body.landmark(bone.far) - self._body.landmark(bone.near)
        direction: Floats = along / np.linalg.norm(along)
        return direction

    def _straight(self, bone: Bone) -> float:
        along = self._body.landmark(bone.far) - self._body.landmark(bone.near)
        return float(abs(along[1]) if bone.upright else np.linalg.norm(along)) / bone.parts


def scalp_arc(body: Body) -> Floats:
    """Return (n, 3) the way over the middle of the head from trichion to the posterior hairline."""
    front, back = body.landmark("tr"), body.landmark("ph")
    arms = body.skin.arms(front, SAGITTAL)
    over = max(arms, key=lambda arm: float(arm[: len(arm) // 4, 1].max()))
    last = int(((over - back) ** 2).sum(axis=1).argmin())
    way: Floats = np.concatenate([over[:last], [back]])
    return way


def transverse(body: Body, position: Floats) -> Floats:
    """Return (n, 3) the way along the skin from a position (3,) straight across to the midline."""
    normal = body.skin.normal(position)
    upright = np.array([0.0, -normal[2], normal[1]])
    size = np.linalg.norm(upright)
    return body.skin.to_midline(position, upright / size if size > 1e-6 else LEVEL)


def _sagittal(body: Body) -> float:
    return length(scalp_arc(body)) / 12


def _between_corners(body: Body) -> float:
    return 2 * length(transverse(body, body.landmark("fhc"))) / 9


def _between_mastoids(body: Body) -> float:
    behind = np.array([0.0, 0.0, -1.0])
    return 2 * length(body.skin.to_midline(body.landmark("masc"), LEVEL, behind)) / 9


def _back(body: Body) -> float:
    behind = np.array([0.0, 0.0, -1.0])
    return length(body.skin.to_midline(body.landmark("scapm"), LEVEL, behind)) / 3


_ALONG_SKIN: Mapping[str, Callable[[Body], float]] = {
    "bcun_s": _sagittal,
    "bcun_t": _between_corners,
    "bcun_m": _between_mastoids,
    "bcun_back": _back,
}
