"""The figure: one control mesh, its shapes and expressions, and the smooth skin computed from it.

Everything is in millimetres in the project's frame: origin midway between the tragions, +x the person's left, +y up,
+z forward, the Frankfort plane level.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from app.domain.places import data_folder
from app.geometry.subdivision import Weights, mirror_of_refined, refine, refine_seams

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

YOUNG, OLD = 25.0, 90.0  # the ages in years at which the source models its young and its old targets

# The composed neutral adult; measured against published norms in tests/geometry/test_anthropometry.py.
NEUTRAL_DETAILS: Mapping[str, float] = {"head_wide": 0.2, "mouth_wide": 0.35, "chin_tall": 0.2}


class FigureProblem(Exception):
    """The figure's file is missing or damaged; the text is one sentence with the remedy."""


@dataclass(frozen=True)
class Shape:
    """Who the figure is.

    Attributes:
        sex: 0 woman to 1 man.
        age: years, 25 to 90.
        ancestry: shares of European, Asian and African ancestry; scaled to sum 1.
        weight: 0 thin, 0.5 average, 1 heavy.
        details: further targets by name, 0 to 1 each.

    """

    sex: float = 0.5
    age: float = 40.0
    ancestry: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)
    weight: float = 0.5
    details: Mapping[str, float] = field(default_factory=lambda: dict(NEUTRAL_DETAILS))

    def targets(self) -> dict[str, float]:
        """Return the weight of every target of the source that makes this shape."""
        old = float(np.clip((self.age - YOUNG) / (OLD - YOUNG), 0, 1))
        ages = {"young": 1 - old, "old": old}
        sexes = {"female": 1 - self.sex, "male": self.sex}
        shares = np.array(self.ancestry, float) / sum(self.ancestry)
        bulk = {
            "minweight": max(0.0, 1 - 2 * self.weight),
            "averageweight": 1 - abs(2 * self.weight - 1),
            "maxweight": max(0.0, 2 * self.weight - 1),
        }
        weights: dict[str, float] = dict(self.details)
        for sex, of_sex in sexes.items():
            for age, of_age in ages.items():
                for ancestry, share in zip(("caucasian", "asian", "african"), shares, strict=True):
                    weights[f"{ancestry}-{sex}-{age}"] = of_sex * of_age * float(share)
                for name, of_bulk in bulk.items():
                    weights[f"universal-{sex}-{age}-averagemuscle-{name}"] = of_sex * of_age * of_bulk
        return weights


NEUTRAL = Shape()
EYES_SHUT: Mapping[str, float] = {"blink_left": 1.0, "blink_right": 1.0}


@dataclass(frozen=True)
class Level:
    """One fineness of the skin.

    Attributes:
        triangles: (t, 3) indices into the level's vertices.
        parents: (t,) the control triangle each one lies in.
        steps: the weights that lead from the control vertices of the skin to the level's, one after the other.
        mirror: (vertices,) the vertex on the other side; its own for a midline vertex.
        drawn: (r,) the vertex of each drawn vertex: vertices on a seam of the texture are drawn twice.
        drawn_triangles: (t, 3) indices into `drawn`, in the order of `triangles`.
        uv: (r, 2) texture coordinates of the drawn vertices.

    """

    triangles: Ints
    parents: Ints
    steps: tuple[Weights, ...]
    mirror: Ints
    drawn: Ints
    drawn_triangles: Ints
    uv: Floats

    def smooth(self, control: Floats) -> Floats:
        """Return (vertices, 3) the level's vertices, given the control vertices of the skin (skin, 3)."""
        for step in self.steps:
            control = step.apply(control)
        return control

    @cached_property
    def matrix(self) -> "sparse.csr_matrix":
        """Return (vertices, skin) all steps in one: quicker than `smooth` where it is used again and again."""
        matrix = self.steps[0].matrix()
        for step in self.steps[1:]:
            matrix = (step.matrix() @ matrix).tocsr()
        return matrix

    @cached_property
    def mirror_triangles(self) -> Ints:
        """Return (t,) the triangle on the other side of each; its own where it is crossed by the midline."""
        count = len(self.mirror)

        def key(corners: Ints) -> Ints:
            low = np.sort(corners, axis=1)
            return (low[:, 0] * count + low[:, 1]) * count + low[:, 2]

        own = key(self.triangles)
        order = np.argsort(own)
        partner: Ints = order[np.searchsorted(own, key(self.mirror[self.triangles]), sorter=order)]
        return partner


@dataclass(frozen=True)
class Eye:
    """An eyeball: centre (3,) and radius in mm."""

    centre: Floats
    radius: float


