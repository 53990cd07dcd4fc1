"""Grading commands measured from outside: when each submission was done, at what processor time.

A command runs on one core with all it starts, so that submissions a minute are those of a core.
Seconds and processor time of one submission are taken between the ends of the first and the last:
starting up, which a class pays once, is given apart.
"""

import contextlib
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from course_utils.checks import SEED_VARIABLE

BIN = Path(sys.executable).parent
STOCK, PLUGIN, COURSE = "stock nbgrader", "nbgrader with the judge", "course grade"
COMMANDS = {
    STOCK: [BIN / "nbgrader", "autograde", "--force"],
    PLUGIN: [BIN / "nbgrader", "autograde", "--force"],
    COURSE: [BIN / "course", "grade", "--workers", "1"],
}
_DONE = {
    STOCK: re.compile(r"Setting destination file permissions"),
    PLUGIN: re.compile(r"Setting destination file permissions"),
    COURSE: re.compile(r"^\[\d+/\d+\] .*: (graded|needs a person)"),
}


@dataclass(frozen=True)
class GradingRow:
    """One way of grading one class.

    Parameters
    ----------
    assignment, way
        What was graded, and how: a key of `COMMANDS`.
    seconds, cpu_seconds
        For one submission, on one core.
    start_up
        Seconds until the first one was done.
    own_seconds
        What the submission's own cells and tests take in one warm process.
    """

    assignment: str
    way: str
    seconds: float
    cpu_seconds: float
    start_up: float
    own_seconds: float

    @property
    def per_minute(self) -> float:
        """Submissions a minute, on one core."""
        return 60 / self.seconds


def measured(
    assignment: str, way: str, place: Path, folder: Path, size: int, own_seconds: float
) -> GradingRow:
    """Grade a class of ``size`` and watch.

    Parameters
    ----------
    assignment, way
        What, and how.
    place
        Where to start the command: the folder with its settings.
    folder
        The class.
    size
        Submissions in it; at least two.
    own_seconds
        See `GradingRow`.

    Raises
    ------
    RuntimeError
        Where not all of them were graded; with what the command said.
    """
    command = [*COMMANDS[way], assignment]
    environment = os.environ | {"COURSE_CLASS": str(folder), "OMP_NUM_THREADS": "1"}
    begin = time.perf_counter()
    said, ends = [], []
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=place,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_on_one_core,
    ) as process:
        for line in process.stderr or []:
            said.append(line)
            if _DONE[way].search(line):
                ends.append((time.perf_counter(), _cpu_seconds(process.pid)))
    if process.returncode or len(ends) != size:
        raise RuntimeError(f"{way} graded {len(ends)} of {size}: {''.join(said[-20:])}")
    (first, cpu_first), (last, cpu_last) = ends[0], ends[-1]
    return GradingRow(
        assignment,
        way,
        (last - first) / (size - 1),
        (cpu_last - cpu_first) / (size - 1),
        first - begin,
        own_seconds,
    )


def own_seconds(notebook: NotebookNode, rounds: int = 7) -> float:
    """Median seconds that all code cells take in a process which has the libraries loaded.

    Of a source notebook, hidden tests included: whoever grades has to run those too.
    """
    script = "import sys, benchmarks.grading_runs as g; g.print_own_seconds(int(sys.argv[1]))"
    root = Path(__file__).resolve().parent.parent
    answer = subprocess.run(
        [sys.executable, "-c", script, str(rounds)],
        input="\0".join(c.source for c in notebook.cells if c.cell_type == "code"),
        cwd=root,
        env=os.environ | {"OMP_NUM_THREADS": "1", "MPLBACKEND": "agg", SEED_VARIABLE: "1"},
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=_on_one_core,
    )
    return float(answer.stdout.splitlines()[-1])


def print_own_seconds(rounds: int) -> None:
    """Run the cells on standard input so many times; the first run loads what they import."""
    transform = TransformerManager().transform_cell
    cells = [compile(transform(source), "cell", "exec") for source in sys.stdin.read().split("\0")]
    seconds = []
    for _ in range(rounds + 1):
        namespace = {"__name__": "__main__"}
        begin = time.perf_counter()
        for cell in cells:
            # Magics of the first cell have no shell here.
            with contextlib.suppress(Exception), contextlib.redirect_stdout(None):
                exec(cell, namespace)
        seconds.append(time.perf_counter() - begin)
    print(statistics.median(seconds[1:]))


def _on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _cpu_seconds(command: int) -> float:
    """Processor time of a command and everything below it, what has ended included."""
    total = 0.0
    with contextlib.suppress(psutil.Error):
        root = psutil.Process(command)
        for process in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
    return total
