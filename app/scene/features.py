"""Where eyes and lips are seen, so that names keep off them."""

import numpy as np

from app.geometry.figure import Figure, Floats, Pose
from app.scene.projection import Projection

_EVERY = 6  # vertices are plenty: of so many one tells the box well enough


class Features:
    """Lids and lips of the figure, in the pose it has now."""

    def __init__(self, figure: Figure) -> None:
        triangles, left = figure.full.triangles, figure.neutral.vertices[:, 0] > 0
        lids, lips = (np.unique(triangles[figure.region(name)]) for name in ("eyelids", "lips"))
        self._parts = [part[::_EVERY] for part in (lids[left[lids]], lids[~left[lids]], lips)]
        self.follow(figure.neutral)

    def follow(self, pose: Pose) -> None:
        """Move with the face."""
        self._positions = [pose.vertices[part] for part in self._parts]

    def boxes(self, projection: Projection) -> Floats:
        """Return (n, 4) left, bottom, right, top in pixels of the viewport, of those that the eye is in front of."""
        found = []
        for positions in self._positions:
            # The face looks along +z, whatever the camera does.
            if projection.eye_for(positions.mean(axis=0))[2] > positions[:, 2].max():
                display = projection.display(positions) - projection.origin
                if np.isfinite(display).all():
                    found.append(np.concatenate([display.min(axis=0), display.max(axis=0)]))
        return np.array(found).reshape(-1, 4)
