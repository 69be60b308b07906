"""A hidden point is shown by no goal, group or treatment, only when it is asked for by itself."""

from pathlib import Path

from app.domain.document import Document
from app.domain.edits.points import hide_points
from app.domain.library import Library, join
from app.domain.shown import Shown, shown_points, with_group, with_point


def test_a_hidden_point_is_shown_only_by_itself(library: Library) -> None:
    group = library.groups["under_eye"]
    code = group.points[0].code
    document = hide_points(Document(), library, [code], True).document
    hidden = join([(Path("x"), document)], base=library)
    shown = with_group(hidden, Shown(), None, group.id, True)
    assert code not in [one.point.code for one in shown_points(hidden, shown)]
    assert code in [one.point.code for one in shown_points(library, shown)]
    assert code in [one.point.code for one in shown_points(hidden, with_point(hidden, shown, code, True))]
