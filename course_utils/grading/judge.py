"""The judge: runs the tests of a notebook here, on answers that run in another process.

It goes through a submission in its order. Cells of the student run in the student's process. Tests
run here, with stand-ins for what the answers define. A hidden test is judged after all cells, in a
process as it was where the test stands (see `moment`): what it passes there is seen by no cell
whose output is kept.
"""

import contextlib
import io
from functools import cache
from typing import Any, NamedTuple

from course_utils.grading.cell_outputs import failure, printed
from course_utils.grading.cell_syntax import defined_names, parse, read_names, used_names
from course_utils.grading.conversation import Keeper
from course_utils.grading.learnt import Learnt
from course_utils.grading.library_names import pack_plain
from course_utils.grading.limits import Limits
from course_utils.grading.moment import Moment, Moments
from course_utils.grading.plan import BOTH, HIDDEN, RUN, VISIBLE, Plan, Step
from course_utils.grading.process import StudentProcess
from course_utils.grading.raised import RaisedByStudent, Stopped
from course_utils.grading.reference_run import with_its_line
from course_utils.grading.runner import Runner
from course_utils.grading.time_limit import at_most

#: Seconds that a test may take here, beyond those the student's code may.
_GRACE = 5
_NO_TIME = "the time for the whole notebook was used up before this was reached"
#: Bytes of values that visible tests may leave behind for a student's later cells.
_LARGEST_LEFTOVER = 8_000_000

Outputs = list[dict[str, Any]]


class _PutOff(NamedTuple):
    """A hidden test that waits for the end, and all as it was where the test stands."""

    step: Step
    moment: Moment
    namespace: dict[str, Any]
    locked: list[Step]


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
        self._read_by_student = set().union(*(read_names(s.source) for s in steps if s.kind == RUN))
        self._runner = Runner(self.keeper, self.limits, self.learnt, files)
        self._moments = Moments(self._runner, self.plan.preload)
        waiting: list[_PutOff] = []
        for step in steps:
            if step.kind in (RUN, BOTH):
                self._moments.before_cell(step)
                self._outputs[step.index] = self._run(step)
            elif step.kind == VISIBLE:
                self._outputs[step.index] = self._test(step, self._runner.mend())
                self._leave_behind(step)
            elif step.kind == HIDDEN:
                moment = self._moments.of(step)
                waiting.append(_PutOff(step, moment, dict(self._namespace), self._locked))
        self._moments.end()
        for put_off, following in zip(waiting, [*waiting[1:], None], strict=False):
            self._outputs[put_off.step.index] = self._catch_up(put_off)
            if following is None or following.moment is not put_off.moment:
                put_off.moment.close()
        return self._outputs

    def _run(self, step: Step) -> Outputs:
        outputs, stop = self._runner.run(step)
        defined = defined_names(step.source)
        self._unmade = {n: e for n, e in self._unmade.items() if n not in defined}
        if stop is not None:
            self._unmade |= dict.fromkeys(defined, stop)
        elif outputs and outputs[-1]["output_type"] == "error":
            what = outputs[-1]
            error = RaisedByStudent(what["ename"], what["evalue"], what["traceback"])
            self._unmade |= dict.fromkeys(defined, error)
        if step.kind == BOTH:
            self._locked = [*self._locked, step]
            self._in_locked_cells |= used_names(step.source)
            self._run_locked(step, self._runner.process)
        return outputs

    def _run_locked(self, step: Step, process: StudentProcess) -> None:
        """Run a locked cell here too, for what tests use of it."""
        process.begin(step.name, self._runner.seconds)
        with (
            contextlib.suppress(Exception),  # of an answer it calls; tests say what they miss
            contextlib.redirect_stdout(io.StringIO()),
            at_most(self._runner.seconds + _GRACE),
        ):
            self._bind(step, process)
            exec(_compiled(step.source, step.name), self._namespace)

    def _test(self, step: Step, process: StudentProcess, *, quiet: bool = False) -> Outputs:
        """Run a test cell; ``quiet`` drops what the student's code printed meanwhile."""
        if self._runner.time_is_up:
            return [failure(Stopped(_NO_TIME))]
        process.begin(step.name, self._runner.seconds)
        with contextlib.redirect_stdout(io.StringIO()) as said:
            error = self._outcome(step, process)
        text = ("" if quiet else process.printed) + said.getvalue()
        return printed(text) + ([failure(error)] if error is not None else [])

    def _outcome(self, step: Step, process: StudentProcess) -> BaseException | None:
        try:
            with at_most(self._runner.seconds + _GRACE):
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
        names = defined_names(step.source) & self._read_by_student - set(self.plan.names)
        values = {n: pack_plain(self._namespace[n]) for n in names if n in self._namespace}
        small = {n: v for n, v in values.items() if v and len(v) <= _LARGEST_LEFTOVER}
        if small:
            self._moments.before_leaving(set(small))
            self._runner.leave(step.name, small)

    def _catch_up(self, put_off: _PutOff) -> Outputs:
        """Judge a hidden test in the state that was kept for it."""
        outputs = self._test_put_off(put_off, put_off.moment.process())
        if (another := put_off.moment.another()) is not None:
            outputs = self._test_put_off(put_off, another)
        return outputs

    def _test_put_off(self, put_off: _PutOff, process: StudentProcess) -> Outputs:
        self._namespace = dict(put_off.namespace)
        for locked in put_off.locked:  # anew: their functions look names up where they were made
            self._run_locked(locked, process)
        return self._test(put_off.step, process, quiet=True)


@cache
def _compiled(source: str, name: str) -> Any:
    return compile(parse(source), f"<{name}>", "exec")


def prepare(plan: Plan) -> None:
    """Read an assignment's cells, once for all judges that are forked from this process."""
    for step in plan.steps:
        used_names(step.source)
        defined_names(step.source)
        if step.kind != RUN:
            _compiled(step.source, step.name)
