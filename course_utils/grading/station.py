"""A place to judge submissions at: a judge server with its sandboxed worker, one for each core."""

import os
import socket
import subprocess
import sys
from typing import Any

from course_utils.course_tree import CourseError
from course_utils.grading import sandbox
from course_utils.grading.limits import Limits
from course_utils.grading.plan import Plan, Step
from course_utils.grading.wire import Channel, WireError


class Station:
    """Judges submissions to one assignment.

    Parameters
    ----------
    plan
        The assignment.
    limits
        What each submission may use.
    seed
        Of the hidden tests.
    sealed
        False runs students' code without the sandbox.
    learnt
        What another station has learnt from the reference answer; None has it judged here.

    Raises
    ------
    CourseError
        Where no sandbox can be made, or the reference answer fails its own tests.
    """

    def __init__(
        self,
        plan: Plan,
        limits: Limits,
        seed: int,
        *,
        sealed: bool = True,
        learnt: dict[str, list[str]] | None = None,
    ) -> None:
        if not hasattr(os, "fork"):
            raise CourseError(
                "judging needs Linux or macOS; use the container that Dockerfile describes"
            )
        if sealed and (reason := sandbox.why_unavailable()) is not None:
            raise CourseError(reason)
        self._begin = (plan.as_dict(), limits.as_dict(), seed, sealed)
        self.learnt = learnt
        self._closed = False
        self._open()

    def judge(self, steps: list[Step], files: dict[str, bytes]) -> dict[str, Any]:
        """Judge a submission.

        Parameters
        ----------
        steps
            Its code cells.
        files
            Other files it came with, by name.

        Returns
        -------
        dict
            ``outputs`` by index of cell, ``seconds``, ``cpu_seconds``; or ``failed``: why not.
        """
        request = [vars(step) for step in steps]
        verdict: dict[str, Any] = {"failed": "the grading run was ended"}
        for _ in range(2):  # what broke the judge server once may have come from elsewhere
            try:
                self._channel.send("judge", request, files)
                verdict = self._channel.receive()[1]
            except (WireError, OSError):
                if self._closed:
                    return verdict
                self._end()
                self._open()
                verdict = {"failed": "the judge server ended while this ran; try again"}
                continue
            if not verdict.pop("again", False):
                return verdict
        return verdict

    def close(self) -> None:
        """End the server and its worker, whatever they are at."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        self._channel.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _open(self) -> None:
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "course_utils.grading.judge_server", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            env=os.environ | sandbox.ONE_THREAD | {"PYTHONHASHSEED": "0"},
        )
        theirs.close()
        self._channel = Channel(ours)
        try:
            self._channel.send("prepare", *self._begin, self.learnt)
            _, self.learnt, problems = self._channel.receive()
        except WireError:
            self.close()
            raise CourseError("the judge server did not start; its message stands above") from None
        if problems:
            self.close()
            test, said = problems[0]
            reason = " ".join(said.split())
            raise CourseError(f"the reference answer fails {test or 'to run'}: {reason}")
