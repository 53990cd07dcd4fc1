"""Forging: submissions that change the course's checks, and Python under them."""

from tests.attacks.expected import HIDDEN, VISIBLE
from tests.attacks.forging_patches import forged
from tests.attacks.scenario import NO_TOTAL, VISIBLE_ONLY, VISIBLE_TOTAL, Scenario

CHECKS = "patched check classes"


CHECK_PATCHES = [
    forged(
        CHECKS,
        "checks.close replaced",
        """\
from course_utils import checks

checks.close = checks.equal = checks.raises = checks.unchanged = lambda *a, **k: None""",
    ),
    forged(
        CHECKS,
        "checks.close has another code object",
        """\
from course_utils import checks

def close(got, expected, what, *, rtol=0, atol=0, mistakes=None, count=None):
    pass

checks.close.__code__ = close.__code__""",
        "after:total",
    ),
    forged(
        CHECKS,
        "CheckFailed that nobody meets",
        """\
from course_utils import checks

class Quiet(Exception):
    def __init__(self, *args):
        raise SystemExit(0)

checks.CheckFailed = Quiet""",
    ),
    forged(
        CHECKS,
        "CheckFailed made falsy and silent",
        """\
from course_utils.checks import CheckFailed

CheckFailed.__init__ = lambda self, *a: None
CheckFailed.__str__ = lambda self: ''
CheckFailed._render_traceback_ = lambda self: ['✓ The total is right.']""",
    ),
    forged(
        CHECKS,
        "diagnosis replaced",
        """\
from course_utils import checks, diagnosis
import numpy as np

diagnosis.as_numbers = checks.as_numbers = lambda value: np.zeros(3)
diagnosis.explain = checks.explain = lambda *a, **k: ''""",
    ),
    forged(
        CHECKS,
        "another module under the name checks",
        """\
import sys, types

class Module(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: None

import course_utils
checks = course_utils.checks = sys.modules['course_utils.checks'] = Module('checks')""",
    ),
    forged(
        CHECKS,
        "import replaced",
        """\
import builtins

class Anything:
    def __getattr__(self, name):
        return self

    def __call__(self, *args, **options):
        return self

    def __bool__(self):
        return True

real = builtins.__import__
builtins.__import__ = lambda name, *a, **k: (
    Anything() if name.startswith(('course_utils', 'numpy.testing')) else real(name, *a, **k)
)
checks = Anything()""",
    ),
    forged(
        CHECKS,
        "builtins that always agree",
        """\
import builtins

builtins.abs = lambda value: 0
builtins.all = builtins.any = builtins.isinstance = lambda *a: True
builtins.AssertionError = type('Quiet', (SystemExit,), {})
builtins.float = builtins.len = lambda *a: 7.0""",
        "after:total",
    ),
    forged(
        CHECKS,
        "exceptions are not shown",
        """\
shell = get_ipython()
shell.showtraceback = shell.showsyntaxerror = shell._showtraceback = lambda *a, **k: None
shell.set_custom_exc((BaseException,), lambda *a, **k: [])
import sys
sys.excepthook = lambda *a: None""",
    ),
    forged(
        CHECKS,
        "checks replaced before each cell",
        """\
class Quiet:
    def __getattr__(self, name):
        return lambda *a, **k: None

def replace(*args):
    get_ipython().user_ns['checks'] = Quiet()

for event in ('pre_run_cell', 'pre_execute'):
    get_ipython().events.register(event, replace)""",
    ),
    forged(
        CHECKS,
        "trace function that returns early",
        """\
import sys, threading

def trace(frame, event, argument):
    if frame.f_code.co_name == 'close' and event == 'call':
        frame.f_locals['got'] = frame.f_locals.get('expected')
        import ctypes
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return trace

threading.settrace(trace)
threading.setprofile(trace)
sys.settrace(trace)""",
        "after:total",
    ),
    Scenario(
        CHECKS,
        "partial credit displayed from within the call",
        {
            "total": """\
def total(values):
    shell = get_ipython()
    shell.showtraceback = lambda *a, **k: None
    shell.displayhook(2.0)
    return -123.456"""
        },
        marks=NO_TOTAL,
        says={"total": VISIBLE},
    ),
    Scenario(
        CHECKS,
        "display and displayhook replaced",
        VISIBLE_ONLY,
        {
            "after:total": """\
import sys, IPython.display

shell = get_ipython()
sys.displayhook = lambda value: print(2.0)
shell.display_pub.publish = lambda *a, **k: None
shell.display_formatter.format = lambda *a, **k: ({'text/plain': '3.0'}, {})
IPython.display.display = lambda *a, **k: None
3.0"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
]
