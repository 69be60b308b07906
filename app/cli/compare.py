"""`facepoints compare`: how far apart two sets place their points."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import print_table

if TYPE_CHECKING:
    from app.geometry.compare import Comparison

DESCRIPTION = """Compare two point sets: how far apart each point of both lies on the skin, straight, in millimetres
and in cun (of the thumb's width), and the mean, the 95 % and the worst of all. The points of a set are its own and
those of the built-in library that its groups name."""

EPILOG = """examples:
  facepoints compare mine.points.json hers.points.json
  facepoints compare mine.points.json hers.points.json --json

With --json: {"rows": [{"code", "side", "mm", "cun", "mine", "theirs"}], "only_mine", "only_theirs",
"mean", "p95", "worst", "cun_mm"}; the farthest apart come first."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("mine", metavar="A", type=Path, help="a point set")
    parser.add_argument("theirs", metavar="B", type=Path, help="the set to compare it with")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison."""
    from app.cli.data import the_figure, the_library, the_set
    from app.geometry.compare import compare

    figure = the_figure()
    mine, theirs = the_set(arguments.mine, figure), the_set(arguments.theirs, figure)
    result = compare(mine, theirs, the_library(None), figure)
    if arguments.json:
        print(json.dumps(result.fields(), indent=2))
    else:
        _print(result)
    return 0


def _print(result: "Comparison") -> None:
    rows = [(row.code, row.side, f"{row.mm:.2f}", f"{row.cun:.3f}") for row in result.rows]
    if rows:
        print_table(("code", "side", "mm", "cun"), rows, right=(2, 3))
        print()
    print(result.summary)
    for words, codes in (("A", result.only_mine), ("B", result.only_theirs)):
        if codes:
            print(f"only in {words}: {', '.join(codes)}")
