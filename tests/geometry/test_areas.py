"""The painted areas: where a picture shows hair, brows, lips, lids, nails and suit, the regions say so."""

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.geometry.figure import load_figure


def middles(name: str) -> np.ndarray:
    """The middles of an area's triangles, mm."""
    figure = load_figure()
    return figure.neutral.vertices[figure.full.triangles[figure.region(name)]].mean(axis=1)


def test_areas_and_skin_share_all_triangles_out() -> None:
    figure = load_figure()
    counts = sum(figure.region(name).astype(int) for name in figure.area_names)
    assert np.array_equal(counts, np.ones(len(figure.full.triangles)))


@pytest.mark.parametrize("name", ["scalp", "brows", "lips", "eyelids", "nails", "bodysuit"])
def test_areas_lie_alike_on_both_sides(name: str) -> None:
    inside = load_figure().region(name)
    partner = inside[load_figure().full.mirror_triangles]
    assert inside.any()
    assert np.array_equal(inside, partner)


def test_areas_lie_where_landmarks_say() -> None:
    marks = {mark.id: np.array(mark.position) for mark in load_library().landmarks.values() if mark.position}
    lips, brows, scalp = middles("lips"), middles("brows"), middles("scalp")
    assert marks["li"][1] - 1 <= lips[:, 1].min()
    assert lips[:, 1].max() <= marks["ls"][1] + 2
    assert abs(np.abs(lips[:, 0]).max() - marks["ch"][0]) < 2
    assert abs(np.abs(brows[:, 0]).min() - marks["ebm"][0]) < 3
    assert abs(np.abs(brows[:, 0]).max() - marks["ebl"][0]) < 3
    front = scalp[(np.abs(scalp[:, 0]) < 3) & (scalp[:, 2] > 0)]
    assert abs(front[:, 1].min() - marks["tr"][1]) < 3
    assert middles("bodysuit")[:, 1].max() < marks["gn"][1]


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(KeyError):
        load_figure().region("beard")
