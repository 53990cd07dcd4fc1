"""A class of attackers and honest students, graded at once: nobody gains, nobody else loses."""

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_utils.grading.outcome import FAILED
from tests.attacks.harness import HONEST, WITH_TORCH, assert_as_expected, grade_class
from tests.attacks.rows import SCENARIOS
from tests.attacks.world import World, survivors
from tests.tiny_course import NAME, make_course

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graded(sandbox, tmp_path_factory):
    """The class after its run."""
    world = World(tmp_path_factory.mktemp("attacked"))
    with world.opened():
        course = make_course(world.root / "course", source=WITH_TORCH)
        yield grade_class(world, course, SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.title)
def test_scenario(graded, scenario):
    assert_as_expected(graded, scenario)


def test_honest_siblings_get_what_they_earned(graded):
    assert len(graded.siblings) > 30
    for student, kind in graded.siblings.items():
        _, marks, diagnoses = HONEST[kind]
        outcome = graded.outcomes[student]
        assert outcome.state != FAILED, (student, outcome.why)
        assert {q: outcome.questions[q][0] for q in marks} == marks, student
        assert outcome.diagnoses.keys() == diagnoses.keys(), student
        for question, text in diagnoses.items():
            assert text in outcome.diagnoses[question], student


def test_the_gradebook_says_the_same_and_nothing_else(graded):
    path = graded.run.folder / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as gradebook:
        assert [a.name for a in gradebook.assignments] == [NAME]
        assert gradebook.find_assignment(NAME).max_score == 8
        known = {s.student.id: s for s in gradebook.assignment_submissions(NAME)}
        graded_ones = {n: o for n, o in graded.outcomes.items() if o.state != FAILED}
        assert graded_ones.keys() <= known.keys() <= graded.outcomes.keys()
        for student, outcome in graded_ones.items():
            assert known[student].score == outcome.score, student
            assert len(known[student].notebooks) == 1
        for student in known.keys() - graded_ones.keys():
            assert known[student].score == 0, student


def test_nothing_outside_of_the_class_changed(graded):
    assert graded.world.state() == graded.before


def test_nobody_reached_a_listener_and_each_would_have_heard(graded):
    assert graded.world.contacts == []
    knocked = graded.world.knock()
    assert {"PORT4", "UDP", "ABSTRACT", "SOCKET"} <= knocked
    assert set(graded.world.contacts) == knocked


def test_nothing_of_an_attack_is_still_running_or_lying_about(graded):
    assert survivors() == []


def test_no_secret_stands_in_any_graded_notebook(graded):
    """Test cells hold the hidden tests, which feedback takes out; nothing else may."""
    looked_at = 0
    owners = [s for s, kind in graded.siblings.items() if "@SECRET@" in str(HONEST[kind][0])]
    for path in graded.run.folder.glob("autograded/*/*/*"):
        student = path.parent.parent.name
        content = path.read_bytes() if path.is_file() else b""
        if student not in owners:
            assert graded.world.secret.encode() not in content, path
        if path.name != graded.run.file_name:
            assert b"secret_of_the" not in content, path
            continue
        for cell in nbformat.read(path, as_version=4).cells:
            text = str(cell.get("outputs", ""))
            assert "secret_of_the_tests" not in text, path
            assert "secret_of_the_solution" not in text, path
            assert "BEGIN HIDDEN TESTS" not in text, path
            looked_at += 1
    assert owners
    assert looked_at > 1000
