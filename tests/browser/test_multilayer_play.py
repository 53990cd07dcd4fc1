"""FoldPlay and BuilderPlay as a reader meets them: by keyboard, mouse and finger, light and dark."""

import pytest
import traitlets
from explorable_page import (
    centre,
    drag,
    mount,
    nudge,
    overflowing,
    read_all,
    read_quantity,
    receive,
    saved,
)

from course_utils.explore import BuilderPlay
from course_utils.explore.fold.play import PRESETS, FoldPlay

pytestmark = pytest.mark.browser

BUILDERS = {
    "start": {},
    "steps": {"kind": "steps", "pieces": 12, "steepness": 35, "part": 4},
    "runge": {"target": "runge", "pieces": 64, "part": 65},
    "jump": {"target": "jump", "kind": "steps", "pieces": 2, "steepness": 500},
    "own": {"target": "own", "pieces": 13, "own": [1.5, -1.5, 0.2, 0, 0.7, -0.3, 1]},
}


def agree(page, expected):
    got = read_all(page)
    for name, value in expected.items():
        assert got[name] == pytest.approx(value, rel=1e-12, abs=1e-12), name


def expected_of_builder(play):
    names = ("pieces", "steepness", "sup_error", "units", "shared_units", "parameters")
    return {name: getattr(play, name) for name in names}


def expected_of_fold(play):
    numbers = {"slope": play.slope, "c": play.b2, "right": play.right, "loss": play.loss}
    for k in (0, 1):
        numbers |= {f"b_{k + 1}": play.b1[k], f"v_{k + 1}": play.w2[k]}
        numbers |= {f"w_{k + 1}{j + 1}": play.W1[k][j] for j in (0, 1)}
    for key, hidden, output in zip(
        ("00", "01", "10", "11"), play.hidden, play.outputs, strict=True
    ):
        numbers |= {f"h1_{key}": hidden[0], f"h2_{key}": hidden[1], f"output_{key}": output}
    hidden, output = play.network.hidden([play.probe])[0], play.network([play.probe])[0]
    return numbers | {"h1_probe": hidden[0], "h2_probe": hidden[1], "output_probe": output}


@pytest.mark.parametrize("name", BUILDERS)
def test_builder_numbers_agree_with_python(page, tmp_path, name):
    play = BuilderPlay(**BUILDERS[name])
    mount(page, play, tmp_path)
    agree(page, expected_of_builder(play))


@pytest.mark.parametrize("name", PRESETS)
def test_fold_numbers_agree_with_python(page, tmp_path, name):
    play = FoldPlay(preset=name, slope=-0.3, probe=[0.2, 1.1])
    mount(page, play, tmp_path)
    agree(page, expected_of_fold(play))


def test_builder_by_keyboard(page, tmp_path):
    mount(page, BuilderPlay(), tmp_path)
    nudge(page, "Number of pieces", "ArrowRight", 8)
    assert saved(page)["pieces"] == 16
    agree(page, expected_of_builder(BuilderPlay(pieces=16)))
    assert "times smaller" in page.locator(".fnn-statement").inner_text()
    assert page.get_by_label("Steepness of the steps", exact=True).is_disabled()
    page.get_by_role("radio", name="steps").press("Space")
    nudge(page, "Steepness of the steps", "ArrowRight", 3)
    agree(page, expected_of_builder(BuilderPlay(pieces=16, kind="steps", steepness=75)))
    page.get_by_role("radio", name="a jump").press("Space")
    assert read_quantity(page, "sup_error") == 0.5
    assert "nearer to a jump" in page.locator(".fnn-statement").inner_text()
    page.get_by_role("button", name="Start again").press("Enter")
    agree(page, expected_of_builder(BuilderPlay()))


def test_the_picked_piece_is_written_out(page, tmp_path):
    mount(page, BuilderPlay(pieces=4, part=2), tmp_path)
    formula = page.get_by_text("Triangle 2 of 5")
    assert formula.inner_text().replace("\u00a0", " ") == (
        "Triangle 2 of 5, at x = −0.50: −1 · [σ(2x + 2) − 2 σ(2x + 1) + σ(2x + 0)]"
    )
    nudge(page, "Which piece to pick out", "End")
    assert page.get_by_text("Triangle 5 of 5").count() == 1
    nudge(page, "Number of pieces", "Home")  # fewer pieces: the last one is picked out
    assert page.get_by_text("Triangle 3 of 3").count() == 1


