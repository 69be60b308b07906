"""Sessions, exams and progress without a widget: what is put, judged, written, stopped, resumed."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.domain.cards import KINDS, card_of
from app.domain.decks import Deck
from app.domain.problems import FileProblem
from app.domain.progress import Journal, now, open_journal
from app.domain.study import Schedule
from app.geometry.scoring import Miss
from app.ui.state import ViewState
from app.ui.study import learner as module
from app.ui.study.learner import Learner

DECK = Deck("own:Mine", "own", "Mine", ("ST3", "ST4", "LI4"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.jsonl"


@pytest.fixture
def learner(state: ViewState, path: Path) -> Learner:
    learner = Learner(state, True, path)
    learner.chance.seed(1)
    learner.open()
    return learner


@pytest.fixture
def told(learner: Learner) -> list[tuple[str, str]]:
    sentences: list[tuple[str, str]] = []
    learner.told.connect(lambda title, sentence: sentences.append((title, sentence)))
    return sentences


def miss(distance: float, tolerance: float = 4.0) -> Miss:
    return Miss(0, True, np.zeros((2, 3)), distance, distance / 19, "bcun_v", tolerance)


def answer(learner: Learner, right: bool) -> None:
    """Answer the question at hand."""
    question = learner.question
    assert question is not None
    if question.card.kind == "locate":
        learner.answer_place(miss(1.0 if right else 30.0), (30.0, -20.0, 80.0))
    elif right:
        learner.answer_choices(question.right)
    else:
        learner.answer_choices(
            [number for number in range(len(question.choices)) if number not in question.right]
        )


def test_a_session_puts_every_card_until_it_is_right(learner: Learner, path: Path) -> None:
    assert learner.start(DECK, KINDS, 12)
    asked = []
    while learner.page == "card":
        assert learner.question is not None
        first = learner.question.card.id not in asked
        asked.append(learner.question.card.id)
        answer(learner, right=not first or len(asked) % 3 > 0)
        learner.next()
    assert learner.page == "result"
    assert len(set(asked)) == 12
    assert len(asked) == 16
    assert learner.summary is not None
    assert len(learner.summary.answers) == 16
    assert learner.stopped() == []
    assert len(open_journal(path).progress.answers) == 16


def test_the_next_dates_are_those_of_the_schedule(learner: Learner, path: Path) -> None:
    learner.start(DECK, ["name"], 3)
    answer(learner, True)
    feedback = learner.feedback
    assert feedback is not None
    again = Schedule(open_journal(path).progress.answers)
    assert again.due(feedback.question.card) == feedback.due
    assert feedback.due > now()


def test_wrong_answers_count_as_answered_cards(learner: Learner) -> None:
    learner.start(DECK, KINDS, 10)
    assert learner.progress_words() == "Card 1, 9 left"
    for _ in range(2):
        answer(learner, False)
        learner.next()
    assert learner.progress_words() == "Card 3, 9 left"


def test_a_stopped_session_goes_on_in_another_run_of_the_program(
    learner: Learner, state: ViewState, path: Path
) -> None:
    learner.start(DECK, KINDS, 10)
    for _ in range(4):
        answer(learner, True)
        learner.next()
    put = learner.question
    learner.stop()
    assert learner.page == "decks"
    later = Learner(state, True, path)
    later.open()
    ((_, left),) = later.stopped()
    assert left == 6
    later.resume()
    assert later.question == put
    assert later.progress_words() == "Card 5, 5 left"


def test_another_deck_leaves_a_stopped_session_alone(learner: Learner) -> None:
    other = Deck("own:Other", "own", "Other", ("GB14", "BL2"))
    learner.start(DECK, ["name"], 3)
    answer(learner, True)
    learner.next()
    put = learner.question
    learner.stop()
    learner.start(other, ["name"], 2)
    learner.stop()
    assert [(session.deck, left) for session, left in learner.stopped()] == [
        ("own:Other", 2),
        ("own:Mine", 2),
    ]
    learner.resume("own:Mine")
    assert learner.question == put
    learner.stop()
    learner.resume()
    assert learner.session is not None
    assert learner.session.deck == "own:Other", "it began after the last answer of the first"
    learner.start(DECK, ["name"], 3)
    learner.stop()
    assert [left for session, left in learner.stopped() if session.deck == "own:Mine"] == [3], "begun anew"


def test_sessions_of_the_same_moment_have_names_of_their_own(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now()
    monkeypatch.setattr(module, "now", lambda: moment)
    names = set()
    for number in range(3):
        learner.start(Deck(f"own:{number}", "own", "x", ("ST3",)), ["name"], 1)
        assert learner.session is not None
        names.add(learner.session.id)
    assert len(names) == 3


def test_each_answer_is_on_the_disk_before_the_next_card(learner: Learner, path: Path) -> None:
    learner.start(DECK, KINDS, 8)
    for count in range(1, 9):
        answer(learner, True)
        assert len(open_journal(path).progress.answers) == count
        learner.next()


def test_an_answer_that_cannot_be_written_leaves_the_question_open(
    learner: Learner, told: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.start(DECK, ["name"], 3)

    def full(_journal: Journal, _entry: object) -> None:
        raise FileProblem("progress.jsonl", "the progress file", "the disk is full", "make room")

    put = learner.question
    monkeypatch.setattr(Journal, "add", full)
    answer(learner, True)
    assert told == [("This was not saved", "progress.jsonl, the progress file: the disk is full; make room.")]
    assert learner.question == put
    assert learner.feedback is None
    monkeypatch.undo()
    answer(learner, True)
    assert learner.feedback is not None


def test_a_question_is_answered_once(learner: Learner, path: Path) -> None:
    learner.start(DECK, ["name"], 3)
    answer(learner, True)
    answer(learner, False)
    learner.give_up()
    assert len(open_journal(path).progress.answers) == 1


def test_typing(learner: Learner) -> None:
    learner.start(Deck("own:x", "own", "x", ("ST3",)), ["name"], 1)
    learner.answer_text("   ")
    assert learner.feedback is None
    learner.answer_text("ju liao")
    assert learner.feedback is not None
    assert learner.feedback.outcome.right


def test_a_click_is_kept_with_its_distance_and_place(learner: Learner, path: Path) -> None:
    learner.start(Deck("own:x", "own", "x", ("ST3",)), ["locate"], 1)
    learner.answer_place(miss(7.96), (30.01, -22.8, 80.95))
    (kept,) = open_journal(path).progress.answers
    assert (kept.distance_mm, kept.clicked, kept.rating) == (7.96, (30.01, -22.8, 80.95), 2)
    assert kept.side in ("left", "right")


def test_without_a_figure_nothing_is_asked_that_needs_one(state: ViewState, path: Path) -> None:
    learner = Learner(state, False, path)
    learner.open()
    learner.start(DECK, KINDS, 50)
    assert learner.session is not None
    assert {card_of(name).kind for name in learner.session.queue} == {
        "goals",
        "cautions",
        "channel",
        "landmarks",
    }


def test_a_deck_without_such_cards_is_told(learner: Learner, told: list[tuple[str, str]]) -> None:
    assert not learner.start(DECK, [], 10)
    assert not learner.start_exam(DECK, [], 10, 5)
    assert [title for title, _ in told] == ["No cards", "No questions"]


def test_an_exam_gives_no_answers_before_its_end(learner: Learner, path: Path) -> None:
    assert learner.start_exam(DECK, KINDS, 6, 10)
    for number in range(6):
        assert learner.page == "card"
        answer(learner, right=number < 4)
        assert learner.feedback is None
    assert learner.page == "result"
    assert learner.result is not None
    assert (learner.result.right, len(learner.result.lines), learner.result.passed) == (4, 6, False)
    kept = open_journal(path).progress
    assert kept.exams == (learner.result,)
    assert len(kept.answers) == 6


def test_an_exam_ends_with_its_time(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    learner.start_exam(DECK, KINDS, 6, 10)
    answer(learner, True)
    late = now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(module, "now", lambda: late)
    assert learner.seconds_left() == 0
    answer(learner, True)
    assert learner.page == "result"
    assert learner.result is not None
    assert (learner.result.right, len(learner.result.lines)) == (1, 6)


def test_leaving_an_exam_ends_it(learner: Learner) -> None:
    learner.start_exam(DECK, KINDS, 6, 10)
    learner.stop()
    assert learner.page == "result"


def test_the_weakest_points_are_trained(learner: Learner) -> None:
    learner.start(DECK, ["name"], 3)
    weak = learner.question
    assert weak is not None
    answer(learner, False)
    learner.stop()
    assert learner.weakest() == (weak.card.code,)
    weakest = learner.weakest_deck()
    learner.start(weakest, KINDS, 6)
    assert learner.session is not None
    assert {card_of(name).code for name in learner.session.queue} == {weak.card.code}
    assert learner.title_of(learner.session.deck) == "Weakest points"


def test_a_list_of_ones_own_becomes_a_deck(learner: Learner) -> None:
    learner.save_list("Cheeks", ("ST3", "SI18"))
    deck = next(deck for deck in learner.decks if deck.id == "own:Cheeks")
    assert deck.codes == ("ST3", "SI18")
    learner.save_list("Cheeks", ())
    assert all(deck.id != "own:Cheeks" for deck in learner.decks)


def test_a_reset_makes_every_card_new_and_keeps_the_old_file(
    learner: Learner, path: Path, told: list[tuple[str, str]]
) -> None:
    learner.start(DECK, ["name"], 3)
    answer(learner, False)
    learner.stop()
    learner.reset()
    assert learner.weakest() == ()
    assert learner.stopped() == []
    (kept,) = path.parent.glob("progress-before-reset-*.jsonl")
    assert str(kept) in told[0][1]


def test_a_newer_progress_file_is_told_and_nothing_is_written(state: ViewState, path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"format":"facepoints-progress","version":9}\n', encoding="utf-8")
    learner = Learner(state, True, path)
    told: list[str] = []
    learner.told.connect(lambda _title, sentence: told.append(sentence))
    learner.open()
    assert "newer than this program" in told[0]
    assert not learner.start(DECK, KINDS, 3)
    assert path.read_text(encoding="utf-8") == '{"format":"facepoints-progress","version":9}\n'


def test_a_damaged_progress_file_is_told(state: ViewState, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\x00\x01 not ours")
    learner = Learner(state, True, path)
    told: list[tuple[str, str]] = []
    learner.told.connect(lambda title, sentence: told.append((title, sentence)))
    learner.open()
    assert told[0][0] == "Your progress file was damaged"
    assert learner.start(DECK, KINDS, 3)


def test_progress_of_another_machine_is_taken_in(
    learner: Learner, state: ViewState, tmp_path: Path, told: list[tuple[str, str]]
) -> None:
    learner.start(DECK, ["name"], 3)
    answer(learner, True)
    learner.export_progress(tmp_path / "carried.jsonl")
    other = Learner(state, True, tmp_path / "other.jsonl")
    other.open()
    words: list[str] = []
    other.told.connect(lambda _title, sentence: words.append(sentence))
    other.take_in(tmp_path / "carried.jsonl")
    assert words == ["2 entries were new here."]
    question = learner.question
    assert question is not None
    assert other.schedule.due(question.card) == learner.schedule.due(question.card)
    learner.take_in(tmp_path / "nowhere.jsonl")
    assert "does not exist" in told[-1][1]
    learner.export_progress(tmp_path / "no folder" / "carried.jsonl")
    assert told[-1][0] == "Your progress was not written"
