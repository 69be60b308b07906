"""Finding and loading what comes with the program."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.domain import places
from app.domain.builtin import FOLDERS, builtin_files
from app.domain.places import data_folder
from app.domain.problems import FileProblem


def test_the_data_of_the_clone_are_found() -> None:
    root = Path(__file__).parents[2]
    assert data_folder("points") == root / "points"


def test_an_installed_package_has_its_own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "app" / "_data" / "points"
    installed.mkdir(parents=True)
    (tmp_path / "points").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "app")
    assert data_folder("points") == installed


def test_missing_data_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "app")
    with pytest.raises(FileProblem, match="meshes, the folder: is missing; install Facepoints again"):
        data_folder("meshes")


def test_every_file_of_points_is_loaded() -> None:
    root = data_folder("points")
    documents = {path for path in root.rglob("*.json") if path.parent.name != "schema"}
    assert documents == set(builtin_files())
    assert {path.parent.name for path in documents} == set(FOLDERS)


def test_the_domain_imports_nothing_heavy() -> None:
    code = (
        "import sys; from app.domain.builtin import load_library; load_library(); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & set(sys.argv[1:])))"
    )
    heavy = [
        "numpy",
        "scipy",
        "trimesh",
        "vtkmodules",
        "pyvista",
        "PySide6",
        "dataclasses",
        "difflib",
    ]
    answer = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert answer.stdout.strip() == "[]"
