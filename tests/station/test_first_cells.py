"""A submission's first cells meet a fresh notebook, whatever the worker did before to be quick."""

from dataclasses import replace

import pytest

from course_utils.grading.plan import BOTH, HIDDEN, RUN
from course_utils.grading.station import Station
from tests.stations import LIMITS, SEED, failed, steps, text_of
from tests.tiny_course import SUMMED

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sandbox")]

LOOK = """\
import signal
import sys
shell, word = get_ipython(), "wa" + "rm"
print(shell.execution_count, len(In), Out, repr(_), sorted(n for n in globals() if word in n))
print([cell for cell in In if word in cell], signal.getsignal(signal.SIGTERM).name)
print(type(sys.stdout).__name__, type(sys.stderr).__name__)"""


def test_nothing_of_the_worker_is_in_the_notebook(plan, station):
    submitted = steps(plan, after=("total", LOOK))
    own = next(step for step in submitted if step.index == 90)
    ran = [s for s in submitted[: submitted.index(own) + 1] if s.kind in (RUN, BOTH)]
    verdict = station.judge(submitted, {})
    assert failed(plan, verdict) == {}
    told = text_of(verdict, 90)
    assert told == f"{len(ran) + 1} {len(ran) + 1} {{}} '' []\n[] SIG_DFL\n_Stream _Stream\n"


CELLS = {
    "plain": ("x = 3\nx + 1", "4"),
    "one_word": ("pwd", "/scratch"),
    "magic": ("%%capture kept\nprint('inside')", ""),
    "in_a_text": ('text = """\n%pwd\n!ls\n"""\ntext', "'\\n%pwd\\n!ls\\n'"),
    "shell": ("found = !echo one; echo two\nlen(found)", "2"),
    "await": ("import asyncio\nawait asyncio.sleep(0, 'woken')", "'woken'"),
    "help": ("y = 1\nlen?\ny", "1"),
}


@pytest.mark.parametrize("name", CELLS)
def test_cells_run_as_in_a_notebook_with_and_without_magics(plan, station, name):
    cell, result = CELLS[name]
    verdict = station.judge(steps(plan, after=("total", cell)), {})
    results = [o["data"]["text/plain"] for o in verdict["outputs"][90] if "data" in o]
    assert failed(plan, verdict) == {}
    assert [r.strip("'") for r in results][-1:] == ([result.strip("'")] if result else [])


def test_a_syntax_error_is_shown(plan, station):
    verdict = station.judge(steps(plan, after=("total", "x = 1\ny = (2")), {})
    assert failed(plan, verdict)["own"].startswith("SyntaxError: ")


def test_closing_the_output_costs_no_processor_time(plan, station):
    cell = (
        "import os, time\nos.close(1), os.close(2)\nbegin = time.process_time()\n"
        "time.sleep(1.5)\nprint(time.process_time() - begin < 0.5)"
    )
    assert text_of(station.judge(steps(plan, after=("total", cell)), {}), 90) == "True\n"


def test_an_assignment_needs_no_hidden_tests(plan):
    open_ = replace(plan, steps=[step for step in plan.steps if step.kind != HIDDEN])
    station = Station(open_, LIMITS, SEED)
    try:
        assert failed(open_, station.judge(steps(open_), {})) == {}
        assert set(failed(open_, station.judge(steps(open_, SUMMED), {}))) == {"test_average"}
    finally:
        station.close()
