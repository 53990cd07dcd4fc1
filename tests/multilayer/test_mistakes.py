"""What the notebook's diagnoses are made of: wrong values that differ from the right ones."""

from itertools import pairwise

import numpy as np
import pytest

from course_utils.multilayer import activations, function_mistakes, layers, mistakes, regions
from course_utils.multilayer.softmax import softmax


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def differ(found, right):
    """No mistake gives the right value; tells how many there are."""
    right = np.asarray(right, dtype=float)
    for text, value in found.items():
        value = np.asarray(value, dtype=float)
        same = value.shape == right.shape and np.allclose(value, right, rtol=1e-3)
        assert not same, text
    return len(found)


def test_of_layer(rng):
    X, W, b = rng.normal(size=(4, 4)), rng.normal(size=(4, 4)), rng.normal(size=4)
    assert differ(mistakes.of_layer(X, W, b, np.tanh), layers.layer(X, W, b, np.tanh)) == 12
    X, W, b = X[:, :3], W[:2, :3], b[:2]
    assert differ(mistakes.of_layer(X, W, b, np.tanh), layers.layer(X, W, b, np.tanh)) == 8


def test_of_logistic(rng):
    z, beta = rng.normal(size=6), 2.5
    right = activations.logistic(beta)
    differ(function_mistakes.of_logistic(z, beta), right.value(z))
    differ(function_mistakes.of_logistic_slope(z, beta), right.derivative(z))


@pytest.mark.parametrize("name", ["relu", "leaky relu", "tanh", "elu", "swish"])
def test_of_slope(name):
    z = np.array([-2.0, -0.3, 0.0, 0.7, 2.0])
    right = {key.lower(): a for key, a in activations.ACTIVATIONS.items()}[name]
    assert differ(function_mistakes.of_slope(name, z), right.derivative(z)) >= 3


@pytest.mark.parametrize("sizes", [(3, 3, 3), (2, 4, 3), (2, 4, 3, 1), (2, 2, 2, 2), (1, 2)])
def test_of_collapse(sizes, rng):
    stack = [(rng.normal(size=(h, d)), rng.normal(size=h)) for d, h in pairwise(sizes)]
    of_w, of_b = mistakes.of_collapse(stack)
    W, b = layers.collapse(stack)
    differ(of_w, W)
    differ(of_b, b)
    assert bool(of_b) == (len(stack) == 2)


@pytest.mark.parametrize("sizes", [[4, 3, 2], [20, 30, 40], [9, 20, 30, 7]])
def test_of_count(sizes):
    found = mistakes.of_count(sizes)
    values = [v for v in found.values() if not isinstance(v, list)]
    assert layers.parameter_count(sizes) not in values
    assert len(set(values)) == len(values), "two mistakes could not be told apart"


def test_of_sup_error():
    x = np.linspace(-1, 2, 7)
    found = function_mistakes.of_sup_error(lambda t: -t, lambda t: 2.5 * t**2, x)
    signed = {text: found.pop(text) for text in list(found) if "absolute" in text}
    assert sorted(signed.values()) == pytest.approx([0, 0, 12])  # one sign or the other is right
    del found["measured at the two ends only"]  # where the largest is, here
    del found["not on these points: count is the number of points, not of gaps between them"]
    differ(found, 12)


def test_of_regions(rng):
    W1, b1, W2, b2 = (rng.normal(size=shape) for shape in [(6, 2), 6, (4, 6), 4])
    b2 -= 4
    xs, ys = np.linspace(-3, 3, 9), np.linspace(-3, 3, 9)
    right = regions.classes_on_grid(
        lambda X: layers.forward(X, [(W1, b1), (W2, b2)], activations.RELU.value)[-1], xs, ys
    )
    found = mistakes.of_regions(W1, b1, W2, b2, xs, ys)
    del found["reshaped to (A, B), which scrambles the points; (B, A) is asked for"]  # A = B here
    differ(found, right)


def test_of_softmax(rng):
    Z = rng.normal(size=(3, 3))
    differ(function_mistakes.of_softmax(Z), softmax(Z))
    Z = np.array([[1000.0, 999], [-1000, -1001]])
    assert differ(function_mistakes.of_softmax_far_out(Z), softmax(Z)) == 3
