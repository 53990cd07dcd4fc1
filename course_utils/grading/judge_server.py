"""The judge server: has the libraries loaded, keeps one worker, forks a judge for each submission.

``python -m course_utils.grading.judge_server DESCRIPTOR``; `Station` starts it and speaks to it.
"""

import contextlib
import gc
import importlib
import os
import random
import resource
import select
import signal
import socket
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.checks import SEED_VARIABLE
from course_utils.grading import linux
from course_utils.grading.judge import Judge, prepare
from course_utils.grading.learnt import Learnt
from course_utils.grading.limits import Limits
from course_utils.grading.plan import Plan, Step
from course_utils.grading.reference_run import failed_tests
from course_utils.grading.wire import Channel, Closed, TimeUp, WireError
from course_utils.grading.worker_link import WorkerLink

#: Seconds that a judge may take beyond what the submission may.
_MARGIN = 60
#: Seconds without work after which the station is taken for gone; it opens a new server if not.
_IDLE = 900
_JUDGE_MEMORY = 3 * 2**30


class StationGone(Exception):
    """Nobody waits for the verdict."""


class JudgeServer:
    """Judges submissions to one assignment, one after another.

    Parameters
    ----------
    plan, limits, seed, sealed
        The assignment, what a submission may use, the seed of the hidden tests, sandbox or not.
    station
        Who asked for this; when it hangs up, so does the server. None is there for ever.
    """

    def __init__(
        self,
        plan: Plan,
        limits: Limits,
        seed: int,
        sealed: bool,
        station: Channel | None = None,
    ) -> None:
        self.station = station
        self.plan, self.limits, self.sealed = plan, limits, sealed
        self.learnt = Learnt()
        os.environ[SEED_VARIABLE] = str(seed)
        random.seed(seed)
        np.random.seed(seed % 2**32)  # for tests that draw without a generator
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name in plan.imports:
                with contextlib.suppress(Exception):  # the cell that imports it says why
                    importlib.import_module(name)
        prepare(plan)
        self.worker = WorkerLink(plan, limits, sealed)
        gc.collect()
        gc.freeze()  # or each collection in a judge would copy the memory it shares with this one

    def learn(self) -> list[list[str]]:
        """Judge the reference answer; gives the tests it fails, which should be none."""
        self.learnt = Learnt(learning=True)
        verdict = self.judge([vars(step) for step in self.plan.steps], {})
        if "failed" in verdict:
            return [["", verdict["failed"]]]
        self.learnt = Learnt.from_dict(verdict["learnt"])
        return [list(pair) for pair in failed_tests(self.plan, verdict["outputs"])]

    def judge(self, steps: list[dict[str, Any]], files: dict[str, bytes]) -> dict[str, Any]:
        """Judge a submission in a process of its own.

        Returns
        -------
        dict
            ``outputs`` by index of cell, ``seconds`` and ``cpu_seconds``; or ``failed``: why not.

        Raises
        ------
        StationGone
            Where the station hangs up meanwhile.
        """
        begin = time.monotonic()
        ours, theirs = socket.socketpair()
        judge = os.fork()
        if judge == 0:
            try:
                ours.close()
                self._be_judge(Channel(theirs), [Step(**step) for step in steps], files)
            finally:
                os._exit(0)
        theirs.close()
        channel = Channel(ours)
        in_step = False
        try:
            self._wait_for(channel, begin + self.limits.total_seconds + _MARGIN)
            verdict = channel.receive(begin + self.limits.total_seconds + _MARGIN)[1]
            in_step = True
        except TimeUp:
            verdict = {"failed": "judging took too long; look at what the submission returns"}
        except WireError:
            verdict = {"failed": "the judge ended before it was done; try again", "again": True}
        finally:
            channel.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(judge, signal.SIGKILL)
            *_, usage = os.wait4(judge, 0)
        cpu = usage.ru_utime + usage.ru_stime
        try:
            if in_step:
                self.worker.end_all()
                verdict["cpu_seconds"] = round(cpu + self.worker.usage(), 3)
        except (WireError, TimeUp):
            in_step = False
            verdict = {"failed": "the sandbox ended while this ran; try again", "again": True}
        if not in_step:  # the worker died, or has an answer left that nobody read
            self.worker.close()
            self.worker = WorkerLink(self.plan, self.limits, self.sealed)
        return verdict | {"seconds": round(time.monotonic() - begin, 3)}

    def _wait_for(self, judge: Channel, deadline: float) -> None:
        """Wait until the judge has something to say; fail where nobody waits for it any more."""
        poll = select.poll()
        poll.register(judge.connection, select.POLLIN)
        if self.station is not None:  # which says nothing while it waits
            poll.register(self.station.connection, select.POLLIN)
        ready = poll.poll(max(deadline - time.monotonic(), 0) * 1000)
        if self.station is not None and self.station.connection.fileno() in dict(ready):
            raise StationGone

    def _be_judge(self, channel: Channel, steps: list[Step], files: dict[str, bytes]) -> None:
        if sys.platform.startswith("linux"):
            linux.die_with_parent(signal.SIGKILL)
            resource.setrlimit(resource.RLIMIT_AS, (_address_space() + _JUDGE_MEMORY,) * 2)
        judge = Judge(self.plan, self.worker, self.limits, self.learnt)
        outputs = judge.judge(steps, files)
        channel.send("verdict", {"outputs": outputs, "learnt": self.learnt.as_dict()})


def _address_space() -> int:
    pages = Path("/proc/self/statm").read_text().split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Serve one station until it hangs up."""
    channel = Channel(socket.socket(fileno=int(sys.argv[1])))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the station's business
    _, plan, limits, seed, sealed, learnt = channel.receive()
    server = JudgeServer(Plan.from_dict(plan), Limits(**limits), seed, sealed, channel)
    try:
        problems: list[list[str]] = []
        if learnt is None:
            problems = server.learn()
        else:
            server.learnt = Learnt.from_dict(learnt)
        channel.send("prepared", server.learnt.as_dict(), problems)
        while True:
            _, steps, files = channel.receive(time.monotonic() + _IDLE)
            channel.send("verdict", server.judge(steps, files))
    except (Closed, StationGone, TimeUp):
        pass
    finally:
        server.worker.close()


if __name__ == "__main__":
    main()
