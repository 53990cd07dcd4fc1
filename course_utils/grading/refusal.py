"""Why nbgrader did not grade a submission, out of what it logged."""

import re
from typing import Any

from course_utils.course_tree import CourseError

#: Last line of a traceback, also where a log indents it; frames are indented further.
_EXCEPTION = re.compile(r"^ {0,4}([A-Za-z_][\w.]*(?:: .*)?)$", re.MULTILINE)

#: Word in a traceback → what an instructor needs to know. All of these are the submission's doing.
_KNOWN = {
    "DeadKernelError": "the kernel died while running it (out of memory, or the code ended it)",
    "UnresponsiveKernelError": "the kernel stopped answering and could not be interrupted",
    "SchemaTooOldError": "it was made from an older notebook; ask for the work in a fresh one",
    "SchemaTooNewError": "it was made from a newer notebook; ask for the work in a fresh one",
}


def why_refused(result: dict[str, Any]) -> str:
    """One line that says why an action of `nbgrader.apps.api.NbGraderAPI` did not succeed.

    Parameters
    ----------
    result
        What the action returned: ``error``, a traceback, and ``log``.

    Raises
    ------
    CourseError
        Where the gradebook or the disk is at fault, and grading on would fail everyone.
    KeyboardInterrupt
        Where the person at the keyboard is: nbgrader catches this too.
    """
    error, log = result.get("error", ""), result.get("log", "")
    if _last_line(error).startswith("KeyboardInterrupt"):
        raise KeyboardInterrupt
    cause = _cause(log or error)
    if cause.startswith("sqlalchemy.exc."):
        raise CourseError(f"the gradebook cannot be used: {cause}")
    if "No space left on device" in log + error:
        raise CourseError("the disk is full; what is graded so far is kept")
    for word, reason in _KNOWN.items():
        if word in log + error:
            return reason
    return cause or "nbgrader gave no reason"


def _cause(log: str) -> str:
    """Line that ends the first traceback of a log: ``"ValueError: …"``; else its last line."""
    _, _, begun = log.partition("Traceback (most recent call last)")
    traceback, _, _ = begun.partition("\n[ERROR]")  # where the next entry of the log begins
    found = _EXCEPTION.findall(traceback)
    return (found[-1] if found else _last_line(log))[:200]


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].removeprefix("[ERROR] ") if lines else ""
