"""What the camera does, as numbers: from millimetres to pixels and back.

Display coordinates are device pixels of the render window, x to the right, y up, as VTK counts them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.geometry.figure import Floats

_FAR_MM = 5000.0


@dataclass(frozen=True)
class Projection:
    """The projection of one camera into one viewport.

    Attributes:
        matrix: (4, 4) from world coordinates to normalised view coordinates.
        inverse: (4, 4) the way back.
        origin: (2,) lower left pixel of the viewport.
        size: (2,) width and height of the viewport in pixels.
        eye: (3,) the camera's position, mm.
        forward: (3,) unit vector from the camera into the picture.
        up: (3,) unit vector that points up in the picture.
        tangent: tan of half the vertical angle of view; 0 for a parallel projection.
        half_height: mm from the middle to the upper edge, of a parallel projection.

    """

    matrix: Floats
    inverse: Floats
    origin: Floats
    size: Floats
    eye: Floats
    forward: Floats
    up: Floats
    tangent: float
    half_height: float

    @classmethod
    def of(cls, renderer: Any) -> "Projection":
        """Read the projection of a renderer's active camera."""
        camera = renderer.GetActiveCamera()
        elements = camera.GetCompositeProjectionTransformMatrix(renderer.GetTiledAspectRatio(), -1.0, 1.0)
        matrix = np.array([[elements.GetElement(row, column) for column in range(4)] for row in range(4)])
        eye = np.array(camera.GetPosition())
        forward = np.array(camera.GetDirectionOfProjection())
        upward = np.array(camera.GetViewUp())
        upward = upward - (upward @ forward) * forward
        parallel = bool(camera.GetParallelProjection())
        return cls(
            matrix,
            np.linalg.inv(matrix),
            np.array(renderer.GetOrigin(), float),
            np.array(renderer.GetSize(), float),
            eye,
            forward,
            upward / max(float(np.linalg.norm(upward)), 1e-12),
            0.0 if parallel else float(np.tan(np.radians(camera.GetViewAngle()) / 2)),
            float(camera.GetParallelScale()),
        )

    def display(self, positions: Floats) -> Floats:
        """Return (n, 2) the pixels where positions (n, 3) are seen; NaN behind the camera."""
        clip = positions @ self.matrix[:, :3].T + self.matrix[:, 3]
        ahead = np.where(clip[:, 3:] > 1e-9, clip[:, 3:], np.nan)
        shown: Floats = (clip[:, :2] / ahead + 1) / 2 * self.size + self.origin
        return shown

    def pixels_per_mm(self, positions: Floats) -> Floats:
        """Return (n,) how many pixels a millimetre across the view takes up at positions (n, 3)."""
        if not self.tangent:
            return np.full(len(positions), self.size[1] / 2 / self.half_height)
        depth = np.maximum((positions - self.eye) @ self.forward, 1.0)
        ratio: Floats = self.size[1] / (2 * self.tangent) / depth
        return ratio

    def towards_eye(self, positions: Floats) -> Floats:
        """Return (n, 3) unit vectors from positions (n, 3) to the camera."""
        if not self.tangent:
            return np.broadcast_to(-self.forward, positions.shape)
        way = self.eye - positions
        unit: Floats = way / np.linalg.norm(way, axis=1, keepdims=True)
        return unit

    def eye_for(self, position: Floats) -> Floats:
        """Return (3,) where the eye is that looks at a position (3,); far off for a parallel projection."""
        return self.eye if self.tangent else position - _FAR_MM * self.forward

    def ray(self, x: float, y: float) -> tuple[Floats, Floats]:
        """Return start (3,) and unit direction (3,) of the line of sight through a pixel."""
        u, v = (np.array([x, y]) - self.origin) / self.size * 2 - 1
        ends = self.inverse @ np.array([[u, u], [v, v], [-1.0, 1.0], [1.0, 1.0]])
        near, far = (ends[:3] / ends[3]).T
        way = far - near
        return near, way / np.linalg.norm(way)
