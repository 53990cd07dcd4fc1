"""A run that goes on where another stopped: seeds, what is kept, what is graded again."""

import json
import shutil

import pytest

from course_utils.course_tree import CourseError
from course_utils.grading.class_run import ClassRun
from course_utils.grading.outcome import FAILED, GRADED, Outcome, load_outcome, save_outcome
from tests.class_without_sandbox import drawn, grade, hand_in_trio, new_class, ran
from tests.in_this_process import InThisProcess
from tests.tiny_course import FILE, NAME, RIGHT, SOURCE, SUMMED, answered, hand_in


@pytest.fixture
def course(tmp_path, monkeypatch):
    return new_class(tmp_path, monkeypatch)


@pytest.fixture
def trio(course):
    return hand_in_trio(course)


def test_a_seed_repeats_and_another_run_does_not(trio):
    first = grade(trio, seed=5)
    assert len(set(drawn(first).values())) == 1  # the same numbers for all students
    assert ran() == ["ada", "bob", "eve"]
    assert drawn(grade(trio)) == drawn(first)
    assert ran() == []
    other = grade(trio, seed=6)
    assert drawn(other) != drawn(first)
    assert ran() == ["ada", "bob", "eve"]
    assert drawn(grade(trio, seed=5)) == drawn(first)


def test_force_draws_a_new_seed_that_later_runs_keep(trio):
    first = grade(trio)
    second = grade(trio, force=True)
    assert {o.seed for o in first.values()} != {o.seed for o in second.values()}
    assert drawn(first) != drawn(second)
    ran()
    assert drawn(grade(trio)) == drawn(second)
    assert ran() == []
    assert drawn(grade(trio, force=True, seed=8)) == drawn(grade(trio, seed=8))


@pytest.mark.parametrize("where", ["in progress", "in nbgrader"])
def test_an_interrupted_run_goes_on_with_the_same_seed(trio, where):
    def interrupt(*arguments):
        if arguments[0] == "bob" or getattr(arguments[0], "student", "") == "bob":
            raise KeyboardInterrupt

    if where == "in nbgrader":
        InThisProcess.before = staticmethod(interrupt)
        with pytest.raises(KeyboardInterrupt):
            grade(trio, seed=3)
        InThisProcess.before = None
        left = ["bob", "eve"]
    else:
        with pytest.raises(KeyboardInterrupt):
            grade(trio, interrupt, seed=3)
        left = ["eve"]
    ran()
    told = {}
    resumed = grade(trio, lambda outcome, kept: told.update({outcome.student: kept}))
    assert ran() == left
    assert {name for name, kept in told.items() if not kept} == set(left)
    whole = grade(trio, force=True, seed=3)
    assert drawn(resumed) == drawn(whole)
    assert {n: o.score for n, o in resumed.items()} == {n: o.score for n, o in whole.items()}


def test_an_interrupted_force_is_finished_by_the_next_run(trio):
    grade(trio, seed=1)

    def interrupt(outcome, kept):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(trio, interrupt, force=True)
    ran()
    after = grade(trio)
    assert ran() == ["bob", "eve"]
    assert len(set(drawn(after).values())) == 1


def test_a_changed_submission_is_graded_again_alone(trio):
    grade(trio)
    ran()
    hand_in(trio, "bob", answered(trio, RIGHT))
    after = grade(trio)
    assert ran() == ["bob"]
    assert after["bob"].questions["total"] == (3, 3)
    hand_in(trio, "zoe", answered(trio, SUMMED))
    assert grade(trio)["zoe"].questions["average"] == (0, 3)
    assert ran() == ["zoe"]


def test_a_damaged_new_hand_in_fails_and_a_mended_one_counts(trio):
    assert grade(trio)["bob"].state == GRADED
    hand_in(trio, "bob", b"{")
    after = grade(trio)["bob"]
    assert (after.state, after.score, after.questions) == (FAILED, 0, {})
    hand_in(trio, "bob", answered(trio, RIGHT))
    assert grade(trio)["bob"].score == 6


def test_a_changed_source_grades_everyone_again(trio):
    grade(trio)
    ran()
    path = trio.source(NAME)
    path.write_text(SOURCE.replace("normal(size=5)", "normal(size=6)"), encoding="utf-8")
    grade(trio)
    assert ran() == ["ada", "bob", "eve"]
    notebook = trio.class_folder / "source" / NAME / FILE
    assert b"normal(size=6)" in notebook.read_bytes()


def test_a_source_that_nbgrader_refuses_is_refused_each_time(trio):
    """A test that has marks in the gradebook cannot be taken away."""
    grade(trio)
    start = SOURCE.index('# %% nbgrader={"grade_id": "hidden_total"')
    stop = SOURCE.index('# %% [markdown] nbgrader={"grade_id": "ask_average"')
    trio.source(NAME).write_text(SOURCE[:start] + SOURCE[stop:], encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CourseError, match=r"nbgrader refuses .*tiny.ipynb: .*") as refusal:
            grade(trio)
        assert "\n" not in str(refusal.value)
        assert "Cannot add or remove cells" in str(refusal.value)
    trio.source(NAME).write_text(SOURCE, encoding="utf-8")
    ran()
    assert set(grade(trio)) == {"ada", "bob", "eve"}
    assert ran() == []  # nothing was lost


def test_a_gradebook_or_a_graded_notebook_that_was_deleted_is_made_again(trio):
    first = grade(trio)
    ClassRun(trio, NAME).write_feedback(lambda *_: None)
    (trio.class_folder / "gradebook.db").unlink()
    told = {}
    assert ClassRun(trio, NAME).write_feedback(lambda who, why: told.update({who: why})) == 0
    assert all(told.values())  # a reason each, and no page that nobody marked
    ran()
    assert drawn(grade(trio)) == drawn(first)
    assert ran() == ["ada", "bob", "eve"]
    assert ClassRun(trio, NAME).write_feedback(lambda *_: None) == 3
    shutil.rmtree(trio.class_folder / "autograded" / "bob")
    assert drawn(grade(trio)) == drawn(first)
    assert ran() == ["bob"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"student": "ada"}', '{"unknown": 1}', "\0"])
def test_a_kept_outcome_that_cannot_be_read_is_graded_again(tmp_path, content):
    path = tmp_path / "ada.json"
    assert load_outcome(path) is None
    path.write_text(content)
    assert load_outcome(path) is None
    outcome = Outcome("ada", GRADED, score=1.5, questions={"total": (1.5, 3.0)}, seed=4)
    save_outcome(path, outcome)
    kept = load_outcome(path)
    assert kept.as_dict() | {"questions": {}} == outcome.as_dict() | {"questions": {}}
    assert json.loads(path.read_text())["questions"] == {"total": [1.5, 3.0]}


def test_a_seed_that_cannot_be_read_is_drawn_anew(trio):
    first = grade(trio, seed=5)
    (trio.class_folder / "runs" / NAME / "seed").write_text("five?")
    assert drawn(grade(trio)) != drawn(first)
