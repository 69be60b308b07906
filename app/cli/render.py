"""`facepoints render`: a picture of the figure with points on it."""

import argparse
import re
from pathlib import Path

from app.cli.problems import FAILED, CommandProblem
from app.cli.selection import add_selection, is_selected, selected

VIEWS = (
    "front",
    "left",
    "right",
    "three-quarter-left",
    "three-quarter-right",
    "top",
    "back",
    "below",
    "body-front",
    "body-back",
    "fit",
)
SMALLEST, LARGEST = 64, 8192
OPENING_GOAL = "lines"
"""What the window shows at its first start (app.ui.settings)."""

DESCRIPTION = """Write a picture of the figure with points on it. Needs no display.
Without --goal, --group, --point or --treatment it shows the goal
lines, as the window does at its first start."""

EPILOG = """views:
  front, left, right, three-quarter-left, three-quarter-right, top, back, below,
  body-front, body-back, fit (all points that are shown). "left" shows the person's left.

examples:
  facepoints render lines.png --goal lines --labels
  facepoints render two.png --goal lines --goal acne --view three-quarter-left --size 1920x1080
  facepoints render hegu.png --point LI4 --view fit --labels
  facepoints render mine.png --set clinic.points.json --group frown --eyes shut

A file of that name is replaced, and only once the picture is whole."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("out", metavar="OUT.png", type=_png, help="the picture to write")
    add_selection(parser)
    look = parser.add_argument_group("how it looks")
    look.add_argument(
        "--view", metavar="NAME", choices=VIEWS, default="front", help="from where; front if not given"
    )
    look.add_argument(
        "--size", metavar="WxH", type=_size, default=(1280, 800), help="pixels; 1280x800 if not given"
    )
    look.add_argument("--labels", action="store_true", help="write the code beside each point")
    look.add_argument("--eyes", choices=("open", "shut"), default="open", help="open if not given")
    look.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="background; light if not given"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the picture."""
    out: Path = arguments.out
    if not out.parent.is_dir():
        raise CommandProblem(f"{out}: there is no folder {out.parent}; make it or choose another.", FAILED)
    if out.is_dir():
        raise CommandProblem(f"{out}: this is a folder; name a file in it.", FAILED)

    from app.cli.data import the_figure, the_library, the_sites
    from app.domain.shown import shown_points
    from app.scene.chosen import markers_of
    from app.scene.offscreen import can_draw_offscreen
    from app.scene.picture import PictureProblem, picture

    library = the_library(arguments.set)
    if not is_selected(arguments):
        arguments.goal = [OPENING_GOAL]
    points = shown_points(library, selected(arguments, library))
    figure = the_figure()
    sites = the_sites(figure, library, arguments.set)
    if not can_draw_offscreen():
        raise CommandProblem(
            f"{out}: there is no OpenGL to draw it with; install Mesa (on Debian and Ubuntu: "
            "sudo apt install libegl1 libgl1-mesa-dri).",
            FAILED,
        )
    try:
        picture(
            out,
            size=arguments.size,
            view=arguments.view,
            sites=sites,
            markers=markers_of(library, sites, points),
            labels=arguments.labels,
            theme=arguments.theme,
            eyes=arguments.eyes,
        )
    except PictureProblem as problem:
        raise CommandProblem(str(problem), FAILED) from None
    return 0


def _png(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"{text} does not end in .png; pictures are written as PNG")
    return path


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)[x×](\d+)", text.strip())
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise argparse.ArgumentTypeError(
            f"{text} is not width x height, such as 1280x800 ({SMALLEST} to {LARGEST} each)"
        )
    return size
