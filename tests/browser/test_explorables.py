"""The explorables as a reader meets them: moved by keyboard and pointer, read back, looked at."""

import pytest
from explorable_page import (
    mount,
    nudge,
    read_all,
    read_quantity,
    receive,
    saved,
)

from course_utils.explore import DecisionPlay, PerceptronPlay
from course_utils.margin import margin, max_margin_separator, radius

pytestmark = pytest.mark.browser

DECISION_STATES = {
    "default": {},
    "bayes": {"use_bayes_threshold": True},
    "unequal spreads": {"sigma_1": 9, "prior": 0.45, "threshold": 0.3},
    "narrow inside wide": {
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
PERCEPTRON_STATES = {
    "start": {},
    "and": {"preset": "AND", "steps": 9},
    "and, converged": {"preset": "AND", "steps": 5000},
    "xor": {"preset": "XOR", "steps": 38},
    "wide": {"preset": "Wide margin", "steps": 100, "show_separator": True},
    "narrow": {"preset": "Narrow margin", "steps": 77, "show_meeting": False},
    "mixed": {"preset": "Not separable", "steps": 1234},
    "one point": {"points": [[1, 1, -1]], "steps": 3},
    "one place, two classes": {"points": [[1, 1, -1], [1, 1, 1]], "steps": 11},
    "no point": {"points": [], "steps": 5},
}


def expected_of_decision(play):
    (tn, fp), (fn, tp) = play.confusion
    ends = [*play.boundaries, None, None]
    return {
        **{name: getattr(play, name) for name in play.start if "threshold" not in name},
        "current_threshold": play.current_threshold,
        "bayes_threshold": play.bayes_threshold,
        "boundary_1": ends[0], "boundary_2": ends[1],
        "true_negative": tn, "false_positive": fp, "false_negative": fn, "true_positive": tp,
        "cost_of_false_positives": fp * play.cost_false_positive,
        "cost_of_false_negatives": fn * play.cost_false_negative,
        "risk": play.risk, "bayes_risk": play.bayes_risk,
        "excess_risk": max(0, play.risk - play.bayes_risk),
    }  # fmt: skip


def expected_of_perceptron(play):
    w, k = play.weights, play.mistakes
    R = radius(play.X) if play.points else 0
    best = max_margin_separator(play.X, play.y) if play.separable else None
    gamma = margin(best, play.X, play.y) if play.separable else None
    return {
        **dict(zip(("weight_0", "weight_1", "weight_2"), w, strict=True)),
        "mistakes": k, "radius": R, "margin": gamma,
        "mistake_bound": play.mistake_bound if play.separable else None,
        "inner_product": w @ best if play.separable else None,
        "inner_product_bound": k * gamma if play.separable else None,
        "squared_norm": w @ w, "squared_norm_bound": k * R**2,
        "errors": int((play.y * (play.X @ w) <= 0).sum()) if play.points else 0,
    }  # fmt: skip


def agree(page, expected):
    got = read_all(page)
    assert set(expected) <= set(got)
    for name, value in expected.items():
        if value is None:
            assert got[name] is None, name
        else:
            # The sentence leaves out a boundary that does not exist, hence a missing node is None.
            assert got[name] == pytest.approx(value, rel=1e-9, abs=1e-9), name


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


@pytest.mark.parametrize("name", PERCEPTRON_STATES)
def test_perceptron_numbers_agree_with_python(page, tmp_path, name):
    play = PerceptronPlay(**PERCEPTRON_STATES[name])
    mount(page, play, tmp_path)
    agree(page, expected_of_perceptron(play))


# --- by keyboard ------------------------------------------------------------------------------------

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


def plane(page):
    return page.get_by_role("application")


def test_perceptron_stepped_by_keyboard(page, tmp_path):
    mount(page, PerceptronPlay(preset="AND"), tmp_path)
    for steps in range(1, 31):
        page.get_by_role("button", name="Step", exact=True).press("Enter")
        agree(page, expected_of_perceptron(PerceptronPlay(preset="AND", steps=steps)))
        assert saved(page)["steps"] == steps
    page.get_by_role("button", name="Back").press("Space")
    assert read_quantity(page, "examples_seen") == 29
    jump = page.get_by_role("button", name="Next mistake")
    bound = read_quantity(page, "mistake_bound")
    while jump.is_enabled():
        made = read_quantity(page, "mistakes")
        jump.press("Enter")
        assert read_quantity(page, "mistakes") in (made, made + 1)
        assert read_quantity(page, "inner_product") >= read_quantity(page, "inner_product_bound")
        assert read_quantity(page, "squared_norm") <= read_quantity(page, "squared_norm_bound")
    assert read_quantity(page, "errors") == 0
    assert read_quantity(page, "mistakes") <= bound
    assert "converged" in page.locator(".fnn-forecast").inner_text()
    page.get_by_role("button", name="Reset").press("Enter")
    assert read_quantity(page, "squared_norm") == 0


def test_xor_goes_round(page, tmp_path):
    mount(page, PerceptronPlay(), tmp_path)
    page.get_by_role("radio", name="XOR").press("Space")
    assert saved(page)["points"] == [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]
    for _ in range(4):
        page.get_by_role("button", name="Step", exact=True).press("Enter")
    assert "in a cycle of 4" in page.locator(".fnn-forecast").inner_text()
    assert read_quantity(page, "mistake_bound") is None
    assert not page.get_by_text("Margin γ").is_visible()


def test_points_placed_and_removed_by_keyboard(page, tmp_path):
    mount(page, PerceptronPlay(points=[]), tmp_path)
    assert page.get_by_role("button", name="Step", exact=True).is_disabled()
    for _ in range(3):
        plane(page).press("ArrowRight")
    plane(page).press("Shift+ArrowUp")
    plane(page).press("Enter")
    page.get_by_role("radio", name="−1").press("Space")
    for _ in range(5):
        plane(page).press("ArrowLeft")
    plane(page).press("Space")
    assert saved(page)["points"] == [[0.3, 0.5, 1], [-0.2, 0.5, -1]]
    agree(page, expected_of_perceptron(PerceptronPlay(points=saved(page)["points"])))
    plane(page).press("Enter")  # the same class on the same place: nothing new
    assert len(saved(page)["points"]) == 2
    page.get_by_role("radio", name="+1").press("Space")
    plane(page).press("Enter")  # another class: the point changes sides
    assert saved(page)["points"][1] == [-0.2, 0.5, 1]
    plane(page).press("Delete")
    assert saved(page)["points"] == [[0.3, 0.5, 1]]
    plane(page).press("Delete")
    assert len(saved(page)["points"]) == 1
    PerceptronPlay(points=saved(page)["points"])


def test_changing_the_points_starts_anew(page, tmp_path):
    mount(page, PerceptronPlay(steps=7), tmp_path)
    plane(page).press("ArrowDown")
    plane(page).press("Shift+ArrowDown")
    plane(page).press("Enter")
    assert read_quantity(page, "examples_seen") == 0
    assert len(saved(page)["points"]) == 5


def test_no_more_than_forty_points(page, tmp_path):
    full = [[round(-1.9 + 0.09 * i, 1), 1, 1] for i in range(40)]
    mount(page, PerceptronPlay(points=full), tmp_path)
    for _ in range(4):
        plane(page).press("Shift+ArrowDown")
    plane(page).press("Enter")
    assert "points" not in saved(page)
    page.get_by_text("No more than 40 points.").wait_for(state="attached")


# --- by pointer and finger ----------------------------------------------------------------------------


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*((a + b) / 2 for a, b in zip(start, end, strict=True)))
    page.mouse.move(*end)
    page.mouse.up()


def centre(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


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


def spot(page, x1, x2):
    """Where a point of the plane lies on the screen, by the tick labels of the axes."""
    box = page.locator(".fnn-plane .fnn-grab").first.bounding_box()
    other = page.locator(".fnn-plane .fnn-grab").last.bounding_box()
    unit = other["x"] - box["x"]  # AND: the first point is (0, 0), the last (1, 1)
    return box["x"] + box["width"] / 2 + unit * x1, box["y"] + box["height"] / 2 - unit * x2


def test_points_clicked_dragged_and_erased(page, tmp_path):
    mount(page, PerceptronPlay(preset="AND"), tmp_path)
    at = {p: spot(page, *p) for p in ((-1, 1), (0, 0), (1, 1), (1.5, 1.5))}
    page.mouse.click(*at[-1, 1])
    assert saved(page)["points"][-1] == [-1, 1, 1]
    drag(page, at[1, 1], at[1.5, 1.5])
    assert saved(page)["points"][3] == [1.5, 1.5, 1]
    assert len(saved(page)["points"]) == 5
    page.get_by_role("radio", name="or removes").press("Space")
    page.mouse.click(*at[0, 0])
    assert saved(page)["points"][0] == [0, 1, -1]
    page.mouse.click(*at[0, 0])  # nothing there any more
    assert len(saved(page)["points"]) == 4


def test_a_tap_places_a_point(chromium, tmp_path):
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    mount(page, PerceptronPlay(preset="AND"), tmp_path)
    page.touchscreen.tap(*spot(page, -1, 1))
    assert saved(page)["points"][-1] == [-1, 1, 1]
    context.close()


# --- running ------------------------------------------------------------------------------------------


def test_run_and_pause(page, tmp_path):
    mount(page, PerceptronPlay(preset="XOR"), tmp_path)
    run = page.get_by_role("button", name="Run")
    run.press("Enter")
    pause = page.get_by_role("button", name="Pause")
    page.wait_for_function("values.steps >= 3")
    pause.press("Enter")
    steps = page.evaluate("values.steps")
    page.wait_for_timeout(700)
    assert page.evaluate("values.steps") == steps


def test_run_ends_by_itself_and_stops_when_the_view_goes(page, tmp_path):
    mount(page, PerceptronPlay(preset="AND", steps=64), tmp_path)
    settled = page.evaluate("values.steps")
    page.get_by_role("button", name="Run").press("Enter")
    page.get_by_text("converged").wait_for()
    page.get_by_role("button", name="Run").wait_for()
    assert page.evaluate("values.steps") >= settled
    mount(page, PerceptronPlay(preset="XOR"), tmp_path)
    page.get_by_role("button", name="Run").press("Enter")
    page.evaluate("disposers.forEach((dispose) => dispose())")
    steps = page.evaluate("values.steps")
    page.wait_for_timeout(700)
    assert page.evaluate("values.steps") == steps


@pytest.mark.parametrize(("preset", "mistakes"), [("OR", 9), ("XOR", 4)])
def test_reduced_motion_jumps_to_the_end(page, tmp_path, preset, mistakes):
    page.emulate_media(reduced_motion="reduce")
    mount(page, PerceptronPlay(preset=preset), tmp_path)
    page.get_by_role("button", name="Run").press("Enter")
    assert read_quantity(page, "mistakes") == mistakes
    assert page.get_by_role("button", name="Pause").count() == 0


# --- one model, several hands -----------------------------------------------------------------------------


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


@pytest.mark.parametrize("play", [DecisionPlay, PerceptronPlay])
def test_a_closed_view_leaves_nothing_behind(page, tmp_path, play):
    mount(page, play(), tmp_path, views=2)
    both = page.evaluate("listenerCount()")
    page.evaluate("disposers[0]()")
    assert page.evaluate("listenerCount()") == both / 2
    assert page.locator(".fnn-play").count() == 1
    page.evaluate("disposers[1]()")
    assert page.evaluate("listenerCount()") == 0
