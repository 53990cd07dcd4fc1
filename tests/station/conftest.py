import pytest

from course_utils.grading.plan import make_plan
from course_utils.grading.station import Station
from course_utils.release import source_notebook
from tests.stations import LIMITS, SEED
from tests.tiny_course import NAME, make_course


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return make_plan(source_notebook(make_course(tmp_path_factory.mktemp("course")), NAME))


@pytest.fixture(scope="module")
def station(plan):
    opened = Station(plan, LIMITS, SEED)
    yield opened
    opened.close()
