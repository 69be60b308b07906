"""Names of what lies on the skin and is no point: landmarks, channels, muscles, zones, measures of a construction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from vtkmodules.vtkRenderingCore import vtkPolyDataMapper2D, vtkTexturedActor2D

from app.geometry.figure import Figure, Floats, Ints, Pose
from app.geometry.surface import Binding, Bound
from app.scene import label_layout
from app.scene.label_layout import Layout
from app.scene.plates import LabelPlates
from app.scene.projection import Projection
from app.scene.quads import Pixels, Quads
from app.scene.sight import Sight
from app.scene.theme import COLORS, Theme, rgb

_FADED = 0.12  # cosine to the eye from which on a name is drawn
_DOT_PX = 9.0
_LINE_PX = 4.0
_EDGE_PX = 4.0
_LONGEST_PX = 56.0  # of a line from a name to its place; a farther name would only confuse
_PICTURE = 32


@dataclass(frozen=True)
class Tag:
    """A name at a place.

    Attributes:
        binding: one place on the skin.
        text: what is written; "" for a dot alone.
        color: "#rrggbb" of its dot.
        dot: whether the place itself is marked.
        rank: the lower, the sooner it finds room.

    """

    binding: Binding
    text: str
    color: str
    dot: bool = True
    rank: int = 0


class Tags:
    """Draws names of all layers as one two-dimensional actor; never renders.

    Attributes:
        texts: the names that are drawn now.
        boxes: (n, 4) left, bottom, right, top of each, in pixels of the viewport.

    """

    def __init__(self, renderer: Any, figure: Figure) -> None:
        self._figure = figure
        self._theme: Theme = "light"
        self._ratio = 1.0
        self._plates = LabelPlates(COLORS["light"], 1.0)
        self._dot = self._plates.sheet.add(_draw_dot())
        self._quads = Quads()
        mapper, self._actor = vtkPolyDataMapper2D(), vtkTexturedActor2D()
        mapper.SetInputData(self._quads.data)
        self._actor.SetMapper(mapper)
        self._actor.SetTexture(self._plates.sheet.texture)
        self._actor.PickableOff()
        self._actor.VisibilityOff()
        renderer.AddViewProp(self._actor)
        self._tags: tuple[Tag, ...] = ()
        self._positions: Floats = np.zeros((0, 3))
        self._normals: Floats = np.zeros((0, 3))
        self._seen: np.ndarray = np.zeros(0, bool)
        self._seen_from: object = None
        self._slots: Ints = np.zeros(0, np.int64)
        self.texts: tuple[str, ...] = ()
        self.boxes: Floats = np.zeros((0, 4))

    def show(self, tags: Sequence[Tag], pose: Pose) -> None:
        """Draw these names and no others."""
        self._tags = tuple(tags)
        self._seen = np.ones(len(tags), bool)
        self._slots = np.full(len(tags), -1)
        self._seen_from = None
        if not tags:
            self._actor.VisibilityOff()
            self.texts, self.boxes = (), np.zeros((0, 4))
            return
        binding = Binding(
            np.concatenate([tag.binding.triangles[:1] for tag in tags]),
            np.concatenate([tag.binding.weights[:1] for tag in tags]),
            np.concatenate([tag.binding.distances[:1] for tag in tags]),
        )
        level = self._figure.full
        self._bound = Bound(binding, level.triangles, len(level.mirror))
        self.follow(pose)

    def follow(self, pose: Pose) -> None:
        """Move the names with the skin."""
        if not self._tags:
            return
        self._positions, self._normals = self._bound.places(pose.vertices)
        self._seen_from = None

    def set_theme(self, theme: Theme) -> None:
        """Draw plates and text in the theme's colours."""
        self._theme = theme
        self._restyle()

    def set_pixel_ratio(self, ratio: float) -> None:
        """Say how many device pixels a pixel of the desktop has."""
        self._ratio = ratio
        self._restyle()

    def layout(
        self,
        projection: Projection,
        sight: Sight | None,
        taken: Floats,
        avoided: Floats = label_layout.NOTHING,
    ) -> None:
        """Place the names for a camera; without `sight` the figure is moving.

        They keep clear of boxes (n, 4) in pixels that are taken, and of those avoided if there is another place.
        """
        if not self._tags:
            return
        facing = np.einsum("nd,nd->n", self._normals, projection.towards_eye(self._positions))
        display = projection.display(self._positions) - projection.origin
        if sight is not None and self._seen_from is not projection:
            self._seen_from = projection
            for row in np.flatnonzero(facing > _FADED):
                place = self._positions[row]
                self._seen[row] = sight.is_seen(place, self._normals[row], projection.eye_for(place))
        inside = ((display > 0) & (display < projection.size)).all(axis=1)
        rows = np.flatnonzero((facing > _FADED) & self._seen & inside)
        rows = rows[np.argsort([self._tags[row].rank for row in rows], kind="stable")] if len(rows) else rows
        self._draw(rows, display[rows], facing[rows], projection, (taken, avoided), sight is None)

    def _draw(
        self,
        rows: Ints,
        anchors: Floats,
        facing: Floats,
        projection: Projection,
        boxes: tuple[Floats, Floats],
        moving: bool,
    ) -> None:
        tags = [self._tags[row] for row in rows]
        named = np.array([bool(tag.text) for tag in tags], bool)
        plates = np.array([self._plates.label(tag.text) for tag in tags if tag.text], np.int64).reshape(-1, 4)
        own, radii = anchors[named], np.full(int(named.sum()), _DOT_PX * self._ratio / 2)
        layout = self._lay_out(rows[named], own, radii, plates[:, 2:].astype(float), anchors, projection, boxes, moving)
        found = layout.slots >= 0
        box, own, plates, radii = layout.boxes[found], own[found], plates[found], radii[found]
        self.boxes = box
        self.texts = tuple(tag.text for tag, one in zip([t for t in tags if t.text], found, strict=True) if one)
        starts, ends, long = label_layout.leaders(own, radii, box, self._ratio)
        dots = np.flatnonzero([tag.dot for tag in tags]) if tags else np.zeros(0, np.int64)
        lines, points, count = int(long.sum()), len(dots), int(long.sum()) + len(dots) + len(box)
        quads = self._quads
        quads.resize(count)
        self._actor.SetVisibility(bool(count))
        if not count:
            return
        way = ends[long] - starts[long]
        length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
        half = np.stack([-way[:, 1], way[:, 0]], axis=1) / length * (_LINE_PX * self._ratio / 2)
        corners = (starts[long] - half, ends[long] - half, ends[long] + half, starts[long] + half)
        for corner, line in enumerate(corners):
            quads.points[:lines, corner, :2] = line
        reach = _DOT_PX * self._ratio / 2
        for corner, (x, y) in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1))):
            quads.points[lines : lines + points, corner, :2] = anchors[dots] + reach * np.array([x, y])
        for corner, (x, y) in enumerate(((0, 1), (2, 1), (2, 3), (0, 3))):
            quads.points[lines + points :, corner, 0] = box[:, x]
            quads.points[lines + points :, corner, 1] = box[:, y]
        places = np.concatenate(
            [
                np.tile(np.array(self._plates.line, np.int64), (lines, 1)),
                np.tile(np.array(self._dot, np.int64), (points, 1)),
                plates,
            ]
        )
        quads.uv[:] = self._plates.sheet.corners(places)
        quads.colors[:] = 255
        clear = np.clip((facing - _FADED) / 0.25, 0.35, 1)
        for number, row in enumerate(dots):
            quads.colors[lines + number, :, :3] = rgb(tags[row].color)
            quads.colors[lines + number, :, 3] = round(255 * clear[row])
        quads.colors[lines + points :, :, 3] = (255 * clear[named][found])[:, None].astype(np.uint8)
        quads.changed()

    def _lay_out(
        self,
        rows: Ints,
        anchors: Floats,
        radii: Floats,
        sizes: Floats,
        dots: Floats,
        projection: Projection,
        boxes: tuple[Floats, Floats],
        moving: bool,
    ) -> Layout:
        if not len(rows):
            return Layout(np.zeros((0, 4)), np.zeros(0, np.int64))
        if moving:
            slots = self._slots[rows].copy()
            offsets = label_layout.slot_offsets(radii, sizes, self._ratio)[np.arange(len(rows)), slots]
            corners = np.round(anchors + offsets)
            kept = np.concatenate([corners, corners + sizes], axis=1)
            kept[slots < 0] = np.nan
            slots[~label_layout.without_overlaps(kept, np.arange(len(rows)))] = -1
            return Layout(kept, slots)
        taken, avoided = boxes
        reach = _DOT_PX * self._ratio / 2
        obstacles = np.concatenate([np.concatenate([dots - reach, dots + reach], axis=1), taken])
        edge = _EDGE_PX * self._ratio
        middle = projection.display(self._positions[rows] * [0.0, 1.0, 0.0])[:, 0] - projection.origin[0]
        outward = np.where(anchors[:, 0] < middle - 4, -1.0, 1.0)
        layout = label_layout.place(
            anchors,
            radii,
            sizes,
            [[number] for number in range(len(rows))],
            obstacles,
            np.concatenate([[edge, edge], projection.size - edge]),
            outward,
            self._ratio,
            avoided,
            _LONGEST_PX * self._ratio,
        )
        self._slots[rows] = layout.slots
        return layout

    def _restyle(self) -> None:
        self._plates.restyle(COLORS[self._theme], self._ratio)
        self._dot = self._plates.sheet.add(_draw_dot())


def _draw_dot() -> Pixels:
    """Return a white dot with a dark edge."""
    x, y = np.meshgrid(np.arange(_PICTURE) + 0.5 - _PICTURE / 2, np.arange(_PICTURE) + 0.5 - _PICTURE / 2)
    radius = np.hypot(x, y) / (_PICTURE / 2)
    picture = np.empty((_PICTURE, _PICTURE, 4))
    picture[..., :3] = (255 * (0.12 + 0.88 * np.clip((0.66 - radius) / 0.12, 0, 1)))[..., None]
    picture[..., 3] = 255 * np.clip((0.95 - radius) / 0.1, 0, 1)
    return np.rint(picture).astype(np.uint8)
