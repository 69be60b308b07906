"""Takes the pictures of docs/client-mode.md: a consultation in the real window on a display, and its handout.

xvfb-run -a -s "-screen 0 1280x800x24" python docs/client_pictures.py [FOLDER]

The pages of the handout need pdftoppm (poppler-utils).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.application import make_application, make_window
from app.ui.client.room import QUESTIONS, TREATMENT, ClientRoom
from app.ui.main_window import MainWindow
from app.ui.settings import Settings
from app.ui.theme import Theme

FLIGHT_MS, GROWTH_MS, PHASE_MS = 1500, 9000, 4300
QUALITY = 88


def consult(window: MainWindow, folder: Path) -> None:
    """Plan, questions, story and treatment, a picture of each."""

    def take(name: str, pause: int = FLIGHT_MS) -> None:
        QTest.qWait(pause)
        window.grab().save(str(folder / f"client-{name}.jpg"), quality=QUALITY)

    next(action for action in window.modes.actions_in_order if action.text() == "Client").trigger()
    room = window._entered
    assert isinstance(room, ClientRoom)
    plan = room.plan
    plan.set_goal("elasticity", True)
    plan.select("GB14")
    take("plan")
    plan.select(None)
    for caution in ("anticoagulants", "epilepsy", "pacemaker"):
        plan.answer(caution, False)
    room.tabs.setCurrentIndex(QUESTIONS)
    plan.answer("pregnancy", True)
    plan.answer("botox", True, ("brows",))
    take("questions")
    plan.set_body_variant("body_pregnancy_compatible")
    plan.answer("botox", False)
    room.show_story()
    for step, name, pause in (
        ("where-lines", "story", FLIGHT_MS),
        ("time", "needles", GROWTH_MS),
        ("skin-tissue", "skin", PHASE_MS),
        ("skin-roller", "roller", PHASE_MS),
        ("known", "known", FLIGHT_MS),
    ):
        while room.story.step.id != step:
            room.story.next()
        take(name, pause)
    window.enter(room)
    plan.decide("pregnancy", True)
    room.tabs.setCurrentIndex(TREATMENT)
    room.treatment.begin()
    for _ in range(16):
        room.treatment.confirm()
    room.treatment.leave_rest()
    for _ in range(15):
        room.treatment.confirm()
    room.treatment.try_to_finish()
    take("treatment")


def handout(folder: Path) -> None:
    """Two pages of a handout, side by side in one folder."""
    with tempfile.TemporaryDirectory() as work:
        pdf = Path(work) / "plan.pdf"
        asked = ["--goal", "lines", "--goal", "elasticity", "--caution", "pregnancy"]
        asked += ["--treatment", "body_pregnancy_compatible", "--out", str(pdf)]
        subprocess.run([sys.executable, "-m", "app", "sheet", *asked], check=True)
        for page, name in ((2, "pictures"), (4, "points")):
            target = folder / f"client-handout-{name}"
            subprocess.run(
                [
                    "pdftoppm",
                    "-jpeg",
                    "-r",
                    "80",
                    "-f",
                    str(page),
                    "-l",
                    str(page),
                    "-singlefile",
                    pdf,
                    target,
                ],
                check=True,
            )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pictures"
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = home
        application: QApplication = make_application()
        window = make_window(Theme("light", 1.0, application), Settings())
        if window is None:
            sys.exit("there is no figure or library")
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window, 5000)
        consult(window, folder)
        window.close()
    handout(folder)


if __name__ == "__main__":
    main()
