"""From text source to student notebook: stable, complete, and without what students must not see."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from course_utils.course_tree import CourseError, CourseTree, find_course, notebook_name
from course_utils.release import (
    STUB,
    TEXT_STUB,
    drifted,
    notebook_bytes,
    release,
    source_notebook,
    student_notebook,
)
from tests.conftest import REPOSITORY
from tests.tiny_course import NAME, POINTS, RIGHT, SOURCE, SPOKEN, answered, cell, make_course
from tests.unprivileged import open_folder, ordinary_user

BIN = Path(sys.executable).parent
SECRETS = ("secret_of_the_solution", "secret_of_the_tests", "model answer", "BEGIN ", "END ")


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path)


def released(course):
    release(course, NAME)
    return nbformat.read(course.exercise(NAME), as_version=4)


def course_with(tmp_path, old, new):
    assert SOURCE.count(old) == 1
    return make_course(tmp_path, SOURCE.replace(old, new))


def test_releasing_twice_gives_the_same_bytes_and_says_so(course):
    assert release(course, NAME) is True
    first = course.exercise(NAME).read_bytes()
    assert release(course, NAME) is False
    course.exercise(NAME).unlink()
    assert release(course, NAME) is True
    assert course.exercise(NAME).read_bytes() == first
    assert first.endswith(b"}\n")


def test_another_process_gives_the_same_bytes(course):
    """Neither hash seeds nor random cell ids get into the file."""
    release(course, NAME)
    first = course.exercise(NAME).read_bytes()
    course.exercise(NAME).unlink()
    environment = os.environ | {"PYTHONHASHSEED": "12345"}
    subprocess.run([BIN / "course", "release"], cwd=course.root, env=environment, check=True,
                   capture_output=True)  # fmt: skip
    assert course.exercise(NAME).read_bytes() == first


def test_cell_ids_are_the_grade_ids_and_survive_a_change_elsewhere(course, tmp_path):
    ids = [c.id for c in released(course).cells]
    assert ids[0].startswith("text-")
    assert ids[1:] == [
        "setup", "imports", "ask_total", "total", "test_total", "hidden_total", "ask_average",
        "average", "test_average", "hidden_average", "ask_explain_zero", "explain_zero",
    ]  # fmt: skip
    other = course_with(tmp_path / "other", "# (8 points)", "# (8 points in all)")
    assert [c.id for c in released(other).cells][1:] == ids[1:]


def test_nothing_secret_is_released(course):
    notebook = released(course)
    text = course.exercise(NAME).read_text(encoding="utf-8")
    for secret in SECRETS:
        assert secret not in text
    for code in (c for c in notebook.cells if c.cell_type == "code"):
        assert code.outputs == []
        assert code.execution_count is None
    assert text.count(json.dumps(STUB)[1:-1]) == 2
    assert cell(notebook, "explain_zero").source == TEXT_STUB
    assert cell(notebook, "hidden_total").source == (
        "# Hidden tests: they run when the notebook is graded."
    )


def test_students_keep_signature_docstring_and_visible_tests(course):
    notebook = released(course)
    assert cell(notebook, "total").source == (
        f'def total(values):\n    """Sum of ``values``, shape (N,); 0 for none."""\n    {STUB}'
    )
    assert "checks.close(total([1.0, 2.0, 4.0]), 7.0" in cell(notebook, "test_total").source


def test_the_first_code_cell_installs_the_package_where_it_is_missing(course):
    setup = cell(released(course), "setup").source
    assert '%pip install --quiet "course-utils @ git+https://github.com/' in setup
    assert "### SETUP" not in setup
    body = setup.split("from course_utils")[0].replace("%pip", "raise AssertionError #")
    exec(body, {})  # here the package is there, and nothing is installed


def test_metadata_is_complete_and_nbgrader_accepts_it(course):
    notebook = released(course)
    MetadataValidator().validate_nb(notebook)
    nbformat.validate(notebook)
    points = {}
    for c in notebook.cells:
        marks = c.metadata.get("nbgrader")
        if marks is None:
            continue
        assert marks["grade_id"] == c.id
        assert marks["schema_version"] == 3
        assert marks["cell_type"] == c.cell_type
        assert marks["locked"] == (not marks["solution"])
        assert marks["task"] is False
        assert ("points" in marks) == marks["grade"]
        if marks["grade"]:
            assert len(marks["checksum"]) == 32
            points[c.id.removeprefix("test_").removeprefix("hidden_")] = (
                points.get(c.id.removeprefix("test_").removeprefix("hidden_"), 0) + marks["points"]
            )
        assert c.metadata.get("editable", True) != marks["locked"]
        assert c.metadata["deletable"] is False
    assert points == POINTS
    assert notebook.metadata.kernelspec.name == "python3"


def test_making_the_student_notebook_leaves_the_source_alone(course):
    source = source_notebook(course, NAME)
    before = notebook_bytes(source)
    student_notebook(source)
    assert notebook_bytes(source) == before
    assert b"secret_of_the_solution" in before


def test_nbgrader_generate_assignment_makes_the_same_notebook(course, tmp_path):
    """Stock nbgrader, started as a command with the project's configuration."""
    folder = tmp_path / "class"
    source = folder / "source" / NAME / "tiny.ipynb"
    source.parent.mkdir(parents=True)
    source.write_bytes(notebook_bytes(source_notebook(course, NAME)))
    # the environment is not activated: what nbgrader starts by name is found all the same
    environment = os.environ | {"COURSE_CLASS": str(folder), "PATH": os.defpath}
    done = subprocess.run(
        [BIN / "nbgrader", "generate_assignment", NAME],
        cwd=course.root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = nbformat.read(folder / "release" / NAME / "tiny.ipynb", as_version=4)
    ours = released(course)
    assert [c.id for c in made.cells] == [c.id for c in ours.cells]
    for theirs, our in zip(made.cells, ours.cells, strict=True):
        assert dict(theirs) == dict(our), our.id
    assert made.metadata == ours.metadata


def test_check_tells_when_a_notebook_has_drifted(course):
    assert drifted(course, NAME)
    release(course, NAME)
    assert not drifted(course, NAME)
    path = course.exercise(NAME)
    path.write_bytes(path.read_bytes().replace(b"A tiny assignment", b"A tiny assignment!"))
    assert drifted(course, NAME)
    release(course, NAME)
    source = course.source(NAME)
    source.write_text(source.read_text(encoding="utf-8").replace("7.0", "7"), encoding="utf-8")
    assert drifted(course, NAME)


HEADER = '# %% nbgrader={"grade_id": "test_total", "points": 1}'


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"test_average"', '"test_total"', "is the second 'test_total'"),
        ('"test_total"', '"Test total"', "needs a grade_id of lower-case letters"),
        ('"test_total"', f'"{"a" * 65}"', "at most 64"),
        ('"grade_id": "test_total", ', "", "needs a grade_id"),
        (HEADER, HEADER.replace('"points"', "points"), "unreadable metadata"),
        (HEADER, HEADER.replace("1}", "1"), "unreadable metadata"),
        (HEADER, HEADER.replace("points", "point"), "metadata that means nothing here: point"),
        (HEADER, HEADER.replace("1}", '"one"}'), "has 'one' points"),
        (HEADER, HEADER.replace("1}", "-1}"), "has -1 points"),
        (HEADER, HEADER.replace('"points": 1', '"grade": true'), "needs points"),
        ('"total", "solution": true', '"total"', "has SOLUTION without"),
        ('"hidden_total", "points": 2', '"hidden_total"', "has HIDDEN TESTS without points"),
        (
            "    return secret_of_the_solution\n    ### END SOLUTION\n",
            "    return secret_of_the_solution\n",
            "1 × BEGIN SOLUTION and 0 × END SOLUTION",
        ),
        ("# Why is", "### BEGIN MARK SCHEME\n# Why is", "has a MARK SCHEME"),
        ("# (8 points)", "# (8 points)\n\n# %% [markdown]\n# a\n\n# %% [markdown]\n# a", "second"),
    ],
)
def test_a_source_that_would_be_marked_wrongly_is_refused_in_one_line(tmp_path, old, new, words):
    course = course_with(tmp_path, old, new)
    with pytest.raises(CourseError) as refusal:
        release(course, NAME)
    text = str(refusal.value)
    assert words in text
    assert str(course.source(NAME)) in text
    assert "the cell that begins '" in text
    assert "\n" not in text
    assert not course.exercise(NAME).exists()


