"""A tape passes where fingers would lay it: along the skin, and taut over what is open."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.geometry.figure import Floats, load_figure
from app.geometry.geodesic import Skin, length
from app.geometry.sites import bind_points
from app.geometry.tape import laid

FIGURE = load_figure()
SKIN = Skin(FIGURE, FIGURE.neutral.vertices)
SITES = bind_points(FIGURE, load_library().points.values())


def site(code: str) -> Floats:
    row = next(row for row in SITES.indices(code) if SITES.sides[row] in ("left", "midline"))
    return SITES.subset([row]).positions(FIGURE, FIGURE.neutral.vertices)[0]


def test_a_tape_over_the_mouth_bridges_its_slit() -> None:
    lip, chin = site("GV26"), site("CV24")
    assert length(laid(SKIN, lip, chin)) < 1.2 * np.linalg.norm(lip - chin)


def test_a_way_is_as_long_back_as_forth() -> None:
    for one, other in (("ST3", "ST6"), ("GV29", "ST8"), ("TE17", "GB20")):
        there, back = (length(laid(SKIN, site(a), site(b))) for a, b in ((one, other), (other, one)))
        assert there == pytest.approx(back, rel=0.01)
        assert there >= np.linalg.norm(site(one) - site(other)) - 1e-6


def test_a_taut_tape_over_the_face_does_not_touch_the_back_of_the_head() -> None:
    """The plane between temple and mouth cuts the whole head, and runs into eye and nostril before it is there."""

    def face(x: float, y: float) -> Floats:
        hit = SKIN.surface.ray(np.array([x, y, 400.0]), np.array([0.0, 0.0, -1.0]))
        assert hit is not None
        return hit.position

    chance = np.random.default_rng(4)
    pairs = [(face(-50.9, 40.3), face(27.1, -47.7))]
    pairs += [(face(x, 50), face(across, -50)) for x, across in chance.uniform(-40, 40, (60, 2))]
    for start, end in pairs:
        way = laid(SKIN, start, end)
        assert way[:, 2].min() > 40
        assert length(way) < 1.6 * np.linalg.norm(end - start)
