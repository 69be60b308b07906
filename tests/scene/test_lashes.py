"""Eyelashes grow out of the lids in every pose and are drawn as dark from far as from near; eyes catch the light."""

from collections.abc import Mapping

import numpy as np
import pytest
from vtkmodules.util.numpy_support import vtk_to_numpy

from app.domain.builtin import load_library
from app.geometry.figure import EYES_SHUT, Figure, Pose
from app.geometry.surface import Surface
from app.scene.eyes import IRIS_RADIUS, PUPIL_RADIUS, cornea_normals, eyeball, lowered, unit_eyeball
from app.scene.lashes import STATIONS, Lashes, LashRibbons
from app.scene.light import STUDIO
from app.scene.projection import Projection

HALF: Mapping[str, float] = dict.fromkeys(EYES_SHUT, 0.5)
POSES: dict[str, Mapping[str, float]] = {
    "open": {}, "half": HALF, "shut": EYES_SHUT, "squint": {"squint": 0.6}, "wide": {"eyes_wide": 1.0},
}  # fmt: skip


def looking(distance: float, height: float = 1000.0) -> Projection:
    """A camera in front of the eyes."""
    eye = np.array([0.0, 16.0, 88.0 + distance])
    return Projection(
        np.eye(4), np.eye(4), np.zeros(2), np.array([height, height]), eye,
        np.array([0.0, 0.0, -1.0]), np.array([0.0, 1.0, 0.0]), float(np.tan(np.radians(12))), 1.0,
    )  # fmt: skip


def ways(figure: Figure, pose: Pose) -> np.ndarray:
    return Lashes(figure).vertices(pose).reshape(-1, STATIONS, 3)


@pytest.mark.parametrize("name", POSES)
def test_lashes_grow_away_from_the_eyeball(figure: Figure, name: str) -> None:
    pose = figure.pose(expression=POSES[name])
    lashes = ways(figure, pose)
    centres = np.array([eye.centre for eye in pose.eyes])[figure.lash_roots.lid // 2]
    reach = np.linalg.norm(lashes - centres[:, None], axis=2)
    assert np.all(reach[:, -1] > reach[:, 0] + 0.15 * figure.lash_roots.length)


@pytest.mark.parametrize("name", ["open", "half", "shut"])
def test_lashes_bend_from_the_eyes_opening(figure: Figure, name: str) -> None:
    lashes = ways(figure, figure.pose(expression=POSES[name]))
    bend = lashes[:, -1, 1] - (2 * lashes[:, STATIONS // 2, 1] - lashes[:, 0, 1])
    upper = figure.lash_roots.lid % 2 == 0
    assert np.all(bend[upper] > 0)
    assert np.all(bend[~upper] < 0)


def test_both_eyes_have_the_same_lashes(figure: Figure) -> None:
    lashes, lid = ways(figure, figure.neutral), figure.lash_roots.lid
    for one in (0, 1):
        assert lashes[lid == one + 2] == pytest.approx(lashes[lid == one] * [-1, 1, 1], abs=0.02)


def test_neighbouring_lashes_do_not_lie_crosswise(figure: Figure) -> None:
    lashes, lid = ways(figure, figure.neutral), figure.lash_roots.lid
    for one in range(4):
        tips = lashes[lid == one][:, -1, 0] * (1 if one < 2 else -1)
        # Those of a tuft come together; beyond that the order of the roots is the order of the tips.
        assert np.all(tips[8:] > tips[:-8])


@pytest.mark.parametrize("distance", [80.0, 330.0, 700.0, 1500.0])
def test_a_lash_is_never_thinner_than_a_pixel_and_covers_as_much_as_it_is_thick(
    figure: Figure, distance: float
) -> None:
    ribbons, projection = LashRibbons(figure), looking(distance)
    ribbons.follow(figure.neutral)
    ribbons.place(projection)
    data = ribbons.actor.GetMapper().GetInput()
    points = vtk_to_numpy(data.GetPoints().GetData()).reshape(-1, 3, 3).astype(float)
    shares = vtk_to_numpy(data.GetPointData().GetScalars())[1::3, 3] / 255
    width = np.linalg.norm(points[:, 2] - points[:, 0], axis=1)
    pixels = width * projection.pixels_per_mm(points[:, 1])
    towards = projection.towards_eye(points[:, 1])
    assert np.abs(((points[:, 2] - points[:, 0]) * towards).sum(axis=1)).max() < 0.02
    if distance < 1000:
        assert pixels.min() > 1.4
    roots = slice(None, None, STATIONS)
    assert (width * shares)[roots] == pytest.approx(0.15, abs=0.02)


@pytest.mark.parametrize("side", [0, 1])
def test_shut_lids_cover_the_cornea(figure: Figure, side: int) -> None:
    pose = figure.pose(expression=EYES_SHUT)
    eye = pose.eyes[side]
    ball, _ = unit_eyeball()
    stands = eyeball(ball, eye.radius)
    reach = np.linalg.norm(stands, axis=1)
    assert reach.max() > eye.radius + 0.5
    surface = Surface(figure.full.triangles, pose.vertices, figure.region("head"))
    front = np.flatnonzero(reach > eye.radius + 0.1)[::40]
    assert len(front) > 20
    for row in front:
        hit = surface.ray(eye.centre + 40 * ball[row], -ball[row])
        assert hit is not None
        assert np.linalg.norm(hit.position - eye.centre) > reach[row] + 0.3


def test_the_pupil_shows_between_the_lids(figure: Figure) -> None:
    marks = load_library().landmarks
    upper, lower = (np.array(marks[name].position) for name in ("ps", "pi"))
    eye = figure.neutral.eyes[0]
    pupil = lowered(np.array([[0.0, 0.0, eye.radius]]))[0] + eye.centre
    assert pupil[0] == pytest.approx(eye.centre[0])
    # Neither under the upper lid, as in one who is tired, nor down at the lower one.
    assert upper[1] - pupil[1] > PUPIL_RADIUS + 0.8
    assert (upper[1] + lower[1]) / 2 < pupil[1]


def test_the_key_light_is_caught_within_the_iris() -> None:
    radius = 15.0
    ball, _ = unit_eyeball()
    normals = cornea_normals(ball, radius)
    assert np.linalg.norm(normals, axis=1) == pytest.approx(1.0)
    light = np.array(STUDIO[0][0])
    half = light / np.linalg.norm(light) + [0, 0, 1]
    caught = ball[np.argmax(normals @ (half / np.linalg.norm(half)))]
    assert np.hypot(*caught[:2]) * radius < IRIS_RADIUS / 2
    assert caught[0] < 0 < caught[1]
    assert normals[ball[:, 2] < 0] == pytest.approx(ball[ball[:, 2] < 0])
