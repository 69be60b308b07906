"""A picture of the stage, drawn off screen; no display is needed."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyvista

from app.geometry.figure import EYES_SHUT, Pose, load_figure
from app.geometry.sites import Sites
from app.scene.camera import CameraState
from app.scene.image_bytes import png_bytes
from app.scene.markers import Marker
from app.scene.stage import Stage
from app.scene.theme import Theme

_LARGEST_SMOOTHED = 3000  # pixels of the longer side up to which a picture is drawn at double size and halved


class PictureProblem(Exception):
    """A picture that cannot be drawn or written; the text is one sentence with the remedy."""


def picture(
    path: Path | None = None,
    size: tuple[int, int] = (1280, 800),
    view: str = "front",
    sites: Sites | None = None,
    markers: Sequence[Marker] = (),
    labels: bool = False,
    theme: Theme = "light",
    eyes: Literal["open", "shut"] = "open",
    pose: Pose | None = None,
    selected: Sequence[int] = (),
    camera: CameraState | None = None,
) -> npt.NDArray[np.uint8]:
    """Return (height, width, 3) a picture, row 0 at the top, and write it as PNG if a path is given.

    A `pose` stands for itself: `eyes` counts where none is given. A `camera` counts before `view`.

    Raises:
        KeyError: there is no such view or marker shape.
        PictureProblem: the picture cannot be drawn here or not be written; nothing is left half-written.
        FigureProblem: the figure is missing or damaged.

    """
    figure = load_figure()
    if pose is None:
        pose = figure.neutral if eyes == "open" else figure.pose(expression=EYES_SHUT)
    factor = 2 if max(size) <= _LARGEST_SMOOTHED else 1
    try:
        plotter = pyvista.Plotter(
            off_screen=True, window_size=[side * factor for side in size], lighting="none"
        )
    except RuntimeError as error:
        raise PictureProblem(
            f"The picture cannot be drawn without OpenGL ({error}); install Mesa."
        ) from error
    window: Any = plotter.render_window
    window.SetMultiSamples(0)
    try:
        # At double size the halving does all the smoothing that is needed.
        stage = Stage(plotter, figure, theme, "full" if factor == 1 else "software", float(factor))
        try:
            stage.show_pose(pose)
            if sites is not None:
                stage.show(sites, markers)
            stage.markers.set_selected(selected)
            stage.labels.set_mode("all" if labels else "none")
            if camera is None:
                stage.views.view(view)
            else:
                stage.views.set(camera)
            shot = np.asarray(plotter.screenshot(return_img=True))[..., :3]
        finally:
            stage.close()
    finally:
        plotter.close()
    if factor > 1:
        shot = shot.reshape(size[1], factor, size[0], factor, 3).mean(axis=(1, 3)).round()
    image = shot.astype(np.uint8)
    if path is not None:
        write_png(path, image)
    return image


def write_png(path: Path, image: npt.NDArray[np.uint8]) -> None:
    """Write an image (h, w, 3) so that the file is in the end either whole or as it was before.

    Raises:
        PictureProblem: the file cannot be written.

    """
    try:
        _replace(path, png_bytes(image))
    except OSError as error:
        reason = error.strerror or str(error)
        raise PictureProblem(
            f"{path}: the picture cannot be written ({reason}); choose another place."
        ) from error


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
