"""Build the figure from its CC0 source: `python meshes/build.py [--wheel-folder FOLDER]`.

Writes `figure.npz` (control mesh, mirror map, regions, texture coordinates, targets), `figure.json` (provenance and
fingerprint) and `skin.jpg` (the painted skin; hairline, brows, lips and creases follow points/anatomy).
Run it only to change the figure; nothing at run time needs the source or a network.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from canvas import make_canvas
from lashes import plant_lashes
from paint import AREAS, paint, source_mask
from PIL import Image
from sculpt import CHEST_POLE, cloth_weights, frame_weights
from source import ROOT, WHEEL, WHEEL_SHA256, BaseMesh, Source, fetch_wheel

from app.geometry.figure import EYES_SHUT, Figure, Shape
from app.geometry.surface import Surface

HERE = Path(__file__).parent
ANATOMY = HERE.parent / "points" / "anatomy"
TEXTURE_SIZE = 2048
SKIN_VERTICES = 13380  # the body; what follows in the source are clothes, joints and helpers

SEXES = ("female", "male")
AGES = ("young", "old")
ANCESTRIES = ("caucasian", "asian", "african")
WEIGHTS = ("minweight", "averageweight", "maxweight")

# Whole-head and whole-body details the figure keeps besides sex, age, ancestry and weight; `l-`/`r-` pairs are summed.
DETAILS = {
    "head_age": "head/head-age-incr",
    "head_fat": "head/head-fat-incr",
    "head_thin": "head/head-fat-decr",
    "head_oval": "head/head-oval",
    "head_round": "head/head-round",
    "head_square": "head/head-square",
    "head_rectangular": "head/head-rectangular",
    "head_triangular": "head/head-triangular",
    "head_diamond": "head/head-diamond",
    "head_inverted_triangular": "head/head-invertedtriangular",
    "head_wide": "head/head-scale-horiz-incr",
    "head_narrow": "head/head-scale-horiz-decr",
    "head_tall": "head/head-scale-vert-incr",
    "head_deep": "head/head-scale-depth-incr",
    "forehead_tall": "forehead/forehead-scale-vert-incr",
    "forehead_temple_full": "forehead/forehead-temple-incr",
    "forehead_temple_hollow": "forehead/forehead-temple-decr",
    "eye_bags": "eyes/*-eye-bag-incr",
    "eye_bags_full": "eyes/*-eye-bag-height-incr",
    "eyes_small": "eyes/*-eye-scale-decr",
    "eyes_large": "eyes/*-eye-scale-incr",
    "eyes_apart": "eyes/*-eye-trans-out",
    "eye_fold_soft": "eyes/*-eye-eyefold-convex",
    "eye_fold_deep": "eyes/*-eye-eyefold-concave",
    "epicanthus": "eyes/*-eye-epicanthus-in",
    "cheek_bones": "cheek/*-cheek-bones-incr",
    "cheek_full": "cheek/*-cheek-volume-incr",
    "cheek_hollow": "cheek/*-cheek-volume-decr",
    "chin_tall": "chin/chin-height-incr",
    "chin_forward": "chin/chin-prominent-incr",
    "chin_wide": "chin/chin-width-incr",
    "chin_narrow": "chin/chin-width-decr",
    "jaw_bones": "chin/chin-bones-incr",
    "nose_wide": "nose/nose-scale-horiz-incr",
    "nose_narrow": "nose/nose-scale-horiz-decr",
    "nose_long": "nose/nose-scale-vert-incr",
    "nose_deep": "nose/nose-scale-depth-incr",
    "nose_hump": "nose/nose-hump-incr",
    "nose_concave": "nose/nose-curve-concave",
    "mouth_wide": "mouth/mouth-scale-horiz-incr",
    "mouth_narrow": "mouth/mouth-scale-horiz-decr",
    "lips_full": ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr"),
    "upper_lip_tall": "mouth/mouth-upperlip-height-incr",
    "laugh_lines": "mouth/mouth-laugh-lines-in",
    "philtrum": "mouth/mouth-philtrum-volume-incr",
    "double_chin": "neck/neck-double-incr",
    "ears_large": "ears/*-ear-scale-incr",
}

# Expression units; the source has each for three ancestries, the figure takes their mean.
EXPRESSIONS = {
    "blink_left": "eye-left-closure",
    "blink_right": "eye-right-closure",
    "eyes_wide": ("eye-left-opened-up", "eye-right-opened-up"),
    "squint": ("eye-left-slit", "eye-right-slit"),
    "brow_down": ("eyebrows-left-down", "eyebrows-right-down"),
    "brow_inner_up": ("eyebrows-left-inner-up", "eyebrows-right-inner-up"),
    "brow_outer_up": ("eyebrows-left-extern-up", "eyebrows-right-extern-up"),
    "brow_up": ("eyebrows-left-up", "eyebrows-right-up"),
    "nose_wrinkle": ("nose-left-elevation", "nose-right-elevation"),
    "nostrils_wide": ("nose-left-dilatation", "nose-right-dilatation"),
    "smile": ("mouth-corner-puller",),
    "smile_wide": ("mouth-retraction",),
    "frown": ("mouth-depression",),
    "frown_deep": ("mouth-depression-retraction",),
    "pucker": ("mouth-pursing",),
    "protrude": ("mouth-protusion",),
    "press_lips": ("mouth-compression",),
    "mouth_open": ("mouth-open",),
    "sneer": ("mouth-elevation",),
    "platysma": ("neck-platysma",),
}


def regions_of(
    mesh: BaseMesh, quads: npt.NDArray[np.int64], uv_quads: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint8]:
    """Return the island of each quad in texture space, named by REGIONS: the source cuts the body into these parts."""
    from scipy import sparse

    ends = uv_quads[:, [0, 1, 2]].ravel(), uv_quads[:, [1, 2, 3]].ravel()
    graph = sparse.coo_matrix((np.ones(len(ends[0])), ends), shape=(len(mesh.uv),) * 2)
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    island = label[uv_quads[:, 0]]
    region = np.empty(len(quads), np.uint8)
    for number in np.unique(island):
        of_it = island == number
        low, high = mesh.uv[uv_quads[of_it]].min((0, 1)), mesh.uv[uv_quads[of_it]].max((0, 1))
        for name, box in ISLANDS.items():
            if np.all(low >= np.array(box[:2]) - 0.01) and np.all(high <= np.array(box[2:]) + 0.01):
                region[of_it] = REGIONS.index(name)
                break
        else:
            raise SystemExit(
                f"a part of the texture at {low} to {high} is not known; look at the source again."
            )
    return region


# The islands of the source's texture: low u, low v, high u, high v. Left is the person's left.
ISLANDS = {
    "head": (0.641, 0.149, 0.994, 0.818),
    "mouth_inside": (0.758, 0.012, 0.924, 0.136),
    "eye_socket_right": (0.012, 0.547, 0.077, 0.633),
    "eye_socket_left": (0.086, 0.547, 0.151, 0.633),
    "hand_right": (0.361, 0.012, 0.554, 0.197),
    "hand_left": (0.570, 0.011, 0.763, 0.196),
    "foot_right": (0.023, 0.010, 0.191, 0.169),
    "foot_left": (0.198, 0.010, 0.366, 0.169),
    "body": (0.009, 0.138, 0.752, 0.974),
}
REGIONS = tuple(ISLANDS)

# Where each island goes in our own texture: the corner and the scale. The head gets most of it, for brows and hairline.
ATLAS = {
    "head": (0.472, 0.003, 1.484),
    "body": (0.004, 0.485, 0.610),
    "hand_right": (0.006, 0.275, 1.10),
    "hand_left": (0.236, 0.275, 1.10),
    "foot_right": (0.006, 0.105, 1.0),
    "foot_left": (0.186, 0.105, 1.0),
    "mouth_inside": (0.006, 0.006, 0.70),
    "eye_socket_right": (0.150, 0.006, 0.70),
    "eye_socket_left": (0.210, 0.006, 0.70),
}


def island_corners(
    mesh: BaseMesh, uv_quads: npt.NDArray[np.int64], region: npt.NDArray[np.uint8]
) -> npt.NDArray[np.float64]:
    """Return (regions, 2) the low corner of each island in the source's texture."""
    return np.array([mesh.uv[uv_quads[region == number]].min((0, 1)) for number in range(len(REGIONS))])


