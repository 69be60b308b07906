"""Writing binary glTF 2.0: meshes, materials and nodes put together piece by piece, then the bytes of a `.glb` file.

Written here and not by a library, which would compress a picture anew that is compressed already, and leave out the
targets of buffer views.
"""

import json
import struct
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from app.geometry.figure import Floats, Ints

VERTICES, INDICES = 34962, 34963
"""What a buffer view is for."""
_FLOAT, _UNSIGNED = 5126, 5125
_MODES = {2: 1, 3: 4}
"""Lines and triangles by the number of corners that each has."""
_LINEAR, _MIPMAPS, _CLAMPED = 9729, 9987, 33071


class Gltf:
    """A scene of one root node. Lengths are metres, +y up, +z forward; colours are linear light."""

    def __init__(self, root: str) -> None:
        self._binary = bytearray()
        self._nodes: list[dict[str, Any]] = [{"name": root, "children": []}]
        self._lists: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in ("meshes", "materials", "textures", "images", "samplers", "accessors", "bufferViews")
        }

    def texture(self, name: str, picture: bytes) -> int:
        """Take a JPEG or PNG in as it is; a coordinate (0, 0) is its upper left corner."""
        kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
        image = {"name": name, "mimeType": kind, "bufferView": self._view(picture, None)}
        source = self._add("images", image)
        sampler = {"magFilter": _LINEAR, "minFilter": _MIPMAPS, "wrapS": _CLAMPED, "wrapT": _CLAMPED}
        return self._add("textures", {"source": source, "sampler": self._add("samplers", sampler)})

    def material(
        self,
        name: str,
        color: Sequence[float] = (1.0, 1.0, 1.0, 1.0),
        roughness: float = 0.6,
        texture: int | None = None,
    ) -> int:
        """A material that is no metal, of a linear colour (red, green, blue, alpha) times its texture."""
        look: dict[str, Any] = {
            "baseColorFactor": list(color),
            "metallicFactor": 0.0,
            "roughnessFactor": roughness,
        }
        if texture is not None:
            look["baseColorTexture"] = {"index": texture}
        blend = {} if color[3] == 1.0 else {"alphaMode": "BLEND"}
        return self._add("materials", {"name": name, "pbrMetallicRoughness": look, **blend})

    def mesh(
        self,
        name: str,
        material: int,
        corners: Ints,
        vertices: Floats,
        normals: Floats | None = None,
        uv: Floats | None = None,
    ) -> int:
        """A mesh of triangles (t, 3) or lines (n, 2) over vertices (v, 3); uv (v, 2) count from the upper left."""
        attributes = {"POSITION": self._floats(vertices, bounds=True)}
        more = {"NORMAL": normals, "TEXCOORD_0": uv}
        attributes |= {key: self._floats(values) for key, values in more.items() if values is not None}
        flat = corners.ravel().astype("<u4")
        indices = self._accessor(flat.tobytes(), INDICES, _UNSIGNED, "SCALAR", len(flat))
        part = {
            "attributes": attributes,
            "indices": indices,
            "material": material,
            "mode": _MODES[corners.shape[1]],
        }
        return self._add("meshes", {"name": name, "primitives": [part]})

    def node(self, name: str, mesh: int, at: Floats | None = None) -> None:
        """Put a mesh somewhere, its origin at (3,)."""
        node: dict[str, Any] = {"name": name, "mesh": mesh}
        if at is not None:
            node["translation"] = [float(value) for value in at]
        self._nodes[0]["children"].append(len(self._nodes))
        self._nodes.append(node)

    def glb(self) -> bytes:
        """Return the bytes of the file."""
        tree = {
            "asset": {"version": "2.0", "generator": "Facepoints"},
            "scene": 0,
            "scenes": [{"nodes": [0]}],
            "nodes": self._nodes,
            **{name: found for name, found in self._lists.items() if found},
            "buffers": [{"byteLength": len(self._binary)}],
        }
        text = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        body = bytes(self._binary) + b"\0" * (-len(self._binary) % 4)
        return b"".join(
            (
                struct.pack("<4sII", b"glTF", 2, 12 + 8 + len(text) + 8 + len(body)),
                struct.pack("<I4s", len(text), b"JSON"),
                text,
                struct.pack("<I4s", len(body), b"BIN\0"),
                body,
            )
        )

    def _add(self, kind: str, entry: dict[str, Any]) -> int:
        self._lists[kind].append(entry)
        return len(self._lists[kind]) - 1

    def _view(self, data: bytes, target: int | None) -> int:
        self._binary += b"\0" * (-len(self._binary) % 4)
        view: dict[str, Any] = {"buffer": 0, "byteOffset": len(self._binary), "byteLength": len(data)}
        if target is not None:
            view["target"] = target
        self._binary += data
        return self._add("bufferViews", view)

    def _floats(self, values: Floats, bounds: bool = False) -> int:
        rows: npt.NDArray[np.float32] = np.ascontiguousarray(values, "<f4")
        kind: Literal["VEC2", "VEC3"] = "VEC2" if rows.shape[1] == 2 else "VEC3"
        number = self._accessor(rows.tobytes(), VERTICES, _FLOAT, kind, len(rows))
        if bounds:
            # As single precision has them: readers compare these with the numbers themselves.
            self._lists["accessors"][number] |= {
                "min": [float(value) for value in rows.min(axis=0)],
                "max": [float(value) for value in rows.max(axis=0)],
            }
        return number

    def _accessor(self, data: bytes, target: int, component: int, kind: str, count: int) -> int:
        view = self._view(data, target)
        entry = {"bufferView": view, "componentType": component, "count": count, "type": kind}
        return self._add("accessors", entry)
