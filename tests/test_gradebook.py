"""Marks written by the course's own writer and by stock `nbgrader autograde`: the same."""

import shutil

import pytest

from course_utils.grading.marks import AssignmentMarks, question_of
from course_utils.grading.nbgrader_api import connect
from course_utils.grading.outcome import GRADED, NEEDS_PERSON, Outcome
from course_utils.release import source_notebook
from tests.graded_class import (
    CHATTY,
    DUE,
    HALF,
    SHEET,
    SKETCHED,
    grade_with_nbgrader,
    grade_with_writer,
    graded_files,
    new_class,
    open_gradebook,
    submit,
    tables,
    writer,
)
from tests.tiny_course import FILE, NAME, RIGHT, SPOKEN, SUMMED


@pytest.fixture
def course(tmp_path, monkeypatch):
    return new_class(tmp_path, monkeypatch)


@pytest.fixture
def book(course):
    with open_gradebook(course) as gradebook:
        yield gradebook


def mark_by_hand(course):
    with open_gradebook(course) as book:
        grade = book.find_grade("explain_zero", SHEET, NAME, "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.25, False
        book.find_comment("explain_zero", SHEET, NAME, "ada").manual_comment = "Say why."
        grade = book.find_grade("hidden_average", SHEET, NAME, "bob")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        book.find_grade("test_total", SHEET, NAME, "eve").extra_credit = 0.5
        book.find_submission_notebook(SHEET, NAME, "eve").flagged = True
        book.db.commit()


def live(course, grade):
    """What becomes of a class graded twice, with a person's marks in between."""
    with open_gradebook(course) as book:
        book.update_or_create_assignment(NAME, duedate=DUE)
        book.add_student("dan", first_name="Dan", email="dan@example.org")
    seen = []
    submit(course, "ada", RIGHT, SPOKEN, HALF, SKETCHED, time="2026-03-01 11:59:59 UTC")
    submit(course, "bob", SUMMED, {"total": RIGHT["total"]})
    submit(course, "dan", RIGHT, time="2026-03-01T15:30:00+02:00")  # 1.5 hours late
    submit(course, "eve", time="2026-03-01 14:00:00 UTC")  # and no point to take away
    submit(course, "fay", RIGHT, time="2026-03-02 14:00:00 UTC")  # more hours than points
    submit(course, "gil", RIGHT, CHATTY, time="2026-03-01 14:00:00.5 UTC")
    submit(course, "ivy", RIGHT, time="2026-03-01 14:00:00 UTC")
    submit(course, "kim", RIGHT, SPOKEN, time="2026-03-01 14:00:00 UTC")
    submit(course, "may", {"guess": "GUESS = None"}, files={"data/x.csv": b"1,2\n", "b.pyc": b""})
    grade(course)
    seen.append((tables(course), graded_files(course)))
    mark_by_hand(course)
    with open_gradebook(course) as book:
        book.grant_extension(NAME, "gil", hours=3)
    submit(course, "ada", RIGHT, {"explain_zero": "Otherwise."}, time="2026-03-01 11:00:00 UTC")
    submit(course, "bob", RIGHT, HALF)
    submit(course, "fay", RIGHT, time="2026-03-01 10:00:00 UTC")  # the clock was wrong
    shutil.rmtree(course.class_folder / "submitted" / "may" / NAME / "data")
    grade(course)
    seen.append((tables(course), graded_files(course)))
    return seen


@pytest.mark.slow
def test_the_gradebook_and_the_folders_are_those_of_nbgrader(tmp_path, monkeypatch):
    ours = live(new_class(tmp_path / "ours", monkeypatch), grade_with_writer)
    stock = live(new_class(tmp_path / "stock", monkeypatch), grade_with_nbgrader)
    for (our_tables, our_files), (stock_tables, stock_files) in zip(ours, stock, strict=True):
        assert our_tables == stock_tables
        assert our_files.keys() == stock_files.keys()
        for name, (mode, content) in stock_files.items():
            assert our_files[name] == (mode, content), name
    first, second = (dict(((s, n), rest) for s, n, *rest in t["grade"]) for t, _ in ours)
    penalties = {s: penalty for s, _, _, penalty in ours[0][0]["submitted_notebook"]}
    # That both agree would mean little if nothing had happened.
    assert first["ada", "test_guess"] == ["GradeCell", 2.0, None, None, 0]
    assert first["may", "test_guess"][1] == 0.0
    assert first["ada", "explain_zero"] == ["GradeCell", None, None, None, 1]
    assert first["eve", "explain_zero"] == ["GradeCell", 0.0, None, None, 0]
    assert second["ada", "explain_zero"] == ["GradeCell", None, 1.5, 0.25, 1]
    assert second["bob", "hidden_average"] == ["GradeCell", 2.0, 1.0, None, 1]
    assert penalties | {"gil": 0} == {
        "ada": None, "bob": None, "dan": 1.5, "eve": 0.0, "fay": 6.0,
        "gil": 0, "ivy": None, "kim": 0.0, "may": None,
    }  # fmt: skip
    assert {s: p for s, _, _, p in ours[1][0]["submitted_notebook"]}["fay"] is None
    assert "may/01_tiny/data/x.csv" in ours[0][1]
    assert "may/01_tiny/data/x.csv" not in ours[1][1]


def test_marks_are_those_that_the_gradebook_gives(course, book):
    submit(course, "ada", RIGHT, SPOKEN, HALF, SKETCHED)
    submit(course, "eve")
    recorded = grade_with_writer(course)
    mark_by_hand_of = book.find_grade("sketch", SHEET, NAME, "ada")
    assert recorded["ada"].needs_person
    order = [question_of(c.id) for c in source_notebook(course, NAME).cells]
    for student, marks in recorded.items():
        outcome = Outcome(student, GRADED)
        AssignmentMarks(connect(course), NAME, order).read_marks(outcome)
        assert (outcome.score, outcome.max_score) == (marks.score, marks.max_score)
        assert (outcome.state == NEEDS_PERSON) == marks.needs_person
        assert list(outcome.questions.items()) == list(marks.questions.items())
    mark_by_hand_of.manual_score, mark_by_hand_of.needs_manual_grade = 0.5, False
    book.db.commit()
    with writer(course) as gradebook:
        assert gradebook.read("ada").questions["sketch"] == (0.5, 1.0)
        assert gradebook.read("ada").score == recorded["ada"].score + 0.5
        assert gradebook.read("eve") == recorded["eve"]
        assert gradebook.read("nobody") is None


def test_nbgrader_goes_on_with_a_gradebook_written_here(course):
    submit(course, "ada", RIGHT, SPOKEN)
    submit(course, "bob", SUMMED, {"total": RIGHT["total"]})
    recorded = grade_with_writer(course)
    api = connect(course)
    with api.gradebook as gradebook:
        assert {s.student.id for s in gradebook.assignment_submissions(NAME)} == {"ada", "bob"}
        mean = sum(marks.score for marks in recorded.values()) / 2
        assert gradebook.average_assignment_score(NAME) == mean == (6 + 3) / 2
        assert gradebook.average_notebook_code_score(SHEET, NAME) == mean
        rows = {row["student"]: row["score"] for row in gradebook.submission_dicts(NAME)}
        assert rows == {"ada": 6, "bob": 3}
        assert gradebook.find_submission_notebook(SHEET, NAME, "bob").failed_tests
    assert {row["student"]: row["score"] for row in api.get_submissions(NAME)} == rows
    assert api.get_assignment(NAME)["num_submissions"] == 2
    assert len(api.get_notebook_submissions(NAME, SHEET)) == 2
    assert [s["score"] for s in api.get_students() if s["id"] == "ada"] == [6]
    result = api.generate_feedback(NAME, "bob", force=True)
    assert result["success"], result
    page = course.class_folder / "feedback" / "bob" / NAME / FILE.replace(".ipynb", ".html")
    assert "average([1, 2, 6])" in page.read_text()
    before = tables(course)
    grade_with_nbgrader(course)  # the formgrader's button
    assert tables(course) == before
