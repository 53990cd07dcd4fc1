"""A class folder or gradebook that is locked, broken or not to be written: no student's fault."""

import sqlite3

import pytest
from filelock import FileLock

from course_utils.course_tree import CourseError
from course_utils.grading.class_run import ClassRun
from course_utils.grading.outcome import FAILED, GRADED
from tests.class_without_sandbox import grade, hand_in_trio, new_class, ran
from tests.in_this_process import InThisProcess
from tests.tiny_course import NAME, RIGHT, WITHOUT_KERNEL, answered, hand_in, make_course
from tests.unprivileged import open_folder, ordinary_user


@pytest.fixture
def course(tmp_path, monkeypatch):
    return new_class(tmp_path, monkeypatch)


@pytest.fixture
def trio(course):
    return hand_in_trio(course)


def test_two_runs_at_once(trio):
    run = ClassRun(trio, NAME)
    inner = []

    def start_another(outcome, kept):
        with pytest.raises(CourseError, match=r"another grading run works on .*; wait for it"):
            grade(trio)
        with pytest.raises(CourseError, match="another grading run works on"):
            ClassRun(trio, NAME).write_feedback(lambda *_: None)
        inner.append(outcome.student)

    run.grade(start_another)
    assert inner == ["ada", "bob", "eve"]
    assert len(grade(trio)) == 3  # the lock is gone


def test_the_lock_is_released_after_an_error(trio):
    def fail(outcome, kept):
        raise RuntimeError("of the caller")

    with pytest.raises(RuntimeError, match="of the caller"):
        grade(trio, fail)
    with FileLock(trio.class_folder / ".grading.lock", timeout=0):
        pass


def test_a_class_folder_that_cannot_be_written(monkeypatch):
    with open_folder() as root:
        monkeypatch.setenv("COURSE_CLASS", str(root / "class"))
        course = make_course(root / "course", extra_config=WITHOUT_KERNEL)
        hand_in(course, "ada", answered(course, RIGHT))
        run = ClassRun(course, NAME)
        before = sorted(root.rglob("*"))
        refused = pytest.raises(CourseError, match=r"cannot write in .*class: Permission denied$")
        with ordinary_user(), refused:
            run.grade(lambda outcome, kept: None)
        assert sorted(root.rglob("*")) == before


def test_a_gradebook_that_is_none(trio):
    """Nobody fails, and nothing is overwritten: the gradebook may be all there is."""
    grade(trio)
    path = trio.class_folder / "gradebook.db"
    good = path.read_bytes()
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(CourseError, match=r"the gradebook .*cannot be used") as refusal:
        grade(trio)
    assert "\n" not in str(refusal.value)
    assert path.read_bytes().startswith(b"no database")
    path.write_bytes(good)
    ran()
    assert {o.state for o in grade(trio).values()} == {GRADED}
    assert ran() == []


def test_a_gradebook_that_fails_in_the_middle_fails_no_student(trio, monkeypatch):
    """Another program locks it while the second submission runs, and does not let go."""
    monkeypatch.setattr("course_utils.grading.database.PATIENCE", 0.2)
    other = sqlite3.connect(trio.class_folder / "gradebook.db", isolation_level=None)

    def lock(student):
        if student == "bob":
            other.execute("BEGIN IMMEDIATE")

    InThisProcess.before = staticmethod(lock)
    told = []
    refused = pytest.raises(CourseError, match=r"kept the gradebook locked")
    with refused as refusal:
        grade(trio, lambda outcome, kept: told.append((outcome.student, outcome.state)))
    assert "\n" not in str(refusal.value)
    assert told == [("ada", GRADED)]
    other.execute("ROLLBACK")
    other.close()
    InThisProcess.before = None
    ran()
    assert {o.state for o in grade(trio).values()} == {GRADED}
    assert ran() == ["bob", "eve"]


def test_an_executor_that_fails_on_one_submission_goes_on_with_the_next(trio):
    def fail(student):
        if student == "bob":
            raise ZeroDivisionError("something nobody thought of")

    InThisProcess.before = staticmethod(fail)
    outcomes = grade(trio)
    assert [o.state for o in outcomes.values()] == [GRADED, FAILED, GRADED]
    assert outcomes["bob"].why == "no worker could judge it (ZeroDivisionError)"
    assert outcomes["bob"].score == 0
    InThisProcess.before = None
    ran()
    assert {o.state for o in grade(trio).values()} == {GRADED}
    assert ran() == ["bob"]  # what failed is tried again


def test_a_judge_that_cannot_go_on_ends_the_run_and_what_is_graded_stays(trio):
    def fail(student):
        if student == "bob":
            raise CourseError("no sandbox any more")

    InThisProcess.before = staticmethod(fail)
    with pytest.raises(CourseError, match="no sandbox any more"):
        grade(trio)
    InThisProcess.before = None
    ran()
    assert {o.state for o in grade(trio).values()} == {GRADED}
    assert ran() == ["bob", "eve"]
