"""The student's process as it was where hidden tests stand, which are judged after all cells.

A hidden test meets what the notebook had defined when it was reached. The process is copied for it
only where a later cell could change that: cells that define one function after another, as most
notebooks' do, leave all before them as it was.
"""

import sys

from course_utils.grading.cell_syntax import (
    defined_names,
    definitions,
    imported_modules,
    read_names,
    used_names,
)
from course_utils.grading.plan import Step
from course_utils.grading.process import StudentProcess
from course_utils.grading.raised import Stopped
from course_utils.grading.runner import Runner


class Moment:
    """One state of a submission, for all hidden tests that stand where it held."""

    def __init__(self) -> None:
        self._process: StudentProcess | None = None
        self._is_copy = False

    def keep(self, runner: Runner, *, copy: bool) -> None:
        """Note the state as it is now; without a copy, nothing may run in the process any more."""
        self._runner, self._ran, self._leftovers = runner, runner.ran, runner.leftovers
        self._is_copy = copy
        process = runner.mend()
        try:
            self._process = process.checkpoint() if copy else process
        except Stopped:
            self._process = None

    def process(self) -> StudentProcess:
        """A process in this state; a new one where the last was lost."""
        if self._process is None or not self._process.answers():
            self._go_back()
        assert self._process is not None
        return self._process

    def another(self) -> StudentProcess | None:
        """A new process where a copy was lost: threads and pools of the student's have no copies.

        None where none was lost, or the process was no copy: it would be lost again.
        """
        if not (self._is_copy and self._process and self._process.stopped):
            return None
        if not self._runner.may_start_again():
            return None
        self._go_back()
        return self._process

    def close(self) -> None:
        """End the process, if it is a copy."""
        if self._is_copy and self._process is not None:
            self._process.close()

    def _go_back(self) -> None:
        self.close()
        if self._process is None or self._runner.may_start_again():
            self._process = self._runner.go_back(self._ran, self._leftovers)
        self._is_copy = False


class Moments:
    """Tells which hidden tests can share a moment.

    Parameters
    ----------
    runner
        Of the submission.
    preloaded
        Modules that the answers import: importing more of these, or of Python's, changes nothing.
    """

    def __init__(self, runner: Runner, preloaded: list[str]) -> None:
        self._runner = runner
        self._libraries = sys.stdlib_module_names | {_root(module) for module in preloaded}
        self._now: Moment | None = None
        self._bound: dict[str, str] = {}
        self._read: set[str] = set()

    def of(self, test: Step) -> Moment:
        """The present moment, for a hidden test that stands here."""
        self._read |= used_names(test.source)  # what is not there yet must be missing to it
        self._now = self._now or Moment()
        return self._now

    def before_cell(self, step: Step) -> None:
        """Keep the present moment if this cell may change what was there before it."""
        new = definitions(step.source)
        imported = {_root(module) for module in imported_modules(step.source)}
        if new is None or not imported <= self._libraries:
            self._keep()
            new = dict.fromkeys(defined_names(step.source), "")
        elif any(self._changes(name, meaning) for name, meaning in new.items()):
            self._keep()
        self._bound |= new
        self._read |= read_names(step.source)

    def _changes(self, name: str, meaning: str) -> bool:
        if name in self._bound:
            return self._bound[name] != meaning
        return name in self._read  # of the built-in functions, or by a function not yet called

    def before_leaving(self, names: set[str]) -> None:
        """Keep the present moment before a visible test binds names for later cells."""
        self._keep()
        self._bound |= dict.fromkeys(names, "")

    def end(self) -> None:
        """All cells were run: the last moment needs no copy."""
        if self._now:
            self._now.keep(self._runner, copy=False)
            self._now = None

    def _keep(self) -> None:
        if self._now:
            self._now.keep(self._runner, copy=True)
            self._now = None


def _root(module: str) -> str:
    return module.partition(".")[0]
