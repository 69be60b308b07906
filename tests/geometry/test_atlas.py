"""Zones, muscles, wrinkle lines and channels lie where their steps say, on both sides, and follow the skin."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from app.domain.anatomy import CautionZone, Muscle, PathStep
from app.domain.builtin import load_library
from app.domain.library import Library
from app.geometry.atlas import Atlas
from app.geometry.bands import Band, distances, muscle_band, zone_band
from app.geometry.figure import Figure, load_figure
from app.geometry.geodesic import length
from app.geometry.measure import RuleProblem
from app.geometry.paths import channel_codes, course, is_next, part_of, resampled, smoothed


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def atlas(figure: Figure, library: Library) -> Atlas:
    return Atlas(figure, library)


class TestSteps:
    def test_a_step_without_a_distance_is_the_landmark(self, atlas: Atlas) -> None:
        place = course(atlas.scene, (PathStep(ref="LM:ch"),))
        assert place.shape == (1, 3)
        assert np.linalg.norm(place[0] - atlas.scene.body.landmark("ch")) < 0.1

    def test_lateral_and_up_are_kept_and_the_depth_is_that_of_the_skin(self, atlas: Atlas) -> None:
        place = course(atlas.scene, (PathStep(ref="LM:ebc", lateral_mm=4, up_mm=12),))[0]
        start = atlas.scene.body.landmark("ebc")
        assert place[:2] == pytest.approx(start[:2] + np.array([4.0, 12.0]), abs=0.05)
        assert abs(place[2] - start[2]) < 12

    def test_a_unit_across_the_forehead_is_measured(self, atlas: Atlas) -> None:
        place = course(atlas.scene, (PathStep(ref="LM:g", lateral_bcun_t=1.5, up_mm=30),))[0]
        assert place[0] == pytest.approx(1.5 * atlas.scene.units.mm("bcun_t"), abs=0.05)

    def test_the_line_lies_on_the_skin_without_gaps(self, atlas: Atlas) -> None:
        way = course(atlas.scene, (PathStep(ref="LM:mam"), PathStep(ref="LM:ch", lateral_mm=22)))
        assert np.linalg.norm(np.diff(way, axis=0), axis=1).max() <= 1.6
        assert atlas.scene.body.skin.surface.nearest(way).distances.max() < 0.3

    def test_along_a_line_to_a_landmark(self, atlas: Atlas) -> None:
        body = atlas.scene.body
        step = PathStep(ref="LM:trc", anterior_mm=15.5, along="line to LM:ex")
        place = course(atlas.scene, (step,))[0]
        way = body.landmark("ex") - body.landmark("trc")
        assert (place - body.landmark("trc")) @ way / np.linalg.norm(way) == pytest.approx(15.5, abs=4)

    def test_an_unknown_way_of_going_along_is_told(self, atlas: Atlas) -> None:
        with pytest.raises(RuleProblem, match="along 'the jaw' is not known"):
            course(atlas.scene, (PathStep(ref="LM:ch", anterior_mm=3, along="the jaw"),))

    def test_a_name_without_a_place_is_told(self, atlas: Atlas) -> None:
        with pytest.raises(RuleProblem, match="GV28"):
            course(atlas.scene, (PathStep(ref="PT:GV28"),))


class TestLines:
    def test_the_middle_half_of_a_line(self) -> None:
        way = np.stack([np.arange(11.0), np.zeros(11), np.zeros(11)], axis=1)
        part = part_of(way, 0.25, 0.75)
        assert part[0, 0] == pytest.approx(2.5)
        assert part[-1, 0] == pytest.approx(7.5)

    def test_resampling_keeps_ends_and_length(self) -> None:
        way = np.array([[0.0, 0, 0], [10, 0, 0], [10, 7, 0]])
        even = resampled(way, 1.0)
        assert even[[0, -1]] == pytest.approx(way[[0, -1]])
        assert length(even) == pytest.approx(17, abs=0.6)

    def test_smoothing_rounds_a_corner_and_keeps_the_ends(self) -> None:
        way = resampled(np.array([[0.0, 0, 0], [20, 0, 0], [20, 20, 0]]), 1.0)
        round_way = smoothed(way, 5.0)
        assert len(round_way) == len(way)
        assert round_way[-1] == pytest.approx(way[-1], abs=0.01)
        assert np.linalg.norm(round_way - [20, 0, 0], axis=1).min() > 0.5

    def test_a_line_from_the_midline_leaves_it_square(self) -> None:
        way = resampled(np.array([[0.0, 0, 0], [30, 12, 0]]), 1.0)
        start = smoothed(way, 8.0)[:2]
        assert abs(start[1, 1] - start[0, 1]) < 0.15


class TestBands:
    def test_depth_in_a_band_is_its_half_width_less_the_distance(self) -> None:
        band = Band(np.array([[0.0, 0, 0], [10, 0, 0]]), 5.0)
        assert band.depths(np.array([[5.0, 2, 0], [5, 7, 0], [13, 4, 0]])) == pytest.approx([3, -2, 0])

    def test_distance_to_a_single_place(self) -> None:
        assert distances(np.zeros((1, 3)), np.array([[3.0, 4, 0]])) == pytest.approx([5])

    def test_what_a_border_encloses_is_inside(self, atlas: Atlas) -> None:
        orbit = zone_band(atlas.scene, atlas.library.caution_zones["orbit"])
        pupil, cheek = atlas.scene.body.landmark("ps"), atlas.scene.points["ST3"]
        assert orbit.depths(np.stack([pupil, cheek]))[0] > 5
        assert orbit.depths(np.stack([pupil, cheek]))[1] < -10

    def test_every_zone_and_muscle_covers_skin_on_both_sides_alike(self, atlas: Atlas, figure: Figure) -> None:
        for patches in (atlas.zones, atlas.muscles):
            for name, patch in patches.items():
                covered = patch.covered
                assert len(covered.triangles.corners) > 50, name
                places = covered.triangles.places(figure.neutral.vertices)
                apart, partner = cKDTree(places).query(places * [-1, 1, 1])
                assert apart.max() < 0.01, name
                assert covered.depths[partner] == pytest.approx(covered.depths, abs=0.02), name

    def test_a_zone_shows_nothing_far_beyond_its_width(self, atlas: Atlas) -> None:
        assert atlas.zones["facial_artery"].covered.depths.min() > -3.01
        assert atlas.zones["facial_artery"].covered.depths.max() <= 5

    @pytest.mark.parametrize("name", ["great_auricular", "carotid", "facial_artery"])
    def test_a_zone_is_drawn_whole_where_the_skin_is_coarse(self, atlas: Atlas, figure: Figure, name: str) -> None:
        band = zone_band(atlas.scene, atlas.library.caution_zones[name])
        covered = atlas.zones[name].covered
        middles = covered.triangles.places(figure.neutral.vertices)[covered.triangles.corners].mean(axis=1)
        # Along the whole of its middle line there is a triangle that shows it.
        assert cKDTree(middles).query(band.way)[0].max() < 1.8
        inside = covered.depths[covered.triangles.corners].mean(axis=1) > band.half_width - 2.4
        assert cKDTree(middles[inside]).query(band.way)[0].max() < 2.4

    def test_a_narrow_zone_is_found_where_the_skin_is_coarse(self, atlas: Atlas) -> None:
        covered = atlas.zones["great_auricular"].covered
        way = atlas.scene.body.skin.surface.nearest(
            zone_band(atlas.scene, atlas.library.caution_zones["great_auricular"]).way
        ).positions(atlas.figure.full.triangles, atlas.figure.neutral.vertices)
        assert all(covered.covers(place) for place in way)
        assert all(covered.covers(place * [-1, 1, 1]) for place in way)
        assert not covered.covers(atlas.scene.points["ST9"])

    def test_a_band_narrows_evenly(self) -> None:
        band = Band(np.array([[0.0, 0, 0], [10, 0, 0]]), 6.0, 2.0)
        assert band.depths(np.array([[0.0, 3, 0], [5, 3, 0], [10, 3, 0]])) == pytest.approx([3, 1, -1])
        assert band.reach == 6

    def test_fibres_run_beside_their_line_and_on_beyond_its_ends(self) -> None:
        way = np.array([[0.0, 0, 0], [10, 0, 0]])
        places = np.array([[5.0, 2, 0], [9, 2, 0], [14, 2, 0], [5, -3, 0]])
        across = Band(way, 5.0, fibres=way).across(places, np.tile([0.0, 0, 1], (4, 1)))
        assert across == pytest.approx([2, 2, 2, -3])

    def test_fibres_of_a_fan_come_together_at_its_end(self) -> None:
        way = np.array([[0.0, 10, 0], [0, 0, 0]])
        spoke = np.array([[1.0, 2, 0], [2, 4, 0], [4, 8, 0], [-2, 4, 0]])
        across = Band(way, 5.0, fibres=way, fan=True).across(spoke, np.tile([0.0, 0, 1], (4, 1)))
        assert across[:3] == pytest.approx(across[0])
        assert across[3] == pytest.approx(-across[0])

    @pytest.mark.parametrize("name", ["orbicularis_oculi", "orbicularis_oris"])
    def test_a_ring_is_round(self, atlas: Atlas, name: str) -> None:
        way = muscle_band(atlas.scene, atlas.library.muscles[name]).way[:, :2]
        assert way[0] == pytest.approx(way[-1])
        turned = np.roll(way[:-1], -1, axis=0)
        size = abs((way[:-1, 0] * turned[:, 1] - turned[:, 0] * way[:-1, 1]).sum()) / 2
        # 1 for a circle, 0.79 for a square, 0.6 for a triangle.
        assert 4 * np.pi * size / np.linalg.norm(np.diff(way, axis=0), axis=1).sum() ** 2 > (
            0.9 if name == "orbicularis_oculi" else 0.6
        )

    def test_the_lids_lie_free_within_the_ring_around_the_eye(self, atlas: Atlas) -> None:
        band = muscle_band(atlas.scene, atlas.library.muscles["orbicularis_oculi"])
        free = np.stack([atlas.scene.body.landmark(name) for name in ("ps", "pi", "ex")])
        assert np.all(band.depths(free) < -3)
        assert band.depths(atlas.scene.body.landmark("en")[None])[0] < 1.6  # where it is fixed
        covered = np.stack([atlas.scene.body.landmark(name) for name in ("or", "orl", "ebc")])
        assert np.all(band.depths(covered) > 0)

    def test_a_muscle_without_a_width_is_a_narrow_band(self, atlas: Atlas) -> None:
        muscle = Muscle(id="m", name="M", path=(PathStep(ref="LM:ch"), PathStep(ref="LM:mod")))
        assert muscle_band(atlas.scene, muscle).half_width == 4

    def test_the_middle_fraction_shortens_a_zone(self, atlas: Atlas) -> None:
        path = (PathStep(ref="LM:trc"), PathStep(ref="LM:ch"))
        whole = CautionZone(id="z", title="Z", risk="low", half_width_mm=5, path=path)
        half = CautionZone(id="z", title="Z", risk="low", half_width_mm=5, path=path, middle_fraction=(0.25, 0.75))
        lengths = [length(zone_band(atlas.scene, zone).way) for zone in (whole, half)]
        assert lengths[1] == pytest.approx(lengths[0] / 2, rel=0.02)


class TestWrinkles:
    def test_frown_lines_stand_between_the_brows(self, atlas: Atlas, figure: Figure) -> None:
        places = atlas.wrinkles["glabella_lines"][0].positions(figure.full.triangles, figure.neutral.vertices)
        brow = atlas.scene.body.landmark("ebm")
        assert places[:, 1].min() < brow[1] < places[:, 1].max() - 8
        assert places[:, 1].max() < brow[1] + 15
        assert places[:, 0].max() < brow[0]

    def test_crows_feet_spread_from_the_outer_canthus(self, atlas: Atlas, figure: Figure) -> None:
        corner = atlas.scene.body.landmark("ex")
        rays = []
        for line in atlas.wrinkles["crows_feet"][:3]:
            places = line.positions(figure.full.triangles, figure.neutral.vertices)
            assert np.linalg.norm(places[0] - corner) < 12
            assert np.all(np.diff(places[:, 0]) > 0)
            across = places[-1] - places[0]
            rays.append(float(np.degrees(np.arctan2(across[1], np.hypot(across[0], across[2])))))
        assert rays[0] > 12
        assert abs(rays[1]) < 5
        assert rays[2] < -12
        assert max(map(abs, rays)) < 40


class TestZonesOfPoints:
    def test_a_point_on_the_carotid_is_warned_of(self, atlas: Atlas) -> None:
        first = atlas.zones_of("ST9")[0]
        assert first.zone.id == "carotid"
        assert first.zone.risk == "very high"
        assert first.listed

    def test_a_point_that_only_the_list_names_lies_beside(self, atlas: Atlas) -> None:
        hits = {hit.zone.id: hit for hit in atlas.zones_of("ST4")}
        assert hits["facial_artery"].where == "beside"
        assert 2 < -hits["facial_artery"].depth_mm < 20

    def test_a_point_far_from_every_zone_has_none(self, atlas: Atlas) -> None:
        assert atlas.zones_of("ST36") == []

    def test_a_point_within_a_band_is_inside_whether_listed_or_not(self, atlas: Atlas) -> None:
        inside = {code for code in atlas.library.points for hit in atlas.zones_of(code) if hit.where == "inside"}
        assert {"ST5", "ST9", "GB14"} & inside


class TestChannels:
    def test_points_follow_their_numbers(self, library: Library) -> None:
        links = channel_codes(library, "ST")
        assert links[:3] == [("ST1", "ST2"), ("ST2", "ST3"), ("ST3", "ST4")]

    def test_the_stomach_channel_runs_down_the_neck_from_the_jaw(self, library: Library) -> None:
        assert ("ST5", "ST9") in channel_codes(library, "ST")
        assert ("ST8", "ST9") not in channel_codes(library, "ST")

    def test_a_gap_in_the_numbers_is_known(self) -> None:
        assert is_next("ST2", "ST3")
        assert is_next("ST5", "ST9")
        assert not is_next("LI11", "LI17")

    def test_channels_of_both_sides_mirror_each_other(self, atlas: Atlas, figure: Figure) -> None:
        vertices, triangles = figure.neutral.vertices, figure.full.triangles
        links = atlas.channels["LI"]
        half = len(links) // 2
        for left, right in zip(links[:half], links[half:], strict=True):
            one = left.binding.positions(triangles, vertices)
            assert right.binding.positions(triangles, vertices) == pytest.approx(one * [-1, 1, 1], abs=1e-6)
        assert len(atlas.channels["GV"]) == len(channel_codes(atlas.library, "GV"))

    def test_every_wrinkle_has_lines_and_known_groups(self, atlas: Atlas) -> None:
        for name, wrinkle in atlas.library.wrinkles.items():
            assert atlas.wrinkles[name], name
            assert set(wrinkle.groups) <= atlas.library.groups.keys(), name