def test_unknown_assignment_with_a_suggestion(course):
    with pytest.raises(CourseError, match="no assignment is called '01_tny'; did you mean 01_tiny"):
        release(course, "01_tny")
    with pytest.raises(CourseError, match="'perceptron'; there are: 01_tiny"):
        release(course, "perceptron")
    for outside in ("../solutions/01_tiny", "", "."):
        with pytest.raises(CourseError, match="no assignment is called"):
            course.source(outside)


def test_a_read_only_target_keeps_what_it_holds():
    with open_folder() as root:
        course = make_course(root)
        release(course, NAME)
        path = course.exercise(NAME)
        old = path.read_bytes().replace(b"tiny", b"TINY")
        path.write_bytes(old)
        path.parent.chmod(0o555)
        refused = pytest.raises(CourseError, match=r"cannot write in .*: Permission denied$")
        with ordinary_user(), refused:
            release(course, NAME)
        assert path.read_bytes() == old
        assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_assignments_are_folders_with_their_source(course):
    for left_over in ("01_tiny/draft.py", "02_empty/notes.txt", "templates/templates.py"):
        path = course.solutions / left_over
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    assert course.assignments() == [NAME]
    assert notebook_name("03_perceptron") == "perceptron"


def test_the_course_is_found_from_below_and_only_there(course, tmp_path_factory):
    assert find_course(course.solutions / NAME).root == course.root.resolve()
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with pytest.raises(CourseError, match=r"no course in .*elsewhere.* or above it"):
        find_course(elsewhere)


