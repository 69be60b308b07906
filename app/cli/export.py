"""`facepoints export`: a set in the format of another program."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.problems import FAILED, CommandProblem

if TYPE_CHECKING:
    from app.domain.document import Document

FRAMES = ("LPS", "RAS")

DESCRIPTION = """Write a set, and the built-in points that its groups name, in the format of another program.
The ending of OUT says which:

  .points.json   Facepoints            .mrk.json   3D Slicer markups, in the frame LPS or RAS
  .fcsv          3D Slicer, older      .pp         MeshLab picked points
  .csv           a table               .glb        the figure with each point as a named node
  .png           a picture

What a format cannot carry is told on stderr, a sentence each."""

EPILOG = """examples:
  facepoints export clinic.points.json --to clinic.mrk.json
  facepoints export clinic.points.json --to clinic.mrk.json --frame RAS
  facepoints export clinic.points.json --to clinic.csv
  facepoints export clinic.points.json --to clinic.glb
  facepoints export clinic.points.json --to clinic.png --size 2400x1600 --view left

A file of that name is replaced, and only once the new one is whole."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    from app.cli.render import VIEWS, _size

    parser.add_argument("set", metavar="SET", help="a point set, NAME.points.json")
    parser.add_argument("--to", metavar="OUT", required=True, type=Path, help="the file to write")
    parser.add_argument(
        "--frame", choices=FRAMES, default="LPS", help="of .mrk.json and .fcsv; LPS if not given"
    )
    parser.add_argument("--view", metavar="NAME", choices=VIEWS, default="fit", help="of a picture")
    parser.add_argument("--size", metavar="WxH", type=_size, default=(1280, 800), help="of a picture")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and tell what it leaves out."""
    from app.cli.data import the_figure, the_library, the_set
    from app.domain.exchange.formats import EXPORTS, ending_of, export_text
    from app.domain.problems import FileProblem
    from app.domain.storage import write_bytes

    out: Path = arguments.to
    try:
        ending = ending_of(out, EXPORTS)
    except FileProblem as problem:
        raise CommandProblem(str(problem)) from None
    figure = the_figure()
    document = the_set(Path(arguments.set), figure)
    base = the_library(None)
    if ending == ".png":
        return _picture(arguments, out, document)
    try:
        if ending == ".glb":
            from app.scene.model import model

            data, losses = model(figure, document, base)
        else:
            export = export_text(out, document, base, arguments.frame)
            data, losses = export.text.encode(), export.losses
        write_bytes(out, data)
    except FileProblem as problem:
        raise CommandProblem(str(problem), FAILED) from None
    for loss in losses:
        print(f"{out}: {loss}", file=sys.stderr)
    return 0


def _picture(arguments: argparse.Namespace, out: Path, document: "Document") -> int:
    from app.cli import render

    wanted = argparse.Namespace(
        out=out,
        set=arguments.set,
        goal=[goal.id for goal in document.goals],
        group=[group.id for group in document.groups],
        point=[point.code for point in document.points],
        treatment=[],
        view=arguments.view,
        size=arguments.size,
        labels=True,
        eyes="open",
        theme="light",
    )
    return render.run(wanted)
