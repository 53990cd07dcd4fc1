"""The judge: runs the tests of a notebook here, on answers that run in another process.

It goes through a submission in its order. Cells of the student run in the student's process. Tests
run here, with stand-ins for what the answers define. A hidden test is judged after all cells, on a
copy of the student's process as it was where the test stands: what it passes there is seen by no
cell whose output is kept.
"""

import contextlib
import io
import time
from functools import cache
from typing import Any, NamedTuple

from course_utils.grading.cell_outputs import failure, printed, rebuild
from course_utils.grading.cell_syntax import defined_names, parse, used_names
from course_utils.grading.learnt import Learnt
from course_utils.grading.library_names import pack_plain
from course_utils.grading.limits import Limits
from course_utils.grading.plan import (
    BOTH,
    HIDDEN,
    RUN,
    VISIBLE,
    Plan,
    Step,
)
from course_utils.grading.process import Keeper, StudentProcess
from course_utils.grading.raised import RaisedByStudent, Stopped
from course_utils.grading.reference_run import with_its_line
from course_utils.grading.time_limit import at_most

#: Times a submission's process is started anew after a cell has ended it.
_RESTARTS = 5
#: Seconds that a test may take here, beyond those the student's code may.
_GRACE = 5
_NO_TIME = "the time for the whole notebook was used up before this was reached"
#: Bytes of values that visible tests may leave behind for a student's later cells.
_LARGEST_LEFTOVER = 8_000_000

Outputs = list[dict[str, Any]]


class _PutOff(NamedTuple):
    """A hidden test that waits for the end, and what it will be judged on."""

    step: Step
    process: StudentProcess
    namespace: dict[str, Any]
    locked: list[Step]
    ran: list[Step]


