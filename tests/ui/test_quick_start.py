"""The start leaves matplotlib and qtpy out, and who needs them still gets them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"MPLBACKEND": "agg", "QT_API": "pyside6"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_window_is_imported_without_what_it_does_not_need() -> None:
    code = """
import sys
from app.ui.quick_start import import_pyvista
import_pyvista()
import app.ui.main_window
from app.geometry.figure import load_figure
load_figure().neutral
print(sorted({name.split(".")[0] for name in sys.modules} & {"matplotlib", "qtpy", "scipy"}))
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


@pytest.mark.parametrize("wanted", ["'viridis'", "['red', 'blue']", "matplotlib.colormaps['magma']"])
def test_a_mesh_can_still_be_coloured_by_a_colour_map(wanted: str) -> None:
    code = f"""
from app.ui.quick_start import import_pyvista
import_pyvista()
import matplotlib
import pyvista
table = pyvista.LookupTable({wanted}, n_values=2)
plain = pyvista.plotting.colors.get_cmap_safe({wanted})
close = all(abs(one - 255 * part) <= 1 for one, part in zip(table.values[0].tolist(), plain(0.0)))
print(close, isinstance(plain, matplotlib.colors.Colormap))
"""
    assert run(code) == "True True"


def test_a_colour_map_that_is_none_is_still_refused() -> None:
    code = """
from app.ui.quick_start import import_pyvista
import_pyvista()
import pyvista
try:
    pyvista.LookupTable("no such map")
except ValueError as error:
    print(type(error).__name__)
"""
    assert run(code) == "ValueError"


def test_who_asks_qtpy_later_gets_qtpy() -> None:
    code = """
from app.ui.quick_start import import_pyvista
import_pyvista()
import pyvistaqt
import qtpy.QtWidgets
from PySide6.QtGui import QAction
print(qtpy.API_NAME, qtpy.QtWidgets.QAction is QAction is pyvistaqt.plotting.QAction)
"""
    assert run(code) == "PySide6 True"


def test_what_is_imported_already_is_left_alone() -> None:
    code = """
import matplotlib.pyplot as before
from app.ui.quick_start import import_pyvista
import_pyvista()
import matplotlib.pyplot as after
print(after is before)
"""
    assert run(code) == "True"


def test_a_pyvista_that_wants_more_is_imported_the_plain_way() -> None:
    code = """
import sys
from app.ui import quick_start
quick_start._MATPLOTLIB = ("matplotlib", "matplotlib.backends")
quick_start.import_pyvista()
import pyvista
print(type(sys.modules["matplotlib"]).__name__, pyvista.Plotter.__name__)
"""
    assert run(code) == "module Plotter"
