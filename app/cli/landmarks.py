"""`facepoints landmarks`: where every landmark lies."""

import argparse
from typing import TYPE_CHECKING

from app.cli.output import millimetres, print_json, print_table

if TYPE_CHECKING:
    from app.domain.anatomy import Landmark

DESCRIPTION = """List the anatomical landmarks that points are found by.
Positions are in millimetres on the neutral figure; x is the person's left, y up, z forward."""

EPILOG = """examples:
  facepoints landmarks
  facepoints landmarks --json        a list of {"id", "side", "position"}, paired ones with both sides"""


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print every landmark that has a position; in the table, say which have none."""
    from app.cli.data import the_library

    landmarks = list(the_library(None).landmarks.values())
    sites = [(landmark, side, place) for landmark in landmarks for side, place in _sides(landmark)]
    if arguments.json:
        print_json(
            [
                {"id": landmark.id, "side": side, "position": millimetres(place)}
                for landmark, side, place in sites
            ]
        )
        return 0
    rows = [
        (landmark.id, side, *(f"{value:.1f}" for value in place), landmark.name)
        for landmark, side, place in sites
    ]
    print_table(("id", "side", "x", "y", "z", "name"), rows, right=(2, 3, 4))
    for landmark in landmarks:
        if landmark.position is None:
            print(f"{landmark.id} has no position: {landmark.status_reason or 'it is not placed yet'}")
    return 0


def _sides(landmark: "Landmark") -> list[tuple[str, tuple[float, float, float]]]:
    """Side and position of each place; the right of a paired landmark is the mirror image of the left."""
    if landmark.position is None:
        return []
    if not landmark.paired:
        return [("midline", landmark.position)]
    x, y, z = landmark.position
    return [("left", (x, y, z)), ("right", (-x, y, z))]
