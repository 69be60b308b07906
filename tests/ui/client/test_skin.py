"""The drawn skin."""

import itertools

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.domain.story import SKIN_PHASES
from app.ui.client.skin_moment import moment
from app.ui.client.skin_view import PHASE_MS, SkinView
from app.ui.theme import Theme


@pytest.fixture
def skin(qtbot: QtBot, theme: Theme) -> SkinView:
    view = SkinView(theme)
    view.resize(500, 360)
    qtbot.addWidget(view)
    return view


def pixels(view: SkinView) -> np.ndarray:
    image = view.grab().toImage().convertToFormat(image_format())
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)


def image_format() -> object:
    from PySide6.QtGui import QImage

    return QImage.Format.Format_RGB32


def test_phases_look_different(skin: SkinView) -> None:
    shots = []
    for phase in SKIN_PHASES:
        skin.show_at(phase.id, 0.7)
        shots.append(pixels(skin))
    for one, other in itertools.pairwise(shots):
        assert (np.abs(one - other).sum(axis=2) > 40).mean() > 0.01


def test_a_roller_makes_many_channels_a_needle_one(skin: SkinView) -> None:
    skin.set_words(False)
    skin.show_at("roller", 1.0)
    row = pixels(skin)[round(0.25 * 360)]
    dark = (row[:, 2] < 160) & (row[:, 1] < 90)
    left, right = dark[:250], dark[250:]
    assert np.count_nonzero(np.diff(left.astype(int)) == 1) <= 2
    assert np.count_nonzero(np.diff(right.astype(int)) == 1) >= 5


def test_repair_follows_the_needle() -> None:
    assert moment("needle", 1.0).depth == 1.0
    assert moment("inflammation", 0.5).depth == 0.0
    assert moment("tissue", 1.0).new == 1.0
    assert moment("remodelling", 1.0).order == 1.0
    for first, second in (("needle", "inflammation"), ("inflammation", "tissue"), ("tissue", "remodelling")):
        before, after = moment(first, 1.0), moment(second, 0.0)
        for name in ("glow", "new", "order"):
            assert getattr(before, name) == pytest.approx(getattr(after, name)), (first, name)


def test_a_phase_is_played_and_stands_still(skin: SkinView, qtbot: QtBot) -> None:
    skin.show()
    skin.play("needle")
    qtbot.waitUntil(lambda: skin.share == 1.0, timeout=PHASE_MS + 4000)
    assert skin.phase == "needle"
