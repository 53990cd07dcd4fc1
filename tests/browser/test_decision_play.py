"""DecisionPlay as a reader meets it: moved by keyboard and pointer, read back."""

import pytest
from explorable_numbers import agree, expected_of_decision
from explorable_page import centre, drag, mount, nudge, read_all, read_quantity, saved

from course_utils.explore import DecisionPlay

pytestmark = pytest.mark.browser

DECISION_STATES = {
    "default": {},
    "bayes": {"use_bayes_threshold": True},
    "unequal spreads": {"sigma_1": 9, "prior": 0.45, "threshold": 0.3},
    "narrow in wide": {
        "sigma_0": 14,
        "sigma_1": 2,
        "mean_1": 1018,
        "use_bayes_threshold": True,
    },
    "never 1": {"prior": 0.01, "threshold": 1},
    "rare rain": {"prior": 0.01, "use_bayes_threshold": True, "cost_false_negative": 10},
    "almost always rain": {"prior": 0.99, "threshold": 0.0, "cost_false_negative": 0.1},
    "equal classes": {"mean_0": 1010, "mean_1": 1010, "prior": 0.3, "threshold": 0.2},
    "nearly equal spreads": {"sigma_0": 6, "sigma_1": 6.001, "threshold": 0.7},
}


@pytest.mark.parametrize("name", DECISION_STATES)
def test_decision_numbers_agree_with_python(page, tmp_path, name):
    play = DecisionPlay(**DECISION_STATES[name])
    mount(page, play, tmp_path)
    expected = expected_of_decision(play)
    for boundary in ("boundary_1", "boundary_2"):
        if expected[boundary] is None:
            assert page.locator(f'[data-quantity="{boundary}"]').count() == 0
            del expected[boundary]
    agree(page, expected)


SLIDERS = [
    ("Prior probability of class 1", "prior", 0.01),
    ("Mean of class 0", "mean_0", 1),
    ("Mean of class 1", "mean_1", 1),
    ("Spread of class 0", "sigma_0", 0.5),
    ("Spread of class 1", "sigma_1", 0.5),
    ("Cost of a false positive", "cost_false_positive", 0.1),
    ("Cost of a false negative", "cost_false_negative", 0.1),
    ("Threshold", "threshold", 0.01),
    ("Drag the mean of class 0", "mean_0", 1),
    ("Drag the mean of class 1", "mean_1", 1),
    ("Drag the threshold", "threshold", 0.01),
]


@pytest.mark.parametrize(("label", "trait", "step"), SLIDERS)
def test_every_slider_moves_by_keyboard_and_python_hears_of_it(page, tmp_path, label, trait, step):
    play = DecisionPlay()
    mount(page, play, tmp_path)
    old = getattr(play, trait)
    nudge(page, label, "ArrowRight", 3)
    nudge(page, label, "ArrowLeft", 1)
    changes = saved(page)
    assert changes[trait] == pytest.approx(old + 2 * step)
    moved = DecisionPlay(**changes)
    expected = expected_of_decision(moved)
    del expected["boundary_2"]
    agree(page, expected)
    nudge(page, label, "End")
    DecisionPlay(**saved(page))  # the far end is within what Python allows
    nudge(page, label, "Home")
    DecisionPlay(**saved(page))


def test_bayes_threshold_by_keyboard(page, tmp_path):
    mount(page, DecisionPlay(), tmp_path)
    box = page.get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    assert read_quantity(page, "current_threshold") == pytest.approx(2 / 7, abs=1e-12)
    assert read_quantity(page, "excess_risk") == 0
    nudge(page, "Cost of a false negative", "ArrowRight", 10)
    assert read_quantity(page, "current_threshold") == pytest.approx(2 / 8, abs=1e-12)
    box.focus()
    page.keyboard.press("Space")  # letting go keeps the threshold where it is
    assert saved(page)["use_bayes_threshold"] is False
    assert read_quantity(page, "current_threshold") == pytest.approx(2 / 8, abs=1e-12)
    box.focus()
    page.keyboard.press("Space")
    nudge(page, "Threshold", "ArrowRight")  # moving it lets go, too
    assert not box.is_checked()


def test_start_again_restores_creation(page, tmp_path):
    play = DecisionPlay(prior=0.2, sigma_1=9)
    mount(page, play, tmp_path)
    before = read_all(page)
    for label, _, _ in SLIDERS:
        nudge(page, label, "PageUp")
    assert read_all(page) != before
    page.get_by_role("button", name="Start again").press("Enter")
    assert read_all(page) == before


def test_means_and_threshold_dragged_in_the_plot(page, tmp_path):
    mount(page, DecisionPlay(), tmp_path)
    for label, trait, by in (
        ("Drag the mean of class 0", "mean_0", (60, 0)),
        ("Drag the mean of class 1", "mean_1", (-60, 0)),
        ("Drag the threshold", "threshold", (0, -30)),
    ):
        handle = page.get_by_label(label)
        handle.scroll_into_view_if_needed()
        x, y = centre(handle)
        drag(page, (x, y), (x + by[0], y + by[1]))
        moved = centre(handle)
        assert moved[0] - x == pytest.approx(by[0], abs=12)
        assert trait in saved(page)
    changes = saved(page)
    assert changes["mean_0"] > 1018
    assert changes["mean_1"] < 1008
    assert changes["threshold"] > 0.5
    expected = expected_of_decision(DecisionPlay(**changes))
    del expected["boundary_2"]
    agree(page, expected)
