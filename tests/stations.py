"""What tests of stations share: submissions to judge, and a look at the processes of this one."""

import threading
import time

import psutil

from course_utils.grading.limits import Limits
from course_utils.grading.plan import RUN, Step

SEED = 1969
LIMITS = Limits(cell_seconds=5)
_OWN = 90  # index of the cell that a student added


def steps(plan, answers=(), after=None):
    """The course's own answers but for those given, and after a cell one of the student's own."""
    changed = dict(answers)
    found = []
    for step in plan.steps:
        found.append(Step(step.index, step.kind, step.name, changed.get(step.name, step.source)))
        if after is not None and step.name == after[0]:
            found.append(Step(_OWN, RUN, "", after[1]))
    return found


def failed(plan, verdict):
    """{test: what it said} of those that failed."""
    names = {step.index: step.name for step in plan.steps} | {_OWN: "own"}
    return {
        names[index]: f"{output['ename']}: {output['evalue']}"
        for index, outputs in verdict["outputs"].items()
        for output in outputs
        if output["output_type"] == "error"
    }


def text_of(verdict, index):
    return "".join(output.get("text", "") for output in verdict["outputs"][index])


def ours(word):
    """Processes under this one whose command has a word in it."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if word in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            pass  # ended meanwhile
    return found


def servers(before=()):
    return [p for p in ours("course_utils.grading.judge_server") if p not in before]


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def judge_meanwhile(station, *arguments):
    """Have a submission judged in another thread; gives the thread and where its verdict will be."""
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(station.judge(*arguments)))
    thread.start()
    return thread, verdicts


def has_a_judge(server):
    """Whether it has forked one: a child with its own command line."""
    try:
        return any("judge_server" in " ".join(c.cmdline()) for c in server.children())
    except psutil.Error:
        return False


def is_running(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
