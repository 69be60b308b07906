"""./run on machines that lack something, played with stand-ins for apt, sudo and the environment."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="apt and ldconfig are of Debian and its kin")

LIBRARIES = re.findall(r"(lib\S+\.so\.\d+)=\S+", (ROOT / "scripts/setup.sh").read_text("utf-8"))


class Machine:
    """A clone in a folder with a space in its name, and commands that note how they were called."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "face points"
        self.commands = folder / "commands"
        self.log = folder / "log"
        self.commands.mkdir(parents=True)
        self.log.touch()
        (self.clone / "scripts").mkdir(parents=True)
        for name in ("run", "scripts/setup.sh", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, self.clone / name)
        self.stand_in("python3", f'exec "{sys.executable}" "$@"')
        self.stand_in("fc-list", "echo a-chinese-font.ttc")
        self.install_libraries(LIBRARIES)
        self.stand_in("apt-get", self.noting("apt-get"))
        self.stand_in("sudo", "exit 1")
        self.stand_in("id", "echo 1000")

    def stand_in(self, name: str, script: str) -> None:
        path = self.commands / name
        path.write_text(f"#!/bin/bash\n{script}\n")
        path.chmod(0o755)

    def install_libraries(self, names: list[str]) -> None:
        lines = "\n".join(f"\t{name} (libc6,x86-64) => /usr/lib/{name}" for name in names)
        self.stand_in("ldconfig", f"cat <<'END'\n{lines}\nEND")

    def noting(self, name: str) -> str:
        return f'echo {name} "$@" >>"{self.log}"'

    def make_environment(self) -> None:
        """An environment that counts as made, whose Python notes its arguments."""
        python = self.clone / ".venv/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(f"#!/bin/bash\n{self.noting('python')}\n")
        python.chmod(0o755)
        stamp = 'source scripts/setup.sh; fingerprint "$(find_python)" >.venv/facepoints-run'
        assert self.bash(stamp, cwd=self.clone).returncode == 0

    def bash(self, script: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}
        }
        path = f"{self.commands}:{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-c", script],
            cwd=cwd,
            env={**kept, "PATH": path, "CLONE": str(self.clone), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def run(self, arguments: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return self.bash(f'"$CLONE/run" {arguments}', cwd=self.commands.parent, **environment)

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "machine")


def test_without_the_right_to_install_one_command_is_named(machine: Machine) -> None:
    machine.install_libraries([])
    result = machine.run()
    assert result.returncode == 1
    command = result.stderr.splitlines()[-1].strip()
    assert command.startswith("sudo apt-get install -y --no-install-recommends ")
    assert {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(command.split())
    assert machine.calls == []
    assert not (machine.clone / ".venv").exists()


@pytest.mark.parametrize("right", ["root", "sudo"])
def test_with_the_right_to_install_apt_is_asked_for_what_is_missing(machine: Machine, right: str) -> None:
    machine.make_environment()
    machine.install_libraries([name for name in LIBRARIES if name != "libEGL.so.1"])
    if right == "root":
        machine.stand_in("id", "echo 0")
    else:
        machine.stand_in("sudo", 'shift; exec "$@"')
    result = machine.run("--version")
    assert result.returncode == 0, result.stderr
    assert machine.calls == [
        "apt-get update -q",
        "apt-get install -y --no-install-recommends libegl1 -q",
        "python -P -m app --version",
    ]


def test_a_failing_installation_stops_with_a_sentence(machine: Machine) -> None:
    machine.stand_in("id", "echo 0")
    machine.install_libraries([])
    machine.stand_in("apt-get", "exit 100")
    result = machine.run()
    assert result.returncode == 1
    assert "apt could not install them" in result.stderr


def test_a_missing_chinese_font_is_no_reason_to_stop(machine: Machine) -> None:
    machine.make_environment()
    machine.stand_in("fc-list", "true")
    result = machine.run("--version")
    assert result.returncode == 0
    assert "Chinese font" in result.stderr
    assert machine.calls == ["python -P -m app --version"]


def test_a_second_run_asks_neither_apt_nor_pip(machine: Machine) -> None:
    machine.make_environment()
    result = machine.run("", DISPLAY=":0")
    assert (result.returncode, result.stderr) == (0, "")
    assert machine.calls == ["python -P -m app"]


def test_without_a_display_the_opening_view_is_written(machine: Machine) -> None:
    machine.make_environment()
    result = machine.run("'my set.points.json'")
    assert result.returncode == 0
    assert result.stderr.count("\n") == 1
    assert "facepoints.png" in result.stderr
    assert machine.calls == [
        "python -P -m app render facepoints.png --goal lines --labels --set my set.points.json"
    ]


def test_other_commands_need_no_display(machine: Machine) -> None:
    machine.make_environment()
    assert machine.run("points --json").returncode == 0
    assert machine.calls == ["python -P -m app points --json"]


def test_run_works_through_a_link(machine: Machine) -> None:
    machine.make_environment()
    (machine.commands / "fp").symlink_to(machine.clone / "run")
    assert machine.bash("fp --version", cwd=Path("/")).returncode == 0
    assert machine.calls == ["python -P -m app --version"]


def test_a_changed_dependency_makes_the_environment_anew(machine: Machine) -> None:
    machine.make_environment()
    (machine.clone / "constraints.txt").write_text("numpy==0\n")
    (machine.clone / ".venv/pyvenv.cfg").touch()
    machine.stand_in("python3", f'[ "$1" != -m ] || exit 7; exec "{sys.executable}" "$@"')
    result = machine.bash(
        'source "$CLONE/scripts/setup.sh"; find_python() { command -v python3; }; setup run', cwd=Path("/")
    )
    assert result.returncode == 1
    assert "could not make the environment" in result.stderr
    assert not (machine.clone / ".venv").exists()


def test_a_folder_that_is_no_environment_is_left_alone(machine: Machine) -> None:
    (machine.clone / ".venv").mkdir()
    (machine.clone / ".venv/mine.txt").touch()
    result = machine.run()
    assert result.returncode == 1
    assert "is in the way" in result.stderr
    assert (machine.clone / ".venv/mine.txt").exists()


def test_an_old_python_is_not_enough(machine: Machine) -> None:
    machine.install_libraries([])
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"):
        machine.stand_in(name, "exit 1")
    result = machine.run()
    assert result.returncode == 1
    assert "python3 python3-venv" in result.stderr
