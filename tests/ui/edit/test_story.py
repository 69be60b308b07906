"""A course set from nothing to a class: built, saved, lost by a kill, recovered, shown, rendered."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.domain.codec import read_document

ROOT = Path(__file__).parents[3]


def run(part: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.edit.story", part, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
    )


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_course_set_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "course.points.json"
    with run("build", path) as first:
        assert first.stdout is not None
        assert first.stderr is not None
        for wanted in ("SAVED", "KEPT"):
            line = first.stdout.readline().strip()
            if line != wanted:
                first.kill()
                pytest.fail(f"{line or 'the program ended'}: {first.stderr.read()[-2000:]}")
        first.send_signal(signal.SIGKILL)
    saved = read_document(path)
    assert (len(saved.points), len(saved.groups), len(saved.goals)) == (12, 3, 1)
    with run("recover", path) as second:
        said, problems = second.communicate(timeout=120)
    assert said.strip() == "SHOWN", problems[-2000:]
    assert second.returncode == 0
    assert len(read_document(path).points) == 13
    picture = tmp_path / "course.png"
    assert (
        main(["render", str(picture), "--set", str(path), "--goal", "bright_face", "--size", "640x400"]) == 0
    )
    assert picture.read_bytes()[:4] == b"\x89PNG"
    assert main(["check", str(path)]) == 0
