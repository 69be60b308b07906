"""The figure: symmetric, closed, in its frame, alive in every shape and expression."""

from pathlib import Path

import numpy as np
import pytest

from app.domain.places import data_folder
from app.geometry.figure import EYES_SHUT, NEUTRAL, Figure, FigureProblem, Level, Shape, load_figure
from app.geometry.sites import skin_surface
from app.geometry.surface import Surface

FIGURE = load_figure()
LEVELS = {"light": FIGURE.light, "full": FIGURE.full}
SHAPES = {
    "neutral": NEUTRAL,
    "young woman": Shape(sex=0, age=25, ancestry=(0, 1, 0), weight=0.3),
    "old man": Shape(sex=1, age=85, ancestry=(0, 0, 1), weight=0.8),
    "thin": Shape(weight=0.0),
    "heavy": Shape(weight=1.0),
}
EXPRESSIONS = (
    "brow_down",
    "brow_inner_up",
    "squint",
    "smile",
    "frown",
    "pucker",
    "nose_wrinkle",
    "mouth_open",
)


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
def test_every_level_is_closed_and_uses_every_vertex(level: Level) -> None:
    count = len(level.mirror)
    sides = level.triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
    there, back = sides @ [count, 1], sides @ [1, count]
    assert len(np.unique(there)) == len(there), "an edge is met twice in the same direction"
    assert np.array_equal(np.sort(there), np.sort(back)), "an edge has only one triangle"
    assert np.array_equal(np.unique(level.triangles), np.arange(count))


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
def test_left_and_right_are_exact_partners(level: Level) -> None:
    vertices = level.matrix @ FIGURE.neutral.control[: FIGURE.skin_count]
    assert np.array_equal(level.mirror[level.mirror], np.arange(len(level.mirror)))
    assert np.abs(vertices[level.mirror] - vertices * [-1, 1, 1]).max() < 1e-6
    partners = level.mirror_triangles
    assert np.array_equal(partners[partners], np.arange(len(partners)))
    assert np.array_equal(
        np.sort(level.mirror[level.triangles], axis=1), np.sort(level.triangles[partners], axis=1)
    )


def test_the_midline_lies_in_the_plane_and_no_triangle_crosses_it() -> None:
    vertices, mirror = FIGURE.neutral.vertices, FIGURE.full.mirror
    assert np.abs(vertices[mirror == np.arange(len(mirror)), 0]).max() < 1e-6
    x = vertices[FIGURE.full.triangles, 0]
    assert not ((x.min(axis=1) < -1e-6) & (x.max(axis=1) > 1e-6)).any()


def test_drawn_vertices_stand_for_the_same_triangles() -> None:
    for level in LEVELS.values():
        assert np.array_equal(level.drawn[level.drawn_triangles], level.triangles)
        assert len(level.uv) == len(level.drawn)
        assert level.uv.min() >= 0
        assert level.uv.max() <= 1


def test_smoothing_weights_sum_to_one() -> None:
    for level in LEVELS.values():
        # The weights that lay the bodysuit are stored in single precision.
        assert np.abs(np.asarray(level.matrix.sum(axis=1)) - 1).max() < 1e-3


def test_regions_cover_the_figure_without_overlap_and_in_pairs() -> None:
    masks = np.stack([FIGURE.region(name) for name in FIGURE.region_names])
    assert (masks.sum(axis=0) == 1).all()
    partners = FIGURE.full.mirror_triangles
    for name in FIGURE.region_names:
        other = name.replace("_left", "_LEFT").replace("_right", "_left").replace("_LEFT", "_right")
        assert np.array_equal(FIGURE.region(name)[partners], FIGURE.region(other)), name
    left = FIGURE.neutral.vertices[FIGURE.full.triangles[FIGURE.region("hand_left")]]
    assert left[..., 0].min() > 100


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_shape_is_in_the_frame_and_finite(shape: Shape) -> None:
    pose = FIGURE.pose(shape)
    assert np.isfinite(pose.vertices).all()
    with np.load(data_folder("meshes") / "figure.npz") as file:
        corners, weights = file["frame_vertices"].astype(int), file["frame_weights"].astype(float)
    tragion, orbitale = (weights[:, :, None] * pose.control[corners]).sum(axis=1)
    assert tragion[1:] == pytest.approx([0, 0], abs=1e-3)
    assert orbitale[1] == pytest.approx(0, abs=1e-3)
    assert orbitale[2] > 40
    assert pose.vertices[:, 1].max() > 80
    assert pose.vertices[:, 1].min() < -1200


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_eyes_look_out_between_open_lids(shape: Shape) -> None:
    pose = FIGURE.pose(shape)
    left, right = pose.eyes
    assert left.centre == pytest.approx(right.centre * [-1, 1, 1], abs=0.05)
    assert 10 < left.radius < 17
    skin = skin_surface(FIGURE, pose.vertices)
    turn = np.radians(np.linspace(0, 360, 24, endpoint=False))
    for eye in pose.eyes:
        seen = 0
        for x, y in np.stack([np.cos(turn), np.sin(turn)], axis=1) * 4:  # a ring in the iris
            start = eye.centre + np.array([x, y, 200.0])
            seen += skin.ray(start, np.array([0.0, 0, -1]), length=200 - eye.radius + 1) is None
        # The lids of an old face hang; those of the neutral one leave most of the iris free.
        assert seen >= (14 if shape is NEUTRAL else 10)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_shut_lids_cover_the_eyeballs(shape: Shape) -> None:
    pose = FIGURE.pose(shape, EYES_SHUT)
    # The sockets are skin too: the lids' back. What matters is that skin lies in front of the ball everywhere.
    skin = Surface(FIGURE.full.triangles, pose.vertices)
    turn = np.radians(np.linspace(0, 360, 24, endpoint=False))
    for eye in pose.eyes:
        for tilt in np.radians([0, 15, 30, 45]):
            for angle in turn:
                way = np.array([np.sin(tilt) * np.cos(angle), np.sin(tilt) * np.sin(angle), np.cos(tilt)])
                on_ball = eye.centre + eye.radius * way
                hit = skin.ray(on_ball + way * 60, -way)
                assert hit is not None
                assert np.linalg.norm(hit.position - eye.centre) > eye.radius - 0.1, (tilt, angle)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expressions_move_the_face_and_nothing_below_the_neck(name: str) -> None:
    moved = np.linalg.norm(FIGURE.pose(expression={name: 1.0}).vertices - FIGURE.neutral.vertices, axis=1)
    assert 1 < moved.max() < 40
    assert moved[FIGURE.neutral.vertices[:, 1] < -250].max() == 0


