"""Where the figure is looked at from: named views, turning by hand, flying to a point.

A camera is kept as what it looks at, from which side and from how far; up is always up, so nothing ever rolls.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.geometry.figure import Figure, Floats, Pose
from app.scene.sight import Sight

VIEW_ANGLE = 24.0
"""Degrees from the lower to the upper edge; as narrow as a portrait lens, so that noses keep their size."""

STEEPEST = 89.0
"""Degrees above or below the horizon; straight down would leave open what is up."""

# Azimuth and elevation in degrees: 0 is in front, +90 at the person's left; and what has to be in sight.
_HEAD, _BODY = "head", "body"
_VIEWS: dict[str, tuple[float, float, str]] = {
    "front": (0, 0, _HEAD),
    "left": (90, 0, _HEAD),
    "right": (-90, 0, _HEAD),
    "three-quarter-left": (42, 4, _HEAD),
    "three-quarter-right": (-42, 4, _HEAD),
    "top": (0, STEEPEST, _HEAD),
    "back": (180, 0, _HEAD),
    "below": (0, -62, _HEAD),
    "body-front": (0, 0, _BODY),
    "body-back": (180, 0, _BODY),
}
VIEWS: tuple[str, ...] = (*_VIEWS, "fit")
"""Names of the views; "fit" has all shown points in sight."""

_MARGIN = 1.07  # of what has to be in sight
_NECK_MM = 42.0  # of the neck that belongs to a picture of the head
_NEAREST, _FARTHEST = 60.0, 12_000.0  # mm between the eye and what it looks at
_FIT_RADIUS_MM = 22.0  # skin around a point that "fit" has in sight
_STEPS = 36
_STEEPEST_FLIGHT = 65.0  # degrees; what lies level, like the crown, is seen well enough from there
_ASIDE = (0, -18, 18, -36, 36, -54, 54, -72, 72)  # degrees from the normal that a flight may end at


@dataclass(frozen=True)
class CameraState:
    """A camera that stands upright.

    Attributes:
        focus: (3,) mm, in the middle of the picture.
        azimuth: degrees around the figure; 0 in front, +90 at the person's left.
        elevation: degrees above the horizon.
        distance: mm from the focus.

    """

    focus: tuple[float, float, float]
    azimuth: float
    elevation: float
    distance: float

    @property
    def backward(self) -> Floats:
        """(3,) unit vector from the focus to the eye."""
        azimuth, elevation = np.radians(self.azimuth), np.radians(self.elevation)
        return np.array(
            [np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation)]
        )

    @property
    def eye(self) -> Floats:
        """(3,) where the camera stands, mm."""
        return np.array(self.focus) + self.distance * self.backward

    @property
    def axes(self) -> tuple[Floats, Floats]:
        """(3,) unit vectors to the right and upwards in the picture."""
        azimuth = np.radians(self.azimuth)
        right = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
        return right, np.cross(self.backward, right)

    def upright(self) -> "CameraState":
        """Return the nearest camera that may be: not too near, too far or too steep; azimuth from -180 to 180."""
        return CameraState(
            self.focus,
            (self.azimuth + 180) % 360 - 180,
            float(np.clip(self.elevation, -STEEPEST, STEEPEST)),
            float(np.clip(self.distance, _NEAREST, _FARTHEST)),
        )


class Cameras:
    """Sets the camera of one renderer; never renders."""

    def __init__(self, renderer: Any, figure: Figure, sight: Sight) -> None:
        self._renderer = renderer
        self._sight = sight
        of_head = np.zeros(len(figure.full.mirror), bool)
        of_head[figure.full.triangles[figure.region("head")]] = True
        self._head = np.flatnonzero(of_head)
        self._pose = figure.neutral
        self._points: tuple[Floats, Floats] = np.zeros((0, 3)), np.zeros((0, 3))
        renderer.GetActiveCamera().SetViewAngle(VIEW_ANGLE)
        self._state = CameraState((0.0, 0.0, 0.0), 0.0, 0.0, 1000.0)

    @property
    def state(self) -> CameraState:
        """The camera as it stands."""
        return self._state

    def set(self, state: CameraState) -> None:
        """Put the camera somewhere; too near, too far and too steep are set right."""
        self._state = state.upright()
        camera = self._renderer.GetActiveCamera()
        camera.SetFocalPoint(*self._state.focus)
        camera.SetPosition(*self._state.eye)
        camera.SetViewUp(0.0, 1.0, 0.0)
        self._renderer.ResetCameraClippingRange()
        # pyvista would else look at everything when it first renders.
        self._renderer.camera_set = True

    def know(self, pose: Pose) -> None:
        """Say how large the figure is now."""
        self._pose = pose

    def know_points(self, positions: Floats, normals: Floats) -> None:
        """Say which points (n, 3) are shown, with their normals (n, 3), for the view "fit"."""
        self._points = positions, normals

    def view(self, name: str) -> None:
        """Go to a named view.

        Raises:
            KeyError: there is no view of that name.

        """
        self.set(self.state_of(name))

    def state_of(self, name: str) -> CameraState:
        """Return the camera of a named view for the window as it is.

        Raises:
            KeyError: there is no view of that name.

        """
        if name == "fit":
            return self._fit()
        azimuth, elevation, what = _VIEWS[name]
        return self._seeing(self._head_points() if what == _HEAD else self._pose.vertices, azimuth, elevation)

    def turn(self, azimuth: float, elevation: float) -> None:
        """Walk around the figure by degrees; positive to the person's left, and up."""
        now = self._state
        self.set(CameraState(now.focus, now.azimuth + azimuth, now.elevation + elevation, now.distance))

    def move(self, right: float, up: float) -> None:
        """Shift what is looked at by pixels of the window: the figure goes right and up."""
        now = self._state
        per_pixel = 2 * now.distance * np.tan(np.radians(VIEW_ANGLE) / 2) / max(self._size()[1], 1)
        across, upward = now.axes
        focus = np.array(now.focus) - (across * right + upward * up) * per_pixel
        self.set(CameraState(_triple(focus), now.azimuth, now.elevation, now.distance))

    def zoom(self, factor: float) -> None:
        """Go nearer, for a factor above 1."""
        now = self._state
        self.set(CameraState(now.focus, now.azimuth, now.elevation, now.distance / factor))

    def fly_to(self, position: Floats, normal: Floats, distance: float = 330.0) -> Iterator[CameraState]:
        """Yield cameras on the way to a place (3,) on the skin with its normal (3,), to be seen from `distance` mm.

        It is looked at against its normal or, where something else of the figure would be in the way, from the
        nearest side from which it is seen. The way leads out and back where it is long, so that one sees where one
        goes.
        """
        flat = float(np.hypot(normal[0], normal[2]))
        # A normal that points nearly straight up says little about the side to come from.
        azimuth = float(np.degrees(np.arctan2(normal[0], normal[2]))) if flat > 0.1 else self._state.azimuth
        elevation = float(
            np.clip(np.degrees(np.arctan2(normal[1], flat)), -_STEEPEST_FLIGHT, _STEEPEST_FLIGHT)
        )
        sides = [
            CameraState(_triple(position), azimuth + aside, elevation + above, distance)
            for aside in _ASIDE
            for above in _ASIDE
            if abs(elevation + above) <= _STEEPEST_FLIGHT
        ]
        sides.sort(key=lambda side: -float(side.backward @ normal))
        seen = (side for side in sides if self._sight.is_seen(position, normal, side.eye))
        return self.fly(next(seen, sides[0]))

    def fly(self, goal: CameraState, steps: int = _STEPS) -> Iterator[CameraState]:
        """Yield cameras on the way from here to another, the last one the goal."""
        start = self._state
        focus, aim = np.array(start.focus), np.array(goal.focus)
        turn = (goal.azimuth - start.azimuth + 180) % 360 - 180
        way = float(np.linalg.norm(aim - focus))
        detour = max(0.0, way * 1.1 - 0.5 * (start.distance + goal.distance))
        for step in range(1, steps + 1):
            share = step / steps
            ease = share * share * (3 - 2 * share)
            along = start.distance ** (1 - ease) * goal.distance**ease
            yield CameraState(
                _triple(focus + ease * (aim - focus)),
                start.azimuth + ease * turn,
                start.elevation + ease * (goal.elevation - start.elevation),
                along + detour * 4 * ease * (1 - ease),
            )

    def _size(self) -> tuple[int, int]:
        width, height = self._renderer.GetSize()
        return int(width), int(height)

    def _head_points(self) -> Floats:
        head = self._pose.vertices[self._head]
        return np.concatenate([head, head[[np.argmin(head[:, 1])]] - [0, _NECK_MM, 0]])

    def _fit(self) -> CameraState:
        positions, normals = self._points
        if not len(positions):
            return self.state_of("front")
        mean = normals.mean(axis=0)
        # Of points on both sides of a body the front is what one wants to see.
        sideways = np.hypot(mean[0], mean[2])
        azimuth = float(np.degrees(np.arctan2(mean[0], mean[2]))) if sideways > 0.2 else 0.0
        elevation = float(np.clip(np.degrees(np.arcsin(np.clip(mean[1], -1, 1))), -35, 35))
        corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * _FIT_RADIUS_MM
        return self._seeing((positions[:, None] + corners).reshape(-1, 3), azimuth, elevation)

    def _seeing(self, points: Floats, azimuth: float, elevation: float) -> CameraState:
        """Return the nearest camera that has points (n, 3) in sight from a side, amid the picture."""
        width, height = self._size()
        aspect = width / max(height, 1)
        state = CameraState((0.0, 0.0, 0.0), azimuth, elevation, 1.0)
        right, up = state.axes
        x, y, z = points @ right, points @ up, points @ state.backward
        tangent = np.tan(np.radians(VIEW_ANGLE) / 2) / _MARGIN
        distance = 0.0
        middle = np.array([(x.min() + x.max()) / 2, (y.min() + y.max()) / 2, (z.min() + z.max()) / 2])
        # The middle of the picture depends on the distance, as what is nearer looks larger: a few rounds settle it.
        for _ in range(4):
            across, upward = np.abs(x - middle[0]) / aspect, np.abs(y - middle[1])
            distance = float(np.max(np.maximum(across, upward) / tangent + z - middle[2]))
            depth = distance + middle[2] - z
            for axis, along in ((0, x), (1, y)):
                seen = (along - middle[axis]) / depth
                middle[axis] += (seen.max() + seen.min()) / 2 * distance
        focus = middle[0] * right + middle[1] * up + middle[2] * state.backward
        return CameraState(_triple(focus), azimuth, elevation, distance)


def _triple(values: Floats) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
