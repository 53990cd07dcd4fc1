"""The worker, seen from the judge server: starts it in its sandbox, and asks it for processes."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from typing import Any

from course_utils.grading import sandbox
from course_utils.grading.limits import Limits
from course_utils.grading.plan import Plan
from course_utils.grading.wire import Channel


class WorkerLink:
    """The worker in its sandbox, as judges use it.

    Parameters
    ----------
    plan, limits
        Of the assignment.
    sealed
        Whether it is put in a sandbox.
    """

    def __init__(self, plan: Plan, limits: Limits, sealed: bool) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "course_utils.grading.worker", str(theirs.fileno())]
        if sealed:
            self.process = sandbox.start(
                command, keep=(theirs.fileno(),), hidden=tuple(plan.withheld)
            )
        else:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                env=sandbox.environment(os.environ["HOME"]),
            )
        theirs.close()
        self.channel = Channel(ours)
        self.channel.send(
            "setup",
            {
                "withheld": plan.withheld,
                "preload": plan.preload,
                "limits": limits.as_dict(),
                "sealed": sealed,
            },
        )
        self.channel.receive(time.monotonic() + 120)

    def start(self, connection: socket.socket) -> int:
        """Start a process that speaks through ``connection``; gives its number."""
        self.channel.send("start")
        socket.send_fds(self.channel.connection, [b"."], [connection.fileno()])
        return int(self._answer())

    def why(self, number: int) -> str:
        """How a process ended."""
        self.channel.send("why", number)
        return str(self._answer())

    def kill(self, number: int, process: int) -> None:
        """End a copy of a process."""
        self.channel.send("kill", number, process)
        self._answer()

    def end_all(self) -> None:
        """End all that is running."""
        self.channel.send("end_all")
        self._answer()

    def usage(self) -> float:
        """CPU seconds of all students' processes that have ended."""
        self.channel.send("usage")
        return float(self._answer())

    def close(self) -> None:
        """End the worker and its sandbox."""
        self.channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.communicate()

    def _answer(self) -> Any:
        return self.channel.receive(time.monotonic() + 60)[1]
