"""What surrounds the execution of a class: interruptions, seeds, marks by hand, the gradebook.

Real nbgrader, but for the kernel: an executor of the tests stands in its place.
"""

import json
import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute as StockExecute
from sqlalchemy.exc import OperationalError
from traitlets.config import Config

from course_utils.course_tree import CourseError
from course_utils.grading.class_run import ClassRun
from course_utils.grading.execution import active_executor
from course_utils.grading.nbgrader_api import load_config
from course_utils.grading.outcome import (
    FAILED,
    GRADED,
    NEEDS_PERSON,
    Outcome,
    load_outcome,
    save_outcome,
)
from course_utils.grading.refusal import why_refused
from course_utils.release import notebook_bytes
from tests.tiny_course import (
    FILE,
    NAME,
    RIGHT,
    SEED_TELLER,
    SOURCE,
    SPOKEN,
    SUMMED,
    WITHOUT_KERNEL,
    InThisProcess,
    answered,
    cell,
    class_before_it_begins,
    hand_in,
    make_course,
)
from tests.unprivileged import open_folder, ordinary_user


@pytest.fixture
def course(tmp_path, monkeypatch):
    shutil.copytree(class_before_it_begins(), tmp_path / "class")
    monkeypatch.setenv("COURSE_CLASS", str(tmp_path / "class"))
    monkeypatch.setattr(InThisProcess, "ran", [])
    monkeypatch.setattr(InThisProcess, "before", None)
    return make_course(tmp_path / "course", extra_config=WITHOUT_KERNEL)


@pytest.fixture
def trio(course):
    """Three students whose diagnoses tell the seed they were graded with."""
    for student in ("ada", "bob", "eve"):
        hand_in(course, student, answered(course, RIGHT, SEED_TELLER))
    return course


def grade(course, progress=lambda outcome, kept: None, **options):
    return {o.student: o for o in ClassRun(course, NAME).grade(progress, **options)}


def drawn(outcomes):
    """What the hidden test of the first question drew for each student."""
    return {name: outcome.diagnoses["total"] for name, outcome in outcomes.items()}


def ran():
    """Students executed since the last call."""
    students, InThisProcess.ran = InThisProcess.ran, []
    return students


def test_the_executor_is_the_one_that_the_configuration_names(course):
    assert active_executor(load_config(course)) is InThisProcess
    stock = Config()
    with pytest.raises(CourseError, match="restore that line"):
        active_executor(stock)
    stock.Autograde.autograde_preprocessors = [StockExecute]
    with pytest.raises(CourseError, match="restore that line"):
        active_executor(stock)


def test_loading_the_configuration_leaves_the_class_folder_as_it_was(course, monkeypatch):
    load_config(course)
    assert os.environ["COURSE_CLASS"] == str(course.root.parent / "class")
    monkeypatch.setenv("COURSE_CLASS", "")
    assert load_config(course).CourseDirectory.root == str(course.root / "class")
    assert course.class_folder == course.root / "class"


def test_a_seed_repeats_and_another_run_does_not(trio):
    first = grade(trio, seed=5)
    assert len(set(drawn(first).values())) == 1  # the same numbers for all students
    assert ran() == ["ada", "bob", "eve"]
    assert drawn(grade(trio)) == drawn(first)
    assert ran() == []
    other = grade(trio, seed=6)
    assert drawn(other) != drawn(first)
    assert ran() == ["ada", "bob", "eve"]
    assert drawn(grade(trio, seed=5)) == drawn(first)


def test_force_draws_a_new_seed_that_later_runs_keep(trio):
    first = grade(trio)
    second = grade(trio, force=True)
    assert {o.seed for o in first.values()} != {o.seed for o in second.values()}
    assert drawn(first) != drawn(second)
    ran()
    assert drawn(grade(trio)) == drawn(second)
    assert ran() == []
    assert drawn(grade(trio, force=True, seed=8)) == drawn(grade(trio, seed=8))


