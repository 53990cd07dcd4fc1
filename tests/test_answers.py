"""Every right answer gets full marks, every wrong one less, with the diagnosis that names it.

Each answer is tried twice: in this process, as its author does with Run All, and by the judge in
the sandbox. Both must say the same.
"""

import contextlib
import dataclasses
import warnings
from collections import defaultdict
from functools import cache

import pytest

from course_utils.checks import SEED_VARIABLE
from course_utils.course_tree import CourseTree
from course_utils.grading.answers import Answer, read_answers
from course_utils.grading.limits import Limits
from course_utils.grading.plan import BOTH, RUN, make_plan
from course_utils.grading.station import Station
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


@pytest.fixture(scope="module")
def stations():
    """{assignment: its station}, opened when first asked for."""
    with contextlib.ExitStack() as stack:
        opened = {}

        def station(assignment):
            if assignment not in opened:
                plan = make_plan(source_notebook(TREE, assignment))
                opened[assignment] = plan, Station(plan, Limits(), SEEDS[0])
                stack.callback(opened[assignment][1].close)
            return opened[assignment]

        yield station


def judged(assignment, answer, stations):
    """Points that an answer earns from the judge, and the message of the first test it fails."""
    plan, station = stations(assignment)
    tests = {f"test_{answer.question}", f"hidden_{answer.question}"}
    steps = [
        dataclasses.replace(step, source=answer.code) if step.name == answer.question else step
        for step in plan.steps
        if step.kind in (RUN, BOTH) or step.name in tests
    ]
    verdict = station.judge(steps, {})
    assert "failed" not in verdict, verdict
    points = {cell_id: metadata.get("points", 0) for cell_id, _, metadata in cells(assignment)}
    earned, message = 0.0, None
    for step in steps:
        if step.name not in tests:
            continue
        errors = [o for o in verdict["outputs"][step.index] if o["output_type"] == "error"]
        earned += 0 if errors else points[step.name]
        for error in errors[:1]:
            message = message or f"{error['ename']}: {error['evalue']}"
    return earned, message


@pytest.mark.sandbox
@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "answer"), ANSWERS)
def test_judge_in_the_sandbox_says_the_same(assignment, answer, monkeypatch, stations):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = mark(assignment, answer, monkeypatch, SEEDS[0])
    assert judged(assignment, answer, stations) == expected


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
