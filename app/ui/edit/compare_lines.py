"""The other set on the figure while two are compared: lines from my places to theirs, dots for what only they have."""

import numpy as np

from app.geometry.compare import Comparison
from app.geometry.figure import Floats
from app.geometry.sites import Sites
from app.geometry.surface import Binding
from app.scene.skin_lines import SkinLine
from app.scene.stage import Stage
from app.scene.tags import Tag
from app.ui.viewport import Viewport

MINE, THEIRS = "#0072b2", "#d55e00"
APART_MM = 0.05
"""Places nearer to each other than this are the same to the eye."""
MOST = 300
"""So many lines and dots are drawn, the longest first."""


class CompareLines:
    """Draws a comparison and flies to its places; can be taken off the figure and put back."""

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._drawn: tuple[list[SkinLine], list[Tag]] = ([], [])

    def draw(self, comparison: Comparison, theirs: Sites) -> None:
        """Draw this comparison and no other."""
        stage = self._viewport.stage
        if stage is None:
            return
        apart = [row for row in comparison.rows if row.mm > APART_MM][:MOST]
        lines = [line for row in apart for line in _line(stage, np.array(row.mine), np.array(row.theirs))]
        alone = [row for code in comparison.only_theirs for row in theirs.indices(code)][:MOST]
        tags = [Tag(theirs.subset([row]).binding, theirs.codes[row], THEIRS) for row in alone]
        self._drawn = (lines, tags)
        self.show()

    def show(self) -> None:
        """Put what was drawn last on the figure."""
        self._show(*self._drawn)

    def hide(self) -> None:
        """Take it off."""
        self._show([], [])

    def fly(self, code: str, mine: Sites, theirs: Sites) -> None:
        """Fly to a point where I have it, or else where they do: to its place that faces the eye most."""
        stage = self._viewport.stage
        sites = mine if mine.indices(code) else theirs
        rows = sites.indices(code)
        if stage is None or not rows:
            return
        figure, vertices = stage.figure, stage.pose.vertices
        own = sites.subset(rows)
        positions, normals = own.positions(figure, vertices), own.normals(figure, vertices)
        facing = np.round(normals @ stage.views.state.backward, 3)
        best = int(facing.argmax())
        self._viewport.fly(stage.views.fly_to(positions[best], normals[best]))

    def _show(self, lines: list[SkinLine], tags: list[Tag]) -> None:
        if self._viewport.stage is not None:
            self._viewport.stage.overlays.show("ruler", lines=lines, tags=tags)
            self._viewport.request_render()


def _line(stage: Stage, start: Floats, end: Floats) -> list[SkinLine]:
    """A line on the skin from one place to the other, thin where it begins and thick where it ends."""
    share = np.linspace(0, 1, max(3, int(np.linalg.norm(end - start)) + 2))[:, None]
    bound = stage.sight.surface.nearest(start + share * (end - start))
    half = len(share) // 2

    def part(rows: slice) -> Binding:
        return Binding(bound.triangles[rows], bound.weights[rows], bound.distances[rows])

    return [SkinLine(part(slice(0, half + 1)), MINE, 4.0), SkinLine(part(slice(half, None)), THEIRS, 8.0)]
