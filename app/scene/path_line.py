"""A way on the skin, from the place that was pointed at to the right one, with its length beside it."""

import numpy as np

from app.geometry.figure import Floats
from app.geometry.surface import Binding
from app.scene.overlays import OverlayName
from app.scene.skin_lines import SkinLine
from app.scene.stage import Stage
from app.scene.tags import Tag

LAYER: OverlayName = "ruler"
RIGHT_COLOR, WRONG_COLOR = "#009e73", "#d55e00"

_STEP_MM = 1.0  # between the vertices of a drawn way


def show_path(stage: Stage, way: Floats, words: str, right: bool) -> None:
    """Draw a way (n, 3) along the skin, a dot where it begins, and its length in words beside it."""
    bound = stage.sight.surface.nearest(evenly(way, _STEP_MM))
    begin = Binding(bound.triangles[:1], bound.weights[:1], bound.distances[:1])
    color = RIGHT_COLOR if right else WRONG_COLOR
    line = SkinLine(bound, color, width=6.0, style="solid" if right else "dashed")
    stage.overlays.show(LAYER, lines=(line,), tags=(Tag(begin, words, color),))


def evenly(way: Floats, step: float) -> Floats:
    """Return (m, 3) places along a way (n, 3), its ends among them, at most a step in mm apart."""
    walked = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(way, axis=0), axis=1))])
    marks = np.linspace(0.0, walked[-1], max(2, int(np.ceil(walked[-1] / step)) + 1))
    return np.stack([np.interp(marks, walked, way[:, axis]) for axis in range(3)], axis=1)
