"""Start-up and memory, against a minimal pyvistaqt window that shows the same mesh."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyvista

from app.geometry.figure import load_figure
from benchmarks.measuring import Row, at_most

ROOT = Path(__file__).parent.parent


def rows(count: int) -> list[Row]:
    """Start each window `count` times, taking turns, and compare the medians."""
    figure = load_figure()
    with tempfile.TemporaryDirectory() as folder:
        mesh = Path(folder) / "figure.vtp"
        pyvista.PolyData.from_regular_faces(
            figure.neutral.vertices.astype(np.float32), figure.full.triangles
        ).save(mesh)
        found: dict[str, list[dict[str, float]]] = {"ours": [], "minimal": []}
        for turn in range(count + 1):
            for name, results in found.items():
                result = _start(name, mesh, Path(folder) / "home")
                if turn:  # the first of each reads the libraries from the disk
                    results.append(result)
    ours, theirs = (
        {key: statistics.median(one[key] for one in found[name]) for key in ("seen", "answers", "memory")}
        for name in ("ours", "minimal")
    )
    megabytes = ours["memory"] / 2**20, theirs["memory"] / 2**20
    ratio = megabytes[0] / megabytes[1]
    in_sight = "start to a window in sight, against the minimal window's first frame"
    return [
        at_most(
            "start to the first frame that answers the mouse", ours["answers"], theirs["answers"], 1.15, 0.9
        ),
        at_most(in_sight, ours["seen"], theirs["answers"], 0.4, 0.4),
        Row(
            "peak memory until then",
            f"{megabytes[0]:.0f} MB",
            f"{megabytes[1]:.0f} MB",
            f"{ratio:.2f} x",
            "<= 1.25 x, aim 1.1 x",
            ratio <= 1.25,
        ),
    ]


def _start(name: str, mesh: Path, home: Path) -> dict[str, float]:
    """Start one window; return seconds from its start until it was seen and answered, and its peak memory."""
    home.mkdir(exist_ok=True)
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    folders = dict.fromkeys(names, str(home))
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window_process", name, str(mesh)],
        cwd=ROOT,
        env=os.environ | folders,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise RuntimeError(f"the {name} window did not start:\n{done.stderr}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {"seen": told["seen"] - start, "answers": told["answers"] - start, "memory": told["memory"]}
