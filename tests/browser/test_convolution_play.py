"""ConvolutionPlay as a reader meets it: stepped, painted on, its weights typed; by any hand."""

import numpy as np
import pytest
import traitlets
from explorable_page import drag, mount, overflowing, read_quantity, receive, saved

from course_utils.explore import ConvolutionPlay
from course_utils.explore.convolution.images import IMAGES, KERNELS

STATES = {
    "start": {},
    "last cell": {"position": 99},
    "full convolution": {"picture": "one pixel", "preset": "Emboss", "padding": 2, "flip": True},
    "blurred and thinned": {"picture": "8", "preset": "Blur", "stride": 2, "padding": 1},
    "ten thousandths": {"kernel": [[1 / 9] * 3] * 3, "stride": 3, "position": 3},
    "large": {"picture": "chessboard", "kernel": [[10, -10, 10]] * 3, "padding": 2, "position": 37},
}
browser = pytest.mark.browser


def shown(page, grid):
    """The numbers in the cells of a grid, in full precision, and how it calls each."""
    cells = page.eval_on_selector_all(
        f".{grid} [data-cell]", "nodes => nodes.map(n => [n.dataset.cell, n.dataset.value])"
    )
    side = int(len(cells) ** 0.5)
    assert [name for name, _ in cells] == [f"{r},{c}" for r in range(side) for c in range(side)]
    return np.array([float(value) for _, value in cells]).reshape(side, side)


def agree(page, play):
    """What is on the page is what course_utils computes."""
    expected = play.feature_map
    row, column = play.cell
    np.testing.assert_allclose(shown(page, "fnn-map"), expected, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(shown(page, "fnn-image"), play.image)
    assert read_quantity(page, "output_side") == len(expected)
    assert (read_quantity(page, "row"), read_quantity(page, "column")) == (row, column)
    for name, value in {
        "output_value": expected[row, column], "largest": expected.max(), "smallest": expected.min(),
    }.items():  # fmt: skip
        assert read_quantity(page, name) == pytest.approx(value, abs=1e-12), name
    products = page.eval_on_selector_all(
        "[data-product]", "nodes => nodes.map(n => Number(n.dataset.product))"
    )
    assert len(products) == 9
    assert sum(products) == pytest.approx(expected[row, column], abs=1e-12)
    text = page.locator("p", has_text="Output size").inner_text()
    assert text.endswith(f"⌊(8 + 2·{play.padding} − 3) / {play.stride}⌋ + 1 = {len(expected)}")


def followed(page, play):
    """A play in the state to which the reader has brought the page."""
    return ConvolutionPlay(**{**play.start, **saved(page)})


@browser
@pytest.mark.parametrize("name", STATES)
def test_numbers_agree_with_python(page, tmp_path, name):
    play = ConvolutionPlay(**STATES[name])
    mount(page, play, tmp_path)
    agree(page, play)


@browser
def test_stepped_by_keyboard_from_the_first_to_the_last(page, tmp_path):
    play = ConvolutionPlay(stride=2, position=0)  # 3 × 3 places
    mount(page, play, tmp_path)
    step = page.get_by_role("button", name="Step")
    for position in range(1, 9):
        step.press("Enter")
        assert saved(page)["position"] == position
        agree(page, followed(page, play))
    assert step.is_disabled()
    page.get_by_role("button", name="Back").press("Space")
    assert saved(page)["position"] == 7
    page.get_by_role("button", name="First").press("Enter")
    assert saved(page)["position"] == 0
    agree(page, followed(page, play))


@browser
def test_arrow_keys_move_the_window(page, tmp_path):
    play = ConvolutionPlay(position=0)
    mount(page, play, tmp_path)
    grid = page.get_by_role("application", name="Feature map")
    for key, cell in [
        ("ArrowUp", 0), ("ArrowRight", 1), ("ArrowDown", 7), ("ArrowDown", 13), ("ArrowLeft", 12),
        ("ArrowLeft", 12), ("End", 35), ("ArrowRight", 35), ("Home", 0),
    ]:  # fmt: skip
        grid.press(key)
        assert saved(page).get("position", 0) == cell, key
        agree(page, followed(page, play))


@browser
def test_the_mouse_shows_a_window_and_a_click_keeps_it(page, tmp_path):
    play = ConvolutionPlay(position=0)
    mount(page, play, tmp_path)
    page.locator('.fnn-map [data-cell="3,4"]').hover(force=True)
    assert (read_quantity(page, "row"), read_quantity(page, "column")) == (3, 4)
    assert saved(page) == {}
    page.mouse.move(5, 5)
    assert (read_quantity(page, "row"), read_quantity(page, "column")) == (0, 0)
    page.locator('.fnn-map [data-cell="3,4"]').click(force=True)
    page.mouse.move(5, 5)
    assert saved(page)["position"] == 3 * 6 + 4
    agree(page, followed(page, play))


@browser
def test_pixels_painted_by_mouse_and_by_keyboard(page, tmp_path):
    play = ConvolutionPlay(picture="nothing", padding=1)
    mount(page, play, tmp_path)
    middle = [page.locator(f'.fnn-image [data-cell="2,{c}"]').bounding_box() for c in (1, 4)]
    ends = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in middle]
    drag(page, *ends)
    assert saved(page)["image"][2][1] == saved(page)["image"][2][4] == 16
    page.get_by_role("radio", name="8 (half)").press("Space")
    grid = page.get_by_role("application", name="Image")
    for key in ("ArrowDown", "Enter", "ArrowRight", "Space"):
        grid.press(key)
    assert saved(page)["image"][3] == [0, 0, 0, 0, 8, 8, 0, 0]
    agree(page, followed(page, play))
    page.get_by_role("radio", name="0 (none)").press("Space")
    grid.press("Enter")
    assert saved(page)["image"][3] == [0, 0, 0, 0, 8, 0, 0, 0]
    assert page.get_by_label("Image", exact=True).input_value() == ""  # "your own"


