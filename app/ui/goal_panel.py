"""The left panel's first page: a whole treatment, and the skin goals with their groups."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.ui.checks import ChoiceBox, RowCheckBox
from app.ui.goal_model import GoalModel
from app.ui.goal_rows import GoalRows
from app.ui.state import ViewState
from app.ui.theme import Theme


class GoalPanel(QWidget):
    """Goals and treatments with check boxes."""

    def __init__(self, state: ViewState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._theme = theme
        self.tree = GoalTree(state, theme)
        self.treatments = TreatmentBox(state, theme)
        self.clear_button = QPushButton("Clear all")
        self.clear_button.setProperty("role", "link")
        self.clear_button.setToolTip("Switch every goal, group and treatment off (Ctrl+Backspace)")
        self.clear_button.clicked.connect(state.clear)
        heading = QLabel("SKIN GOALS")
        heading.setProperty("role", "heading")
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 12, 2)
        row.addWidget(heading)
        row.addStretch()
        row.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.treatments)
        layout.addLayout(row)
        layout.addWidget(self.tree, 1)
        self._state = state
        state.shown_changed.connect(self._on_shown_changed)
        self._on_shown_changed()

    def _on_shown_changed(self) -> None:
        shown = self._state.shown
        self.clear_button.setEnabled(
            bool(shown.pairs or shown.groups or shown.points or shown.treatment or shown.body_variant)
        )


class GoalTree(QTreeView):
    """The tree; one click or the space bar switches a row, the chevron or the arrow keys open it."""

    def __init__(self, state: ViewState, theme: Theme) -> None:
        super().__init__()
        self._rows = GoalRows(theme)
        self._model = GoalModel(state, self)
        self.setModel(self._model)
        self.setItemDelegate(self._rows)
        self.setAccessibleName("Skin goals and their groups")
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._rows.toggled.connect(self._on_toggled)
        self._rows.opened.connect(self._on_opened)
        theme.theme_changed.connect(self.doItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # a title may take another number of lines

    def _on_toggled(self, index: QModelIndex) -> None:
        self._model.toggle(index)

    def _on_opened(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))


class TreatmentBox(QFrame):
    """A whole treatment by one check box, and which body points it takes. Hidden where no treatment is known."""

    def __init__(self, state: ViewState, theme: Theme) -> None:
        super().__init__()
        self._state = state
        self._check = RowCheckBox(theme)
        self._body = ChoiceBox(theme)
        self._body.setAccessibleName("Body points of the treatment")
        self._body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._heading = QLabel("WHOLE TREATMENT")
        self._heading.setProperty("role", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 4)
        layout.setSpacing(2)
        heading = QHBoxLayout()
        heading.setContentsMargins(16, 0, 16, 2)
        heading.addWidget(self._heading)
        layout.addLayout(heading)
        layout.addWidget(self._check)
        body = QHBoxLayout()
        body.setContentsMargins(48, 0, 12, 4)
        body.addWidget(self._body)
        layout.addLayout(body)
        self._check.clicked.connect(self._on_clicked)
        self._body.activated.connect(self._on_body_chosen)
        state.library_changed.connect(self._on_library_changed)
        state.shown_changed.connect(self._on_shown_changed)
        self._on_library_changed()

    def _on_library_changed(self) -> None:
        whole = self._state.whole_treatment
        self.setVisible(whole is not None)
        self._body.clear()
        if whole is None:
            return
        face, body = (sum(item.needles for item in part) for part in (whole.face, whole.body))
        self._check.setText(whole.title)
        self._check.number = f"{face} + {body}"
        minutes = f"{whole.duration_min[0]} to {whole.duration_min[1]} minutes" if whole.duration_min else ""
        words = (
            f"{face} face needles and {body} body needles.",
            minutes,
            whole.basis,
            whole.needle,
            whole.frequency,
        )
        self._check.setToolTip("".join(f"<p>{word[:1].upper()}{word[1:]}</p>" for word in words if word))
        self._body.addItem("Usual body points", "")
        for treatment in self._state.library.treatments.values():
            if treatment.kind == "body variant":
                self._body.addItem(treatment.title, treatment.id)
                row = self._body.count() - 1
                self._body.setItemData(row, treatment.note or treatment.title, Qt.ItemDataRole.ToolTipRole)
        self._on_shown_changed()

    def _on_shown_changed(self) -> None:
        whole = self._state.whole_treatment
        on = whole is not None and self._state.shown.treatment == whole.id
        self._check.setChecked(on)
        self._body.setVisible(on)
        self._body.setCurrentIndex(max(0, self._body.findData(self._state.shown.body_variant or "")))

    def _on_clicked(self, on: bool) -> None:
        if whole := self._state.whole_treatment:
            self._state.set_whole_treatment(whole.id if on else None, None)

    def _on_body_chosen(self, row: int) -> None:
        if whole := self._state.whole_treatment:
            self._state.set_whole_treatment(whole.id, self._body.itemData(row) or None)
