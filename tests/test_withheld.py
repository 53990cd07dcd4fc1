"""What an assignment asks for is not there to be imported while it is marked; all else is."""

import subprocess
import sys

import pytest

from course_utils.course_tree import CourseTree
from course_utils.grading.withheld import modules_to_withhold
from course_utils.release import source_notebook
from tests.conftest import REPOSITORY
from tests.tiny_course import NAME, SOURCE, make_course

HIDDEN = "### BEGIN HIDDEN TESTS\nsecret_of_the_tests = checks.fresh_rng().normal(size=5)"
ALWAYS = "course_utils.explore"


def withheld(root, **replaced):
    """Modules withheld from the tiny course, with changes to its source."""
    source = SOURCE
    for old, new in replaced.values():
        assert source.count(old) == 1
        source = source.replace(old, new)
    return modules_to_withhold(source_notebook(make_course(root, source), NAME))


def in_hidden(line):
    return (HIDDEN, HIDDEN.replace("TESTS\n", f"TESTS\n{line}\n"))


@pytest.mark.parametrize(
    ("line", "module"),
    [
        ("from course_utils import hinge as reference", "course_utils.hinge"),
        ("import course_utils.hinge", "course_utils.hinge"),
        ("from course_utils.scratch.nn import functional", "course_utils.scratch.nn"),
        ("if True:\n    from course_utils import hinge", "course_utils.hinge"),
    ],
)
def test_what_only_hidden_tests_import_is_withheld(tmp_path, line, module):
    assert module in withheld(tmp_path, hidden=in_hidden(line))


def test_libraries_are_not(tmp_path):
    line = "import scipy.special, math\nfrom sklearn import svm"
    assert withheld(tmp_path, hidden=in_hidden(line)) == [ALWAYS]


@pytest.mark.parametrize(
    "place",
    [
        ("import numpy as np\n", "import numpy as np\nfrom course_utils import hinge\n"),
        ("# Hidden tests: they", "from course_utils import hinge\n# Hidden tests: they"),
        ("checks.passed(", "from course_utils import hinge\nchecks.passed("),
    ],
    ids=["in a locked cell", "above the hidden tests", "in a visible test"],
)
def test_what_students_see_imported_is_not(tmp_path, place):
    line = in_hidden("from course_utils import hinge as reference")
    assert withheld(tmp_path, hidden=line, seen=place) == [ALWAYS]


def test_what_a_model_answer_imports_is_withheld_all_the_same(tmp_path):
    answer = (
        "    secret_of_the_solution = np",
        "    from course_utils import hinge\n    secret_of_the_solution = np",
    )
    line = in_hidden("from course_utils import hinge as reference")
    assert "course_utils.hinge" in withheld(tmp_path, hidden=line, answer=answer)


def test_nothing_but_the_explorables_where_nothing_is_compared_with(tmp_path):
    assert withheld(tmp_path) == [ALWAYS]


def test_a_notebook_may_name_more(tmp_path):
    header = "# ---\n# jupyter:\n#   course:\n#     withhold: [margin]\n# ---\n\n"
    source = source_notebook(make_course(tmp_path, header + SOURCE), NAME)
    assert modules_to_withhold(source) == [ALWAYS, "course_utils.margin"]


@pytest.mark.parametrize("assignment", CourseTree(REPOSITORY).assignments())
def test_of_every_assignment_something_of_its_own_is_withheld(tree, assignment):
    found = modules_to_withhold(source_notebook(tree, assignment))
    assert len(found) > 1
    assert "course_utils.checks" not in found


PROGRAM = """
import sys
from course_utils.grading.withheld import withhold
withhold(["course_utils.hinge", "course_utils.scratch"])
for name in sys.argv[1:]:
    try:
        __import__(name)
        print(name, "there")
    except ImportError as problem:
        print(name, problem)
"""


def test_imports_find_nothing_and_say_why():
    names = ["course_utils.hinge", "course_utils.scratch.nn", "course_utils.checks", "json"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *names], capture_output=True, text=True, check=True
    )
    hinge, scratch, *others = done.stdout.splitlines()
    assert hinge == (
        "course_utils.hinge course_utils.hinge holds what this assignment asks for; it is withheld "
        "while your work is marked. Write it yourself."
    )
    assert "course_utils.scratch holds what this assignment asks for" in scratch
    assert others == ["course_utils.checks there", "json there"]
