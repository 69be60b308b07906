"""The other set on the figure while two are compared: lines from my places to theirs, dots at theirs."""

import numpy as np

from app.geometry.compare import Comparison
from app.geometry.figure import Floats
from app.geometry.sites import Side, Sites
from app.geometry.surface import Binding
from app.scene.skin_lines import SkinLine
from app.scene.stage import Stage
from app.scene.tags import Tag
from app.ui.at_hand import nearest
from app.ui.viewport import Viewport

MINE, THEIRS = "#0072b2", "#d55e00"
APART_MM = 0.05
"""Places nearer to each other than this are the same to the eye."""
MOST = 300
"""So many lines and dots of each kind are drawn, the longest first."""


class CompareLines:
    """Draws a comparison and flies to its places; can be taken off the figure and put back."""

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._drawn: tuple[list[SkinLine], list[Tag]] = ([], [])
        self._farthest: dict[str, set[Side]] = {}

    def draw(self, comparison: Comparison, theirs: Sites) -> None:
        """Draw this comparison and no other."""
        stage = self._viewport.stage
        if stage is None:
            return
        apart = [row for row in comparison.rows if row.mm > APART_MM][:MOST]
        lines = [line for row in apart for line in _line(stage, np.array(row.mine), np.array(row.theirs))]
        # A line shorter than a marker lies below it; a dot lies above.
        dots = [Tag(stage.sight.surface.nearest(np.array([row.theirs])), "", THEIRS) for row in apart]
        alone = [row for code in comparison.only_theirs for row in theirs.indices(code)][:MOST]
        tags = [Tag(theirs.subset([row]).binding, theirs.codes[row], THEIRS) for row in alone]
        self._drawn = (lines, [*dots, *tags])
        self._farthest = _farthest_sides(comparison)
        self.show()

    def show(self) -> None:
        """Put what was drawn last on the figure."""
        self._show(*self._drawn)

    def hide(self) -> None:
        """Take it off."""
        self._show([], [])

    def fly(self, code: str, mine: Sites, theirs: Sites) -> None:
        """Fly to a point where I have it, or else where they do.

        Of its sides it is the one that lies farther from theirs, or, where both do alike, that which faces the eye.
        """
        stage = self._viewport.stage
        sites = mine if mine.indices(code) else theirs
        rows = sites.indices(code)
        if stage is None or not rows:
            return
        rows = tuple(row for row in rows if sites.sides[row] in self._farthest.get(code, ())) or rows
        site = nearest(stage, sites, rows)
        assert site is not None  # there are rows to choose from
        one, figure, vertices = sites.subset([site]), stage.figure, stage.pose.vertices
        flight = stage.views.fly_to(one.positions(figure, vertices)[0], one.normals(figure, vertices)[0])
        self._viewport.fly(flight)

    def _show(self, lines: list[SkinLine], tags: list[Tag]) -> None:
        if self._viewport.stage is not None:
            self._viewport.stage.overlays.show("ruler", lines=lines, tags=tags)
            self._viewport.request_render()


def _farthest_sides(comparison: Comparison) -> dict[str, set[Side]]:
    """The sides on which each point lies farthest from theirs."""
    worst: dict[str, float] = {}
    found: dict[str, set[Side]] = {}
    for row in comparison.rows:  # The farthest apart come first.
        if worst.setdefault(row.code, row.mm) - row.mm <= APART_MM:
            found.setdefault(row.code, set()).add(row.side)
    return found


def _line(stage: Stage, start: Floats, end: Floats) -> list[SkinLine]:
    """A line on the skin from one place to the other, thin where it begins and thick where it ends."""
    share = np.linspace(0, 1, max(3, int(np.linalg.norm(end - start)) + 2))[:, None]
    bound = stage.sight.surface.nearest(start + share * (end - start))
    half = len(share) // 2

    def part(rows: slice) -> Binding:
        return Binding(bound.triangles[rows], bound.weights[rows], bound.distances[rows])

    return [SkinLine(part(slice(0, half + 1)), MINE, 4.0), SkinLine(part(slice(half, None)), THEIRS, 8.0)]
