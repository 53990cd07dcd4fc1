"""An executor that runs answers in the process of the tests: quick, and for what surrounds it."""

import contextlib
import io
import traceback

import nbformat
import pytest

from course_utils.checks import SEED_VARIABLE
from course_utils.course_tree import CourseError
from course_utils.grading.execution import Execute


class PoolInThisProcess:
    """Judges submissions one after another, here, as `InThisProcess` runs them."""

    def __init__(self, plan, limits, seed, **_):
        self.seed = seed

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def judge_all(self, tasks):
        for task in tasks:
            notebook = nbformat.from_dict(task.extra[1])
            executor = InThisProcess()
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(SEED_VARIABLE, str(self.seed))
                try:
                    executor.preprocess(notebook, {"nbgrader": {"student": task.student}})
                except CourseError:
                    raise
                except Exception as problem:  # as `JudgePool` has it
                    yield task, {"failed": f"no worker could judge it ({type(problem).__name__})"}
                    continue
            code = {n: c for n, c in enumerate(notebook.cells) if c.cell_type == "code"}
            yield task, {"outputs": {n: c.outputs for n, c in code.items()}}


class InThisProcess(Execute):
    """An executor without a sandbox, to try in a second what surrounds the execution."""

    description = "in the process of the tests"
    pool = PoolInThisProcess
    #: Students' notebooks it has run.
    ran = []  # noqa: RUF012
    #: Called before each.
    before = None

    def preprocess(self, nb, resources=None, **_):
        student = resources["nbgrader"]["student"]
        type(self).ran.append(student)
        if type(self).before is not None:
            type(self).before(student)
        namespace = {"__name__": "__main__"}
        for number, code in enumerate((c for c in nb.cells if c.cell_type == "code"), 1):
            code.outputs, code.execution_count = self._run(code.source, namespace), number
        return nb, resources

    def _run(self, source, namespace):
        printed = io.StringIO()
        outputs = []
        if "%pip" in source:  # the set-up cell: IPython's syntax, and nothing to do here
            return outputs
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(source, "cell", "exec"), namespace)
        except Exception as error:
            outputs.append(
                nbformat.v4.new_output(
                    "error",
                    ename=type(error).__name__,
                    evalue=str(error),
                    traceback=traceback.format_exc().splitlines(),
                )
            )
        if printed.getvalue():
            outputs.insert(0, nbformat.v4.new_output("stream", text=printed.getvalue()))
        return outputs
