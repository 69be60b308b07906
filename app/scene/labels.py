"""Labels beside the markers: none covers another, they fade as their point turns away and go when it is hidden.

All of them, and the lines to their markers, are one two-dimensional actor: rectangles in pixels, each with a picture.
While the figure turns, labels keep their place beside their marker and only step back where they would collide; when
it stands still they are laid out anew, and rays tell which points are hidden.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from vtkmodules.vtkRenderingCore import vtkPolyDataMapper2D, vtkTexturedActor2D

from app.geometry.figure import Floats, Ints
from app.geometry.surface import Surface
from app.scene import label_layout
from app.scene.label_layout import Flags
from app.scene.markers import Markers
from app.scene.plates import LabelPlates
from app.scene.projection import Projection
from app.scene.quads import Quads
from app.scene.theme import COLORS, Theme

LabelMode = Literal["none", "hover", "all"]

BOTH_SIDES_UP_TO = 44
"""With more labels than this in sight, a point is named on one side only."""

_FADED, _CLEAR = 0.08, 0.34  # cosines to the eye at which a label is gone, and fully there
_LIFT_MM = 0.8  # a ray to the eye starts this far above the skin
_EDGE_PX = 4.0  # labels keep this far from the window's edge
_LINE_PX = 4.0  # width of the band a line is drawn with; a quarter of it is opaque


class Labels:
    """Draws labels; never renders.

    Attributes:
        boxes: (n, 4) left, bottom, right, top in pixels of the viewport, of the labels drawn now.
        box_sites: the site of each of them.

    """

    def __init__(self, renderer: Any, markers: Markers) -> None:
        self._markers = markers
        self._theme: Theme = "light"
        self._ratio = 1.0
        self._plates = LabelPlates(COLORS["light"], 1.0)
        self._mapper = vtkPolyDataMapper2D()
        self._quads = Quads()
        self._mapper.SetInputData(self._quads.data)
        self._actor = vtkTexturedActor2D()
        self._actor.SetMapper(self._mapper)
        self._actor.SetTexture(self._plates.sheet.texture)
        self._actor.PickableOff()
        renderer.AddViewProp(self._actor)
        self._mode: LabelMode = "hover"
        self._texts: dict[int, str] = {}
        self._offsets: dict[int, Floats] = {}
        self._seen: dict[int, bool] = {}
        self._seen_from: object = None
        self.boxes: Floats = np.zeros((0, 4))
        self.box_sites: tuple[int, ...] = ()

    @property
    def mode(self) -> LabelMode:
        """Which labels are drawn: none, those of hovered and selected points, or all there is room for."""
        return self._mode

    def set_mode(self, mode: LabelMode) -> None:
        """Choose which labels are drawn."""
        self._mode = mode

    def show(self, texts: Mapping[int, str]) -> None:
        """Name sites; those without a text, or not shown as markers, have no label."""
        self._texts = {site: text for site, text in texts.items() if text}

    def set_theme(self, theme: Theme) -> None:
        """Draw plates and text in the theme's colours."""
        self._theme = theme
        self._plates.restyle(COLORS[theme], self._ratio)

    def set_pixel_ratio(self, ratio: float) -> None:
        """Say how many device pixels a pixel of the desktop has."""
        self._ratio = ratio
        self._plates.restyle(COLORS[self._theme], ratio)

    def layout(self, projection: Projection, surface: Surface | None) -> None:
        """Place the labels for a camera; the markers have to be placed before.

        Without a `surface` the figure is moving: labels keep their places, and those hidden stay hidden.
        """
        rows, opacity = self._wanted(projection, surface)
        if not len(rows):
            self._draw(np.zeros(0, np.int64), np.zeros((0, 4)), np.zeros(0), np.zeros((0, 2)))
            return
        sites = [self._markers.shown[row].site for row in rows]
        strong = self._strong(sites)
        places = self._places(sites)
        sizes = places[:, 2:].astype(float)
        anchors = self._markers.display[rows] - projection.origin
        if surface is None:
            corners, found = self._keep(sites, anchors, sizes, strong)
        else:
            corners, found = self._lay_out(rows, anchors, sizes, strong, projection)
            self._offsets.update(
                {
                    site: corners[number] - anchors[number]
                    for number, site in enumerate(sites)
                    if found[number]
                }
            )
        self._draw(rows[found], label_layout.boxes(corners, sizes)[found], opacity[found], anchors[found])

    def _wanted(self, projection: Projection, surface: Surface | None) -> tuple[Ints, Floats]:
        """Return which shown markers get a label if there is room, and how opaque (0 to 1) it is."""
        markers = self._markers
        none = np.zeros(0, np.int64), np.zeros(0)
        if self._mode == "none" or not markers.shown:
            return none
        chosen = {*markers.selected, markers.hovered}
        wanted = np.array(
            [one.site in self._texts and (self._mode == "all" or one.site in chosen) for one in markers.shown]
        )
        fade = np.clip((markers.facing - _FADED) / (_CLEAR - _FADED), 0, 1)
        inside = (markers.display >= projection.origin) & (
            markers.display <= projection.origin + projection.size
        )
        rows = np.flatnonzero(wanted & (fade > 0) & inside.all(axis=1))
        rows = rows[self._visible(rows, projection, surface)]
        return rows, fade[rows]

    def _visible(self, rows: Ints, projection: Projection, surface: Surface | None) -> Flags:
        """Return (n,) whether nothing lies between the marker and the eye; asks each site once per camera."""
        if surface is not None and self._seen_from is not projection:
            self._seen = {}
            self._seen_from = projection
        markers = self._markers
        seen = np.ones(len(rows), bool)
        for number, row in enumerate(rows):
            site = markers.shown[row].site
            if site not in self._seen and surface is not None:
                start = markers.positions[row] + _LIFT_MM * markers.normals[row]
                towards = projection.towards_eye(start[None])[0]
                self._seen[site] = surface.ray(start, towards) is None
            seen[number] = self._seen.get(site, True)
        return seen

    def _strong(self, sites: Sequence[int]) -> Flags:
        chosen = {*self._markers.selected, self._markers.hovered}
        return np.array([site in chosen for site in sites])

    def _places(self, sites: Sequence[int]) -> Ints:
        selected = self._markers.selected
        return np.array(
            [self._plates.label(self._texts[site], site in selected) for site in sites], np.int64
        ).reshape(-1, 4)

    def _keep(
        self, sites: Sequence[int], anchors: Floats, sizes: Floats, strong: Flags
    ) -> tuple[Floats, Flags]:
        """Return lower left corners as they were beside the markers, and which labels have a place."""
        known = np.array([site in self._offsets for site in sites])
        offsets = np.array([self._offsets.get(site, (0.0, 0.0)) for site in sites])
        corners = np.round(anchors + offsets)
        rank = np.where(strong, 0, len(sites)) + np.arange(len(sites))
        rank[~known] = 3 * len(sites)
        box = label_layout.boxes(corners, sizes)
        box[~known] = -1e6
        return corners, known & label_layout.without_overlaps(box, rank)

    def _lay_out(
        self, rows: Ints, anchors: Floats, sizes: Floats, strong: Flags, projection: Projection
    ) -> tuple[Floats, Flags]:
        """Find each label a place, chosen ones first, then from the outline of the figure inwards."""
        markers, ratio = self._markers, self._ratio
        positions = markers.positions[rows]
        axis = projection.display(positions * [0.0, 1.0, 0.0]) - projection.origin
        aside = anchors[:, 0] - axis[:, 0]
        outward = np.where(aside < -4 * ratio, -1.0, 1.0)
        order = np.lexsort((-np.abs(aside), ~strong))
        if self._mode == "all" and len(rows) > BOTH_SIDES_UP_TO:
            order = self._one_side(rows, order, strong)
        ahead = np.flatnonzero(markers.facing > 0)
        reach = 0.65 * markers.diameters[ahead, None]
        middles = markers.display[ahead] - projection.origin
        edge = _EDGE_PX * ratio
        window = np.concatenate([[edge, edge], projection.size - edge])
        corners, found = label_layout.place(
            anchors,
            0.65 * markers.diameters[rows],
            sizes,
            order,
            np.concatenate([middles - reach, middles + reach], axis=1),
            window,
            outward,
            ratio,
        )
        return np.round(corners), found

    def _one_side(self, rows: Ints, order: Ints, strong: Flags) -> Ints:
        """Return the order without the second label of a point: the side that faces the eye is named."""
        markers = self._markers
        best: dict[str, tuple[float, int]] = {}
        for number in order:
            text = self._texts[markers.shown[rows[number]].site]
            # A tie, as in the front view, goes to the person's left.
            left = markers.positions[rows[number], 0] > 0
            score = round(float(markers.facing[rows[number]]), 1) + (0.01 if left else 0.0)
            if text not in best or score > best[text][0]:
                best[text] = (score, int(number))
        named = {number for _, number in best.values()}
        return np.array([number for number in order if strong[number] or int(number) in named], np.int64)

    def _draw(self, rows: Ints, box: Floats, opacity: Floats, anchors: Floats) -> None:
        """Fill the rectangles: lines first, so that every label lies above every line; chosen labels last."""
        markers = self._markers
        sites = [markers.shown[row].site for row in rows]
        last = np.argsort(self._strong(sites).astype(int), kind="stable") if sites else np.zeros(0, np.int64)
        rows, box, opacity, anchors = rows[last], box[last], opacity[last], anchors[last]
        self.box_sites, self.boxes = tuple(sites[number] for number in last), box
        starts, ends, long = label_layout.leaders(anchors, 0.6 * markers.diameters[rows], box, self._ratio)
        starts, ends = starts[long], ends[long]
        lines, count = len(starts), len(starts) + len(rows)
        quads = self._quads
        quads.resize(count)
        self._actor.SetVisibility(bool(count))
        if not count:
            return
        way = ends - starts
        length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
        half = np.stack([-way[:, 1], way[:, 0]], axis=1) / length * (_LINE_PX * self._ratio / 2)
        for corner, line in enumerate((starts - half, ends - half, ends + half, starts + half)):
            quads.points[:lines, corner, :2] = line
        for corner, (x, y) in enumerate(((0, 1), (2, 1), (2, 3), (0, 3))):
            quads.points[lines:, corner, 0] = box[:, x]
            quads.points[lines:, corner, 1] = box[:, y]
        drawn = self._places(self.box_sites)
        places = np.concatenate([np.tile(np.array(self._plates.line, np.int64), (lines, 1)), drawn])
        quads.uv[:] = self._plates.sheet.corners(places)
        quads.colors[:] = 255
        quads.colors[:lines, :, 3] = (255 * opacity[long])[:, None]
        quads.colors[lines:, :, 3] = (255 * opacity)[:, None]
        quads.changed()