@browser
def test_a_tap_paints_and_a_tap_chooses(chromium, tmp_path):
    context = chromium.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    play = ConvolutionPlay(picture="nothing")
    mount(page, play, tmp_path)
    page.locator('.fnn-image [data-cell="1,6"]').tap(force=True)
    page.locator('.fnn-map [data-cell="0,4"]').tap(force=True)
    assert saved(page)["image"][1][6] == 16
    assert saved(page)["position"] == 4
    agree(page, followed(page, play))
    context.close()


@browser
def test_weights_are_typed(page, tmp_path):
    play = ConvolutionPlay(preset="Identity")
    mount(page, play, tmp_path)
    box = page.get_by_label("Weight in row 0, column 2")
    for text, value in [("-2.5", -2.5), ("0.125", 0.125), ("10", 10)]:
        box.fill(text)
        assert saved(page)["kernel"][0][2] == value
        agree(page, followed(page, play))
    for text in ("", "11", "-10.5"):  # not taken over, and marked
        box.fill(text)
        assert saved(page)["kernel"][0][2] == 10
        assert box.get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="Step").focus()
    assert box.input_value() == "10"
    assert box.get_attribute("aria-invalid") is None
    assert page.locator(".fnn-choice", has_text="Sobel").locator("input:checked").count() == 0


@browser
def test_presets_images_stride_padding_and_flip(page, tmp_path):
    play = ConvolutionPlay(position=99)
    mount(page, play, tmp_path)
    page.get_by_label("Image", exact=True).select_option("upright edge")
    for name in ("Sharpen", "2 (full)", "turned by 180°: convolution", "3"):
        page.get_by_role("radio", name=name, exact=True).press("Space")
        agree(page, followed(page, play))
    assert saved(page)["image"] == IMAGES["upright edge"]
    assert saved(page)["kernel"] == KERNELS["Sharpen"]
    assert {k: saved(page)[k] for k in ("padding", "flip", "stride")} == {
        "padding": 2, "flip": True, "stride": 3,
    }  # fmt: skip
    assert page.get_by_text("never looked at").count() == 0  # 12 − 3 = 9 is three strides
    page.get_by_role("radio", name="2", exact=True).press("Space")
    assert page.get_by_text("The last row and column are never looked at.").is_visible()
    page.get_by_role("button", name="Start again").press("Enter")
    agree(page, play)


