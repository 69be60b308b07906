"""Plan, questions, what follows, treatment: each panel by itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.problems import FileProblem
from app.domain.story import story
from app.ui.client.last_plan import LastPlan, last_plan_path
from app.ui.client.outcome_panel import BODY_CHOICE, OutcomePanel
from app.ui.client.plan_panel import PlanPanel
from app.ui.client.plan_state import PlanState
from app.ui.client.questions_panel import QuestionsPanel
from app.ui.client.story_panel import StoryPanel
from app.ui.client.treatment_panel import TreatmentPanel
from app.ui.state import ViewState
from app.ui.theme import Theme


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_the_plan_follows_explore_until_it_is_touched(state: ViewState, plan: PlanState) -> None:
    assert plan.plan.goals == ("lines", "elasticity")
    state.set_goal("acne", True)
    plan.take_goals()
    assert "acne" in plan.plan.goals
    plan.drop("ST4")
    state.set_goal("radiance", True)
    plan.take_goals()
    assert "radiance" not in plan.plan.goals


def test_goals_chosen_in_the_plan_are_kept(state: ViewState, plan: PlanState) -> None:
    plan.set_goal("lines", False)
    state.set_goal("acne", True)
    plan.take_goals()
    assert plan.plan.goals == ("elasticity",), "chosen here, so Explore has no say any more"
    plan.start_anew()
    assert plan.plan.goals == state.goals_on
    state.set_goal("acne", False)
    plan.take_goals()
    assert plan.plan.goals == ("lines", "elasticity")


def test_goals_are_chosen_by_their_boxes(qtbot: QtBot, theme: Theme, plan: PlanState) -> None:
    panel = PlanPanel(plan, theme)
    qtbot.addWidget(panel)
    panel.goals.box("acne").click()
    assert plan.plan.goals == ("acne", "lines", "elasticity")
    panel.goals.box("").click()
    assert (plan.prepared.counts.face, plan.prepared.counts.body) == (40, 12)


def test_needles_are_dropped_moved_and_added(qtbot: QtBot, theme: Theme, plan: PlanState) -> None:
    panel = PlanPanel(plan, theme)
    qtbot.addWidget(panel)
    panel.show()
    first, second = plan.plan.needles[:2]
    plan.select(first)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert plan.plan.needles[:2] == (second, first)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert first not in plan.plan.needles
    panel.search.setText(first)
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert first in plan.plan.needles
    panel.search.setText("ST9")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert "not for needling" in panel.problem.text()
    assert not panel.problem.isHidden()


@pytest.mark.parametrize("width", [300, 460])
def test_every_reason_is_read_whole(qtbot: QtBot, theme: Theme, plan: PlanState, width: int) -> None:
    plan.answer("anticoagulants", True)
    assert any(needle.notes for needle in plan.prepared.needles)
    panel = PlanPanel(plan, theme)
    qtbot.addWidget(panel)
    panel.resize(width, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    view = panel.list
    metrics, flags = QFontMetrics(theme.font(0.9)), int(Qt.TextFlag.TextWordWrap)
    room = QRect(0, 0, view.viewport().width() - 32 - theme.pixels(1.9), 1000)
    for row, needle in enumerate(plan.prepared.needles):
        words = (*needle.notes, plan.planner.reasons(plan.plan, needle.point.code)[0].sentence)
        lines = sum(metrics.boundingRect(room, flags, one).height() for one in words)
        height = view.visualRect(view.model().index(row, 0)).height()
        assert height >= theme.pixels(1.75) + lines, needle.point.code


def test_pregnancy_takes_points_out_and_offers_others(qtbot: QtBot, theme: Theme, plan: PlanState) -> None:
    questions, outcome = QuestionsPanel(plan, theme), OutcomePanel(plan, theme)
    qtbot.addWidget(questions)
    qtbot.addWidget(outcome)
    assert {"LI4", "SP6"} <= set(plan.prepared.codes)
    card = questions.cards["pregnancy"]
    assert not card.no.isChecked(), "not asked is not the same as no"
    card.yes.click()
    assert not {"LI4", "SP6"} & set(plan.prepared.codes)
    words = words_in(outcome.widget())
    for told in ("LI4 Joining Valley", "SP6 Three Yin Intersection", "traditionally avoided", "Carr 2015"):
        assert told in words
    assert plan.prepared.counts.body == 0
    assert "face points only." in words
    assert BODY_CHOICE in words
    outcome.widget().findChild(QPushButton, "offer-body_pregnancy_compatible").click()
    assert plan.plan.body_variant == "body_pregnancy_compatible"
    assert plan.prepared.counts.body == 12
    card.no.click()
    assert plan.plan.denied == ("pregnancy",)


def test_an_area_is_marked(qtbot: QtBot, theme: Theme, plan: PlanState) -> None:
    questions = QuestionsPanel(plan, theme)
    qtbot.addWidget(questions)
    card = questions.cards["botox"]
    card.yes.click()
    assert plan.prepared.counts.face == 0, "as long as nobody says where, the whole face is left alone"
    card.areas["forehead"].click()
    assert 0 < plan.prepared.counts.face < 32
    assert "GB14" not in plan.prepared.codes


def test_every_caution_has_its_question(qtbot: QtBot, theme: Theme, plan: PlanState) -> None:
    questions = QuestionsPanel(plan, theme)
    qtbot.addWidget(questions)
    assert len(questions.cards) == 19
    for card in questions.cards.values():
        card.no.click()
    assert not plan.planner.unasked(plan.plan)
    assert "All are answered." in words_in(questions.widget())


def test_the_story_fits_its_words_to_the_height_there_is(qtbot: QtBot, theme: Theme, plan: PlanState) -> None:
    plan.answer("pregnancy", True)
    holder = QWidget()
    qtbot.addWidget(holder)
    panel = StoryPanel(theme)
    layout = QVBoxLayout(holder)
    layout.addWidget(panel)
    panel.show_verdicts(plan.prepared.verdicts)
    holder.resize(1100, 560)
    with qtbot.waitExposed(holder):
        holder.show()
    steps = story(plan.planner, plan.plan)
    for number, step in enumerate(steps):
        # A drawing is given more of the width; after it words have to fit a narrower panel.
        holder.resize(1100 if step.scene == "skin" else 640, 560)
        panel.show_step(step, number, len(steps))
        QTest.qWait(20)
        assert holder.height() == 560, step.id
        assert panel.progress.geometry().bottom() <= panel.height(), step.id


@pytest.fixture
def treatment(qtbot: QtBot, theme: Theme, plan: PlanState) -> TreatmentPanel:
    panel = TreatmentPanel(plan, theme)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_it_is_not_done_with_a_needle_left_in(treatment: TreatmentPanel) -> None:
    treatment.begin()
    assert treatment.count
    total = len(treatment.count.places)
    for _ in range(total):
        treatment.confirm_button.click()
    assert treatment.clock.text() == "24:00"
    for _ in range(total - 1):
        treatment.confirm_button.click()
    treatment.finish.click()
    assert treatment.is_running
    assert "1 needle is still in" in treatment.verdict.text()
    assert "Done" not in treatment.next_words.text()
    treatment.confirm_button.click()
    assert treatment.next_words.text() == f"Done. {total} in, {total} out."
    treatment.finish.click()
    assert not treatment.is_running


def test_a_press_is_taken_back_and_a_row_is_clicked(treatment: TreatmentPanel) -> None:
    treatment.begin()
    treatment.list.clicked.emit(treatment.model.index(3, 0))
    assert treatment.count
    assert treatment.count.still_in == (3,)
    treatment.undo.click()
    assert treatment.count.still_in == ()
    treatment.leave.click()
    assert treatment.count.states[0] == "not used"
    treatment.leave_rest()
    QTest.qWait(20)
    assert not treatment.leave.isVisible()
    assert treatment.undo.x() == 0, "what is hidden leaves no gap"


def test_a_plan_stays_while_it_is_treated(
    treatment: TreatmentPanel, plan: PlanState, state: ViewState, theme: Theme, qtbot: QtBot
) -> None:
    panel, questions = PlanPanel(plan, theme), QuestionsPanel(plan, theme)
    qtbot.addWidget(panel)
    qtbot.addWidget(questions)
    before = plan.plan
    treatment.begin()
    treatment.confirm()
    state.set_goal("lines", False)
    plan.take_goals()
    plan.start_anew()
    plan.drop(before.needles[0])
    panel.goals.box("acne").click()
    questions.cards["pregnancy"].yes.click()
    assert plan.plan == before
    assert not panel.search.isEnabled()
    treatment.leave_rest()
    treatment.confirm()
    treatment.finish.click()
    assert not treatment.is_running
    panel.goals.box("acne").click()
    assert "acne" in plan.plan.goals


def test_no_treatment_begins_that_is_postponed(treatment: TreatmentPanel, plan: PlanState) -> None:
    plan.answer("migraine_day", True)
    assert not treatment.start.isEnabled()
    assert "Postpone the treatment" in treatment.next_words.text()
    treatment.begin()
    assert not treatment.is_running


def test_a_pregnant_client_is_treated_by_decision_only(
    qtbot: QtBot, theme: Theme, treatment: TreatmentPanel, plan: PlanState
) -> None:
    outcome = OutcomePanel(plan, theme)
    qtbot.addWidget(outcome)
    plan.answer("pregnancy", True)
    assert not treatment.start.isEnabled()
    assert "Usually postponed: Pregnancy." in treatment.next_words.text()
    treatment.begin()
    assert not treatment.is_running
    assert "written consent" in words_in(outcome.widget())
    outcome.widget().findChild(QCheckBox, "decision-pregnancy").click()
    assert plan.plan.decided == ("pregnancy",)
    assert treatment.start.isEnabled()
    treatment.begin()
    assert treatment.is_running


def test_the_last_plan_is_kept_by_itself(qtbot: QtBot, state: ViewState, plan: PlanState) -> None:
    keeper = LastPlan(plan, plan)
    assert not last_plan_path().exists()
    plan.drop("ST4")
    qtbot.waitUntil(last_plan_path().exists)
    again = PlanState(state)
    again.read(last_plan_path(), own=False)
    assert again.plan == plan.plan
    assert again.path is None, "saving asks for a name"
    assert keeper.parent() is plan


def test_a_data_folder_that_cannot_be_written_is_logged(
    plan: PlanState, caplog: pytest.LogCaptureFixture
) -> None:
    last_plan_path().parent.parent.mkdir(parents=True, exist_ok=True)
    last_plan_path().parent.write_text("in the way", encoding="utf-8")
    plan.drop("ST4")
    LastPlan(plan, plan).keep()
    assert "the last plan is not kept" in caplog.text


def test_a_plan_is_saved_and_opened(plan: PlanState, tmp_path: Path) -> None:
    path = tmp_path / "mei.plan.json"
    plan.answer("pregnancy", True)
    plan.write(path)
    saved = plan.plan
    assert not plan.is_changed
    plan.start_anew()
    assert plan.plan != saved
    plan.read(path)
    assert plan.plan == saved
    path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")
    with pytest.raises(FileProblem, match="cut off"):
        plan.read(path)
    assert plan.plan == saved
