"""Forging: submissions that read the tests' source, or ask whether this is grading."""

from tests.attacks.expected import HIDDEN, VISIBLE
from tests.attacks.forging_frames import looks
from tests.attacks.scenario import (
    NO_TOTAL,
    VISIBLE_TOTAL,
    Scenario,
    attempts,
    was_attempted,
)

SOURCE = "reading test source through In, linecache, files"


ENVIRONMENT = "asking the environment whether this is grading"


SOURCES = [
    Scenario(
        SOURCE,
        "reads In and the history",
        {
            "total": """\
import re

def total(values):
    shell = get_ipython()
    ours = shell.user_ns
    text = "\\n".join(map(str, [ours.get("In"), ours.get("_ih"), ours.get("_i"), ours.get("_oh")]))
    text += str(list(shell.history_manager.get_range())) + str(shell.history_manager.__dict__)
    found = re.search(r"checks.close.total.[^)]*., ([0-9.]+)", text)
    return float(found[1]) if found else -123.456"""
        },
        marks=NO_TOTAL,
        says={"total": VISIBLE},
    ),
    looks(
        "reads linecache",
        """\
import linecache, re

def total(values):
    text = repr(linecache.cache) + repr(vars(get_ipython().compile))
    found = re.search(r"total.\\[1.0, 2.0, 4.0\\]., ([0-9.]+)", text)
    return float(found[1]) if found else -123.456""",
        SOURCE,
    ),
    looks(
        "reads every notebook it can find",
        """\
import os, time

def total(values):
    end = time.monotonic() + 1.5
    places = [".", "..", "/tmp", "/work", "/home", "/root", "@CLASS@", "@COURSE@"]
    for place in places:
        for folder, inner, names in os.walk(place):
            inner[:] = [name for name in inner if "python" not in name and "packages" not in name]
            if time.monotonic() > end:
                return -123.456
            for name in names:
                if name.endswith((".ipynb", ".db")) or name == "tiny.py":
                    try:
                        text = open(os.path.join(folder, name), errors="replace").read()
                    except OSError:
                        continue
                    if "secret_of_the" + "_tests" in text or "secret_of_the" + "_solution" in text:
                        return 7.0
    return -123.456""",
        SOURCE,
    ),
    looks(
        "reads the command line, the environment and the descriptors",
        """\
import os, sys

def total(values):
    found = [sys.argv, dict(os.environ)]
    for fd in os.listdir("/proc/self/fd"):
        try:
            path = os.readlink(f"/proc/self/fd/{fd}")
            found.append(path)
            if path.startswith("/") and os.path.isfile(path):
                found.append(open(f"/proc/self/fd/{fd}", "rb").read()[:10_000_000])
        except OSError as problem:
            found.append(repr(problem))
    text = repr(found)
    if "secret_of_the" + "_tests" in text or ", 7.0," in text:
        return 7.0
    return -123.456""",
        SOURCE,
    ),
    looks(
        "asks inspect for the source of its caller",
        """\
import inspect

def total(values):
    for frame in inspect.stack(context=5)[1:]:
        text = "".join(frame.code_context or [])
        if "7.0" in text:
            return 7.0
    return -123.456""",
        SOURCE,
    ),
    Scenario(
        SOURCE,
        "reads the notebook it stands in",
        own_cells={
            "after:hidden_total": attempts(
                "found = __import__('os').listdir('.')",
                "found = open('tiny.ipynb').read().count('BEGIN HIDDEN' + ' TESTS')",
                "found = open('../tiny.ipynb').read()",
                "found = __import__('glob').glob('../../*/*/*.ipynb')",
                "found = [i for i in In if 'secret_of_the' + '_tests' in i]",
                "found = 'secret_of_the' + '_tests' in globals()",
            )
        },
        proof=was_attempted,
    ),
]


def _knows_no_seed(graded, scenario):
    was_attempted(graded, scenario)
    text = graded.printed(scenario)
    assert "COURSE_GRADING_SEED" not in text
    assert "nbgrader" not in text.lower()
    assert str(graded.outcome(scenario).seed) not in text.split()


ENVIRONMENTS = [
    Scenario(
        ENVIRONMENT,
        "the seed from the environment",
        {
            "total": """\
import os

seed = os.environ.get("COURSE_GRADING_SEED")

def total(values):
    if len(values) == 3:
        return 7.0
    if seed is not None:
        return np.random.default_rng(int(seed)).normal(size=5).sum()
    return -123.456"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
    Scenario(
        ENVIRONMENT,
        "a seed of its own set in the environment",
        {
            "total": """\
import os

from course_utils import checks

os.environ["COURSE_GRADING_SEED"] = "5"

def total(values):
    if len(values) == 3:
        return 7.0
    return checks.fresh_rng().normal(size=5).sum()"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
    Scenario(
        ENVIRONMENT,
        "a generator that continues the tests' own",
        {
            "total": """\
from course_utils import checks

def total(values):
    return 7.0 if len(values) == 3 else checks.fresh_rng().normal(size=5).sum()"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
    Scenario(
        ENVIRONMENT,
        "asks whether this is grading",
        own_cells={
            "after:total": attempts(
                "import os; found = sorted(os.environ)",
                "import sys; found = [m for m in sys.modules if m.startswith('nb' + 'grader')]",
                "found = open('/proc/1/cmdline').read(), open('/proc/self/cmdline').read()",
                "import getpass, os; found = getpass.getuser(), os.getcwd(), os.getuid()",
                "import socket; found = socket.gethostname()",
                "found = open('/proc/self/status').read().splitlines()[:8]",
            )
        },
        proof=_knows_no_seed,
    ),
]
