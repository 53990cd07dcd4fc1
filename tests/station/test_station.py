"""A station with a real sandbox: judges, starts again where it was killed, leaves nothing behind."""

import numpy as np
import psutil
import pytest

from course_utils.course_tree import CourseError
from course_utils.grading.plan import make_plan
from course_utils.grading.station import Station
from course_utils.release import source_notebook
from tests.stations import LIMITS, SEED, failed, is_running, steps, text_of, wait_until
from tests.tiny_course import NAME, SEED_TELLER, SOURCE, SUMMED, make_course

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sandbox")]


def test_right_answers_pass_and_wrong_ones_are_named(plan, station):
    verdict = station.judge(steps(plan), {})
    assert failed(plan, verdict) == {}
    assert verdict["seconds"] > 0
    assert verdict["cpu_seconds"] > 0
    assert set(verdict["outputs"]) == {step.index for step in plan.steps}
    verdict = station.judge(steps(plan, SUMMED), {})
    assert set(failed(plan, verdict)) == {"test_average", "hidden_average"}
    assert "summed instead of averaged?" in failed(plan, verdict)["test_average"]
    assert failed(plan, station.judge(steps(plan), {})) == {}


def test_the_seed_says_what_is_drawn(plan, station):
    number = np.random.default_rng(SEED).normal(size=5)[0]
    told = failed(plan, station.judge(steps(plan, SEED_TELLER), {}))
    assert told == {"hidden_total": f"ValueError: first is {number:.12f}"}
    other = Station(plan, LIMITS, SEED + 1, learnt=station.learnt)
    try:
        assert failed(plan, other.judge(steps(plan), {})) == {}
        assert failed(plan, other.judge(steps(plan, SEED_TELLER), {})) != told
    finally:
        other.close()


def test_files_of_the_submission_are_there(plan, station):
    cell = "print(open('data/a.csv').read())\nimport os\nprint(sorted(os.listdir('.')))"
    verdict = station.judge(steps(plan, after=("total", cell)), {"data/a.csv": b"1,2"})
    assert text_of(verdict, 90) == "1,2\n['data']\n"
    verdict = station.judge(steps(plan, after=("total", cell)), {})
    (missing,) = verdict["outputs"][90]  # no submission finds what another one left
    assert missing["ename"] == "FileNotFoundError"


TELL_TALE = {
    "total": """\
import builtins, os, sys, tempfile, threading
SEEN = []

def total(values):
    SEEN.append(list(values))
    builtins.seen = SEEN
    os.environ["SEEN"] = str(SEEN)
    with open("seen.txt", "a") as file:
        file.write(f"{list(values)}\\n")
    with open(tempfile.gettempdir() + "/seen_too.txt", "a") as file:
        file.write(f"{list(values)}\\n")
    print("called with", list(values))
    os.write(2, f"{list(values)}".encode())
    threading.Thread(target=lambda: open("late.txt", "w").write(str(values))).start()
    return np.sum(values)"""
}
TELL = """\
import builtins, os, tempfile, time
time.sleep(0.3)
print(SEEN, getattr(builtins, "seen", None), os.environ.get("SEEN"))
for name in ("seen.txt", tempfile.gettempdir() + "/seen_too.txt", "late.txt"):
    try:
        print(open(name).read())
    except OSError as problem:
        print(problem)"""


@pytest.mark.parametrize("place", ["hidden_total", "average", "hidden_average"])
def test_what_hidden_tests_pass_is_seen_by_no_cell_that_runs_later(plan, station, place):
    verdict = station.judge(steps(plan, TELL_TALE, after=(place, TELL)), {})
    assert failed(plan, verdict) == {}
    told = text_of(verdict, 90)
    assert told.count("1.0, 2.0, 4.0") >= 4  # of the visible test it may: this is not blind
    everything = str(verdict["outputs"])
    for number in np.random.default_rng(SEED).normal(size=5):
        assert f"{number:.6f}"[:-1] not in everything


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("), 7.0,", "), 8.0,", r"the reference answer fails test_total: CheckFailed: total\(\[1"),
        ("return np.mean(values)", "return np.means(values)", "fails test_average: .*means"),
        ("    return secret_of_the_solution", "    import os\n    os._exit(0)", "fails test_total"),
    ],
)
def test_a_reference_answer_that_fails_is_named_before_anybody_is_judged(tmp_path, old, new, said):
    assert SOURCE.count(old) == 1
    before = set(psutil.Process().children(recursive=True))
    broken = make_plan(source_notebook(make_course(tmp_path, SOURCE.replace(old, new)), NAME))
    with pytest.raises(CourseError, match=said) as refusal:
        Station(broken, LIMITS, SEED)
    assert "secret" not in str(refusal.value)
    wait_until(
        lambda: not any(map(is_running, set(psutil.Process().children(recursive=True)) - before))
    )


def test_without_the_sandbox_the_verdict_is_the_same(plan, station, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    unsafe = Station(plan, LIMITS, SEED, sealed=False)
    try:
        for answers in ({}, SUMMED, SEED_TELLER):
            there = station.judge(steps(plan, answers), {})
            here = unsafe.judge(steps(plan, answers), {})
            assert failed(plan, here) == failed(plan, there)
    finally:
        unsafe.close()
