"""The points on the figure: every marker in one actor, the rings around hovered and selected ones in a second.

A marker is a picture on a small rectangle that lies on the skin. Its place and size depend on the camera, so the
rectangles are computed anew, all at once, for each picture taken from another place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from app.geometry.figure import Figure, Floats, Ints, Pose
from app.geometry.sites import Sites
from app.geometry.surface import Bound
from app.scene.projection import Projection
from app.scene.quads import Quads
from app.scene.spacing import spacing
from app.scene.sprites import REACH, MarkerSprites, sizes_for
from app.scene.theme import COLORS, Theme

DIAMETER_MM = 4.0
"""Of a marker on the skin, as long as it is not too small or too large to see."""

SMALLEST_PX, LARGEST_PX = 12.0, 26.0
"""Limits of a marker's diameter on the screen, in pixels at a pixel ratio of 1."""

DOT_PX = 4.0
"""Markers shrink to dots of this size where they would cover each other, as those of a face seen from afar."""

_SHARE = 0.8  # of the way to its nearest neighbour that a marker may take up before it shrinks

LIFT_MM = 0.3
"""How far a marker floats above the skin; the light level of the skin differs from the full one by less."""

TURN = 0.6
"""How much a marker turns from the skin towards the viewer (0 not at all), so that its shape stays readable."""

HALO = 1.22
"""The ring around a marker, as a multiple of the marker."""


@dataclass(frozen=True)
class Marker:
    """What is drawn at one needle site.

    Attributes:
        site: index into the sites.
        colors: "#rrggbb" of each goal that shows the site; several divide the marker.
        shape: one of `app.scene.shapes.SHAPES`; a site of several goals is a disc.
        label: text beside it.
        muted: drawn pale, as context.

    """

    site: int
    colors: tuple[str, ...]
    shape: str
    label: str = ""
    muted: bool = False


