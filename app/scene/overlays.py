"""What is drawn on the skin under the markers, in named layers that are switched each by itself."""

from collections.abc import Sequence
from typing import Any, Literal

from app.geometry.figure import Figure, Floats, Pose
from app.scene.label_layout import NOTHING
from app.scene.projection import Projection
from app.scene.sight import Sight
from app.scene.skin_areas import SkinArea, SkinAreas
from app.scene.skin_lines import SkinLine, SkinLines
from app.scene.tags import Tag, Tags
from app.scene.theme import Theme

OverlayName = Literal["muscles", "zones", "proportions", "wrinkles", "channels", "landmarks", "construction", "ruler"]
OVERLAYS: tuple[OverlayName, ...] = (
    "muscles", "zones", "proportions", "wrinkles", "channels", "landmarks", "construction", "ruler",
)  # fmt: skip
"""Layers from the lowest to the uppermost."""


class Overlays:
    """Areas and lines on the skin, each an actor per layer, and the names of all layers in one; never renders.

    VTK draws what is see-through in the order it was added: made before the markers, all this lies below them.
    """

    def __init__(self, renderer: Any, figure: Figure) -> None:
        self._figure = figure
        self._pose = figure.neutral
        self._areas = {name: SkinAreas(renderer) for name in OVERLAYS}
        self._lines = {name: SkinLines(renderer, figure) for name in OVERLAYS}
        self._tags: dict[OverlayName, tuple[Tag, ...]] = {}
        self.tags = Tags(renderer, figure)

    def show(
        self,
        name: OverlayName,
        areas: Sequence[SkinArea] = (),
        lines: Sequence[SkinLine] = (),
        tags: Sequence[Tag] = (),
    ) -> None:
        """Draw this in a layer and nothing else; nothing at all empties it.

        Raises:
            KeyError: there is no layer of that name.
            ValueError: a colour is none.

        """
        self._areas[name].show(areas, self._pose, self._figure.neutral.vertices)
        self._lines[name].show(lines, self._pose)
        self._tags[name] = tuple(tags)
        # The uppermost layer is what was asked for last or most expressly: its names find room first.
        every = [tag for layer in reversed(OVERLAYS) for tag in self._tags.get(layer, ())]
        self.tags.show(every, self._pose)

    def areas(self, name: OverlayName) -> SkinAreas:
        """Return the areas of a layer."""
        return self._areas[name]

    def lines(self, name: OverlayName) -> SkinLines:
        """Return the lines of a layer."""
        return self._lines[name]

    def follow(self, pose: Pose) -> None:
        """Move everything with the skin."""
        self._pose = pose
        for name in OVERLAYS:
            self._areas[name].follow(pose)
            self._lines[name].follow(pose)
        self.tags.follow(pose)

    def place(
        self, projection: Projection, sight: Sight | None, taken: Floats = NOTHING, avoided: Floats = NOTHING
    ) -> None:
        """Lay lines and names out for a camera.

        Names keep clear of the boxes (n, 4) that are taken, and of those that are avoided if there is another place.
        """
        for lines in self._lines.values():
            lines.place(projection)
        self.tags.layout(projection, sight, taken, avoided)

    def set_theme(self, theme: Theme) -> None:
        """Suit the names to the theme; lines and areas are the same on both."""
        self.tags.set_theme(theme)

    def set_pixel_ratio(self, ratio: float) -> None:
        """Say how many device pixels a pixel of the desktop has."""
        for lines in self._lines.values():
            lines.set_pixel_ratio(ratio)
        self.tags.set_pixel_ratio(ratio)
