"""A trainer's day in the real window, in two programs: `build` ends by being killed, `recover` goes on from there.

Started by test_story.py; each part tells on stdout how far it has come.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.application import make_application, make_window
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from app.ui.theme import Theme
from tests.ui.edit.hands import Hands

GROUPS = {
    "Around the eye": ((57, 24), (45, 1), (22, 1), (30, 50)),
    "Cheek": ((40, -14), (52, -22), (28, -26), (45, -45)),
    "Mouth and midline": ((33, -52), (0, -33), (0, -70), (0, 62)),
}
MIRRORED = "Cheek"


def start() -> MainWindow:
    application = make_application()
    window = make_window(Theme(_theme(), 1.0, application), Settings())
    assert window is not None
    window.resize(1280, 800)
    window.show()
    QTest.qWait(800)
    return window


def build(path: Path, pictures: Path | None) -> None:
    """Twelve points in three groups and one goal from nothing; saved; killed during the next edit."""
    window = start()
    hands = Hands(window)
    hands.session.set_switch("context", False)
    hands.room.set_panel.title.setText("Evening course")
    hands.room.set_panel.title.editingFinished.emit()
    hands.room.set_panel.new_goal()
    hands.type_words("Bright face")
    goal = hands.session.goal
    for title, places in GROUPS.items():
        hands.session.select([])
        hands.session.select_group("", goal)
        hands.room.set_panel.new_group()
        hands.type_words(title)
        group = hands.session.group
        hands.tool("place")
        for x, y in places:
            hands.session.select([])
            hands.session.select_group(group)
            hands.click(hands.face(x, y))
            assert hands.session.selected, f"nothing was placed at {x}, {y}: {hands.room._told.text()}"
        if title == "Around the eye":
            picture(window, pictures, "edit-place")
    assert len(hands.session.document.points) == 12
    assert [len(group.points) for group in hands.session.document.groups] == [4, 4, 4]
    assert hands.session.document.goals[0].groups == tuple(
        group.id for group in hands.session.document.groups
    )

    # One side of the cheek is changed by itself, then the whole group is mirrored.
    cheek = next(group for group in hands.session.document.groups if group.title == MIRRORED)
    codes = [item.code for item in cheek.points]
    hands.session.select([])
    hands.session.set_switch("both_sides", False)
    hands.tool("move")
    hands.drag(hands.site(codes[0]), hands.face(42, -10))
    assert hands.session.point(codes[0]).position_right is not None  # type: ignore[union-attr]
    hands.session.set_switch("both_sides", True)
    hands.session.select(codes)
    hands.room.actions.relink.trigger()
    assert all(hands.session.point(code).position_right is None for code in codes)  # type: ignore[union-attr]

    # A slip: a point is dragged too far, and taken back.
    before = hands.session.document
    start_, end = hands.site(codes[1]), hands.face(20, -60)
    hands.drag(start_, end, release=False)
    hands.settle(150)
    picture(window, pictures, "edit-move")
    QTest.mouseRelease(hands.figure, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert hands.session.document != before
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.session.document == before

    hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hands.choose_file(str(path))
    assert path.exists()
    hands.room._tabs.setCurrentIndex(2)
    hands.room.health.examine()
    picture(window, pictures, "edit-health")
    hands.room._tabs.setCurrentIndex(3)
    picture(window, pictures, "edit-history")
    hands.room._tabs.setCurrentIndex(1)
    hands.session.select([])
    hands.session.select_group("", goal)
    picture(window, pictures, "edit-groups")
    tell("SAVED")

    # The next edit is under way, its last step a moment old, when the program is killed.
    hands.tool("place")
    hands.session.select([])
    hands.click(hands.face(26, 75))
    hands.session.file.autosaved.connect(lambda: tell("KEPT"))
    hands.tool("move")
    hands.drag(hands.site(hands.session.selected[-1]), hands.face(24, 70), release=False)
    while True:
        QTest.qWait(100)


def recover(path: Path, pictures: Path | None) -> None:
    """The next start offers what was there; it is taken, saved and looked at in Explore."""
    window = start()
    window.offer_recovery()
    QTest.qWait(400)
    assert window.edit is not None
    hands = Hands(window)
    picture(window, pictures, "edit-recover")
    hands.answer("Recover")
    assert len(hands.session.document.points) == 13
    assert hands.session.file.path == path
    assert hands.session.file.is_dirty
    hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hands.settle(200)
    assert not hands.session.file.is_dirty
    window.modes.actions_in_order[0].trigger()
    hands.settle(200)
    assert "bright_face" in window.state.library.goals
    window.state.clear()
    window.state.set_goal("bright_face", True)
    hands.settle(400)
    assert len(window.state.points) == 12
    picture(window, pictures, "edit-explore")
    tell("SHOWN")
    window.close()


def picture(window: MainWindow, folder: Path | None, name: str) -> None:
    """Keep a picture of the window, where pictures are wanted."""
    if folder is not None:
        QTest.qWait(250)
        window.grab().save(str(folder / f"{name}.png"))


def tell(word: str) -> None:
    """Say how far the story has come."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _theme() -> str:
    return os.environ.get("FACEPOINTS_STORY_THEME", "light")


if __name__ == "__main__":
    part, file, *folder = sys.argv[1:]
    {"build": build, "recover": recover}[part](Path(file), Path(folder[0]) if folder else None)
