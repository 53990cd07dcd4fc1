"""Runs a submission's cells: starts a process for them, and another where one is lost."""

import contextlib
import time

from course_utils.grading.cell_outputs import Budget, failure, rebuild
from course_utils.grading.conversation import Keeper
from course_utils.grading.learnt import Learnt
from course_utils.grading.limits import Limits
from course_utils.grading.plan import Step
from course_utils.grading.process import StudentProcess
from course_utils.grading.raised import Stopped

#: Times a submission's process is started anew after something has ended it.
_RESTARTS = 15


class Runner:
    """The process that a submission's cells have been run in, so far as they ended.

    Parameters
    ----------
    keeper
        Starts students' processes.
    limits
        What the submission may use.
    learnt
        Where objects and changed arguments are in place.
    files
        Files the submission came with.
    """

    def __init__(
        self, keeper: Keeper, limits: Limits, learnt: Learnt, files: dict[str, bytes]
    ) -> None:
        self._keeper, self._limits, self._learnt, self._files = keeper, limits, learnt, files
        self._end = time.monotonic() + limits.total_seconds
        self._budget = Budget()
        self._starts = 0
        self.ran: list[Step] = []
        #: Values that visible tests left at the top level of the notebook.
        self.leftovers: dict[str, bytes] = {}
        self.start()

    @property
    def seconds(self) -> float:
        """Time that the next cell may take."""
        return max(min(self._limits.cell_seconds, self._end - time.monotonic()), 0.05)

    @property
    def time_is_up(self) -> bool:
        """Whether the time for the whole notebook was used."""
        return time.monotonic() > self._end

    def start(self) -> None:
        """Start a process and bring it to where the last one was."""
        self._starts += 1
        self.process = StudentProcess(self._keeper, self._learnt)
        try:
            self.process.begin("", self.seconds)
            if self._files:
                self.process.write_files(self._files)
            for step in self.ran:
                self.process.begin(step.name, self.seconds)
                self.process.run(step.source)
            if self.leftovers:
                self.process.set(self.leftovers)
        except Stopped:
            pass  # it stays stopped, and says why at each test

    def may_start_again(self) -> bool:
        """Whether another process may be started for this submission."""
        return self._starts <= _RESTARTS and not self.time_is_up

    def mend(self) -> StudentProcess:
        """The process; a new one where the last is lost and another may be started."""
        if self.process.stopped and self.may_start_again():
            self.start()
        return self.process

    def go_back(self, ran: list[Step], leftovers: dict[str, bytes]) -> StudentProcess:
        """A new process, as it was when these cells had been run."""
        self.ran, self.leftovers = ran, leftovers
        self.start()
        return self.process

    def run(self, step: Step) -> tuple[list[dict[str, object]], Exception | None]:
        """Run a cell; its outputs, and what stopped it where it will not be run again."""
        process = self.mend()
        if process.stopped:
            stop = Stopped(process.stopped)
            return [failure(stop)], stop
        process.begin(step.name, self.seconds)
        try:
            outputs = rebuild(process.run(step.source), self._budget)
        except Stopped as stop:
            return [failure(stop)], stop
        self.ran = [*self.ran, step]
        return outputs, None

    def leave(self, name: str, values: dict[str, bytes]) -> None:
        """Bind names for later cells, as a visible test of that name did."""
        self.leftovers = self.leftovers | values
        if not self.process.stopped:
            self.process.begin(name, self.seconds)
            with contextlib.suppress(Stopped):  # the next start sets them
                self.process.set(values)
