"""The `course` command: what it prints, where, and with which exit status."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from course_utils import cli
from course_utils.grading.sample_class import STUDENTS
from tests.tiny_course import (
    FILE,
    NAME,
    RIGHT,
    answered,
    hand_in,
)

COURSE = Path(sys.executable).parent / "course"


# As a command of its own.


def command(*arguments, cwd, **environment):
    return subprocess.run(
        [COURSE, *arguments], cwd=cwd, env=os.environ | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_help_names_every_command(tmp_path):
    done = command("--help", cwd=tmp_path, COLUMNS="100")
    assert done.returncode == 0
    for name in ("release", "grade", "feedback", "doctor", "sample"):
        assert name in done.stdout
    assert done.stderr == ""
    assert "--json" in command("grade", "--help", cwd=tmp_path, COLUMNS="100").stdout


def test_outside_a_course_there_is_one_line(tmp_path):
    done = command("release", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"course: no course in {tmp_path.resolve()} or above it; "
        f"change into the folder that holds nbgrader_config.py\n"
    )


def test_an_unknown_name_is_one_line_with_a_suggestion(course):
    done = command("grade", "1_tiny", cwd=course.solutions)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "course: no assignment is called '1_tiny'; did you mean 01_tiny?\n"


# In this process, which saves a second each time.


@pytest.mark.parametrize(
    "arguments", [["grade", "x"], ["feedback", "x"], ["sample"], ["release"], ["doctor"]]
)
def test_outside_a_course(refused, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert refused(*arguments).startswith("no course in ")


@pytest.mark.parametrize("name", ["grade", "feedback", "sample", "release"])
def test_an_unknown_assignment(course, refused, name):
    text = refused(name, "perceptron")
    assert text == "no assignment is called 'perceptron'; there are: 01_tiny"
    assert not course.class_folder.exists()
    assert not course.exercises.exists()


@pytest.mark.parametrize("name", ["grade", "feedback"])
def test_nobody_handed_in(course, refused, name):
    text = refused(name, NAME)
    assert text.startswith(f"nobody handed in {NAME}: no folder like {course.class_folder}")
    (course.class_folder / "submitted").mkdir(parents=True)
    assert refused(name, NAME) == text


@pytest.mark.parametrize(
    "arguments", [[], ["grade"], ["grade", NAME, "--seed", "x"], ["grade", NAME, "--seed", "-1"],
                  ["grade", NAME, "extra"], ["grade", NAME, "--workers", "0"], ["doctor", NAME],
                  ["unheard"], ["sample", "--size", "0"]],
)  # fmt: skip
def test_wrong_usage_is_told_apart(course, run, arguments):
    status, _, err = run(*arguments)
    assert status == 2
    assert "Traceback" not in err


def test_release_writes_once(course, run):
    assert run("release") == (0, f"{NAME}: written (solutions/{NAME}/tiny.py)\n", "")
    assert run("release", NAME) == (0, f"{NAME}: unchanged (solutions/{NAME}/tiny.py)\n", "")
    assert course.exercise(NAME).is_file()


def test_release_check(course, run, refused):
    assert refused("release", "--check") == f"not up to date: {NAME}; run: course release"
    assert not course.exercises.exists()
    run("release")
    assert run("release", "--check") == (0, f"exercises are up to date: {NAME}\n", "")
    path = course.exercise(NAME)
    path.write_bytes(path.read_bytes().replace(b"tiny", b"TINY"))
    before = path.read_bytes()
    assert "not up to date" in refused("release", "--check")
    assert path.read_bytes() == before


def test_release_of_a_broken_source(course, refused):
    path = course.source(NAME)
    path.write_text(path.read_text().replace("test_average", "test_total"))
    assert "is the second 'test_total'" in refused("release")
    assert "is the second 'test_total'" in refused("grade", NAME)
    assert not course.exercises.exists()


def test_release_with_one_unknown_name_writes_nothing(course, refused):
    refused("release", NAME, "02_unknown")
    assert not course.exercises.exists()


def test_progress_on_a_terminal_shows_names_as_they_are(monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(cli, "errors", Console(file=screen, force_terminal=True, width=120))
    with cli._Steps("01_tiny", 2) as step:
        step("[/red] [bold]ada: graded", False)
        step("bob: graded", True)
    text = screen.getvalue()
    assert "[/red] [bold]ada: graded" in text or "bob: graded" in text
    assert "2/2" in text


def test_sample_class(course, run):
    status, out, _ = run("sample")
    assert status == 0
    folder = course.class_folder / "submitted"
    assert out == f"{NAME}: 8 submissions in {folder}\n"
    assert sorted(p.name for p in folder.iterdir()) == sorted(STUDENTS)
    first = {p: p.read_bytes() for p in folder.rglob(FILE)}
    run("sample")
    assert {p: p.read_bytes() for p in folder.rglob(FILE)} == first
    assert b"the last one forgotten" not in b"".join(first.values())
    run("sample", "--size", "10", NAME)
    assert (folder / "student_10" / NAME / FILE).is_file()
    status, out, _ = run("grade", NAME, "--json")
    assert status == 0
    marks = {s["student"]: s["questions"]["total"][0] for s in json.loads(out)["submissions"]}
    assert marks["ada"] == marks["alan"] == 3
    assert marks["kurt"] == marks["sofia"] == 0


def test_a_sample_never_takes_the_place_of_a_real_submission(course, refused):
    path = hand_in(course, "kurt", answered(course, RIGHT))
    before = path.read_bytes()
    assert refused("sample") == (f"{path} is a real submission; set COURSE_CLASS to another folder")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.parent.parent.iterdir()] == ["kurt"]


def test_a_sample_needs_answers(course, refused):
    answers = course.answers / NAME
    (answers / "total.py").write_text("# %% wrong: forgotten\n# points: 0\ndef total(v): ...\n")
    assert "answer 'forgotten' needs `# diagnosis:` and `# points:`" in refused("sample")
    shutil.rmtree(answers)
    assert refused("sample") == f"no answers on file for {NAME} in {answers}"
    assert not course.class_folder.exists()
