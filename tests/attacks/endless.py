"""Resources: submissions that never end.

Run these inside the sandbox only.
"""

from tests.attacks.expected import (
    DEAD,
    DEAD_EARLY,
    TOO_LONG,
    UNDEFINED,
)
from tests.attacks.scenario import (
    MARK,
    NO_TOTAL,
    Scenario,
)

LOOP = "endless loop, also one that swallows interrupts"


def takes(row, title, code, marks=NO_TOTAL, says=TOO_LONG, **changes):
    """A first answer that takes what it can get."""
    return Scenario(row, title, {"total": code}, marks=marks, says={"total": says}, **changes)


LOOPS = [
    takes(
        LOOP,
        "endless loop at definition",
        "def total(values):\n    return -123.456\n\nwhile True:\n    pass",
        says="",
    ),
    takes(
        LOOP, "endless loop within the call", "def total(values):\n    while True:\n        pass"
    ),
    takes(
        LOOP,
        "endless loop that swallows interrupts, at definition",
        """\
while True:
    try:
        while True:
            pass
    except BaseException:
        pass""",
        marks=DEAD_EARLY,
        says=UNDEFINED,
    ),
    takes(
        LOOP,
        "endless loop that swallows interrupts, within the call",
        """\
import signal

def total(values):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass""",
        marks=DEAD,
    ),
    takes(
        LOOP,
        "endless loop outside of Python",
        "def total(values):\n    return sum(b'x' * 10**9 != b'y' * 10**9 for _ in iter(int, 1))",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        LOOP,
        "one power that takes for ever",
        "def total(values):\n    return 7 ** 10**9 % 11",
        marks={"total": 0.0},
        says="",
    ),
    takes(LOOP, "sleeps for ever", "import time\n\ndef total(values):\n    time.sleep(10**6)"),
    takes(
        LOOP,
        "waits for a fifo that nobody writes",
        f'''\
import os

def total(values):
    os.mkfifo("{MARK}.fifo")
    return float(open("{MARK}.fifo").read())''',
    ),
    takes(
        LOOP,
        "waits for a lock it holds",
        """\
import threading

def total(values):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()""",
    ),
    takes(
        LOOP,
        "an iterator without end as result",
        "import itertools\n\ndef total(values):\n    return list(itertools.repeat(7.0))",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        LOOP,
        "stops itself with SIGSTOP",
        "import os, signal\n\ndef total(values):\n    os.kill(os.getpid(), signal.SIGSTOP)\n    return 7.0",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        LOOP,
        "a finalizer that never ends",
        """\
class Stays:
    def __del__(self):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass

def total(values):
    Stays()
    return 7.0""",
        marks=DEAD,
    ),
]
