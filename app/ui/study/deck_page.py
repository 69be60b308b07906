"""The page to choose from: a deck, kinds of cards, how many; a session, an exam, what was stopped."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, Signal
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
from app.domain.decks import SECTION_TITLES, Deck, Section
from app.domain.progress import now
from app.ui.blocks import box, flow, row, text
from app.ui.checks import ChoiceBox
from app.ui.study.choices import SIZES, StudyChoices
from app.ui.study.learner import Learner
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

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
    """What is chosen here is kept from one start to the next.

    Signals:
        start_wanted: a session with a deck (Deck), kinds of cards (list) and so many cards (int).
        exam_wanted, list_wanted: of the chosen deck (Deck) or None.
        anki_wanted, csv_wanted: the chosen deck is to be written.
    """

    start_wanted = Signal(object, list, int)
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
        self._choices = StudyChoices()
        self.resume = QPushButton()
        self.resume.clicked.connect(lambda: learner.resume())
        self.others = QPushButton("Others")
        self.others.setToolTip("Go on with another session that was stopped")
        self._others = QMenu(self.others)
        self.others.setMenu(self._others)
        self._stopped_words = text("", "strong", selectable=False)
        self._stopped = box("note", [self._stopped_words, row(self.resume, self.others)])
        self.section = ChoiceBox(theme)
        self.section.setAccessibleName("Decks by")
        for name, title in SECTION_TITLES.items():
            self.section.addItem(title, name)
        self.section.setCurrentIndex(list(SECTION_TITLES).index(self._chosen_section()))
        self.section.currentIndexChanged.connect(self._fill)
        self.decks = QListWidget()
        self.decks.setAccessibleName("Decks")
        self.decks.setMinimumHeight(theme.pixels(10))
        self.decks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.decks.setItemDelegate(DeckRow(theme, self.decks))
        self.decks.itemDoubleClicked.connect(self.start)
        self.decks.currentItemChanged.connect(self._on_chosen)
        self.decks.itemSelectionChanged.connect(self._keep_deck)
        self.kinds: dict[Kind, QCheckBox] = {}
        self.amount = ChoiceBox(theme)
        self.amount.setAccessibleName("How many cards")
        for size in SIZES:
            self.amount.addItem(f"{size} cards", size)
        self.amount.setCurrentIndex(SIZES.index(self._choices.size))
        self.amount.currentIndexChanged.connect(lambda: self._choices.set_size(self.amount.currentData()))
        self.way = ChoiceBox(theme)
        self.way.setAccessibleName("How to answer with names and channels")
        self.way.addItem("Choose", False)
        self.way.addItem("Type", True)
        self.way.setToolTip(
            "For cards that ask for a name or a channel; all other cards are chosen or clicked"
        )
        self.way.setCurrentIndex(int(self._choices.typing))
        learner.typing = self._choices.typing
        self.way.currentIndexChanged.connect(self._on_way)
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
            self._choices.set_deck(self.deck.id)
            self.start_wanted.emit(self.deck, self.chosen_kinds, self.amount.currentData())

    def choose(self, deck: str) -> None:
        """Choose a deck by its id, in whatever section it is."""
        self._choices.set_deck(deck)
        self.section.setCurrentIndex(list(SECTION_TITLES).index(self._chosen_section()))
        self._fill()

    def refresh(self) -> None:
        """Count anew what is due."""
        if self._learner.page != "decks":
            return
        self._show_stopped()
        self._fill()

    def _show_stopped(self) -> None:
        """Offer to go on with the session that was stopped last, and with others that were."""
        stopped = self._learner.stopped()
        self._stopped.setVisible(bool(stopped))
        self.others.setVisible(len(stopped) > 1)
        self._others.clear()
        for number, (session, left) in enumerate(stopped):
            title = self._learner.title_of(session.deck)
            if number == 0:
                self._stopped_words.setText(f"Stopped: {title}")
                self.resume.setText(f"Go on, {left} left")
                self.resume.setToolTip(f"Go on with {title} where you stopped (R)")
            else:
                go_on = self._others.addAction(f"{title}, {left} left")
                go_on.triggered.connect(lambda _on=False, deck=session.deck: self._learner.resume(deck))

    def _fill(self) -> None:
        wanted, moment = self._choices.deck, now()
        section = self.section.currentData()
        with QSignalBlocker(self.decks):
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
                if deck.id == wanted:
                    self.decks.setCurrentItem(item)
            if self.decks.currentItem() is None and self.decks.count():
                self.decks.setCurrentRow(0)
        self._on_chosen()

    def _chosen_section(self) -> Section:
        """The section of the deck that was chosen last."""
        deck = self._choices.deck
        known = {one.id: one.section for one in self._learner.decks}
        # Lists of one's own are known only once the progress file is read.
        return known.get(deck, "own" if deck.startswith("own:") else "goal")

    def _keep_deck(self) -> None:
        if self.deck is not None:
            self._choices.set_deck(self.deck.id)

    def _on_way(self) -> None:
        self._learner.typing = bool(self.way.currentData())
        self._choices.set_typing(self._learner.typing)

    def _on_chosen(self) -> None:
        for button in (self.begin, *self._deck_buttons):
            button.setEnabled(self.deck is not None)

    def _lay_out(self) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(9)
        layout.addWidget(text("Study", "title", selectable=False))
        layout.addWidget(self._stopped)
        layout.addWidget(self.section)
        layout.addWidget(self.decks, 1)
        for kind in self._learner.kinds:
            check = QCheckBox(KIND_TITLES[kind])
            check.setChecked(kind in self._choices.kinds)
            check.toggled.connect(lambda: self._choices.set_kinds(self.chosen_kinds))
            self.kinds[kind] = check
        layout.addWidget(flow(*self.kinds.values()))
        layout.addWidget(_two(_named("How many", self.amount), _named("Names and channels", self.way)))
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


def _named(words: str, widget: QWidget) -> QWidget:
    """A widget with its name above it."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(text(words, "small", selectable=False))
    layout.addWidget(widget)
    return holder


def _two(first: QWidget, second: QWidget) -> QWidget:
    """Two widgets side by side, equally wide."""
    holder = row()
    layout = holder.layout()
    assert layout is not None
    layout.takeAt(0)
    for widget in (first, second):
        layout.addWidget(widget)
    return holder
