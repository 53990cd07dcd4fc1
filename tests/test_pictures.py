"""Plots that a submission draws are in the graded notebook, as the student saw them."""

import pytest

from course_utils.grading.limits import Limits
from course_utils.grading.plan import RUN, Step, make_plan
from course_utils.grading.station import Station
from course_utils.release import source_notebook
from tests.tiny_course import NAME, SOURCE, make_course

PLOTTED = SOURCE.replace(
    "import numpy as np\n", "import numpy as np\nimport matplotlib.pyplot as plt\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "source", [SOURCE, PLOTTED], ids=["imported by the student", "by the source"]
)
def test_a_plot_is_kept_once(tmp_path, source):
    course = make_course(tmp_path, source)
    plan = make_plan(source_notebook(course, NAME))
    own = [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "plt.plot([2, 1])",  # shown at the cell's end
        "1 + 1",
    ]
    steps = [*plan.steps, *(Step(90 + n, RUN, "", code) for n, code in enumerate(own))]
    station = Station(plan, Limits(), 1)
    try:
        for _ in range(2):
            outputs = station.judge(steps, {})["outputs"]
            kinds = [[sorted(o.get("data", {})) for o in outputs[90 + n]] for n in range(3)]
            picture = ["image/png", "text/plain"]
            assert kinds[0] == [picture]
            assert kinds[1] == [["text/plain"], picture]  # the list of lines, and the plot
            assert kinds[2] == [["text/plain"]]
    finally:
        station.close()
