"""Every needle of a plan is seen and numbered in a picture."""

from dataclasses import replace

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.plan import Plan, Planner
from app.domain.shown import ShownPoint
from app.geometry.figure import Figure
from app.geometry.sites import Sites, bind_points
from app.scene.chosen import markers_of
from app.scene.needle_views import NeedleView, UnseenNeedles, needle_views


@pytest.fixture(scope="module")
def planner() -> Planner:
    return Planner(load_library())


@pytest.fixture(scope="module")
def every_site(planner: Planner, figure: Figure) -> Sites:
    return bind_points(figure, planner.library.points.values())


def views_of(planner: Planner, plan: Plan, sites: Sites, figure: Figure) -> tuple[list[NeedleView], set[int]]:
    """The pictures of a plan, and the sites of all its needles."""
    prepared = planner.prepare(plan)
    points = [ShownPoint(needle.point, (), ()) for needle in prepared.needles]
    numbers = {needle.point.code: str(number) for number, needle in enumerate(prepared.needles, 1)}
    markers = [
        replace(marker, label=numbers[sites.codes[marker.site]])
        for marker in markers_of(planner.library, sites, points)
    ]
    assert len(markers) == prepared.counts.total
    regions = ["somewhere"] * len(markers)
    return list(needle_views(figure, sites, markers, regions)), {marker.site for marker in markers}


@pytest.mark.slow
@pytest.mark.parametrize("variant", ["", "body_digestion", "body_bleeding_risk"])
def test_every_needle_is_numbered_in_a_picture(
    planner: Planner, every_site: Sites, figure: Figure, variant: str
) -> None:
    views, wanted = views_of(planner, planner.make([], "typical", variant), every_site, figure)
    assert {site for view in views for site in view.sites} == wanted
    assert 3 <= len(views) <= 16


def test_a_picture_shows_the_figure_with_its_markers(
    planner: Planner, every_site: Sites, figure: Figure
) -> None:
    plan = planner.make(["blood_flow"])
    views, wanted = views_of(planner, plan, every_site, figure)
    assert {site for view in views for site in view.sites} == wanted
    front = views[0]
    assert front.title == "Front"
    assert front.image.shape[2] == 3
    assert front.image.dtype == np.uint8
    assert 60 < front.image.mean() < 240


def test_a_needle_that_nothing_shows_is_named(
    planner: Planner, every_site: Sites, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.scene.needle_views._CLEAR", 2.0)
    monkeypatch.setattr("app.scene.needle_views._PASSES", ())
    with pytest.raises(UnseenNeedles, match="No picture shows .*GV20"):
        views_of(planner, planner.add(planner.make([]), "GV20"), every_site, figure)
