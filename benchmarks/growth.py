"""How cost grows with points, to 100,000, and with triangles, to 5 million."""

from functools import partial
from itertools import cycle

import numpy as np
import numpy.typing as npt
import pyvista

from app.domain.points import Point
from app.geometry.figure import load_figure
from app.geometry.sites import bind_points, bindable
from app.geometry.surface import Surface
from app.scene.markers import Marker
from app.scene.offscreen import can_draw_offscreen
from app.scene.picking import pick_marker
from app.scene.stage import Stage
from benchmarks.binding import positions
from benchmarks.drawing import SIZE, draw, turning
from benchmarks.measuring import alternate, milliseconds

POINTS = (100, 1_000, 10_000, 100_000)
SITES = "2 sites each"
FINENESS = (1, 2, 4, 6)  # each triangle becomes the square of that
MOST_TRIANGLES = 5_000_000


def tables() -> str:
    """Return both tables as Markdown."""
    can_draw_offscreen()
    return f"{_points()}\n\n{_triangles()}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ("---:",) * len(head), *rows))


def _points() -> str:
    """Time points that lie all over the figure, every one of them shown."""
    figure = load_figure()
    rows = []
    for count in POINTS:
        places = positions(count, 0.0)
        places[:, 0] = np.abs(places[:, 0])
        points = [
            Point(code=f"P{number}", laterality="bilateral", part="body", use="body", position=tuple(place))
            for number, place in enumerate(places.tolist())
        ]
        bind = alternate(2, partial(bind_points, figure, points))[0]
        sites = bind_points(figure, points)
        markers = [Marker(site, ("#c2185b",), "disc") for site in range(len(sites))]
        plotter = pyvista.Plotter(off_screen=True, window_size=list(SIZE), lighting="none")
        stage = Stage(plotter, figure)
        bare = alternate(3, partial(draw, plotter))[0]
        show = alternate(2, partial(stage.show, sites, markers))[0]
        frame = alternate(3, turning(plotter))[0]
        mouse = cycle(np.random.default_rng(1).random((50, 2)) * SIZE)
        stage.markers.place(stage.projection)
        hover = alternate(20, lambda stage=stage, mouse=mouse: pick_marker(stage, *next(mouse), 9.0))[0]
        stage.close()
        plotter.close()
        rows.append((f"{count:,}", *map(milliseconds, (bind, show, frame, bare, hover))))
    head = ("points", "binding", "showing all", "a frame while turning", "a frame without points", "hovering")
    return _table(head, rows)


def _triangles() -> str:
    """Time the skin cut finer and finer."""
    figure = load_figure()
    allowed = bindable(figure)
    asked = positions(1_000, 0.0)
    rows = []
    for fineness in FINENESS:
        triangles, vertices = finer(figure.full.triangles[allowed], figure.neutral.vertices, fineness)
        triangles = triangles[:MOST_TRIANGLES]
        build = alternate(1, partial(Surface, triangles, vertices))[0]
        surface = Surface(triangles, vertices)
        surface.nearest(asked)
        bind = alternate(2, partial(surface.nearest, asked))[0]
        start = cycle(
            np.c_[np.random.default_rng(2).random((50, 2)) * [120, 160] - [60, 60], np.full(50, 500.0)]
        )
        ray = alternate(
            50, lambda surface=surface, start=start: surface.ray(next(start), np.array([0, 0, -1.0]))
        )[0]
        plotter = pyvista.Plotter(off_screen=True, window_size=list(SIZE))
        plotter.add_mesh(pyvista.PolyData.from_regular_faces(vertices, triangles))
        frame = alternate(2, turning(plotter))[0]
        plotter.close()
        rows.append((f"{len(triangles):,}", *map(milliseconds, (build, bind, ray, frame))))
    head = ("triangles", "building the locator", "binding 1,000 positions", "a ray", "a frame of bare VTK")
    return _table(head, rows)


def finer(
    triangles: npt.NDArray[np.int64], vertices: npt.NDArray[np.float64], cuts: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return the same surface with every triangle cut into cuts * cuts; its pieces share corners within it only."""
    if cuts == 1:
        return triangles, vertices
    steps = [(i, j) for i in range(cuts + 1) for j in range(cuts + 1 - i)]
    number = {step: row for row, step in enumerate(steps)}
    shares = np.array([(cuts - i - j, i, j) for i, j in steps]) / cuts
    pieces = [(number[i, j], number[i + 1, j], number[i, j + 1]) for i, j in steps if i + j < cuts]
    pieces += [
        (number[i + 1, j], number[i + 1, j + 1], number[i, j + 1]) for i, j in steps if i + j < cuts - 1
    ]
    corners = vertices[triangles]
    points = np.einsum("sk,tkd->tsd", shares, corners).reshape(-1, 3)
    first = np.arange(len(triangles))[:, None, None] * len(steps)
    return (first + np.array(pieces)).reshape(-1, 3), points
