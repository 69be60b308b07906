"""The handout: real text, embedded letters, every needle in its table, on either paper."""

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from app.domain.library import Library
from app.domain.plan import Plan, Planner
from app.domain.story import AFTERCARE
from app.scene.needle_views import NeedleView
from app.ui.handout import FAMILY, Paper, handout_pdf, load_fonts


@pytest.fixture
def planner(library: Library) -> Planner:
    return Planner(library)


@pytest.fixture
def plan(planner: Planner) -> Plan:
    made = planner.answer(planner.make(["lines", "elasticity"]), "pregnancy", True)
    return planner.answer(planner.answer(made, "botox", True, ("brows",)), "epilepsy", False)


@pytest.fixture
def views() -> list[NeedleView]:
    noise = np.random.default_rng(1).integers(0, 255, (840, 720, 3)).astype(np.uint8)
    small = np.full((620, 620, 3), 200, np.uint8)
    return [NeedleView("Front", noise, (0,)), NeedleView("Left hand", small, (1,))]


def text_of(pdf: bytes, folder: Path) -> str:
    return " ".join(" ".join(pages_of(pdf, folder)).split())


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (poppler-utils)")
    path = folder / "plan.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return found.stdout.decode().split("\f")


def size_of(pdf: bytes) -> tuple[float, float]:
    found = re.search(rb"/MediaBox \[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    assert found
    return float(found[1]), float(found[2])


def test_its_text_is_text(
    qapp: QApplication, planner: Planner, plan: Plan, views: list[NeedleView], tmp_path: Path
) -> None:
    words = text_of(handout_pdf(planner, plan, views), tmp_path)
    prepared = planner.prepare(plan)
    for needle in prepared.needles:
        for name in (needle.point.code, needle.point.pinyin, needle.point.hanzi):
            assert name in words
    for out in prepared.left_out:
        assert out.point.code in words
    for told in (
        "Results vary and cannot be guaranteed.",
        "4.86 % of sessions",
        "after about 5 of 100 treatments",
        "Usually postponed: Pregnancy. No needle goes in unless",
        "Small or weak trials. Some controlled studies exist",
        "Left alone: brows and between them",
        "Asked, does not apply: Epilepsy",
        "Signature of the client",
        "not medical advice",
        "Front",
        "Left hand",
    ):
        assert told in words, told
    for wrong in ("..", "yourself.", "0 on the body"):
        assert wrong not in words.replace("oneself.", ""), wrong


def test_a_decision_is_told_on_the_first_page(
    qapp: QApplication, planner: Planner, plan: Plan, tmp_path: Path
) -> None:
    first = pages_of(handout_pdf(planner, planner.decide(plan, "pregnancy", True), []), tmp_path)[0]
    assert "Usually postponed: Pregnancy. The practitioner has decided to treat" in " ".join(first.split())


def test_its_letters_are_embedded(
    qapp: QApplication, planner: Planner, plan: Plan, views: list[NeedleView]
) -> None:
    pdf = handout_pdf(planner, plan, views)
    fonts = set(re.findall(rb"/BaseFont /([\w+-]+)", pdf))
    assert fonts
    assert all(b"FacepointsSans" in font for font in fonts)
    assert len(re.findall(rb"/FontFile\d ", pdf)) >= 2


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "goals", [("lines",), ("muscles",), ("muscles", "collagen"), ("lines", "acne"), ("lines", "elasticity")]
)
def test_no_page_parts_a_row_or_a_heading_from_its_text(
    goals: tuple[str, ...], paper: Paper, qapp: QApplication, planner: Planner, tmp_path: Path
) -> None:
    plan = planner.make(list(goals))
    pages = pages_of(handout_pdf(planner, plan, [], paper), tmp_path)
    heads = re.compile(r"\s*#\s+Point\s+Needles\s+Why")
    headings = {"Your goals, and what is known", "Cautions", "What may happen", "Afterwards", "Notes"}
    found = []
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        # The last line is the foot. A heading alone above it would be parted from its text; lines to write on are
        # not text, so "Notes" has to be followed by what comes after them.
        assert not headings & {line.strip() for line in lines[-2:-1]}
        starts = [row for row, line in enumerate(lines) if heads.match(line)]
        assert len(starts) <= 1
        if starts:
            # The first line below the head of a page begins a row: it has the number of a point.
            number = re.match(r"\s{0,6}(\d+)\s+\S", lines[starts[0] + 1])
            assert number, lines[starts[0] + 1]
            found.append(int(number[1]))
        assert ("Afterwards" in page) == (AFTERCARE[-1][:30] in page), "aftercare stands on one page"
        assert ("Notes" in page) == ("Signature of the client" in page), (
            "what is signed stands with its notes"
        )
    assert len(found) > 1
    assert found[0] == 1
    assert found == sorted(found)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_its_paper(
    qapp: QApplication,
    planner: Planner,
    plan: Plan,
    views: list[NeedleView],
    paper: Paper,
    size: tuple[float, float],
) -> None:
    pdf = handout_pdf(planner, plan, views, paper)
    assert size_of(pdf) == pytest.approx(size, abs=1)
    assert len(pdf) < 4_000_000


def test_its_pictures_are_inside(
    qapp: QApplication, planner: Planner, plan: Plan, views: list[NeedleView]
) -> None:
    pdf = handout_pdf(planner, plan, views)
    sizes = set(re.findall(rb"/Width (\d+)\s*/Height (\d+)", pdf))
    assert {(b"720", b"840"), (b"620", b"620")} <= sizes


def test_the_letters_know_every_name(qapp: QApplication, library: Library) -> None:
    load_fonts()
    assert FAMILY in QFontDatabase.families()
    for bold in (False, True):
        font = QFont(FAMILY, 10)
        font.setBold(bold)
        metrics = QFontMetrics(font)
        for point in library.points.values():
            missing = {
                letter for letter in f"{point.pinyin}{point.hanzi}" if not metrics.inFontUcs4(ord(letter))
            }
            assert not missing, point.code
