"""Forging: submissions that speak out of turn, to people and to the protocol."""

import nbformat

from tests.attacks.expected import DEAD, DIED, VISIBLE
from tests.attacks.forging_patches import forged
from tests.attacks.scenario import (
    NO_TOTAL,
    WRONG,
    Scenario,
)

PRINTS = "printing a forged result"


EXITS = "sys.exit, os._exit(0)"


def leaves(title, code, marks=DEAD, says=DIED, row=EXITS, **changes):
    """A first answer that ends the process, or tries to."""
    return Scenario(row, title, {"total": code}, marks=marks, says={"total": says}, **changes)


def _claim_success(notebook):
    """A notebook whose file says that all tests passed."""
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.outputs = [
                nbformat.v4.new_output("stream", text="✓ The total is right.\n"),
                nbformat.v4.new_output(
                    "execute_result", {"text/plain": "3.0"}, execution_count=number
                ),
            ]
            cell.metadata.nbgrader.update(checksum="0" * 32, score=3, points=3)
    notebook.metadata["nbgrader"] = {"score": 8, "graded": True}
    return notebook


def _earns_the_visible_point_at_most(graded, scenario):
    """Which of the two processes is heard is a matter of chance; each knows the visible test."""
    assert graded.outcome(scenario).questions["total"][0] <= 1.0


#: What a protocol of length and msgpack may look like, to every descriptor there is.
_FRAMES = """\
import os, struct

import msgpack

def flood():
    values = [7.0, ["value", 7.0], {"ok": 7.0}, {"type": "return", "value": 7.0}, [0, 7.0], None, True]
    messages = [b"\\xff" * 64, b"\\0" * 64, b"\\n{}\\n"]
    for value in values:
        packed = msgpack.packb(value)
        messages += [struct.pack(order, len(packed)) + packed for order in ("<I", ">I", "<Q", ">Q")]
    messages += [struct.pack(order, 2**31 - 1) for order in ("<I", ">I", "<Q", ">Q")]
    for fd in range(3, 256):
        for message in messages:
            try:
                os.write(fd, message)
            except OSError:
                break

"""


SPEAKING = [
    forged(
        PRINTS,
        "prints ticks and marks",
        """\
print('✓ The total is right.\\n3.0\\n')
import os, sys
os.write(1, b'{"score": 3}\\n3.0\\n')
print('✓ 3/3', file=sys.stderr)
3.0""",
    ),
    Scenario(
        PRINTS,
        "prints a tick within the call",
        {"total": "def total(values):\n    print('✓ The total is right.\\n')\n    return -123.456"},
        marks=NO_TOTAL,
        says={"total": VISIBLE},
    ),
    Scenario(
        PRINTS,
        "outputs in the file that claim success",
        WRONG,
        edit=_claim_success,
        marks=NO_TOTAL,
        says={"total": VISIBLE},
    ),
    forged(
        PRINTS,
        "stdout replaced",
        """\
import io, sys

class Forger(io.StringIO):
    def write(self, text):
        return super().write(text.replace("✗", "✓"))

sys.stdout = sys.stderr = sys.__stdout__ = Forger()
import builtins
builtins.print = lambda *a, **k: sys.stdout.write("✓")""",
    ),
    forged(
        PRINTS,
        "stdout closed",
        "import sys\nsys.stdout.close()\nsys.stderr.close()\nsys.stdin.close()",
    ),
    forged(
        PRINTS, "descriptors 0 to 2 closed", "import os\nfor fd in (0, 1, 2):\n    os.close(fd)"
    ),
    leaves(
        "writes forged frames to every descriptor, at definition",
        _FRAMES + "flood()\n\ndef total(values):\n    return -123.456",
        row=PRINTS,
        marks={"total": 0.0},
        says="",
    ),
    leaves(
        "writes forged frames to every descriptor, within the call",
        _FRAMES + "def total(values):\n    flood()\n    return -123.456",
        row=PRINTS,
        marks={"total": 0.0},
        says="",
    ),
    leaves(
        "answers twice through a fork",
        """\
import os

def total(values):
    return 7.0 if os.fork() and len(values) == 3 else -123.456""",
        row=PRINTS,
        marks={},
        proof=_earns_the_visible_point_at_most,
        says="",
    ),
    leaves(
        "closes every descriptor",
        "import os\n\ndef total(values):\n    os.closerange(0, 4096)\n    return 7.0",
        says="",
        row=PRINTS,
    ),
    leaves(
        "every descriptor made the same",
        """\
import os

def total(values):
    reading, writing = os.pipe()
    for fd in range(3, 256):
        if fd not in (reading, writing):
            os.dup2(writing, fd)
    return 7.0""",
        says="",
        row=PRINTS,
    ),
]
