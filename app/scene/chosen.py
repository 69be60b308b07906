"""What is switched on, as markers."""

from collections.abc import Sequence

from app.domain.library import Library
from app.domain.shown import ShownPoint
from app.geometry.sites import Sites
from app.scene.markers import Marker

PLAIN_COLOR, PLAIN_SHAPE = "#4a5a6a", "disc"
"""Of a point that no goal shows: one chosen by itself, with a group or with a treatment."""


def markers_of(library: Library, sites: Sites, points: Sequence[ShownPoint]) -> tuple[Marker, ...]:
    """Return one marker for each site of the points, in the colours of the goals that show them.

    A point of one goal has the goal's shape, one of several goals is a disc in all their colours. Points without
    a position have no site and no marker. The label is the code.
    """
    markers = []
    for shown in points:
        goals = [library.goals[goal] for goal in shown.goals]
        colors = tuple(goal.color for goal in goals) or (PLAIN_COLOR,)
        shape = goals[0].marker if len(goals) == 1 else PLAIN_SHAPE
        code = shown.point.code
        markers += [Marker(site, colors, shape, code) for site in sites.indices(code)]
    return tuple(markers)
