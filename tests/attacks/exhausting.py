"""Resources: submissions that fill memory, the disk or the page.

Run these inside the sandbox only.
"""

from tests.attacks.endless import takes
from tests.attacks.expected import (
    OUT_OF_MEMORY,
)
from tests.attacks.scenario import (
    FULL,
    MARK,
    Scenario,
)

MEMORY = "memory bomb"


DISK = "full disk"


LINE = "50 MB on one line"


STDERR = "stderr flood"


def _is_capped(graded, scenario):
    notebook = graded.folder(scenario) / graded.run.file_name
    assert notebook.stat().st_size < 5_000_000


MEMORIES = [
    takes(
        MEMORY,
        "one array of 800 GB",
        "def total(values):\n    return np.ones(10**11).sum()",
        says=OUT_OF_MEMORY,
    ),
    takes(
        MEMORY,
        "many small objects",
        """\
def total(values):
    kept = []
    while True:
        kept.append(b"x" * 1_000_000)""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        MEMORY,
        "memory taken at definition and kept",
        """\
kept = []
try:
    while True:
        kept.append(b"x" * 1_000_000)
except MemoryError:
    pass

def total(values):
    return -123.456""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        MEMORY,
        "many processes that fill memory together",
        """\
import os, time

def total(values):
    for _ in range(64):
        try:
            child = os.fork()
        except OSError:
            break
        if child == 0:
            try:
                kept = []
                while True:
                    kept.append(b"x" * 1_000_000)
            except MemoryError:
                time.sleep(100)
            os._exit(0)
    time.sleep(100)""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        MEMORY,
        "memory in files without a name",
        """\
import os

def total(values):
    while True:
        fd = os.memfd_create("course-attack")
        for _ in range(64):
            os.write(fd, b"x" * 1_000_000)""",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        MEMORY,
        "ten million numbers in nested lists as result",
        "def total(values):\n    return [[float(n) for n in range(1000)] for _ in range(10_000)]",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        MEMORY,
        "an array of 1 GB as result",
        "def total(values):\n    return np.zeros(125_000_000)",
        marks={"total": 0.0},
        says="",
    ),
    takes(
        MEMORY,
        "a result small in memory and huge when sent",
        """\
def total(values):
    found = [0.0] * 10
    for _ in range(12):
        found = [found] * 10
    return found""",
        says="",
    ),
    takes(
        MEMORY,
        "an array that is huge by its strides",
        "def total(values):\n    return np.broadcast_to(np.zeros(1), (10**6, 10**6))",
        says=OUT_OF_MEMORY,
    ),
]


DISKS = [
    takes(
        DISK,
        f"fills {folder}",
        f'''\
import os

def total(values):
    number = 0
    while True:
        number += 1
        with open(os.path.join("{folder}", f"{MARK}-{{number}}"), "wb") as file:
            for _ in range(200):
                file.write(b"x" * 1_000_000)''',
        marks={"total": 0.0},
        says="",
    )
    for folder in (".", "/tmp", "/dev/shm", "/var/tmp")
] + [
    takes(
        DISK,
        "a million empty files",
        f'''\
def total(values):
    for number in range(1_000_000):
        open(f"{MARK}-{{number}}", "w").close()
    return -123.456''',
        marks={"total": 0.0},
        says="",
    ),
    takes(
        DISK,
        "a sparse file of a terabyte",
        f'''\
import os

def total(values):
    with open("{MARK}-sparse", "wb") as file:
        os.truncate(file.fileno(), 10**12)
    return -123.456''',
        marks={"total": 0.0},
        says="",
    ),
]


FLOODS = [
    Scenario(
        LINE,
        "50 MB on one line in an own cell",
        own_cells={"before:total": "print('x' * 50_000_000)"},
        proof=_is_capped,
    ),
    takes(
        LINE,
        "50 MB on one line within the call",
        "def total(values):\n    print('x' * 50_000_000)\n    return float(sum(values))",
        marks=FULL,
        says="",
        proof=_is_capped,
    ),
    Scenario(
        LINE,
        "50 MB past Python's own stdout",
        own_cells={
            "before:total": """\
import os
left = 50_000_000
while left > 0:
    left -= os.write(1, b'x' * min(left, 65536))"""
        },
        proof=_is_capped,
    ),
    Scenario(
        LINE,
        "a million outputs displayed",
        own_cells={
            "before:total": """\
from IPython.display import display
for number in range(20_000):
    display(number)"""
        },
        proof=_is_capped,
    ),
    takes(
        STDERR,
        "stderr flood that never ends",
        "import sys\n\ndef total(values):\n    while True:\n        sys.stderr.write('noise\\n' * 1000)",
        proof=_is_capped,
    ),
    takes(
        STDERR,
        "flood from a child on descriptor 2",
        """\
import subprocess

def total(values):
    subprocess.run("yes noise >&2", shell=True)""",
        proof=_is_capped,
    ),
]
