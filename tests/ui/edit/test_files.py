"""Files of the editor in the real window: imported, compared, saved."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.canonical import canonical_json
from app.domain.codec import read_document, write_document
from app.domain.document import Document
from app.domain.edits import points
from app.domain.edits.groups import add_group, change_title
from app.domain.points import Point
from app.domain.recovery import Recovery, write_recovery
from app.ui.edit.compare_panel import MM, TAKE, WHAT, ComparePanel
from app.ui.recent_files import RecentFiles
from app.ui.recovery_folder import state_folder
from tests.ui.conftest import MakeWindow
from tests.ui.edit.hands import Hands, place, position

pytestmark = pytest.mark.gl


def test_a_file_that_is_dropped_is_imported_and_undone_in_one_step(hands: Hands, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("label,x,y,z\nST4,32.8,-47.5,79.2\nMINE,30.0,58.0,81.7\n")
    hands.room.files.take(table)
    assert {point.code for point in hands.session.document.points} == {"ST4", "MINE"}
    assert hands.session.file.history.words == ("Import t.csv",)
    hands.room.actions.undo.trigger()
    assert hands.session.document.points == ()


def test_a_file_in_metres_is_asked_about(hands: Hands, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("label,x,y,z\nST4,0.0328,-0.0475,0.0792\nMINE,0.030,0.058,0.0817\n")
    hands.room.files.take(table)
    assert hands.session.document.points == ()
    hands.answer("Read it this way")
    assert len(hands.session.document.points) == 2


def test_comparing_and_merging(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    session = hands.session
    code = place(hands, 42, -12)
    theirs = points.place_point(
        session.document, session.base, code, tuple(position(session, code) + np.array([1.0, 0.0, 0.0]))
    ).document
    theirs = add_group(theirs, session.base, "Theirs", [code]).document
    path = tmp_path / "theirs.points.json"
    write_document(path, theirs)
    hands.room.files.compare(path)
    panel = hands.room.comparison
    assert panel is not None
    assert panel.isVisible()
    assert [one.name for one in panel.differences] == [code, "theirs"]
    assert [panel.table.item(row, WHAT).text() for row in (0, 1)] == ["place", "only there"]
    assert float(panel.table.item(0, MM).text()) > 0.5
    panel.table.item(0, TAKE).setCheckState(Qt.CheckState.Checked)
    panel.merge()
    assert session.document.groups == theirs.groups
    assert session.document.points[0].position is not None
    assert session.document.points[0].position[0] == pytest.approx(43, abs=1.0)
    assert session.file.history.words[-1] == "Merge theirs.points.json"
    assert panel.isVisible()
    assert panel.differences == ()
    assert panel.report.text().startswith(f"Took over {code} and the group Theirs of theirs.points.json.")
    session.file.undo()
    qtbot.waitUntil(lambda: [one.name for one in panel.differences] == [code, "theirs"])
    panel.closed.emit()
    assert hands.room.comparison is None
    assert hands.room._tabs.count() == 4


def compared(hands: Hands, folder: Path, theirs: Document) -> ComparePanel:
    path = folder / "hers.points.json"
    write_document(path, theirs)
    hands.room.files.compare(path)
    assert hands.room.comparison is not None
    return hands.room.comparison


def hers(hands: Hands, *codes: str, off: float = 0.0) -> Document:
    """A set with a group of points of its own, so far off the skin."""
    found = []
    for number, code in enumerate(codes):
        place = hands.session.skin.nearest(np.array([25.0 + 9 * number, -35.0, 85.0]), "left")
        x, y, z = (round(float(value), 3) for value in place.position + off * place.normal)
        fields = {"laterality": "bilateral", "part": "face", "use": "face"}
        found.append(Point(code=code, position=(x, y, z), status="placed", **fields))  # type: ignore[arg-type]
    document = Document(figure=hands.session.figure.fingerprint, points=tuple(found))
    return add_group(document, hands.session.base, "Hers", codes).document


def test_a_merge_offers_what_it_needs_and_says_what_it_laid(hands: Hands, tmp_path: Path) -> None:
    panel = compared(hands, tmp_path, hers(hands, "HER1", "HER2", off=0.8))
    note = "Laid onto the skin: 2 points, the farthest from 0.80 mm off (up to 5 mm is allowed)."
    assert panel._notes.text() == note
    assert [one.name for one in panel.differences] == ["HER1", "HER2", "hers"]
    for row in (0, 1):
        panel.table.item(row, TAKE).setCheckState(Qt.CheckState.Unchecked)
    panel.merge()
    box = hands.dialog(QMessageBox)
    assert box.informativeText() == (
        "The group Hers needs HER1 and HER2 of hers.points.json, which are not in this set and not ticked."
    )
    assert hands.session.document.points == ()
    hands.answer("Take them over too")
    assert [point.code for point in hands.session.document.points] == ["HER1", "HER2"]
    assert hands.session.file.history.words == ("Merge hers.points.json",)
    assert panel.report.text().endswith(note)


def test_a_row_of_a_comparison_is_flown_to_and_stays_in_front(
    hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    theirs = hers(hands, "HER1", "HER2")
    panel = compared(hands, tmp_path, theirs)
    stage = hands.window.viewport.stage
    assert stage is not None
    for row, code in enumerate(("HER1", "HER2")):
        panel.table.selectRow(row)
        qtbot.waitUntil(lambda: hands.window.viewport._flight is None)
        x, y, z = stage.views.state.focus
        assert (abs(x), y, z) == pytest.approx(theirs.points[row].position, abs=0.01), code
    panel.merge()
    hands.session.select(["HER1"])
    assert panel.isVisible()
    panel.refresh()
    hands.window.modes.actions_in_order[0].trigger()
    hands.window.modes.actions_in_order[-1].trigger()
    assert panel.isVisible()


def test_the_side_that_differs_is_flown_to(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    code, session = place(hands, 42, -12), hands.session
    theirs = points.unlink_sides(session.document, session.base, [code]).document
    place_right = session.skin.nearest(np.array([-44.0, -16.0, 75.0]), "right").position
    x, y, z = (float(value) for value in place_right)
    theirs = points.place_point(theirs, session.base, code, (x, y, z), "right", one_side=True).document
    panel = compared(hands, tmp_path, theirs)
    stage = hands.window.viewport.stage
    assert stage is not None
    at = panel.table.visualItemRect(panel.table.item(0, WHAT)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: hands.window.viewport._flight is None)
    assert stage.views.state.focus[0] < -30
    assert stage.views.state.azimuth < 0


def test_saving_asking_and_closing(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "course.points.json"
    place(hands, 42, -12)
    hands.room.actions.save.trigger()
    hands.choose_file(str(path))
    assert len(read_document(path).points) == 1
    place(hands, 30, -40)
    hands.window.close()
    assert hands.window.isVisible()
    hands.answer("Cancel")
    assert len(hands.session.document.points) == 2
    write_document(path, Document(title="Another program"))
    hands.room.actions.save.trigger()
    hands.answer("Overwrite it")
    assert len(read_document(path).points) == 2
    assert not hands.session.file.is_dirty


def test_a_file_opened_in_explore_is_the_one_that_is_edited(make_window: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "course.points.json"
    write_document(path, change_title(Document(), "Course").document)
    window = make_window()
    window.open_file(path)
    hands = Hands(window)
    assert hands.session.file.path == path
    assert hands.session.document.title == "Course"
    hands.finish()


def test_a_set_in_utf_16_is_opened_and_said_to_be_saved_otherwise(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "course.points.json"
    path.write_text(canonical_json(change_title(Document(), "Kurs für Anfänger").document), "utf-16")
    hands.room.files.open(path)
    assert hands.session.document.title == "Kurs für Anfänger"
    assert hands.room._told.text() == "course.points.json is in UTF-16; what is saved is in UTF-8."
    assert not hands.session.file.is_dirty


def test_the_file_menu_and_the_title_follow_the_mode(hands: Hands) -> None:
    window, modes = hands.window, hands.window.modes.actions_in_order

    def words() -> list[str]:
        actions = window.menuBar().actions()[0].menu().actions()
        return [one.text().replace("&", "") for one in actions if one.isVisible() and one.text()]

    edit = ["New set", "Open...", "Recent", "Save", "Save as...", "Import points...", "Export..."]
    for _ in range(2):
        assert words() == [*edit, "Compare with another set...", "Quit"]
        assert window.windowTitle() == "new set - Facepoints"
        modes[0].trigger()
        assert words() == ["Open point set...", "Built-in points only", "Quit"]
        assert window.windowTitle() == "Facepoints"
        modes[-1].trigger()


def test_a_name_is_suggested_in_the_folder_used_last(hands: Hands, tmp_path: Path) -> None:
    hands.session.do(lambda d: change_title(d, "Course: eyes & brow"))
    hands.room.actions.save_as.trigger()
    assert Path(hands.dialog(QFileDialog).selectedFiles()[0]).name == "course-eyes-brow.points.json"
    hands.choose_file(str(tmp_path / "mine.points.json"))
    hands.room.actions.export.trigger()
    assert Path(hands.dialog(QFileDialog).selectedFiles()[0]) == tmp_path / "mine.mrk.json"
    hands.dialog(QFileDialog).reject()


def test_opening_and_comparing_begin_in_the_folder_used_last(hands: Hands, tmp_path: Path) -> None:
    RecentFiles().used(tmp_path / "mine.points.json")
    hands.room.actions.compare.trigger()
    assert Path(hands.dialog(QFileDialog).directory().path()) == tmp_path
    hands.dialog(QFileDialog).reject()
    hands.window.modes.actions_in_order[0].trigger()
    path = tmp_path / "other" / "course.points.json"
    path.parent.mkdir()
    write_document(path, change_title(Document(), "Course").document)
    open_action = hands.window.menuBar().actions()[0].menu().actions()[0]
    open_action.trigger()
    assert Path(hands.dialog(QFileDialog).directory().path()) == tmp_path
    hands.choose_file(str(path))
    open_action.trigger()
    assert Path(hands.dialog(QFileDialog).directory().path()) == path.parent
    hands.dialog(QFileDialog).reject()


def test_a_set_of_another_figure_is_asked_about(hands: Hands, tmp_path: Path) -> None:
    st4 = hands.session.base.points["ST4"]
    path = tmp_path / "old.points.json"
    write_document(path, Document(figure="0123", title="Old", points=(st4,)))
    hands.window.modes.actions_in_order[0].trigger()
    before = hands.window.state.library
    hands.window.open_file(path)
    hands.answer("Cancel")
    assert hands.window.state.library is before
    hands.window.open_file(path)
    hands.answer("Place them again, in Edit")
    hands.answer("OK")
    assert hands.session.document.title == "Old"
    assert hands.session.document.figure == hands.session.figure.fingerprint
    assert hands.session.file.is_dirty
    assert read_document(path).figure == "0123"
    hands.room.actions.save.trigger()
    assert read_document(path).figure == hands.session.figure.fingerprint
    hands.window.modes.actions_in_order[0].trigger()
    hands.window.open_file(path)
    assert hands.window.state.points


def test_what_is_asked_at_the_start_comes_one_after_the_other(hands: Hands, tmp_path: Path) -> None:
    lost = change_title(Document(figure=hands.session.figure.fingerprint), "Lost").document
    recovery = Recovery(document=lost, path=None, seen=None, saved_at="yesterday")
    write_recovery(state_folder("recovery") / "lost.json", recovery)
    bad = tmp_path / "bad.points.json"
    bad.write_text("{")
    window = hands.window
    window.open_file(bad)
    window.offer_recovery()
    hands.settle()
    (told,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    assert told.text() == "bad.points.json was not opened"
    hands.answer("OK")
    assert hands.dialog(QMessageBox).text() == "Recover unsaved changes to Lost?"
    hands.answer("Recover")
    assert hands.session.document.title == "Lost"