@pytest.mark.parametrize("where", ["in progress", "in nbgrader"])
def test_an_interrupted_run_goes_on_with_the_same_seed(trio, where):
    def interrupt(*arguments):
        if arguments[0] == "bob" or getattr(arguments[0], "student", "") == "bob":
            raise KeyboardInterrupt

    if where == "in nbgrader":
        InThisProcess.before = staticmethod(interrupt)
        with pytest.raises(KeyboardInterrupt):
            grade(trio, seed=3)
        InThisProcess.before = None
        left = ["bob", "eve"]
    else:
        with pytest.raises(KeyboardInterrupt):
            grade(trio, interrupt, seed=3)
        left = ["eve"]
    ran()
    told = {}
    resumed = grade(trio, lambda outcome, kept: told.update({outcome.student: kept}))
    assert ran() == left
    assert {name for name, kept in told.items() if not kept} == set(left)
    whole = grade(trio, force=True, seed=3)
    assert drawn(resumed) == drawn(whole)
    assert {n: o.score for n, o in resumed.items()} == {n: o.score for n, o in whole.items()}


def test_an_interrupted_force_is_finished_by_the_next_run(trio):
    grade(trio, seed=1)

    def interrupt(outcome, kept):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(trio, interrupt, force=True)
    ran()
    after = grade(trio)
    assert ran() == ["bob", "eve"]
    assert len(set(drawn(after).values())) == 1


def test_a_changed_submission_is_graded_again_alone(trio):
    grade(trio)
    ran()
    hand_in(trio, "bob", answered(trio, RIGHT))
    after = grade(trio)
    assert ran() == ["bob"]
    assert after["bob"].questions["total"] == (3, 3)
    hand_in(trio, "zoe", answered(trio, SUMMED))
    assert grade(trio)["zoe"].questions["average"] == (0, 3)
    assert ran() == ["zoe"]


def test_a_damaged_new_hand_in_fails_and_a_mended_one_counts(trio):
    assert grade(trio)["bob"].state == GRADED
    hand_in(trio, "bob", b"{")
    after = grade(trio)["bob"]
    assert (after.state, after.score, after.questions) == (FAILED, 0, {})
    hand_in(trio, "bob", answered(trio, RIGHT))
    assert grade(trio)["bob"].score == 6


def test_a_changed_source_grades_everyone_again(trio):
    grade(trio)
    ran()
    path = trio.source(NAME)
    path.write_text(SOURCE.replace("normal(size=5)", "normal(size=6)"), encoding="utf-8")
    grade(trio)
    assert ran() == ["ada", "bob", "eve"]
    notebook = trio.class_folder / "source" / NAME / FILE
    assert b"normal(size=6)" in notebook.read_bytes()


def test_a_source_that_nbgrader_refuses_is_refused_each_time(trio):
    """A test that has marks in the gradebook cannot be taken away."""
    grade(trio)
    start = SOURCE.index('# %% nbgrader={"grade_id": "hidden_total"')
    stop = SOURCE.index('# %% [markdown] nbgrader={"grade_id": "ask_average"')
    trio.source(NAME).write_text(SOURCE[:start] + SOURCE[stop:], encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CourseError, match=r"nbgrader refuses .*tiny.ipynb: .*") as refusal:
            grade(trio)
        assert "\n" not in str(refusal.value)
        assert "Cannot add or remove cells" in str(refusal.value)
    trio.source(NAME).write_text(SOURCE, encoding="utf-8")
    ran()
    assert set(grade(trio)) == {"ada", "bob", "eve"}
    assert ran() == []  # nothing was lost


def test_a_mark_by_hand_ends_the_waiting(course):
    hand_in(course, "ada", answered(course, RIGHT, SPOKEN))
    before = grade(course)["ada"]
    assert before.state == NEEDS_PERSON
    assert before.questions["explain_zero"] == (None, 2)
    with Gradebook(f"sqlite:///{course.class_folder / 'gradebook.db'}") as gradebook:
        mark = gradebook.find_grade("explain_zero", "tiny", NAME, "ada")
        mark.manual_score, mark.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    ran()
    after = grade(course)["ada"]
    assert ran() == []
    assert (after.state, after.score) == (GRADED, 7.5)
    assert after.questions["explain_zero"] == (1.5, 2)
    again = grade(course, force=True)["ada"]  # nbgrader keeps the mark and wants it confirmed
    assert (again.state, again.score) == (NEEDS_PERSON, 7.5)