@browser
def test_play_and_pause(page, tmp_path):
    mount(page, ConvolutionPlay(position=0), tmp_path)
    page.get_by_role("button", name="Play").press("Enter")
    pause = page.get_by_role("button", name="Pause")
    page.wait_for_function("values.position >= 2")
    pause.press("Enter")
    position = page.evaluate("values.position")
    page.wait_for_timeout(700)
    assert page.evaluate("values.position") == position


@browser
def test_play_ends_by_itself_and_starts_over_from_the_end(page, tmp_path):
    mount(page, ConvolutionPlay(stride=3, position=2), tmp_path)  # 2 × 2 places
    page.get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("values.position === 3")
    page.get_by_role("button", name="Play").wait_for()
    page.get_by_role("button", name="Play").press("Enter")
    assert page.evaluate("values.position") == 0
    page.evaluate("disposers.forEach((dispose) => dispose())")
    page.wait_for_timeout(700)
    assert page.evaluate("values.position") == 0


@browser
def test_reduced_motion_jumps_to_the_end(page, tmp_path):
    page.emulate_media(reduced_motion="reduce")
    mount(page, ConvolutionPlay(position=3), tmp_path)
    page.get_by_role("button", name="Play").press("Enter")
    assert saved(page)["position"] == 35
    assert page.get_by_role("button", name="Pause").count() == 0


@browser
def test_python_changes_redraw_both_views(page, tmp_path):
    mount(page, ConvolutionPlay(), tmp_path, views=2)
    receive(page, padding=2, stride=2, kernel=KERNELS["Blur"])
    expected = ConvolutionPlay(padding=2, stride=2, preset="Blur").feature_map.max()
    for view in (0, 1):
        assert read_quantity(page, "largest", view) == expected
    assert saved(page) == {}
    both = page.evaluate("listenerCount()")
    page.evaluate("disposers[0]()")
    assert page.evaluate("listenerCount()") == both / 2


@browser
@pytest.mark.parametrize("width", [320, 390, 760])
def test_long_numbers_fit(page, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 844})
    mount(page, ConvolutionPlay(**STATES["large"]), tmp_path)
    assert overflowing(page) == []


@pytest.mark.parametrize(("traits", "message"), [
    ({"image": [[0] * 8] * 7}, r"image must be 8 rows of 8 numbers, got 7 rows of"),
    ({"image": 3}, "image must be 8 rows of 8 numbers, got 3"),
    ({"image": [[0] * 8] * 7 + [[0] * 7 + [17]]}, r"image\[7\]\[7\] must be a whole number from 0 to 16, got 17"),
    ({"image": [[0.5] + [0] * 7] + [[0] * 8] * 7}, r"image\[0\]\[0\] must be a whole number"),
    ({"kernel": [[0, 0, 0], [0, float("nan"), 0], [0, 0, 0]]}, r"kernel\[1\]\[1\] must be a number from -10"),
    ({"kernel": np.zeros((3, 2))}, r"kernel must be 3 rows of 3 numbers, got 3 rows of \[2, 2, 2\]"),
    ({"stride": 0}, "stride must be a whole number between 1 and 3, got 0"),
    ({"padding": 1.5}, "padding must be a whole number between 0 and 2, got 1.5"),
    ({"brush": 5}, "brush"),
])  # fmt: skip
def test_a_bad_value_gets_one_line(traits, message):
    with pytest.raises(traitlets.TraitError, match=message):
        ConvolutionPlay(**traits)


def test_a_bad_name_gets_the_list():
    with pytest.raises(ValueError, match=r"no preset 'Sobol': there are Identity, Edges"):
        ConvolutionPlay(preset="Sobol")
    with pytest.raises(ValueError, match=r"no picture 'eleven': there are 0, 1"):
        ConvolutionPlay(picture="eleven")
    with pytest.raises(ValueError, match="give a picture or image, not both"):
        ConvolutionPlay(picture="4", image=IMAGES["4"])


def test_an_array_is_welcome():
    play = ConvolutionPlay(kernel=np.eye(3), image=np.ones((8, 8)))
    assert play.kernel == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert play.feature_map.tolist() == [[3.0] * 6] * 6