def test_own_function_is_drawn_by_mouse_and_keys(page, tmp_path):
    mount(page, BuilderPlay(target="own", own=[0] * 7, pieces=6), tmp_path)
    assert "is the target" in page.locator(".fnn-statement").inner_text()
    handle = page.get_by_role("slider", name="Height of point 4")
    x, y = centre(handle)
    drag(page, (x, y), (x, y - 60))
    assert saved(page)["own"][3] > 0.3
    before = saved(page)["own"][3]
    handle.press("ArrowDown")
    assert saved(page)["own"][3] == pytest.approx(before - 0.05)
    nudge(page, "Number of pieces", "ArrowRight")
    agree(page, expected_of_builder(BuilderPlay(target="own", own=saved(page)["own"], pieces=7)))
    page.get_by_role("radio", name="sin").press("Space")
    assert not handle.is_visible()


def test_fold_by_keyboard(page, tmp_path):
    mount(page, FoldPlay(), tmp_path)
    assert "XOR, exactly" in page.locator(".fnn-statement").inner_text()
    nudge(page, "Slope of a hidden unit below 0", "End")
    agree(page, expected_of_fold(FoldPlay(slope=1)))
    assert "one affine map" in page.locator(".fnn-statement").inner_text()
    page.get_by_role("radio", name="Sum").press("Space")
    agree(page, expected_of_fold(FoldPlay(preset="Sum")))
    assert not page.get_by_label("Bias of hidden unit 1", exact=True).is_visible()
    page.get_by_label("Set the weights yourself").press("Space")
    nudge(page, "Bias of hidden unit 1", "ArrowRight", 2)
    nudge(page, "Weight from x2 to hidden unit 2", "ArrowLeft", 5)
    nudge(page, "Weight from hidden unit 2 to the output", "Home")
    state = {name: value for name, value in saved(page).items() if name != "slope"}
    assert state["b1"] == [1.2, -1]
    assert state["W1"][1] == [1, 0.5]
    assert state["w2"] == [-1, -3]
    agree(page, expected_of_fold(FoldPlay(**state)))
    page.get_by_role("button", name="Start again").press("Enter")
    agree(page, expected_of_fold(FoldPlay()))


def test_the_point_is_moved_by_keys_and_mouse(page, tmp_path):
    mount(page, FoldPlay(preset="Two corners"), tmp_path)
    point = page.get_by_role("application")
    point.press("ArrowLeft")
    point.press("Shift+ArrowUp")
    assert saved(page)["probe"] == [0.7, 0.5]
    for _ in range(12):
        point.press("Shift+ArrowRight")
    assert saved(page)["probe"] == [1.5, 0.5]
    x, y = centre(point)
    drag(page, (x, y), (x - 70, y + 30))
    probe = saved(page)["probe"]
    assert probe[0] < 1.5
    assert probe[1] < 0.5
    agree(page, expected_of_fold(FoldPlay(preset="Two corners", probe=probe)))


def test_python_moves_both_views(page, tmp_path):
    mount(page, FoldPlay(), tmp_path, views=2)
    receive(page, slope=-0.123456789, b2=0.25)
    expected = FoldPlay(slope=-0.123456789, b2=0.25).loss
    for view in (0, 1):
        assert read_quantity(page, "loss", view) == pytest.approx(expected, abs=1e-12)
    assert saved(page) == {}
    page.evaluate("disposers.forEach((dispose) => dispose())")
    assert page.evaluate("listenerCount()") == 0


@pytest.mark.parametrize("width", [320, 390, 700, 1000])
def test_all_the_weights_fit(page, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 844})
    mount(page, FoldPlay(preset="Two corners", slope=-0.5), tmp_path)
    page.get_by_label("Set the weights yourself").check()
    assert overflowing(page) == []


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"W1": [[1, 2]]}, r"FoldPlay.W1 must be numbers of shape \(2, 2\) between -3 and 3"),
        ({"b1": [1, "a"]}, "FoldPlay.b1 must be numbers of shape"),
        ({"w2": [1, 4]}, "FoldPlay.w2 must be numbers of shape"),
        ({"probe": [0, 2]}, "between -0.5 and 1.5"),
        ({"slope": 2}, "FoldPlay.slope must be a number between -1 and 1"),
    ],
)
def test_bad_weights_are_refused(wrong, what):
    with pytest.raises(traitlets.TraitError, match=what):
        FoldPlay(**wrong)


def test_bad_requests_are_refused():
    with pytest.raises(ValueError, match="no preset 'Triangle': there are Difference"):
        FoldPlay(preset="Triangle")
    with pytest.raises(ValueError, match="give a preset or W1, not both"):
        FoldPlay(preset="Sum", W1=[[1, 0], [0, 1]])
    with pytest.raises(traitlets.TraitError, match=r"BuilderPlay\.pieces must be a whole number"):
        BuilderPlay(pieces=65)
    with pytest.raises(traitlets.TraitError, match=r"BuilderPlay\.own must be numbers of shape"):
        BuilderPlay(own=[0] * 6)
