"""The pictures of labels: a line of text on a plate; drawn once and kept on a sheet."""

import numpy as np

from app.geometry.figure import Floats
from app.scene.quads import Pixels, Sheet
from app.scene.text import text_mask
from app.scene.theme import Rgb, SceneColors

FONT_PX = 12.0
"""Size of the font at a pixel ratio of 1."""

_PADDING_X, _HEIGHT, _RADIUS = 4.0, 17.0, 4.0
_CAPITALS = 0.72  # height of a capital letter, as a share of the font's size
_PLATE_OPACITY = 0.86
_LINE = 8  # rows of the picture a leader line is drawn with

Place = tuple[int, int, int, int]


class LabelPlates:
    """Pictures of labels on one sheet, each drawn when first asked for."""

    def __init__(self, colors: SceneColors, ratio: float) -> None:
        self.sheet = Sheet(1024)
        self._places: dict[tuple[str, bool], Place] = {}
        self.restyle(colors, ratio)

    def restyle(self, colors: SceneColors, ratio: float) -> None:
        """Draw in other colours, or for another number of device pixels per pixel of the desktop."""
        self._colors, self._ratio = colors, ratio
        self._places.clear()
        self.sheet.clear()
        self.line = self.sheet.add(_draw_line(colors.leader))

    def label(self, text: str, strong: bool = False) -> Place:
        """Return where the picture of a label lies on the sheet; a `strong` one is for a chosen point."""
        key = (text, strong)
        if key not in self._places:
            colors = self._colors
            plate, ink = (colors.strong_plate, colors.strong_text) if strong else (colors.plate, colors.text)
            edge = plate if strong else colors.edge
            self._places[key] = self.sheet.add(_draw_label(text, plate, edge, ink, strong, self._ratio))
        return self._places[key]


def _draw_label(text: str, plate: Rgb, edge: Rgb, ink: Rgb, strong: bool, ratio: float) -> Pixels:
    """Return (h, w, 4) a line of text on a plate with round corners."""
    mask, baseline = text_mask(text, FONT_PX * ratio)
    aside = round(_PADDING_X * ratio)
    width, height = mask.shape[1] + 2 * aside, round(_HEIGHT * ratio)
    x, y = np.meshgrid(np.arange(width) + 0.5 - width / 2, np.arange(height) + 0.5 - height / 2)
    radius = _RADIUS * ratio
    over_x, over_y = np.abs(x) - width / 2 + radius, np.abs(y) - height / 2 + radius
    outside = (
        np.hypot(np.maximum(over_x, 0), np.maximum(over_y, 0))
        + np.minimum(np.maximum(over_x, over_y), 0)
        - radius
    )
    picture = np.empty((height, width, 4))
    rim = np.clip(outside + 0.5 + max(1.0, ratio), 0, 1)
    picture[..., :3] = np.array(plate) + (np.array(edge, float) - np.array(plate)) * rim[..., None]
    picture[..., 3] = 255 * np.clip(0.5 - outside, 0, 1) * (1.0 if strong else _PLATE_OPACITY)
    # Baselines of all labels lie at the same height, with and without letters that reach below.
    bottom = round((height - _CAPITALS * FONT_PX * ratio) / 2) - baseline
    rows = slice(max(bottom, 0), min(bottom + len(mask), height))
    cover = mask[rows.start - bottom : rows.stop - bottom, :, None] / 255
    inked = picture[rows, aside : aside + mask.shape[1]]
    inked[..., :3] += (np.array(ink) - inked[..., :3]) * cover
    inked[..., 3:] += (255 - inked[..., 3:]) * cover
    return np.rint(picture).astype(np.uint8)


def _draw_line(color: Rgb) -> Pixels:
    """Return a band whose middle is opaque: stretched along a line it has smooth edges."""
    across: Floats = np.abs(np.arange(_LINE) + 0.5 - _LINE / 2)
    picture = np.empty((_LINE, 4, 4))
    picture[..., :3] = color
    picture[..., 3] = (255 * np.clip(2.2 - across, 0, 1))[:, None]
    return np.rint(picture).astype(np.uint8)
