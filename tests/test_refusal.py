"""Why nbgrader did not do what it was asked: one line out of what it logged."""

import pytest

from course_utils.course_tree import CourseError
from course_utils.grading.refusal import why_refused

LOG = """[ERROR] There was an error processing assignment: /class/submitted/ada/01
[ERROR] Traceback (most recent call last):
      File "/usr/lib/base.py", line 390, in convert_notebooks
        raise Trouble(
    {words}

[ERROR] There was an error processing assignment '01' for student 'ada'
[ERROR] Please see the the above traceback for details.
"""
ERROR = 'Traceback (most recent call last):\n  File "x.py", line 1\nnbgrader.NbGraderException: see'


@pytest.mark.parametrize(
    ("log", "error", "reason"),
    [
        (
            LOG.format(words="nbclient.exceptions.DeadKernelError: Kernel died"),
            ERROR,
            "kernel died",
        ),
        (LOG.format(words="ValueError: bad cell"), ERROR, "ValueError: bad cell"),
        (LOG.format(words="my.Trouble"), ERROR, "my.Trouble"),
        ("", ERROR, "nbgrader.NbGraderException: see"),
        ("[ERROR] No notebooks were matched by 'x'\n", "", "No notebooks were matched by 'x'"),
        ("", "", "nbgrader gave no reason"),
    ],
)
def test_why_nbgrader_refused(log, error, reason):
    assert reason in why_refused({"success": False, "log": log, "error": error})


def test_what_fails_everyone_is_no_students_fault():
    full = LOG.format(words="OSError: [Errno 28] No space left on device: 'x'")
    with pytest.raises(CourseError, match="the disk is full; what is graded so far is kept"):
        why_refused({"log": full, "error": ERROR})
    locked = LOG.format(words="sqlalchemy.exc.OperationalError: (x) database is locked")
    with pytest.raises(CourseError, match=r"the gradebook cannot be used: .*database is locked"):
        why_refused({"log": locked, "error": ERROR})
    with pytest.raises(KeyboardInterrupt):
        why_refused({"log": "", "error": "Traceback …\nKeyboardInterrupt\n"})
