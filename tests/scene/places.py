"""Sites for the scene's tests: spread over the whole figure, the same ones each time."""

import numpy as np

from app.geometry.figure import Figure
from app.geometry.sites import Sites, mirrored, skin_surface
from app.geometry.surface import Binding
from app.scene.markers import Marker
from app.scene.shapes import SHAPES

COLORS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#332288", "#F0E442")


def spread_sites(figure: Figure, face: int = 70, body: int = 40, seed: int = 7) -> Sites:
    """Return pairs of sites, `face` on the left half of the head and `body` on the left half of the rest."""
    triangles, vertices = figure.full.triangles, figure.neutral.vertices
    middles = vertices[triangles].mean(axis=1)
    normals = np.cross(
        vertices[triangles[:, 1]] - vertices[triangles[:, 0]],
        vertices[triangles[:, 2]] - vertices[triangles[:, 0]],
    )
    head = (
        figure.region("head") & (normals[:, 2] > 0.2 * np.linalg.norm(normals, axis=1)) & (middles[:, 0] > 6)
    )
    rest = figure.region("body", "hand_left", "foot_left") & (middles[:, 0] > 10)
    random = np.random.default_rng(seed)
    left = np.concatenate(
        [
            _apart(random, middles, np.flatnonzero(head), face, 8.0),
            _apart(random, middles, np.flatnonzero(rest), body, 30.0),
        ]
    )
    count = len(left)
    binding = Binding(left, np.full((count, 3), 1 / 3), np.zeros(count))
    right = mirrored(figure, binding)
    both = Binding(
        np.concatenate([binding.triangles, right.triangles]),
        np.concatenate([binding.weights, right.weights]),
        np.zeros(2 * count),
    )
    codes = tuple(f"{('ST', 'LI', 'GB', 'BL', 'EX-HN')[number % 5]}{number % 68}" for number in range(count))
    parts = ("face",) * face + ("body",) * (count - face)
    return Sites(codes * 2, ("left",) * count + ("right",) * count, parts * 2, both)


def sites_at(figure: Figure, positions: list[tuple[float, float, float]]) -> Sites:
    """Return sites at the skin nearest to some positions."""
    binding = skin_surface(figure, figure.neutral.vertices).nearest(np.array(positions))
    count = len(positions)
    return Sites(
        tuple(f"P{number}" for number in range(count)), ("left",) * count, ("face",) * count, binding
    )


def markers_on(sites: Sites, every: int = 1) -> list[Marker]:
    """Return a marker on every site, or every so many of them; shapes and colours take turns, some are shared."""
    markers = []
    for site, code in enumerate(sites.codes):
        number = site % (len(sites) // 2) if len(sites) > 1 else site
        if number % every:
            continue
        colors = tuple(
            COLORS[(number + step) % len(COLORS)] for step in range(1 + (number % 7 == 0) * (1 + number % 4))
        )
        markers.append(Marker(site, colors, SHAPES[number % len(SHAPES)], code))
    return markers


def _apart(
    random: np.random.Generator, places: np.ndarray, among: np.ndarray, count: int, least: float
) -> np.ndarray:
    """Choose `count` of the places `among`, no two nearer than `least` mm."""
    chosen: list[int] = []
    for row in random.permutation(among):
        if all(np.linalg.norm(places[row] - places[other]) > least for other in chosen):
            chosen.append(int(row))
        if len(chosen) == count:
            break
    return np.array(chosen)
