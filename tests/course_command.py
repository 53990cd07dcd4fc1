"""The `course` command, run in the process of the tests, which saves a second each time."""

import sys
from dataclasses import dataclass

import pytest

from course_utils import cli


@dataclass
class CourseCommand:
    """Call it with the arguments of the command: (exit status, standard output, standard error)."""

    capsys: pytest.CaptureFixture
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments):
        self.monkeypatch.setattr(sys, "argv", ["course", *arguments])
        status = 0
        try:
            cli.main()
        except SystemExit as end:
            status = end.code or 0
        printed = self.capsys.readouterr()
        return status, printed.out, printed.err

    def refused(self, *arguments, before=0):
        """The one line that says why, of a command that must fail with nothing on stdout.

        ``before`` lines of progress may stand above it.
        """
        status, out, err = self(*arguments)
        assert status == 1
        assert out == ""
        assert "Traceback" not in err
        lines = err.splitlines()
        assert len(lines) == before + 1, err
        assert lines[-1].startswith("course: ")
        return lines[-1].removeprefix("course: ")
