"""The worker: in the sandbox, with the libraries loaded, forks a process for each submission.

``python -m course_utils.grading.worker DESCRIPTOR``; the judge server speaks to it through that
socket. No student's code runs in the worker itself.
"""

import contextlib
import gc
import importlib
import os
import random
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass, field
from typing import Any

import psutil

from course_utils.grading import confinement
from course_utils.grading.limits import Limits
from course_utils.grading.process_watch import (
    ends_by_itself,
    memory_of,
    number_inside,
    processes_below,
)
from course_utils.grading.recording_shell import Recorder, RecordingShell, make_shell
from course_utils.grading.student import Student
from course_utils.grading.student_warm_up import warm_up
from course_utils.grading.wire import Channel, Closed
from course_utils.grading.withheld import withhold

#: Seconds between two looks at what students' processes use.
_WATCH_EVERY = 0.05
#: Bytes of free memory of this machine below which the largest process of a submission is killed.
_LEAST_FREE = 2**28


@dataclass
class _Running:
    """One submission's processes."""

    init: int
    report: int
    folder: str | None
    why: str = ""


@dataclass
class Worker:
    """Starts, watches and ends students' processes.

    Parameters
    ----------
    channel
        To the judge server.
    limits
        What each submission may use.
    sealed
        Whether this runs in a sandbox.
    shell
        Each student's process gets a copy of it.
    """

    channel: Channel
    limits: Limits
    sealed: bool
    shell: RecordingShell
    _running: dict[int, _Running] = field(default_factory=dict)
    _started: int = 0
    _used: float = 0.0

    def serve(self) -> None:
        """Do what the judge server says until it hangs up."""
        while True:
            if not select.select([self.channel.connection], [], [], _WATCH_EVERY)[0]:
                self._watch()
                continue
            try:
                kind, *rest = self.channel.receive()
            except Closed:
                self._end_all()
                return
            self.channel.send(kind, getattr(self, f"_{kind}")(*rest))

    def _start(self) -> int:
        _, (descriptor, *_), _, _ = socket.recv_fds(self.channel.connection, 1, 1)
        reader, writer = os.pipe()

        def run() -> None:
            os.close(reader)
            os.close(self.channel.connection.detach())
            _run_student(descriptor, self.shell)

        self._started += 1
        folder = None if self.sealed else tempfile.mkdtemp(prefix="submission-")
        init = confinement.start_shut_in(run, self.limits, writer, folder)
        os.close(descriptor)
        os.close(writer)
        self._running[self._started] = _Running(init, reader, folder)
        return self._started

    def _end(self, number: int) -> str:
        """Kill all processes of a submission; says how its first one had ended by then."""
        running = self._running.pop(number, None)
        if running is None:
            return "gone"
        why = running.why or self._reported(running)
        if running.init > 0:
            with contextlib.suppress(OSError):
                if not self.sealed:
                    self._kill_all(running)
                elif not ends_by_itself(running.init):
                    os.kill(running.init, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(running.init, 0)
        os.close(running.report)
        return why

    @staticmethod
    def _kill_all(running: _Running) -> None:
        """Without namespaces: kill what can be found; a process that detached itself goes on."""
        for process in processes_below(running.init):
            with contextlib.suppress(psutil.Error):
                process.kill()
        os.kill(running.init, signal.SIGKILL)
        shutil.rmtree(running.folder or "", ignore_errors=True)

    def _kill(self, number: int, process: int) -> str:
        """Kill one process of a submission, by the number it has there."""
        running = self._running.get(number)
        for child in processes_below(running.init) if running else []:
            if number_inside(child.pid) == process or (not self.sealed and child.pid == process):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        return ""

    def _why(self, number: int) -> str:
        """How the first process of a submission ended: ``"exit 0"``, ``"memory"``, or ``""``."""
        running = self._running.get(number)
        if running is None:
            return "gone"
        end = time.monotonic() + 0.3  # of a copy that ends, nothing is reported
        while not (running.why or self._readable(running)) and time.monotonic() < end:
            self._watch()
            time.sleep(0.01)
        why, running.why = running.why or self._reported(running), ""
        return why

    def _end_all(self) -> str:
        for number in list(self._running):
            self._end(number)
        return ""

    def _usage(self) -> float:
        """CPU seconds of all students' processes that ended since the last call."""
        times = os.times()
        total = times.children_user + times.children_system
        self._used, since = total, total - self._used
        return since

    @staticmethod
    def _readable(running: _Running) -> bool:
        return bool(select.select([running.report], [], [], 0)[0])

    def _reported(self, running: _Running) -> str:
        return os.read(running.report, 100).decode() if self._readable(running) else ""

    def _watch(self) -> None:
        """Kill what uses more memory than it may: the kernel limits it for each process only."""
        most = self.limits.memory_mb * 2**20
        if psutil.virtual_memory().available < _LEAST_FREE:  # whoever took it: nothing else ends it
            most = 0
        for running in self._running.values():
            if running.init < 0:
                continue
            processes = processes_below(running.init)
            roughly = sum(memory_of(p) for p in processes)  # quick; counts shared memory many times
            if roughly > most and sum(memory_of(p, shared=False) for p in processes) > most:
                running.why = "memory"
                largest = max(processes, key=lambda p: memory_of(p, shared=False))
                with contextlib.suppress(psutil.Error):
                    largest.kill()


def _run_student(descriptor: int, shell: RecordingShell) -> None:
    """Be the student's process: same random numbers each time, nothing inherited but libraries."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    random.seed(0)
    for library, seed in (("numpy", "random.seed"), ("torch", "manual_seed")):
        if library in sys.modules:
            found: Any = sys.modules[library]
            for part in seed.split("."):
                found = getattr(found, part)
            found(0)
    sys.path.insert(0, "")
    Student(Channel(socket.socket(fileno=descriptor)), shell).serve()


def main() -> None:
    """Load what the notebook imports, then serve."""
    channel = Channel(socket.socket(fileno=int(sys.argv[1])))
    _, setup = channel.receive()
    if setup["sealed"]:
        confinement.enter_own_processes()
    withhold(setup["withheld"])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in setup["preload"]:
            with contextlib.suppress(Exception):  # the cell that imports it will say why
                importlib.import_module(name)
        limits = Limits(**setup["limits"])
        shell = make_shell(Recorder(limits.output_characters, int(limits.picture_mb * 1e6)))
        warm_up(shell)
    gc.collect()
    gc.freeze()  # or each collection in a child would copy the memory it shares with this process
    channel.send("ready")
    Worker(channel, limits, setup["sealed"], shell).serve()


if __name__ == "__main__":
    main()
