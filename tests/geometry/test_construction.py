"""The construction of a point is drawn where its rules measure."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.geometry.atlas import Atlas
from app.geometry.construction import Construction, Guide
from app.geometry.figure import Figure, Floats, load_figure
from app.geometry.geodesic import length


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="module")
def atlas(figure: Figure) -> Atlas:
    return Atlas(figure, load_library())


def places(atlas: Atlas, guide: Guide) -> Floats:
    return guide.binding.positions(atlas.figure.full.triangles, atlas.figure.neutral.vertices)


def of(atlas: Atlas, code: str, right: bool = False) -> Construction:
    found = atlas.construction(code, right)
    assert found is not None
    return found


def test_st4_starts_at_the_corner_of_the_mouth(atlas: Atlas) -> None:
    found = of(atlas, "ST4")
    assert "cheilion" in [anchor.name for anchor in found.anchors]
    measure = next(guide for guide in found.guides if guide.kind == "measure")
    size = 0.4 * atlas.scene.units.mm("fcun")
    assert f"0.4 finger-cun = {size:.1f} mm" in measure.text
    way = places(atlas, measure)
    assert np.linalg.norm(way[0] - atlas.scene.body.landmark("ch")) < 0.5
    assert np.linalg.norm(way[-1] - atlas.scene.points["ST4"]) < 1.0


def test_a_level_line_is_level_and_a_vertical_one_vertical(atlas: Atlas) -> None:
    found = of(atlas, "ST4")
    for guide in found.guides:
        way = places(atlas, guide)
        if guide.kind == "level":
            assert np.ptp(way[:, 1]) < 0.3
        if guide.kind == "vertical":
            assert np.ptp(way[:, 0]) < 0.3
    assert {guide.kind for guide in found.guides} >= {"level", "vertical", "measure", "curve"}


def test_the_vertical_through_the_pupil_reaches_the_point_across_the_eye(atlas: Atlas) -> None:
    vertical = next(guide for guide in of(atlas, "ST4").guides if guide.kind == "vertical")
    gaps = np.linalg.norm(places(atlas, vertical) - atlas.scene.points["ST4"], axis=1)
    assert gaps.min() < 4


def test_whole_cun_have_ticks_evenly_along_the_way(atlas: Atlas) -> None:
    measure = next(guide for guide in of(atlas, "ST8").guides if "4.5 cun" in guide.text)
    assert [tick.text for tick in measure.ticks if tick.text] == ["1", "2", "3", "4"]
    triangles, vertices = atlas.figure.full.triangles, atlas.figure.neutral.vertices
    middles = [tick.middle.positions(triangles, vertices)[0] for tick in measure.ticks if tick.text]
    steps = np.linalg.norm(np.diff(middles, axis=0), axis=1)
    assert steps == pytest.approx(atlas.scene.units.mm("bcun_t"), rel=0.05)
    assert length(places(atlas, measure)) == pytest.approx(4.5 * atlas.scene.units.mm("bcun_t"), rel=0.03)


def test_the_right_is_the_mirror_image(atlas: Atlas) -> None:
    for left, right in zip(of(atlas, "GB14").guides, of(atlas, "GB14", right=True).guides, strict=True):
        assert places(atlas, right) == pytest.approx(places(atlas, left) * [-1, 1, 1], abs=1e-6)


def test_every_placed_point_has_a_construction_on_its_skin(atlas: Atlas) -> None:
    for code, point in atlas.library.points.items():
        found = atlas.construction(code)
        if point.position is None:
            assert found is None
            continue
        assert found is not None
        for guide in found.guides:
            assert guide.binding.distances.max() < 6, (code, guide.text)


def test_what_rules_measure_is_asked_of_the_one_engine_and_kept(atlas: Atlas) -> None:
    findings = atlas.findings("ST4")
    assert len(findings) >= len(atlas.library.points["ST4"].constraints)
    assert all(one.side == "left" for one in findings)
    assert atlas.findings("ST4") is findings
