"""Hair as fine strokes on the skin texture: the scalp's short hair and the brows."""

import numpy as np
import numpy.typing as npt
from canvas import Canvas
from PIL import Image, ImageDraw
from scipy.spatial import cKDTree

from app.geometry.figure import Level, Pose

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

OVERSAMPLING = 2  # strokes are drawn finer than the texture and averaged
WHORL = np.array([0.0, 112.0, -58.0])  # where scalp hair turns, mm


def to_texture(level: Level, pose: Pose, triangles: Ints, directions: Floats) -> Floats:
    """Return (n, 2) the step in texture coordinates for each step (n, 3) in mm along a triangle."""
    corners, uv = pose.vertices[level.triangles[triangles]], level.uv[level.drawn_triangles[triangles]]
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    aa, ab, bb = (first * first).sum(1), (first * second).sum(1), (second * second).sum(1)
    ad, bd = (first * directions).sum(1), (second * directions).sum(1)
    area = np.maximum(aa * bb - ab * ab, 1e-9)
    a, b = (bb * ad - ab * bd) / area, (aa * bd - ab * ad) / area
    step: Floats = a[:, None] * (uv[:, 1] - uv[:, 0]) + b[:, None] * (uv[:, 2] - uv[:, 0])
    return step


class Strokes:
    """Draws strands into grey layers: the value says how light a strand is, the cover how much of a texel it takes."""

    def __init__(self, size: int) -> None:
        self._size = size * OVERSAMPLING
        self._value = Image.new("L", (self._size, self._size), 128)
        self._cover = Image.new("L", (self._size, self._size), 0)

    def draw(self, start: Floats, steps: list[Floats], values: Ints, cover: Ints, width: float = 0.6) -> None:
        """Draw a curved strand per start (n, 2) along steps, each (n, 2), in texture coordinates."""
        draw_value, draw_cover = ImageDraw.Draw(self._value), ImageDraw.Draw(self._cover)
        path = np.cumsum(np.stack([start, *steps], axis=1), axis=1)
        path = np.stack([path[..., 0], 1 - path[..., 1]], axis=-1) * self._size
        thickness = max(1, round(width * OVERSAMPLING))
        for line, value, share in zip(
            path.reshape(len(path), -1).tolist(), values.tolist(), cover.tolist(), strict=True
        ):
            draw_value.line(line, fill=value, width=thickness)
            draw_cover.line(line, fill=share, width=thickness)

    def layers(self) -> tuple[Floats, Floats]:
        """Return the strands' value and cover as (size, size) arrays, 0 to 1."""
        size = (self._size // OVERSAMPLING,) * 2
        value, cover = (
            np.asarray(part.resize(size, Image.Resampling.BOX), float) / 255
            for part in (self._value, self._cover)
        )
        return value, cover


def scalp(
    canvas: Canvas, level: Level, pose: Pose, density: Floats, random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw short hair that flows from the whorl; density (size, size) 0 to 1 thins it out at the hairline."""
    strokes = Strokes(canvas.size)
    weight = np.where(canvas.inside, density, 0).ravel()
    picked = random.choice(len(weight), 110_000, p=weight / weight.sum())
    triangles = canvas.triangle.ravel()[picked]
    position, normal = canvas.position.reshape(-1, 3)[picked], canvas.normal.reshape(-1, 3)[picked]
    flow = position - WHORL
    flow += (
        random.normal(0, 6, flow.shape)
        + np.c_[-position[:, 2] * np.tanh(position[:, 0] / 12), 0 * flow[:, 0], position[:, 0]] * 0.12
    )
    flow[:, 1] -= 22  # gravity, and the comb
    flow -= (flow * normal).sum(1, keepdims=True) * normal
    flow /= np.linalg.norm(flow, axis=1, keepdims=True)
    length = random.uniform(3.0, 6.5, len(picked)) * (0.45 + 0.55 * weight[picked])
    columns, rows = picked % canvas.size, picked // canvas.size
    start = np.stack(
        [
            (columns + random.random(len(picked))) / canvas.size,
            1 - (rows + random.random(len(picked))) / canvas.size,
        ],
        1,
    )
    steps = []
    for _ in range(3):
        bend = flow + random.normal(0, 0.16, flow.shape)
        steps.append(to_texture(level, pose, triangles, bend * (length / 3)[:, None]))
    longest = np.linalg.norm(np.sum(steps, axis=0), axis=1)
    good = longest < 0.012  # a stroke must not run off its island
    steps = [step[good] for step in steps]
    values = np.clip(random.normal(105, 42, good.sum()), 10, 250).astype(int)
    cover = (random.uniform(150, 255, good.sum()) * (0.35 + 0.65 * weight[picked][good])).astype(int)
    strokes.draw(start[good], steps, values, cover)
    return strokes.layers()


def brows(
    canvas: Canvas,
    level: Level,
    pose: Pose,
    line: Floats,
    half_widths: Floats,
    random: np.random.Generator,
) -> tuple[Floats, Floats, Floats]:
    """Draw both brows; line (n, 3) and half_widths (n,) mm are the left one. Returns value, cover and soft shade."""
    strokes = Strokes(canvas.size)
    shade = np.zeros((canvas.size, canvas.size))
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    for side in (1.0, -1.0):
        mirrored = line * (side, 1, 1)
        tree = cKDTree(mirrored)
        near = canvas.inside & (np.linalg.norm(canvas.position - mirrored.mean(0), axis=2) < 45)
        rows, columns = np.nonzero(near)
        position = canvas.position[rows, columns]
        distance, station = tree.query(position)
        widths = 0.82 * half_widths[station]
        share = along[station] / along[-1]
        ends = np.clip(share / 0.08, 0, 1) * np.clip((1 - share) / 0.05 + 0.2, 0, 1)
        body = np.exp(-((distance / (widths * 0.9)) ** 2) * 1.2)
        shade[rows, columns] = np.maximum(shade[rows, columns], body * (0.35 + 0.65 * ends))
        # A strand for about every 0.06 square millimetres, thinner toward the inner end.
        chance = np.exp(-((distance / widths) ** 4)) * (0.4 + 0.6 * ends)
        picked = random.choice(len(rows), 900, p=chance / chance.sum())
        station, share = station[picked], share[picked]
        tangent = np.gradient(mirrored, axis=0)[station]
        tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
        above = (position[picked, 1] - mirrored[station, 1]) / half_widths[station]
        lift = np.interp(
            share, [0, 0.12, 0.35, 0.7, 1], [1.2, 0.8, 0.35, 0.1, -0.05]
        ) - 0.38 * above * np.clip(share * 4, 0, 1)
        direction = tangent + lift[:, None] * np.array([0, 1.0, 0]) + random.normal(0, 0.1, tangent.shape)
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        length = random.uniform(3.2, 6.0, len(picked)) * np.interp(
            share, [0, 0.2, 0.8, 1], [0.75, 1.0, 0.9, 0.6]
        )
        triangles = canvas.triangle[rows[picked], columns[picked]]
        start = np.stack([(columns[picked] + 0.5) / canvas.size, 1 - (rows[picked] + 0.5) / canvas.size], 1)
        steps = []
        for turn in (0.25, 0.0, -0.2):
            bent = direction + turn * np.array([0, 1.0, 0])
            steps.append(to_texture(level, pose, triangles, bent * (length / 3)[:, None]))
        start = start - 0.5 * np.sum(steps, axis=0)
        values = np.clip(random.normal(80, 34, len(picked)), 5, 220).astype(int)
        cover = random.uniform(110, 225, len(picked)).astype(int)
        strokes.draw(start, steps, values, cover, width=0.5)
    value, cover = strokes.layers()
    return value, cover, shade
