"""The second view in a corner of the window."""

from collections.abc import Iterator

import numpy as np
import pytest

from app.scene.inset import Inset
from app.scene.stage import Stage


@pytest.fixture
def inset(stage: Stage) -> Iterator[Inset]:
    inset = Inset(stage.renderer.GetRenderWindow(), stage)
    yield inset
    inset.close()


def test_the_face_is_in_sight_from_the_first_time_on(inset: Inset) -> None:
    inset.show_face()
    first = inset.state
    assert first.distance > 300
    assert abs(first.focus[0]) < 5
    inset.hide()
    inset.show_face()
    assert inset.state == first


def test_a_place_is_looked_at_from_outside(inset: Inset) -> None:
    inset.show_place(np.array([-300.0, -600.0, 40.0]), np.array([-1.0, 0.0, 0.0]))
    assert inset.shown
    assert inset.state.focus == (-300.0, -600.0, 40.0)
    assert inset.state.backward[0] == pytest.approx(-1)
    inset.hide()
    assert not inset.shown
