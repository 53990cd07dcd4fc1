"""The values that tests compare wrong answers with: each is what that mistake really gives."""

import numpy as np
import pytest
from hypothesis import given, settings

from course_utils.convolution import conv2d, pooling, receptive, sizes
from course_utils.convolution.mistakes import convolution, design
from course_utils.convolution.mistakes import pooling as in_pooling
from course_utils.convolution.mistakes.possible import possible
from course_utils.diagnosis import as_numbers

from .arrays import layers, pools

SETTINGS = settings(max_examples=40, deadline=None)
RNG = np.random.default_rng(0)
X, W, B = RNG.normal(size=(2, 3, 7, 8)), RNG.normal(size=(4, 3, 3, 2)), RNG.normal(size=4)
Y = conv2d.cross_correlate(X, W, B, 2, 1)
MAPS = RNG.normal(size=(2, 3, 7, 8)) - 0.5
POOLED = pooling.max_pool(MAPS, 3, 2)
LAYERS = [(3, 2), (3, 3), (4, 2), (2, 1)]
NETWORK = [("conv", [2, 1, 4], 5, 4), ("subsample", 4, 7), ("pool", 3, 5), ("linear", 20, 6)]
SQUARE = RNG.normal(size=(4, 3, 3, 3))
G = conv2d.cross_correlate(X, SQUARE, B, 2, 1)
RIGHT = {
    "forward": (Y, convolution.forward(X, W, B, 2, 1)),
    "input gradient": (
        conv2d.input_gradient(G, SQUARE, (7, 8), 2, 1),
        convolution.input_gradient(G, SQUARE, (7, 8), 2, 1),
    ),
    "kernel gradient": (
        conv2d.kernel_gradient(G, X, (3, 3), 2, 1),
        convolution.kernel_gradient(G, X, (3, 3), 2, 1),
    ),
    "max pooling": (POOLED, in_pooling.max_pool(MAPS, 3, 2)),
    "receptive field": (receptive.receptive_field(LAYERS), design.receptive_field(LAYERS)),
    "output size": (sizes.output_size(25, 7, 3, 2), design.output_size(25, 7, 3, 2)),
    "parameters": (178 + 8 + 126, design.parameters(NETWORK)),
}


@pytest.mark.parametrize("question", RIGHT)
def test_no_mistake_gives_the_right_value(question):
    right, found = RIGHT[question]
    assert len(found) >= 9
    for text, value in found.items():
        value = as_numbers(value)
        same = value.shape == np.shape(right) and np.allclose(value, right)
        assert not same, text


def test_of_a_maximum_only_ties_are_needed_to_tell_them_apart():
    g = RNG.normal(size=POOLED.shape)
    right = pooling.max_pool_gradient(g, MAPS, 3, 2)
    for text, value in in_pooling.max_pool_gradient(g, MAPS, 3, 2).items():
        assert np.allclose(value, right) == text.startswith("at a tie"), text
    tied = np.round(MAPS)
    right = pooling.max_pool_gradient(g, tied, 3, 2)
    for text, value in in_pooling.max_pool_gradient(g, tied, 3, 2).items():
        assert not np.allclose(value, right), text


@SETTINGS
@given(layers())
def test_they_can_be_had_for_any_layer(layer):
    x, w, _, stride, padding = layer
    y = conv2d.cross_correlate(*layer)
    for found in (
        convolution.forward(*layer),
        convolution.input_gradient(y, w, x.shape[2:], stride, padding),
        convolution.kernel_gradient(y, x, w.shape[2:], stride, padding),
    ):
        assert all(np.isfinite(as_numbers(value)).all() for value in found.values())


@SETTINGS
@given(pools())
def test_they_can_be_had_for_any_pool(pool):
    x, size, stride = pool
    assert len(in_pooling.max_pool(*pool)) >= 9
    found = in_pooling.max_pool_gradient(pooling.max_pool(*pool), x, size, stride)
    assert all(np.shape(value) == x.shape for value in found.values())


def test_some_are_what_the_definition_says():
    found = convolution.forward(X, W, B, 1, 0)
    value = next(v for t, v in found.items() if "180°" in t)
    np.testing.assert_allclose(value, conv2d.convolve(X, W, B))
    value = next(v for t, v in found.items() if "once per channel" in t)
    np.testing.assert_allclose(value, conv2d.cross_correlate(X, W, B) + 2 * B[:, None, None])
    assert (
        design.parameters([("conv", [1, 1], 3, 10)])[
            "weights were counted at every place, which gives connections; a map shares them"
        ]
        == 2_000
    )


def test_of_an_edge_kernel():
    row, column = np.mgrid[0:4, 0:5]
    image, wanted = 7 + 2.0 * column + 0.5 * row, np.full((2, 3), 2.0)
    kernel = np.outer([1, 2, 1], [-1, 0, 1]) / 8
    np.testing.assert_allclose(design.slide(image, kernel), wanted)
    for wrong, said in [
        (8 * kernel, "8 times too large"),
        (-kernel, "opposite direction"),
        (kernel.T, "right angle"),
        (abs(kernel), "add up to 0"),
        (np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]), "bends"),
    ]:
        answer = design.slide(image, wrong)
        found = design.edge_response(image, wrong, wanted, 0.5)
        first = next(text for text, value in found.items() if np.allclose(value, answer))
        assert said in first


def test_mistakes_that_cannot_be_made_are_left_out():
    def impossible():
        raise ValueError("does not fit")

    assert possible({"a": lambda: 1, "b": impossible}) == {"a": 1}