def test_two_runs_at_once(trio):
    run = ClassRun(trio, NAME)
    inner = []

    def start_another(outcome, kept):
        with pytest.raises(CourseError, match=r"another grading run works on .*; wait for it"):
            grade(trio)
        with pytest.raises(CourseError, match="another grading run works on"):
            ClassRun(trio, NAME).write_feedback(lambda *_: None)
        inner.append(outcome.student)

    run.grade(start_another)
    assert inner == ["ada", "bob", "eve"]
    assert len(grade(trio)) == 3  # the lock is gone


def test_the_lock_is_released_after_an_error(trio):
    def fail(outcome, kept):
        raise RuntimeError("of the caller")

    with pytest.raises(RuntimeError, match="of the caller"):
        grade(trio, fail)
    with FileLock(trio.class_folder / ".grading.lock", timeout=0):
        pass


def test_a_class_folder_that_cannot_be_written(monkeypatch):
    with open_folder() as root:
        monkeypatch.setenv("COURSE_CLASS", str(root / "class"))
        course = make_course(root / "course", extra_config=WITHOUT_KERNEL)
        hand_in(course, "ada", answered(course, RIGHT))
        run = ClassRun(course, NAME)
        before = sorted(root.rglob("*"))
        refused = pytest.raises(CourseError, match=r"cannot write in .*class: Permission denied$")
        with ordinary_user(), refused:
            run.grade(lambda outcome, kept: None)
        assert sorted(root.rglob("*")) == before


def test_a_gradebook_that_is_none(trio):
    """Nobody fails, and nothing is overwritten: the gradebook may be all there is."""
    grade(trio)
    path = trio.class_folder / "gradebook.db"
    good = path.read_bytes()
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(CourseError, match=r"the gradebook .*cannot be used") as refusal:
        grade(trio)
    assert "\n" not in str(refusal.value)
    assert path.read_bytes().startswith(b"no database")
    path.write_bytes(good)
    ran()
    assert {o.state for o in grade(trio).values()} == {GRADED}
    assert ran() == []


def test_a_gradebook_that_fails_in_the_middle_fails_no_student(trio):
    def fail(student):
        if student == "bob":
            raise OperationalError("UPDATE grade …", {}, Exception("database is locked"))

    InThisProcess.before = staticmethod(fail)
    with pytest.raises(CourseError, match=r"the gradebook cannot be used: .*database is locked"):
        grade(trio)
    InThisProcess.before = None
    ran()
    assert {o.state for o in grade(trio).values()} == {GRADED}
    assert ran() == ["bob", "eve"]


def test_an_executor_that_fails_on_one_submission_goes_on_with_the_next(trio):
    def fail(student):
        if student == "bob":
            raise ZeroDivisionError("something nobody thought of")

    InThisProcess.before = staticmethod(fail)
    outcomes = grade(trio)
    assert [o.state for o in outcomes.values()] == [GRADED, FAILED, GRADED]
    assert outcomes["bob"].why == "ZeroDivisionError: something nobody thought of"
    InThisProcess.before = None
    ran()
    assert {o.state for o in grade(trio).values()} == {GRADED}
    assert ran() == ["bob"]  # what failed is tried again


def test_nobody_handed_in(course):
    with pytest.raises(CourseError) as refusal:
        ClassRun(course, NAME)
    assert str(refusal.value) == (
        f"nobody handed in {NAME}: no folder like "
        f"{course.class_folder}/submitted/<student>/{NAME}/{FILE}"
    )
    hand_in(course, "ada", b"{")
    run = ClassRun(course, NAME)
    with pytest.raises(CourseError, match="nobody is graded yet; run: course grade 01_tiny"):
        run.write_feedback(lambda *_: None)


