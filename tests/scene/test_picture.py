from pathlib import Path

import numpy as np
import pytest
import pyvista

from app.geometry.sites import Sites
from app.scene.markers import Marker
from app.scene.picture import PictureProblem, picture, write_png
from tests.scene.baselines import assert_looks_like, only_changes
from tests.scene.places import markers_on

SIZE = (360, 320)


@pytest.mark.parametrize("view", ["front", "three-quarter-left", "body-front"])
def test_markers_look_as_they_should(sites: Sites, view: str, tmp_path: Path) -> None:
    # One colour or two each: the number in a shared marker is text, which no baseline should have.
    markers = [Marker(one.site, one.colors[:1], one.shape) for one in markers_on(sites, 2)]
    image, bare = picture(size=SIZE, view=view, sites=sites, markers=markers), picture(size=SIZE, view=view)
    assert_looks_like(only_changes(image, bare), f"markers-{view}", tmp_path)


def test_picture_is_as_large_as_asked_and_upright() -> None:
    image = picture(size=(301, 203))
    assert image.shape == (203, 301, 3)
    # The head is above the shoulders, which are wider.
    figure_there = np.abs(image.astype(int) - image[100, 0]).max(axis=2) > 40
    assert figure_there[190:].sum(axis=1).mean() > 1.3 * figure_there[60:100].sum(axis=1).mean()


def test_eyes_can_be_shut() -> None:
    opened, shut = picture(size=SIZE), picture(size=SIZE, eyes="shut")
    changed = np.abs(opened.astype(int) - shut).max(axis=2) > 30
    assert changed.any()
    rows, _ = np.nonzero(changed)
    assert rows.max() - rows.min() < SIZE[1] / 4


def test_labels_are_drawn_when_asked_for(sites: Sites) -> None:
    markers = markers_on(sites, 4)
    plain, labelled = (
        picture(size=SIZE, sites=sites, markers=markers, labels=labels) for labels in (False, True)
    )
    assert (np.abs(plain.astype(int) - labelled).max(axis=2) > 40).sum() > 300


def test_themes_differ() -> None:
    light, dark = picture(size=SIZE), picture(size=SIZE, theme="dark")
    assert light[5, 5].min() > 200
    assert dark[5, 5].max() < 80


def test_file_holds_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "front.png"
    image = picture(path, size=(120, 90))
    kept = np.asarray(pyvista.read(path).active_scalars).reshape(90, 120, 3)[::-1]
    assert np.array_equal(image, kept)
    assert [one.name for one in tmp_path.iterdir() if one.name != "home"] == ["front.png"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    image = np.zeros((4, 4, 3), np.uint8)
    (tmp_path / "folder.png").mkdir()
    for path in (tmp_path / "missing" / "a.png", tmp_path / "folder.png"):
        with pytest.raises(PictureProblem, match="cannot be written"):
            write_png(path, image)
    assert sorted(one.name for one in tmp_path.iterdir() if one.name != "home") == ["folder.png"]


def test_an_older_picture_survives_a_failed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    write_png(path, np.zeros((4, 4, 3), np.uint8))
    before = path.read_bytes()

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.scene.picture.os.fsync", fail)
    with pytest.raises(PictureProblem, match="No space left"):
        write_png(path, np.full((4, 4, 3), 255, np.uint8))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.name != "home"] == ["a.png"]


def test_an_unknown_view_is_refused() -> None:
    with pytest.raises(KeyError, match="sideways"):
        picture(size=(64, 64), view="sideways")
