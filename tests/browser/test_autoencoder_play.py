"""AutoencoderPlay as a reader meets it: painted on, spoilt with noise, its code dragged about."""

import numpy as np
import pytest
import traitlets
from explorable_page import centre, drag, mount, nudge, overflowing, read_quantity, receive, saved

from course_utils.explore.autoencoder.play import PICTURES, AutoencoderPlay

STATES = {
    "start": {},
    "linear": {"network": "linear", "picture": "4"},
    "noise": {"network": "denoising", "picture": "7", "noise": 0.4, "pattern": 3},
    "by hand": {"picture": "2", "code": [1.25, -0.5], "threshold": 0.03},
    "anomaly": {"picture": "smile", "noise": 1, "code": [-2, 3], "threshold": 0.25},
}
browser = pytest.mark.browser


def shown(page, grid):
    """The ink in the cells of a grid, in full precision, shape (64,)."""
    cells = page.eval_on_selector_all(
        f"{grid} [data-cell]", "nodes => nodes.map(n => [n.dataset.cell, n.dataset.value])"
    )
    assert [name for name, _ in cells] == [f"{r},{c}" for r in range(8) for c in range(8)]
    return np.array([float(value) for _, value in cells])


def agree(page, play):
    """What is on the page is what course_utils computes."""
    pair = ".fnn-pair > :nth-child({})"
    np.testing.assert_allclose(shown(page, pair.format(1)), play.input, rtol=0, atol=1e-12)
    np.testing.assert_allclose(shown(page, pair.format(2)), play.output, rtol=0, atol=1e-12)
    flagged = int((play.example_errors > play.threshold).sum())
    for name, value in {
        "code_1": play.shown_code[0], "code_2": play.shown_code[1], "error": play.error,
        "encoder_error": play.encoder_error, "flagged": flagged, "threshold": play.threshold,
        "noise": play.noise, "noise_error": np.mean((play.input - play.clean) ** 2),
        "clean_error": np.mean((play.output - play.clean) ** 2),
    }.items():  # fmt: skip
        assert read_quantity(page, name) == pytest.approx(value, abs=1e-12), name
    verdict = "is an anomaly" if play.encoder_error > play.threshold else "passes as a digit"
    assert page.locator(".fnn-statement", has_text=f"Your drawing {verdict}").is_visible()
    label = play.examples[play.nearest][1]
    assert page.get_by_role("button", name=f"Draw the nearest digit, a {label}").is_visible()
    assert page.get_by_role("button", name="Back to the encoder's code").is_enabled() == bool(
        play.code
    )


def followed(page, play):
    """A play in the state to which the reader has brought the page."""
    return AutoencoderPlay(**{**play.start, **saved(page)})


def pad(page):
    return page.get_by_role("application", name="Plane of codes")


@browser
@pytest.mark.parametrize("name", STATES)
def test_numbers_agree_with_python(page, tmp_path, name):
    play = AutoencoderPlay(**STATES[name])
    mount(page, play, tmp_path)
    agree(page, play)


@browser
@pytest.mark.parametrize("network", ["linear (PCA)", "deep", "deep, trained on noise"])
def test_the_code_moved_by_keyboard(page, tmp_path, network):
    play = AutoencoderPlay(network="linear" if network == "deep" else "deep")
    mount(page, play, tmp_path)
    page.get_by_role("radio", name=network, exact=True).press("Space")
    agree(page, followed(page, play))
    before = followed(page, play).encoded
    pad(page).press("ArrowRight")
    step = saved(page)["code"][0] - before[0]
    width = np.ptp(followed(page, play).example_codes, axis=0).max()
    assert 1 / 250 < step / width < 1 / 80
    assert saved(page)["code"][1] == pytest.approx(before[1], abs=1e-3)
    for key in ("ArrowUp", "Shift+ArrowLeft", "ArrowDown"):
        pad(page).press(key)
        agree(page, followed(page, play))
    assert saved(page)["code"][0] == pytest.approx(before[0] - 4 * step, abs=3e-3)
    pad(page).press("Home")
    assert saved(page)["code"] == []
    agree(page, followed(page, play))


