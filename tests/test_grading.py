"""A class graded by the judge in real sandboxes: each submission ends in a state of its own.

What surrounds the execution (going on after an interruption, seeds, marks by hand) is tried in
test_grading_runs.py and test_resuming.py without them; attacks are in tests/attacks.
"""

import copy
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from course_utils.grading.class_run import ClassRun
from course_utils.grading.execution import Execute
from course_utils.grading.outcome import FAILED, GRADED, NEEDS_PERSON, Outcome
from course_utils.grading.submission import parse
from course_utils.grading.summary import counts, print_summary, question_statistics
from tests.tiny_course import (
    FILE,
    NAME,
    POINTS,
    RIGHT,
    SPOKEN,
    SUMMED,
    answered,
    cell,
    hand_in,
    make_course,
)

pytestmark = pytest.mark.slow
COURSE = Path(sys.executable).parent / "course"

HARD_CODED = {"total": "def total(values):\n    return 7.0"}
WARNS = {
    "total": "import sys, warnings\n\ndef total(values):\n    warnings.warn('mind the step')\n"
    "    print('noise', file=sys.stderr)\n    return np.sum(values)"
}
RAISES = {
    "total": "def total(values):\n"
    "    raise ValueError('[/red] [bold] \\x1b[31m' + 'x' * 400 + '\\nmore')"
}
KILLS = {"total": "import os\n\ndef total(values):\n    os._exit(0)"}
LOOPS = {"total": "def total(values):\n    while True:\n        pass"}


