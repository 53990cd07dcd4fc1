"""The convolution explorable's own arithmetic against course_utils.convolution."""

import numpy as np
import pytest
from explorable_page import evaluate_model
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from course_utils.convolution.conv2d import convolve, cross_correlate
from course_utils.convolution.sizes import output_size
from course_utils.explore import ConvolutionPlay
from course_utils.explore.convolution.images import IMAGES, KERNELS

MAPS = "(states) => states.map((s) => ({ map: featureMap(s), side: outputSide(8, s) }))"


def random_states(count):
    rng = np.random.default_rng(8)
    for _ in range(count):
        yield {
            "image": rng.integers(0, 17, (8, 8)).tolist(),
            "kernel": rng.uniform(-10, 10, (3, 3)).tolist(),
            "stride": int(rng.integers(1, 4)),
            "padding": int(rng.integers(0, 3)),
            "flip": bool(rng.integers(2)),
        }


@pytest.mark.browser
def test_feature_maps_agree_to_twelve_digits(page, tmp_path):
    states = list(random_states(200))
    states += [
        {"image": image, "kernel": kernel, "stride": s, "padding": p, "flip": flip}
        for image in IMAGES.values()
        for kernel in KERNELS.values()
        for s, p, flip in [(1, 0, False), (2, 1, True), (3, 2, False)]
    ]
    got = evaluate_model(page, tmp_path, "convolution/model.js", MAPS, states)
    largest = 0.0
    for s, js in zip(states, got, strict=True):
        slide = convolve if s["flip"] else cross_correlate
        image, kernel = np.array([[s["image"]]]), np.array([[s["kernel"]]])
        expected = slide(image, kernel, stride=s["stride"], padding=s["padding"])[0, 0]
        assert js["side"] == len(expected) == output_size(8, 3, s["stride"], s["padding"])
        largest = max(largest, np.abs(np.array(js["map"]) - expected).max())
        np.testing.assert_array_equal(ConvolutionPlay(**s).feature_map, expected)
    assert largest <= 1e-12


@pytest.mark.browser
def test_the_window_says_where_its_pixels_are(page, tmp_path):
    state = {
        "image": IMAGES["4"], "kernel": KERNELS["Emboss"], "stride": 2, "padding": 1, "flip": True,
    }  # fmt: skip
    terms = evaluate_model(
        page, tmp_path, "convolution/model.js", "(s) => windowTerms(s, 0, 1)", state
    )
    assert [(t["row"], t["column"]) for t in terms[:4]] == [(-1, 1), (-1, 2), (-1, 3), (0, 1)]
    assert [t["pixel"] for t in terms] == [0, 0, 0, 0, 0, 1, 0, 0, 7]
    assert [t["weight"] for t in terms] == [2, 1, 0, 1, 1, -1, 0, -1, -2]
    assert sum(t["product"] for t in terms) == ConvolutionPlay(**state).feature_map[0, 1] == -15


def test_the_images_are_the_first_bundled_digits():
    bunch = load_digits()
    for digit in range(10):
        assert bunch.target[digit] == digit
        np.testing.assert_array_equal(IMAGES[str(digit)], bunch.images[digit])


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 3), st.integers(0, 2), st.booleans())
def test_one_pixel_shows_the_kernel(stride, padding, flip):
    # A convolution repeats the kernel around the pixel; a cross-correlation, the turned kernel.
    play = ConvolutionPlay(picture="one pixel", preset="Emboss", padding=padding, flip=flip)
    kernel = 16 * np.array(KERNELS["Emboss"])
    expected = kernel if flip else kernel[::-1, ::-1]
    top = 3 + padding - 2  # the pixel lies in row and column 3
    np.testing.assert_array_equal(play.feature_map[top : top + 3, top : top + 3], expected)
    thinned = ConvolutionPlay(
        picture="one pixel", preset="Emboss", padding=padding, flip=flip, stride=stride
    )
    np.testing.assert_array_equal(thinned.feature_map, play.feature_map[::stride, ::stride])
