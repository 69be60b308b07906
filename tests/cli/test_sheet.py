"""`facepoints sheet`: a PDF of a plan, and one sentence for everything that is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main

ROOT = Path(__file__).resolve().parents[2]


def sentence(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["sheet", *arguments])
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) <= 1
    return code, error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--goal", "line"], "there is no goal line (near it is lines)"),
        (["--caution", "pregnant", "--goal", "lines"], "there is no caution pregnant (near it is pregnancy)"),
        (["--caution", "botox:forhead", "--goal", "lines"], "there is no area forhead (near it is forehead)"),
        (["--without", "ST44x", "--goal", "lines"], "--without ST44x: ST44x is not a known point"),
        (["--treatment", "typcal"], "there is no treatment typcal"),
        (
            ["--treatment", "body_acne", "--treatment", "body_digestion"],
            "one kind of body points at the most",
        ),
        ([], "say what the plan is for"),
    ],
)
def test_wrong_arguments(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], said: str
) -> None:
    code, error = sentence(capsys, *arguments, "--out", str(tmp_path / "plan.pdf"))
    assert code == 2
    assert said in error
    assert list(tmp_path.glob("*.pdf")) == []


def test_wrong_places(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, error = sentence(capsys, "--goal", "lines", "--out", str(tmp_path / "none" / "plan.pdf"))
    assert code == 1
    assert "there is no folder" in error
    code, error = sentence(capsys, "--goal", "lines", "--out", str(tmp_path / "plan.png"))
    assert code == 2
    assert "does not end in .pdf" in error
    (tmp_path / "cut.plan.json").write_text('{"format": "facepoints plan", "ver', encoding="utf-8")
    code, error = sentence(
        capsys, "--plan", str(tmp_path / "cut.plan.json"), "--out", str(tmp_path / "plan.pdf")
    )
    assert code == 2
    assert "cut off" in error


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    return subprocess.run(
        [sys.executable, "-m", "app", "sheet", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
    )


@pytest.mark.slow
def test_a_sheet_without_a_display(tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    found = run("--goal", "blood_flow", "--caution", "pregnancy", "--without", "ST7", "--out", str(out))
    assert found.returncode == 0, found.stderr
    pdf = out.read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert 50_000 < len(pdf) < 4_000_000
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written() -> None:
    # Even the superuser cannot make a file there.
    found = run("--goal", "blood_flow", "--out", "/proc/self/plan.pdf")
    assert found.returncode == 1
    assert "cannot be written there" in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1
