"""What every explorable does: follow Python, keep its views in step, leave nothing behind."""

import pytest
from explorable_page import mount, nudge, read_quantity, receive, saved

from course_utils.explore import DecisionPlay, PerceptronPlay
from tests.plays import BUSY

pytestmark = pytest.mark.browser


def test_python_changes_redraw_and_two_views_stay_in_step(page, tmp_path):
    mount(page, DecisionPlay(), tmp_path, views=2)
    receive(page, prior=0.6123456, sigma_1=8.0)
    for view in (0, 1):
        assert read_quantity(page, "prior", view) == 0.6123456
        expected = DecisionPlay(prior=0.6123456, sigma_1=8.0).risk
        assert read_quantity(page, "risk", view) == pytest.approx(expected, abs=1e-9)
    assert saved(page) == {}  # hearing from Python is no reason to answer
    nudge(page, "Mean of class 0", "ArrowRight")
    assert read_quantity(page, "risk", 0) == read_quantity(page, "risk", 1)
    assert page.get_by_label("Mean of class 0", exact=True).nth(1).input_value() == "1019"


def test_two_views_of_a_perceptron(page, tmp_path):
    mount(page, PerceptronPlay(), tmp_path, views=2)
    page.get_by_role("button", name="Step", exact=True).first.press("Enter")
    receive(page, steps=6)
    assert [read_quantity(page, "examples_seen", view) for view in (0, 1)] == [6, 6]
    page.get_by_role("button", name="Step", exact=True).nth(1).press("Enter")
    assert [read_quantity(page, "examples_seen", view) for view in (0, 1)] == [7, 7]


@pytest.mark.parametrize("play", BUSY.values(), ids=BUSY)
def test_a_closed_view_leaves_nothing_behind(page, tmp_path, play):
    mount(page, play(), tmp_path, views=2)
    both = page.evaluate("listenerCount()")
    page.evaluate("disposers[0]()")
    assert page.evaluate("listenerCount()") == both / 2
    assert page.locator(".fnn-play").count() == 1
    page.evaluate("disposers[1]()")
    assert page.evaluate("listenerCount()") == 0
