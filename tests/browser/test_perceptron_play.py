"""PerceptronPlay as a reader meets it: stepped, drawn on, run; by keyboard, mouse and finger."""

import pytest
from explorable_numbers import agree, expected_of_perceptron
from explorable_page import drag, mount, read_quantity, saved

from course_utils.explore import PerceptronPlay

pytestmark = pytest.mark.browser

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


@pytest.mark.parametrize("name", PERCEPTRON_STATES)
def test_perceptron_numbers_agree_with_python(page, tmp_path, name):
    play = PerceptronPlay(**PERCEPTRON_STATES[name])
    mount(page, play, tmp_path)
    agree(page, expected_of_perceptron(play))


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
    page.get_by_role("button", name="Restart at w = 0").press("Enter")
    assert read_quantity(page, "squared_norm") == 0


def test_every_line_of_the_plane_is_named_and_a_missing_boundary_too(page, tmp_path):
    mount(page, PerceptronPlay(preset="AND"), tmp_path)
    drawn = page.locator(".fnn-plane svg")
    assert "no boundary yet" in drawn.get_attribute("aria-label")
    assert not page.get_by_text("best separator w*").first.is_visible()
    page.get_by_role("checkbox", name="Show the best separator").press("Space")
    for mark in ("boundary now", "before the last mistake", "best separator w*", "hollow", "ring"):
        assert page.locator(".fnn-plane-and-steps .fnn-legend", has_text=mark).is_visible()
    assert drawn.locator(".fnn-before").count() == 0
    for _ in range(11):  # w = (−3, 1, 0) after 7 mistakes: the boundary is x₁ = 3
        page.get_by_role("button", name="Step", exact=True).press("Enter")
    assert [read_quantity(page, f"weight_{i}") for i in range(3)] == [-3, 1, 0]
    assert drawn.locator(".fnn-decision").count() == 0
    assert drawn.locator(".fnn-before").count() == 1
    assert "outside the view: −1 everywhere" in drawn.get_attribute("aria-label")
    assert drawn.get_by_text("outside the view").is_visible()


def test_classes_look_as_in_the_figures(page, tmp_path):
    """The page's `plot.points` draws the smaller label as blue circles, the larger as squares."""
    mount(page, PerceptronPlay(points=[[1, 1, 1], [-1, -1, -1]], steps=2), tmp_path)
    assert page.locator("rect.fnn-point-1").count() == 1
    assert page.locator("circle.fnn-point-0").count() == 1
    corner = "(node) => getComputedStyle(node).borderTopLeftRadius"
    assert page.locator(".fnn-choice .fnn-key-1").evaluate(corner) == "2px"
    assert page.locator(".fnn-choice .fnn-key-0").evaluate(corner) == "50%"


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
    page.locator(".fnn-forecast", has_text="converged").wait_for()
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
