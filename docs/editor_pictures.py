"""Takes the pictures of docs/editor.md in the real window: python -m docs.editor_pictures (xvfb-run will do)."""

import os
import sys
import tempfile
from pathlib import Path

import msgspec
import numpy as np
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.codec import write_document
from app.domain.edits import points
from app.domain.record import Position
from app.ui.application import make_application, make_window
from app.ui.edit.session import EditSession
from app.ui.settings import Settings
from app.ui.theme import Theme
from app.ui.viewport import FLIGHT_MS
from tests.ui.edit.hands import LEFT, NONE, Hands

FOLDER = Path(__file__).parent / "pictures"
GROUPS = {
    "Around the eye": ((57, 24), (45, 1), (22, 1)),
    "Cheek and mouth": ((52, -22), (28, -26), (33, -52)),
    "Midline": ((0, -33), (0, 62)),
}


def keep(widget: QWidget, name: str) -> None:
    """Write a picture of the window, or of part of it."""
    QTest.qWait(400)
    widget.grab().save(str(FOLDER / f"{name}.jpg"), quality=88)


def course(hands: Hands) -> None:
    """A small course set."""
    panel, session = hands.room.set_panel, hands.session
    panel.title.setText("Evening course")
    panel.title.editingFinished.emit()
    panel.add_goal("Bright face")
    goal = session.goal
    for title, places in GROUPS.items():
        session.select([])
        session.select_group("", goal)
        panel.add_group(title)
        group = session.group
        hands.tool("place")
        for x, y in places:
            session.select([])
            session.select_group(group)
            hands.click(hands.face(x, y))


def main() -> int:
    """Take all pictures."""
    # What the person who runs it has set and not saved is none of the pictures' business.
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ[name] = tempfile.mkdtemp()
    application = make_application()
    theme = Theme("light", 1.0, application)
    window = make_window(theme, Settings())
    assert window is not None
    window.resize(1280, 800)
    window.show()
    QTest.qWait(800)
    hands = Hands(window)
    session = hands.session
    course(hands)
    QTest.mouseMove(hands.figure, hands.face(40, -40))
    keep(window, "edit-place")

    session.select([])
    session.select_group(session.document.groups[1].id)
    hands.settle(200)
    keep(window, "edit-group")

    session.select(["ST4"])
    session.do(
        lambda d: points.place_point(d, session.base, "ST4", session.base.points["ST4"].position or (0, 0, 0))
    )
    hands.tool("move")
    start, end = hands.site("ST4"), hands.face(36, -44)
    hands.drag(start, end, release=False)
    hands.settle(400)
    QTest.mouseMove(hands.figure, end)
    keep(window, "edit-move")
    QTest.mouseRelease(hands.figure, LEFT, NONE, end)

    twin = session.document.points[1].position or (0.0, 0.0, 0.0)
    near = session.skin.nudge(session.skin.nearest(np.array(twin), "left"), np.array([0.0, -1.0, 0.0]), 1.2)
    x, y, z = (float(value) for value in near.position)
    session.do(lambda d: points.place_point(d, session.base, "P1", (x, y, z)))
    session.do(lambda d: points.unlink_sides(d, session.base, ["P4"]))
    session.do(lambda d: points.place_point(d, session.base, "P4", (x + 6, y - 26, z - 8)))
    hands.room.health.examine()
    session.select([])
    hands.room._tabs.setCurrentIndex(2)
    keep(window, "edit-health")

    session.start_template(["GB14", "LI20", "GV26"])
    hands.room._tabs.setCurrentIndex(0)
    keep(window, "edit-template")
    session.end_template()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "second-trainer.points.json"
        theirs = [
            msgspec.structs.replace(point, position=_moved(session, point.position, number))
            if point.position is not None and point.laterality == "bilateral"
            else point
            for number, point in enumerate(session.document.points)
        ]
        theirs[3] = msgspec.structs.replace(
            theirs[3], english="Below the cheekbone", cautions=("Facial artery.",)
        )
        write_document(path, msgspec.structs.replace(session.document, points=tuple(theirs)))
        hands.tool("select")
        hands.room.files.compare(path)
        assert hands.room.comparison is not None
        hands.room.comparison.table.selectRow(3)
        QTest.qWait(2 * FLIGHT_MS)
        keep(window, "edit-compare")
        hands.room.end_comparison()

    theme.set_choice("dark")
    session.select(["ST4"])
    hands.room._tabs.setCurrentIndex(0)
    keep(window, "edit-dark")
    hands.finish()
    window.close()
    return 0


def _moved(session: EditSession, position: Position, number: int) -> Position:
    place = session.skin.nearest(np.array(position), "left")
    angle = 2.4 * number
    way = np.array([np.cos(angle), np.sin(angle), 0.0])
    x, y, z = (
        round(float(value), 3) for value in session.skin.nudge(place, way, 0.6 + 0.4 * (number % 4)).position
    )
    return (x, y, z)


if __name__ == "__main__":
    sys.exit(main())
