"""Two sets side by side: a table of what differs, and a merge that takes over what is ticked.

It stays beside the figure while one works: it is filled anew after every change of the set, and a row that is chosen
is flown to.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.document import Document
from app.domain.edits.edit import EditProblem
from app.domain.edits.field_words import difference_words
from app.domain.edits.merging import Choice, Difference, differences, merge, needed
from app.domain.exchange.marks import exported
from app.domain.record import Record
from app.geometry.compare import Comparison, compare_sites
from app.geometry.exchange.laying import laid_notes
from app.ui.blocks import text
from app.ui.edit.compare_lines import CompareLines
from app.ui.edit.reading import Compared
from app.ui.edit.rows_style import RowsStyle
from app.ui.edit.session import EditSession
from app.ui.messages import ask, tell_problem
from app.ui.theme import Theme

PAUSE_MS = 350
"""The sets are compared anew once the hands rest for a moment."""
MOST_WRAPPED = 400
"""With more rows than this each has one line; to measure them all would take too long."""
MOST_LIVE = 3000
"""Sets of more points than this are compared anew after a merge only: each time takes seconds."""
_COLUMNS = ("", "Name", "What differs", "mm", "cun")
TAKE, NAME, WHAT, MM, CUN = range(len(_COLUMNS))
_KINDS = {"points": "", "groups": "group ", "goals": "goal ", "treatments": "treatment "}
_WHERE = {"mine": "only here", "theirs": "only there"}
_MOST_NAMED = 6

_Key = tuple[str, str]


class ComparePanel(QWidget):
    """What differs between the set and another one.

    Signals:
        closed: it is no longer wanted.
    """

    closed = Signal()

    def __init__(
        self, session: EditSession, name: str, found: Compared, lines: CompareLines, theme: Theme
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session = session
        self._name = name
        self._theirs = found.theirs
        self._their_sites = found.sites
        self._laid = found.laid
        self._lines = lines
        self._ticks: dict[_Key, bool] = {}
        self._filling = False
        self.differences: tuple[Difference, ...] = ()
        self._summary = text("", "", selectable=True)
        self._notes = text(" ".join(laid_notes(found.laid)), "muted", selectable=True)
        self._notes.setVisible(bool(found.laid))
        self.report = text("", "", selectable=True)
        self.report.hide()
        self.table = self._make_table()
        RowsStyle(self.table, theme, aside=2)
        self.merge_button = QPushButton("Merge what is ticked")
        self.merge_button.setToolTip("Take over what is ticked of the other set, in one step")
        self.merge_button.clicked.connect(lambda _checked=False: self.merge())
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        session.file.changed.connect(self._on_changed)
        session.selection_changed.connect(self._show_selection)
        self.refresh()

    def refresh(self) -> None:
        """Compare the sets as they are now; ticks stay where they were set."""
        self._pause.stop()
        session = self._session
        mine = session.bound.sites(exported(session.document, session.base))
        comparison = compare_sites(mine, self._their_sites, session.figure, session.bench.cun_mm)
        self.differences = differences(session.document, self._theirs)
        self._summary.setText(_summary_words(comparison, bool(self.differences)))
        self._fill(comparison)
        self._lines.draw(comparison, self._their_sites)
        self._show_selection()

    def _on_changed(self) -> None:
        if max(len(self._theirs.points), len(self._session.document.points)) <= MOST_LIVE:
            self._pause.start()

    def merge(self) -> None:
        """Take over what is ticked; what it needs besides is asked about."""
        session = self._session
        choices: dict[_Key, Choice] = {
            (one.kind, one.name): "theirs"
            for row, one in enumerate(self.differences)
            if self.table.item(row, TAKE).checkState() == Qt.CheckState.Checked and one.where != "mine"
        }
        if not choices:
            self._tell("Nothing is ticked; tick what is to be taken over.")
            return
        missing = needed(session.document, self._theirs, session.base, choices)
        if not missing:
            self._merge(choices)
            return
        ask(
            self.window(),
            "Take over what it needs as well?",
            self._need_words(missing),
            {
                f"Take {'it' if len(missing) == 1 else 'them'} over too": lambda: self._merge(
                    {**choices, **dict.fromkeys(missing, "theirs")}
                )
            },
        )

    def _merge(self, choices: Mapping[_Key, Choice]) -> None:
        session = self._session
        try:
            edit = merge(session.document, self._theirs, session.base, choices, f"Merge {self._name}")
        except EditProblem as problem:
            tell_problem(self.window(), "The sets were not merged", str(problem))
            return
        words = f"Took over {_listed([self._called(*key) for key in choices])} of {self._name}."
        laid = {name: self._laid[name] for kind, name in choices if kind == "points" and name in self._laid}
        session.file.apply(edit)
        self.refresh()
        self._tell(" ".join((words, *laid_notes(laid))))

    def _tell(self, words: str) -> None:
        self.report.setText(words)
        self.report.setVisible(bool(words))

    def _need_words(self, missing: Mapping[_Key, _Key]) -> str:
        by: dict[_Key, list[str]] = {}
        for want, key in missing.items():
            by.setdefault(key, []).append(self._called(*want))
        told = []
        for key, names in by.items():
            one = len(names) == 1
            told.append(
                f"{_headed(self._called(*key))} needs {_listed(names)} of {self._name}, which "
                f"{'is' if one else 'are'} not in this set and not ticked."
            )
        return "\n".join(told)

    def _called(self, kind: str, name: str) -> str:
        """What a record is called in a sentence: "HER1", "the group Cheek"."""
        return name if kind == "points" else f"the {_KINDS[kind]}{_title(self._record(kind, name))}"

    def _record(self, kind: str, name: str) -> Record:
        for document in (self._theirs, self._session.document):
            for record in getattr(document, kind):
                if name == (record.code if kind == "points" else record.id):
                    return record  # type: ignore[no-any-return]
        raise KeyError(name)

    def _fill(self, comparison: Comparison) -> None:
        self._filling = True
        self._keep_ticks()
        worst = {row.code: row for row in reversed(comparison.rows)}
        mine, theirs = (_records(one) for one in (self._session.document, self._theirs))
        groups = {**self._session.file.library.groups, **{one.id: one for one in self._theirs.groups}}
        table = self.table
        scrolled = table.verticalScrollBar().value()
        table.setRowCount(len(self.differences))
        wrapped = len(self.differences) <= MOST_WRAPPED
        table.verticalHeader().setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents if wrapped else QHeaderView.ResizeMode.Fixed
        )
        for row, one in enumerate(self.differences):
            key = (one.kind, one.name)
            what = _WHERE.get(one.where) or difference_words(
                mine[key], theirs[key], lambda name: groups[name].title if name in groups else name
            )
            name = one.name if one.kind == "points" else _title(theirs.get(key) or mine[key])
            apart = worst.get(one.name) if one.kind == "points" else None
            cells = ("", "") if apart is None else (f"{apart.mm:.2f}", f"{apart.cun:.2f}")
            table.setItem(row, TAKE, self._tick(one))
            for column, words in enumerate((f"{_KINDS[one.kind].capitalize()}{name}", what, *cells), NAME):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if column >= MM:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
        table.verticalScrollBar().setValue(scrolled)
        self.merge_button.setEnabled(any(one.where != "mine" for one in self.differences))
        self._filling = False

    def _tick(self, one: Difference) -> QTableWidgetItem:
        item = QTableWidgetItem()
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        if one.where == "mine":
            item.setToolTip("The other set does not have it; there is nothing to take over.")
            return item
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        on = self._ticks.get((one.kind, one.name), one.where == "theirs")
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        item.setToolTip("Take over theirs")
        item.setData(Qt.ItemDataRole.UserRole, (one.kind, one.name))
        return item

    def _keep_ticks(self) -> None:
        for row in range(self.table.rowCount()):
            item = self.table.item(row, TAKE)
            key = item.data(Qt.ItemDataRole.UserRole)
            if key:
                self._ticks[tuple(key)] = item.checkState() == Qt.CheckState.Checked

    def _on_chosen(self) -> None:
        """Select what the chosen rows are about, and fly to the first of them."""
        if self._filling:
            return
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        codes = [code for row in rows for code in self._codes_of(self.differences[row])]
        self._filling = True
        self._session.select(codes)
        self._filling = False
        self._fly(rows)

    def _on_clicked(self, row: int, column: int) -> None:
        """A click on a row that is chosen already flies there as well; one on its tick only sets that."""
        if column != TAKE:
            self._fly([row])

    def _fly(self, rows: Sequence[int]) -> None:
        points = [self.differences[row].name for row in rows if self.differences[row].kind == "points"]
        if points:
            self._lines.fly(points[0], self._session.sites, self._their_sites)

    def _codes_of(self, one: Difference) -> Sequence[str]:
        """The points that a difference is about, as far as the set has them."""
        if one.kind == "groups":
            group = next((own for own in self._session.document.groups if own.id == one.name), None)
            return [] if group is None else [item.code for item in group.points + group.advanced_points]
        return [one.name] if one.kind == "points" else []

    def _show_selection(self) -> None:
        """Mark the row of the point that is selected elsewhere."""
        if self._filling:
            return
        current = self._session.selected[-1] if self._session.selected else ""
        self._filling = True
        self.table.clearSelection()
        for row, one in enumerate(self.differences):
            if one.kind == "points" and one.name == current:
                self.table.selectRow(row)
        self._filling = False

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setAccessibleName("What differs between the two sets")
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(24)
        header.setHighlightSections(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.itemSelectionChanged.connect(self._on_chosen)
        table.cellClicked.connect(self._on_clicked)
        return table

    def _lay_out(self) -> None:
        close = QPushButton("Close")
        close.setProperty("role", "link")
        close.setToolTip("End the comparison")
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        head = QHBoxLayout()
        head.addWidget(text(f"With {self._name}", "title", selectable=False), 1)
        head.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        for widget in (self._summary, self._notes):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.report)
        layout.addWidget(self.merge_button)


def _records(document: Document) -> dict[_Key, Record]:
    return {
        (kind, record.code if kind == "points" else record.id): record
        for kind in _KINDS
        for record in getattr(document, kind)
    }


def _summary_words(comparison: Comparison, differ: bool) -> str:
    words = [comparison.summary if differ else f"Both sets are alike. {comparison.summary}"]
    if any(row.mm > 0 for row in comparison.rows):
        words.append("Lines run from your places (blue) to theirs (orange).")
    return " ".join(words)


def _title(record: Record) -> str:
    return str(getattr(record, "title", ""))


def _headed(words: str) -> str:
    return f"T{words[1:]}" if words.startswith("the ") else words


def _listed(names: Sequence[str]) -> str:
    """A few names as a sentence lists them, of many the first."""
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
