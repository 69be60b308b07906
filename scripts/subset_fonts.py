"""Make app/ui/fonts from Noto Sans CJK: Latin with tone marks, and the Chinese characters that the points use.

A handout has to have its letters whatever fonts the machine has. Needs fontTools and the two font files:
    python scripts/subset_fonts.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

ROOT = Path(__file__).resolve().parents[1]
FAMILY = "Facepoints Sans"
LATIN = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x180)))
MARKS = "ǎǐǒǔǖǘǚǜǍǏǑǓ‐–—‘’“”•…×☐°±≤≥→"


def characters() -> str:
    """Every character that a handout of the built-in points may hold."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "points").rglob("*.json"))]
    chinese = {letter for text in texts for letter in text if "\u2e80" <= letter <= "\u9fff"}
    return LATIN + MARKS + "".join(sorted(chinese))


def main(files: list[str]) -> None:
    for file, style in zip(files, ("Regular", "Bold"), strict=True):
        font = next(one for one in TTCollection(file).fonts if " TC" in str(one["name"].getDebugName(1)))
        options = Options(name_IDs=["*"], layout_features=["kern"], notdef_outline=True, hinting=False)
        subsetter = Subsetter(options)
        subsetter.populate(text=characters())
        subsetter.subset(font)
        names = font["name"]
        for number, text in {1: FAMILY, 4: f"{FAMILY} {style}", 16: FAMILY}.items():
            names.setName(text, number, 3, 1, 0x409)
        names.setName(f"FacepointsSans-{style}", 6, 3, 1, 0x409)
        names.names = [one for one in names.names if one.platformID == 3 and one.langID == 0x409]
        with_truetype_outlines(font)
        font.save(ROOT / "app" / "ui" / "fonts" / f"FacepointsSans-{style}.ttf")


def with_truetype_outlines(font: TTFont) -> None:
    """Turn the outlines into quadratic ones: PDF writers leave letters of other fonts without their text."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    table = newTable("glyf")
    table.glyphs, table.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), table
    del font["CFF "]
    # Without substitutions every letter is the one its text says, which keeps the text of a PDF readable.
    for unused in ("GSUB", "BASE", "VORG", "vhea", "vmtx"):
        if unused in font:
            del font[unused]
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
        "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(most, field, 0)
    most.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


if __name__ == "__main__":
    main(sys.argv[1:])
