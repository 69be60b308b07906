"""Two sets side by side: a table of what differs, arrows on the figure, and a merge that takes what is ticked."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.document import Document
from app.domain.edits.edit import EditProblem
from app.domain.edits.merging import Choice, differences, merge
from app.domain.exchange.marks import exported
from app.domain.problems import FileProblem
from app.domain.steps import Step
from app.geometry.compare import Comparison, compare_points
from app.geometry.exchange.asking import Question
from app.geometry.exchange.importing import import_file
from app.geometry.sites import SurfaceProblem
from app.geometry.surface import Binding
from app.scene.skin_lines import SkinLine
from app.scene.stage import Stage
from app.ui.beside import read_beside
from app.ui.edit.session import EditSession
from app.ui.messages import tell_problem
from app.ui.recent_files import RecentFiles
from app.ui.viewport import Viewport

MINE, THEIRS = "#0072b2", "#d55e00"
MOST_ARROWS = 300
_KINDS = {"points": "Point", "groups": "Group", "goals": "Goal", "treatments": "Treatment"}
_WHERE = {"mine": "only here", "theirs": "only there"}


def choose_and_compare(session: EditSession, viewport: Viewport, window: QWidget) -> None:
    """Ask for the other set, then open the comparison."""
    recent = RecentFiles()
    names = "Point files (*.json *.csv *.fcsv *.pp);;All files (*)"
    dialog = QFileDialog(window, "Compare with", str(recent.folder), names)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: recent.used(Path(name)))
    dialog.fileSelected.connect(lambda name: compare_with(session, viewport, window, Path(name)))
    dialog.open()


def compare_with(session: EditSession, viewport: Viewport, window: QWidget, path: Path) -> None:
    """Open the comparison with a file; what cannot be read is told."""
    base, figure, mine, cun_mm = session.base, session.figure, session.document, session.bench.cun_mm

    def read(step: Step) -> Compared | Question:
        found = import_file(path, base, figure, step=step)
        if isinstance(found, Question):
            return found
        step("Comparing", 1.0)
        try:
            own, theirs = exported(mine, base), exported(found.document, base)
            return Compared(found.document, compare_points(own, theirs, figure, cun_mm))
        except SurfaceProblem as problem:
            place = f"point {problem.code}"
            raise FileProblem(session.file.name, place, problem.problem, problem.remedy) from None

    def show(found: Compared | Question) -> None:
        if isinstance(found, Question):
            tell_problem(window, f"{path.name} was not compared", f"{found.sentence} Import it first.")
            return
        CompareWindow(session, viewport, path.name, found.theirs, found.comparison, window).show()

    def failed(problem: FileProblem) -> None:
        tell_problem(window, f"{path.name} was not compared", str(problem))

    read_beside(window, path, read, show, failed)


SIZE, BESIDE_PX = (520, 440), 16
"""Of the window at first, and how far it keeps from the main window's edge, pixels."""


@dataclass(frozen=True)
class Compared:
    """The other set, and how far apart the two are."""

    theirs: Document
    comparison: Comparison


