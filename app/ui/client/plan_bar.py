"""The window's lower edge in Client mode."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.ui.client.plan_state import PlanState
from app.ui.words import count, needle_words


class PlanBar(QFrame):
    """Which plan, how many needles, how long."""

    def __init__(self, plan: PlanState) -> None:
        super().__init__()
        self._plan = plan
        self.setProperty("role", "bar")
        self.name = QLabel()
        self.name.setProperty("role", "muted")
        self.out = QLabel()
        self.out.setProperty("role", "caution")
        self.counts = QLabel()
        self.counts.setProperty("role", "strong")
        self.minutes = QLabel()
        self.minutes.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(18)
        layout.addWidget(self.name, 1)
        for label in (self.out, self.counts, self.minutes):
            layout.addWidget(label)
        plan.plan_changed.connect(self._sync)
        self._sync()

    def _sync(self) -> None:
        prepared = self._plan.prepared
        name = self._plan.path.name if self._plan.path else "Plan not saved"
        self.name.setText(f"{name}{' *' if self._plan.is_changed and self._plan.path else ''}")
        left_out = len(prepared.left_out)
        self.out.setVisible(bool(left_out))
        self.out.setText(f"{count(left_out, 'point')} left out")
        codes = ", ".join(one.point.code for one in prepared.left_out)
        self.out.setToolTip(f"{codes}: the panel at the right says why")
        self.counts.setText(needle_words(prepared.counts))
        self.minutes.setText(f"{prepared.minutes} minutes")
