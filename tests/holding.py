"""What a grading run holds, memory and file descriptors, as it goes on.

``python -m tests.holding 1000`` grades a class of that many tiny submissions and prints a table.
"""

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.live_run import SEED, grade, grandchildren, make_class

COMMAND, SERVERS, WORKERS = "command", "judge servers", "workers"


def holdings():
    """{part: (MiB, file descriptors)} of the command, of all judge servers, of all workers."""
    servers = grandchildren(os.getpid(), "grading.judge_server")[:1]  # those below are judges
    parts = {
        COMMAND: [psutil.Process()],
        SERVERS: servers,
        # the worker itself: children of the sandbox's first process, not students' processes
        WORKERS: [w for s in servers for w in _worker_of(s)],
    }
    found = {}
    for part, processes in parts.items():
        memory = descriptors = 0
        for process in processes:
            with contextlib.suppress(psutil.Error):
                memory += process.memory_info().rss / 2**20
                descriptors += process.num_fds()
        found[part] = (round(memory, 1), descriptors)
    return found


def _worker_of(server):
    found = grandchildren(server.pid, "grading.worker")
    pythons = [p for p in found if p.name().startswith("python")]
    return pythons[:1]


def watched_run(root, size, at):
    """Grade a class of ``size``; {number of submissions: holdings} for the numbers in ``at``."""
    course = make_class(root, size)
    seen, done = {}, []

    def progress(outcome, kept):
        done.append(outcome)
        if len(done) in at:
            seen[len(done)] = holdings()

    outcomes = grade(course, progress, workers=1, seed=SEED)
    assert len(outcomes) == size
    assert not [o.why for o in outcomes.values() if o.why]
    return seen


if __name__ == "__main__":
    number = int(sys.argv[1])
    steps = sorted({10, number // 10, number // 4, number // 2, number * 3 // 4, number - 1})
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        table = watched_run(Path(folder), number, steps)
        seconds = time.monotonic() - begin
    print(f"{number} submissions in {seconds:.0f} s, one worker")
    print(f"{'after':>7}" + "".join(f"{part:>24}" for part in (COMMAND, SERVERS, WORKERS)))
    for step, parts in table.items():
        cells = [f"{memory:.0f} MiB, {files} files" for memory, files in parts.values()]
        print(f"{step:7}" + "".join(f"{cell:>24}" for cell in cells))
