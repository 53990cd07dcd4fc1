"""A time limit on what the judge itself does: some results are no end of work to look at."""

import contextlib
import signal
from collections.abc import Iterator
from typing import Any

from course_utils.grading.raised import Stopped


class _TimeIsUp(BaseException):
    """No ``except Exception`` on the way takes it for something else."""


def _interrupt(*_: Any) -> None:
    raise _TimeIsUp


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer, in the main thread.

    Raises
    ------
    Stopped
        When the time is up.
    """
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)  # again and again, should it be swallowed
    try:
        yield
    except _TimeIsUp:
        raise Stopped("stopped: looking at what came back took too long") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
