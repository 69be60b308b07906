"""The house keeps its shape: imports go one way, no layer needs what it must not, files stay small."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
SOURCES = sorted(APP.rglob("*.py"))

# What must not be loaded when every module of the layer is imported. They are beginnings of names:
# vtkmodules.vtkRendering stands for all rendering modules of VTK.
QT = ("PySide6", "pyvistaqt", "qtpy", "shiboken6")
RENDERING = ("vtkmodules.vtkRendering", "vtkmodules.all", "pyvista.plotting.plotter")
FORBIDDEN = {
    "domain": (*QT, "vtkmodules", "pyvista", "trimesh", "scipy", "numpy"),
    "geometry": (*QT, *RENDERING),
    "scene": QT,
}

LOAD_AND_LIST = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join(sorted(sys.modules)))
"""


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path) -> Iterator[str]:
    """Every name that the file imports, also inside functions, as a dotted path."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    # It would silence every logger that is there, and the tests that come later read the log.
    monkeypatch.setattr("logging.config.dictConfig", lambda _config: None)
    code = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_layer_loads_nothing_it_must_not_need(layer: str) -> None:
    modules = [module_name(path) for path in SOURCES if path.is_relative_to(APP / layer)]
    result = subprocess.run(
        [sys.executable, "-c", LOAD_AND_LIST, *modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    loaded = result.stdout.split()
    assert set(modules) <= set(loaded)
    assert [name for name in loaded if name.startswith(FORBIDDEN[layer])] == []


def test_geometry_names_no_rendering_module_even_inside_functions() -> None:
    # `vtk` loads every module of VTK; pyvista's plotting package draws.
    drawing = ("vtkmodules.vtkRendering", "vtkmodules.all", "pyvista.plotting", "pyvista.Plotter")
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (APP / "geometry").rglob("*.py")
        for name in imported_names(path)
        if name == "vtk" or name.startswith(("vtk.", *drawing))
    ]
    assert found == []


def test_files_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_every_test_folder_mirrors_a_layer() -> None:
    tests = (ROOT / "tests").rglob("test_*.py")
    folders = {path.parent.relative_to(ROOT / "tests").parts[:1] for path in tests}
    layers = {path.parent.relative_to(APP).parts[:1] for path in SOURCES}
    # These lie outside the package, or are a single module of it.
    assert folders - layers <= {("benchmarks",), ("meshes",), ("points",), ("cli",)}
