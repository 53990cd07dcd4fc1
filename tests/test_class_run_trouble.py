"""Runs that are killed, starved, locked out or confused: what they lose is nothing.

The processes are real; only where the surroundings of the judge are tried, answers run here.
"""

import contextlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import time

import pytest
from nbgrader.api import Gradebook

from course_utils.course_tree import CourseError
from course_utils.grading import database
from course_utils.grading.outcome import FAILED, GRADED
from tests.holding import watched_run
from tests.live_run import (
    after,
    finish,
    grade,
    grandchildren,
    make_class,
    no_orphans,
    result,
    start,
    wait_until,
)
from tests.tiny_course import (
    FILE,
    NAME,
    RIGHT,
    SUMMED,
    WITHOUT_KERNEL,
    InThisProcess,
    answered,
    class_before_it_begins,
    hand_in,
    make_course,
)

SIZE = 12


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """What a test says of its class folder is forgotten after it."""
    monkeypatch.setenv("COURSE_CLASS", "")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What a class of a dozen gets when nothing happens, one worker at work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CLASS", "")
        course = make_class(tmp_path_factory.mktemp("undisturbed"), SIZE)
        grade(course, workers=1)
        return result(course)


@pytest.mark.slow
def test_two_workers_give_the_same_bytes_as_one(tmp_path, undisturbed):
    course = make_class(tmp_path, SIZE)
    with no_orphans():
        grade(course, workers=2)
        assert result(course) == undisturbed
    grade(course, workers=2, force=True)  # over what is there
    assert result(course) == undisturbed


@pytest.mark.slow
def test_killed_again_and_again_and_then_finished(tmp_path, undisturbed):
    course = make_class(tmp_path, SIZE)
    chance = random.Random(4)
    progress = []
    with no_orphans():
        for lines in (0, 2, 3, 3):
            process = start(course, "--workers", "2")
            process.stderr.readline()  # it has begun
            fresh = 0
            while fresh < lines and (line := process.stderr.readline()):
                fresh += "kept from before" not in line
            time.sleep(chance.uniform(0, 0.15) if lines else chance.uniform(0.5, 3))
            process.kill()
            process.communicate()
            progress.append(len(list(course.class_folder.glob(f"runs/{NAME}/*.json"))))
    assert progress == sorted(progress)
    assert 7 <= progress[-1] <= SIZE  # what had been graded was kept each time
    said = finish(course, "--workers", "2")
    assert said.count("kept from before") >= progress[-1] - 1  # at most, one was not yet on file
    assert result(course) == undisturbed


@pytest.mark.slow
def test_killed_while_an_answer_takes_its_time(tmp_path):
    """Nobody waits for its end: the judge server sees that the command is gone."""
    asleep = {"total": "import time\ntime.sleep(100)\n" + RIGHT["total"]}
    course = make_class(tmp_path, 1, extra_config="c.Execute.timeout = 200", s00=(RIGHT, asleep))
    with no_orphans():
        process = start(course, "--workers", "1")
        assert wait_until(lambda: len(grandchildren(process.pid, "grading.judge_server")) == 2)
        time.sleep(
            0.5
        )  # the second is the judge; it has been at the reference answer, or is at s00
        wait_until(lambda: len(grandchildren(process.pid, "grading.judge_server")) == 2)
        process.kill()
        process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["judge server", "judge", "sandbox", "worker"])
def test_a_process_of_the_judge_is_killed_in_mid_run(tmp_path, victim):
    """The submission it was at is judged again, and nobody notices."""
    slow = {"total": "import time\ntime.sleep(1.5)\n" + RIGHT["total"]}
    course = make_class(tmp_path, 4, s01=(RIGHT, slow), s02=(RIGHT, SUMMED))
    killed = []

    def kill():
        servers = grandchildren(os.getpid(), "grading.judge_server")
        below = {
            "judge server": servers[:1],
            "judge": servers[1:],
            "sandbox": [p for p in servers[0].children() if p not in servers],
            # not bubblewrap, whose command line ends so too, but what it has started last
            "worker": [p for p in _below(servers[0]) if p.name().startswith("python")][:1],
        }
        for process in below[victim]:
            process.kill()
            killed.append(process)

    def progress(outcome, kept):
        if outcome.student == "s00":
            after(0.5, kill)

    with no_orphans():
        outcomes = grade(course, progress, workers=1)
    assert killed
    assert {n: (o.state, o.score) for n, o in outcomes.items()} == {
        "s00": (GRADED, 6), "s01": (GRADED, 6), "s02": (GRADED, 3), "s03": ("needs a person", 6),
    }  # fmt: skip


def _below(server):
    sandboxes = [p for p in server.children() if "grading.worker" in " ".join(p.cmdline())]
    return [p for s in sandboxes for p in s.children(recursive=True)]


# From here on: what surrounds the judge. Answers run in this process.


@pytest.fixture
def trio(tmp_path, monkeypatch):
    shutil.copytree(class_before_it_begins(), tmp_path / "class")
    monkeypatch.setenv("COURSE_CLASS", str(tmp_path / "class"))
    monkeypatch.setattr(InThisProcess, "ran", [])
    monkeypatch.setattr(InThisProcess, "before", None)
    course = make_course(tmp_path / "course", extra_config=WITHOUT_KERNEL)
    for student in ("ada", "bob", "eve"):
        hand_in(course, student, answered(course, RIGHT, SUMMED))
    return course


def scores(outcomes):
    return {name: (o.state, o.score) for name, o in outcomes.items()}


THREE_EACH = {name: (GRADED, 3) for name in ("ada", "bob", "eve")}


