"""`facepoints import`: a set from the format of another program."""

import argparse
import sys
from pathlib import Path

from app.cli.output import count
from app.cli.problems import FAILED, CommandProblem

DESCRIPTION = """Make a point set of a file of another program: 3D Slicer (.mrk.json, .fcsv), MeshLab (.pp), a table
(.csv) or a point set (.points.json). Every point is laid onto the figure's skin. A code or alias that is known keeps
what is known about it; "NAME (left)" and "NAME (right)", or NAME_L and NAME_R, are the two sides of one point."""

EPILOG = """examples:
  facepoints import clinic.mrk.json --to clinic.points.json
  facepoints import picked.pp --to clinic.points.json --scale 1000      its unit is the metre
  facepoints import other.csv --to clinic.points.json --axes RAS
  facepoints import old.points.json --to clinic.points.json --place-again

A file whose points fit the figure in another unit or with other axes only is not imported until --scale or --axes
says so, and a set that was made on another figure not without --place-again; the message names them. What was
taken for granted is told on stderr, a sentence each."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("file", metavar="IN", type=Path, help="the file to read")
    parser.add_argument("--to", metavar="SET.points.json", required=True, type=Path, help="the set to write")
    parser.add_argument("--scale", type=_scale, metavar="MM", help="millimetres of one unit of the file")
    parser.add_argument(
        "--axes",
        type=_axes,
        metavar="AXES",
        help="LPS, RAS, facepoints, or a spelling such as +x-z+y: our x, y and z in terms of the file's",
    )
    parser.add_argument(
        "--place-again",
        action="store_true",
        help="place the points of a set that was made on another figure by their rules, or where they lay",
    )
    parser.add_argument(
        "--replace", action="store_true", help="write over a set that exists; it is kept beside as .bak"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the set and tell what was taken for granted."""
    from app.cli.data import the_figure, the_library
    from app.domain.exchange.formats import POINT_SET
    from app.domain.library import join
    from app.domain.problems import FileProblem
    from app.domain.saving import fingerprint, save_document
    from app.geometry.exchange.asking import Question
    from app.geometry.exchange.importing import import_file

    out: Path = arguments.to
    if not out.name.endswith(POINT_SET):
        raise CommandProblem(f"{out}: a point set is called NAME{POINT_SET}; name it so.")
    if out.exists() and not arguments.replace:
        raise CommandProblem(f"{out}: this set exists; name another file, or replace it with --replace.")
    base = the_library(None)
    try:
        how = (arguments.scale, arguments.axes, arguments.place_again)
        found = import_file(arguments.file, base, the_figure(), *how)
        if isinstance(found, Question):
            again = f"if that is right, run again with {found.options}"
            raise CommandProblem(f"{found.path}: {found.problem}; {again}.")
        join([(arguments.file, found.document)], base=base)
    except FileProblem as problem:
        raise CommandProblem(str(problem)) from None
    try:
        save_document(out, found.document, fingerprint(out))
    except FileProblem as problem:
        raise CommandProblem(str(problem), FAILED) from None
    for note in found.notes:
        print(f"{arguments.file}: {note}", file=sys.stderr)
    placed = sum(point.position is not None for point in found.document.points)
    print(f"{out}: {count(len(found.document.points), 'point')}, {placed} of them placed")
    return 0


def _scale(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1e-6 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no length of a unit in mm, such as 1000 for metres")
    return value


def _axes(text: str) -> object:
    from app.geometry.exchange.recognising import parse_axes

    try:
        return parse_axes(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
