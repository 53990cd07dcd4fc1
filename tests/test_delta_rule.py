"""The delta rule against PyTorch, least squares and its own step-size limit."""

import numpy as np
import pytest
import torch

from course_utils import data, delta_rule, neuron

UNITS = {
    "linear": (delta_rule.LINEAR, lambda e: e),
    "logistic": (delta_rule.LOGISTIC, torch.sigmoid),
    "tanh": (delta_rule.TANH, torch.tanh),
}


@pytest.mark.parametrize("name", UNITS)
def test_error_and_gradient_against_pytorch(name):
    ours, theirs = UNITS[name]
    rng = np.random.default_rng(0)
    X, y, w = rng.normal(size=(20, 3)), rng.normal(size=20), rng.normal(size=3)
    weights = torch.tensor(w, requires_grad=True)
    value = 0.5 * ((theirs(torch.tensor(X) @ weights) - torch.tensor(y)) ** 2).mean()
    value.backward()
    assert delta_rule.squared_error(w, X, y, ours) == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(delta_rule.gradient(w, X, y, ours), weights.grad, rtol=1e-10)


@pytest.mark.parametrize("name", UNITS)
def test_derivative_against_central_differences(name):
    unit, _ = UNITS[name]
    e = np.linspace(-4, 4, 41)
    slope = (unit.value(e + 1e-6) - unit.value(e - 1e-6)) / 2e-6
    np.testing.assert_allclose(unit.derivative(e), slope, atol=1e-9)


def test_logistic_at_extremes():
    extremes = np.array([-1000.0, 1000.0])
    assert delta_rule.LOGISTIC.value(extremes).tolist() == [0, 1]
    assert delta_rule.LOGISTIC.derivative(extremes).tolist() == [0, 0]


def test_linear_unit_on_xor_is_one_half_everywhere():
    X, y = data.truth_table("XOR")
    augmented = neuron.with_bias(X)
    path = delta_rule.descend(augmented, y, w=[1, -2, 3], rate=0.5, steps=2000)
    np.testing.assert_allclose(path[-1], [0.5, 0, 0], atol=1e-12)
    np.testing.assert_allclose(path[-1], np.linalg.lstsq(augmented, y)[0], atol=1e-12)


def test_rate_limit_of_the_linear_unit_is_two_over_the_largest_eigenvalue():
    rng = np.random.default_rng(5)
    X = rng.normal(size=(50, 3)) * [1, 3, 0.5]
    y = X @ [1, 2, 3]
    limit = 2 / np.linalg.eigvalsh(X.T @ X / 50).max()
    below = delta_rule.descend(X, y, w=np.ones(3), rate=0.95 * limit, steps=3000)
    above = delta_rule.descend(X, y, w=np.ones(3), rate=1.05 * limit, steps=300)
    np.testing.assert_allclose(below[-1], [1, 2, 3], atol=1e-6)
    assert np.linalg.norm(above[-1]) > 1e6


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"got \(2,\), \(4, 3\) and \(4,\)"):
        delta_rule.gradient([1, 2], np.ones((4, 3)), np.ones(4))
    with pytest.raises(ValueError, match=r"\(4, 1\)"):
        delta_rule.squared_error([1, 2, 3], np.ones((4, 3)), np.ones((4, 1)))
