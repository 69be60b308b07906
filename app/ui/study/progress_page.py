"""The page of one's progress: what is due in each deck, how well it is known, and the weakest points."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QStyle,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.cards import title_of
from app.domain.decks import SECTION_TITLES
from app.domain.progress import now
from app.ui.blocks import box, flow, row, text
from app.ui.study.learner import Learner
from app.ui.study.words import percent
from app.ui.theme import Theme
from app.ui.words import count

LEGEND = "On the figure: the darker the spot, the more of your answers about the points there were wrong."


class ProgressPage(QScrollArea):
    """Counted anew each time it is shown.

    Signals:
        train_wanted, reset_wanted, export_wanted, import_wanted: the buttons of these names.
    """

    train_wanted = Signal()
    reset_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, learner: Learner, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._learner = learner
        self._theme = theme
        self.table = QTreeWidget()
        self.table.setHeaderLabels(["Deck", "Due", "New", "Known"])
        self.table.setRootIsDecorated(False)
        self.table.setIndentation(8)
        self.table.setWordWrap(True)
        self.table.setAccessibleName("Decks with what is due and how well it is known")
        header = self.table.header()
        header.sectionResized.connect(self._on_resized)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.train = QPushButton("Train these")
        self.train.setToolTip("A session with all cards of the weakest points (W)")
        self.train.clicked.connect(self.train_wanted)
        self._head = text("", "muted")
        self._weakest = text("")
        self.table.setMinimumHeight(theme.pixels(14))
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(9)
        back = QPushButton("\u2039  Decks")
        back.setProperty("role", "link")
        back.setToolTip("Back to the decks (Esc)")
        back.clicked.connect(lambda: learner.show_page("decks"))
        layout.addWidget(row(back))
        layout.addWidget(text("Progress", "title", selectable=False))
        layout.addWidget(self._head)
        layout.addWidget(self.table, 1)
        layout.addWidget(box("note", [text("Weakest points", "strong"), self._weakest, row(self.train)]))
        layout.addWidget(text(LEGEND, "small"))
        layout.addWidget(flow(*self._buttons()))
        self.setWidget(page)
        learner.page_changed.connect(self.refresh)
        learner.journal_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Count anew."""
        if self._learner.page != "progress":
            return
        learner, moment = self._learner, now()
        answers = learner.journal.progress.answers if learner.journal else ()
        days = len({answer.at.astimezone().date() for answer in answers})
        words = f"{count(len(answers), 'answer')} on {count(days, 'day')}" if answers else "No answers yet."
        exams = learner.journal.progress.exams if learner.journal else ()
        if exams:
            words += f"\nLast exam: {percent(exams[-1].share)} right, {learner.title_of(exams[-1].deck)}"
        self._head.setText(words)
        self.table.clear()
        section = ""
        for deck in learner.decks:
            if deck.section != section:
                section = deck.section
                heading = QTreeWidgetItem([SECTION_TITLES[deck.section]])
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                heading.setSizeHint(0, QSize(0, self._theme.pixels(2.3)))
                heading.setFont(0, self._theme.font(0.9, bold=True))
                self.table.addTopLevelItem(heading)
                heading.setFirstColumnSpanned(True)
            known = learner.schedule.knowledge(deck.cards(learner.library, learner.kinds), moment)
            item = QTreeWidgetItem(
                [deck.title, str(known.due or "–"), str(known.new or "–"), percent(known.known)]
            )
            for column in (1, 2, 3):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, deck.title)
            item.setToolTip(3, "The chance, on average, that you know a learnt card of this deck now")
            item.setData(0, Qt.ItemDataRole.UserRole, deck.id)
            self.table.addTopLevelItem(item)
        self._fit_rows(self.table.columnWidth(0))
        weakest = learner.weakest()
        points = learner.library.points
        self._weakest.setText(", ".join(weakest) or "None: no answer was wrong.")
        self._weakest.setToolTip("\n".join(title_of(points[code]) for code in weakest))
        self.train.setEnabled(bool(weakest))

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        if column == 0:
            self._fit_rows(width)

    def _fit_rows(self, width: int) -> None:
        """Make each row as high as its deck's title needs in a width."""
        metrics, flags = self.table.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        aside = self.table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self.table) + 1
        room = QRect(0, 0, max(width - 2 * aside, 40), 10_000)
        for number in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(number)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole):
                lines = metrics.boundingRect(room, flags, item.text(0)).height()
                item.setSizeHint(0, QSize(0, lines + self._theme.pixels(0.6)))

    def _buttons(self) -> list[QPushButton]:
        found = []
        for words, tip, signal in (
            ("Export...", "Write your progress to one file, for another machine", self.export_wanted),
            ("Import...", "Add the progress of another machine", self.import_wanted),
            ("Reset...", "Begin anew; the old answers are kept in a file", self.reset_wanted),
        ):
            button = QPushButton(words)
            button.setToolTip(tip)
            button.clicked.connect(signal.emit)
            found.append(button)
        return found