@pytest.fixture(scope="session")
def graded_class(sandbox, tmp_path_factory):
    """(run, {student: outcome}, what progress was told) of a class in which everything happens."""
    root = tmp_path_factory.mktemp("graded")
    course = make_course(root / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CLASS", str(root / "class"))
        right = answered(course, RIGHT, SPOKEN)
        hand_in(course, "right", right)
        hand_in(course, "blank", answered(course))
        hand_in(course, "partial", answered(course, RIGHT, SUMMED))
        hand_in(course, "hardcoded", answered(course, RIGHT, HARD_CODED))
        hand_in(course, "raises", answered(course, RIGHT, RAISES))
        hand_in(course, "kills", answered(course, RIGHT, KILLS))
        hand_in(course, "loops", answered(course, RIGHT, LOOPS))
        # Innocent: warnings, an editor that knows no cell ids, points "raised", a test "mended",
        # an odd name.
        innocent = answered(course, RIGHT, WARNS)
        cell(innocent, "test_total").metadata.nbgrader.points = 100
        cell(innocent, "hidden_average").source = "pass"
        for c in innocent.cells:
            del c["id"]
        innocent.nbformat_minor = 4
        hand_in(course, "José O'Brien +1", json.dumps(innocent).encode())
        # Damaged, each in its own way.
        hand_in(course, "unreadable", b"{")
        hand_in(course, "empty", b"")
        hand_in(course, "renamed", right, "tiny (1).ipynb")
        older = copy.deepcopy(right)
        for c in older.cells:
            if "nbgrader" in c.metadata:
                c.metadata.nbgrader.schema_version = 1
        hand_in(course, "older", older)
        run = ClassRun(course, NAME)
        told = []
        outcomes = run.grade(lambda outcome, kept: told.append((outcome.student, kept)), seed=11)
        yield run, {o.student: o for o in outcomes}, told


def autograded(run, student):
    return nbformat.read(run.folder / "autograded" / student / NAME / FILE, as_version=4)


def test_every_submission_has_a_state(graded_class):
    run, outcomes, told = graded_class
    assert {name: o.state for name, o in outcomes.items()} == {
        "right": NEEDS_PERSON,
        "José O'Brien +1": GRADED,
        "blank": GRADED,
        "partial": GRADED,
        "hardcoded": GRADED,
        "raises": GRADED,
        "loops": GRADED,
        "kills": GRADED,
        "unreadable": FAILED,
        "empty": FAILED,
        "renamed": FAILED,
        "older": NEEDS_PERSON,  # the source says what its cells are, so nothing is lost
    }
    assert sorted(told) == [(student, False) for student in sorted(outcomes)]
    assert list(outcomes) == sorted(outcomes)
    assert run.executor is Execute


def test_marks(graded_class):
    _, outcomes, _ = graded_class
    marks = {n: {q: s for q, (s, _) in o.questions.items()} for n, o in outcomes.items()}
    assert marks["right"] == {"total": 3, "average": 3, "explain_zero": None}
    assert marks["blank"] == {"total": 0, "average": 0, "explain_zero": 0}
    assert marks["partial"] == {"total": 3, "average": 0, "explain_zero": 0}
    assert marks["hardcoded"] == {"total": 1, "average": 3, "explain_zero": 0}
    assert marks["raises"] == {"total": 0, "average": 3, "explain_zero": 0}
    assert marks["loops"] == {"total": 0, "average": 3, "explain_zero": 0}
    assert marks["kills"] == {"total": 0, "average": 3, "explain_zero": 0}
    assert marks["older"] == marks["right"]
    for outcome in outcomes.values():
        assert outcome.max_score == 8
        assert outcome.seed == 11
        known = [s for s, _ in outcome.questions.values() if s is not None]
        assert outcome.score == sum(known)
        if outcome.state != FAILED:
            assert list(outcome.questions) == list(POINTS)  # in the notebook's order
            assert {q: top for q, (_, top) in outcome.questions.items()} == POINTS


def test_warnings_stderr_and_edited_tests_cost_and_gain_nothing(graded_class):
    run, outcomes, _ = graded_class
    innocent = outcomes["José O'Brien +1"]
    assert innocent.questions["total"] == (3, 3)
    assert innocent.questions["average"] == (3, 3)
    assert innocent.score == 6
    printed = [
        output
        for c in autograded(run, "José O'Brien +1").cells
        for output in c.get("outputs", [])
        if output.output_type == "stream"
    ]  # fmt: skip
    text = "".join(output.text for output in printed)
    assert "UserWarning: mind the step" in text
    assert "noise" in text


def test_diagnoses(graded_class):
    _, outcomes, _ = graded_class
    assert outcomes["right"].diagnoses == {}
    assert outcomes["blank"].diagnoses == {"total": "not answered", "average": "not answered"}
    assert outcomes["partial"].diagnoses == {
        "average": "average([1, 2, 6]): 3 times too large: summed instead of averaged?"
    }
    assert outcomes["hardcoded"].diagnoses == {"total": "total(values): not what was expected."}
    assert outcomes["loops"].diagnoses == {"total": "stopped after 5 s: is there an endless loop?"}
    assert outcomes["kills"].diagnoses == {
        "total": "the process ended while this ran; is there an exit() or os._exit()?"
    }
    text = outcomes["raises"].diagnoses["total"]
    assert text.startswith("ValueError: ")
    assert "[/red] [bold]" in text
    assert len(text) <= 220
    assert text.isprintable()


def test_what_to_do_about_those_who_failed(graded_class):
    _, outcomes, _ = graded_class
    words = {
        "unreadable": "tiny.ipynb is no readable notebook",
        "empty": "tiny.ipynb is no readable notebook",
        "renamed": "tiny.ipynb is missing (found tiny (1).ipynb)",
    }
    for student, text in words.items():
        assert text in outcomes[student].why
        assert outcomes[student].score == 0
        assert "\n" not in outcomes[student].why
    assert not [o for o in outcomes.values() if o.state != FAILED and o.why]


def test_the_gradebook_says_the_same(graded_class):
    run, outcomes, _ = graded_class
    with Gradebook(f"sqlite:///{run.folder / 'gradebook.db'}") as gradebook:
        assert gradebook.find_assignment(NAME).max_score == 8
        for student, outcome in outcomes.items():
            if outcome.state != FAILED:
                submission = gradebook.find_submission(NAME, student)
                assert submission.score == outcome.score
                assert submission.needs_manual_grade == (outcome.state == NEEDS_PERSON)


def test_hidden_tests_were_run_on_the_seed(graded_class):
    run, _, _ = graded_class
    source = cell(autograded(run, "right"), "hidden_total").source
    assert "secret_of_the_tests" in source
    assert "COURSE_GRADING_SEED" not in os.environ


def test_summary_tables(graded_class):
    _, outcomes, _ = graded_class
    listed = list(outcomes.values())
    assert counts(listed) == {GRADED: 7, NEEDS_PERSON: 2, FAILED: 3}
    rows = {row["question"]: row for row in question_statistics(listed)}
    assert list(rows) == list(POINTS)
    assert rows["total"]["marked"] == 9
    assert rows["total"]["passed"] == 4
    assert rows["total"]["mean_score"] == pytest.approx(13 / 9, abs=1e-3)
    assert rows["explain_zero"]["marked"] == 7  # two wait for a person
    assert rows["average"]["diagnoses"][0][1] == 1
    printed = io.StringIO()
    print_summary(Console(file=printed, width=250), NAME, listed)
    text = printed.getvalue()
    for words in (
        "José O'Brien +1",
        "mark by hand: explain_zero",
        "4/9",
        "12 submissions: 7 graded, 2 needs a person, 3 failed",
    ):
        assert words in text
    assert question_statistics([o for o in listed if o.state == FAILED]) == []


def test_summary_shows_names_and_messages_as_they_are():
    """Rich would take brackets for markup, and end the run over a closing one."""
    text = "ValueError: [/red] [bold]no[/bold] [link=x]"
    outcomes = [
        Outcome("[/ada]", GRADED, questions={"q": (0, 1)}, diagnoses={"q": text}, max_score=1),
        Outcome("bob", FAILED, "found [/x] and [y]"),
    ]
    printed = io.StringIO()
    print_summary(Console(file=printed, width=200), NAME, outcomes)
    for words in (text, "[/ada]", "found [/x] and [y]"):
        assert words in printed.getvalue()


def test_a_second_run_keeps_what_is_graded_and_tries_the_rest_again(graded_class, monkeypatch):
    run, outcomes, _ = graded_class
    parsed = []
    monkeypatch.setattr(
        "course_utils.grading.class_run.parse",
        lambda submission, *rest: parsed.append(submission.student) or parse(submission, *rest),
    )
    told = {}
    second = ClassRun(run.tree, NAME).grade(
        lambda outcome, kept: told.update({outcome.student: kept})
    )
    assert second == list(outcomes.values())
    assert parsed == [name for name, o in outcomes.items() if o.state == FAILED]
    assert told == {name: o.state != FAILED for name, o in outcomes.items()}


def test_feedback_has_the_diagnosis_of_a_hidden_test_and_nothing_of_the_test(graded_class):
    run, outcomes, _ = graded_class
    told = {}
    number = run.write_feedback(lambda student, reason: told.update({student: reason}))
    assert told == {name: "" for name, o in outcomes.items() if o.state != FAILED}
    assert number == len(told) == 9
    pages = {s: run.folder / "feedback" / s / NAME / "tiny.html" for s in told}
    texts = {s: page.read_text(encoding="utf-8") for s, page in pages.items()}
    for text in texts.values():
        assert "secret_of_the_tests" not in text
        assert "secret_of_the_solution" not in text
        assert "HIDDEN TESTS" not in text
    assert "total(values): not what was expected." in texts["hardcoded"]
    assert "3 times too large: summed instead of averaged?" in texts["partial"]
    assert "mind the step" in texts["José O'Brien +1"]
    # Of a test that met an exception, the frames are the student's own.
    hidden = cell(autograded(run, "raises"), "hidden_total").outputs[-1]
    assert "in total" in "".join(hidden.traceback)
    assert "secret" not in "".join(hidden.traceback)
    assert "ValueError: [/red] [bold]" in texts["raises"]


@pytest.mark.usefixtures("sandbox")
def test_ctrl_c_ends_the_run_and_the_next_one_goes_on(tmp_path):
    """A real interrupt while an answer is running: it ends at once, and nothing is lost."""
    course = make_course(tmp_path / "course", extra_config="c.Execute.timeout = 60\n")
    environment = os.environ | {"COURSE_CLASS": str(tmp_path / "class")}
    slow = {"total": "import time\ntime.sleep(100)\n" + RIGHT["total"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CLASS", environment["COURSE_CLASS"])
        hand_in(course, "ada", answered(course, RIGHT))
        hand_in(course, "bob", answered(course, RIGHT, slow))
    command = [COURSE, "grade", NAME, "--json"]
    first = subprocess.Popen(
        command, cwd=course.root, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    told = []
    while "[1/2] ada: graded" not in "".join(told):  # bob sleeps by then, or is about to
        line = first.stderr.readline()
        assert line, told
        told.append(line)
    time.sleep(0.5)
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=30)
    assert first.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == (
        "course: interrupted; run the command again, it goes on where it stopped"
    )
    assert "bob" not in err + "".join(told)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CLASS", environment["COURSE_CLASS"])
        hand_in(course, "bob", answered(course, RIGHT))
    second = subprocess.run(
        command, cwd=course.root, env=environment, capture_output=True, text=True, check=True
    )
    report = json.loads(second.stdout)
    assert [s["state"] for s in report["submissions"]] == [GRADED, GRADED]
    assert [s["score"] for s in report["submissions"]] == [6, 6]
    assert "[1/2] ada: graded (kept from before)" in second.stderr
    assert "[2/2] bob: graded\n" in second.stderr
