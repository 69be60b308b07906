"""What lies under a pixel: a marker, or the skin.

Pixels are device pixels of the render window, y up, as in `app.scene.projection`.
"""

import numpy as np

from app.geometry.surface import Hit
from app.scene.stage import Stage


def pick_marker(stage: Stage, x: float, y: float, radius: float) -> int | None:
    """Return the site whose marker lies under a pixel or, failing that, nearest within `radius` pixels of one."""
    markers = stage.markers
    if not markers.shown:
        return None
    projection = stage.projection
    offset = projection.display(markers.positions) - (x, y)
    distance = np.hypot(offset[:, 0], offset[:, 1])
    distance[~(distance <= radius)] = np.inf  # also those behind the camera, whose distance is no number
    for row in np.argsort(distance).tolist():
        if not np.isfinite(distance[row]):
            return None
        position = markers.positions[row]
        if stage.sight.is_seen(position, markers.normals[row], projection.eye_for(position)):
            site: int = markers.shown[row].site
            return site
    return None


def pick_skin(stage: Stage, x: float, y: float) -> Hit | None:
    """Return the place on the skin under a pixel, None beside the figure.

    Through an open eye or the mouth one looks at the inside of the skin behind it, which is no place either.
    """
    start, direction = stage.projection.ray(x, y)
    hit = stage.sight.surface.ray(start, direction)
    if hit is None:
        return None
    a, b, c = stage.pose.vertices[stage.figure.full.triangles[hit.triangle]]
    return hit if float(np.cross(b - a, c - a) @ direction) < 0 else None
