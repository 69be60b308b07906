"""Pictures to compare with: kept small, without text and without skin, compared with some tolerance."""

import os
from pathlib import Path

import numpy as np
import pytest
import pyvista

from app.scene.picture import write_png

FOLDER = Path(__file__).parent / "image_cache"


def only_changes(image: np.ndarray, bare: np.ndarray) -> np.ndarray:
    """The picture where it differs from the bare one, grey elsewhere: skin and light may change without harm."""
    changed = np.abs(image.astype(int) - bare).max(axis=2, keepdims=True) > 24
    return np.where(changed, image, 128).astype(np.uint8)


def assert_looks_like(image: np.ndarray, name: str, tmp_path: Path) -> None:
    """Compare with the baseline of that name; where it is missing or differs, the new one is kept to be looked at."""
    baseline = FOLDER / f"{name}.png"
    if baseline.exists():
        kept = np.asarray(pyvista.read(baseline).active_scalars).reshape(image.shape)[::-1]
        off = np.abs(_coarse(image) - _coarse(kept)).max(axis=2)
        if (off > 40).mean() < 0.01:
            return
    new = Path(os.environ.get("FACEPOINTS_NEW_BASELINES", tmp_path)) / f"{name}.png"
    write_png(new, image)
    pytest.fail(f"{name} looks otherwise; look at {new} and, if it is right, move it to {FOLDER}")


def _coarse(image: np.ndarray) -> np.ndarray:
    """Means of blocks of 4 x 4 pixels: what a shift of an edge by part of a pixel leaves alone."""
    height, width = (side // 4 * 4 for side in image.shape[:2])
    return image[:height, :width].astype(float).reshape(height // 4, 4, width // 4, 4, 3).mean(axis=(1, 3))
