"""The sandbox as an ordinary user's: bubblewrap then makes the user namespace itself."""

import json
import os
import socket
import subprocess

import pytest

from course_utils.grading.plan import RUN, Step, make_plan
from course_utils.release import source_notebook
from tests.stations import steps
from tests.tiny_course import NAME, SUMMED, make_course
from tests.unprivileged import as_nobody, open_folder, python_for_everyone

pytestmark = pytest.mark.slow

PROGRAM = """
import json, os, sys
from course_utils.grading import sandbox
from course_utils.grading.limits import Limits
from course_utils.grading.plan import Plan, Step
from course_utils.grading.station import Station

plan, submissions = json.load(sys.stdin)
found = {"user": os.geteuid(), "reason": sandbox.why_unavailable(), "verdicts": []}
if found["reason"] is None:
    station = Station(Plan.from_dict(plan), Limits(cell_seconds=5, processes=20), 1969)
    try:
        for steps in submissions:
            found["verdicts"].append(station.judge([Step(**step) for step in steps], {}))
    finally:
        station.close()
json.dump(found, sys.stdout)
"""
LOOK_AROUND = """
import glob, json, os, socket
from pathlib import Path

found = {"user": os.getuid(), "home": os.environ["HOME"]}
status = Path("/proc/self/status").read_text().splitlines()
found |= {line.split(":")[0]: line.split()[1] for line in status if line.startswith(("Cap", "NoNewPrivs"))}
found["processes"] = len([name for name in os.listdir("/proc") if name.isdigit()])
for name in ("@SECRET@", "/proc/1/environ", "/etc/shadow"):
    try:
        found[name] = Path(name).read_text()
    except OSError as problem:
        found[name] = type(problem).__name__
try:
    socket.create_connection(("127.0.0.1", @PORT@), timeout=2)
    found["network"] = "reached"
except OSError as problem:
    found["network"] = "none"
Path("mine.txt").write_text("x")
children = []
try:
    while len(children) < 40:
        children.append(os.fork())
        if not children[-1]:
            import time
            time.sleep(9)
            os._exit(0)
except OSError:
    pass
found["children"] = len(children)
for child in children:
    os.kill(child, 9)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def judged(sandbox, tmp_path_factory, listener):
    """What a process that is not root found: submissions with right and wrong answers, and a look."""
    plan = make_plan(source_notebook(make_course(tmp_path_factory.mktemp("course")), NAME))
    with open_folder("/var/tmp") as folder:  # /tmp is empty in the sandbox
        python = python_for_everyone(folder)
        if python is None:
            pytest.skip("this Python lies where only its owner may read, and there is no other")
        (folder / "home").mkdir()
        (folder / "secret.txt").write_text("of the instructor")
        if os.geteuid() == 0:
            os.chown(folder / "home", as_nobody()["user"], as_nobody()["group"])
        look = LOOK_AROUND.replace("@SECRET@", str(folder / "secret.txt"))
        look = look.replace("@PORT@", str(listener))
        submissions = [
            steps(plan),
            steps(plan, SUMMED),
            [*steps(plan), Step(90, RUN, "", look)],
        ]
        request = json.dumps([plan.as_dict(), [[vars(s) for s in one] for one in submissions]])
        done = subprocess.run(
            [python, "-c", PROGRAM], input=request, capture_output=True, text=True, check=False,
            cwd=folder / "home", timeout=120, **as_nobody(),
            env={"PATH": os.environ["PATH"], "HOME": str(folder / "home")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        if found["reason"] is not None and os.geteuid() == 0:
            pytest.skip(f"only root may make a sandbox on this machine: {found['reason']}")
        found["look"] = json.loads(found["verdicts"][2]["outputs"]["90"][0]["text"])
        yield found | {"secret": str(folder / "secret.txt")}


def errors(verdict):
    outputs = [o for cell in verdict["outputs"].values() for o in cell]
    return [o["evalue"] for o in outputs if o["output_type"] == "error"]


def test_it_is_no_roots_process(judged):
    assert judged["user"] != 0
    assert judged["reason"] is None


def test_answers_are_judged(judged):
    right, wrong, _ = judged["verdicts"]
    assert errors(right) == []
    assert len(errors(wrong)) == 2
    assert "summed instead of averaged?" in errors(wrong)[0]


def test_answers_are_shut_in(judged):
    look = judged["look"]
    assert look["user"] != 0
    assert look["home"] == "/scratch"
    assert {look[name] for name in ("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")} == {"0" * 16}
    assert look["NoNewPrivs"] == "1"
    assert look["network"] == "none"
    assert look[judged["secret"]] == "FileNotFoundError"
    assert look["/etc/shadow"] == "FileNotFoundError"
    assert look["/proc/1/environ"] == "PermissionError"
    assert look["processes"] <= 6
    assert 5 < look["children"] < 20
