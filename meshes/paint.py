"""Paint the skin texture of the neutral adult: skin, lips, lids, brows, short hair with its hairline, bodysuit."""

import io
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import strands
from canvas import Canvas
from matplotlib.path import Path as Outline
from PIL import Image
from relief import lip_distance, relief
from scipy.spatial import cKDTree

from app.geometry.figure import Level, Pose

Floats = npt.NDArray[np.float64]

AREAS = ("skin", "scalp", "brows", "lips", "eyelids", "nails", "bodysuit")
SKIN = np.array([226, 181, 155]) / 255
LIP = np.array([198, 122, 113]) / 255
HAIR = np.array([62, 44, 34]) / 255
SUIT = np.array([103, 121, 138]) / 255
MOUTH = np.array([150, 84, 78]) / 255

# Where skin differs from its mean, on the left half: centre mm, radius mm, added red, green, blue.
TINTS = (
    ((40, -8, 78), (20, 17, 30), (0.014, -0.028, -0.024)),  # cheek
    ((0, -14, 108), (11, 11, 20), (0.022, -0.040, -0.036)),  # nose tip
    ((16, -17, 92), (7, 8, 14), (0.015, -0.038, -0.036)),  # ala
    ((0, 66, 90), (55, 26, 40), (0.014, 0.010, 0.002)),  # forehead
    ((30, 8, 82), (17, 6, 16), (-0.020, -0.040, -0.026)),  # below the eye
    ((31, 26, 84), (15, 6, 14), (-0.006, -0.040, -0.030)),  # upper lid
    ((17, 14, 84), (6, 7, 12), (-0.016, -0.042, -0.028)),  # inner corner
    ((0, -75, 88), (24, 13, 24), (0.010, -0.018, -0.018)),  # chin
    ((0, -52, 88), (36, 20, 24), (-0.012, -0.012, -0.006)),  # around the mouth
    ((55, -50, 45), (26, 30, 40), (-0.022, -0.016, -0.008)),  # jaw
)


