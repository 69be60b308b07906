"""The built-in goals on the stage: what a user sees first."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.domain.library import Library
from app.domain.shown import Shown, shown_points, with_goal, with_treatment
from app.geometry.figure import Figure
from app.geometry.sites import Sites, bind_points
from app.scene.camera import VIEWS
from app.scene.chosen import markers_of
from app.scene.label_layout import overlapping
from app.scene.markers import Marker
from app.scene.stage import Stage


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def own_sites(library: Library, figure: Figure) -> Sites:
    return bind_points(figure, library.points.values())


def markers_for(library: Library, sites: Sites, shown: Shown) -> tuple[Marker, ...]:
    return markers_of(library, sites, shown_points(library, shown))


def test_labels_of_every_goal_and_view_are_disjoint(stage: Stage, library: Library, own_sites: Sites) -> None:
    stage.renderer.GetRenderWindow().SetSize(1000, 700)
    stage.labels.set_mode("all")
    for goal in library.goals:
        stage.show(own_sites, markers_for(library, own_sites, with_goal(library, Shown(), goal, True)))
        named = 0
        for view in VIEWS:
            stage.views.view(view)
            stage.prepare_frame()
            boxes = stage.labels.boxes
            assert not (overlapping(boxes, boxes) & ~np.eye(len(boxes), dtype=bool)).any(), (goal, view)
            named += len(boxes)
        assert named > 0, goal


def test_every_point_of_the_face_can_be_named_at_once(
    stage: Stage, library: Library, own_sites: Sites
) -> None:
    """In one of the views of the head every point on it is seen and has its label, at the size of a small window."""
    stage.renderer.GetRenderWindow().SetSize(1280, 800)
    everything = Shown(points=frozenset(library.points))
    stage.show(own_sites, markers_for(library, own_sites, everything))
    stage.labels.set_mode("all")
    named: set[str] = set()
    for view in VIEWS:
        stage.views.view(view)
        stage.prepare_frame()
        named |= {own_sites.codes[site] for site in stage.labels.box_sites}
    face = {code for code, part in zip(own_sites.codes, own_sites.parts, strict=True) if part == "face"}
    assert face - named == set()


def test_every_site_is_seen_from_where_a_flight_to_it_ends(
    stage: Stage, library: Library, own_sites: Sites
) -> None:
    stage.show(own_sites, markers_for(library, own_sites, Shown(points=frozenset(library.points))))
    unseen = []
    for site, (place, normal) in enumerate(
        zip(stage.markers.site_positions, stage.markers.site_normals, strict=True)
    ):
        *_, last = stage.views.fly_to(place, normal)
        stage.views.set(last)
        if not stage.sight.is_seen(place, normal, stage.projection.eye):
            unseen.append(own_sites.site(site))
    assert unseen == []


def test_typical_treatment_is_all_on_the_figure(library: Library, own_sites: Sites) -> None:
    markers = markers_for(library, own_sites, with_treatment(library, Shown(), "typical", True))
    parts = [own_sites.parts[marker.site] for marker in markers]
    assert (parts.count("face"), parts.count("body")) == (40, 12)
