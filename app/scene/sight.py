"""What the eye sees of the figure, and what lies between: rays against the skin as it is now."""

import numpy as np

from app.geometry.figure import Figure, Floats, Pose
from app.geometry.sites import skin_surface
from app.geometry.surface import Surface

_LIFT_MM = 0.8
"""How far above the skin a line of sight starts, lest it meets the skin it starts from."""


class Sight:
    """The figure's skin as something that can hide what is behind it."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._pose = figure.neutral
        self._surface: Surface | None = None

    def know(self, pose: Pose) -> None:
        """Say which shape and expression the figure has now."""
        if pose is not self._pose:
            self._pose, self._surface = pose, None

    @property
    def surface(self) -> Surface:
        """The skin as it is now; made when first asked for."""
        if self._surface is None:
            self._surface = skin_surface(self._figure, self._pose.vertices)
        return self._surface

    def is_seen(self, position: Floats, normal: Floats, eye: Floats) -> bool:
        """Return whether a place (3,) on the skin with its outward normal (3,) is seen from a point (3,)."""
        start = position + _LIFT_MM * normal
        way = eye - start
        if not normal @ way > 0:
            return False
        return self.surface.ray(start, way, float(np.linalg.norm(way))) is None
