"""Submissions that cannot be recorded, gradebooks that cannot be written, processes killed."""

import copy
import os
import shutil
import sqlite3
import sys
import warnings
from pathlib import Path

import pytest

from course_utils.course_tree import CourseError
from course_utils.grading.auto_marks import UnusableSubmission
from tests.graded_class import (
    DUE,
    executed,
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


@pytest.mark.parametrize("content", ["soon", "99999999999999999999", "\x00"])
def test_a_time_that_is_none_fails_one_submission(course, content):
    folder = submit(course, "ada", RIGHT, time=content)
    before = tables(course)
    with writer(course) as gradebook:
        with pytest.raises(UnusableSubmission, match=r"holds .* no time"):
            gradebook.record("ada", executed(course, folder), folder)
        assert tables(course) == before
        (folder / "timestamp.txt").write_text("\n")
        assert gradebook.record("ada", executed(course, folder), folder).score == 6
    assert not list(course.class_folder.glob("autograded/*/.*"))


def test_credit_beyond_the_points_fails_one_submission(course):
    folder = submit(course, "ada", RIGHT, {"guess": "GUESS = 9.0"})
    other = submit(course, "bob", RIGHT)
    with writer(course) as gradebook:
        with pytest.raises(UnusableSubmission, match="'test_guess' gives no points: partial"):
            gradebook.record("ada", executed(course, folder), folder)
        assert gradebook.record("bob", executed(course, other), other).score == 6
        assert gradebook.read("ada") is None


def test_a_penalty_that_fails_leaves_everything_as_it_was(course, book):
    book.update_or_create_assignment(NAME, duedate=DUE)
    folder = submit(course, "lou", RIGHT, time="2026-02-01 10:00:00 UTC")
    grade_with_writer(course)
    before = tables(course), graded_files(course)
    submit(course, "lou", SUMMED, time="2027-01-01 10:00:00 UTC")
    with writer(course) as gradebook:
        with pytest.raises(UnusableSubmission, match="LookupError: lou is on no list"):
            gradebook.record("lou", executed(course, folder), folder)
        assert gradebook.read("lou").score == 6
    assert (tables(course), graded_files(course)) == before
    assert not list(course.class_folder.glob("autograded/*/.*"))


def test_a_locked_gradebook_is_waited_for_and_then_named(course, monkeypatch):
    monkeypatch.setattr("course_utils.grading.database.PATIENCE", 0.2)
    folder = submit(course, "ada", RIGHT)
    notebook = executed(course, folder)
    grade_with_writer(course)
    before = tables(course), graded_files(course)
    other = sqlite3.connect(course.class_folder / "gradebook.db", isolation_level=None)
    with writer(course) as gradebook:
        other.execute("BEGIN IMMEDIATE")  # it writes
        with pytest.raises(CourseError, match="kept the gradebook locked"):
            gradebook.record("ada", notebook, folder)
        assert gradebook.read("ada").score == 6
        other.execute("ROLLBACK")
        other.execute("BEGIN")
        other.execute("SELECT * FROM grade").fetchone()  # it reads, and no commit is possible
        with pytest.raises(CourseError, match="kept the gradebook locked"):
            gradebook.record("ada", notebook, folder)
        assert (tables(course), graded_files(course)) == before
        other.execute("ROLLBACK")
        assert gradebook.record("ada", notebook, folder).score == 6
        other.execute("BEGIN IMMEDIATE")  # between two records everybody may write
        other.execute("ROLLBACK")
    other.close()
    assert not list(course.class_folder.glob("autograded/*/.*"))


def test_a_full_gradebook_loses_nothing(course):
    folder = submit(course, "ada", RIGHT)
    recorded = grade_with_writer(course)
    before = tables(course), graded_files(course)
    with writer(course) as gradebook:
        pages = sqlite3.connect(course.class_folder / "gradebook.db").execute("PRAGMA page_count")
        db = gradebook._rows._gradebook.db
        db.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages.fetchone()[0]}")
        db.remove()
        notebook = executed(course, folder)
        with pytest.raises(CourseError, match="the disk is full"):  # noqa: PT012
            for number in range(100):
                gradebook.record(f"student{number}", notebook, folder)
        assert gradebook.read("ada") == recorded["ada"]
        recorded_now = {
            path.parent.parent.name
            for path in course.class_folder.glob(f"autograded/*/{NAME}/{FILE}")
        }
        assert recorded_now == {row[0] for row in tables(course)["student"]}
    assert before[1].items() <= graded_files(course).items()


