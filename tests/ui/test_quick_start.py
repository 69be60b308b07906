"""The start leaves matplotlib's drawing half out, and who needs it still gets it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"MPLBACKEND": "agg"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_window_is_imported_without_matplotlibs_drawing_half() -> None:
    code = """
import sys
from app.ui.quick_start import import_pyvista
import_pyvista()
import app.ui.main_window
print([name for name in ("matplotlib.figure", "matplotlib.axes") if name in sys.modules])
"""
    assert run(code) == "[]"


def test_a_chart_can_still_be_drawn() -> None:
    code = """
from app.ui.quick_start import import_pyvista
import_pyvista()
import pyvista
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
axes.plot([0, 1], [0, 1])
chart = pyvista.ChartMPL(figure)
print(type(chart).__name__, len(figure.axes))
"""
    assert run(code) == "ChartMPL 1"


def test_what_is_imported_already_is_left_alone() -> None:
    code = """
import matplotlib.pyplot as before
from app.ui.quick_start import import_pyvista
import_pyvista()
import matplotlib.pyplot as after
print(after is before)
"""
    assert run(code) == "True"
