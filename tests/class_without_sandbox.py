"""A class graded without sandboxes: what is done to it, and whom the executor of the tests ran."""

import shutil

from course_utils.grading.class_run import ClassRun
from tests.in_this_process import InThisProcess
from tests.tiny_course import (
    NAME,
    RIGHT,
    SEED_TELLER,
    WITHOUT_KERNEL,
    answered,
    class_before_it_begins,
    hand_in,
    make_course,
)


def new_class(root, monkeypatch):
    """A course whose class is empty; the test's own, under ``root``."""
    shutil.copytree(class_before_it_begins(), root / "class")
    monkeypatch.setenv("COURSE_CLASS", str(root / "class"))
    monkeypatch.setattr(InThisProcess, "ran", [])
    monkeypatch.setattr(InThisProcess, "before", None)
    return make_course(root / "course", extra_config=WITHOUT_KERNEL)


def hand_in_trio(course):
    """Hand in for three students whose diagnoses tell the seed they were graded with."""
    for student in ("ada", "bob", "eve"):
        hand_in(course, student, answered(course, RIGHT, SEED_TELLER))
    return course


def grade(course, progress=lambda outcome, kept: None, **options):
    """{student: outcome} of a run."""
    return {o.student: o for o in ClassRun(course, NAME).grade(progress, **options)}


def drawn(outcomes):
    """What the hidden test of the first question drew for each student."""
    return {name: outcome.diagnoses["total"] for name, outcome in outcomes.items()}


def ran():
    """Students executed since the last call."""
    students, InThisProcess.ran = InThisProcess.ran, []
    return students
