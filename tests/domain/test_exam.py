"""Exams: so many questions, so much time, no more; and a result that a spreadsheet opens."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.cards import cards_for
from app.domain.exam import Exam, ExamLine, exam_questions, plain_cell, write_result
from app.domain.library import Library
from app.domain.problems import FileProblem
from app.domain.progress import open_journal

T0 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def exam(library: Library) -> Exam:
    cards = cards_for(library, ["ST3", "ST4", "LI4", "GV29"])
    return Exam("e1", "goal:lines", exam_questions(library, cards, 6, 1), 10, T0)


def line(exam: Exam, right: bool) -> ExamLine:
    question = exam.question
    assert question is not None
    return ExamLine(
        card=question.card.id,
        question=question.prompt,
        answer=question.answer,
        given="=1+1",
        score=float(right),
        right=right,
    )


def test_questions_are_different_and_every_point_comes_before_any_comes_twice(library: Library) -> None:
    cards = cards_for(library, ["ST3", "ST4", "LI4", "GV29"])
    questions = exam_questions(library, cards, 6, 1)
    assert len({question.card for question in questions}) == 6
    assert {question.card.code for question in questions[:4]} == {"ST3", "ST4", "LI4", "GV29"}
    assert exam_questions(library, cards, 6, 1) == questions
    assert exam_questions(library, cards, 6, 2) != questions
    assert len(exam_questions(library, cards, 999, 1)) == len(cards)


def test_it_ends_with_the_last_question(exam: Exam) -> None:
    for number in range(6):
        assert not exam.is_over(T0)
        assert exam.answer(line(exam, number < 5), T0 + timedelta(seconds=number))
    assert exam.is_over(T0)
    assert exam.question is None
    result = exam.result(T0 + timedelta(minutes=3))
    assert (result.right, result.passed, result.seconds) == (5, True, 180.0)


def test_it_ends_with_the_time_and_what_is_open_is_wrong(exam: Exam) -> None:
    assert exam.answer(line(exam, True), T0 + timedelta(minutes=9))
    assert not exam.answer(line(exam, True), T0 + timedelta(minutes=10))
    result = exam.result(T0 + timedelta(minutes=11))
    assert (len(result.lines), result.right, result.passed) == (6, 1, False)
    assert result.at == exam.ends


def test_a_result_goes_into_the_progress_file_and_out_as_csv(
    exam: Exam, library: Library, tmp_path: Path
) -> None:
    exam.answer(line(exam, True), T0)
    result = exam.result(T0 + timedelta(minutes=1))
    journal = open_journal(tmp_path / "progress.jsonl")
    journal.add(result)
    assert open_journal(journal.path).progress.exams == (result,)
    write_result(tmp_path / "result.csv", result, library)
    with (tmp_path / "result.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert [row["right"] for row in rows] == ["yes"] + ["no"] * 5
    assert rows[0]["given"] == "'=1+1"


def test_a_result_that_cannot_be_written_is_told(exam: Exam, library: Library, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be written"):
        write_result(tmp_path / "nowhere" / "result.csv", exam.result(T0), library)


def test_text_stays_text_in_a_spreadsheet() -> None:
    assert plain_cell("@SUM(A1)") == "'@SUM(A1)"
    assert plain_cell("GV24+") == "GV24+"
