"""Forging: leaving early, acting later, tables of answers, and shadowing modules."""

from tests.attacks.expected import DEAD_AFTER_VISIBLE, DEAD_EARLY, HIDDEN, UNDEFINED, VISIBLE
from tests.attacks.forging_patches import forged
from tests.attacks.forging_speaking import leaves
from tests.attacks.scenario import (
    FULL,
    NO_TOTAL,
    VISIBLE_ONLY,
    VISIBLE_TOTAL,
    WRONG,
    Scenario,
)

SHADOWS = "a module in the submission that shadows numpy or course_utils"


LATER = "atexit or a thread"


HARD_CODED = "hard-coding the visible tests"


LEAVING = [
    leaves(
        "sys.exit at definition",
        "import sys\n\ndef total(values):\n    return -123.456\n\nsys.exit(0)",
        marks=NO_TOTAL,
        says=VISIBLE,
    ),
    leaves(
        "sys.exit within the call",
        "import sys\n\ndef total(values):\n    sys.exit(0)",
        marks=NO_TOTAL,
        says="SystemExit",
    ),
    leaves("os._exit at definition", "import os\nos._exit(0)", DEAD_EARLY, UNDEFINED),
    leaves("os._exit within the call", "import os\n\ndef total(values):\n    os._exit(0)"),
    leaves(
        "os._exit within the hidden call",
        "import os\n\ndef total(values):\n    return 7.0 if len(values) == 3 else os._exit(0)",
        marks=DEAD_AFTER_VISIBLE,
    ),
    leaves(
        "kills itself with a signal",
        "import os, signal\n\ndef total(values):\n    os.kill(os.getpid(), signal.SIGKILL)",
        marks={"total": 0.0},
        says="",
    ),
    leaves(
        "crashes the interpreter",
        "import ctypes\n\ndef total(values):\n    return ctypes.string_at(0)",
        says="process crashed",
    ),
    leaves(
        "becomes another program",
        """\
import os, sys

def total(values):
    os.execv(sys.executable, [sys.executable, "-c", "print('✓ The total is right.')"])""",
    ),
    leaves("quit and exit of IPython", "exit()\nquit()", marks={"total": 0.0}, says=""),
    leaves(
        "ends in the last cell",
        WRONG["total"],
        marks=NO_TOTAL,
        says=VISIBLE,
        own_cells={"after:hidden_average": "import os\nos._exit(0)"},
    ),
    forged(
        LATER,
        "at exit",
        "import atexit, os\n\ndef leave():\n    print('✓')\n    os._exit(0)\n\natexit.register(leave)",
    ),
    forged(
        LATER,
        "thread that patches later",
        """\
import threading, time

def later():
    while True:
        from course_utils import checks
        checks.close = checks.equal = lambda *args, **options: None
        np.isclose = np.allclose = lambda *args, **options: np.ones((), dtype=bool)
        get_ipython().user_ns["checks"] = checks
        time.sleep(0.001)

threading.Thread(target=later, daemon=True).start()
time.sleep(0.2)""",
    ),
    forged(
        LATER,
        "signal handlers and timers",
        """\
import signal

def again(*args):
    globals()["checks"] = None

for number in range(1, 65):
    try:
        signal.signal(number, again)
    except (OSError, ValueError):
        pass
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)""",
    ),
    forged(
        LATER,
        "finalizer and weak references",
        """\
import weakref

class Late:
    def __del__(self):
        from course_utils import checks
        checks.close = lambda *args, **options: None

late = Late()
weakref.finalize(late, lambda: None)
del late""",
    ),
    Scenario(
        HARD_CODED,
        "earns the visible point alone",
        VISIBLE_ONLY,
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
    Scenario(
        HARD_CODED,
        "both questions from a table",
        {
            "total": "def total(values):\n    return {(1, 2, 4): 7.0}[tuple(values)]",
            "average": "def average(values):\n    return {(1, 2, 6): 3.0}.get(tuple(values), 0.0)",
        },
        marks={"total": 1.0, "average": 1.0},
        says={"total": "KeyError", "average": "average(values)"},
    ),
]


_FAKE = b"def __getattr__(name):\n    return lambda *args, **options: True\n"


SHADOWING = [
    Scenario(
        SHADOWS,
        f"{'/'.join(names)} beside a wrong answer",
        WRONG,
        files=dict.fromkeys(names, _FAKE),
        marks=NO_TOTAL,
        says={"total": VISIBLE},
    )
    for names in (
        ("numpy.py",),
        ("course_utils.py",),
        ("course_utils/__init__.py", "course_utils/checks.py"),
        ("sitecustomize.py", "usercustomize.py", "conftest.py"),
        ("nbgrader_config.py", "jupyter_config.py", "ipython_config.py"),
        ("msgpack.py", "struct.py", "json.py", "torch.py"),
    )
] + [
    Scenario(
        SHADOWS,
        "numpy.py beside a right answer",
        files={"numpy.py": b"raise ImportError('the wrong numpy')\n"},
        marks=FULL,
    ),
    forged(
        SHADOWS,
        "shadowing module put on the path and reloaded",
        """\
import importlib, pathlib, sys

pathlib.Path("numpy.py").write_text("def __getattr__(name):\\n    return lambda *a, **k: True\\n")
pathlib.Path("course_utils.py").write_text(pathlib.Path("numpy.py").read_text())
sys.path.insert(0, ".")
for name in [n for n in sys.modules if n.split(".")[0] in ("numpy", "course_utils")]:
    del sys.modules[name]
import course_utils, numpy as np
checks = course_utils""",
        "after:total",
        "average([1, 2, 6])",
    ),
    Scenario(
        SHADOWS,
        "every module gone",
        WRONG,
        {"after:total": "import sys\nsys.modules.clear()\nsys.path.clear()\nsys.meta_path.clear()"},
        marks={"total": 0.0},
        says={"total": ""},
    ),
]
