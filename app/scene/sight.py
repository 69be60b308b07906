"""Whether the eye sees a place on the skin, or something of the figure lies between."""

from app.geometry.figure import Floats
from app.geometry.surface import Surface
from app.scene.projection import Projection

_LIFT_MM = 0.8
"""How far above the skin a line of sight starts, lest it meets the skin it starts from."""


def is_seen(position: Floats, normal: Floats, projection: Projection, surface: Surface) -> bool:
    """Return whether a place (3,) on the skin with its outward normal (3,) is seen by the camera."""
    start = position + _LIFT_MM * normal
    towards = projection.towards_eye(start[None])[0]
    return bool(normal @ towards > 0) and surface.ray(start, towards) is None