def atlas_uv(
    mesh: BaseMesh, uv_quads: npt.NDArray[np.int64], region: npt.NDArray[np.uint8]
) -> npt.NDArray[np.float32]:
    """Lay the islands out anew and return (m, 2) texture coordinates."""
    uv = mesh.uv.copy()
    for number, (name, low) in enumerate(zip(REGIONS, island_corners(mesh, uv_quads, region), strict=True)):
        of_it = np.unique(uv_quads[region == number])
        u, v, scale = ATLAS[name]
        uv[of_it] = (mesh.uv[of_it] - low) * scale + (u, v)
    return uv.astype(np.float32)


def triangulate(
    mesh: BaseMesh, vertices: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Cut each body quad along its shorter diagonal, alike on both sides; return vertex and texture triangles."""
    body = mesh.groups == "body"
    quads, uv_quads = mesh.quads[body], mesh.uv_quads[body]
    corner = vertices[quads]
    first = np.linalg.norm(corner[:, 0] - corner[:, 2], axis=1).round(4)
    second = np.linalg.norm(corner[:, 1] - corner[:, 3], axis=1).round(4)
    order = np.minimum(quads, mesh.mirror[quads])
    tie = order[:, [0, 2]].min(1) < order[:, [1, 3]].min(1)
    along_first = (first < second) | ((first == second) & tie)
    cut = np.where(along_first[:, None, None], [[0, 1, 2], [0, 2, 3]], [[0, 1, 3], [1, 2, 3]])
    rows = np.arange(len(quads))[:, None, None]
    return quads[rows, cut].reshape(-1, 3), uv_quads[rows, cut].reshape(-1, 3)


def kept_vertices(mesh: BaseMesh) -> npt.NDArray[np.int64]:
    """Return the source vertices the figure keeps: skin, then the eye helpers left and right."""
    eyes = [np.unique(mesh.quads[mesh.groups == name]) for name in ("helper-l-eye", "helper-r-eye")]
    return np.concatenate([np.arange(SKIN_VERTICES), *eyes])


def macro_names() -> list[str]:
    """Return the source names of the targets that sex, age, ancestry and weight mix."""
    names = [f"macrodetails/{a}-{s}-{g}" for a in ANCESTRIES for s in SEXES for g in AGES]
    names += [
        f"macrodetails/universal-{s}-{g}-averagemuscle-{w}" for s in SEXES for g in AGES for w in WEIGHTS
    ]
    return names


def read_targets(source: Source, vertex_count: int) -> dict[str, npt.NDArray[np.float64]]:
    """Read every target the figure keeps as (vertex_count, 3) offsets in mm, by the figure's own names."""

    def summed(names: str | tuple[str, ...]) -> npt.NDArray[np.float64]:
        total = np.zeros((vertex_count, 3))
        for name in (names,) if isinstance(names, str) else names:
            for full in (name.replace("*", "l"), name.replace("*", "r")) if "*" in name else (name,):
                total += source.target(full, vertex_count)
        return total

    targets = {name.removeprefix("macrodetails/"): summed(name) for name in macro_names()}
    for name, target in DETAILS.items():
        targets[name] = summed(target)
    for name, units in EXPRESSIONS.items():
        units = (units,) if isinstance(units, str) else units
        mean = [summed(tuple(f"expression/units/{a}/{u}" for u in units)) for a in ANCESTRIES]
        targets[name] = np.mean(mean, axis=0)
    return targets


def symmetric(
    targets: dict[str, npt.NDArray[np.float64]], mirror: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.float64]]:
    """Return the targets made alike on both sides, but for those of one side; the source is off by up to 0.3 mm."""
    flip = np.array([-1.0, 1.0, 1.0])
    return {
        name: offset if name.endswith(("_left", "_right")) else (offset + offset[mirror] * flip) / 2
        for name, offset in targets.items()
    }


