"""Forging: exceptions made to confuse whoever looks at them."""

from tests.attacks.expected import TOO_LONG
from tests.attacks.forging_objects import returns

ROW = "always-equal object"


def raising(title, code, says, **changes):
    """A submission whose first answer raises."""
    return returns(title, code, says, row=ROW, **changes)


def _is_escaped(graded, scenario):
    page = graded.feedback(scenario)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


ERRORS = [
    raising(
        "raises the tests' own exception with a tick",
        """\
from course_utils.checks import CheckFailed

class Passed(CheckFailed):
    def _render_traceback_(self):
        return ["✓ The total is right."]

def total(values):
    raise Passed("✓ The total is right.")""",
        "✓ The total is right.",
    ),
    raising(
        "exception whose text raises",
        """\
class Hostile(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

def total(values):
    raise Hostile""",
        "Hostile",
    ),
    raising(
        "exception whose text is no text",
        """\
class Hostile(Exception):
    __str__ = __repr__ = lambda self: None
    args = property(lambda self: 1 / 0)

def total(values):
    raise Hostile""",
        "Hostile",
    ),
    raising(
        "exception whose text never ends",
        """\
class Hostile(Exception):
    def __str__(self):
        while True:
            pass

def total(values):
    raise Hostile""",
        TOO_LONG,
    ),
    raising(
        "exception with a text of 30 MB",
        "def total(values):\n    raise ValueError('much too much ' * 2_000_000)",
        "ValueError: much too much",
    ),
    raising(
        "exception that denies its class",
        """\
class Hostile(Exception):
    __class__ = property(lambda self: None)

def total(values):
    raise Hostile("denied")""",
        "denied",
    ),
    raising(
        "exception with a name of its own making",
        """\
Hostile = type("<img src=x onerror=alert(1)>\\n✓" + "x" * 100_000, (Exception,), {})

def total(values):
    raise Hostile("<script>alert(1)</script>")""",
        "<script>alert(1)",
        proof=_is_escaped,
    ),
    raising(
        "exception with terminal codes",
        "def total(values):\n    raise ValueError('\\x1b[2J\\x1b]0;owned\\x07[/red]\\u202e\\ud800')",
        "ValueError: ",
    ),
    raising(
        "chain of exceptions without end",
        """\
def total(values):
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    raise first""",
        "ValueError: first",
    ),
    raising(
        "endless recursion",
        "def total(values):\n    return total(values)",
        "RecursionError",
    ),
    raising(
        "recursion limit out of the way",
        """\
import sys, threading

sys.setrecursionlimit(2**31 - 1)
threading.stack_size(2**20)

def total(values):
    return total(values)""",
        "",
        marks={"total": 0.0},
    ),
    raising(
        "raises StopIteration",
        "def total(values):\n    raise StopIteration(7.0)",
        "StopIteration",
    ),
    raising(
        "raises GeneratorExit",
        "def total(values):\n    raise GeneratorExit",
        "GeneratorExit",
    ),
    raising(
        "raises KeyboardInterrupt",
        "def total(values):\n    raise KeyboardInterrupt",
        "",
    ),
    raising(
        "raises an exception group",
        "def total(values):\n    raise ExceptionGroup('many', [ValueError(n) for n in range(1000)])",
        "ExceptionGroup: many",
    ),
]
