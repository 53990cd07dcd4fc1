"""A course of one assignment with two marked questions and one for a person, small enough to grade.

Everything but the text source is the project's own: its nbgrader configuration, its package.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

from course_utils.course_tree import CourseTree
from course_utils.grading.class_run import ClassRun
from course_utils.grading.execution import AUTOGRADE_PREPROCESSORS
from course_utils.release import notebook_bytes, source_notebook, student_notebook
from tests.conftest import REPOSITORY
from tests.in_this_process import InThisProcess, PoolInThisProcess  # noqa: F401

NAME = "01_tiny"
FILE = "tiny.ipynb"
POINTS = {"total": 3.0, "average": 3.0, "explain_zero": 2.0}
#: Seconds a cell may take.
TIMEOUT = 5

SOURCE = '''\
# %% [markdown]
# # A tiny assignment
# (8 points)

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks

# %% [markdown] nbgrader={"grade_id": "ask_total", "locked": true}
# ## Question 1 · Total (3 points)

# %% nbgrader={"grade_id": "total", "solution": true}
def total(values):
    """Sum of ``values``, shape (N,); 0 for none."""
    ### BEGIN SOLUTION
    secret_of_the_solution = np.sum(values)
    return secret_of_the_solution
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_total", "points": 1}
checks.close(total([1.0, 2.0, 4.0]), 7.0, "total([1, 2, 4])", count=3)
checks.passed("The total is right.")

# %% nbgrader={"grade_id": "hidden_total", "points": 2}
# Hidden tests: they run when the notebook is graded.
### BEGIN HIDDEN TESTS
secret_of_the_tests = checks.fresh_rng().normal(size=5)
checks.close(total(secret_of_the_tests), secret_of_the_tests.sum(), "total(values)")
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_average", "locked": true}
# ## Question 2 · Average (3 points)

# %% nbgrader={"grade_id": "average", "solution": true}
def average(values):
    """Mean of ``values``, shape (N,)."""
    ### BEGIN SOLUTION
    return np.mean(values)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_average", "points": 1}
checks.close(average([1.0, 2.0, 6.0]), 3.0, "average([1, 2, 6])", count=3)

# %% nbgrader={"grade_id": "hidden_average", "points": 2}
### BEGIN HIDDEN TESTS
secret_of_the_tests = checks.fresh_rng().normal(size=7)
checks.close(average(secret_of_the_tests), secret_of_the_tests.mean(), "average(values)", count=7)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_explain_zero", "locked": true}
# ## Question 3 · Explain (2 points)
# Why is the sum of no numbers zero?

# %% [markdown] nbgrader={"grade_id": "explain_zero", "grade": true, "solution": true, "points": 2}
### BEGIN SOLUTION
# Because the model answer says that a + 0 = a.
### END SOLUTION
'''

RIGHT = {
    "total": "def total(values):\n    return np.sum(values)",
    "average": "def average(values):\n    return np.mean(values)",
}
SUMMED = {"average": "def average(values):\n    return np.sum(values)"}
#: Fails with the number that the hidden test drew, hence tells which seed was at work.
SEED_TELLER = {
    "total": "def total(values):\n    if len(values) == 3:\n        return 7.0\n"
    "    raise ValueError(f'first is {values[0]:.12f}')"
}
SPOKEN = {"explain_zero": "Because adding nothing changes nothing."}

ANSWERS = """\
# %% right: NumPy
def total(values):
    return np.sum(values)

# %% wrong: the last one forgotten
# diagnosis: total([1, 2, 4])
# points: 0
def total(values):
    return np.sum(values[:-1])
"""


def make_course(root, source=SOURCE, extra_config=""):
    """Write the course under ``root``."""
    folder = root / "solutions" / NAME
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(source, encoding="utf-8")
    answers = root / "tests" / "answers" / NAME
    answers.mkdir(parents=True)
    (answers / "total.py").write_text(ANSWERS, encoding="utf-8")
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    config += f"\nc.Execute.timeout = {TIMEOUT}\n{extra_config}"
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return CourseTree(root)


def answered(tree, *answers, assignment=NAME):
    """Student notebook with the given ``{question: source}`` filled in."""
    notebook = student_notebook(source_notebook(tree, assignment))
    cells = {cell.id: cell for cell in notebook.cells}
    for answer in answers:
        for question, source in answer.items():
            cells[question].source = source
    return notebook


@cache
def class_before_it_begins():
    """A class folder with an empty gradebook, to copy: nbgrader needs seconds to make one."""
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CLASS", str(root / "class"))
        course = make_course(root / "course", extra_config=WITHOUT_KERNEL)
        hand_in(course, "ada", b"{")
        ClassRun(course, NAME).grade(lambda outcome, kept: None)
    shutil.rmtree(root / "class" / "submitted")
    shutil.rmtree(root / "class" / "runs")
    return root / "class"


def cell(notebook, grade_id):
    """The cell of a notebook with that grade_id."""
    return next(c for c in notebook.cells if c.id == grade_id)


def hand_in(tree, student, content, file_name=FILE):
    """Put a notebook, or bytes, into the class as that student's submission."""
    if not isinstance(content, bytes):
        content = notebook_bytes(content)
    folder = tree.class_folder / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file_name).write_bytes(content)
    return folder / file_name


IN_THIS_PROCESS = [InThisProcess, *AUTOGRADE_PREPROCESSORS[1:]]
#: For `make_course`: nbgrader as it is, but for the judge.
WITHOUT_KERNEL = """
from tests.tiny_course import IN_THIS_PROCESS
c.Autograde.autograde_preprocessors = IN_THIS_PROCESS
"""
