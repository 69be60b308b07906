"""A plan on paper, as PDF: goals, pictures with numbered needles, the table of points, cautions, signature."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextDocument,
    QTextTable,
)

from app.domain.claims import NO_GUARANTEE, NOT_ADVICE, plain_evidence
from app.domain.goals import Goal
from app.domain.plan import Plan, PlannedNeedle, Planner, Prepared
from app.domain.screening import Finding
from app.domain.shown import ShownPoint
from app.domain.story import AFTERCARE, plain, planned, published, side_effects
from app.geometry.figure import Figure
from app.geometry.sites import Sites
from app.scene.chosen import markers_of
from app.scene.markers import Marker
from app.scene.needle_views import NeedleView, needle_views

Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, QPageSize.PageSizeId] = {
    "a4": QPageSize.PageSizeId.A4,
    "letter": QPageSize.PageSizeId.Letter,
}
FAMILY = "Facepoints Sans"

_DPI = 288
_PX = _DPI / 96
_MARGIN_MM = 15.0
_FOOT = 26 * _PX
_KEPT_WHOLE = 0.5
"""Of a page: a section up to this high stands on one page."""

_SHEET = """
body { color: #22262b; font-size: 9.5pt; }
h1 { font-size: 20pt; font-weight: bold; }
h2 { font-size: 13pt; font-weight: bold; color: #1f6b6a; }
.small { font-size: 8pt; color: #4c535a; }
.strong { font-weight: bold; }
th { font-weight: bold; font-size: 8.5pt; background-color: #e0efed; text-align: left; }
td { font-size: 9pt; }
"""


def load_fonts() -> None:
    """Make the handout's own letters known to Qt; a QGuiApplication must be there. Twice does no harm."""
    if FAMILY not in QFontDatabase.families():
        for file in sorted((Path(__file__).parent / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


def handout_views(planner: Planner, plan: Plan, figure: Figure, sites: Sites) -> Iterator[NeedleView]:
    """The pictures of a plan, one by one. UnseenNeedles, RuntimeError: see app.scene.needle_views."""
    prepared = planner.prepare(plan)
    markers = numbered_markers(planner, prepared, sites)
    regions = [planner.library.points[sites.codes[marker.site]].region for marker in markers]
    return needle_views(figure, sites, markers, regions)


def numbered_markers(planner: Planner, prepared: Prepared, sites: Sites) -> list[Marker]:
    """A marker for each needle, named by the number its point has in the table."""
    number = {needle.point.code: place for place, needle in enumerate(prepared.needles, 1)}
    points = [
        ShownPoint(needle.point, tuple(goal.id for goal in needle.goals), ()) for needle in prepared.needles
    ]
    markers = markers_of(planner.library, sites, points)
    return [replace(marker, label=str(number[sites.codes[marker.site]])) for marker in markers]


def handout_pdf(planner: Planner, plan: Plan, views: Sequence[NeedleView], paper: Paper = "a4") -> bytes:
    """The handout as the bytes of a PDF file; a QGuiApplication must be there."""
    load_fonts()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("Treatment plan")
    writer.setCreator("Facepoints")
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    page = QPageSize(PAPERS[paper])
    writer.setPageLayout(
        QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    _paint(writer, _document(planner, plan, views, writer))
    buffer.close()
    return bytes(data.data())


def _document(planner: Planner, plan: Plan, views: Sequence[NeedleView], writer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    font = QFont(FAMILY)
    font.setPointSizeF(9.5)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_SHEET)
    width, height = writer.width(), writer.height() - _FOOT
    document.setPageSize(QSizeF(width, height))
    for number, view in enumerate(views):
        rows, columns, _ = view.image.shape
        image = QImage(view.image.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"view:{number}"), image)
    breaks: set[str] = set()
    while True:
        document.setHtml("".join(_body(planner, plan, views, width, breaks)))
        parted = next((one for one in _parted(document) if one not in breaks), None)
        if parted is None:
            return document
        breaks.add(parted)


def _parted(document: QTextDocument) -> Iterator[str]:
    """What pages part: a heading from its text, or a short section, by its heading; a row of points, by its number."""
    layout, height = document.documentLayout(), document.pageSize().height()
    for section in _sections(document):
        rects = [layout.blockBoundingRect(block) for block in section]
        top, bottom = rects[0].top(), max(rect.bottom() for rect in rects)
        last = bottom - 1 if bottom - top <= _KEPT_WHOLE * height else rects[min(1, len(rects) - 1)].top()
        if top // height != last // height:
            yield section[0].text()
    for frame in document.rootFrame().childFrames():
        if (
            not isinstance(frame, QTextTable)
            or frame.cellAt(0, 0).firstCursorPosition().block().text() != "#"
        ):
            continue
        for row in range(1, frame.rows()):
            cells = [frame.cellAt(row, column) for column in range(frame.columns())]
            tops = [layout.blockBoundingRect(cell.firstCursorPosition().block()).top() for cell in cells]
            ends = [layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom() for cell in cells]
            if min(tops) // height != (max(ends) - 1) // height:
                yield cells[0].firstCursorPosition().block().text()


def _sections(document: QTextDocument) -> list[list[QTextBlock]]:
    """The blocks of the document by its headings, each heading first."""
    sections: list[list[QTextBlock]] = []
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == 2:
            sections.append([])
        if sections:
            sections[-1].append(block)
        block = block.next()
    return sections


def _paint(writer: QPdfWriter, document: QTextDocument) -> None:
    """Page by page, with a foot."""
    painter = QPainter(writer)
    size = document.pageSize()
    foot = QFont(FAMILY)
    foot.setPointSizeF(7.5)
    count = document.pageCount()
    for page in range(count):
        if page:
            writer.newPage()
        top = page * size.height()
        painter.save()
        painter.translate(0, -top)
        document.drawContents(painter, QRectF(0, top, size.width(), size.height()))
        painter.restore()
        painter.setFont(foot)
        painter.setPen(Qt.GlobalColor.darkGray)
        line = QRectF(0, size.height(), size.width(), _FOOT)
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(
            line,
            bottom | Qt.AlignmentFlag.AlignLeft,
            f"{NO_GUARANTEE} For education only; not medical advice.",
        )
        painter.drawText(line, bottom | Qt.AlignmentFlag.AlignRight, f"{page + 1} / {count}")
    painter.end()


def _body(
    planner: Planner, plan: Plan, views: Sequence[NeedleView], width: int, breaks: Collection[str]
) -> Iterator[str]:
    prepared = planner.prepare(plan)
    library = planner.library
    yield "<h1>Treatment plan</h1>"
    yield _fields(("Name", "Date", "Practitioner"))
    yield from (_verdict(words) for words in prepared.verdicts)
    yield f"<p class='strong'>Planned: {planned(prepared)}.</p>"
    if plan.treatment:
        yield f"<p>{escape(library.treatments[plan.treatment].title)}.</p>"
    if plan.body_variant:
        yield f"<p>{escape(library.treatments[plan.body_variant].words)}.</p>"
    if plan.goals:
        yield _heading("Your goals, and what is known", breaks)
        for name in plan.goals:
            goal = library.goals[name]
            yield f"<p><span class='strong'>{escape(goal.title)}.</span> {escape(plain(library, goal.client))} "
            yield f"<span class='small'>{escape(_evidence(goal))}</span></p>"
    yield from _screening(planner, plan, prepared, breaks)
    yield _heading("Where the needles go", breaks)
    yield from _pictures(views, width)
    yield "<h2 style='page-break-before: always'>The points</h2>"
    yield from _table(planner, plan, prepared, breaks)
    yield _heading("What may happen", breaks)
    yield "<ul>"
    for effect, words in zip(library.side_effects, side_effects(library), strict=True):
        cite = library.sources[effect.source].cite if effect.source in library.sources else ""
        source = f" {_sentence(cite)}" if cite else ""
        yield f"<li>{escape(words)}<br/><span class='small'>{escape(published(effect))}{source}</span></li>"
    yield "</ul>"
    yield _heading("Afterwards", breaks)
    yield _list(AFTERCARE)
    yield _heading("Notes", breaks)
    yield _lines(3)
    yield f"<p><span class='strong'>{NO_GUARANTEE}</span> {NOT_ADVICE}</p>"
    yield "<p>I have been told what is planned, what may happen and what is not known, and I could ask.</p>"
    yield _fields(("Date", "Signature of the client", "Signature of the practitioner"))


def _heading(words: str, breaks: Collection[str]) -> str:
    """A heading; one of `breaks` begins a new page."""
    style = " style='page-break-before: always'" if words in breaks else ""
    return f"<h2{style}>{words}</h2>"


def _screening(planner: Planner, plan: Plan, prepared: Prepared, breaks: Collection[str]) -> Iterator[str]:
    library = planner.library
    yield _heading("Cautions", breaks)
    for finding in prepared.findings:
        yield _finding(planner, finding)
    if prepared.left_out:
        yield "<p class='strong'>Left out:</p><ul>"
        for out in prepared.left_out:
            name = f"{out.point.code} {out.point.english}".strip()
            why = " ".join(cause.sentence for cause in out.causes)
            yield f"<li><span class='strong'>{escape(name)}.</span> {escape(why)}</li>"
        yield "</ul>"
    if plan.denied:
        titles = "; ".join(library.cautions[caution].title for caution in plan.denied)
        yield f"<p class='small'>Asked, does not apply: {escape(titles)}.</p>"
    unasked = [library.cautions[caution].title for caution in planner.unasked(plan)]
    if unasked:
        yield f"<p class='small'>Not recorded as asked: {escape('; '.join(unasked))}.</p>"


def _finding(planner: Planner, finding: Finding) -> str:
    library, caution = planner.library, finding.caution
    where = f" Left alone: {escape(finding.area_words)}." if finding.areas else ""
    sources = "; ".join(
        library.sources[name].cite.rstrip(".") for name in caution.sources if name in library.sources
    )
    return (
        f"<p><span class='strong'>{escape(finding.title)}.</span> {escape(caution.action)}{where}"
        f"<br/><span class='small'>Why: {_sentence(caution.evidence)} Sources: {_sentence(sources)}</span></p>"
    )


def _verdict(words: str) -> str:
    """What the answers say of the treatment as a whole, in a box of its own."""
    pad = f"{5 * _PX:.0f}"
    return (
        f"<table width='100%' cellspacing='0' cellpadding='{pad}'><tr><td bgcolor='#fdf0dc'>"
        f"<span class='strong'>{escape(words)}</span></td></tr></table>"
    )


def _evidence(goal: Goal) -> str:
    """The goal's evidence in plain words, with its level."""
    return (
        f"{plain_evidence(goal.evidence)} (level {goal.evidence})" if goal.evidence else plain_evidence(None)
    )


def _sentence(words: str) -> str:
    """Words, escaped, with one full stop at their end."""
    return f"{escape(words.rstrip('.'))}."


def _pictures(views: Sequence[NeedleView], width: int) -> Iterator[str]:
    """Pictures in rows: those of the head two by two, those of the body three by three."""
    heads = [number for number, view in enumerate(views) if view.image.shape[0] != view.image.shape[1]]
    bodies = [number for number in range(len(views)) if number not in heads]
    for numbers, columns in ((heads, 2), (bodies, 3)):
        shown = (width / columns - 18 * _PX) / _PX  # Qt counts the width of a picture in pixels of a screen.
        for start in range(0, len(numbers), columns):
            row = numbers[start : start + columns]
            cells = [
                f"<td width='{100 // columns}%'><img src='view:{number}' width='{shown:.0f}'/>"
                f"<br/><span class='small'>{escape(views[number].title)}</span></td>"
                for number in row
            ]
            cells += [f"<td width='{100 // columns}%'></td>"] * (columns - len(row))
            yield f"<table width='100%' cellspacing='0' cellpadding='{4 * _PX:.0f}'><tr>{''.join(cells)}</tr></table>"


def _table(planner: Planner, plan: Plan, prepared: Prepared, breaks: Collection[str]) -> Iterator[str]:
    """The points, each with its number. Before those of `breaks` a new page begins."""
    pad = f"{3 * _PX:.0f}"
    look = f"width='100%' cellspacing='0' cellpadding='{pad}' border='0'"
    names = "<th width='6%'>#</th><th width='29%'>Point</th><th width='15%'>Needles</th><th>Why</th>"
    head = f"<thead><tr>{names}</tr></thead>"
    yield f"<table {look}>{head}"
    for number, needle in enumerate(prepared.needles, 1):
        if str(number) in breaks:
            yield f"</table><table {look} style='page-break-before: always'>{head}"
        shade = "" if number % 2 else " bgcolor='#f6f5f2'"
        yield f"<tr{shade}><td>{number}</td><td>{_name(needle)}</td><td>{_sides(needle)}</td>"
        yield f"<td>{_why(planner, plan, needle)}</td></tr>"
    yield "</table>"


def _name(needle: PlannedNeedle) -> str:
    point = needle.point
    names = " ".join(part for part in (point.pinyin, point.hanzi) if part)
    return f"<span class='strong'>{escape(point.code)}</span> {escape(point.english)}<br/>{escape(names)}"


def _sides(needle: PlannedNeedle) -> str:
    words = {"bilateral": "left, right", "midline": "midline"}.get(needle.point.laterality, "group")
    return f"{needle.point.needles}: {words}"


def _why(planner: Planner, plan: Plan, needle: PlannedNeedle) -> str:
    """Two reasons at the most, of different goals where there are any; and what to mind."""
    by_goal = {
        reason.goal.id if reason.goal else "": reason for reason in planner.reasons(plan, needle.point.code)
    }
    reasons = list(by_goal.values())[:2]
    words = [
        (f"{escape(reason.goal.title)}: " if reason.goal else "")
        + escape(plain(planner.library, reason.sentence))
        for reason in reasons
    ]
    words += [f"<span class='strong'>{escape(note)}</span>" for note in needle.notes]
    return "<br/>".join(words)


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _fields(names: Sequence[str]) -> str:
    """Names with room to write beside them."""
    cells = "".join(f"<td style='border-bottom: 1px solid #8a8f94'>{name}<br/><br/></td>" for name in names)
    return f"<table width='100%' cellspacing='{6 * _PX:.0f}' cellpadding='{2 * _PX:.0f}'><tr>{cells}</tr></table>"


def _lines(count: int) -> str:
    row = "<tr><td style='border-bottom: 1px solid #8a8f94'><br/></td></tr>"
    return f"<table width='100%' cellspacing='0' cellpadding='{4 * _PX:.0f}'>{row * count}</table>"
