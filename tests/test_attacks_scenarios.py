"""The scenarios themselves: every row has some, and each is what it says."""

from collections import Counter

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from course_utils.grading.outcome import FAILED
from tests.attacks.rows import ROWS, SCENARIOS, SECOND_COURSE
from tests.attacks.world import World

EVERYTHING = [*SCENARIOS, *SECOND_COURSE]
#: Code of these is no Python, on purpose.
NO_PYTHON = {
    "an own cell that fails",
    "a null character escaped in an answer",
    "an answer that is no Python",
    "an answer of a hundred thousand brackets",
}


def test_every_row_has_a_scenario_and_every_scenario_a_row():
    assert {scenario.row for scenario in EVERYTHING} == set(ROWS)


def test_titles_are_unique_and_make_folder_names():
    titles = [scenario.title for scenario in EVERYTHING]
    assert [title for title, times in Counter(titles).items() if times > 1] == []
    for title in titles:
        assert title == title.strip()
        assert not set(title) & set("*?[]\\\n")
        assert len(title) < 90


@pytest.mark.parametrize("scenario", EVERYTHING, ids=lambda s: s.title)
def test_the_code_is_python_and_all_places_are_known(scenario, tmp_path):
    world = World(tmp_path)
    world.places |= dict.fromkeys(("PORT4", "PORT6", "UDP"), "1")
    transform = TransformerManager().transform_cell
    for code in scenario.code:
        if scenario.title not in NO_PYTHON:
            compile(transform(world.fill_in(code)), "cell", "exec", flags=0x2000)  # await allowed
    assert scenario.state != FAILED or isinstance(scenario.says, str)


def test_what_is_said_is_said_of_those_who_lost_something():
    for scenario in EVERYTHING:
        if scenario.state == FAILED:
            assert scenario.marks == {}, scenario.title
        elif scenario.marks:
            assert scenario.says.keys() <= scenario.marks.keys(), scenario.title