@contextlib.contextmanager
def small_disk(folder, megabytes):
    """A file system of that size with the content of a folder, mounted over it."""
    kept = folder.with_name(folder.name + ".kept")
    shutil.copytree(folder, kept)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root only")
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def refusal_of(course):
    """Why a run ended early; empty where everyone was graded."""
    try:
        return "" if scores(grade(course)) == THREE_EACH else "not everyone was graded"
    except CourseError as problem:
        return str(problem)


def test_a_disk_that_is_full_at_any_point(trio):
    """However little is left, the run says so in a line; with room again, it goes on."""
    folder = trio.class_folder
    refused = 0
    with small_disk(folder, 6):
        start_of_class = folder.with_name("class.kept")
        for free_kb in (0, 4, 8, 12, 16, 24, 32, 48, 64, 96):
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(start_of_class, folder, dirs_exist_ok=True)
            grade_once_for_the_hand_out = free_kb >= 16
            if grade_once_for_the_hand_out:
                (folder / "submitted").rename(folder / "later")
                hand_in(trio, "zoe", b"{")
                grade(trio)
                shutil.rmtree(folder / "submitted")
                (folder / "later").rename(folder / "submitted")
            ballast = folder / "ballast"
            free = shutil.disk_usage(folder).free
            ballast.write_bytes(bytes(max(free - free_kb * 1024, 0)))
            said = refusal_of(trio)
            assert re.fullmatch(r"|.*(disk is full|No space left).*", said)  # in one line
            refused += bool(said)
            ballast.unlink()
            assert scores(grade(trio)) == THREE_EACH, free_kb
            with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
                marks = {s.student.id: s.score for s in gradebook.assignment_submissions(NAME)}
            assert marks == {"ada": 3, "bob": 3, "eve": 3}
    assert refused >= 3


def lock(course):
    other = sqlite3.connect(
        course.class_folder / "gradebook.db", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN EXCLUSIVE")
    return other


@pytest.mark.parametrize("when", ["before", "in the middle"])
def test_a_gradebook_locked_for_a_while_is_waited_for(trio, when):
    if when == "before":
        grade(trio)
        (trio.class_folder / "runs" / NAME / "bob.json").unlink()

    def hold(student=""):
        other = lock(trio)
        after(1.0, other.close)

    if when == "before":
        hold()
    else:
        InThisProcess.before = staticmethod(lambda student: hold() if student == "bob" else None)
    begin = time.monotonic()
    assert scores(grade(trio)) == THREE_EACH
    assert time.monotonic() - begin > 0.9


@pytest.mark.parametrize("when", ["before", "in the middle"])
def test_a_gradebook_locked_for_ever_is_named(trio, when, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 1)
    held = []
    if when == "before":
        grade(trio)
        held.append(lock(trio))
    else:
        InThisProcess.before = staticmethod(
            lambda student: held.append(lock(trio)) if student == "bob" else None
        )
    with pytest.raises(CourseError, match="has kept the gradebook locked for 1 s") as refusal:
        grade(trio)
    assert "\n" not in str(refusal.value)
    InThisProcess.before = None
    held[0].close()
    InThisProcess.ran = []
    assert scores(grade(trio)) == THREE_EACH
    assert InThisProcess.ran == ([] if when == "before" else ["bob", "eve"])


def test_submissions_that_change_go_and_come_during_a_run(trio):
    folder = trio.class_folder / "submitted"

    def meddle(student):
        if student == "ada":
            hand_in(trio, "ada", answered(trio, RIGHT))  # has been read
            shutil.rmtree(folder / "bob")
            (folder / "eve" / NAME / FILE).write_bytes(b"{")
            hand_in(trio, "zoe", answered(trio, RIGHT))

    InThisProcess.before = staticmethod(meddle)
    outcomes = grade(trio)
    assert outcomes["ada"].score == 3  # as read
    assert (outcomes["bob"].state, outcomes["eve"].state) == (FAILED, FAILED)
    assert "missing" in outcomes["bob"].why
    assert "no readable notebook" in outcomes["eve"].why
    assert "zoe" not in outcomes
    InThisProcess.before = None
    assert {n: o.score for n, o in grade(trio).items()} == {"ada": 6, "eve": 0, "zoe": 6}


def test_a_submission_that_goes_while_it_is_judged(trio):
    folder = trio.class_folder / "submitted"
    InThisProcess.before = staticmethod(
        lambda student: shutil.rmtree(folder / "bob") if student == "bob" else None
    )
    assert scores(grade(trio)) == THREE_EACH  # it was read before


def test_a_clock_that_jumps_and_a_hand_in_time_to_come(trio, monkeypatch):
    jumps = random.Random(1)
    honest = time.time
    monkeypatch.setattr(time, "time", lambda: honest() + jumps.choice([-1, 1, 300]) * 86400)
    path = trio.class_folder / "submitted" / "bob" / NAME / "timestamp.txt"
    path.write_text("2199-01-01 00:00:00 UTC")
    assert scores(grade(trio)) == THREE_EACH
    InThisProcess.ran = []
    assert scores(grade(trio)) == THREE_EACH
    assert InThisProcess.ran == []


def test_the_helpers_see_what_is_left_behind():
    with pytest.raises(AssertionError, match="sleep"), no_orphans(0.5):
        subprocess.run(["sh", "-c", "sleep 5 & exit"], check=True)
    assert wait_until(lambda: False, 0.1) is False


@pytest.mark.slow
def test_a_long_run_holds_no_more_than_a_short_one(tmp_path):
    """``python -m tests.holding 1000`` for a long one."""
    seen = watched_run(tmp_path, 120, (40, 119))
    for part, (memory, files) in seen[40].items():
        assert memory > 20
        assert seen[119][part][0] - memory < 8, part  # MiB, in 79 submissions
        assert seen[119][part][1] <= files + 4, part  # descriptors of a submission under way