@browser
def test_the_code_dragged_and_given_back(page, tmp_path):
    play = AutoencoderPlay()
    mount(page, play, tmp_path)
    mark, middle = centre(page.locator(".fnn-code-pad .fnn-grab")), centre(pad(page))
    for target in [(middle[0] - 60, middle[1] + 40), (middle[0] + 30, middle[1] - 50)]:
        drag(page, mark, target)
        agree(page, followed(page, play))
        mark = centre(page.locator(".fnn-code"))
        assert mark == pytest.approx(target, abs=1)
    page.get_by_role("button", name="Back to the encoder's code").press("Enter")
    assert saved(page)["code"] == []
    agree(page, followed(page, play))


@browser
def test_a_code_far_out_stays_on_the_pad(page, tmp_path):
    play = AutoencoderPlay()
    mount(page, play, tmp_path)
    for _ in range(40):
        pad(page).press("Shift+ArrowRight")
    code = saved(page)["code"]
    assert code[0] > play.example_codes[:, 0].max()
    agree(page, followed(page, play))
    receive(page, code=[500, 0])
    assert page.get_by_text("the code lies farther out").is_visible()


@browser
def test_the_nearest_digit_is_drawn(page, tmp_path):
    play = AutoencoderPlay(noise=0.3, code=[-1.0, 1.0])
    mount(page, play, tmp_path)
    page.get_by_role("button", name="Draw the nearest digit").press("Enter")
    ink = np.reshape(play.example_ink[play.nearest], (8, 8))
    np.testing.assert_array_equal(np.array(saved(page)["image"]) / 16, ink)
    assert saved(page)["code"] == []
    assert saved(page)["noise"] == 0
    agree(page, followed(page, play))


@browser
def test_painting_gives_the_code_back_to_the_encoder(page, tmp_path):
    play = AutoencoderPlay(picture="nothing", code=[1.0, 1.0])
    mount(page, play, tmp_path)
    cells = [page.locator(f'.fnn-input [data-cell="{r},4"]').bounding_box() for r in (1, 6)]
    ends = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in cells]
    drag(page, *ends)
    assert saved(page)["image"][1][4] == saved(page)["image"][6][4] == 16
    assert saved(page)["code"] == []
    page.get_by_role("radio", name="8 (half)").press("Space")
    grid = page.get_by_role("application", name="Input")
    for key in ("ArrowLeft", "Enter"):
        grid.press(key)
    assert 8 in np.ravel(saved(page)["image"])
    assert page.get_by_label("Drawing", exact=True).input_value() == ""  # "your own"
    agree(page, followed(page, play))


@browser
def test_taps(chromium, tmp_path):
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    play = AutoencoderPlay(picture="nothing")
    mount(page, play, tmp_path)
    page.locator('.fnn-input [data-cell="1,6"]').tap(force=True)
    assert saved(page)["image"][1][6] == 16
    pad(page).tap(position={"x": 60, "y": 60})
    assert len(saved(page)["code"]) == 2
    agree(page, followed(page, play))
    context.close()


@browser
def test_noise_pictures_and_threshold_by_keyboard(page, tmp_path):
    play = AutoencoderPlay(network="denoising")
    mount(page, play, tmp_path)
    assert page.get_by_role("button", name="Other noise").is_disabled()
    nudge(page, "Noise", "ArrowRight", 8)
    assert saved(page)["noise"] == pytest.approx(0.4)
    page.get_by_role("button", name="Other noise").press("Enter")
    assert saved(page)["pattern"] == 1
    agree(page, followed(page, play))
    page.get_by_label("Drawing", exact=True).select_option("smile")
    assert saved(page)["image"] == PICTURES["smile"]
    nudge(page, "Noise", "Home")
    before = read_quantity(page, "flagged")
    nudge(page, "Threshold", "ArrowLeft", 6)
    assert saved(page)["threshold"] == pytest.approx(0.05)
    assert read_quantity(page, "flagged") > before
    agree(page, followed(page, play))
    page.get_by_role("button", name="Start again").press("Enter")
    agree(page, play)


