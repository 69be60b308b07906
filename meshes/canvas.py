"""The canvas: which place of the neutral figure every texel of the skin texture shows, and how open to light it is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyvista as pv
from scipy.ndimage import distance_transform_edt

from app.geometry.figure import Figure, Pose
from app.geometry.surface import vertex_normals

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Canvas:
    """A square texture, row 0 at the top.

    Attributes:
        size: texels on a side.
        triangle: (size, size) the full level's triangle shown, also beyond the edge of an island (nearest one).
        weights: (size, size, 3) its corner weights.
        inside: (size, size) whether the texel lies on an island.
        position: (size, size, 3) mm.
        normal: (size, size, 3).
        light: (size, size) 0 in a deep crease to 1 in the open.

    """

    size: int
    triangle: Ints
    weights: Floats
    inside: npt.NDArray[np.bool_]
    position: Floats
    normal: Floats
    light: Floats

    def spread(self, values: Floats, corners: Ints) -> Floats:
        """Return values (v, ...) of the full level's vertices, drawn over the canvas."""
        drawn: Floats = np.einsum("hwk,hwk...->hw...", self.weights, values[corners[self.triangle]])
        return drawn


def make_canvas(figure: Figure, pose: Pose, size: int) -> Canvas:
    """Rasterise the full level's texture coordinates."""
    level = figure.full
    triangle, inside = _triangle_ids(level.uv, level.drawn_triangles, size)
    rows, columns = np.mgrid[0:size, 0:size]
    texel = np.stack([(columns + 0.5) / size, 1 - (rows + 0.5) / size], axis=-1)
    corners = level.uv[level.drawn_triangles[triangle]]
    first, second = corners[..., 1, :] - corners[..., 0, :], corners[..., 2, :] - corners[..., 0, :]
    offset = texel - corners[..., 0, :]
    area = first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]
    area = np.where(np.abs(area) < 1e-14, 1e-14, area)
    v = (offset[..., 0] * second[..., 1] - offset[..., 1] * second[..., 0]) / area
    w = (first[..., 0] * offset[..., 1] - first[..., 1] * offset[..., 0]) / area
    weights = np.clip(np.stack([1 - v - w, v, w], axis=-1), 0, None)
    weights /= weights.sum(axis=-1, keepdims=True)
    normals = vertex_normals(level.triangles, pose.vertices)
    light = openness(level.triangles, pose.vertices, normals)

    def spread(values: Floats) -> Floats:
        drawn: Floats = np.einsum("hwk,hwk...->hw...", weights, values[level.triangles[triangle]])
        return drawn

    return Canvas(size, triangle, weights, inside, spread(pose.vertices), spread(normals), spread(light))


def _triangle_ids(uv: Floats, triangles: Ints, size: int) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Draw every triangle in a colour that is its number."""
    flat = np.c_[uv, np.zeros(len(uv))]
    mesh = pv.PolyData.from_regular_faces(flat, triangles)
    number = np.arange(1, len(triangles) + 1)
    mesh.cell_data["number"] = np.stack([number >> 16, number >> 8 & 255, number & 255], axis=1).astype(
        np.uint8
    )
    plotter = pv.Plotter(off_screen=True, window_size=(size, size), lighting="none")
    plotter.render_window.SetMultiSamples(0)  # a mixed colour would be another triangle's number
    plotter.background_color = "black"
    plotter.add_mesh(mesh, scalars="number", rgb=True, lighting=False, culling=False)
    plotter.camera_position = [(0.5, 0.5, 1), (0.5, 0.5, 0), (0, 1, 0)]
    plotter.camera.parallel_projection = True
    plotter.camera.parallel_scale = 0.5
    picture = np.asarray(plotter.screenshot(return_img=True)).astype(np.int64)
    plotter.close()
    number = (picture[..., 0] << 16 | picture[..., 1] << 8 | picture[..., 2]) - 1
    inside = number >= 0
    nearest = distance_transform_edt(~inside, return_distances=False, return_indices=True)
    return number[tuple(nearest)], inside


def openness(triangles: Ints, vertices: Floats, normals: Floats, directions: int = 128) -> Floats:
    """Return (v,) the share of the sky each vertex sees, weighted by the cosine, by shadow maps of many directions."""
    size = 1000
    golden = np.pi * (3 - np.sqrt(5))
    height = 1 - 2 * (np.arange(directions) + 0.5) / directions
    turn = golden * np.arange(directions)
    ring = np.sqrt(1 - height**2)
    sky = np.stack([ring * np.cos(turn), height, ring * np.sin(turn)], axis=1)
    mesh = pv.PolyData.from_regular_faces(vertices, triangles)
    # The head and neck get the full depth map; the rest of the body is soft enough without.
    head = vertices[:, 1] > -190
    centre, reach = np.array([0.0, -20.0, 10.0]), 175.0
    seen, total = np.zeros(len(vertices)), np.zeros(len(vertices))
    plotter = pv.Plotter(off_screen=True, window_size=(size, size), lighting="none")
    plotter.add_mesh(mesh, color="white", lighting=False)
    plotter.camera.parallel_projection = True
    plotter.show(auto_close=False)
    for direction in sky:
        side = np.cross(direction, (0, 0, 1) if abs(direction[1]) > 0.9 else (0, 1, 0))
        side /= np.linalg.norm(side)
        up = np.cross(side, direction)
        plotter.camera.position = centre + direction * 1000
        plotter.camera.focal_point = centre
        plotter.camera.up = up
        plotter.camera.parallel_scale = reach
        plotter.camera.clipping_range = (400, 1600)
        plotter.render()
        depth = -np.nan_to_num(plotter.get_image_depth(fill_value=None), nan=-1600.0)
        offset = vertices[head] + normals[head] * 0.5 - centre
        column = ((offset @ -side) / reach * 0.5 + 0.5) * size
        row = (0.5 - (offset @ up) / reach * 0.5) * size
        cosine = np.clip(normals[head] @ direction, 0, None)
        at = depth[np.clip(row.astype(int), 0, size - 1), np.clip(column.astype(int), 0, size - 1)]
        visible = 1000 - offset @ direction < at + 1.2
        seen[head] += cosine * visible
        total[head] += cosine
    plotter.close()
    share = np.ones(len(vertices))
    share[head] = seen[head] / np.maximum(total[head], 1e-9)
    return share