def test_a_full_disk_is_named(course, monkeypatch):
    folder = submit(course, "ada", RIGHT)
    grade_with_writer(course)
    before = tables(course), graded_files(course)

    def full(*_):
        raise OSError(28, "No space left on device")

    with writer(course) as gradebook:
        notebook = executed(course, folder)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_bytes", full)
            with pytest.raises(CourseError, match="No space left on device"):
                gradebook.record("ada", notebook, folder)
    assert (tables(course), graded_files(course)) == before


@pytest.mark.parametrize("fault", ["no gradebook", "read-only", "other assignment"])
def test_an_unusable_gradebook_is_named(course, fault, monkeypatch):
    folder = submit(course, "ada", RIGHT)
    path = course.class_folder / "gradebook.db"
    work = writer(course)
    if fault == "no gradebook":
        path.write_bytes(b"no gradebook at all" * 100)
        reason = "file is not a database"
    elif fault == "other assignment":
        work.assignment = "02_other"
        reason = "does not know 02_other"
    else:
        work.api.coursedir.db_url = f"sqlite:///file:{path}?mode=ro&uri=true"
        reason = "attempt to write a readonly database"
    with pytest.raises(CourseError, match=reason), work as gradebook:
        gradebook.record("ada", executed(course, folder), folder)


def killed_while_recording(course, notebook, folder, when):
    """Record in a process of its own, killed before its n-th change of a file; tell if it ended."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # numerical libraries have threads, which do not matter here
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    done = 0

    def count(event, arguments):
        nonlocal done
        if event in ("open", "os.rename", "os.mkdir", "shutil.rmtree", "os.remove", "os.chmod"):
            done += 1
            if done == when:
                os._exit(9)

    try:
        with writer(course) as gradebook:
            sys.addaudithook(count)
            gradebook.record("ada", notebook, folder)
            os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.slow
def test_killed_at_any_point_a_record_can_be_made_again(course):
    folder = submit(course, "ada", SUMMED, time="2026-01-01 10:00:00 UTC", files={"a/b": b"c"})
    grade_with_writer(course)
    old = tables(course), graded_files(course)
    submit(course, "ada", RIGHT, SPOKEN, time="2026-01-02 10:00:00 UTC")
    saved = course.class_folder.with_name("saved")
    shutil.copytree(course.class_folder, saved)
    grade_with_writer(course)
    new = tables(course), graded_files(course)
    notebook = executed(course, folder)
    states = set()
    for when in range(1, 1000):
        shutil.rmtree(course.class_folder)
        shutil.copytree(saved, course.class_folder)
        if killed_while_recording(course, notebook, folder, when):
            break
        marks = "new" if tables(course) == new[0] else "old"
        assert tables(course) in (old[0], new[0])
        folder_now = "none"
        if (course.class_folder / "autograded" / "ada" / NAME).exists():
            found = contents(graded_files(course))
            folder_now = "new" if found == contents(new[1]) else "old"
            assert found in (contents(old[1]), contents(new[1]))
        states.add((marks, folder_now))
        with writer(course) as gradebook:
            gradebook.record("ada", copy.deepcopy(notebook), folder)
        assert (tables(course), graded_files(course)) == new
        assert not list(course.class_folder.glob("autograded/*/.*"))
    # Marks and folder belong together, or there is no folder.
    assert states == {("old", "old"), ("new", "none"), ("new", "new")}


def contents(files):
    """What graders see, permissions aside."""
    return {name: content for name, (_, content) in files.items() if "/." not in name}


def test_many_records_hold_no_more_than_one(course):
    folder = submit(course, "ada", RIGHT)
    with writer(course) as gradebook:
        for number in range(30):
            gradebook.record(f"s{number}", executed(course, folder), folder)
            db = gradebook._rows._gradebook.db
            assert not db.registry.has()  # the session and all it has loaded are gone
            if number == 5:
                handles = open_files()
        assert open_files() == handles


def open_files():
    """Number of open files of this process; 0 where the system does not tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
