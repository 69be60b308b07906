"""Pictures in which every needle is seen and numbered at least once, for paper; no display is needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyvista

from app.geometry.figure import EYES_SHUT, Figure, Floats
from app.geometry.sites import Sites
from app.scene.camera import CameraState
from app.scene.markers import Marker
from app.scene.stage import Stage

HEAD_VIEWS = {
    "front": "Front",
    "left": "The person's left side",
    "right": "The person's right side",
    "three-quarter-left": "Three-quarter, left side",
    "three-quarter-right": "Three-quarter, right side",
    "back": "Back of the head",
    "top": "From above",
    "below": "From below",
}
"""Named views of the head that are tried, and their titles."""

_LARGE, _SMALL = (720, 840), (620, 620)
_FACTOR = 2  # drawn so much larger and halved, which smooths
_TEXT = 1.9  # numbers are larger than on a screen
_FACING = 0.3  # cosine from which on a view is expected to show a site
_PASSES = (
    (420.0, 950.0, 0.0),
    (420.0, 950.0, 1.2),
    (420.0, 650.0, 0.0),
    (60.0, 450.0, 0.8),
    (0.0, 300.0, 0.0),
)
# Sites nearer to each other than the first go into one picture, taken from no nearer than the second, so that one
# sees where on the body it is; the third turns the camera towards front or back, past what of the body is in the way.
_CLEAR = 0.34  # cosine from which on a number is not faded


class UnseenNeedles(Exception):
    """Needles that no picture shows; the text is one sentence."""


@dataclass(frozen=True)
class NeedleView:
    """A picture.

    Attributes:
        title: from where, or what is seen.
        image: (height, width, 3), row 0 at the top.
        sites: the sites that are seen and numbered in it.

    """

    title: str
    image: npt.NDArray[np.uint8]
    sites: tuple[int, ...]


def needle_views(
    figure: Figure, sites: Sites, markers: Sequence[Marker], regions: Sequence[str]
) -> Iterator[NeedleView]:
    """Yield pictures of the figure, eyes shut, that together number every marker; labels are the numbers.

    `regions` names the part of the body of each marker ("hand"), for the titles. Pictures come one by one, as each
    takes its time; closing the iterator early is well.

    Raises:
        UnseenNeedles: a marker that cannot be seen from anywhere.
        RuntimeError: there is no OpenGL.

    """
    region_of = {marker.site: region for marker, region in zip(markers, regions, strict=True)}
    camera = _Camera(figure, sites, markers)
    try:
        yield from camera.of_the_head()
        for apart, nearest, lean in _PASSES:
            yield from camera.of_groups(region_of, apart, nearest, lean)
    finally:
        camera.close()
    if camera.missing:
        codes = sorted({sites.codes[site] for site in camera.missing})
        raise UnseenNeedles(f"No picture shows {', '.join(codes)}; check where the points lie.")


class _Camera:
    """Takes the pictures and keeps count of what is still missing."""

    def __init__(self, figure: Figure, sites: Sites, markers: Sequence[Marker]) -> None:
        self._sites = sites
        self._markers = list(markers)
        self._of = {marker.site: marker for marker in markers}
        self.missing = [marker.site for marker in markers]
        self._plotters: dict[tuple[int, int], tuple[Any, Stage]] = {}
        self._figure = figure
        self._pose = figure.pose(expression=EYES_SHUT)
        every = sites.subset(self.missing)
        self._places = dict(zip(self.missing, every.positions(figure, self._pose.vertices), strict=True))
        self._normals = dict(zip(self.missing, every.normals(figure, self._pose.vertices), strict=True))

    def close(self) -> None:
        for plotter, stage in self._plotters.values():
            stage.close()
            plotter.close()

    def of_the_head(self) -> Iterator[NeedleView]:
        """The front, and further views of the head as long as one shows something new."""
        left = dict(HEAD_VIEWS)
        while left:
            face = [site for site in self.missing if self._sites.parts[site] == "face"]
            if not face:
                break
            stage = self._stage(_LARGE)
            seen = {name: self._expected(stage.views.state_of(name), face) for name in left}
            name = "front" if "front" in left else max(seen, key=lambda one: seen[one])
            title = left.pop(name)
            if seen[name] == 0:
                continue
            view = self._take(_LARGE, stage.views.state_of(name), title, self._markers)
            if self._note(view):
                yield view

    def of_groups(
        self, region_of: dict[int, str], apart: float, nearest: float, lean: float
    ) -> Iterator[NeedleView]:
        """A picture for each group of missing sites that lie near each other."""
        for group in self._groups(apart):
            own = [self._of[site] for site in group]
            others = [replace(one, label="") for one in self._markers if one.site not in group]
            stage = self._stage(_SMALL)
            normals = np.array([self._normals[site] for site in group])
            normals[:, 2] += np.where(normals[:, 2] < -0.3, -lean, lean)
            # Looked at from further ahead, at the height of the points.
            normals[:, 1] *= 1 / (1 + lean)
            normals /= np.linalg.norm(normals, axis=1, keepdims=True)
            stage.show(self._sites, [*own, *others])
            stage.views.know_points(np.array([self._places[site] for site in group]), normals)
            fit = stage.views.state_of("fit")
            state = replace(fit, distance=max(fit.distance, nearest))
            view = self._take(_SMALL, state, self._title(group, region_of), [*own, *others])
            if self._note(view):
                yield view

    def _note(self, view: NeedleView) -> bool:
        """Strike off what a view shows; whether that is anything new."""
        before = len(self.missing)
        self.missing = [site for site in self.missing if site not in view.sites]
        return len(self.missing) < before

    def _expected(self, state: CameraState, sites: Sequence[int]) -> float:
        """How many of the sites a camera will show, those that face it before others."""
        facing = (float(self._normals[site] @ state.backward) for site in sites)
        return sum(one for one in facing if one > _FACING)

    def _groups(self, apart: float) -> list[list[int]]:
        """Missing sites in groups, each within reach of another of its group and looking the same way."""
        groups: list[list[int]] = []
        left = list(self.missing)
        while left:
            group = [left.pop(0)]
            grown = True
            while grown:
                near = [site for site in left if any(self._belongs(site, other, apart) for other in group)]
                grown = bool(near)
                group += near
                left = [site for site in left if site not in near]
            groups.append(group)
        return groups

    def _belongs(self, site: int, other: int, apart: float) -> bool:
        distance = float(np.linalg.norm(self._places[site] - self._places[other]))
        return distance < apart and float(self._normals[site] @ self._normals[other]) > 0.2

    def _title(self, group: Sequence[int], region_of: dict[int, str]) -> str:
        sides = {self._sites.sides[site] for site in group} - {"midline"}
        side = sides.pop().capitalize() + " " if len(sides) == 1 else ""
        regions = list(dict.fromkeys(region_of[site] for site in group))
        words = f"{side}{' and '.join(regions)}"
        return words[:1].upper() + words[1:]

    def _stage(self, size: tuple[int, int]) -> Stage:
        if size not in self._plotters:
            window = [side * _FACTOR for side in size]
            plotter = pyvista.Plotter(off_screen=True, window_size=window, lighting="none")
            stage = Stage(plotter, self._figure, "light", "full", _FACTOR * _TEXT)
            stage.show_pose(self._pose)
            stage.labels.set_mode("all")
            self._plotters[size] = plotter, stage
        return self._plotters[size][1]

    def _take(
        self, size: tuple[int, int], state: CameraState, title: str, markers: Sequence[Marker]
    ) -> NeedleView:
        stage = self._stage(size)
        plotter = self._plotters[size][0]
        stage.show(self._sites, markers)
        stage.views.set(state)
        plotter.render()
        shot: Floats = np.asarray(plotter.screenshot(return_img=True), float)[..., :3]
        width, height = size
        image = shot.reshape(height, _FACTOR, width, _FACTOR, 3).mean(axis=(1, 3)).round().astype(np.uint8)
        clear = (site for site in stage.labels.box_sites if self._is_clear(stage, site))
        return NeedleView(title, image, tuple(clear))

    @staticmethod
    def _is_clear(stage: Stage, site: int) -> bool:
        row = stage.markers.row(site)
        return row is not None and bool(stage.markers.facing[row] > _CLEAR)
