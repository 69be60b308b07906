"""`python -m benchmarks [PART ...]`: measures all, or what is named.

Prints the tables; when all was measured, writes them to docs/benchmarks.md too. The windows need a display; without
one, and with xvfb-run installed, it starts itself again under a virtual one.
"""

import argparse
import datetime
import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

PARTS = ("start", "loading", "drawing", "expressions", "binding", "editing", "growth")
WINDOWS = {"start", "editing"}
LIBRARIES = ("PySide6-Essentials", "pyvista", "pyvistaqt", "vtk", "numpy", "scipy", "trimesh")
DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"

INTRODUCTION = """# What is measured

Ratios, taken side by side in one run by `python -m benchmarks`, because milliseconds say more about the computer than
about the program. Each pair takes turns and the medians are compared. "Held against" is the least that does the same:
a pyvistaqt window that shows the same mesh and nothing else, bare VTK, `trimesh.proximity.closest_point`.

Below the line "Notes" the page is written by hand and kept.
"""


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure Facepoints.")
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named"
    )
    parser.add_argument("--starts", type=int, default=9, help="how often each window is started")
    parser.add_argument("--frames", type=int, default=25, help="how many frames of each kind are drawn")
    chosen = parser.parse_args()
    unknown = set(chosen.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    parts = chosen.parts or PARTS
    if WINDOWS & set(parts) and sys.platform == "linux" and not os.environ.get("DISPLAY"):
        if shutil.which("xvfb-run") is None:
            parser.error("windows need a display: install xvfb, or name other parts")
        command = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24", sys.executable, "-m", "benchmarks"]
        return subprocess.run([*command, *sys.argv[1:]], check=False).returncode

    from benchmarks import binding, drawing, editing, expressions, growth, loading, start
    from benchmarks.measuring import table

    rows = []
    if "start" in parts:
        rows += start.rows(chosen.starts)
    if "loading" in parts:
        rows += loading.rows(chosen.starts)
    if "drawing" in parts:
        rows += drawing.rows(chosen.frames)
    if "expressions" in parts:
        rows += expressions.rows(chosen.frames)
    if "binding" in parts:
        rows += binding.rows(chosen.frames)
    if "editing" in parts:
        rows += editing.rows()
    told = [table(rows)] if rows else []
    if "growth" in parts:
        told.append(f"## How it grows\n\n{growth.tables()}")
    text = "\n\n".join((INTRODUCTION, *told, f"## Where\n\n{_where(drawing.renderer_name())}")) + "\n"
    print(text)
    if set(parts) == set(PARTS):
        notes = (
            DOCUMENT.read_text(encoding="utf-8").partition("\n## Notes\n")
            if DOCUMENT.exists()
            else ("", "", "")
        )
        DOCUMENT.write_text(text + "".join(notes[1:]), encoding="utf-8")
    return 0


def _where(renderer: str) -> str:
    """Return what this was measured on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    day = datetime.datetime.now(tz=datetime.UTC).date()
    return (
        f"{day}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}, {libraries}. OpenGL: {renderer}."
    )


if __name__ == "__main__":
    sys.exit(main())
