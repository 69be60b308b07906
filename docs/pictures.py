"""Draw the pictures of the figure and of every goal for the documentation: `python docs/pictures.py [NAME...]`.

Needs no display. Pictures of the window are made by `docs/window_pictures.py`.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.domain.builtin import load_library
from app.domain.shown import Shown, shown_points, with_goal
from app.geometry.figure import load_figure
from app.geometry.sites import bind_points
from app.scene.chosen import markers_of
from app.scene.picture import picture

FOLDER = Path(__file__).parent / "pictures"
FIGURE = {
    "figure-front": ("front", "open"),
    "figure-three-quarter": ("three-quarter-left", "open"),
    "figure-profile": ("left", "open"),
    "figure-eyes-shut": ("front", "shut"),
    "figure-back": ("back", "open"),
    "figure-body": ("body-front", "open"),
}


def save(name: str, image: npt.NDArray[np.uint8]) -> None:
    """Write a picture small enough for a repository."""
    Image.fromarray(image).save(FOLDER / f"{name}.jpg", quality=88, optimize=True)


def main(names: list[str]) -> None:
    """Draw the named pictures, all where none is named."""
    for name, (view, eyes) in FIGURE.items():
        if not names or name in names:
            save(name, picture(None, (640, 720), view, eyes=eyes))
    figure, library = load_figure(), load_library()
    sites = bind_points(figure, library.points.values())
    for goal in library.goals.values():
        name = f"goal-{goal.id.replace('_', '-')}"
        if not names or name in names:
            shown = shown_points(library, with_goal(library, Shown(), goal.id, True))
            markers = markers_of(library, sites, shown)
            save(name, picture(None, (800, 640), "fit", sites, markers, labels=True))


if __name__ == "__main__":
    main(sys.argv[1:])