def pack_targets(targets: dict[str, npt.NDArray[np.float64]]) -> dict[str, npt.NDArray[np.generic]]:
    """Store the targets as sparse 16-bit offsets: a quarter of the size, off by less than 0.01 mm."""
    starts, indices, deltas, scales = [0], [], [], []
    for offset in targets.values():
        moved = np.flatnonzero(np.abs(offset).max(axis=1) > 0.002)
        scale = max(np.abs(offset).max() / 32767, 1e-9)
        indices.append(moved.astype(np.uint16))
        deltas.append(np.round(offset[moved] / scale).astype(np.int16))
        scales.append(scale)
        starts.append(starts[-1] + len(moved))
    return {
        "target_names": np.array(list(targets)),
        "target_starts": np.array(starts, np.int32),
        "target_indices": np.concatenate(indices),
        "target_deltas": np.concatenate(deltas),
        "target_scales": np.array(scales, np.float32),
    }


def build(source: Source) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of `figure.npz`."""
    mesh = source.base_mesh()
    kept = kept_vertices(mesh)
    renumber = np.full(len(mesh.vertices), -1)
    renumber[kept] = np.arange(len(kept))
    mirror = renumber[mesh.mirror[kept]]
    targets = {name: offset[kept] for name, offset in read_targets(source, len(mesh.vertices)).items()}
    targets = symmetric(targets, mirror)

    body = mesh.groups == "body"
    region = regions_of(mesh, mesh.quads[body], mesh.uv_quads[body])
    neutral = mesh.vertices.copy()
    neutral[kept] += targets["universal-female-young-averagemuscle-averageweight"]
    triangles, uv_triangles = triangulate(mesh, neutral)
    used_uv, uv_triangles_packed = np.unique(uv_triangles, return_inverse=True)
    pole = mesh.quads[body].ravel()[
        np.argmin(np.linalg.norm(mesh.uv[mesh.uv_quads[body].ravel()] - CHEST_POLE, axis=1))
    ]
    cloth = cloth_weights(triangles, neutral[:SKIN_VERTICES], np.array([pole, mesh.mirror[pole]]))
    arrays = {
        "vertices": mesh.vertices[kept].astype(np.float32),
        "triangles": triangles.astype(np.uint16),
        "mirror": mirror.astype(np.uint16),
        "skin_count": np.array(SKIN_VERTICES),
        "eye_count": np.array(len(np.unique(mesh.quads[mesh.groups == "helper-l-eye"]))),
        "uv": atlas_uv(mesh, mesh.uv_quads[body], region)[used_uv],
        "uv_triangles": uv_triangles_packed.reshape(-1, 3).astype(np.uint16),
        "cloth_rows": cloth.row.astype(np.uint16),
        "cloth_columns": cloth.col.astype(np.uint16),
        "cloth_weights": cloth.data.astype(np.float32),
        "region_names": np.array(REGIONS),
        "regions": np.repeat(region, 2),
        **pack_targets(targets),
        "area_names": np.array(AREAS),
        "areas": np.zeros(0, np.uint8),
        "frame_vertices": np.zeros((2, 1), np.uint16),
        "frame_weights": np.ones((2, 1), np.float32),
    }
    # The frame's own points are found on the smooth neutral skin, which the figure can make once it has the rest.
    figure = Figure(arrays)
    control = figure.control(Shape().targets())[:SKIN_VERTICES]
    head = figure.region("head")
    surface = Surface(figure.full.triangles, figure.full.smooth(control), head)
    vertices, weights = frame_weights(surface, figure.full.matrix)
    return {
        **arrays,
        "frame_vertices": vertices.astype(np.uint16),
        "frame_weights": weights.astype(np.float32),
    }


def paint_skin(source: Source, figure: Figure) -> tuple[Image.Image, npt.NDArray[np.uint8]]:
    """Return the skin texture of the neutral adult, and the painted area of each triangle of the full level."""
    mesh = source.base_mesh()
    body = mesh.groups == "body"
    region = regions_of(mesh, mesh.quads[body], mesh.uv_quads[body])
    level, pose = figure.full, figure.neutral
    canvas = make_canvas(figure, pose, TEXTURE_SIZE)
    of_texel = figure.control_regions[level.parents][canvas.triangle]
    layout = np.array([ATLAS[name] for name in REGIONS])
    rows, columns = np.mgrid[0:TEXTURE_SIZE, 0:TEXTURE_SIZE]
    texel = np.stack([(columns + 0.5) / TEXTURE_SIZE, 1 - (rows + 0.5) / TEXTURE_SIZE], axis=-1)
    corners = island_corners(mesh, mesh.uv_quads[body], region)
    source_uv = (texel - layout[of_texel, :2]) / layout[of_texel, 2:] + corners[of_texel]
    names = ("eyelids", "ears", "fingernails", "toenails")
    masks = {name: source_mask(source.texture(name), source_uv) for name in names}
    curves, landmarks = (
        {one["id"]: one for one in json.loads((ANATOMY / f"{name}.json").read_text(encoding="utf-8"))[name]}
        for name in ("curves", "landmarks")
    )
    inner = np.isin(
        of_texel, [REGIONS.index(name) for name in ("mouth_inside", "eye_socket_left", "eye_socket_right")]
    )
    texture, areas = paint(
        canvas,
        level,
        pose,
        figure.pose(expression=EYES_SHUT),
        masks,
        {name: np.array(curve["positions"]) for name, curve in curves.items() if "positions" in curve},
        {name: np.array(one["position"]) for name, one in landmarks.items() if "position" in one},
        np.array(curves["brow"]["half_widths_mm"]),
        inner,
    )
    middle = level.uv[level.drawn_triangles].mean(axis=1)
    column, row = (
        np.clip((part * TEXTURE_SIZE).astype(int), 0, TEXTURE_SIZE - 1)
        for part in (middle[:, 0], 1 - middle[:, 1])
    )
    of_triangle = areas[row, column]
    # The source's masks are drawn by hand; the left half stands for both.
    right = pose.vertices[level.triangles].mean(axis=1)[:, 0] < 0
    of_triangle[right] = of_triangle[level.mirror_triangles[right]]
    return Image.fromarray(texture), of_triangle


def main() -> None:
    """Build the figure and write its files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--wheel-folder", type=Path, default=Path(tempfile.gettempdir()) / "facepoints-source"
    )
    parser.add_argument("--paint-only", action="store_true", help="keep figure.npz and paint the skin anew")
    arguments = parser.parse_args()
    source = Source(fetch_wheel(arguments.wheel_folder))
    if arguments.paint_only:
        with np.load(HERE / "figure.npz") as file:
            arrays = dict(file)
    else:
        arrays = build(source)
        (HERE / "LICENSE-CC0.md").write_text(source.licence(), encoding="utf-8")
    figure = Figure(arrays)
    texture, areas = paint_skin(source, figure)
    texture.save(HERE / "skin.jpg", quality=90, subsampling=0, optimize=True)
    arrays |= {"area_names": np.array(AREAS), "areas": areas, **plant_lashes(figure)}
    np.savez_compressed(HERE / "figure.npz", **arrays)
    provenance = {
        "fingerprint": figure.fingerprint,
        "frame": "mm; origin between the tragions, +x the person's left, +y up, +z forward, Frankfort plane level",
        "source": "MakeHuman/MPFB2 base mesh hm08, its targets and region masks, CC0 1.0 (LICENSE-CC0.md)",
        "copyright_before_release": ["Data Collection AB", "Joel Palmius", "Jonas Hauquier"],
        "taken_from": {"file": WHEEL, "sha256": WHEEL_SHA256, "folder": ROOT},
        "made_by": "meshes/build.py",
        "control_vertices": figure.skin_count,
        "control_triangles": len(figure.control_triangles),
        "targets": len(figure.target_names),
    }
    (HERE / "figure.json").write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
