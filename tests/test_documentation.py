"""The pages: every link leads to a file, every picture is shown and has a script that takes it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
LINKS = {
    (page, target)
    for page in PAGES
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    if "://" not in target
}
PICTURES = set((ROOT / "docs" / "pictures").iterdir())


def test_every_link_leads_to_a_file() -> None:
    assert len(LINKS) > 60
    assert not [(page.name, target) for page, target in LINKS if not (page.parent / target).exists()]


def test_every_picture_is_shown() -> None:
    shown = {(page.parent / target).resolve() for page, target in LINKS}
    assert not {picture.name for picture in PICTURES} - {picture.name for picture in PICTURES & shown}


def test_every_picture_has_a_script() -> None:
    """A script names a picture whole, or its last words, or makes the name of what it shows."""
    scripts = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.py"))
    made = ("goal-", "construction-", "anatomy-")

    def is_named(stem: str) -> bool:
        words = stem.split("-")
        return any(f'"{"-".join(words[first:])}"' in scripts for first in range(len(words)))

    lost = [one.stem for one in PICTURES if not one.stem.startswith(made) and not is_named(one.stem)]
    assert not lost
