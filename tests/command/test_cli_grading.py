"""`course grade` and `course feedback`: what they print, where, and with which exit status."""

import json
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.tiny_course import (
    NAME,
    POINTS,
    RIGHT,
    SPOKEN,
    SUMMED,
    InThisProcess,
    answered,
    class_before_it_begins,
    hand_in,
)


@pytest.fixture
def small_class(course):
    shutil.copytree(class_before_it_begins(), course.class_folder)
    hand_in(course, "ada", answered(course, RIGHT, SPOKEN))
    hand_in(course, "bob", answered(course, RIGHT, SUMMED))
    hand_in(course, "eve", b"{")
    return course


def test_json_goes_to_standard_output_alone(small_class, run):
    status, out, err = run("grade", NAME, "--json", "--seed", "4")
    assert status == 0
    report = json.loads(out)
    assert set(report) == {
        "assignment", "executor", "sandbox", "seed", "counts", "questions", "slowest", "submissions",
    }  # fmt: skip
    assert report["assignment"] == NAME
    assert report["executor"] == InThisProcess.description
    assert report["sandbox"] is True
    assert report["seed"] == 4
    assert report["counts"] == {"graded": 1, "needs a person": 1, "failed": 1}
    assert [q["question"] for q in report["questions"]] == list(POINTS)
    assert set(report["questions"][0]) == {
        "question", "max_score", "marked", "passed", "mean_score", "diagnoses",
    }  # fmt: skip
    ada, bob, eve = report["submissions"]
    assert set(ada) == set(bob) == set(eve) == {
        "student", "state", "why", "score", "max_score", "questions", "diagnoses", "seconds",
        "cpu_seconds", "fingerprint", "seed", "sandbox",
    }  # fmt: skip
    assert (ada["student"], ada["state"], ada["score"]) == ("ada", "needs a person", 6)
    assert ada["questions"]["explain_zero"] == [None, 2]
    assert bob["diagnoses"] == {
        "average": "average([1, 2, 6]): 3 times too large: summed instead of averaged?"
    }
    assert eve["why"].startswith("tiny.ipynb is no readable notebook")
    assert err.splitlines() == [
        f"{NAME}: executed by {InThisProcess.description}",
        "[1/3] ada: needs a person",
        "[2/3] bob: graded",
        "[3/3] eve: failed",
    ]


def test_tables_for_people(small_class, run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    status, out, err = run("grade", NAME)
    assert status == 0
    assert "1 graded, 1 needs a person, 1 failed" in out
    assert "mark by hand: explain_zero" in out
    assert "1 × average([1, 2, 6]): 3 times too large: summed instead of averaged?" in out
    assert f"gradebook: {small_class.class_folder / 'gradebook.db'}" in out
    status, _, err = run("grade", NAME)
    assert status == 0
    assert "[1/3] ada: needs a person (kept from before)" in err
    assert "[3/3] eve: failed\n" in err


def test_a_class_where_nothing_could_be_graded(course, run):
    hand_in(course, "ada", b"{")
    hand_in(course, "bob", b"")
    status, out, err = run("grade", NAME, "--json")
    assert status == 1
    assert json.loads(out)["counts"]["failed"] == 2
    assert err.splitlines()[-1] == f"course: none of the 2 submissions of {NAME} could be graded"


def test_feedback(small_class, run, refused):
    assert refused("feedback", NAME) == f"nobody is graded yet; run: course grade {NAME}"
    run("grade", NAME)
    status, out, err = run("feedback", NAME)
    assert status == 0
    pages = small_class.class_folder / "feedback"
    assert out == f"2 feedback pages: {pages}/<student>/{NAME}/tiny.html\n"
    assert sorted(p.parent.parent.name for p in pages.rglob("tiny.html")) == ["ada", "bob"]
    assert "Traceback" not in err


def test_another_run_at_work(small_class, refused):
    with FileLock(small_class.class_folder / ".grading.lock"):
        assert refused("grade", NAME, before=1) == (
            f"another grading run works on {small_class.class_folder}; wait for it to end"
        )


def test_a_gradebook_that_is_no_database(small_class, refused):
    (small_class.class_folder / "gradebook.db").write_bytes(b"no database" * 200)
    text = refused("grade", NAME, before=1)
    assert text.startswith("the gradebook ")
    assert "cannot be used" in text


def test_a_full_disk_in_the_middle(small_class, run, refused, monkeypatch):
    def no_room(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:

        def fill(student):
            if student == "bob":
                patch.setattr(Path, "write_bytes", no_room)

        patch.setattr(InThisProcess, "before", staticmethod(fill))
        text = refused("grade", NAME, before=2)
    assert text == (
        f"cannot write {small_class.class_folder / 'autograded' / 'bob' / NAME}: "
        f"No space left on device"
    )
    status, _, err = run("grade", NAME)
    assert status == 0
    assert "[1/3] ada: needs a person (kept from before)" in err


def test_ctrl_c(small_class, run, monkeypatch):
    def interrupt(student):
        raise KeyboardInterrupt

    monkeypatch.setattr(InThisProcess, "before", staticmethod(interrupt))
    status, out, err = run("grade", NAME)
    assert status == 130
    assert out == ""
    assert err.splitlines()[-1] == (
        "course: interrupted; run the command again, it goes on where it stopped"
    )
    assert "Traceback" not in err
