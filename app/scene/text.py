"""Text as pixels, drawn by VTK's own FreeType; Chinese where the machine has a font for it."""

import sys
import unicodedata
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkRenderingCore import vtkTextProperty, vtkTextRenderer
from vtkmodules.vtkRenderingFreeType import vtkFreeTypeTools  # noqa: F401  registers the renderer's FreeType half

_DPI = 72  # so that a size is one in pixels

# Fonts with Chinese glyphs as the systems name their files, best first.
_CHINESE = {
    "win32": ("msyh.ttc", "msyh.ttf", "simsun.ttc", "msjh.ttc"),
    "darwin": ("PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Medium.ttc", "STHeiti Light.ttc"),
}
_CHINESE_ELSEWHERE = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "uming.ttc",
)
_FOLDERS = {
    "win32": ("C:/Windows/Fonts",),
    "darwin": ("/System/Library/Fonts", "/System/Library/Fonts/Supplemental", "/Library/Fonts"),
}
_FOLDERS_ELSEWHERE = ("/usr/share/fonts", "/usr/local/share/fonts")


@lru_cache(maxsize=1)
def chinese_font() -> Path | None:
    """Return a font file that has Chinese glyphs, None where the machine has none that is known."""
    names = _CHINESE.get(sys.platform, _CHINESE_ELSEWHERE)
    folders = [Path(folder) for folder in _FOLDERS.get(sys.platform, _FOLDERS_ELSEWHERE)]
    found = {path.name: path for folder in folders for path in folder.rglob("*.[to]t[cf]")}
    return next((found[name] for name in names if name in found), None)


def drawable(text: str) -> str:
    """Return the text as it can be drawn here: without a font for them no Chinese, and vowels lose rarer tone marks."""
    if _is_plain(text) or chinese_font():
        return text
    simple = []
    for letter in text:
        letter = letter if _is_plain(letter) else unicodedata.normalize("NFD", letter)[0]
        if _is_plain(letter):
            simple.append(letter)
    return " ".join("".join(simple).split())


def text_mask(text: str, size: float, bold: bool = False) -> tuple[npt.NDArray[np.uint8], int]:
    """Return coverage (h, w) of a line of text, row 0 at the bottom, and the row of its baseline.

    `size` is the font's size in pixels. An empty text has no columns.
    """
    text = drawable(text)
    font = None if _is_plain(text) else chinese_font()
    return _mask(text, round(size), bold, font), _baseline(round(size), bold, font)


def _mask(text: str, size: int, bold: bool, font: Path | None) -> npt.NDArray[np.uint8]:
    look = vtkTextProperty()
    look.SetFontSize(size)
    look.SetBold(bold)
    look.SetColor(1.0, 1.0, 1.0)
    if font:
        look.SetFontFamilyAsString("File")
        look.SetFontFile(str(font))
    renderer, image, drawn = vtkTextRenderer.GetInstance(), vtkImageData(), [0, 0]
    if not text or not renderer.RenderString(look, text, image, drawn, _DPI, vtkTextRenderer.FreeType):
        return np.zeros((1, 0), np.uint8)
    columns, rows = image.GetDimensions()[:2]
    pixels = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(rows, columns, -1)
    cover: npt.NDArray[np.uint8] = pixels[: drawn[1], : drawn[0], -1].copy()
    return cover


@lru_cache(maxsize=32)
def _baseline(size: int, bold: bool, font: Path | None) -> int:
    """Return the row on which letters stand; the picture of a text reaches as far below as the font does."""
    inked = _mask("H", size, bold, font).max(axis=1, initial=0) > 96
    return int(np.argmax(inked))


def _is_plain(text: str) -> bool:
    """Return whether VTK's built-in font has all the letters: it knows the Latin ones of Western Europe."""
    return all(letter < "\u0100" for letter in text)
