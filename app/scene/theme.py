"""Colours of the scene for a bright and a dark desktop."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]
Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class SceneColors:
    """Colours, 0 to 255.

    Attributes:
        above, below: the background's upper and lower edge.
        plate, text, edge: a label's plate, its text and its outline.
        strong_plate, strong_text: the same for a selected point.
        leader: lines from a label to its point.
        hovered, selected: the ring around a point.

    """

    above: Rgb
    below: Rgb
    plate: Rgb
    text: Rgb
    edge: Rgb
    strong_plate: Rgb
    strong_text: Rgb
    leader: Rgb
    hovered: Rgb
    selected: Rgb


COLORS: dict[Theme, SceneColors] = {
    "light": SceneColors(
        above=(250, 250, 251),
        below=(218, 223, 229),
        plate=(255, 255, 255),
        text=(28, 33, 40),
        edge=(150, 160, 172),
        strong_plate=(20, 96, 190),
        strong_text=(255, 255, 255),
        leader=(70, 80, 92),
        hovered=(255, 255, 255),
        selected=(20, 110, 230),
    ),
    "dark": SceneColors(
        above=(44, 49, 56),
        below=(20, 23, 27),
        plate=(30, 34, 40),
        text=(240, 243, 246),
        edge=(104, 114, 126),
        strong_plate=(72, 150, 245),
        strong_text=(8, 14, 22),
        leader=(190, 198, 207),
        hovered=(255, 255, 255),
        selected=(80, 165, 255),
    ),
}


def rgb(color: str) -> Rgb:
    """Return red, green and blue of a colour like "#ffcc00".

    Raises:
        ValueError: the text is not such a colour.

    """
    if len(color) != 7 or not color.startswith("#"):
        raise ValueError(f"{color!r} is not a colour like #ffcc00")
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue
