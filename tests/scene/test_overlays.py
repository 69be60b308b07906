"""What is drawn on the skin lies on it, follows it, and is not there when nothing is to be drawn."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkRenderingCore import vtkRenderer

from app.domain.builtin import load_library
from app.geometry.atlas import Atlas
from app.geometry.figure import NEUTRAL, Figure
from app.geometry.sites import skin_surface
from app.geometry.surface import Binding
from app.scene import anatomy_layers
from app.scene.construction_layer import drawing
from app.scene.overlays import OVERLAYS, Overlays
from app.scene.skin_areas import LIFT_MM, SkinArea
from app.scene.skin_lines import SkinLine
from app.scene.stage import Stage
from app.scene.tags import Tag

FROWN = {"brow_down": 1.0}


@pytest.fixture(scope="module")
def atlas(figure: Figure) -> Atlas:
    return Atlas(figure, load_library())


def brow(figure: Figure, atlas: Atlas) -> Binding:
    return skin_surface(figure, figure.neutral.vertices).nearest(atlas.scene.body.curve("brow"))


def points_of(actor: Any) -> np.ndarray:
    return vtk_to_numpy(actor.GetMapper().GetInput().GetPoints().GetData()).copy()


class TestLines:
    def test_a_line_lies_on_its_places_and_follows_a_frown(
        self, stage: Stage, figure: Figure, atlas: Atlas
    ) -> None:
        bound = brow(figure, atlas)
        stage.overlays.show("wrinkles", lines=(SkinLine(bound, "#ff0000"),))
        stage.prepare_frame()
        actor = stage.overlays.lines("wrinkles").actor
        at_rest = points_of(actor).reshape(-1, 2, 3).mean(axis=1)
        places = bound.positions(figure.full.triangles, figure.neutral.vertices)
        assert np.linalg.norm(at_rest - places, axis=1).max() < 6
        pose = figure.pose(NEUTRAL, FROWN)
        stage.show_pose(pose)
        stage.prepare_frame()
        moved = points_of(actor).reshape(-1, 2, 3).mean(axis=1) - at_rest
        wanted = bound.positions(figure.full.triangles, pose.vertices) - places
        assert np.linalg.norm(wanted, axis=1).max() > 2
        assert np.linalg.norm(moved - wanted, axis=1).max() < 1.5

    def test_a_jump_between_two_parts_of_the_body_is_not_drawn(self, stage: Stage, figure: Figure) -> None:
        surface = skin_surface(figure, figure.neutral.vertices)
        near = np.array(
            [[x, 45.0, 90] for x in range(0, 20, 2)] + [[x, -60.0, 90] for x in range(0, 20, 2)], float
        )
        stage.overlays.show("channels", lines=(SkinLine(surface.nearest(near), "#00ff00"),))
        cells = stage.overlays.lines("channels").actor.GetMapper().GetInput().GetNumberOfPolys()
        assert cells == len(near) - 2

    def test_a_line_fades_where_the_skin_turns_away(self, stage: Stage, figure: Figure, atlas: Atlas) -> None:
        stage.overlays.show("wrinkles", lines=(SkinLine(brow(figure, atlas), "#ff0000"),))
        data = stage.overlays.lines("wrinkles").actor.GetMapper().GetInput().GetPointData()
        opacity = {}
        for view in ("front", "back"):
            stage.views.view(view)
            stage.prepare_frame()
            opacity[view] = vtk_to_numpy(data.GetScalars())[:, 3].max()
        assert opacity == {"front": 255, "back": 0}

    def test_a_colour_that_is_none_is_refused(self, stage: Stage, figure: Figure, atlas: Atlas) -> None:
        with pytest.raises(ValueError, match="'red' is not a colour"):
            stage.overlays.show("wrinkles", lines=(SkinLine(brow(figure, atlas), "red"),))


class TestAreas:
    def test_an_area_floats_just_above_its_skin_in_every_pose(
        self, stage: Stage, figure: Figure, atlas: Atlas
    ) -> None:
        covered = atlas.muscles["corrugator"].covered
        area = SkinArea(covered.triangles, covered.depths, "#aa0000")
        stage.overlays.show("muscles", areas=(area,))
        for expression in ({}, FROWN):
            pose = figure.pose(NEUTRAL, expression)
            stage.show_pose(pose)
            gap = points_of(stage.overlays.areas("muscles").actor) - covered.triangles.places(pose.vertices)
            assert np.linalg.norm(gap, axis=1) == pytest.approx(LIFT_MM, abs=0.01)


class TestLayers:
    def test_everything_is_hidden_at_first_and_after_emptying(
        self, stage: Stage, figure: Figure, atlas: Atlas
    ) -> None:
        def visible() -> list[str]:
            overlays = stage.overlays
            return [
                name
                for name in OVERLAYS
                if overlays.lines(name).actor.GetVisibility() or overlays.areas(name).actor.GetVisibility()
            ]

        assert visible() == []
        stage.overlays.show("channels", lines=(SkinLine(brow(figure, atlas), "#0000ff"),))
        assert visible() == ["channels"]
        stage.overlays.show("channels")
        assert visible() == []

    def test_an_unknown_layer_is_refused(self, stage: Stage) -> None:
        with pytest.raises(KeyError):
            stage.overlays.show("bones")  # type: ignore[arg-type]

    def test_layers_lie_below_the_markers(self, stage: Stage) -> None:
        props = stage.renderer.GetViewProps()
        order = [props.GetItemAsObject(number) for number in range(props.GetNumberOfItems())]
        uppermost = max(order.index(stage.overlays.lines(name).actor) for name in OVERLAYS)
        assert all(order.index(actor) > uppermost for actor in stage.markers.actors)

    def test_every_layer_of_the_atlas_draws(self, stage: Stage, atlas: Atlas) -> None:
        found = {
            "zones": anatomy_layers.zones(atlas),
            "muscles": anatomy_layers.muscles(atlas, {"corrugator"}),
            "wrinkles": anatomy_layers.wrinkles(atlas, {"glabella"}),
            "channels": anatomy_layers.channels(atlas),
            "landmarks": anatomy_layers.landmarks(atlas),
        }
        for name, what in found.items():
            assert what.areas or what.lines or what.tags
            stage.overlays.show(name, what.areas, what.lines, what.tags)  # type: ignore[arg-type]
        stage.prepare_frame()
        assert len(stage.overlays.tags.texts) > 8


class TestLooks:
    def test_lit_muscles_differ_by_pattern_and_alone_are_named(self, atlas: Atlas) -> None:
        drawn = anatomy_layers.muscles(atlas, {"corrugator"})
        assert [area.pattern for area in drawn.areas].count("lit fibres") == 1
        assert [tag.text for tag in drawn.tags] == ["Corrugator supercilii"]
        assert len(anatomy_layers.muscles(atlas, set()).tags) == len(atlas.muscles)

    def test_lit_wrinkle_lines_are_solid_and_the_others_dashed(self, atlas: Atlas) -> None:
        drawn = anatomy_layers.wrinkles(atlas, {"glabella"})
        solid = [line for line in drawn.lines if line.style == "solid"]
        assert len(solid) == len(atlas.wrinkles["glabella_lines"])
        assert [tag.text for tag in drawn.tags] == ["Frown ('11') lines"]

    def test_risks_differ_by_more_than_colour(self) -> None:
        looks = list(anatomy_layers.RISK_LOOKS.values())
        assert len({look[0] for look in looks}) == len(looks)
        assert {look[1] for look in looks} == {"plain", "striped", "hatched"}

    def test_a_gap_in_a_channel_is_dotted(self, atlas: Atlas) -> None:
        links = [link for links in atlas.channels.values() for link in links]
        dotted = [line for line in anatomy_layers.channels(atlas).lines if line.style == "dotted"]
        assert len(dotted) >= sum(not link.whole for link in links) > 0

    def test_a_construction_names_its_measure_and_landmarks(self, atlas: Atlas) -> None:
        found = atlas.construction("GB14")
        assert found is not None
        texts = [tag.text for tag in drawing(found).tags]
        assert any(text.startswith("1 cun = ") for text in texts)
        assert "brow point on pupil line" in texts


class TestTags:
    def test_names_do_not_cover_each_other_and_keep_clear_of_what_is_taken(
        self, make_stage: Callable[..., Stage], atlas: Atlas
    ) -> None:
        stage = make_stage((900, 700))
        stage.overlays.show("landmarks", tags=anatomy_layers.landmarks(atlas).tags)
        stage.prepare_frame()
        boxes = stage.overlays.tags.boxes
        assert len(boxes) > 15
        for number, box in enumerate(boxes):
            others = np.delete(boxes, number, axis=0)
            beside = (box[2] <= others[:, 0]) | (box[0] >= others[:, 2])
            above = (box[3] <= others[:, 1]) | (box[1] >= others[:, 3])
            assert (beside | above).all()

    def test_a_name_behind_the_head_is_not_drawn(self, stage: Stage, figure: Figure, atlas: Atlas) -> None:
        nape = skin_surface(figure, figure.neutral.vertices).nearest(atlas.scene.body.landmark("eop")[None])
        stage.overlays.show("landmarks", tags=(Tag(nape, "nape", "#ffffff"),))
        stage.views.view("front")
        stage.prepare_frame()
        assert stage.overlays.tags.texts == ()
        stage.views.view("back")
        stage.prepare_frame()
        assert stage.overlays.tags.texts == ("nape",)


def test_overlays_by_themselves_need_no_figure_shown(stage: Stage, figure: Figure) -> None:
    overlays = Overlays(vtkRenderer(), figure)
    overlays.place(stage.projection, None)
    assert overlays.tags.texts == ()
