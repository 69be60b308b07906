"""Lengths along the skin and the units made of them."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import trimesh

from app.domain.builtin import load_library
from app.geometry.cun import SAGITTAL, Units, scalp_arc, transverse
from app.geometry.figure import Figure, load_figure
from app.geometry.geodesic import Skin, length
from app.geometry.landmarks import bind_marks, left_body

FIGURE = load_figure()
BODY = left_body(FIGURE, FIGURE.neutral, bind_marks(FIGURE, load_library()))
UNITS = Units(BODY)
RADIUS = 100.0


@dataclass(eq=False)
class Solid:
    """What a skin asks of a figure: no part of it is hidden, and no eye has lids."""

    full: Any
    neutral: Any

    def region(self, *_names: str) -> Any:
        return np.zeros(len(self.full.triangles), bool)


def skin_of(mesh: Any) -> Skin:
    """A skin of any mesh, all of it touchable."""
    count = len(mesh.faces)
    full = SimpleNamespace(triangles=np.asarray(mesh.faces, np.int64), parents=np.arange(count) // 4)
    vertices = np.asarray(mesh.vertices, float)
    return Skin(cast(Figure, Solid(full, SimpleNamespace(vertices=vertices, eyes=FIGURE.neutral.eyes))), vertices)


@pytest.fixture(scope="module")
def ball() -> Skin:
    mesh = trimesh.creation.icosphere(subdivisions=5, radius=RADIUS)
    return skin_of(mesh)


def test_a_tape_on_a_ball_is_its_great_circle(ball: Skin) -> None:
    start, end = np.array([RADIUS, 0, 0]), np.array([0, RADIUS * 0.6, RADIUS * 0.8])
    assert length(ball.tape(start, end)) == pytest.approx(RADIUS * np.pi / 2, rel=2e-3)


def test_the_shorter_of_two_ways_is_taken(ball: Skin) -> None:
    start = np.array([0, RADIUS * np.cos(2.0), RADIUS * np.sin(2.0)])
    end = np.array([0, RADIUS, 0])
    assert length(ball.tape(start, end, SAGITTAL)) == pytest.approx(RADIUS * 2.0, rel=2e-3)


def test_the_way_to_the_midline_ends_there(ball: Skin) -> None:
    start = np.array([RADIUS * np.sin(0.7), RADIUS * np.cos(0.7), 0])
    way = ball.to_midline(start, np.array([0.0, 0.0, 1.0]))
    assert way[-1] == pytest.approx([0, RADIUS, 0], abs=0.5)
    assert length(way) == pytest.approx(RADIUS * 0.7, rel=2e-3)


def test_two_arms_go_round_and_close(ball: Skin) -> None:
    one, other = ball.arms(np.array([RADIUS, 0, 0]), np.array([0.0, 1.0, 0.0]))
    assert length(one) == pytest.approx(2 * np.pi * RADIUS, rel=2e-3)
    assert one[-1] == pytest.approx(one[0])
    assert other == pytest.approx(one[::-1], abs=1e-6)


def test_a_tape_across_a_gap_is_straight() -> None:
    near, far = trimesh.creation.box((1, 1, 1)), trimesh.creation.box((1, 1, 1))
    far.apply_translation((10, 0, 0))
    skin = skin_of(trimesh.util.concatenate([near, far]))
    start, end = np.array([0.2, 0.5, 0.1]), np.array([10.2, 0.5, 0.1])
    assert length(skin.tape(start, end)) == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("unit", "least", "most"),
    [
        ("bcun_v", 18.0, 20.5),
        ("bcun_s", 25.0, 28.0),
        ("bcun_t", 15.0, 18.0),
        ("fcun", 18.0, 22.0),
        ("mfinger", 16.0, 19.0),
        ("bcun_forearm", 16.0, 22.0),
        ("bcun_leg_lat", 20.0, 27.0),
        ("bcun_leg_med", 20.0, 27.0),
        ("mm", 1.0, 1.0),
    ],
)
def test_units_have_their_usual_size(unit: str, least: float, most: float) -> None:
    assert least <= UNITS.mm(unit) <= most


def test_every_unit_of_the_data_can_be_measured() -> None:
    for unit in load_library().units_of_measure:
        assert UNITS.mm(unit) > 5, unit


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(KeyError, match="ell"):
        UNITS.mm("ell")


def test_twelve_sagittal_cun_span_the_scalp_and_nine_the_forehead() -> None:
    way = scalp_arc(BODY)
    assert way[0] == pytest.approx(BODY.landmark("tr"), abs=0.01)
    assert way[-1] == pytest.approx(BODY.landmark("ph"), abs=0.01)
    assert way[:, 1].max() == pytest.approx(BODY.landmark("v")[1], abs=0.1)
    assert length(way) == pytest.approx(12 * UNITS.mm("bcun_s"))
    assert 2 * length(transverse(BODY, BODY.landmark("fhc"))) == pytest.approx(9 * UNITS.mm("bcun_t"))


def test_limbs_are_measured_along_their_bones() -> None:
    forearm = BODY.landmark("wpc") - BODY.landmark("cub")
    assert UNITS.distal("bcun_forearm") == pytest.approx(forearm / np.linalg.norm(forearm))
    assert UNITS.distal("bcun_v") == pytest.approx([0, -1, 0])
