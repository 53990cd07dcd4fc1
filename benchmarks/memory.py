"""Peak memory of one step, measured in a process of its own.

The process imports the library, builds the network and its data, and takes one step with a batch of
one, so that code loaded on first use, thread stacks and BLAS's buffers are there for every library.
Then freed memory goes back to the system, the kernel's mark of the highest resident size is reset,
and three full steps run. The growth of that mark over the resident size before them is the answer:
activations, gradients, the optimiser's state, whatever a step needs at its worst moment.

Only Linux offers this mark: VmHWM in /proc/self/status, which a 5 written to
/proc/self/clear_refs resets.
"""

import argparse
import contextlib
import ctypes
import gc
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.contenders import contender
from benchmarks.threads import threads

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def available() -> str:
    """Why peak memory cannot be measured here; "" if it can."""
    try:
        CLEAR.write_text("5")
    except OSError as error:
        return f"the mark of the highest resident size cannot be reset here ({error})"
    return ""


def resident(field: str) -> int:
    """Bytes: VmRSS is the resident size, VmHWM its highest mark."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(field + ":"))
    return int(line.split()[1]) * 1024


def trim() -> None:
    """Give freed memory back to the system, so that using it again counts; glibc can do that."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def growth(name: str, case: str, steps: int = 3) -> int:
    """Bytes that full steps need at their worst moment, in this process."""
    contender(name, case, batch=1).step()
    run = contender(name, case)
    gc.collect()
    trim()
    before = resident("VmRSS")
    CLEAR.write_text("5")
    for _ in range(steps):
        run.step()
    return resident("VmHWM") - before


def measured(name: str, case: str, count: int, processes: int = 3) -> int:
    """`growth` in fresh processes with so many threads: the median of three.

    Raises
    ------
    RuntimeError
        The process failed; with what it printed.
    """
    command = [sys.executable, "-m", "benchmarks.memory", name, case, "--threads", str(count)]
    root = Path(__file__).resolve().parent.parent
    found = []
    for _ in range(processes):
        run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
        if run.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{run.stderr}")
        found.append(int(run.stdout))
    return statistics.median_low(found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Print the bytes that a step needs at its peak.")
    parser.add_argument("contender")
    parser.add_argument("case")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    with threads(options.threads):
        print(growth(options.contender, options.case))
