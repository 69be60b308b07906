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
from app.scene import label_layout
from app.scene.label_layout import Flags, Layout
from app.scene.markers import Markers
from app.scene.plates import LabelPlates
from app.scene.projection import Projection
from app.scene.quads import Quads
from app.scene.sight import Sight
from app.scene.theme import COLORS, Theme

LabelMode = Literal["none", "hover", "all"]

BOTH_SIDES_UP_TO = 44
"""With more labels than this in sight, a point is named on one side only."""

NAMED_UP_TO = 3000
"""With more points than this in sight, only those that are chosen are named: there is no room for any other."""

_FADED, _CLEAR = 0.10, 0.34  # cosines to the eye from which on a label is drawn, and fully there
_FAINTEST = 0.4  # opacity at the former; fainter text would only look like dirt
_REACH = 0.65  # of a marker's diameter; its outline included
_CROWDED_PX = 9.0  # markers nearer to each other than this are named only when chosen
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
        self._pixel_ratio = self._size = self._ratio = 1.0
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
        self._slots: dict[int, int] = {}
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
        self._pixel_ratio = ratio
        self._scale_plates()

    def set_text_size(self, size: float) -> None:
        """Make labels so many times as large as they usually are, to be read from further away."""
        self._size = size
        self._scale_plates()

    def _scale_plates(self) -> None:
        self._ratio = self._pixel_ratio * self._size
        self._plates.restyle(COLORS[self._theme], self._ratio)

    def look_like(self, other: "Labels") -> None:
        """Draw plates and text as other labels do, whatever theme and size they have by now."""
        if (self._theme, self._ratio) != (other._theme, other._ratio):
            self._theme, self._ratio = other._theme, other._ratio
            self._plates.restyle(COLORS[self._theme], self._ratio)

    @property
    def actor(self) -> Any:
        """What they are drawn by."""
        return self._actor

    def layout(
        self, projection: Projection, sight: Sight | None, avoided: Floats = label_layout.NOTHING
    ) -> None:
        """Place the labels for a camera; the markers have to be placed before.

        Boxes (n, 4) that are avoided are covered only where there is no other place. Without `sight` the figure is
        moving: labels keep their places, and those hidden stay hidden.
        """
        rows, opacity = self._wanted(projection, sight)
        if not len(rows):
            self._draw(rows, np.zeros((0, 4)), opacity, np.zeros((0, 2)))
            return
        markers = self._markers
        sites = [markers.shown[row].site for row in rows]
        sizes = self._places(sites)[:, 2:].astype(float)
        anchors = markers.display[rows] - projection.origin
        if sight is None:
            layout = self._keep(sites, anchors, _REACH * markers.diameters[rows], sizes)
        else:
            layout = self._lay_out(rows, anchors, sizes, opacity, projection, avoided)
            self._slots = {site: int(slot) for site, slot in zip(sites, layout.slots, strict=True)}
        found = layout.slots >= 0
        self._draw(rows[found], layout.boxes[found], opacity[found], anchors[found])

    def _wanted(self, projection: Projection, sight: Sight | None) -> tuple[Ints, Floats]:
        """Return which shown markers get a label if there is room, and how opaque (0 to 1) it is."""
        markers = self._markers
        none = np.zeros(0, np.int64), np.zeros(0)
        if self._mode == "none" or not markers.shown:
            return none
        named = np.array([one.site in self._texts for one in markers.shown])
        chosen = named & self._strong([one.site for one in markers.shown])
        wanted = chosen.copy()
        if self._mode == "all":
            wanted |= named & (markers.gaps > _CROWDED_PX * self._ratio)
        turned = np.clip((markers.facing - _FADED) / (_CLEAR - _FADED), 0, 1)
        fade = np.where(markers.facing > _FADED, _FAINTEST + (1 - _FAINTEST) * turned, 0.0)
        inside = (markers.display >= projection.origin) & (
            markers.display <= projection.origin + projection.size
        )
        in_sight = (fade > 0) & inside.all(axis=1)
        if np.count_nonzero(wanted & in_sight) > NAMED_UP_TO:
            wanted = chosen
        rows = np.flatnonzero(wanted & in_sight)
        rows = rows[self._visible(rows, projection, sight)]
        return rows, fade[rows]

    def _visible(self, rows: Ints, projection: Projection, sight: Sight | None) -> Flags:
        """Return (n,) whether nothing lies between the marker and the eye; asks each site once per camera."""
        if sight is not None and self._seen_from is not projection:
            self._seen = {}
            self._seen_from = projection
        markers = self._markers
        seen = np.ones(len(rows), bool)
        for number, row in enumerate(rows):
            site = markers.shown[row].site
            if site not in self._seen and sight is not None:
                position = markers.positions[row]
                self._seen[site] = sight.is_seen(position, markers.normals[row], projection.eye_for(position))
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

    def _keep(self, sites: Sequence[int], anchors: Floats, radii: Floats, sizes: Floats) -> Layout:
        """Leave labels in the places beside their markers that they had; those that would collide step back."""
        slots = np.array([self._slots.get(site, -1) for site in sites])
        offsets = label_layout.slot_offsets(radii, sizes, self._ratio)[np.arange(len(sites)), slots]
        corners = np.round(anchors + offsets)
        boxes = np.concatenate([corners, corners + sizes], axis=1)
        boxes[slots < 0] = np.nan
        rank = np.arange(len(sites)) + np.where(self._strong(sites), 0, len(sites))
        slots[~label_layout.without_overlaps(boxes, rank)] = -1
        return Layout(boxes, slots)

    def _lay_out(
        self,
        rows: Ints,
        anchors: Floats,
        sizes: Floats,
        opacity: Floats,
        projection: Projection,
        avoided: Floats,
    ) -> Layout:
        """Find each label a place, chosen ones first, then from the outline of the figure inwards."""
        markers, ratio = self._markers, self._ratio
        strong = self._strong([markers.shown[row].site for row in rows])
        axis = projection.display(markers.positions[rows] * [0.0, 1.0, 0.0]) - projection.origin
        aside = anchors[:, 0] - axis[:, 0]
        outward = np.where(aside < -4 * ratio, -1.0, 1.0)
        order = np.lexsort((-np.abs(aside), opacity < 0.9, ~strong)).tolist()
        if self._mode == "all" and len(rows) > BOTH_SIDES_UP_TO:
            groups = self._by_text(rows, order, strong)
        else:
            groups = [[number] for number in order]
        ahead = np.flatnonzero((markers.facing > 0) & np.isfinite(markers.display[:, 0]))
        reach = _REACH * markers.diameters[ahead, None]
        middles = markers.display[ahead] - projection.origin
        edge = _EDGE_PX * ratio
        return label_layout.place(
            anchors,
            _REACH * markers.diameters[rows],
            sizes,
            groups,
            np.concatenate([middles - reach, middles + reach], axis=1),
            np.concatenate([[edge, edge], projection.size - edge]),
            outward,
            ratio,
            avoided,
        )

    def _by_text(self, rows: Ints, order: Sequence[int], strong: Flags) -> list[list[int]]:
        """Return the sites of each point, of which one is to be named: the one that faces the eye before others."""
        markers = self._markers
        groups: dict[object, list[int]] = {}
        for number in order:
            site = markers.shown[rows[number]].site
            groups.setdefault(site if strong[number] else self._texts[site], []).append(number)

        def turned_away(number: int) -> tuple[float, bool]:
            # In the front view, where both sides face the eye alike, the person's left is named.
            row = rows[number]
            return -round(float(markers.facing[row]), 1), bool(markers.positions[row, 0] < 0)

        return [sorted(group, key=turned_away) for group in groups.values()]

    def _draw(self, rows: Ints, box: Floats, opacity: Floats, anchors: Floats) -> None:
        """Fill the rectangles: lines first, so that every label lies above every line; chosen labels last."""
        markers = self._markers
        sites = [markers.shown[row].site for row in rows]
        last = np.argsort(self._strong(sites).astype(int), kind="stable") if sites else np.zeros(0, np.int64)
        rows, box, opacity, anchors = rows[last], box[last], opacity[last], anchors[last]
        self.box_sites, self.boxes = tuple(sites[number] for number in last), box
        starts, ends, long = label_layout.leaders(anchors, _REACH * markers.diameters[rows], box, self._ratio)
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
