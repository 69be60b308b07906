"""Wheel and sdist hold all that the program needs, and an installed `facepoints` works without the clone."""

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app import __version__

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def build(kind: str, folder: Path) -> Path:
    result = run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    (archive,) = folder.iterdir()
    return archive


def data_files() -> set[str]:
    """The files of meshes/ and points/ that the program reads, relative to the clone."""
    files = (path for folder in ("meshes", "points") for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files if path.suffix not in {".py", ".pyc"}}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def test_wheel_holds_the_package_its_data_and_its_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    about = f"facepoints-{__version__}.dist-info"
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py")}
    data = {f"app/_data/{name}" for name in data_files()}
    assert data
    assert package | data | {f"{about}/licenses/LICENSE", f"{about}/licenses/NOTICE"} <= names
    assert {name.split("/")[0] for name in names} == {"app", about}
    assert {name for name in names if name.startswith("app/_data/")} == data


def test_sdist_holds_all_that_a_wheel_is_made_from(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path / "dist")) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    assert data_files() | {"pyproject.toml", "README.md", "LICENSE", "NOTICE", "app/__init__.py"} <= names


@pytest.mark.slow
def test_installed_command_works_without_the_clone(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    installed = run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        site,
        wheel,
        cwd=elsewhere,
    )
    assert installed.returncode == 0, installed.stderr
    facepoints = site / "bin" / "facepoints"
    # Ahead of the clone, which an editable installation may have put on the path.
    paths = {"PYTHONPATH": str(site)}

    place = run(sys.executable, "-P", "-c", "import app; print(app.__file__)", cwd=elsewhere, **paths)
    assert Path(place.stdout.strip()).is_relative_to(site)

    version = run(facepoints, "--version", cwd=elsewhere, **paths)
    assert (version.returncode, version.stderr) == (0, "")
    assert version.stdout.split() == ["facepoints", __version__]

    points = run(facepoints, "points", "--goal", "lines", "--json", cwd=elsewhere, **paths)
    assert (points.returncode, points.stderr) == (0, "")
    assert all("lines" in site["goals"] for site in json.loads(points.stdout))
    assert len(json.loads(points.stdout)) > 10


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        Requirement(line)
        for lines in (project["dependencies"], *project["optional-dependencies"].values())
        for line in lines
    ]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    versions = {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}
    assert len(versions) == len(pins)
    for requirement in wanted:
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), str(requirement)


def test_clone_is_not_tied_to_one_registry() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
