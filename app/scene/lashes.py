"""Eyelashes: each a fine ribbon that faces the eye of the beholder and thins out to its tip."""

import numpy as np
from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from app.geometry.figure import Figure, Floats, Ints, Pose
from app.scene.overlay_actor import set_quads
from app.scene.projection import Projection

LASH_COLOR = (0.10, 0.07, 0.055)
STATIONS = 7
"""Places along each lash, root and tip included."""
_HALF_WIDTH_MM = 0.075  # of a painted lash at its root; that of a real one is about 0.05
_WIDEST_MM = (
    0.5  # to either side: a lash that is drawn wider than it is, to be seen from far, stays within the lid
)
_TIP = 0.15  # width of a tip, as a share of the root's


class Lashes:
    """Where the lashes are: they grow from the lids' edges and follow them in every pose.

    Attributes:
        lines: (n, STATIONS) vertex indices from root to tip of each lash.

    """

    def __init__(self, figure: Figure) -> None:
        self._roots = figure.lash_roots
        self.lines: Ints = np.arange(STATIONS * len(self._roots.share)).reshape(-1, STATIONS)

    def vertices(self, pose: Pose) -> Floats:
        """Return (STATIONS n, 3) the places along every lash, mm."""
        roots = self._roots
        ends = pose.vertices[roots.margin]
        share = roots.share[:, None]
        root = ends[:, 0] * (1 - share) + ends[:, 1] * share
        out = _unit(root - np.array([eye.centre for eye in pose.eyes])[roots.lid // 2])
        # One direction for a whole lid: those of single edges of the skin differ so much that lashes would cross.
        outward = np.array([root[roots.lid == lid][-1] - root[roots.lid == lid][0] for lid in range(4)])[
            roots.lid
        ]
        tangent = _unit(outward - (outward * out).sum(axis=1, keepdims=True) * out)
        away = np.cross(out, tangent) * np.array([1, -1, -1, 1])[roots.lid][:, None]
        start = _unit(out * 0.85 - away * 0.24 + tangent * roots.lean[:, None])
        length, curl = roots.length[:, None], roots.curl[:, None]
        places = [
            root + length * (station * start + curl * station**2 * away)
            for station in np.linspace(0, 1, STATIONS)
        ]
        lashes: Floats = np.stack(places, axis=1).reshape(-1, 3)
        return lashes


class LashRibbons:
    """Draws the lashes; never renders.

    A ribbon thinner than a pixel would break into dots: it is drawn a pixel wide and as much more see-through instead,
    so that a lash is as dark from far as from near.

    Attributes:
        actor: what draws them.

    """

    def __init__(self, figure: Figure) -> None:
        self._lashes = Lashes(figure)
        count = self._lashes.lines.size
        taper = np.linspace(1, _TIP, STATIONS) ** 0.8
        self._half = np.tile(_HALF_WIDTH_MM * taper, len(self._lashes.lines))
        self._middle: Floats = np.zeros((count, 3))
        self._along: Floats = np.zeros((count, 3))
        self._projection: Projection | None = None
        # Left edge, middle and right edge of each place: the edges are clear, so that ribbons are smooth by themselves.
        self._points = np.zeros((3 * count, 3), np.float32)
        self._colors = np.zeros((3 * count, 4), np.uint8)
        self._colors[:, :3] = np.rint(255 * np.array(LASH_COLOR))
        self._data = vtkPolyData()
        start = 3 * self._lashes.lines[:, :-1].ravel()
        quads = np.stack(
            [start, start + 1, start + 4, start + 3, start + 1, start + 2, start + 5, start + 4], axis=1
        )
        set_quads(self._data, self._points, quads, self._colors)
        mapper = vtkPolyDataMapper()
        mapper.SetInputData(self._data)
        self.actor = vtkActor()
        self.actor.SetMapper(mapper)
        self.actor.ForceTranslucentOn()
        self.actor.PickableOff()
        self.actor.GetProperty().LightingOff()

    def follow(self, pose: Pose) -> None:
        """Move the lashes with the lids."""
        self._middle = self._lashes.vertices(pose)
        ways = self._middle.reshape(-1, STATIONS, 3)
        self._along = np.asarray(np.gradient(ways, axis=1)).reshape(-1, 3)
        if self._projection is not None:
            self._lay(self._projection)

    def place(self, projection: Projection) -> None:
        """Turn the ribbons to a camera."""
        if projection is not self._projection:
            self._projection = projection
            self._lay(projection)

    def _lay(self, projection: Projection) -> None:
        half_pixel = 0.75 / projection.pixels_per_mm(self._middle)
        half = np.minimum(np.maximum(self._half, half_pixel), _WIDEST_MM)
        across = np.cross(projection.towards_eye(self._middle), self._along)
        across *= (half / np.maximum(np.linalg.norm(across, axis=1), 1e-9))[:, None]
        self._points[0::3], self._points[1::3], self._points[2::3] = (
            self._middle - across,
            self._middle,
            self._middle + across,
        )
        self._colors[1::3, 3] = np.rint(255 * np.minimum(self._half / half, 0.92))
        self._data.GetPointData().GetScalars().Modified()
        self._data.GetPoints().GetData().Modified()
        self._data.GetPoints().Modified()
        self._data.Modified()


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