def test_a_gradebook_or_a_graded_notebook_that_was_deleted_is_made_again(trio):
    first = grade(trio)
    ClassRun(trio, NAME).write_feedback(lambda *_: None)
    (trio.class_folder / "gradebook.db").unlink()
    told = {}
    assert ClassRun(trio, NAME).write_feedback(lambda who, why: told.update({who: why})) == 0
    assert all(told.values())  # a reason each, and no page that nobody marked
    ran()
    assert drawn(grade(trio)) == drawn(first)
    assert ran() == ["ada", "bob", "eve"]
    assert ClassRun(trio, NAME).write_feedback(lambda *_: None) == 3
    shutil.rmtree(trio.class_folder / "autograded" / "bob")
    assert drawn(grade(trio)) == drawn(first)
    assert ran() == ["bob"]


def test_feedback_is_written_again_only_where_something_changed(trio):
    grade(trio)
    page = trio.class_folder / "feedback" / "bob" / NAME / "tiny.html"
    run = ClassRun(trio, NAME)
    assert run.write_feedback(lambda *_: None) == 3
    first = page.stat().st_mtime_ns
    assert run.write_feedback(lambda *_: None) == 3
    assert page.stat().st_mtime_ns == first
    page.unlink()
    assert run.write_feedback(lambda *_: None) == 3
    assert page.is_file()
    hand_in(trio, "bob", answered(trio, RIGHT))
    grade(trio)
    run.write_feedback(lambda *_: None)
    assert "<b>6 / 8</b>" in page.read_text(encoding="utf-8")
    with Gradebook(f"sqlite:///{trio.class_folder / 'gradebook.db'}") as gradebook:
        gradebook.find_comment("explain_zero", "tiny", NAME, "bob").manual_comment = "Say more."
        gradebook.db.commit()
    run.write_feedback(lambda *_: None)
    assert "Say more." in page.read_text(encoding="utf-8")


def test_feedback_that_cannot_be_written_for_one_is_written_for_the_others(trio):
    grade(trio)
    page = trio.class_folder / "autograded" / "bob" / NAME / FILE
    page.chmod(0o644)
    page.write_text("no notebook", encoding="utf-8")
    told = {}
    number = ClassRun(trio, NAME).write_feedback(lambda who, why: told.update({who: why}))
    assert number == 2
    assert told["ada"] == told["eve"] == ""
    assert "NotJSONError" in told["bob"]
    assert "\n" not in told["bob"]


def test_feedback_shows_marks_by_hand_and_comments(course):
    hand_in(course, "ada", answered(course, RIGHT, SPOKEN))
    grade(course)
    with Gradebook(f"sqlite:///{course.class_folder / 'gradebook.db'}") as gradebook:
        mark = gradebook.find_grade("explain_zero", "tiny", NAME, "ada")
        mark.manual_score, mark.needs_manual_grade = 2, False
        comment = gradebook.find_comment("explain_zero", "tiny", NAME, "ada")
        comment.manual_comment = "A fine argument."
        gradebook.db.commit()
    ClassRun(course, NAME).write_feedback(lambda *_: None)
    page = course.class_folder / "feedback" / "ada" / NAME / "tiny.html"
    text = page.read_text(encoding="utf-8")
    assert "A fine argument." in text
    assert "<b>8 / 8</b>" in text
    assert SPOKEN["explain_zero"] in text


def test_what_an_editor_did_to_cell_ids_is_mended_without_a_word(course, capfd):
    without, twins = (json.loads(notebook_bytes(answered(course, RIGHT))) for _ in range(2))
    for one, other in zip(without["cells"], twins["cells"], strict=True):
        del one["id"]
        other["id"] = "the-same"
    hand_in(course, "ada", json.dumps(without).encode())
    hand_in(course, "bob", json.dumps(twins).encode())
    outcomes = grade(course)
    assert {name: (o.state, o.score) for name, o in outcomes.items()} == {
        "ada": (GRADED, 6), "bob": (GRADED, 6),
    }  # fmt: skip
    assert ClassRun(course, NAME).write_feedback(lambda *_: None) == 2
    assert capfd.readouterr().err == ""