class Markers:
    """Draws markers; never renders.

    Attributes:
        shown: what is drawn now.
        site_positions, site_normals: (s, 3) places of all sites, shown or not, and outward normals.
        positions, normals: (n, 3) places on the skin and outward normals of the shown markers.
        diameters: (n,) pixels, as of the last `place`.
        gaps: (n,) pixels from each marker's middle to its nearest neighbour's, seen face on; as of the last `place`.
        facing: (n,) cosine between the normal and the way to the eye, as of the last `place`.
        display: (n, 2) pixels where they are seen, as of the last `place`.
        actors: what they are drawn by: the rings around them, and the markers themselves.

    """

    def __init__(self, renderer: Any, figure: Figure) -> None:
        self._figure = figure
        self._sprites = MarkerSprites()
        self._quads, self._halos = Quads(), Quads()
        self.actors = (_actor(self._halos, self._sprites), _actor(self._quads, self._sprites))
        for actor in self.actors:
            renderer.AddViewProp(actor)
        self._theme: Theme = "light"
        self._pixel_ratio = 1.0
        self._pose: Pose | None = None
        self._sites: Sites | None = None
        self.site_positions: Floats = np.zeros((0, 3))
        self.site_normals: Floats = np.zeros((0, 3))
        self._spacing: Floats = np.zeros(0)
        self._bound: Bound | None = None
        self._hovered: int | None = None
        self._selected: tuple[int, ...] = ()
        self.shown: tuple[Marker, ...] = ()
        self._rows: dict[int, int] = {}
        self._places: Ints = np.zeros((0, 4), np.int64)
        self._sizes: Ints | None = None  # of the pictures the rectangles show now
        self._halo_places: Ints = np.zeros((0, 4), np.int64)
        self.positions: Floats = np.zeros((0, 3))
        self.normals: Floats = np.zeros((0, 3))
        self.diameters: Floats = np.zeros(0)
        self.gaps: Floats = np.zeros(0)
        self.facing: Floats = np.zeros(0)
        self.display: Floats = np.zeros((0, 2))

    def show(self, sites: Sites, shown: Sequence[Marker]) -> None:
        """Draw these markers and no others.

        Raises:
            KeyError: a marker's shape is none.
            ValueError: a marker's colour is none.
            IndexError: a marker's site is none.

        """
        self._sprites.make_room()
        places = [self._sprites.marker(one.shape, one.colors, one.muted) for one in shown]
        if sites is not self._sites:
            self._sites = sites
            level = self._figure.full
            self._bound = Bound(sites.binding, level.triangles, len(level.mirror))
            self._find_sites()
        self.shown = tuple(shown)
        self._rows = {one.site: row for row, one in enumerate(self.shown)}
        self._choose()
        self._places = np.array(places, np.int64).reshape(-1, 4)
        self._quads.resize(len(self.shown))
        self.actors[1].SetVisibility(bool(self.shown))
        self._choose_halos()

    def follow(self, pose: Pose) -> None:
        """Move the markers with the skin."""
        self._pose = pose
        self._find_sites()
        self._choose()

    def set_hovered(self, site: int | None) -> None:
        """Put a ring around the marker under the mouse."""
        self._hovered = site
        self._choose_halos()

    def set_selected(self, sites: Sequence[int]) -> None:
        """Put a ring around the chosen markers."""
        self._selected = tuple(sites)
        self._choose_halos()

    @property
    def sites(self) -> Sites | None:
        """The sites that the markers are of."""
        return self._sites

    @property
    def hovered(self) -> int | None:
        """The site under the mouse."""
        return self._hovered

    @property
    def selected(self) -> tuple[int, ...]:
        """The chosen sites."""
        return self._selected

    def set_theme(self, theme: Theme) -> None:
        """Suit the rings to the theme; markers are the same on both."""
        self._theme = theme
        self._choose_halos()

    def set_pixel_ratio(self, ratio: float) -> None:
        """Say how many device pixels a pixel of the desktop has; limits of size count in the latter."""
        self._pixel_ratio = ratio

    def row(self, site: int) -> int | None:
        """Return the place of a site in `shown`, None where it is not shown."""
        return self._rows.get(site)

    def boxes(self, projection: Projection) -> Floats:
        """Return (m, 4) left, bottom, right, top in pixels of the viewport, of the markers that face the eye."""
        ahead = np.flatnonzero((self.facing > 0) & np.isfinite(self.display[:, 0]))
        middles, reach = self.display[ahead] - projection.origin, self.diameters[ahead, None] / 2
        return np.concatenate([middles - reach, middles + reach], axis=1)

    def place(self, projection: Projection) -> None:
        """Lay the rectangles out for a camera."""
        towards = projection.towards_eye(self.positions)
        self.facing = np.einsum("nd,nd->n", self.normals, towards)
        self.display = projection.display(self.positions)
        scale = projection.pixels_per_mm(self.positions)
        ratio = self._pixel_ratio
        self.gaps = self._spacing * scale
        smallest = np.clip(_SHARE * self.gaps, DOT_PX * ratio, SMALLEST_PX * ratio)
        self.diameters = np.clip(DIAMETER_MM * scale, smallest, LARGEST_PX * ratio)
        radius = self.diameters / scale / 2
        turned = self.normals + TURN * towards
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        up = projection.up - (turned @ projection.up)[:, None] * turned
        up /= np.maximum(np.linalg.norm(up, axis=1, keepdims=True), 1e-9)
        right = np.cross(up, turned)
        # Drawn a little nearer to the eye, so that a hollow or a bulge of the skin does not cut into the picture;
        # not where the point looks away, or it would shine through a thin ear or finger.
        nearer = (LIFT_MM + radius) * np.clip(4 * self.facing, 0, 1)
        middle = self.positions + LIFT_MM * self.normals + nearer[:, None] * towards
        self._choose_pictures(REACH * self.diameters)
        _fill(self._quads, middle, right, up, radius * REACH)
        rows = self._halo_rows
        _fill(self._halos, middle[rows], right[rows], up[rows], radius[rows] * REACH * HALO)

    def _find_sites(self) -> None:
        """Compute where all sites lie; normals from the triangles around them only, as the whole skin takes long."""
        if self._bound is None or self._pose is None:
            return
        self.site_positions, self.site_normals = self._bound.places(self._pose.vertices)

    def _choose(self) -> None:
        rows = np.array([one.site for one in self.shown], np.int64)
        self.positions, self.normals = self.site_positions[rows], self.site_normals[rows]
        self._spacing = spacing(self.positions)

    def _choose_halos(self) -> None:
        colors = COLORS[self._theme]
        rows, places = [], []
        for site in self._selected:
            if site in self._rows:
                rows.append(self._rows[site])
                places.append(self._sprites.halo(colors.selected, strong=True))
        if self._hovered in self._rows and self._hovered not in self._selected:
            rows.append(self._rows[self._hovered])
            places.append(self._sprites.halo(colors.hovered, strong=False))
        self._halo_rows: Ints = np.array(rows, np.int64)
        self._halos.resize(len(rows))
        self.actors[0].SetVisibility(bool(rows))
        self._halo_places = np.array(places, np.int64).reshape(-1, 4)
        self._sizes = None  # a sheet that has grown has other texture coordinates

    def _choose_pictures(self, sides: Floats) -> None:
        """Have each rectangle, `sides` (n,) pixels wide, show a picture of about its size."""
        sizes = sizes_for(sides)
        if self._sizes is None or not np.array_equal(sizes, self._sizes):
            self._sizes = sizes
            self._quads.uv[:] = self._sprites.corners(self._places, sizes)
        halo_sizes = sizes_for(HALO * sides[self._halo_rows])
        self._halos.uv[:] = self._sprites.corners(self._halo_places, halo_sizes)


def _fill(quads: Quads, middle: Floats, right: Floats, up: Floats, half: Floats) -> None:
    across, upward = right * half[:, None], up * half[:, None]
    for corner, (x, y) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1))):
        quads.points[:, corner] = middle + x * across + y * upward
    quads.changed()


def _actor(quads: Quads, sprites: MarkerSprites) -> Any:
    mapper, actor = vtkPolyDataMapper(), vtkActor()
    mapper.SetInputData(quads.data)
    mapper.ScalarVisibilityOff()
    actor.SetMapper(mapper)
    actor.SetTexture(sprites.sheet.texture)
    actor.ForceTranslucentOn()
    actor.PickableOff()
    actor.GetProperty().LightingOff()
    return actor
