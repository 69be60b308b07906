"""The page to choose from: a deck, kinds of cards, how many; a session, an exam, what was stopped."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.cards import KIND_TITLES, Kind
from app.domain.decks import SECTION_TITLES, Deck
from app.domain.progress import now
from app.ui.blocks import flow, row, text
from app.ui.checks import ChoiceBox
from app.ui.study.learner import Learner
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

SIZES = (10, 20, 30, 50, 100)
_FIRST_SIZE = 30

COUNTS_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class DeckRow(QStyledItemDelegate):
    """A deck's title, and below it what it holds."""

    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, self._theme.pixels(3.3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, frame = self._theme, QRectF(option.rect).adjusted(1, 1, -1, -1)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on or over:
            painter.setBrush(theme.color("accent_soft" if on else "hover"))
            painter.setPen(QPen(theme.color("accent"), 1) if on and focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(frame, 7, 7)
        inside = frame.adjusted(10, theme.pixels(0.45), -10, -theme.pixels(0.45))
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font(bold=on))
        painter.setPen(theme.color("text"))
        title = QFontMetricsF(painter.font()).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, top, title)
        painter.setFont(theme.font(0.9))
        painter.setPen(theme.color("muted"))
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        counts = QFontMetricsF(painter.font()).elidedText(
            str(index.data(COUNTS_ROLE)), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, bottom, counts)
        painter.restore()


class DeckPage(QScrollArea):
    """What is chosen here is kept while the program runs.

    Signals:
        exam_wanted, list_wanted: of the chosen deck (Deck) or None.
        anki_wanted, csv_wanted: the chosen deck is to be written.
    """

    exam_wanted = Signal(object)
    list_wanted = Signal(object)
    anki_wanted = Signal(object)
    csv_wanted = Signal(object)

    def __init__(self, learner: Learner, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._learner = learner
        self.resume = QPushButton()
        self.resume.clicked.connect(learner.resume)
        self.section = ChoiceBox(theme)
        self.section.setAccessibleName("Decks by")
        for name, title in SECTION_TITLES.items():
            self.section.addItem(title, name)
        self.section.setCurrentIndex(list(SECTION_TITLES).index("goal"))
        self.section.currentIndexChanged.connect(self._fill)
        self.decks = QListWidget()
        self.decks.setAccessibleName("Decks")
        self.decks.setMinimumHeight(theme.pixels(10))
        self.decks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.decks.setItemDelegate(DeckRow(theme, self.decks))
        self.decks.itemDoubleClicked.connect(self.start)
        self.decks.currentItemChanged.connect(self._on_chosen)
        self.kinds: dict[Kind, QCheckBox] = {}
        self.amount = ChoiceBox(theme)
        self.amount.setAccessibleName("How many cards")
        for size in SIZES:
            self.amount.addItem(f"{size} cards", size)
        self.amount.setCurrentIndex(SIZES.index(_FIRST_SIZE))
        self.way = ChoiceBox(theme)
        self.way.setAccessibleName("How to answer")
        self.way.addItem("Choose", False)
        self.way.addItem("Type names", True)
        self.way.setToolTip("Names and channels by choosing or by typing; all else is chosen or clicked")
        self.way.currentIndexChanged.connect(lambda: setattr(learner, "typing", self.way.currentData()))
        for choice in (self.section, self.amount, self.way):
            # As narrow as the panel needs it, also with large text.
            choice.setMinimumContentsLength(6)
            choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.begin = QPushButton("Start")
        self.begin.setDefault(True)
        self.begin.setToolTip("Begin a session with this deck (Enter)")
        self.begin.clicked.connect(self.start)
        self._lay_out()
        learner.journal_changed.connect(self.refresh)
        self.refresh()

    @property
    def deck(self) -> Deck | None:
        """The deck that is chosen."""
        item = self.decks.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    @property
    def chosen_kinds(self) -> list[Kind]:
        return [kind for kind, check in self.kinds.items() if check.isChecked()]

    def start(self) -> None:
        """Begin a session with what is chosen."""
        if self.deck is not None:
            self._learner.start(self.deck, self.chosen_kinds, self.amount.currentData())

    def refresh(self) -> None:
        """Count anew what is due."""
        if self._learner.page != "decks":
            return
        stopped = self._learner.open_session()
        self.resume.setVisible(stopped is not None)
        if stopped is not None:
            session, left = stopped
            self.resume.setText(f"Resume, {left} left")
            title = self._learner.title_of(session.deck)
            self.resume.setToolTip(f"Go on with {title} where you stopped (R)")
        self._fill()

    def _fill(self) -> None:
        before, moment = self.deck, now()
        section = self.section.currentData()
        self.decks.clear()
        for deck in self._learner.decks:
            if deck.section != section:
                continue
            known = self._learner.schedule.knowledge(
                deck.cards(self._learner.library, self._learner.kinds), moment
            )
            due = f"{known.due} due, " if known.due else ""
            item = QListWidgetItem(deck.title)
            item.setData(COUNTS_ROLE, f"{len(deck.codes)} points, {due}{known.new} new cards")
            item.setData(Qt.ItemDataRole.UserRole, deck)
            item.setToolTip(", ".join(deck.codes))
            self.decks.addItem(item)
            if before is not None and deck.id == before.id:
                self.decks.setCurrentItem(item)
        if self.decks.currentItem() is None and self.decks.count():
            self.decks.setCurrentRow(0)
        self._on_chosen()

    def _on_chosen(self) -> None:
        for button in (self.begin, *self._deck_buttons):
            button.setEnabled(self.deck is not None)

    def _lay_out(self) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(9)
        layout.addWidget(text("Study", "title", selectable=False))
        layout.addWidget(self.resume)
        layout.addWidget(self.section)
        layout.addWidget(self.decks, 1)
        for kind in self._learner.kinds:
            check = QCheckBox(KIND_TITLES[kind])
            check.setChecked(True)
            self.kinds[kind] = check
        layout.addWidget(flow(*self.kinds.values()))
        layout.addWidget(_two(self.amount, self.way))
        layout.addWidget(self.begin)
        exam = QPushButton("Exam...")
        exam.setToolTip("So many questions in so much time, without hints (X)")
        exam.clicked.connect(lambda: self.exam_wanted.emit(self.deck))
        progress = QPushButton("Progress")
        progress.setToolTip("What is due, how well it is known, where the errors lie (P)")
        progress.clicked.connect(lambda: self._learner.show_page("progress"))
        layout.addWidget(_two(exam, progress))
        export = QPushButton("Export")
        export.setToolTip("Write this deck for another program")
        menu = QMenu(export)
        menu.addAction("For Anki, with pictures...", lambda: self.anki_wanted.emit(self.deck))
        menu.addAction("As a table (CSV)...", lambda: self.csv_wanted.emit(self.deck))
        export.setMenu(menu)
        own = QPushButton("Own list...")
        own.setToolTip("Make a deck of points of your own choice, or change it")
        own.clicked.connect(lambda: self.list_wanted.emit(self.deck))
        self._deck_buttons = (exam, export)
        layout.addWidget(_two(export, own))
        self.setWidget(page)


def _two(first: QWidget, second: QWidget) -> QWidget:
    """Two widgets side by side, equally wide."""
    holder = row()
    layout = holder.layout()
    assert layout is not None
    layout.takeAt(0)
    for widget in (first, second):
        layout.addWidget(widget)
    return holder
