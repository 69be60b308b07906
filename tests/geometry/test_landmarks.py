"""Landmarks lie where their definitions put them: found again from the mesh, or at their published distance."""

from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.geometry import curves
from app.geometry.cun import SAGITTAL
from app.geometry.figure import EYES_SHUT, Floats, Shape, load_figure
from app.geometry.landmarks import PUPIL, MissingLandmark, bind_marks, left_body, right_body
from app.geometry.sites import skin_surface

FIGURE = load_figure()
LIBRARY = load_library()
MARKS = bind_marks(FIGURE, LIBRARY)
BODY = left_body(FIGURE, FIGURE.neutral, MARKS)
SURFACE = skin_surface(FIGURE, FIGURE.neutral.vertices)
FORWARD = np.array([0.0, 0.0, -1.0])


def stored(name: str) -> Floats:
    position = LIBRARY.landmarks[name].position
    assert position is not None
    return np.array(position)


def in_front(x: float, y: float) -> Floats | None:
    """The skin first met from in front; None where the face is open there or it is met far behind."""
    hit = SURFACE.ray(np.array([x, y, 400.0]), FORWARD)
    return hit.position if hit is not None and hit.position[2] > 40 else None


def profile(top: float, bottom: float, behind: bool = False) -> Floats:
    """The midline of the skin between two heights, from the top down, mm."""
    start = np.array([1e-4, (top + bottom) / 2, -400.0 if behind else 400.0])
    hit = SURFACE.ray(start, -FORWARD if behind else FORWARD)
    assert hit is not None
    up, down = BODY.skin.arms(hit.position * [0, 1, 1], SAGITTAL)
    if up[min(20, len(up) - 1), 1] < down[min(20, len(down) - 1), 1]:
        up, down = down, up
    line = np.concatenate([up[::-1], down[1:]])
    dense = np.concatenate([np.linspace(a, b, 8, endpoint=False) for a, b in pairwise(line)])
    near = dense[(dense[:, 1] <= top) & (dense[:, 1] >= bottom)]
    return near[(near[:, 2] < 0) if behind else (near[:, 2] > 0)]


def most(line: Floats, axis: int, sign: float) -> Floats:
    """The place of a line that reaches farthest along an axis."""
    farthest: Floats = line[int((sign * line[:, axis]).argmax())]
    return farthest


def deepest(start: Floats, end: Floats, sign: float = -1.0) -> Floats:
    """The place of the midline between two others that lies deepest behind (-1), or farthest before, their line."""
    line = profile(float(start[1]), float(end[1]))
    along = end - start
    outward = np.array([0.0, -along[2], along[1]]) * (1.0 if along[1] > 0 else -1.0)
    found: Floats = line[int((sign * ((line - start) @ outward)).argmax())]
    return found


def opening(low: tuple[float, float], high: tuple[float, float], step: float = 0.2) -> Floats:
    """(n, 2) where the face is open between two corners, seen from in front: between lids or lips."""
    xs, ys = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    return np.array([(x, y) for y in ys for x in xs if in_front(float(x), float(y)) is None])


def left_eye() -> Floats:
    return opening((18.0, 10.0), (46.0, 27.0))


def inner_canthus() -> Floats:
    """Where the lids begin: the innermost skin that moves by half a millimetre when the eye shuts."""
    moved = np.linalg.norm(FIGURE.pose(expression=EYES_SHUT).vertices - FIGURE.neutral.vertices, axis=1) > 0.5
    skin = FIGURE.neutral.vertices[moved & (FIGURE.neutral.vertices[:, 0] > 0)]
    return most(skin, 0, -1)[:2]


def auricle() -> Floats:
    """Vertices of the left ear where it stands off the head."""
    vertices = FIGURE.neutral.vertices[np.unique(FIGURE.full.triangles[FIGURE.region("head")])]
    return vertices[(vertices[:, 0] > 70) & (np.abs(vertices[:, 1]) < 40) & (np.abs(vertices[:, 2] + 8) < 22)]


GEOMETRIC: Mapping[str, Callable[[], Floats]] = {
    "g": lambda: most(profile(50, 28), 2, 1),
    "se": lambda: most(profile(35, 5), 2, -1),
    "prn": lambda: most(profile(0, -24), 2, 1),
    "sn": lambda: deepest(stored("prn"), stored("ls")),
    "sl": lambda: deepest(stored("li"), stored("pg")),
    "pg": lambda: most(profile(-68, -86), 2, 1),
    "gn": lambda: deepest(stored("pg"), stored("cvp"), 1.0),
    "cvp": lambda: deepest(stored("gn"), stored("ssn")),
    "ssn": lambda: most(profile(-135, -175), 2, -1),
    "v": lambda: most(BODY.skin.arms(stored("tr"), SAGITTAL)[0], 1, 1),
    "en": inner_canthus,
    "ex": lambda: most(left_eye(), 0, 1),
    "ps": lambda: np.array([stored("ps")[0], left_eye()[:, 1].max()]),
    "pi": lambda: np.array([stored("pi")[0], left_eye()[:, 1].min()]),
    "ch": lambda: most(opening((15.0, -50.0), (30.0, -44.0)), 0, 1),
    "sa": lambda: most(auricle()[auricle()[:, 0] > 76], 1, 1),
    "sba": lambda: most(auricle()[(auricle()[:, 2] > -15) & (auricle()[:, 1] < -20)], 1, -1),
}
"""Landmarks with a geometric definition, each with what finds it: (3,), or (2,) as seen from in front."""