@dataclass(frozen=True)
class LashRoots:
    """Where the eyelashes grow, between vertices of the full level.

    Attributes:
        margin: (n, 2) neighbouring vertices of a lid's margin.
        share: (n,) how far each lash grows on the way from the first to the second.
        lean: (n,) how far each leans to the outer corner of the eye, as a share of its length.
        curl: (n,) how far its tip is bent from the eye's opening, as a share of its length.
        length: (n,) mm.
        lid: (n,) 0 left upper, 1 left lower, 2 right upper, 3 right lower; each from the inner corner to the outer.

    """

    margin: Ints
    share: Floats
    lean: Floats
    curl: Floats
    length: Floats
    lid: Ints


@dataclass(frozen=True)
class Pose:
    """The figure in one shape and expression.

    Attributes:
        control: (c, 3) control vertices: skin, then eye helpers left and right.
        vertices: (v, 3) vertices of the full level.
        eyes: left and right eyeball.

    """

    control: Floats
    vertices: Floats
    eyes: tuple[Eye, Eye]


class Figure:
    """The control mesh with its targets, regions and levels; made by `load_figure`."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._arrays = arrays
        self.skin_count = int(arrays["skin_count"])
        self.control_triangles: Ints = arrays["triangles"].astype(np.int64)
        self.control_mirror: Ints = arrays["mirror"].astype(np.int64)
        self.region_names: tuple[str, ...] = tuple(str(name) for name in arrays["region_names"])
        self.area_names: tuple[str, ...] = tuple(str(name) for name in arrays["area_names"])
        self.control_regions: Ints = arrays["regions"].astype(np.int64)
        self._base: Floats = arrays["vertices"].astype(np.float64)
        self._target_rows = {str(name): row for row, name in enumerate(arrays["target_names"])}
        self._last: tuple[Shape, Pose, Floats] | None = None
        self.light, self.full = self._levels()

    @property
    def target_names(self) -> tuple[str, ...]:
        """Names that `Shape.details` and an expression may use, and those that sex, age, ancestry and weight mix."""
        return tuple(self._target_rows)

    @cached_property
    def fingerprint(self) -> str:
        """Identifies the topology and the neutral shape a position was made on."""
        digest = hashlib.sha256(self.control_triangles.tobytes())
        # Whole micrometres: a sum taken in another order differs by less, and zero has no sign.
        digest.update(np.rint(self.neutral.vertices * 1000).astype(np.int32).tobytes())
        return digest.hexdigest()[:16]

    @property
    def lash_roots(self) -> LashRoots:
        """Where the eyelashes grow."""

        def read(name: str) -> npt.NDArray[Any]:
            array = self._arrays[f"lash_{name}"]
            return array.astype(np.float64 if array.dtype.kind == "f" else np.int64)

        return LashRoots(*(read(field.name) for field in fields(LashRoots)))

    def region(self, *names: str) -> npt.NDArray[np.bool_]:
        """Return (t,) whether a triangle of the full level lies in one of the named regions.

        Regions are the parts the mesh is cut into (`region_names`) and the areas painted on it (`area_names`: skin,
        scalp, brows, lips, eyelids, nails, bodysuit).

        Raises:
            KeyError: there is no such region.

        """
        inside = np.zeros(len(self.full.triangles), bool)
        for name in names:
            if name in self.region_names:
                inside |= self.control_regions[self.full.parents] == self.region_names.index(name)
            elif name in self.area_names:
                inside |= self._arrays["areas"] == self.area_names.index(name)
            else:
                raise KeyError(name)
        return inside

    def control(self, weights: Mapping[str, float]) -> Floats:
        """Return (c, 3) the control vertices for target weights, in the source's own place, mm.

        Raises:
            KeyError: a weight names a target the figure does not have.

        """
        control = self._base.copy()
        self._add(control, weights)
        return control

    def pose(self, shape: Shape = NEUTRAL, expression: Mapping[str, float] | None = None) -> Pose:
        """Return the figure in a shape and expression (unit name to weight, 0 to 1), in the project's frame.

        The frame is taken from the shape alone, so that an expression moves skin and not the head.
        """
        plain, turn = self._plain(shape)
        if not expression:
            return plain
        own = shape.targets()
        moved = np.zeros_like(self._base)
        self._add(moved, {name: weight - own.get(name, 0.0) for name, weight in expression.items()})
        moved = moved @ turn.T
        control = plain.control + moved
        eyes = self._eye(control, 0), self._eye(control, 1)
        # What does not move stays exactly where it was, by which others tell what to compute anew.
        return Pose(control, plain.vertices + self.full.matrix @ moved[: self.skin_count], eyes)

    def _plain(self, shape: Shape) -> tuple[Pose, Floats]:
        """Return a shape without expression and the rotation into its frame; that of the last shape is kept."""
        if self._last is None or self._last[0] != shape:
            control = self.control(shape.targets())
            turn, origin = self._frame(control)
            control = (control - origin) @ turn.T
            eyes = self._eye(control, 0), self._eye(control, 1)
            pose = Pose(control, self.full.smooth(control[: self.skin_count]), eyes)
            self._last = shape, pose, turn
        return self._last[1], self._last[2]

    def _add(self, control: Floats, weights: Mapping[str, float]) -> None:
        """Add the targets of some weights to control vertices (c, 3)."""
        arrays = self._arrays
        starts, scales = arrays["target_starts"], arrays["target_scales"]
        for name, weight in weights.items():
            row = self._target_rows[name]
            if weight:
                part = slice(int(starts[row]), int(starts[row + 1]))
                control[arrays["target_indices"][part]] += arrays["target_deltas"][part] * (
                    weight * float(scales[row])
                )

    @cached_property
    def neutral(self) -> Pose:
        """The neutral adult with open eyes, on which positions are kept."""
        return self.pose()

    def _frame(self, control: Floats) -> tuple[Floats, Floats]:
        """Return the rotation (3, 3) and origin (3,) that put the tragions and orbitales of a shape into the frame."""
        frame = self._arrays["frame_weights"].astype(float)
        corners = control[self._arrays["frame_vertices"].astype(int)]
        tragion, orbitale = (frame[:, :, None] * corners).sum(axis=1)
        origin = np.array([0.0, tragion[1], tragion[2]])
        pitch = np.arctan2(orbitale[1] - tragion[1], orbitale[2] - tragion[2])
        cos, sin = np.cos(pitch), np.sin(pitch)
        return np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]]), origin

    def _eye(self, control: Floats, side: int) -> Eye:
        """Fit a sphere to the eye's helper vertices by least squares."""
        count = int(self._arrays["eye_count"])
        points = control[self.skin_count + side * count : self.skin_count + (side + 1) * count]
        solved = np.linalg.lstsq(np.c_[2 * points, np.ones(count)], (points**2).sum(axis=1), rcond=None)[0]
        centre = solved[:3]
        return Eye(centre, float(np.sqrt(solved[3] + centre @ centre)))

    def _levels(self) -> tuple[Level, Level]:
        """Compute the light level (one step everywhere) and the full level (a second step on the head)."""
        arrays = self._arrays
        mirror = self.control_mirror[: self.skin_count]
        pairs = self.control_triangles.ravel() * 65536 + arrays["uv_triangles"].astype(np.int64).ravel()
        cut, cut_triangles = np.unique(pairs, return_inverse=True)
        whole = np.arange(len(self.control_triangles))
        control = Level(
            self.control_triangles,
            whole,
            (self._smoothing(),),
            mirror,
            cut // 65536,
            cut_triangles.reshape(-1, 3),
            arrays["uv"].astype(float)[cut % 65536],
        )
        light = _finer(control, None)
        head = self.control_regions[light.parents] == self.region_names.index("head")
        return light, _finer(light, head)

    def _smoothing(self) -> Weights:
        """Return (skin, skin) weights that lay the bodysuit smoothly over chest and groin and leave the rest alone."""
        rows, columns, weights = (self._arrays[f"cloth_{part}"] for part in ("rows", "columns", "weights"))
        bare = np.ones(self.skin_count, bool)
        bare[rows] = False
        plain = np.flatnonzero(bare)
        return Weights(
            np.concatenate([plain, rows.astype(np.int64)]),
            np.concatenate([plain, columns.astype(np.int64)]),
            np.concatenate([np.ones(len(plain)), weights.astype(float)]),
            (self.skin_count, self.skin_count),
        )