class Judge:
    """Judges one submission.

    Parameters
    ----------
    plan
        The assignment.
    keeper
        Starts students' processes.
    limits
        What the submission may use.
    learnt
        What the reference answer's run taught; filled where this is that run.
    """

    def __init__(self, plan: Plan, keeper: Keeper, limits: Limits, learnt: Learnt) -> None:
        self.plan, self.keeper, self.limits, self.learnt = plan, keeper, limits, learnt
        self._namespace: dict[str, Any] = {"__name__": "__main__"}
        self._locked: list[Step] = []
        self._in_locked_cells: set[str] = set()
        self._outputs: dict[int, Outputs] = {}
        self._leftovers: dict[str, bytes] = {}
        self._unmade: dict[str, Exception] = {}

    def judge(self, steps: list[Step], files: dict[str, bytes]) -> dict[int, Outputs]:
        """Outputs of each cell of a submission, by its index in the notebook.

        Parameters
        ----------
        steps
            The submission's code cells.
        files
            Other files it came with.
        """
        self._steps, self._files = steps, files
        self._read_by_student = set().union(*(used_names(s.source) for s in steps if s.kind == RUN))
        self._end = time.monotonic() + self.limits.total_seconds
        self._ran: list[Step] = []
        self._starts = 0
        waiting: list[_PutOff] = []
        self._start()
        for step in steps:
            if step.kind in (RUN, BOTH):
                self._outputs[step.index] = self._run(step)
            elif step.kind == VISIBLE:
                self._outputs[step.index] = self._test(step, self._process)
                self._leave_behind(step)
            elif step.kind == HIDDEN:
                put_off = self._put_off(step)
                waiting += [put_off] if put_off is not None else []
        for put_off in waiting:
            self._outputs[put_off.step.index] = self._catch_up(put_off)
        return self._outputs

    def _start(self) -> None:
        """Start a process for the student's code and bring it to where the last one was."""
        self._starts += 1
        self._process = StudentProcess(self.keeper, self.learnt)
        try:
            self._process.begin("", self._seconds())
            if self._files:
                self._process.write_files(self._files)
            for step in self._ran:
                self._process.begin(step.name, self._seconds())
                self._process.run(step.source)
            if self._leftovers:
                self._process.set(self._leftovers)
        except Stopped:
            pass  # it stays stopped, and says why at each test

    def _run(self, step: Step) -> Outputs:
        if step.kind == BOTH:
            self._locked.append(step)
            self._in_locked_cells |= used_names(step.source)
            exec(_compiled(step.source, step.name), self._namespace)
        if self._process.stopped and not self._start_again():
            return [failure(Stopped(self._process.stopped))]
        self._process.begin(step.name, self._seconds())
        defined = defined_names(step.source)
        self._unmade = {n: e for n, e in self._unmade.items() if n not in defined}
        try:
            outputs = rebuild(self._process.run(step.source)[1])
        except Stopped as stop:
            self._unmade |= dict.fromkeys(defined, stop)
            return [failure(stop)]  # the next start leaves this cell out
        self._ran.append(step)
        if outputs and outputs[-1]["output_type"] == "error":
            what = outputs[-1]
            error = RaisedByStudent(what["ename"], what["evalue"], what["traceback"])
            self._unmade |= dict.fromkeys(defined, error)
        return outputs

    def _start_again(self) -> bool:
        if self._starts <= _RESTARTS and time.monotonic() < self._end:
            self._start()
        return not self._process.stopped

    def _test(self, step: Step, process: StudentProcess, *, quiet: bool = False) -> Outputs:
        """Run a test cell; ``quiet`` drops what the student's code printed meanwhile."""
        if time.monotonic() > self._end:
            return [failure(Stopped(_NO_TIME))]
        if process.stopped and process is self._process and self._start_again():
            process = self._process
        process.begin(step.name, self._seconds())
        with contextlib.redirect_stdout(io.StringIO()) as said:
            error = self._outcome(step, process)
        text = ("" if quiet else process.printed) + said.getvalue()
        return printed(text) + ([failure(error)] if error is not None else [])

    def _outcome(self, step: Step, process: StudentProcess) -> BaseException | None:
        try:
            with at_most(self._seconds() + _GRACE):
                self._bind(step, process)
                exec(_compiled(step.source, step.name), self._namespace)
        except NameError as error:  # of what a cell was to define and failed: say why it failed
            return self._unmade.get(getattr(error, "name", None) or "", error)
        except Exception as error:
            return with_its_line(error, step) if self.learnt.learning else error
        except BaseException as error:  # a test that ends the interpreter passes nobody
            return RuntimeError(f"the test ended with {type(error).__name__}")
        return None

    def _bind(self, step: Step, process: StudentProcess) -> None:
        """Give a test what the student's names stand for now."""
        wanted = used_names(step.source) | self._in_locked_cells
        for name in self.plan.names:
            if name not in wanted:
                continue
            self._namespace.pop(name, None)
            with contextlib.suppress(NameError):  # the test says so where it needs the name
                self._namespace[name] = process.get(name)

    def _leave_behind(self, step: Step) -> None:
        """Let later cells see what a visible test bound, as they do in the student's notebook."""
        names = used_names(step.source) & self._read_by_student - set(self.plan.names)
        values = {n: pack_plain(self._namespace[n]) for n in names if n in self._namespace}
        small = {n: v for n, v in values.items() if v and len(v) <= _LARGEST_LEFTOVER}
        self._leftovers |= small
        if small and not self._process.stopped:
            self._process.begin(step.name, self._seconds())
            with contextlib.suppress(Stopped):
                self._process.set(small)

    def _put_off(self, step: Step) -> "_PutOff | None":
        """What a hidden test will need, as things are now; None where it was judged at once."""
        if self._process.stopped and not self._start_again():
            self._outputs[step.index] = [failure(Stopped(self._process.stopped))]
            return None
        try:
            process = self._process.checkpoint()
        except Stopped as stop:
            self._outputs[step.index] = [failure(stop)]
            return None
        return _PutOff(step, process, dict(self._namespace), list(self._locked), list(self._ran))

    def _catch_up(self, put_off: "_PutOff") -> Outputs:
        """Judge a hidden test on what was kept for it."""
        self._namespace = put_off.namespace
        for locked in put_off.locked:  # anew: their functions look names up where they were made
            exec(_compiled(locked.source, locked.name), self._namespace)
        process = put_off.process
        if not process.answers() and self._starts <= _RESTARTS:  # another test's copy killed it
            self._ran = put_off.ran
            self._start()
            process = self._process
        outputs = self._test(put_off.step, process, quiet=True)
        put_off.process.close()
        return outputs

    def _seconds(self) -> float:
        return max(min(self.limits.cell_seconds, self._end - time.monotonic()), 0.05)


@cache
def _compiled(source: str, name: str) -> Any:
    return compile(parse(source), f"<{name}>", "exec")


def prepare(plan: Plan) -> None:
    """Compile an assignment's tests, once for all judges that are forked from this process."""
    for step in plan.steps:
        used_names(step.source)
        if step.kind != RUN:
            _compiled(step.source, step.name)