@pytest.mark.parametrize("name", GEOMETRIC)
def test_a_geometric_landmark_is_found_again_from_the_mesh(name: str) -> None:
    found = GEOMETRIC[name]()
    assert np.linalg.norm(stored(name)[: len(found)] - found) <= 1.0
    assert LIBRARY.landmarks[name].placed_by.startswith("geometric")


PUBLISHED: Mapping[str, tuple[Callable[[], float], float, float]] = {
    "trichion above glabella (KORFACE)": (lambda: stored("tr")[1] - stored("g")[1], 55.4, 61.4),
    "infraorbital foramen from the midline (skulls)": (lambda: stored("iof")[0], 27.2, 28.5),
    "infraorbital foramen below the rim (skulls)": (lambda: stored("or")[1] - stored("iof")[1], 6.5, 9.2),
    "mental foramen from the midline (skulls)": (lambda: stored("mfo")[0], 23.9, 24.9),
    "mental foramen above the jaw border (skulls)": (lambda: above_jaw("mfo"), 13.0, 15.5),
    "supraorbital notch from the midline": (lambda: stored("son")[0], 22.7, 25.1),
    "frontal notch from the midline": (lambda: stored("fn")[0], 15.0, 17.0),
    "modiolus lateral to the mouth corner": (lambda: stored("mod")[0] - stored("ch")[0], 10.0, 12.0),
    "orbital rim below the lower lid": (lambda: stored("pi")[1] - stored("or")[1], 10.0, 15.0),
}  # fmt: skip


def above_jaw(name: str) -> float:
    border = curves.crossing(BODY.curve("jaw"), 0, float(stored(name)[0]))
    assert border is not None
    return float(stored(name)[1] - border[1])


@pytest.mark.parametrize("what", PUBLISHED)
def test_a_palpated_landmark_lies_at_its_published_distance(what: str) -> None:
    distance, least, most_ = PUBLISHED[what]
    assert least - 0.05 <= distance() <= most_ + 0.05


def test_derived_landmarks_follow_from_those_they_are_derived_from() -> None:
    eye = FIGURE.neutral.eyes[0]
    assert np.allclose(stored(PUPIL), eye.centre + np.array([0, 0, eye.radius]), atol=0.01)
    assert stored("ebc")[0] == pytest.approx(stored(PUPIL)[0], abs=0.05)
    assert np.linalg.norm(curves.nearest(BODY.curve("brow"), stored("ebc"))[1] - stored("ebc")) < 0.1
    assert stored("or")[:2] == pytest.approx([stored(PUPIL)[0], 0.0], abs=0.5)
    assert abs(stored("apx")[2] - stored("sa")[2]) < 0.5
    assert np.linalg.norm(curves.nearest(BODY.curve("hairline"), stored("apx"))[1] - stored("apx")) < 1.0
    for name, curve in {
        "ebm": "brow",
        "ebl": "brow",
        "tr": "hairline",
        "ph": "hairline",
        "fhc": "hairline",
    }.items():
        assert np.linalg.norm(curves.nearest(BODY.curve(curve), stored(name))[1] - stored(name)) < 0.1, name


def test_every_landmark_lies_on_the_skin_of_its_side_and_says_how_it_was_found() -> None:
    for mark in LIBRARY.landmarks.values():
        place = stored(mark.id)
        assert mark.placed_by, mark.id
        if mark.paired:
            assert place[0] > 0, mark.id
        else:
            assert abs(place[0]) < 0.01, mark.id
        if mark.id != PUPIL:
            assert np.linalg.norm(BODY.skin.nearest(place) - place) <= 0.01, mark.id


def test_every_curve_lies_on_the_skin_and_runs_evenly() -> None:
    for curve in LIBRARY.curves.values():
        line = np.array(curve.positions)
        bound = SURFACE.nearest(line)
        assert bound.distances.max() <= 0.01, curve.id
        assert np.linalg.norm(np.diff(line, axis=0), axis=1).max() < 8.0, curve.id


def test_marks_ride_along_on_both_sides() -> None:
    pose = FIGURE.pose(Shape(sex=1, age=70, weight=0.9), {"smile": 1.0})
    left, right = left_body(FIGURE, pose, MARKS), right_body(FIGURE, pose, MARKS)
    for name in ("ch", "go", "fhc", "c7"):
        place = left.landmark(name)
        assert np.linalg.norm(left.skin.nearest(place) - place) <= 0.01
        assert right.landmark(name) == pytest.approx(place, abs=1e-6)
        assert left.landmark(name, other_side=True) == pytest.approx(place * [-1, 1, 1], abs=1e-6)
    assert np.linalg.norm(left.landmark("ch") - stored("ch")) > 2.0


def test_a_side_that_moves_alone_is_measured_alone() -> None:
    pose = FIGURE.pose(expression={"blink_left": 1.0})
    left, right = left_body(FIGURE, pose, MARKS), right_body(FIGURE, pose, MARKS)
    assert left.landmark("ps")[1] < right.landmark("ps")[1] - 3.0


def test_what_has_no_place_is_named() -> None:
    with pytest.raises(MissingLandmark, match="landmark nowhere"):
        BODY.landmark("nowhere")
    with pytest.raises(MissingLandmark, match="curve nowhere"):
        BODY.curve("nowhere")
