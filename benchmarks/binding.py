"""Binding positions to the skin, against `trimesh.proximity.closest_point`."""

from collections.abc import Callable
from functools import partial
from itertools import cycle

import numpy as np
import numpy.typing as npt
import trimesh

from app.geometry.figure import load_figure
from app.geometry.sites import bindable, skin_surface
from app.geometry.surface import ON_SKIN_MM
from benchmarks.measuring import Row, alternate, milliseconds

COUNT = 10_000


def positions(count: int, off_mm: float) -> npt.NDArray[np.float64]:
    """Return (count, 3) positions spread over the touchable skin, rounded as files are, `off_mm` beside it."""
    figure = load_figure()
    random = np.random.default_rng(5)
    vertices, triangles = figure.neutral.vertices, figure.full.triangles
    chosen = triangles[random.choice(np.flatnonzero(bindable(figure)), count)]
    places = np.einsum("nk,nkd->nd", random.dirichlet([1, 1, 1], count), vertices[chosen])
    aside = random.normal(size=(count, 3))
    places += off_mm * aside / np.linalg.norm(aside, axis=1, keepdims=True)
    rounded: npt.NDArray[np.float64] = np.round(places, 3)
    return rounded


def rows(count: int) -> list[Row]:
    """Bind 10,000 positions all at once, and some one by one as an editor does; both meshes are ready before."""
    figure = load_figure()
    surface = skin_surface(figure, figure.neutral.vertices)
    mesh = trimesh.Trimesh(figure.neutral.vertices, figure.full.triangles[bindable(figure)], process=False)
    closest = trimesh.proximity.closest_point
    found = []
    for off, told in ((0.0, "on the skin, as files hold them"), (2.0, "2 mm off the skin")):
        asked = positions(COUNT, off)
        apart = np.abs(surface.nearest(asked).distances - closest(mesh, asked)[1]).max()
        if apart > 2 * ON_SKIN_MM:
            raise AssertionError(f"the two disagree about the nearest place by {apart} mm")
        ours, theirs = alternate(
            max(3, count // 5), partial(surface.nearest, asked), partial(closest, mesh, asked)
        )
        found.append(_faster(f"binding {COUNT:,} positions at once, {told}", ours, theirs))
        ours, theirs = alternate(50, _next(surface.nearest, asked), _next(partial(closest, mesh), asked))
        what = f"binding {COUNT:,} positions one by one, {told} (50 measured)"
        found.append(_faster(what, ours * COUNT, theirs * COUNT))
    return found


def _next(
    bind: Callable[[npt.NDArray[np.float64]], object], asked: npt.NDArray[np.float64]
) -> Callable[[], object]:
    """Return a task that binds another single position each time."""
    single = cycle(asked[:200, None])
    return lambda: bind(next(single))


def _faster(what: str, ours: float, theirs: float) -> Row:
    ratio = theirs / ours
    told = f"{ratio:.1f} x faster" if ratio < 10 else f"{ratio:.0f} x faster"
    return Row(what, milliseconds(ours), milliseconds(theirs), told, "100 x faster, aim 300 x", ratio >= 100)
