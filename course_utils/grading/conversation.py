"""Questions to a student's process and its answers, within a time limit; how it ended."""

import socket
import time
from typing import Any, NoReturn, Protocol

from course_utils.grading.raised import Stopped, clean
from course_utils.grading.wire import Channel, Closed, TimeUp, WireError

#: Seconds a process gets to stop by itself before it is given up.
_GRACE = 1.0
#: Characters that a student's code may print while one test runs.
_MOST_PRINTED = 20_000


class Keeper(Protocol):
    """Starts and ends students' processes: the worker, seen from the judge."""

    def start(self, connection: socket.socket) -> int:
        """Start a process that speaks through ``connection``; gives its number."""

    def why(self, number: int) -> str:
        """How it ended."""

    def kill(self, number: int, process: int) -> None:
        """End one of its copies."""


class Conversation:
    """One question after another, each answered before its cell's time is up.

    Parameters
    ----------
    channel
        To the process.

    Attributes
    ----------
    stopped
        Why nothing more comes from the process; empty while it answers.
    printed
        What its code printed while it answered questions about the present cell.
    """

    def __init__(self, channel: Channel) -> None:
        self.stopped, self.printed = "", ""
        self._channel = channel
        self._seconds, self._deadline = 0.0, 0.0

    def how_it_ended(self) -> str:
        """Word of the worker on how the process ended: ``"exit 0"``, ``"memory"``, or ``""``."""
        return ""

    def _keep_printed(self, text: Any) -> None:
        if text:
            self.printed = (self.printed + clean(str(text)))[:_MOST_PRINTED]

    def _start_clock(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    def _left(self) -> float:
        return max(self._deadline - time.monotonic(), 0.01)

    def _send(self, *message: Any) -> None:
        if self.stopped:
            raise Stopped(self.stopped)
        self._channel.send_seconds = self._left() + _GRACE
        try:
            self._channel.send(*message)
        except Closed:
            if time.monotonic() > self._deadline:
                self._stop(self._took_too_long())
            self._ended()

    def _receive(self) -> list[Any]:
        try:
            return self._channel.receive(self._deadline + _GRACE)
        except TimeUp:
            self._stop(self._took_too_long())
        except Closed:
            self._ended()
        except WireError as problem:
            self._broken(str(problem))

    def _took_too_long(self) -> str:
        return f"stopped after {self._seconds:g} s: is there an endless loop?"

    def _ended(self) -> NoReturn:
        self._stop(_HOW.get(why := self.how_it_ended(), "") or _how_else(why))

    def _broken(self, problem: str) -> NoReturn:
        self._stop(f"refused: the process sent what is no answer ({problem})")

    def _stop(self, reason: str) -> NoReturn:
        self.stopped = reason
        raise Stopped(reason)


_HOW = {
    "memory": "stopped: it used more memory than it may",
    "signal 9": "the process was killed while this ran: too much memory or time, or by itself",
    "signal 11": "the process crashed while this ran (segmentation fault)",
    "signal 24": "stopped: it used more processor time than it may",
}


def _how_else(why: str) -> str:
    if why.startswith("signal"):
        return f"the process was ended while this ran ({why})"
    return "the process ended while this ran; is there an exit() or os._exit()?"
