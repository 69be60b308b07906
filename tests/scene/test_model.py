"""The exported model keeps the rules of glTF 2.0 and looks as the figure does in the program."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import pyvista

from app.domain.builtin import load_library
from app.domain.document import Document
from app.domain.library import Library
from app.domain.places import data_folder
from app.geometry.figure import Figure, load_figure
from app.geometry.sites import bind_points
from app.scene.model import model

COMPONENTS = {5126: "<f4", 5125: "<u4"}
PARTS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}
ARRAY, ELEMENTS = 34962, 34963


class Glb:
    """A `.glb` file taken apart: its tree, and the numbers of any accessor."""

    def __init__(self, data: bytes) -> None:
        magic, version, length = struct.unpack_from("<4sII", data)
        assert (magic, version, length) == (b"glTF", 2, len(data))
        size, kind = struct.unpack_from("<I4s", data, 12)
        assert kind == b"JSON"
        body, kind = struct.unpack_from("<I4s", data, 20 + size)
        assert kind == b"BIN\x00"
        assert size % 4 == 0
        assert body % 4 == 0
        assert 28 + size + body == len(data)
        self.tree: dict[str, Any] = json.loads(data[20 : 20 + size])
        self.binary = data[28 + size :]

    def view(self, index: int) -> bytes:
        view = self.tree["bufferViews"][index]
        return self.binary[view["byteOffset"] : view["byteOffset"] + view["byteLength"]]

    def numbers(self, index: int) -> npt.NDArray[Any]:
        accessor = self.tree["accessors"][index]
        flat = np.frombuffer(self.view(accessor["bufferView"]), COMPONENTS[accessor["componentType"]])
        return flat.reshape(accessor["count"], PARTS[accessor["type"]])

    def primitive(self, name: str) -> dict[str, Any]:
        found = next(mesh for mesh in self.tree["meshes"] if mesh["name"] == name)
        primitive: dict[str, Any] = found["primitives"][0]
        return primitive


@pytest.fixture(scope="module")
def figure() -> Figure:
    return load_figure()


@pytest.fixture(scope="module")
def base() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def written(base: Library, figure: Figure) -> bytes:
    data, losses = model(figure, Document(points=tuple(base.points.values())), base)
    assert losses
    return data


@pytest.fixture(scope="module")
def glb(written: bytes) -> Glb:
    return Glb(written)


def test_buffer_views_lie_one_after_the_other_in_steps_of_four(glb: Glb) -> None:
    assert glb.tree["asset"]["version"] == "2.0"
    assert glb.tree["buffers"] == [{"byteLength": glb.tree["buffers"][0]["byteLength"]}]
    assert glb.tree["buffers"][0]["byteLength"] <= len(glb.binary)
    end = 0
    for view in glb.tree["bufferViews"]:
        assert view["byteOffset"] % 4 == 0
        assert view["byteOffset"] >= end
        end = view["byteOffset"] + view["byteLength"]
    assert end == glb.tree["buffers"][0]["byteLength"]


def test_accessors_say_what_is_in_them(glb: Glb) -> None:
    uses: dict[int, int] = {}
    for mesh in glb.tree["meshes"]:
        for part in mesh["primitives"]:
            rows = {name: glb.numbers(index) for name, index in part["attributes"].items()}
            assert len({len(values) for values in rows.values()}) == 1
            assert all(np.isfinite(values).all() for values in rows.values())
            accessor = glb.tree["accessors"][part["attributes"]["POSITION"]]
            assert np.float32(accessor["min"]).tolist() == rows["POSITION"].min(axis=0).tolist()
            assert np.float32(accessor["max"]).tolist() == rows["POSITION"].max(axis=0).tolist()
            if "NORMAL" in rows:
                assert np.abs(np.linalg.norm(rows["NORMAL"], axis=1) - 1).max() < 1e-5
            corners = glb.numbers(part["indices"])
            assert corners.max() < len(rows["POSITION"])
            assert len(corners) % {4: 3, 1: 2}[part["mode"]] == 0
            uses |= dict.fromkeys(part["attributes"].values(), ARRAY) | {part["indices"]: ELEMENTS}
    assert sorted(uses) == list(range(len(glb.tree["accessors"])))
    for index, target in uses.items():
        assert glb.tree["bufferViews"][glb.tree["accessors"][index]["bufferView"]]["target"] == target


def test_the_painted_skin_goes_along_as_it_is(glb: Glb, figure: Figure) -> None:
    part = glb.primitive("skin")
    paint = glb.tree["materials"][part["material"]]["pbrMetallicRoughness"]
    texture = glb.tree["textures"][paint["baseColorTexture"]["index"]]
    image = glb.tree["images"][texture["source"]]
    assert image["mimeType"] == "image/jpeg"
    assert glb.view(image["bufferView"]) == (data_folder("meshes") / "skin.jpg").read_bytes()
    uv = glb.numbers(part["attributes"]["TEXCOORD_0"])
    assert uv.min() >= 0
    assert uv.max() <= 1
    # glTF counts from the upper left corner of a picture, the figure from the lower left one.
    assert uv == pytest.approx(figure.full.uv * [1, -1] + [0, 1], abs=1e-6)
    vertices = figure.neutral.vertices[figure.full.drawn]
    assert glb.numbers(part["attributes"]["POSITION"]) * 1000 == pytest.approx(vertices, abs=0.001)
    for name in ("eye left", "eye right"):
        paint = glb.tree["materials"][glb.primitive(name)["material"]]["pbrMetallicRoughness"]
        image = glb.tree["images"][glb.tree["textures"][paint["baseColorTexture"]["index"]]["source"]]
        assert image["mimeType"] == "image/png"
        assert glb.view(image["bufferView"]).startswith(b"\x89PNG")


def test_every_place_is_a_named_node(glb: Glb, base: Library, figure: Figure) -> None:
    reached, stack = set(), list(glb.tree["scenes"][glb.tree["scene"]]["nodes"])
    while stack:
        node = stack.pop()
        assert node not in reached
        reached.add(node)
        stack += glb.tree["nodes"][node].get("children", [])
    assert reached == set(range(len(glb.tree["nodes"])))
    nodes = {node["name"]: node for node in glb.tree["nodes"]}
    assert len(nodes) == len(glb.tree["nodes"])
    mark = nodes["ST4 (left)"]
    assert np.array(mark["translation"]) * 1000 == pytest.approx(base.points["ST4"].position, abs=0.001)
    assert "ST4 (right)" in nodes
    parts = {"skin", "eye left", "eye right", "lashes"}
    assert parts <= set(nodes)
    with_mesh = {name for name, node in nodes.items() if "mesh" in node}
    assert len(with_mesh - parts) == len(bind_points(figure, base.points.values()))


@pytest.mark.gl
def test_another_program_shows_skin_hair_lips_and_eyes(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "figure.glb"
    path.write_bytes(written)
    plotter = pyvista.Plotter(off_screen=True, window_size=(300, 400), lighting="none")
    plotter.import_gltf(str(path), set_camera=False)
    plotter.add_light(pyvista.Light(light_type="headlight", intensity=1.5))
    plotter.camera.position, plotter.camera.focal_point, plotter.camera.up = (
        (0, 0, 0.75),
        (0, 0, 0),
        (0, 1, 0),
    )
    plotter.camera.view_angle = 32
    plotter.camera.clipping_range = (0.05, 5)
    plotter.set_background("white")
    image = plotter.screenshot(return_img=True).astype(float)
    plotter.close()
    millimetres = 400 / (2 * 675 * np.tan(np.radians(16)))

    def colour(x: float, y: float) -> npt.NDArray[np.float64]:
        column, row = round(150 + x * millimetres), round(200 - y * millimetres)
        return image[row - 2 : row + 3, column - 2 : column + 3].mean(axis=(0, 1))

    forehead, hair, lip, suit = colour(15, 65), colour(20, 105), colour(8, -52), colour(-80, -165)
    assert hair.mean() < 0.6 * forehead.mean()  # the hair is dark
    assert forehead[0] > forehead[1] > forehead[2]  # skin is warm
    assert lip[0] / lip[1] > forehead[0] / forehead[1] + 0.05  # lips are redder than skin
    assert suit[2] > suit[0]  # the suit is blue
