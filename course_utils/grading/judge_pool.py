"""Many submissions judged at a time: by a station for each worker, here or on a Dask cluster."""

import contextlib
import os
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from course_utils.course_tree import CourseError
from course_utils.grading.cluster import Cluster
from course_utils.grading.limits import Limits
from course_utils.grading.plan import Plan, Step
from course_utils.grading.station import Station

Verdict = dict[str, Any]

#: Seconds between two looks at whether those who judge are still there.
_WATCH_EVERY = 2


@dataclass(frozen=True)
class Task:
    """One submission to judge.

    Parameters
    ----------
    student
        Whose it is.
    steps
        Its code cells.
    files
        Other files it came with.
    extra
        Whatever the caller wants back with the verdict; it is not sent anywhere.
    """

    student: str
    steps: list[Step]
    files: dict[str, bytes]
    extra: Any = None


@dataclass
class JudgePool:
    """Judges submissions to one assignment, several at a time.

    Parameters
    ----------
    plan, limits, seed
        As for `Station`.
    sealed
        False runs students' code without the sandbox.
    workers
        Stations to open here; by default one for each core.
    scheduler
        Address of a Dask scheduler, ``tcp://host:port``, to judge on its workers instead.

    Raises
    ------
    CourseError
        On entering, where no sandbox can be made, the reference answer fails its own tests, or
        there is no such cluster; while judging, where nobody is left who could.
    """

    plan: Plan
    limits: Limits
    seed: int
    sealed: bool = True
    workers: int | None = None
    scheduler: str | None = None
    _stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> "JudgePool":
        begin = {"plan": self.plan, "limits": self.limits, "seed": self.seed, "sealed": self.sealed}
        if self.scheduler is None:
            judges: _Here | Cluster = _Here(begin, self.workers or _cores())
        else:
            judges = Cluster(self.scheduler, begin)
        self._judges = self._stack.enter_context(judges)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def judge_all(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Verdict]]:
        """Judge tasks as they come; gives each with its verdict, in the order they are done.

        Tasks are taken from the iterator when a worker is about to be free, so that a class of a
        thousand is never in memory at once.
        """
        running: dict[Future[Verdict], Task] = {}
        for task in tasks:
            running[self._judges.submit(task.steps, task.files)] = task
            if len(running) >= 2 * self._judges.size:
                yield from self._done(running)
        while running:
            yield from self._done(running)

    def _done(self, running: dict[Future[Verdict], Task]) -> Iterator[tuple[Task, Verdict]]:
        done: set[Future[Verdict]] = set()
        while not done:
            done, _ = wait(running, timeout=_WATCH_EVERY, return_when=FIRST_COMPLETED)
            if not done:
                self._judges.watch()
        for future in done:
            task = running.pop(future)
            try:
                yield task, future.result()
            except CourseError:
                raise
            except Exception as error:  # a worker lost more often than it may be
                yield task, {"failed": f"no worker could judge it ({type(error).__name__})"}


class _Here:
    """Judges in this process's threads, each with a station of its own."""

    def __init__(self, begin: dict[str, Any], size: int) -> None:
        self.size, self._begin = size, begin
        self._own = threading.local()
        self._lock, self._closed = threading.Lock(), False

    def __enter__(self) -> "_Here":
        first = Station(**self._begin)
        self._begin["learnt"] = first.learnt
        self._spare, self._all = [first], [first]
        self._executor = ThreadPoolExecutor(self.size)
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._closed = True
            stations = list(self._all)
        self._executor.shutdown(wait=False, cancel_futures=True)
        for station in stations:  # threads then wait for no verdict
            station.close()
        self._executor.shutdown()

    def submit(self, *task: Any) -> Future[Verdict]:
        """Have a submission judged: arguments of `Station.judge`."""
        return self._executor.submit(self._judge, *task)

    def watch(self) -> None:
        """Nothing can be lost that a station does not open anew."""

    def _judge(self, *task: Any) -> Verdict:
        if not hasattr(self._own, "station"):
            with self._lock:
                spare = self._spare.pop() if self._spare else None
            station = spare or Station(**self._begin)
            with self._lock:
                self._all += [] if spare else [station]
                if self._closed:
                    station.close()
            self._own.station = station
        return self._own.station.judge(*task)


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
