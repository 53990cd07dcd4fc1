"""A class with every kind of cell, and all that its gradebook and folders hold."""

import atexit
import shutil
import sqlite3
import stat
import tempfile
import warnings
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import BasePlugin
from sqlalchemy.exc import SAWarning

from course_utils.checks import SEED_VARIABLE
from course_utils.grading.gradebook import GradebookWriter
from course_utils.grading.graded_notebook import kept_source, submission_notebook
from course_utils.grading.marks import question_of
from course_utils.grading.nbgrader_api import connect
from course_utils.release import notebook_bytes, source_notebook
from tests.tiny_course import (
    AUTOGRADE_PREPROCESSORS,
    FILE,
    NAME,
    RIGHT,
    SOURCE,
    InThisProcess,
    answered,
    hand_in,
    make_course,
)

#: Every kind of cell there is: to the tiny course's come partial credit and code marked by hand.
MIXED = (
    SOURCE
    + """
# %% nbgrader={"grade_id": "guess", "solution": true}
GUESS = 0.0

# %% nbgrader={"grade_id": "test_guess", "points": 4}
credit = 4 * GUESS

# %% nbgrader={"grade_id": "sketch", "grade": true, "solution": true, "points": 1}
### BEGIN SOLUTION
print("a drawing")
### END SOLUTION
"""
)
HALF = {"guess": "GUESS = 0.5"}
CHATTY = {"total": "print('line\\n' * 50)\n\n" + RIGHT["total"]}
SKETCHED = {"sketch": "print('a flower')"}
SHEET = FILE.removesuffix(".ipynb")
DUE = "2026-03-01 12:00:00"


class WithCredit(InThisProcess):
    """Shows the name `credit` as a cell's result, as a kernel does with a last expression."""

    def _run(self, source, namespace):
        outputs = super()._run(source, namespace)
        if "credit" in namespace:
            data = {"text/plain": repr(namespace.pop("credit"))}
            outputs.append(nbformat.v4.new_output("execute_result", data, execution_count=1))
        return outputs


class PointAnHour(BasePlugin):
    """Takes a point for each hour, but forgives one student, thanks one and stumbles over one."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        if student_id == "ivy":
            return None
        if student_id == "kim":
            return -3.0
        if student_id == "lou":
            raise LookupError("lou is on no list")
        return total_seconds_late / 3600


STEPS = [WithCredit, *AUTOGRADE_PREPROCESSORS[1:]]
CONFIG = """
from tests.graded_class import STEPS, PointAnHour
c.Autograde.autograde_preprocessors = STEPS
c.AssignLatePenalties.plugin_class = PointAnHour
c.LimitOutput.max_lines = 5
"""


@cache
def handed_out():
    """A class in whose gradebook the assignment is, and nobody yet."""
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CLASS", str(root / "class"))
        course = make_course(root / "course", MIXED, CONFIG)
        source = root / "class" / "source" / NAME / FILE
        source.parent.mkdir(parents=True)
        source.write_bytes(notebook_bytes(source_notebook(course, NAME)))
        result = connect(course).generate_assignment(NAME, force=True, create=True)
        assert result["success"], result
    return root / "class"


def new_class(root, monkeypatch):
    shutil.copytree(handed_out(), root / "class")
    monkeypatch.setenv("COURSE_CLASS", str(root / "class"))
    monkeypatch.setattr(InThisProcess, "ran", [])
    monkeypatch.setenv(SEED_VARIABLE, "5")
    return make_course(root / "course", MIXED, CONFIG)


def open_gradebook(course):
    return Gradebook(f"sqlite:///{course.class_folder / 'gradebook.db'}")


def writer(course):
    order = [question_of(c.id) for c in source_notebook(course, NAME).cells]
    return GradebookWriter(connect(course), NAME, order)


def submit(course, student, *answers, time="", files=None):
    path = hand_in(course, student, answered(course, *answers))
    if time:
        (path.parent / "timestamp.txt").write_text(time)
    for name, content in (files or {}).items():
        (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / name).write_bytes(content)
    return path.parent


def executed(course, folder):
    """The submission as `course grade` records it."""
    submitted = nbformat.read(folder / FILE, as_version=4)
    notebook = submission_notebook(submitted, kept_source(source_notebook(course, NAME)))
    about = {"nbgrader": {"student": folder.parent.name}}
    return WithCredit().preprocess(notebook, about)[0]


def folders(course):
    return sorted(course.class_folder.glob(f"submitted/*/{NAME}"))


def grade_with_writer(course):
    with writer(course) as gradebook:
        return {
            folder.parent.name: gradebook.record(
                folder.parent.name, executed(course, folder), folder
            )
            for folder in folders(course)
        }


def grade_with_nbgrader(course):
    api = connect(course)
    for folder in folders(course):
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)
            result = api.autograde(NAME, folder.parent.name, force=True, create=True)
        assert result["success"], result


QUERIES = {
    "course": "SELECT id FROM course",
    "student": "SELECT id, first_name, last_name, email, lms_user_id FROM student",
    "submitted_assignment": "SELECT student_id, name, timestamp, extension FROM submitted_assignment s"
    " JOIN assignment a ON a.id = s.assignment_id",
    "submitted_notebook": "SELECT student_id, name, flagged, late_submission_penalty"
    " FROM submitted_notebook n JOIN submitted_assignment s ON s.id = n.assignment_id"
    " JOIN notebook k ON k.id = n.notebook_id",
    "grade": "SELECT student_id, name, type, auto_score, manual_score, extra_credit, needs_manual_grade"
    " FROM grade g JOIN base_cell c ON c.id = g.cell_id"
    " JOIN submitted_notebook n ON n.id = g.notebook_id"
    " JOIN submitted_assignment s ON s.id = n.assignment_id",
    "comment": "SELECT student_id, name, type, auto_comment, manual_comment"
    " FROM comment g JOIN base_cell c ON c.id = g.cell_id"
    " JOIN submitted_notebook n ON n.id = g.notebook_id"
    " JOIN submitted_assignment s ON s.id = n.assignment_id",
}


def tables(course):
    """Everything in the gradebook but ids; every table's number of rows, those not read too."""
    with sqlite3.connect(course.class_folder / "gradebook.db") as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        found = {name: sorted(db.execute(query), key=repr) for name, query in QUERIES.items()}
        found |= {f"#{n}": db.execute(f"SELECT COUNT(*) FROM {n}").fetchone()[0] for n in names}
    db.close()
    assert all(len(found[name]) == found[f"#{name}"] for name in QUERIES)
    return found


def graded_files(course):
    root = course.class_folder / "autograded"
    return {
        str(path.relative_to(root)): (stat.S_IMODE(path.stat().st_mode), path.read_bytes())
        for path in root.rglob("*")
        if path.is_file()
    }


# The notebook


# Files of a submission


# The gradebook or the disk at fault