def test_the_class_lies_where_the_environment_says(course, monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_CLASS", raising=False)
    assert course.class_folder == (course.root / "class").resolve()
    monkeypatch.setenv("COURSE_CLASS", "")
    assert course.class_folder == (course.root / "class").resolve()
    monkeypatch.setenv("COURSE_CLASS", str(tmp_path / "autumn"))
    assert course.class_folder == (tmp_path / "autumn").resolve()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((RIGHT, SPOKEN), ["Success! Your notebook passes all the tests."]),
        (
            ({"total": "def total(values):\n    return -np.sum(values)"}, SPOKEN),
            ["✗ total([1, 2, 4]): sign flipped:", "Write your answer here", "average"],
        ),
    ],
    ids=["right", "wrong"],
)
def test_nbgrader_validate_tells_a_student_what_is_wrong(course, tmp_path, answers, words):
    path = tmp_path / "tiny.ipynb"
    path.write_bytes(notebook_bytes(answered(course, *answers)))
    done = subprocess.run(
        [BIN / "nbgrader", "validate", path.name],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"PATH": os.defpath},
    )  # fmt: skip
    for word in words:
        assert word in done.stdout, done.stderr


# The real assignments.


@pytest.mark.parametrize("assignment", CourseTree(REPOSITORY).assignments())
def test_released_exercises_are_up_to_date_and_hold_no_secret(tree, assignment):
    assert not drifted(tree, assignment), "run: course release"
    source = source_notebook(tree, assignment)
    given = student_notebook(source)
    MetadataValidator().validate_nb(given)
    folder = tree.exercise(assignment).parent
    assert [path.name for path in folder.iterdir()] == [tree.exercise(assignment).name]
    everything = "\n".join(c.source for c in given.cells)
    regions = 0
    for c in source.cells:
        for region in ("SOLUTION", "HIDDEN TESTS"):
            _, begun, rest = c.source.partition(f"BEGIN {region}\n")
            if begun:
                regions += 1
                secret = rest.partition(f"### END {region}")[0].strip()
                assert secret
                assert secret not in everything, c.id
                left = cell(given, c.id).source.splitlines()
                assert not set(filter(None, secret.splitlines())) & set(left), c.id
    assert regions >= 13  # six questions with answer and hidden tests, and the one in words
    assert "BEGIN " not in everything
