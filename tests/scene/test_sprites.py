from pathlib import Path

import numpy as np
import pytest
from vtkmodules.util.numpy_support import vtk_to_numpy

from app.scene.shapes import SHAPES
from app.scene.sprites import SIZE, SIZES, MarkerSprites, draw_marker, sizes_for
from app.scene.theme import rgb
from tests.scene.baselines import assert_looks_like

RED, BLUE, GREEN = (200, 40, 30), (20, 90, 200), (30, 140, 60)
SKIN = np.array([221, 170, 146])


def pixels_near(picture: np.ndarray, color: tuple[int, int, int]) -> np.ndarray:
    return (np.abs(picture[..., :3].astype(int) - color).max(axis=2) < 30) & (picture[..., 3] > 200)


@pytest.mark.parametrize("shape", SHAPES)
def test_marker_has_its_colour_a_white_and_a_dark_outline(shape: str) -> None:
    picture = draw_marker(shape, [RED], False)
    assert pixels_near(picture, RED).sum() > 200
    assert pixels_near(picture, (255, 255, 255)).sum() > 150
    assert (picture[[0, -1]][..., 3] == 0).all()
    assert (picture[:, [0, -1]][..., 3] == 0).all()
    dark = (picture[..., :3].max(axis=2) < 60) & (picture[..., 3] > 120)
    assert dark.sum() > 60


def test_shared_marker_is_divided_evenly_among_its_goals() -> None:
    picture = draw_marker("star", [RED, BLUE, GREEN], False)
    areas = [pixels_near(picture, color).sum() for color in (RED, BLUE, GREEN)]
    assert min(areas) > 0.8 * max(areas) > 100
    # Clockwise from the top: the first colour begins right of the middle.
    assert (
        pixels_near(picture, RED)[SIZE // 2 :, SIZE // 2 :].sum()
        > 0.9 * pixels_near(picture, RED)[SIZE // 2 :].sum()
    )


def test_number_in_a_shared_marker_differs_with_the_number_of_goals() -> None:
    middle = slice(SIZE // 2 - 8, SIZE // 2 + 8)
    two, three = (draw_marker("disc", [RED, BLUE, GREEN][:count], False)[middle, middle] for count in (2, 3))
    assert (two[..., 0] < 90).any()
    assert not np.array_equal(two, three)


def test_every_shape_looks_as_it_should(tmp_path: Path) -> None:
    pictures = [draw_marker(shape, [RED], False) for shape in SHAPES]
    rows = [np.concatenate(pictures[start : start + 4], axis=1) for start in (8, 4, 0)]
    sheet = np.concatenate(rows)[::-1].astype(float)
    cover = sheet[..., 3:] / 255
    assert_looks_like((sheet[..., :3] * cover + SKIN * (1 - cover)).astype(np.uint8), "shapes", tmp_path)


def test_muted_marker_is_paler() -> None:
    plain, muted = draw_marker("disc", [RED], False), draw_marker("disc", [RED], True)
    assert muted[..., 3].max() < 0.6 * plain[..., 3].max()


def test_same_marker_is_drawn_once() -> None:
    sprites = MarkerSprites()
    first = sprites.marker("star", ["#ff0000"], False)
    assert sprites.marker("star", ["#ff0000"], False) == first
    assert sprites.marker("star", ["#ff0001"], False) != first


def test_sheet_grows_and_keeps_what_is_on_it() -> None:
    sprites = MarkerSprites()
    places = [sprites.marker("disc", [f"#{number:06x}"], False) for number in range(60)]
    assert len(set(places)) == 60
    corners = sprites.sheet.corners(np.array(places))
    assert corners.min() >= 0
    assert corners.max() <= 1
    assert sprites.sheet.rows * corners[-1, 2, 1] == pytest.approx(places[-1][1] + SIZE)


@pytest.mark.parametrize(
    ("side", "size"), [(100, 64), (64, 64), (33, 64), (32, 32), (18, 32), (16, 16), (3, 8)]
)
def test_a_picture_is_drawn_from_the_next_larger_one(side: float, size: int) -> None:
    (found,) = sizes_for(np.array([side], float))
    assert SIZES[found] == size


def test_each_size_shows_the_whole_marker_and_nothing_of_another() -> None:
    sprites = MarkerSprites()
    place = sprites.marker("square", ["#c81e1e"], False)
    sheet = sprites.sheet
    pixels = vtk_to_numpy(sheet.texture.GetInput().GetPointData().GetScalars()).reshape(sheet.rows, -1, 4)
    for number, size in enumerate(SIZES):
        corners = sprites.corners(np.array([place]), np.array([number]))[0]
        left, bottom = np.rint(corners[0] * [pixels.shape[1], sheet.rows]).astype(int)
        drawn = draw_marker("square", [(200, 30, 30)], False, size)
        np.testing.assert_array_equal(pixels[bottom : bottom + size, left : left + size], drawn)
        around = pixels[max(bottom - 1, 0) : bottom + size + 1, max(left - 1, 0) : left + size + 1, 3]
        assert around.astype(int).sum() == drawn[..., 3].astype(int).sum()


@pytest.mark.parametrize("text", ["red", "#12345", "#gg0000", "123456#"])
def test_a_word_that_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        rgb(text)
