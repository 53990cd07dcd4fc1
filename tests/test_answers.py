"""Every right answer gets full marks, every wrong one less, with the diagnosis that names it.

The tests of a question run on the answer in this process, without a kernel: fast enough for all of
them. `test_grading.py` grades a part of them through nbgrader.
"""

import warnings
from collections import defaultdict
from functools import cache

import pytest

from course_utils.checks import SEED_VARIABLE
from course_utils.course_tree import CourseTree
from course_utils.grading.answers import Answer, read_answers
from course_utils.release import STUB, source_notebook
from tests.conftest import REPOSITORY

TREE = CourseTree(REPOSITORY)
SEEDS = (1, 2)


@cache
def cells(assignment):
    """(grade_id, source) of every code cell but the one that installs the package."""
    notebook = source_notebook(TREE, assignment)
    found = [c for c in notebook.cells if c.cell_type == "code" and c.id != "setup"]
    return [(c.id, c.source, c.metadata.get("nbgrader", {})) for c in found]


def questions(assignment):
    """{question: points of its visible and hidden tests}"""
    points = defaultdict(float)
    for _, _, metadata in cells(assignment):
        if metadata.get("grade") and not metadata["solution"]:
            points[metadata["grade_id"].partition("_")[2]] += metadata["points"]
    return dict(points)


def mark(assignment, answer, monkeypatch, seed):
    """Points that an answer earns, and the message of the first test it fails."""
    monkeypatch.setenv(SEED_VARIABLE, str(seed))
    earned, message = 0.0, None
    namespace = {"__name__": "__main__"}
    for cell_id, source, metadata in cells(assignment):
        if metadata.get("solution") and metadata["cell_type"] == "code":
            source = answer.code if cell_id == answer.question else source
        elif metadata.get("grade"):
            if cell_id.partition("_")[2] != answer.question:
                continue
            try:
                exec(compile(source, cell_id, "exec"), namespace)
            except Exception as error:
                message = message or f"{type(error).__name__}: {error}"
            else:
                earned += metadata["points"]
            continue
        exec(compile(source, cell_id, "exec"), namespace)
    return earned, message


ANSWERS = [
    pytest.param(name, answer, id=f"{name}-{answer.question}-{answer.title}".replace(" ", "-"))
    for name in TREE.assignments()
    for answer in read_answers(TREE, name)
]
QUESTIONS = [(name, question) for name in TREE.assignments() for question in questions(name)]


@pytest.mark.parametrize(("assignment", "answer"), ANSWERS)
@pytest.mark.filterwarnings("ignore")  # some answers warn on purpose: warnings cost no marks
@pytest.mark.parametrize("seed", SEEDS)
def test_answer_gets_the_marks_it_deserves(assignment, answer, monkeypatch, seed):
    earned, message = mark(assignment, answer, monkeypatch, seed)
    possible = questions(assignment)[answer.question]
    if answer.right:
        assert message is None
        assert earned == possible
    else:
        assert message is not None, "a wrong answer was accepted"
        assert earned == answer.points < possible
        assert answer.diagnosis.lower() in message.lower()


@pytest.mark.parametrize(("assignment", "question"), QUESTIONS)
def test_reference_answer_gets_full_marks_and_the_stub_none(assignment, question, monkeypatch):
    reference = next(source for cell_id, source, _ in cells(assignment) if cell_id == question)
    possible = questions(assignment)[question]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert mark(assignment, Answer(question, "", reference), monkeypatch, 3) == (possible, None)
    names = [line.split("(")[0] for line in reference.splitlines() if line.startswith("def ")]
    stub = "\n".join(f"{name}(*_, **__):\n    {STUB}" for name in names)
    earned, message = mark(assignment, Answer(question, "", stub), monkeypatch, 3)
    assert earned == 0
    assert "Write your answer here" in message


@pytest.mark.parametrize(("assignment", "question"), QUESTIONS)
def test_enough_answers_are_on_file(assignment, question):
    on_file = [a for a in read_answers(TREE, assignment) if a.question == question]
    assert sum(a.right for a in on_file) >= 3
    assert sum(not a.right for a in on_file) >= 5


@pytest.mark.parametrize("assignment", TREE.assignments())
def test_exercise_contract(assignment):
    notebook = source_notebook(TREE, assignment)
    ids = {cell.id for cell in notebook.cells}
    asked = questions(assignment)
    assert len(asked) >= 6
    for question in asked:
        assert {f"ask_{question}", question, f"test_{question}", f"hidden_{question}"} <= ids
        text = next(c.source for c in notebook.cells if c.id == f"ask_{question}")
        assert text.count("<details>") == text.count("</details>") == 3, question
    by_hand = [
        c for c in notebook.cells
        if c.metadata.get("nbgrader", {}).get("grade") and c.metadata.nbgrader["solution"]
    ]  # fmt: skip
    assert len(by_hand) == 1