def smooth_step(value: Floats, low: float, high: float) -> Floats:
    """Return 0 below low, 1 above high, smooth between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    step: Floats = t * t * (3 - 2 * t)
    return step


def mix(under: Floats, over: Floats, share: Floats) -> Floats:
    """Return colours (h, w, 3) with `over` laid on by a share (h, w)."""
    mixed: Floats = under + (over - under) * share[..., None]
    return mixed


def noise(canvas: Canvas, size: float, random: np.random.Generator) -> Floats:
    """Return (size, size) noise of mean 0 and deviation 1 with grains of about `size` mm, without seams."""
    low = canvas.position.reshape(-1, 3).min(0)
    cells = ((canvas.position - low) / size).astype(np.float32)
    corner = np.floor(cells).astype(np.int64)
    part = cells - corner
    part = part * part * (3 - 2 * part)
    salt = int(random.integers(1 << 30))
    total = np.zeros(canvas.position.shape[:2], np.float32)
    for dx in (0, 1):
        for dy in (0, 1):
            for dz in (0, 1):
                key = (
                    (corner[..., 0] + dx) * 73856093
                    ^ (corner[..., 1] + dy) * 19349663
                    ^ (corner[..., 2] + dz) * 83492791
                )
                key = (key ^ salt) * 2654435761 & 0xFFFFFFFF
                key = (key ^ key >> 15) * 2246822519 & 0xFFFFFFFF
                value = (key >> 8 & 0xFFFF).astype(np.float32) / 32768 - 1
                share = np.ones_like(total)
                for axis, step in enumerate((dx, dy, dz)):
                    share *= part[..., axis] if step else 1 - part[..., axis]
                total += value * share
    return (total / total.std()).astype(float)


def hair_distance(canvas: Canvas, hairline: Floats) -> Floats:
    """Return (size, size) mm inside the hairline (n, 3, left half, trichion to nape), negative outside."""
    position = np.abs(canvas.position) * (1, 0, 0) + canvas.position * (0, 1, 1)

    def unroll(points: Floats) -> Floats:
        return np.stack([np.arctan2(points[..., 0], points[..., 2]) * 80, points[..., 1]], axis=-1)

    outline = unroll(hairline)
    outline = np.concatenate(
        [outline, [[np.pi * 80 + 1, outline[-1, 1]], [np.pi * 80 + 1, 300], [-1, 300], [-1, outline[0, 1]]]]
    )
    flat = unroll(position)
    inside = Outline(outline).contains_points(flat.reshape(-1, 2)).reshape(flat.shape[:2])
    distance, _ = cKDTree(hairline).query(position.reshape(-1, 3), workers=2)
    signed: Floats = np.where(inside, 1, -1) * distance.reshape(flat.shape[:2])
    return signed


def suit_distance(position: Floats) -> Floats:
    """Return mm inside the bodysuit, negative on bare skin: a sleeveless suit from collar to mid-thigh."""
    side, height, forward = np.abs(position[..., 0]), position[..., 1], position[..., 2]
    front = smooth_step(forward, -60, 30)
    # A round neckline, deeper in front than behind, that leaves shoulders and the notch of the breastbone bare.
    neckline = (-168 - 62 * front) + (58 + 44 * front) * smooth_step(side, 10, 100)
    under_neckline = neckline - height
    armhole = np.interp(height, [-340, -300, -240, -190, -140], [190, 152, 131, 124, 121]) - side
    above_hem = height + 905
    return np.minimum(np.minimum(under_neckline, armhole), above_hem)


def source_mask(image: bytes, source_uv: Floats) -> Floats:
    """Return a mask of the source, 0 to 1, looked up at its own texture coordinates (h, w, 2)."""
    mask = np.asarray(Image.open(io.BytesIO(image)).convert("L"), float) / 255
    size = mask.shape[0]
    column = np.clip((source_uv[..., 0] * size).astype(int), 0, size - 1)
    row = np.clip(((1 - source_uv[..., 1]) * size).astype(int), 0, size - 1)
    looked_up: Floats = mask[row, column]
    return looked_up


def paint(
    canvas: Canvas,
    level: Level,
    pose: Pose,
    shut: Pose,
    masks: Mapping[str, Floats],
    curves: Mapping[str, Floats],
    landmarks: Mapping[str, Floats],
    brow_half_widths: Floats,
    inner: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return the texture (size, size, 3) and the area each texel shows (size, size), an index into AREAS.

    Args:
        canvas: the places to paint.
        level: the level the canvas shows.
        pose: the neutral adult.
        shut: the same with eyes shut.
        masks: eyelids, ears, fingernails and toenails of the source, (size, size) each, 0 to 1.
        curves: of the left half, (n, 3) mm.
        landmarks: of the left half, (3,) mm.
        brow_half_widths: (n,) mm at the stations of the brow.
        inner: (size, size) texels of the mouth's inside and the eye sockets.

    """
    random = np.random.default_rng(1)
    position = canvas.position
    mirrored = np.stack([np.abs(position[..., 0]), position[..., 1], position[..., 2]], axis=-1)
    colour = np.broadcast_to(SKIN, (*position.shape[:2], 3)).copy()
    for centre, radius, tint in TINTS:
        share = np.exp(-(((mirrored - centre) / radius) ** 2).sum(-1))
        colour += share[..., None] * np.array(tint)
    blotch = noise(canvas, 14, random) * 0.6 + noise(canvas, 5, random) * 0.5
    colour += blotch[..., None] * np.array([0.006, 0.009, 0.008])
    # On shut lids, where the skin lies spread out: grain made on open ones would be drawn out into streaks.
    spread = replace(canvas, position=canvas.spread(shut.vertices, level.triangles))
    grain = noise(spread, 1.1, random) * 0.7 + noise(spread, 0.55, random)
    colour += grain[..., None] * np.array([0.008, 0.009, 0.009])
    colour = mix(colour, colour * (1.01, 0.93, 0.915), masks["ears"] * 0.7)
    colour = mix(colour, colour * (0.985, 0.93, 0.93), masks["eyelids"] * 0.8)
    nails = np.maximum(masks["fingernails"], masks["toenails"])
    colour = mix(colour, np.broadcast_to(np.array([0.93, 0.76, 0.71]), colour.shape), nails * 0.75)

    # The borders as they are drawn, with the bow of the upper lip.
    lips = smooth_step(lip_distance(mirrored, curves), -0.6, 0.6) * (position[..., 2] > 60)
    crease = 0.5 + 0.5 * np.sin(position[..., 0] * 5.2 + noise(canvas, 3, random) * 1.3)
    lip = LIP * (0.93 + 0.07 * crease + 0.02 * grain)[..., None]
    colour = mix(colour, lip, np.clip(lips, 0, 1) * 0.70)

    inside_hair = hair_distance(canvas, curves["hairline"])
    ragged = inside_hair + 0.7 * noise(canvas, 2.2, random) + 0.8 * noise(canvas, 9, random)
    nape = smooth_step(-position[..., 2], 20, 70) * smooth_step(-position[..., 1], 0, 60)
    density = smooth_step(ragged, -2.5, 8.0) ** 1.3 * (1 - masks["ears"])
    density *= 1 - 0.5 * nape * (1 - smooth_step(inside_hair, 0, 40))
    roots = smooth_step(ragged, -1.5, 11.0) * (1 - masks["ears"])
    colour = mix(colour, HAIR * 1.05 * (1 + 0.05 * blotch)[..., None], roots * 0.80)
    value, cover = strands.scalp(canvas, level, pose, density, random)
    strand = HAIR * (0.55 + 1.25 * value)[..., None]
    colour = mix(colour, strand, np.clip(cover * 0.9, 0, 1))

    value, cover, shade = strands.brows(canvas, level, pose, curves["brow"], brow_half_widths, random)
    colour = mix(colour, colour * 0.62 + HAIR * 0.28, shade * 0.5)
    colour = mix(colour, HAIR * (0.7 + 0.9 * value)[..., None], np.clip(cover * 0.8, 0, 1))

    inside_suit = suit_distance(position)
    weave = 1 + 0.012 * grain + 0.012 * blotch
    suit = SUIT * weave[..., None]
    seam = np.exp(-(((inside_suit - 6) / 1.6) ** 2)) * 0.16 + np.exp(-((inside_suit / 3.0) ** 2)) * 0.10
    colour = mix(colour, suit * (1 - seam)[..., None], smooth_step(inside_suit, -1.5, 1.5))

    # Creases gather shadow and light that has passed through skin: darker, and redder as they darken.
    fade = smooth_step(position[..., 1], -190, -110)
    shadow = (1 - canvas.light) * fade + relief(mirrored, curves, landmarks)
    colour = colour * (1 - shadow[..., None] * np.array([0.50, 0.66, 0.70]))
    # Behind the lids the socket is the pink of their lining; it shows at the corners of the eye.
    colour[inner] = MOUTH * (0.55 + 0.45 * canvas.light[inner])[..., None]
    shown = {
        "scalp": inside_hair > 0,
        "brows": shade > 0.15,
        "lips": lips > 0.5,
        "eyelids": masks["eyelids"] > 0.4,
        "nails": nails > 0.5,
        "bodysuit": inside_suit > 0,
    }
    areas = np.zeros(inner.shape, np.uint8)
    for name, where in shown.items():
        areas[where & ~inner & (masks["ears"] < 0.5)] = AREAS.index(name)
    return np.round(np.clip(colour, 0, 1) * 255).astype(np.uint8), areas
