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


def test_every_point_of_the_body_faces_an_eye_that_flies_to_it(
    stage: Stage, library: Library, own_sites: Sites
) -> None:
    stage.show(own_sites, markers_for(library, own_sites, Shown(points=frozenset(library.points))))
    stage.labels.set_mode("all")
    unseen = []
    for site, code in enumerate(own_sites.codes):
        place, normal = stage.markers.site_positions[site], stage.markers.site_normals[site]
        *_, last = stage.views.fly_to(place, normal)
        stage.views.set(last)
        stage.prepare_frame()
        if site not in stage.labels.box_sites:
            unseen.append(code)
    assert unseen == []


def test_typical_treatment_is_all_on_the_figure(library: Library, own_sites: Sites) -> None:
    markers = markers_for(library, own_sites, with_treatment(library, Shown(), "typical", True))
    parts = [own_sites.parts[marker.site] for marker in markers]
    assert (parts.count("face"), parts.count("body")) == (40, 12)
