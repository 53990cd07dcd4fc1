"""Grading a class: stock nbgrader, nbgrader with the judge, `course grade`, in one run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.grading_classes import TITLES, Bench
from benchmarks.grading_runs import COURSE, PLUGIN, STOCK, GradingRow, measured, own_seconds
from course_utils.grading import sandbox
from course_utils.release import source_notebook

#: Submissions of each class: enough that the fast ways are measured for some seconds too.
SIZES = {STOCK: 4, PLUGIN: 8, COURSE: 30}


@pytest.mark.parametrize("assignment", TITLES)
def test_grading(assignment: str, tmp_path: Path, graded: Callable[[GradingRow], None]) -> None:
    """One notebook, three ways."""
    if (reason := sandbox.why_unavailable()) is not None:
        pytest.skip(reason)
    bench = Bench(tmp_path, assignment)
    bench.write()
    own = own_seconds(source_notebook(bench.tree, assignment))
    for way, size in SIZES.items():
        folder = bench.make_class(way.replace(" ", "-"), size)
        place = bench.stock(folder) if way == STOCK else bench.course
        graded(measured(assignment, way, place, folder, size, own))
