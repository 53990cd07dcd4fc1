"""Judging on the workers of a Dask cluster, each of which keeps stations open for a run."""

import asyncio
import contextlib
import logging
import secrets
import threading
import time
import warnings
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from course_utils.course_tree import CourseError
from course_utils.grading import sandbox
from course_utils.grading.station import Station

_CONNECT_SECONDS = 10
#: Without any worker for so long, a run ends; workers that restart are back before.
_PATIENCE = 60
#: Workers that may be lost under one submission before it is given up.
_RETRIES = 3
_ADVICE = "what is graded so far is kept; start it and run the command again"


class Cluster:
    """The workers of a Dask cluster, for one grading run; a context manager.

    Parameters
    ----------
    address
        Of the scheduler: ``tcp://host:port``.
    begin
        Arguments of `Station`.

    Raises
    ------
    CourseError
        On entering, where Dask or the cluster is not there, a worker cannot judge, or the
        reference answer fails its own tests.
    """

    def __init__(self, address: str, begin: dict[str, Any]) -> None:
        self._address, self._begin = address, begin
        self._run, self._alone_since = secrets.token_hex(8), 0.0

    def __enter__(self) -> "Cluster":
        try:
            from distributed import Client
        except ImportError:
            raise CourseError(
                "--scheduler needs Dask: pip install 'course-utils[cluster]'"
            ) from None
        self._require_scheduler()
        # What it logs as errors, a lost scheduler say, is said in one line here.
        self._log = logging.getLogger("distributed"), logging.getLogger("distributed").level
        self._log[0].setLevel(logging.CRITICAL)
        self._client = Client(self._address, timeout=_CONNECT_SECONDS)
        try:
            self._prepare()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _prepare(self) -> None:
        threads = self._client.nthreads()
        if not threads:
            raise CourseError(f"the Dask scheduler at {self._address} has no workers; start some")
        self.size = sum(threads.values())
        try:
            reasons = self._client.run(why_not_here, self._begin["sealed"])
        except Exception as problem:
            raise CourseError(
                f"the Dask workers at {self._address} cannot judge "
                f"({type(problem).__name__}: {problem}); is the course installed there?"
            ) from None
        for worker, reason in reasons.items():
            if reason is not None:
                raise CourseError(f"Dask worker {worker}: {reason}")
        self._begin["learnt"] = self._client.submit(
            judge_there, self._run, self._begin, None, pure=False, retries=_RETRIES
        ).result()

    def __exit__(self, *_: object) -> None:
        try:
            if self._client.status == "running":
                self._client.run(close_there, self._run, on_error="ignore")
        except Exception as problem:  # their servers end by themselves, later
            warnings.warn(f"stations of Dask workers not closed: {problem}", stacklevel=2)
        self._client.close(timeout=5)
        self._log[0].setLevel(self._log[1])

    def submit(self, *task: Any) -> Future[dict[str, Any]]:
        """Have a submission judged: arguments of `Station.judge`."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # files of the submission
            future = self._client.submit(
                judge_there, self._run, self._begin, task, pure=False, retries=_RETRIES
            )
        ours: Future[dict[str, Any]] = Future()
        future.add_done_callback(lambda done: _hand_over(done, ours))
        return ours

    def watch(self) -> None:
        """Look after the cluster; to be called now and then while nothing is done.

        Raises
        ------
        CourseError
            Where nobody is left who could judge.
        """
        if self._client.status in ("closing", "closed"):
            raise CourseError(f"the Dask scheduler at {self._address} is gone; {_ADVICE}")
        with contextlib.suppress(OSError, TimeoutError):  # it may be about to come back
            if self._client.nthreads():
                self._alone_since = 0.0
                return
        self._alone_since = self._alone_since or time.monotonic()
        if time.monotonic() - self._alone_since > _PATIENCE:
            raise CourseError(f"all Dask workers at {self._address} are gone; {_ADVICE}")

    def _require_scheduler(self) -> None:
        """Ask who is there: a client that finds nobody leaves a traceback behind."""
        from distributed.comm import connect
        from distributed.security import Security

        async def ask() -> Any:
            options = Security().get_connection_args("client")
            comm = await connect(self._address, timeout=_CONNECT_SECONDS, **options)
            try:
                await comm.write({"op": "identity", "reply": True})
                return await comm.read()
            finally:
                comm.abort()

        async def in_time() -> dict[str, Any]:
            return await asyncio.wait_for(ask(), _CONNECT_SECONDS + 1)

        try:
            # The connection's own time limit does not hold for what answers nothing.
            # In a thread of its own: this one may have an event loop, in Jupyter say.
            with ThreadPoolExecutor(1) as thread:
                who = thread.submit(asyncio.run, in_time()).result()
            reason = "" if who.get("type") == "Scheduler" else f"a {who.get('type')} answers"
        except TimeoutError:
            reason = f"nothing in {_CONNECT_SECONDS} s"
        except Exception as problem:
            reason = (str(problem) or type(problem).__name__).splitlines()[0]
        if reason:
            raise CourseError(f"no Dask scheduler answers at {self._address}: {reason}") from None


def _hand_over(done: Any, ours: Future[dict[str, Any]]) -> None:
    """Pass what became of a Dask future on, in the form that `concurrent.futures.wait` knows."""
    if done.status == "cancelled":  # not by us: the scheduler forgot it, or is gone
        ours.set_exception(CourseError(f"the Dask scheduler is gone; {_ADVICE}"))
        return
    try:
        ours.set_result(done.result(timeout=_PATIENCE))
    except Exception as problem:
        ours.set_exception(problem)


# What follows runs in the processes of Dask's workers.

_stations: dict[tuple[str, int], Station] = {}
_ended: set[str] = set()


def why_not_here(sealed: bool) -> str | None:
    """Why submissions cannot be judged in this process; None where they can."""
    return sandbox.why_unavailable() if sealed else None


def judge_there(run: str, begin: dict[str, Any], task: Any) -> dict[str, Any]:
    """Judge a submission at the station of this thread; without one, say what was learnt."""
    place = run, threading.get_ident()
    if run in _ended:
        return {"failed": "the grading run was ended"}
    if place not in _stations:
        _stations[place] = Station(**begin)
        if run in _ended:  # meanwhile
            close_there(run)
            return judge_there(run, begin, task)
    station = _stations[place]
    return station.learnt if task is None else station.judge(*task)


def close_there(run: str) -> None:
    """Close the stations of a run in this process, whatever they are at."""
    _ended.add(run)
    for place in list(_stations):
        if place[0] == run:
            _stations.pop(place).close()