class CompareWindow(QDialog):
    """Not modal: the figure can be turned to look at the arrows."""

    def __init__(
        self,
        session: EditSession,
        viewport: Viewport,
        name: str,
        theirs: Document,
        comparison: Comparison,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._viewport = viewport
        self._name = name
        self._theirs = theirs
        self.differences = differences(session.document, theirs)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{session.file.name} and {name}")
        self.resize(*SIZE)
        # Over the lists: the arrows are on the face.
        corner = parent.frameGeometry().bottomLeft()
        self.move(corner.x() + BESIDE_PX, corner.y() - SIZE[1] - 3 * BESIDE_PX)
        summary = QLabel(summary_words(comparison))
        summary.setWordWrap(True)
        self.table = QTableWidget(len(self.differences), 6)
        self.table.setHorizontalHeaderLabels(["Take theirs", "Kind", "Name", "What differs", "mm", "cun"])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self._fill(comparison)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.merge_button = self._buttons.addButton(
            "Merge what is ticked", QDialogButtonBox.ButtonRole.ApplyRole
        )
        self.merge_button.clicked.connect(lambda _checked=False: self.merge())
        self._buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._buttons)
        self._draw(comparison)

    def merge(self) -> None:
        """Take over what is ticked, one step of the history."""
        choices: dict[tuple[str, str], Choice] = {}
        for row, one in enumerate(self.differences):
            item = self.table.item(row, 0)
            if item is not None and item.checkState() == Qt.CheckState.Checked:
                choices[one.kind, one.name] = "theirs"
        session = self._session
        try:
            edit = merge(session.document, self._theirs, session.base, choices, f"Merge {self._name}")
        except EditProblem as problem:
            tell_problem(self, "The sets were not merged", str(problem))
            return
        session.file.apply(edit)
        session.told.emit(f"Took over {len(choices)} of {self._name}.")
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._viewport.stage is not None:
            self._viewport.stage.overlays.show("ruler")
            self._viewport.request_render()
        super().closeEvent(event)

    def _fill(self, comparison: Comparison) -> None:
        worst = {row.code: row for row in reversed(comparison.rows)}
        titles = {
            (kind, record.id): record.title
            for document in (self._theirs, self._session.document)
            for kind, records in (("groups", document.groups), ("goals", document.goals))
            for record in records
        }
        for number, one in enumerate(self.differences):
            tick = QTableWidgetItem()
            if one.where != "mine":
                tick.setFlags(tick.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                tick.setCheckState(
                    Qt.CheckState.Checked if one.where == "theirs" else Qt.CheckState.Unchecked
                )
            what = _WHERE.get(one.where) or ", ".join(name.replace("_", " ") for name in one.fields)
            name = titles.get((one.kind, one.name), one.name)
            apart = worst.get(one.name) if one.kind == "points" else None
            cells = ("", "") if apart is None else (f"{apart.mm:.2f}", f"{apart.cun:.3f}")
            self.table.setItem(number, 0, tick)
            for column, words in enumerate((_KINDS[one.kind], name, what, *cells), 1):
                self.table.setItem(number, column, QTableWidgetItem(words))

    def _on_selected(self) -> None:
        rows = {item.row() for item in self.table.selectedItems()}
        codes = [self.differences[row].name for row in sorted(rows) if self.differences[row].kind == "points"]
        self._session.select(codes)

    def _draw(self, comparison: Comparison) -> None:
        stage = self._viewport.stage
        if stage is None:
            return
        moved = [row for row in comparison.rows if row.mm > 0.05][:MOST_ARROWS]
        lines = [_arrow(stage, np.array(row.mine), np.array(row.theirs)) for row in moved]
        stage.overlays.show("ruler", lines=[line for arrow in lines for line in arrow])
        self._viewport.request_render()


def summary_words(comparison: Comparison) -> str:
    """The comparison in a sentence or two."""
    if comparison.mean is None:
        return "No point is placed in both sets."
    words = (
        f"{len(comparison.rows)} sites of both: mean {comparison.mean:.2f} mm, 95 % within {comparison.p95:.2f} mm, "
        f"worst {comparison.worst:.2f} mm (1 cun = {comparison.cun_mm:.1f} mm)."
    )
    for where, codes in (("Only here", comparison.only_mine), ("Only there", comparison.only_theirs)):
        if codes:
            words += f" {where}: {', '.join(codes[:12])}{' ...' if len(codes) > 12 else ''}."
    return words


def _arrow(stage: Stage, start: np.ndarray, end: np.ndarray) -> list[SkinLine]:
    """A line on the skin from one place to the other, thin where it begins and thick where it ends."""
    share = np.linspace(0, 1, max(3, int(np.linalg.norm(end - start)) + 2))[:, None]
    bound = stage.sight.surface.nearest(start + share * (end - start))
    half = len(share) // 2

    def part(rows: slice) -> Binding:
        return Binding(bound.triangles[rows], bound.weights[rows], bound.distances[rows])

    return [SkinLine(part(slice(0, half + 1)), MINE, 4.0), SkinLine(part(slice(half, None)), THEIRS, 8.0)]
