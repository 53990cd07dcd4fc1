"""Many submissions judged at a time: by a station for each worker, here or on a Dask cluster."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from course_utils.course_tree import CourseError
from course_utils.grading.limits import Limits
from course_utils.grading.plan import Plan, Step
from course_utils.grading.station import Station

Verdict = dict[str, Any]


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
        On entering, where no sandbox can be made or the reference answer fails its own tests.
    """

    plan: Plan
    limits: Limits
    seed: int
    sealed: bool = True
    workers: int | None = None
    scheduler: str | None = None
    _stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> "JudgePool":
        first = Station(self.plan, self.limits, self.seed, sealed=self.sealed)
        self._begin = (self.plan, self.limits, self.seed, self.sealed, first.learnt)
        if self.scheduler is None:
            self.size = self.workers or os.cpu_count() or 1
            self._executor: Executor = self._stack.enter_context(ThreadPoolExecutor(self.size))
            judge = _Here(first, self._begin)
            self._stack.callback(judge.close)  # done first: threads then wait for no verdict
            self._judge: Callable[..., Verdict] = judge
        else:
            first.close()
            self._judge = judge_there
            self._executor, self.size = self._stack.enter_context(_cluster(self.scheduler))
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._stack.close()

    def judge_all(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Verdict]]:
        """Judge tasks as they come; gives each with its verdict, in the order they are done.

        Tasks are taken from the iterator when a worker is about to be free, so that a class of a
        thousand is never in memory at once.
        """
        running: dict[Future[Verdict], Task] = {}
        for task in tasks:
            future = self._executor.submit(self._judge, *self._begin, task.steps, task.files)
            running[future] = task
            if len(running) >= 2 * self.size:
                yield from self._done(running)
        while running:
            yield from self._done(running)

    def _done(self, running: dict[Future[Verdict], Task]) -> Iterator[tuple[Task, Verdict]]:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
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

    def __init__(self, first: Station, begin: tuple[Any, ...]) -> None:
        self._spare, self._all, self._begin = [first], [first], begin
        self._own = threading.local()
        self._lock, self._closed = threading.Lock(), False

    def __call__(self, *arguments: Any) -> Verdict:
        if not hasattr(self._own, "station"):
            with self._lock:
                spare = self._spare.pop() if self._spare else None
            station = spare or _station(*self._begin)
            with self._lock:
                self._all += [] if spare else [station]
                if self._closed:
                    station.close()
            self._own.station = station
        *_, steps, files = arguments
        return self._own.station.judge(steps, files)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            stations = list(self._all)
        for station in stations:
            station.close()


_open: dict[str, Any] = {}


def judge_there(
    plan: Plan,
    limits: Limits,
    seed: int,
    sealed: bool,
    learnt: dict[str, list[str]],
    steps: list[Step],
    files: dict[str, bytes],
) -> Verdict:
    """Judge a submission in a process of a Dask worker, which keeps a station open."""
    begin = (plan, limits, seed, sealed, learnt)
    with _open.setdefault("lock", threading.Lock()):  # a worker may have several threads
        if _open.get("begin") != begin:
            if "station" in _open:
                _open.pop("station").close()
            _open["station"] = _station(*begin)
            _open["begin"] = begin
        return _open["station"].judge(steps, files)


def _station(
    plan: Plan, limits: Limits, seed: int, sealed: bool, learnt: dict[str, list[str]]
) -> Station:
    return Station(plan, limits, seed, sealed=sealed, learnt=learnt)


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    try:
        from distributed import Client
    except ImportError:
        raise CourseError("--scheduler needs Dask: pip install 'course-utils[cluster]'") from None
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as problem:
        reason = str(problem).splitlines()[0]
        raise CourseError(f"no Dask scheduler answers at {address}: {reason}") from None
    with client:
        workers = client.scheduler_info()["workers"]
        if not workers:
            raise CourseError(f"the Dask scheduler at {address} has no workers; start some")
        yield client.get_executor(pure=False, retries=2), len(workers)
