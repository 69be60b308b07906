from collections.abc import Iterator

import numpy as np
import pytest

from app.geometry.figure import Figure
from app.geometry.sites import Sites
from app.scene.camera import VIEWS
from app.scene.label_layout import overlapping
from app.scene.labels import BOTH_SIDES_UP_TO
from app.scene.markers import Marker
from app.scene.stage import Stage
from tests.scene.conftest import make
from tests.scene.places import markers_on, sites_at


def drawn(stage: Stage) -> np.ndarray:
    stage.prepare_frame()
    return stage.labels.boxes


def disjoint(boxes: np.ndarray) -> bool:
    return not (overlapping(boxes, boxes) & ~np.eye(len(boxes), dtype=bool)).any()


@pytest.fixture(scope="module")
def _large_stage(figure: Figure) -> Iterator[Stage]:
    stage, plotter = make(figure, (900, 640))
    yield stage
    stage.close()
    plotter.close()


@pytest.fixture
def labelled(_large_stage: Stage, sites: Sites) -> Stage:
    stage = _large_stage
    stage.end_motion()
    stage.markers.set_hovered(None)
    stage.markers.set_selected(())
    stage.show(sites, markers_on(sites))
    stage.labels.set_mode("all")
    return stage


@pytest.mark.parametrize("every", [1, 3])
@pytest.mark.parametrize("view", VIEWS)
def test_labels_never_overlap(labelled: Stage, sites: Sites, view: str, every: int) -> None:
    labelled.show(sites, markers_on(sites, every))
    labelled.views.view(view)
    boxes = drawn(labelled)
    assert disjoint(boxes)
    assert (boxes[:, :2] >= 0).all()
    assert (boxes[:, 2:] <= (900, 640)).all()
    if view in ("front", "body-front", "three-quarter-left"):
        assert len(boxes) >= 10


def test_labels_never_overlap_while_the_figure_turns(labelled: Stage) -> None:
    labelled.views.view("front")
    standing = len(drawn(labelled))
    labelled.begin_motion()
    for _ in range(12):
        labelled.views.turn(5, 1.5)
        boxes = drawn(labelled)
        assert disjoint(boxes)
        assert len(boxes) > standing / 8
    labelled.end_motion()
    assert disjoint(drawn(labelled))


def test_label_moves_with_its_marker(labelled: Stage) -> None:
    labelled.views.view("front")
    drawn(labelled)
    before = dict(zip(labelled.labels.box_sites, labelled.labels.boxes[:, :2], strict=True))
    was = labelled.markers.display.copy()
    labelled.begin_motion()
    labelled.views.move(30, 10)
    drawn(labelled)
    for site, box in zip(labelled.labels.box_sites, labelled.labels.boxes, strict=True):
        row = labelled.markers.row(site)
        moved = labelled.markers.display[row] - was[row]
        np.testing.assert_allclose(box[:2] - before[site], moved, atol=2)


def test_nothing_behind_the_head_is_named(stage: Stage, figure: Figure) -> None:
    front_and_back = sites_at(figure, [(0, 60, 95), (0, 30, -100)])
    stage.show(front_and_back, [Marker(site, ("#ff0000",), "disc", f"P{site}") for site in range(2)])
    stage.labels.set_mode("all")
    for view, seen in (("front", (0,)), ("back", (1,))):
        stage.views.view(view)
        drawn(stage)
        assert stage.labels.box_sites == seen


def test_what_the_nose_hides_is_not_named_though_it_faces_the_eye(stage: Stage, figure: Figure) -> None:
    """A place on the right cheek beside the nose, seen from the left, lies behind the nose."""
    beside = sites_at(figure, [(-24, -15, 85)])
    stage.show(beside, [Marker(0, ("#ff0000",), "disc", "P")])
    stage.labels.set_mode("all")
    stage.views.view("front")
    assert len(drawn(stage)) == 1
    stage.views.turn(48, 0)
    assert len(drawn(stage)) == 0
    assert stage.markers.facing[0] > 0.12


def test_label_fades_as_its_point_turns_away(stage: Stage, figure: Figure) -> None:
    temple = sites_at(figure, [(60, 40, 60)])
    stage.show(temple, [Marker(0, ("#ff0000",), "disc", "P")])
    stage.labels.set_mode("all")
    # The last one: the names of the layers under the markers are another.
    actor = [prop for prop in stage.renderer.GetViewProps() if prop.IsA("vtkTexturedActor2D")][-1]
    opacities = []
    for azimuth in range(40, -80, -6):
        stage.views.view("front")
        stage.views.turn(azimuth, 0)
        drawn(stage)
        colors = actor.GetMapper().GetInput().GetPointData().GetScalars()
        last = colors.GetNumberOfTuples() - 1
        opacities.append(colors.GetComponent(last, 3) if actor.GetVisibility() else 0)
    assert opacities[0] == 255
    assert opacities[-1] == 0
    assert opacities == sorted(opacities, reverse=True)
    assert any(0 < opacity < 255 for opacity in opacities)


def test_only_what_is_chosen_is_named_in_hover_mode(labelled: Stage, sites: Sites) -> None:
    labelled.labels.set_mode("hover")
    labelled.views.view("front")
    assert len(drawn(labelled)) == 0
    seen = [
        site for site, facing in zip(range(len(sites)), labelled.markers.facing, strict=True) if facing > 0.7
    ]
    labelled.markers.set_hovered(seen[0])
    labelled.markers.set_selected((seen[1], seen[2]))
    drawn(labelled)
    assert set(labelled.labels.box_sites) == set(seen[:3])
    labelled.labels.set_mode("none")
    assert len(drawn(labelled)) == 0


def test_both_sides_are_named_as_long_as_that_is_calm(labelled: Stage, sites: Sites) -> None:
    labelled.views.view("front")
    few = markers_on(sites, 5)
    assert len(few) <= BOTH_SIDES_UP_TO
    labelled.show(sites, few)
    drawn(labelled)
    codes = [sites.codes[site] for site in labelled.labels.box_sites]
    assert len(codes) > len(set(codes))
    labelled.show(sites, markers_on(sites))
    drawn(labelled)
    codes = [sites.codes[site] for site in labelled.labels.box_sites]
    assert len(codes) == len(set(codes))


def test_points_too_crowded_to_tell_apart_are_named_only_when_chosen(stage: Stage, figure: Figure) -> None:
    near = sites_at(figure, [(0, 60, 95), (5, 60, 95), (0, 65, 95)])
    stage.show(near, [Marker(site, ("#ff0000",), "disc", f"P{site}") for site in range(3)])
    stage.labels.set_mode("all")
    stage.views.view("body-front")
    assert len(drawn(stage)) == 0
    stage.markers.set_selected((1,))
    drawn(stage)
    assert stage.labels.box_sites == (1,)


def test_a_marker_without_a_text_has_no_label(stage: Stage, figure: Figure) -> None:
    stage.show(sites_at(figure, [(0, 60, 95)]), [Marker(0, ("#ff0000",), "disc")])
    stage.labels.set_mode("all")
    assert len(drawn(stage)) == 0