def test_an_expression_grows_with_its_weight() -> None:
    neutral = FIGURE.neutral.vertices
    half, whole = (FIGURE.pose(expression={"smile": weight}).vertices - neutral for weight in (0.5, 1.0))
    assert half * 2 == pytest.approx(whole, abs=1e-6)


def test_one_lid_shuts_alone() -> None:
    moved = np.linalg.norm(
        FIGURE.pose(expression={"blink_left": 1.0}).vertices - FIGURE.neutral.vertices, axis=1
    )
    x = FIGURE.neutral.vertices[:, 0]
    assert moved[x > 0].max() > 3
    assert moved[x < -5].max() < 0.1


def test_shapes_differ_as_they_should() -> None:
    def stature(shape: Shape) -> float:
        return float(np.ptp(FIGURE.pose(shape).vertices[:, 1]))

    def volume(shape: Shape) -> float:
        a, b, c = (FIGURE.pose(shape).vertices[FIGURE.full.triangles[:, corner]] for corner in range(3))
        return float((np.cross(a, b) * c).sum() / 6)

    assert stature(Shape(sex=1)) > stature(Shape(sex=0)) + 40
    assert volume(Shape(weight=1)) > 1.25 * volume(Shape(weight=0))


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(KeyError, match="third_eye"):
        FIGURE.pose(expression={"third_eye": 1.0})


def test_every_target_of_shapes_and_expressions_is_known() -> None:
    known = set(FIGURE.target_names)
    for shape in SHAPES.values():
        assert set(shape.targets()) <= known
    assert {*EXPRESSIONS, *EYES_SHUT} <= known


def test_the_fingerprint_is_stable_and_depends_on_the_neutral_shape() -> None:
    path = data_folder("meshes") / "figure.npz"
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    assert Figure(arrays).fingerprint == FIGURE.fingerprint
    assert len(FIGURE.fingerprint) == 16
    arrays["vertices"] = arrays["vertices"] + np.float32(0.5) * (arrays["vertices"][:, :1] > 0)
    assert Figure(arrays).fingerprint != FIGURE.fingerprint


def test_the_committed_figure_is_small() -> None:
    assert sum(path.stat().st_size for path in data_folder("meshes").iterdir() if path.is_file()) < 8 * 2**20


def test_a_missing_figure_is_named(tmp_path: Path) -> None:
    with pytest.raises(FigureProblem, match="missing") as caught:
        load_figure(tmp_path / "figure.npz")
    assert str(tmp_path / "figure.npz") in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"this is no figure", b"PK\x03\x04 cut off"], ids=["empty", "text", "cut"]
)
def test_a_damaged_figure_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "figure.npz"
    path.write_bytes(content)
    with pytest.raises(FigureProblem, match="damaged") as caught:
        load_figure(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_figure_cut_off_in_the_middle_is_damaged(tmp_path: Path) -> None:
    whole = (data_folder("meshes") / "figure.npz").read_bytes()
    path = tmp_path / "figure.npz"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FigureProblem, match="damaged"):
        load_figure(path)


def test_a_figure_that_lacks_a_part_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "figure.npz"
    np.savez(path, vertices=np.zeros((3, 3)))
    with pytest.raises(FigureProblem, match="damaged"):
        load_figure(path)
