"""`nbgrader autograde`, as nbgrader has it: the judge is at work there too, and says the same."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_utils.grading.class_run import ClassRun
from course_utils.grading.marks import diagnoses
from tests.tiny_course import (
    FILE,
    NAME,
    RIGHT,
    SEED_TELLER,
    SPOKEN,
    SUMMED,
    answered,
    class_before_it_begins,
    hand_in,
    make_course,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sandbox")]
NBGRADER = Path(sys.executable).parent / "nbgrader"
STUDENTS = {"ada": (RIGHT, SPOKEN, SUMMED, SEED_TELLER), "bob": (RIGHT,)}


def new_class(root, monkeypatch, course):
    shutil.copytree(class_before_it_begins(), root)
    monkeypatch.setenv("COURSE_CLASS", str(root))
    for student, answers in STUDENTS.items():
        hand_in(course, student, answered(course, *answers))


def marks(folder, student):
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission_notebook("tiny", NAME, student)
        return sorted((g.name, g.auto_score, g.needs_manual_grade) for g in notebook.grades)


def graded(folder, student):
    return nbformat.read(folder / "autograded" / student / NAME / FILE, as_version=4)


def test_it_gives_the_same_marks_with_the_same_seed(tmp_path, monkeypatch):
    course = make_course(tmp_path / "course")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    new_class(ours, monkeypatch, course)
    outcomes = {o.student: o for o in ClassRun(course, NAME).grade(lambda *_: None, seed=12)}
    new_class(theirs, monkeypatch, course)
    (theirs / "runs" / NAME).mkdir(parents=True)
    (theirs / "runs" / NAME / "seed").write_text("12\n")
    for command in (["--student", "ada"], ["--student=bob"]):
        done = subprocess.run(
            [NBGRADER, "autograde", NAME, *command], cwd=course.root, capture_output=True,
            text=True, check=False, env=os.environ | {"PATH": os.defpath},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    for student in STUDENTS:
        assert marks(theirs, student) == marks(ours, student)
        assert diagnoses(graded(theirs, student)) == outcomes[student].diagnoses
        for one, other in zip(
            graded(ours, student).cells, graded(theirs, student).cells, strict=True
        ):
            assert one.get("outputs") == other.get("outputs"), one.id
    assert "first is" in outcomes["ada"].diagnoses["total"]  # which the seed decides
    assert dict((name, score) for name, score, _ in marks(theirs, "bob"))["hidden_average"] == 2
    assert (theirs / "runs" / NAME / "seed").read_text() == "12\n"


def test_without_a_sandbox_nothing_runs(tmp_path, monkeypatch):
    course = make_course(tmp_path / "course")
    new_class(tmp_path / "class", monkeypatch, course)
    tools = tmp_path / "tools"  # all the commands there are, but for bubblewrap
    tools.mkdir()
    done = subprocess.run(
        [NBGRADER, "autograde", NAME, "--student", "ada"], cwd=course.root, capture_output=True,
        text=True, check=False, env=os.environ | {"PATH": str(tools)},
    )  # fmt: skip
    assert done.returncode != 0
    assert "bubblewrap is not installed; install bubblewrap" in done.stderr
    assert not list((tmp_path / "class").glob("autograded/*/*/*"))
