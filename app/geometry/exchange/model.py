"""The figure with its points as a model, `.glb`: glTF 2.0, metres, +y up, +z forward, each point a named node."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import trimesh

from app.domain.document import Document
from app.domain.exchange.formats import losses_of
from app.domain.exchange.marks import Mark, exported, marks_of
from app.domain.library import Library
from app.geometry.figure import Figure, Floats

METRES = 0.001
RADIUS_MM = 1.6
SKIN, POINT = (224, 184, 160, 255), (31, 107, 106, 255)


def model(figure: Figure, document: Document, base: Library) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of a `.glb` file and what it leaves out, in a sentence each."""
    points = exported(document, base)
    return glb(figure, marks_of(points)), losses_of(".glb", document, points)


def glb(figure: Figure, marks: Iterable[Mark]) -> bytes:
    """Return the figure and named places as a binary glTF file.

    Every place is a node of its own with a small ball; all nodes share one mesh.
    """
    # Half typed: what trimesh says of itself is less than it takes.
    scene: Any = trimesh.Scene(base_frame="figure")
    scene.add_geometry(_skin(figure), node_name="skin", geom_name="skin")
    for number, eye in enumerate(figure.neutral.eyes):
        ball = trimesh.creation.icosphere(subdivisions=3, radius=eye.radius * METRES)
        ball.visual = _material("eye", (240, 238, 232, 255))
        name = f"eye {('left', 'right')[number]}"
        scene.add_geometry(ball, node_name=name, geom_name=name, transform=_at(eye.centre))
    dot = trimesh.creation.icosphere(subdivisions=2, radius=RADIUS_MM * METRES)
    dot.visual = _material("point", POINT)
    placed = [mark for mark in marks if mark.position is not None]
    for index, mark in enumerate(placed):
        transform = _at(np.array(mark.position))
        if index == 0:
            scene.add_geometry(dot, node_name=mark.label, geom_name="point", transform=transform)
        else:
            scene.graph.update(frame_to=mark.label, geometry="point", matrix=transform)
    data: bytes = scene.export(file_type="glb", include_normals=True)
    return data


def _skin(figure: Figure) -> trimesh.Trimesh:
    vertices = figure.neutral.vertices * METRES
    mesh = trimesh.Trimesh(vertices, figure.full.triangles, process=False, validate=False)
    mesh.visual = _material("skin", SKIN)
    return mesh


def _material(name: str, color: tuple[int, int, int, int]) -> Any:
    visual: Any = trimesh.visual
    material = visual.material.PBRMaterial(
        name=name, baseColorFactor=color, metallicFactor=0.0, roughnessFactor=0.6, doubleSided=True
    )
    return visual.TextureVisuals(material=material)


def _at(position: Floats) -> Floats:
    matrix = np.eye(4)
    matrix[:3, 3] = np.asarray(position, float) * METRES
    return matrix
