"""The little pictures of markers: shape, colours, outline, count; drawn once and kept on a sheet.

Each is drawn in several sizes. A texture that OpenGL makes smaller by itself is blurred: of the thin white outline
of a small marker a grey one would be left.
"""

from collections.abc import Sequence

import numpy as np

from app.geometry.figure import Floats, Ints
from app.scene.quads import Pixels, Sheet
from app.scene.shapes import inside
from app.scene.text import text_mask
from app.scene.theme import Rgb, rgb

SIZES = (64, 32, 16, 8)
"""Pixels of the sides a picture is drawn with, largest first; on the screen it is about as large as one of them."""

SIZE = SIZES[0]

REACH = 1.5
"""Half the side of a picture, where 1 is the shape from middle to edge: room for the outline and for blending."""

# Left and lower end of each size, counted from the picture's place on the sheet; what is around the small ones is
# empty, so that none shows another's edge.
_CORNERS = ((0, 0), (64, 0), (72, 34), (76, 53))
_WIDTH = 96  # of all sizes together
_LEGIBLE = 24  # side from which on a number can be read

# Distances outside the shape's edge where the white and the dark outline end.
_WHITE, _DARK = 0.2, 0.33
_DARK_RGB = np.array([22.0, 24.0, 28.0])
_RING = 0.46  # how wide the ring of a shared marker is
_MOST = 512  # pictures kept before the sheet is started anew

Place = tuple[int, int, int, int]


class MarkerSprites:
    """Pictures of markers on one sheet, each drawn when first asked for."""

    def __init__(self) -> None:
        self.sheet = Sheet(10 * _WIDTH)
        self._places: dict[object, Place] = {}

    def make_room(self) -> None:
        """Forget all pictures when they have become many; to be called before a new set is asked for."""
        if len(self._places) > _MOST:
            self._places.clear()
            self.sheet.clear()

    def marker(self, shape: str, colors: Sequence[str], muted: bool) -> Place:
        """Return where the picture of a marker lies on the sheet; `corners` tells where that of a size does.

        Raises:
            KeyError: there is no such shape.
            ValueError: a colour is none.

        """
        key = (shape, tuple(colors), muted)
        if key not in self._places:
            looks = [rgb(color) for color in colors]
            self._places[key] = self._add([draw_marker(shape, looks, muted, size) for size in SIZES])
        return self._places[key]

    def halo(self, color: Rgb, strong: bool) -> Place:
        """Return where the ring around a hovered or selected marker lies on the sheet."""
        key = (color, strong)
        if key not in self._places:
            self._places[key] = self._add([_draw_halo(color, strong, size) for size in SIZES])
        return self._places[key]

    def corners(self, places: Ints, sizes: Ints) -> Floats:
        """Return (n, 4, 2) texture coordinates of pictures at places (n, 4), each in the size of `sizes` (n,)."""
        at = np.array(places, np.int64)
        at[:, :2] += np.array(_CORNERS)[sizes]
        at[:, 2:] = np.array(SIZES)[sizes, None]
        return self.sheet.corners(at)

    def _add(self, pictures: Sequence[Pixels]) -> Place:
        whole = np.zeros((SIZE, _WIDTH, 4), np.uint8)
        for picture, (left, bottom) in zip(pictures, _CORNERS, strict=True):
            side = len(picture)
            whole[bottom : bottom + side, left : left + side] = picture
        return self.sheet.add(whole)


def sizes_for(sides: Floats) -> Ints:
    """Return (n,) which of `SIZES` a picture is drawn from that is `sides` (n,) pixels wide: the next larger."""
    larger = np.array(SIZES)[None] >= sides[:, None]
    found: Ints = np.maximum(larger.sum(axis=1) - 1, 0)
    return found


def draw_marker(shape: str, colors: Sequence[Rgb], muted: bool, size: int = SIZE) -> Pixels:
    """Return (size, size, 4) the picture of a marker; of several colours it is a divided ring with their number."""
    shared = len(colors) > 1
    depth = inside("disc" if shared else shape, size, REACH)
    picture = np.empty((size, size, 4))
    picture[..., :3] = _DARK_RGB
    picture[..., 3] = _step(depth + _DARK) * 205 + _step(depth + _WHITE) * 50
    _lay(picture, (255, 255, 255), _step(depth + _WHITE))
    if shared:
        _lay_sectors(picture, colors, depth)
    else:
        _lay(picture, colors[0], _step(depth))
    if shape == "ring" and not shared:
        _lay(picture, (255, 255, 255), _step(depth - _RING))
    if muted:
        grey = picture[..., :3].mean(axis=2, keepdims=True)
        picture[..., :3] = 0.45 * picture[..., :3] + 0.55 * grey
        picture[..., 3] *= 0.55
    return np.rint(np.clip(picture, 0, 255)).astype(np.uint8)


def _lay_sectors(picture: Floats, colors: Sequence[Rgb], depth: Floats) -> None:
    size = len(depth)
    middle = (np.arange(size) + 0.5) - size / 2
    x, y = np.meshgrid(middle, middle)
    turn = np.arctan2(x, y) / (2 * np.pi) % 1.0  # clockwise from the top
    part = np.minimum((turn * len(colors)).astype(int), len(colors) - 1)
    for number, color in enumerate(colors):
        _lay(picture, color, _step(depth) * (part == number))
    _lay(picture, (255, 255, 255), _step(depth - _RING))
    if size < _LEGIBLE:
        return
    count, baseline = text_mask(str(len(colors)), size * 0.4, bold=True)
    count = count[baseline:]
    rows, columns = count.shape
    bottom, left = (size - rows) // 2, (size - columns) // 2
    _lay(picture[bottom : bottom + rows, left : left + columns], (20, 22, 26), count / 255)


def _draw_halo(color: Rgb, strong: bool, size: int) -> Pixels:
    depth = inside("disc", size, REACH)
    inner, outer = (0.0, -0.30) if strong else (-0.06, -0.26)
    picture = np.empty((size, size, 4))
    picture[..., :3] = _DARK_RGB if not strong else 255
    picture[..., 3] = 255 * _step(depth - outer + 0.1) * (1 - _step(depth - inner - 0.06))
    _lay(picture, color, _step(depth - outer) * (1 - _step(depth - inner)))
    return np.rint(np.clip(picture, 0, 255)).astype(np.uint8)


def _lay(picture: Floats, color: Rgb, cover: Floats) -> None:
    """Paint a colour over the picture where `cover` is 1; its opacity stays as it is."""
    picture[..., :3] += (np.array(color, float) - picture[..., :3]) * cover[..., None]


def _step(depth: Floats) -> Floats:
    """Return 0 outside, 1 inside, with an edge one pixel wide."""
    edge: Floats = np.clip(depth * len(depth) / (2 * REACH) + 0.5, 0, 1)
    return edge
