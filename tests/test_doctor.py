"""Where no sandbox can be made, or something else would execute, every command says so first."""

import json
import os
import shutil
import stat
import sys

import pytest

from course_utils.grading import sandbox as box
from tests.course_command import CourseCommand
from tests.tiny_course import (
    NAME,
    RIGHT,
    SUMMED,
    answered,
    class_before_it_begins,
    hand_in,
    make_course,
)

WAY_OUT = (
    "install bubblewrap (Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install "
    "bubblewrap), or grade in the container that Dockerfile describes"
)
STOCK = """
from nbgrader.preprocessors import Execute as Kernel
c.Autograde.autograde_preprocessors = [Kernel, *AUTOGRADE_PREPROCESSORS[1:]]
"""
BESIDE = STOCK.replace("[1:]", "")
NONE = "\nc.Autograde.autograde_preprocessors = AUTOGRADE_PREPROCESSORS[1:]\n"


@pytest.fixture(autouse=True)
def ask_anew():
    """Whether there is a sandbox is asked once in a process."""
    box.why_unavailable.cache_clear()
    yield
    box.why_unavailable.cache_clear()


@pytest.fixture
def run(capsys, monkeypatch):
    return CourseCommand(capsys, monkeypatch)


@pytest.fixture
def make_class(tmp_path, monkeypatch):
    """A course with two submissions, to be graded by the real judge."""

    def make(extra_config=""):
        shutil.copytree(class_before_it_begins(), tmp_path / "class")
        monkeypatch.setenv("COURSE_CLASS", str(tmp_path / "class"))
        course = make_course(tmp_path / "course", extra_config=extra_config)
        monkeypatch.chdir(course.root)
        hand_in(course, "ada", answered(course, RIGHT))
        hand_in(course, "bob", answered(course, RIGHT, SUMMED))
        return course

    return make


@pytest.fixture
def no_bubblewrap(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


@pytest.fixture
def broken_bubblewrap(no_bubblewrap):
    program = no_bubblewrap / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: Creating new namespace failed' >&2\nexit 1\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def nothing_graded(course):
    assert not list(course.class_folder.glob("autograded/*"))
    assert not list(course.class_folder.glob("runs/*/*.json"))
    return True


def test_where_bubblewrap_is_not_installed(no_bubblewrap):
    assert box.why_unavailable() == f"bubblewrap is not installed; {WAY_OUT}"


def test_where_bubblewrap_may_not_do_its_work(broken_bubblewrap):
    reason = box.why_unavailable()
    assert reason.startswith("bubblewrap is there but cannot make a sandbox (")
    assert "bwrap: Creating new namespace failed" in reason
    assert "'Where no sandbox can be made' on the instructors' page" in reason
    assert "\n" not in reason


def test_where_bubblewrap_is_no_program(no_bubblewrap):
    (no_bubblewrap / "bwrap").write_text("not a program")
    (no_bubblewrap / "bwrap").chmod(0o755)
    reason = box.why_unavailable()
    assert reason.startswith("bubblewrap ")
    assert "\n" not in reason


def test_where_the_system_is_another(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    reason = box.why_unavailable()
    assert reason.startswith("bubblewrap needs Linux, and this is darwin; grade in the container")


def test_the_instructors_page_has_the_section_that_the_message_names(tree):
    text = (tree.root / "book" / "instructors.md").read_text(encoding="utf-8")
    assert "Where no sandbox can be made" in text
    assert (tree.root / "Dockerfile").is_file()


@pytest.mark.usefixtures("sandbox")
def test_doctor_where_all_is_well(make_class, run):
    course = make_class()
    status, out, err = run("doctor")
    assert (status, err) == (0, "")
    executor, folder, box = out.splitlines()
    assert executor.startswith("executor: the judge; answers run in bubblewrap")
    assert folder == f"class:    {course.class_folder}"
    assert box.startswith("sandbox:  bubblewrap ")
    assert box.endswith(", tried out: works")
    assert nothing_graded(course)


def test_doctor_where_there_is_none(make_class, run, no_bubblewrap):
    make_class()
    status, out, err = run("doctor")
    assert status == 1
    assert err == f"course: no sandbox: bubblewrap is not installed; {WAY_OUT}\n"
    assert "sandbox:" not in out


def test_nobody_is_graded_where_there_is_none(make_class, run, no_bubblewrap):
    course = make_class()
    text = run.refused("grade", NAME, before=1)
    assert text == f"bubblewrap is not installed; {WAY_OUT}"
    assert nothing_graded(course)


def test_without_the_sandbox_on_request_and_with_a_warning(make_class, run, no_bubblewrap):
    make_class()
    status, out, err = run("grade", NAME, "--unsafe", "--json", "--workers", "1")
    assert status == 0, err
    report = json.loads(out)
    assert report["sandbox"] is False
    assert [s["score"] for s in report["submissions"]] == [6, 3]
    lines = err.splitlines()
    assert lines[1].startswith("WARNING: --unsafe: answers run WITHOUT the sandbox.")
    assert "delete your files" in lines[1]
    assert [line for line in lines if "WARNING" in line] == [lines[1]]


@pytest.mark.usefixtures("sandbox")
def test_with_the_sandbox_there_is_no_warning(make_class, run):
    make_class()
    status, out, err = run("grade", NAME, "--json", "--workers", "1")
    assert status == 0, err
    assert json.loads(out)["sandbox"] is True
    assert [s["score"] for s in json.loads(out)["submissions"]] == [6, 3]
    assert "WARNING" not in err


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (STOCK, "puts nbgrader.preprocessors.execute.Execute, which knows no sandbox, into Auto"),
        (BESIDE, "puts nbgrader.preprocessors.execute.Execute, which knows no sandbox, into Auto"),
        (NONE, "puts no executor of the course into Autograde.autograde_preprocessors"),
    ],
    ids=["in its place", "beside it", "none"],
)
@pytest.mark.parametrize("command", [["grade", NAME], ["grade", NAME, "--unsafe"], ["doctor"]])
def test_an_executor_that_is_not_the_courses_is_refused(make_class, run, config, words, command):
    course = make_class(config)
    text = run.refused(*command)
    assert words in text
    assert text.endswith("course_utils.grading.execution.AUTOGRADE_PREPROCESSORS")
    assert nothing_graded(course)


def test_the_environment_is_as_it_was(make_class, run, no_bubblewrap):
    make_class()
    before = dict(os.environ)
    run("doctor")
    assert dict(os.environ) | {"PATH": ""} == before | {"PATH": ""}
