"""The ruler measures along the skin and names the cun that counts where it lies."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.geometry.atlas import Atlas
from app.geometry.figure import load_figure
from app.geometry.landmarks import Body
from app.geometry.proportions import proportions
from app.geometry.ruler import cun_there, measure_along


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(load_figure(), load_library())


@pytest.fixture(scope="module")
def body(atlas: Atlas) -> Body:
    return atlas.scene.body


def test_along_the_skin_is_longer_than_straight(body: Body) -> None:
    reading = measure_along(body, body.landmark("tr"), body.landmark("ph"))
    assert reading.along_mm is not None
    assert reading.along_mm == pytest.approx(12 * reading.unit_mm, rel=0.02)
    assert reading.along_mm > 1.3 * reading.straight_mm
    assert reading.unit == "bcun_s"
    assert reading.units == pytest.approx(12, rel=0.02)


def test_both_ways_and_both_sides_give_the_same(body: Body) -> None:
    start, end = body.landmark("ch"), body.landmark("ex")
    there = measure_along(body, start, end).along_mm
    mirror = np.array([-1, 1, 1])
    assert measure_along(body, end, start).along_mm == pytest.approx(there, abs=0.05)
    assert measure_along(body, start * mirror, end * mirror).along_mm == pytest.approx(there, abs=0.05)


def test_from_the_hand_to_the_hip_there_is_no_way_along_the_skin(body: Body) -> None:
    hand = body.landmark("wpc")
    hip = body.skin.nearest(np.array([100.0, hand[1], 0.0]))
    reading = measure_along(body, hand, hip)
    assert reading.along_mm is None
    assert reading.straight_mm == pytest.approx(np.linalg.norm(hip - hand))
    assert (reading.unit, reading.units) == ("", 0.0)
    assert len(reading.binding.triangles) == 2


def test_places_close_together_have_a_way(body: Body) -> None:
    start = body.landmark("ch")
    end = body.skin.nearest(start + np.array([1.0, 0.5, 0.0]))
    assert measure_along(body, start, end).along_mm == pytest.approx(np.linalg.norm(end - start), rel=0.05)


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [
        ("g", "tr", "bcun_v"),
        ("ebc", "fhc", "bcun_v"),
        ("ch", "mod", "fcun"),
        ("v", "eop", "bcun_s"),
        ("xip", "umb", "bcun_abd_up"),
        ("umb", "sym", "bcun_abd_lo"),
        ("pop", "lmal", "bcun_leg_lat"),
        ("cub", "wpc", "bcun_forearm"),
    ],
)
def test_the_cun_of_a_part(body: Body, start: str, end: str, unit: str) -> None:
    assert cun_there(body, body.landmark(start), body.landmark(end)) == unit


def test_across_the_forehead_the_cun_is_that_between_the_hair_corners(body: Body) -> None:
    left = body.skin.nearest(np.array([30.0, 70.0, 80.0]))
    assert cun_there(body, left, left * [-1, 1, 1]) == "bcun_t"


def test_thirds_and_fifths_add_up_to_the_face(atlas: Atlas, body: Body) -> None:
    parts = proportions(atlas.scene)
    assert sum(one.size_mm for one in parts.thirds) == pytest.approx(
        body.landmark("tr")[1] - body.landmark("gn")[1], abs=0.01
    )
    assert sum(one.share for one in parts.fifths) == pytest.approx(1)
    assert parts.fifths[0].size_mm == pytest.approx(parts.fifths[-1].size_mm)
    assert len(parts.lines) >= 10


def test_no_way_over_the_face_leads_around_the_head(body: Body) -> None:
    """Planes between two places of a face run into eyes, mouth and nostrils more often than not."""
    chance = np.random.default_rng(4)
    places = [
        hit.position
        for x, y in chance.uniform((-55, -65), (55, 75), (160, 2))
        if (hit := body.skin.surface.ray(np.array([x, y, 400.0]), np.array([0.0, 0.0, -1.0]))) is not None
    ]
    bridged = 0
    for start, end in zip(places[::2], places[1::2], strict=False):
        reading = measure_along(body, start, end)
        assert reading.along_mm is not None
        assert reading.straight_mm <= reading.along_mm + 1e-6 <= 2 * reading.straight_mm + 1
        bridged += reading.bridges
    assert 5 < bridged < len(places) / 4


def test_around_the_whole_head_the_tape_stays_on_the_skin(body: Body) -> None:
    ear = body.landmark("t")
    reading = measure_along(body, ear, ear * np.array([-1, 1, 1]))
    assert reading.along_mm is not None
    assert not reading.bridges
    assert reading.along_mm > 1.6 * reading.straight_mm