def _finer(level: Level, marked: npt.NDArray[np.bool_] | None) -> Level:
    """Return the level with its marked triangles (all where None) subdivided once."""
    count = len(level.mirror)
    step = refine(level.triangles, count, np.minimum(np.arange(count), level.mirror), marked)
    triangles, drawn, uv = refine_seams(step, level.drawn_triangles, level.drawn, level.uv)
    return Level(
        step.triangles,
        level.parents[step.parents],
        (*level.steps, step.weights),
        mirror_of_refined(step, level.mirror),
        drawn,
        triangles,
        uv,
    )


@lru_cache(maxsize=2)
def load_figure(path: Path | None = None) -> Figure:
    """Load the figure that comes with the program, or the one in a file.

    Raises:
        FigureProblem: the file is missing or is not a figure.

    """
    path = path or data_folder("meshes") / "figure.npz"
    try:
        # Opened here: numpy leaves a file open that it finds to be no archive.
        with path.open("rb") as stream, np.load(stream) as file:
            return Figure({name: file[name] for name in file.files})
    except FileNotFoundError:
        remedy = "install Facepoints again or run meshes/build.py"
        raise FigureProblem(f"{path}: the figure is missing; {remedy}.") from None
    except (KeyError, ValueError, EOFError, OSError, BadZipFile) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise FigureProblem(f"{path}: the figure is damaged ({reason}); install Facepoints again.") from error
