"""The laboratories in the built pages, with no kernel: moved by keyboard, checked against Python."""

import pytest
from explorable_numbers import agree, expected_of_decision, expected_of_perceptron
from explorable_page import nudge, overflowing, read_quantity
from test_book_pages import THEMES, open_page

from course_utils.explore import DecisionPlay, PerceptronPlay

pytestmark = pytest.mark.browser


def decision_as_shown(page):
    """A DecisionPlay with the inputs that the page shows."""
    inputs = [name for name in DecisionPlay().start if "threshold" not in name]
    shown = {name: read_quantity(page, name) for name in inputs}
    following = page.get_by_role("checkbox", name="Use the Bayes threshold").is_checked()
    threshold = read_quantity(page, "current_threshold")
    return DecisionPlay(**shown, threshold=threshold, use_bayes_threshold=following)


def test_decision_by_keyboard(page, address):
    open_page(page, address, "01_decision_theory")
    agree(page, expected_of_decision(DecisionPlay()))
    moves = {
        "Prior probability of class 1": ("ArrowRight", 7),
        "Mean of class 0": ("ArrowLeft", 4),
        "Spread of class 1": ("ArrowRight", 5),
        "Cost of a false positive": ("ArrowRight", 9),
        "Threshold": ("ArrowLeft", 6),
    }
    risks = [read_quantity(page, "risk")]
    for label, (key, times) in moves.items():
        nudge(page, label, key, times)
        play = decision_as_shown(page)
        agree(page, expected_of_decision(play))
        risks.append(read_quantity(page, "risk"))
    assert len(set(risks)) == len(risks), "a control moved nothing"
    page.get_by_role("checkbox", name="Use the Bayes threshold").focus()
    page.keyboard.press("Space")
    assert read_quantity(page, "risk") == pytest.approx(read_quantity(page, "bayes_risk"))
    agree(page, expected_of_decision(decision_as_shown(page)))


@pytest.mark.parametrize("preset", ["AND", "Narrow margin", "XOR"])
def test_perceptron_by_keyboard(page, address, preset):
    open_page(page, address, "03_perceptron")
    chosen = page.get_by_role("radio", name=preset, exact=True)
    chosen.focus()
    page.keyboard.press("Space")
    step = page.get_by_role("button", name="Next mistake", exact=True)
    step.focus()
    for _ in range(6):
        page.keyboard.press("Enter")
    seen = int(read_quantity(page, "examples_seen"))
    play = PerceptronPlay(preset=preset, steps=seen)
    assert read_quantity(page, "mistakes") == 6 == play.mistakes
    agree(page, expected_of_perceptron(play))


def test_perceptron_point_placed_by_keyboard_changes_the_margin(page, address):
    open_page(page, address, "03_perceptron")
    before = read_quantity(page, "margin"), read_quantity(page, "radius")
    plane = page.get_by_role("application").first
    plane.focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    assert (read_quantity(page, "margin"), read_quantity(page, "radius")) != before


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["01_decision_theory", "03_perceptron"])
def test_laboratory_fits_the_page(page, address, screenshots, name, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, address, name, theme)
    assert overflowing(page) == []
    play = page.locator(".fnn-play").first
    play.scroll_into_view_if_needed()
    play.screenshot(path=screenshots / f"{name}-play-{width}-{theme}.png")
