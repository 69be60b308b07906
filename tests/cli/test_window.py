"""The window without a screen: one sentence, and no crash of Qt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, "-m", "app"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=bare | environment,
        timeout=60,
        check=False,
    )


def test_without_a_display_it_says_what_to_do() -> None:
    done = start()
    assert done.returncode == 1
    assert done.stderr.startswith("facepoints: there is no display for the window (neither DISPLAY nor")
    assert "facepoints render" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_display_that_does_not_answer_is_named() -> None:
    done = start(DISPLAY=":7654")
    assert done.returncode == 1
    assert "(DISPLAY is :7654, but no X server answers there)" in done.stderr
    assert done.stderr.count("\n") == 1
