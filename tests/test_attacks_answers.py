"""Classes, generators, callbacks, tensors: honest answers earn all, slips are named, theft nothing."""

import pytest

from course_utils.grading.outcome import GRADED
from tests.attacks.harness import assert_as_expected, grade_class
from tests.attacks.innocent_course import POINTS, QUESTIONS, RIGHT, SOURCE
from tests.attacks.rows import SECOND_COURSE
from tests.attacks.world import World, survivors
from tests.tiny_course import make_course

pytestmark = pytest.mark.slow
HONEST = [({}, dict.fromkeys(QUESTIONS, POINTS), {})]


@pytest.fixture(scope="module")
def graded(sandbox, tmp_path_factory):
    """The second course's class after its run."""
    world = World(tmp_path_factory.mktemp("answered"))
    with world.opened():
        course = make_course(world.root / "course", source=SOURCE)
        yield grade_class(world, course, SECOND_COURSE, RIGHT, HONEST)


@pytest.mark.parametrize("scenario", SECOND_COURSE, ids=lambda s: s.title)
def test_scenario(graded, scenario):
    assert_as_expected(graded, scenario)


def test_honest_siblings_get_full_marks(graded):
    for student in graded.siblings:
        outcome = graded.outcomes[student]
        assert (outcome.state, outcome.score, outcome.diagnoses) == (
            GRADED, POINTS * len(QUESTIONS), {},
        )  # fmt: skip


def test_nothing_else_changed(graded):
    assert graded.world.state() == graded.before
    assert survivors() == []
