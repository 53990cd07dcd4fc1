"""What `course grade` says: progress on a terminal and elsewhere, the summary at its end."""

import fcntl
import io
import json
import os
import pty
import re
import struct
import subprocess
import termios

import pytest
from rich.console import Console

from course_utils.grading.outcome import FAILED, GRADED, Outcome, load_outcome
from course_utils.grading.summary import print_summary, slowest
from tests.conftest import REPOSITORY
from tests.live_run import COURSE, make_class
from tests.tiny_course import NAME, WITHOUT_KERNEL

LONG = "total(values) on an array of numbers of both signs, drawn anew each time: " * 3


def outcome(student, seconds, cpu=0.0, text=LONG):
    questions = {"total": (1.0, 3.0), "[average]": (3.0, 3.0)}
    return Outcome(
        student, GRADED, "", 4.0, 6.0, questions, {"total": text}, seconds, cpu_seconds=cpu
    )


def summary(outcomes, width=80):
    printed = io.StringIO()
    print_summary(Console(file=printed, width=width), NAME, outcomes)
    return printed.getvalue()


def test_slowest():
    outcomes = [outcome(f"s{n}", seconds) for n, seconds in enumerate([0.1, 3, 0, 2, 9, 1, 5])]
    outcomes.append(Outcome("nothing to judge", FAILED, "why"))
    assert [row["student"] for row in slowest(outcomes)] == ["s4", "s6", "s1", "s3", "s5"]
    assert slowest(outcomes)[0] == {"student": "s4", "seconds": 9, "cpu_seconds": 0.0}
    assert slowest([]) == []


def test_summary_is_readable_in_80_columns():
    text = summary([outcome("ada", 2.0, 1.5), outcome("[bob]", 1.0, 0.5), outcome("eve", 0.5)])
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    words = " ".join(text.split())
    assert f"what went wrong most total 3 × {LONG.strip()}" in words
    assert "slowest submissions ada 2.0 s 1.5 s of processor time [bob] 1.0 s" in words
    diagnosis = lines[lines.index("  total") + 1 :]
    assert len(diagnosis[0].rstrip()) > 60  # not squeezed into a column


def test_summary_of_one_or_of_failures_alone():
    assert "slowest" not in summary([outcome("ada", 2.0)])
    text = summary([Outcome("ada", FAILED, "why not")])
    assert "what went wrong" not in text
    assert "1 submissions: 1 failed" in text


def test_an_outcome_of_before_there_was_processor_time(tmp_path):
    kept = outcome("ada", 2.0).as_dict()
    del kept["cpu_seconds"]
    (tmp_path / "ada.json").write_text(json.dumps(kept))
    assert load_outcome(tmp_path / "ada.json").cpu_seconds == 0


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_CLASS", "")
    return make_class(tmp_path, 5, extra_config=WITHOUT_KERNEL)


def on_terminal(course):
    """What `course grade` shows in a window of 80 columns, each state of a line once."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    process = subprocess.Popen(
        [COURSE, "grade", NAME],
        cwd=course.root,
        env=os.environ | {"TERM": "xterm", "PYTHONPATH": str(REPOSITORY)},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    with os.fdopen(ours, "rb", buffering=0) as screen:
        try:
            while piece := screen.read(10_000):
                shown += piece
        except OSError:  # the other end is closed
            pass
    assert process.wait() == 0, shown
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    return list(dict.fromkeys(re.split(r"[\r\n]+", text)))


@pytest.mark.slow
def test_progress_on_a_terminal_has_the_time_left(course):
    lines = on_terminal(course)
    bars = [line for line in lines if " left" in line]
    assert max(map(len, bars)) <= 80
    assert re.fullmatch(rf"{NAME} ━+ 0/5 -:--:-- left", bars[0])
    assert re.fullmatch(rf"{NAME} · s04: graded ━+ 5/5 0:00:00 left", bars[-1])
    assert any(f"{NAME}: questions" in line for line in lines)
    kept = [line for line in on_terminal(course) if " left" in line]
    assert re.fullmatch(rf"{NAME} · s04: graded ━+ 5/5 \S+ left", kept[-1])  # nothing was judged