@browser
def test_better_and_worse_than_the_encoder(page, tmp_path):
    mount(page, AutoencoderPlay(network="linear", picture="6"), tmp_path)
    assert page.get_by_text("The encoder has chosen it.").is_visible()
    pad(page).press("Shift+ArrowUp")
    assert page.get_by_text("The encoder's code is better.").is_visible()
    gains = {}
    for picture in "0123456789":
        play = AutoencoderPlay(picture=picture)
        for step in [(0.05, 0), (-0.05, 0), (0, 0.05), (0, -0.05)]:
            code = (play.encoded + step).tolist()
            gain = play.encoder_error - AutoencoderPlay(picture=picture, code=code).error
            gains[gain] = {"image": PICTURES[picture], "code": code}
    receive(page, network="deep", **gains[max(gains)])
    assert page.get_by_text("Your code beats the encoder's.").is_visible()


@browser
def test_python_changes_redraw_both_views(page, tmp_path):
    mount(page, AutoencoderPlay(), tmp_path, views=2)
    receive(page, network="linear", noise=0.25, pattern=5)
    expected = AutoencoderPlay(network="linear", noise=0.25, pattern=5).error
    for view in (0, 1):
        assert read_quantity(page, "error", view) == pytest.approx(expected, abs=1e-12)
    assert saved(page) == {}
    both = page.evaluate("listenerCount()")
    page.evaluate("disposers[0]()")
    assert page.evaluate("listenerCount()") == both / 2


@browser
@pytest.mark.parametrize(("look", "width", "theme"), [
    ("light", 760, "light"), ("dark", 760, "dark"), ("phone", 390, "light"), ("small", 320, "dark"),
])  # fmt: skip
def test_nothing_sticks_out(page, tmp_path, screenshots, look, width, theme):
    page.set_viewport_size({"width": width, "height": 844})
    mount(page, AutoencoderPlay(**STATES["by hand"]), tmp_path, theme=theme)
    assert overflowing(page) == []
    file = screenshots / f"explorable-autoencoder-{look}.png"
    page.screenshot(path=file, full_page=True)
    assert file.stat().st_size > 10_000


@pytest.mark.parametrize(("traits", "message"), [
    ({"image": [[0] * 8] * 7}, r"image must be 8 rows of 8 numbers, got 7 rows of"),
    ({"code": [1.0]}, r"code must be two numbers between .* or none, got \[1.0\]"),
    ({"code": [1.0, float("nan")]}, "code must be two numbers"),
    ({"code": 3}, "code must be two numbers"),
    ({"noise": 1.5}, "noise must be a number between 0 and 1, got 1.5"),
    ({"pattern": 8}, "pattern must be a whole number between 0 and 7, got 8"),
    ({"threshold": -1}, "threshold must be a number between 0 and 0.25, got -1"),
    ({"network": "wide"}, "network"),
])  # fmt: skip
def test_a_bad_value_gets_one_line(traits, message):
    with pytest.raises(traitlets.TraitError, match=message):
        AutoencoderPlay(**traits)


def test_a_bad_name_gets_the_list():
    with pytest.raises(ValueError, match=r"no picture 'eleven': there are 0, 1"):
        AutoencoderPlay(picture="eleven")
    with pytest.raises(ValueError, match="give a picture or image, not both"):
        AutoencoderPlay(picture="4", image=PICTURES["4"])
    with pytest.raises(TypeError, match="no trait codes"):
        AutoencoderPlay(codes=[1, 2])


def test_arrays_are_welcome():
    play = AutoencoderPlay(image=np.ones((8, 8)), code=np.array([0.5, 1]))
    assert play.code == [0.5, 1]
    assert play.shown_code.tolist() == [0.5, 1]
    play.code = ()
    assert play.code == []
    np.testing.assert_array_equal(play.shown_code, play.encoded)