def test_an_extra_file_of_a_submission_stops_nobody(trio):
    folder = trio.class_folder / "submitted" / "bob" / NAME
    (folder / "numpy_notes.txt").write_text("mine")
    (folder / "extra.ipynb").write_text("{")
    (folder / "dangling").symlink_to(folder / "nowhere")
    outcomes = grade(trio)
    assert [outcomes[name].state for name in ("ada", "eve")] == [GRADED, GRADED]
    assert outcomes["bob"].state in (GRADED, FAILED)
    assert outcomes["bob"].state == GRADED or outcomes["bob"].why


@pytest.mark.parametrize("content", ["", "{", "[]", '{"student": "ada"}', '{"unknown": 1}', "\0"])
def test_a_kept_outcome_that_cannot_be_read_is_graded_again(tmp_path, content):
    path = tmp_path / "ada.json"
    assert load_outcome(path) is None
    path.write_text(content)
    assert load_outcome(path) is None
    outcome = Outcome("ada", GRADED, score=1.5, questions={"total": (1.5, 3.0)}, seed=4)
    save_outcome(path, outcome)
    kept = load_outcome(path)
    assert kept.as_dict() | {"questions": {}} == outcome.as_dict() | {"questions": {}}
    assert json.loads(path.read_text())["questions"] == {"total": [1.5, 3.0]}


def test_a_seed_that_cannot_be_read_is_drawn_anew(trio):
    first = grade(trio, seed=5)
    (trio.class_folder / "runs" / NAME / "seed").write_text("five?")
    assert drawn(grade(trio)) != drawn(first)


def test_the_hidden_tests_of_an_altered_submission_are_put_back(course):
    notebook = answered(course, RIGHT, SUMMED)
    for grade_id in ("test_average", "hidden_average"):
        cell(notebook, grade_id).source = "'nothing to see here'"
    hand_in(course, "ada", notebook)
    assert grade(course)["ada"].questions["average"] == (0, 3)


LOG = """[ERROR] There was an error processing assignment: /class/submitted/ada/01
[ERROR] Traceback (most recent call last):
      File "/usr/lib/base.py", line 390, in convert_notebooks
        raise Trouble(
    {words}

[ERROR] There was an error processing assignment '01' for student 'ada'
[ERROR] Please see the the above traceback for details.
"""
ERROR = 'Traceback (most recent call last):\n  File "x.py", line 1\nnbgrader.NbGraderException: see'


@pytest.mark.parametrize(
    ("log", "error", "reason"),
    [
        (
            LOG.format(words="nbclient.exceptions.DeadKernelError: Kernel died"),
            ERROR,
            "kernel died",
        ),
        (LOG.format(words="ValueError: bad cell"), ERROR, "ValueError: bad cell"),
        (LOG.format(words="my.Trouble"), ERROR, "my.Trouble"),
        ("", ERROR, "nbgrader.NbGraderException: see"),
        ("[ERROR] No notebooks were matched by 'x'\n", "", "No notebooks were matched by 'x'"),
        ("", "", "nbgrader gave no reason"),
    ],
)
def test_why_nbgrader_refused(log, error, reason):
    assert reason in why_refused({"success": False, "log": log, "error": error})


def test_what_fails_everyone_is_no_students_fault():
    full = LOG.format(words="OSError: [Errno 28] No space left on device: 'x'")
    with pytest.raises(CourseError, match="the disk is full; what is graded so far is kept"):
        why_refused({"log": full, "error": ERROR})
    locked = LOG.format(words="sqlalchemy.exc.OperationalError: (x) database is locked")
    with pytest.raises(CourseError, match=r"the gradebook cannot be used: .*database is locked"):
        why_refused({"log": locked, "error": ERROR})
    with pytest.raises(KeyboardInterrupt):
        why_refused({"log": "", "error": "Traceback …\nKeyboardInterrupt\n"})


def test_grading_imports_neither_the_book_nor_a_model():
    from course_utils import grading

    for path in Path(grading.__file__).parent.glob("*.py"):
        assert "explore" not in path.read_text(encoding="utf-8"), path
