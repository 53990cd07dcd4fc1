"""Real runs of `course grade` as processes that can be watched, killed and counted."""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
from nbgrader.api import Gradebook

from course_utils.grading.class_run import ClassRun
from tests.tiny_course import (
    NAME,
    RIGHT,
    SEED_TELLER,
    SPOKEN,
    SUMMED,
    answered,
    class_before_it_begins,
    hand_in,
    make_course,
)

COURSE = Path(sys.executable).parent / "course"
SEED = 7
_BECOME_SUBREAPER = 36
#: Answers of a class, in turns.
KINDS = [(RIGHT,), (RIGHT, SUMMED), (RIGHT, SEED_TELLER), (RIGHT, SPOKEN), ()]


def make_class(root, size, extra_config="", **special):
    """A course and a class of that many students s00, s01, …; ``special`` answers by student."""
    shutil.copytree(class_before_it_begins(), root / "class", dirs_exist_ok=True)
    os.environ["COURSE_CLASS"] = str(root / "class")  # of the test: see `own_environment`
    course = make_course(root / "course", extra_config=extra_config)
    names = [f"s{number:02}" for number in range(size)]
    for number, student in enumerate(names):
        answers = special.get(student, KINDS[number % len(KINDS)])
        hand_in(course, student, answered(course, *answers))
    return course


def start(course, *options):
    """`course grade` in a process of its own."""
    return subprocess.Popen(
        [COURSE, "grade", NAME, "--seed", str(SEED), *options],
        cwd=course.root,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(course, *options):
    """Run `course grade` to its end; gives what it said on standard error."""
    process = start(course, *options)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def grade(course, progress=lambda outcome, kept: None, **options):
    """The same in this process; {student: outcome}."""
    run = ClassRun(course, NAME)
    return {o.student: o for o in run.grade(progress, **{"seed": SEED} | options)}


def result(course, *, pages=True):
    """All that students and teachers see of a graded class: marks, comments, notebooks, pages."""
    folder = course.class_folder
    if pages:
        ClassRun(course, NAME).write_feedback(lambda student, reason: None)
    found = {}
    for file in sorted(folder.glob(f"autograded/*/{NAME}/*")):
        found[str(file.relative_to(folder))] = file.read_bytes()
    for file in sorted(folder.glob(f"feedback/*/{NAME}/*.html")) if pages else []:
        found[str(file.relative_to(folder))] = file.read_bytes()
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(NAME):
            notebook = submission.notebooks[0]
            grades = {g.cell.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}
            comments = {c.cell.name: c.auto_comment for c in notebook.comments}
            found[submission.student.id] = (grades, comments)
    assert not list(folder.glob("autograded/*/.*"))  # no drafts
    return found


def grandchildren(process, words):
    """Processes below one whose command line has these words in it, the oldest first."""
    found = []
    for child in psutil.Process(process).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if words in " ".join(child.cmdline()):
                found.append(child)
    return found


def wait_until(condition, seconds=60.0):
    """Wait for a condition; gives what it gave last."""
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


@contextlib.contextmanager
def no_orphans(seconds=30.0):
    """Whatever the block started has ended some seconds after it.

    Meanwhile this process adopts what loses its parent, so that nothing gets away.
    """
    prctl = ctypes.CDLL(None).prctl
    prctl(_BECOME_SUBREAPER, 1, 0, 0, 0)
    before = set(psutil.Process().children(recursive=True))
    try:
        yield
        left = wait_until(lambda: not _living(before), seconds)
        assert left, [(p.pid, p.cmdline()) for p in _living(before)]
    finally:
        prctl(_BECOME_SUBREAPER, 0, 0, 0, 0)


def _living(before):
    found = set()
    for process in set(psutil.Process().children(recursive=True)) - before:
        with contextlib.suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE:
                found.add(process)
            elif process.ppid() == os.getpid():
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process.pid, os.WNOHANG)
    return found


def after(seconds, act):
    """Do something in a while."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer
