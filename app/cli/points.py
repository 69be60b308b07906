"""`facepoints points`: where every point lies."""

import argparse
from typing import TYPE_CHECKING

from app.cli.output import count, millimetres, print_json, print_table
from app.cli.selection import add_selection, is_selected, selected

if TYPE_CHECKING:
    from app.domain.points import Point

DESCRIPTION = """List every needle site: a bilateral point has two, a midline point one.
Positions are on the figure's skin in millimetres; x is the person's left, y up, z forward."""

EPILOG = """examples:
  facepoints points                            all points
  facepoints points --goal lines               those of one skin goal
  facepoints points --treatment typical        a whole treatment, with its needle counts
  facepoints points --goal lines --json        for another program

With --json: a list of {"code", "side", "position", "normal", "part", "goals", "groups"}, one entry a site."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    add_selection(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the sites of the points asked for, of all where none was."""
    from app.cli.data import the_figure, the_library, the_sites
    from app.domain.shown import ShownPoint, count_needles, shown_points

    library = the_library(arguments.set)
    if is_selected(arguments):
        points = shown_points(library, selected(arguments, library))
    else:
        points = tuple(ShownPoint(point, (), ()) for point in library.points.values())
    figure = the_figure()
    every = the_sites(figure, library, arguments.set)
    sites = every.subset([shown.point.code for shown in points])
    positions = sites.positions(figure, figure.neutral.vertices)
    normals = sites.normals(figure, figure.neutral.vertices)
    if arguments.json:
        print_json(
            [
                {
                    "code": code,
                    "side": side,
                    "position": millimetres(position),
                    "normal": [round(float(value), 4) + 0.0 for value in normal],
                    "part": part,
                    "goals": [goal.id for goal in library.goals_of(code)],
                    "groups": [group.id for group in library.groups_of(code)],
                }
                for code, side, part, position, normal in zip(
                    sites.codes, sites.sides, sites.parts, positions, normals, strict=True
                )
            ]
        )
        return 0
    rows = [
        (code, side, part, *(f"{value:.1f}" for value in position), _name(library.points[code]))
        for code, side, part, position in zip(sites.codes, sites.sides, sites.parts, positions, strict=True)
    ]
    print_table(("code", "side", "part", "x", "y", "z", "name"), rows, right=(3, 4, 5))
    counts = count_needles(points)
    face = count(counts.face, "needle")
    print(f"\n{count(len(points), 'point')}: {face} on the face and head, {counts.body} on the body")
    for shown in points:
        if not every.indices(shown.point.code):
            print(
                f"{shown.point.code} has no position: {shown.point.status_reason or 'it is not placed yet'}"
            )
    return 0


def _name(point: "Point") -> str:
    return " ".join(part for part in (point.pinyin, point.hanzi, point.english) if part)
