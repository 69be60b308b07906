"""The figure as the program shows it, with its points, as a model for other programs: `.glb`, glTF 2.0."""

from collections.abc import Iterable

import numpy as np
import trimesh

from app.domain.document import Document
from app.domain.exchange.formats import losses_of
from app.domain.exchange.marks import Mark, exported, marks_of
from app.domain.library import Library
from app.domain.places import data_folder
from app.domain.storage import read_bytes
from app.geometry.exchange.gltf import Gltf
from app.geometry.figure import Figure, Floats
from app.geometry.surface import vertex_normals
from app.scene.eyes import cornea_normals, eyeball, eyeball_colours, lowered, unit_eyeball
from app.scene.image_bytes import png_bytes
from app.scene.lashes import LASH_COLOR, STATIONS, Lashes

METRES = 0.001
RADIUS_MM = 1.6
POINT_COLOR = (31 / 255, 107 / 255, 106 / 255)
LASH_ALPHA = 0.34
EYE_PIXELS = 256


def model(figure: Figure, document: Document, base: Library) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of a `.glb` file and what it leaves out, in a sentence each.

    Raises:
        FileProblem: the painted skin cannot be read.

    """
    points = exported(document, base)
    return glb(figure, marks_of(points)), losses_of(".glb", document, points)


def glb(figure: Figure, marks: Iterable[Mark]) -> bytes:
    """Return the painted figure and named places as a binary glTF file; each place is a node with a small ball.

    Raises:
        FileProblem: the painted skin cannot be read.

    """
    gltf = Gltf("figure")
    _add_skin(gltf, figure)
    _add_eyes(gltf, figure)
    _add_lashes(gltf, figure)
    dot = trimesh.creation.icosphere(subdivisions=2, radius=1.0)
    paint = gltf.material("point", (*_linear(np.array(POINT_COLOR)), 1.0))
    ball = np.asarray(dot.vertices, float)
    mesh = gltf.mesh("point", paint, np.asarray(dot.faces), ball * RADIUS_MM * METRES, ball)
    for mark in marks:
        if mark.position is not None:
            gltf.node(mark.label, mesh, np.array(mark.position) * METRES)
    return gltf.glb()


def _add_skin(gltf: Gltf, figure: Figure) -> None:
    level, vertices = figure.full, figure.neutral.vertices
    normals = vertex_normals(level.triangles, vertices)[level.drawn]
    texture = gltf.texture("skin", read_bytes(data_folder("meshes") / "skin.jpg"))
    # Our coordinates count from the lower left corner of the picture.
    uv = np.stack([level.uv[:, 0], 1 - level.uv[:, 1]], axis=1)
    paint = gltf.material("skin", roughness=0.6, texture=texture)
    skin = gltf.mesh("skin", paint, level.drawn_triangles, vertices[level.drawn] * METRES, normals, uv)
    gltf.node("skin", skin)


def _add_eyes(gltf: Gltf, figure: Figure) -> None:
    ball, triangles = unit_eyeball()
    # The picture lies before the eye; its back, which no one sees, bears the same.
    uv = np.stack([0.5 + 0.5 * ball[:, 0], 0.5 - 0.5 * ball[:, 1]], axis=1)
    for side, eye in zip(("left", "right"), figure.neutral.eyes, strict=True):
        name = f"eye {side}"
        places = lowered(eyeball(ball, eye.radius))
        paint = gltf.material(name, roughness=0.15, texture=gltf.texture(name, _eye_picture(eye.radius)))
        normals = lowered(cornea_normals(ball, eye.radius))
        mesh = gltf.mesh(name, paint, triangles, places * METRES, normals, uv)
        gltf.node(name, mesh, eye.centre * METRES)


def _eye_picture(radius: float) -> bytes:
    """Return a PNG of the front of an eyeball.

    A picture and no colours of vertices: many programs show those in another strength or not at all.
    """
    across = np.linspace(-1, 1, EYE_PIXELS)
    x, y = np.meshgrid(across, -across)
    front = np.stack([x, y, np.sqrt(np.maximum(0.0, 1 - x * x - y * y))], axis=-1)
    colors = eyeball_colours(front.reshape(-1, 3), radius)
    return png_bytes(colors.reshape(EYE_PIXELS, EYE_PIXELS, 3))


def _add_lashes(gltf: Gltf, figure: Figure) -> None:
    """Lines without normals, which readers draw in their plain colour, as the program does."""
    lashes = Lashes(figure)
    pieces = np.concatenate([lashes.lines[:, start : start + 2] for start in range(STATIONS - 1)])
    paint = gltf.material("lash", (*_linear(np.array(LASH_COLOR)), LASH_ALPHA))
    gltf.node("lashes", gltf.mesh("lashes", paint, pieces, lashes.vertices(figure.neutral) * METRES))


def _linear(color: Floats) -> Floats:
    """Return colours of a screen, 0 to 1, as linear light (IEC 61966-2-1)."""
    linear: Floats = np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return linear
