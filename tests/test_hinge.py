"""The perceptron's loss: PyTorch's gradient, finite differences, and the perceptron itself."""

import numpy as np
import pytest
import torch

from course_utils import data, hinge, neuron, perceptron


@pytest.fixture
def examples():
    rng = np.random.default_rng(4)
    return rng.normal(size=(30, 4)), rng.choice([-1.0, 1.0], size=30), rng.normal(size=4)


@pytest.mark.parametrize("shift", [0.0, 1.0])
def test_loss_and_subgradient_against_pytorch(examples, shift):
    X, y, w = examples
    weights = torch.tensor(w, requires_grad=True)
    value = torch.relu(shift - torch.tensor(y) * (torch.tensor(X) @ weights)).mean()
    value.backward()
    assert hinge.loss(w, X, y, shift=shift) == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(hinge.subgradient(w, X, y, shift=shift), weights.grad, rtol=1e-12)


def test_subgradient_lies_below_the_loss(examples):
    X, y, w = examples
    rng = np.random.default_rng(1)
    for start in (w, np.zeros(4)):
        value, slope = hinge.loss(start, X, y), hinge.subgradient(start, X, y)
        for other in rng.normal(size=(200, 4)):
            assert hinge.loss(other, X, y) >= value + slope @ (other - start) - 1e-12


def test_loss_by_hand():
    X, y = np.array([[1.0, 2.0], [1.0, -1.0]]), np.array([1, -1])
    assert hinge.loss([-3, 1], X, y) == pytest.approx(0.5)  # −(−1) = 1 and 0, mean ½
    assert hinge.loss([-3, 1], X, y, shift=1) == pytest.approx(1)  # 2 and 0
    assert hinge.subgradient([-3, 1], X, y).tolist() == [-0.5, -1]


@pytest.mark.parametrize("step", [1.0, 0.3])
def test_sgd_with_fixed_step_is_the_perceptron(step):
    X, y, _ = data.separable_cloud(40, 0.05, np.random.default_rng(2))
    augmented = neuron.with_bias(X)
    history = perceptron.train(augmented, y, step=step, rng=np.random.default_rng(9))
    epochs = len(history.mistakes_per_epoch)
    w = hinge.sgd(augmented, y, step=step, epochs=epochs, rng=np.random.default_rng(9))
    np.testing.assert_allclose(w, history.w, rtol=1e-12)


def test_loss_is_homogeneous_so_its_gradient_points_away_from_zero(examples):
    X, y, w = examples
    assert hinge.loss(3 * w, X, y) == pytest.approx(3 * hinge.loss(w, X, y))
    assert hinge.subgradient(w, X, y) @ w == pytest.approx(hinge.loss(w, X, y))  # Euler


def test_small_steps_shrink_w_to_nothing_on_inseparable_examples(examples):
    X, y, w = examples
    path = hinge.descend(X, y, w=w, steps=np.full(5000, 0.01))
    assert np.linalg.norm(path[-1]) < 0.01 * np.linalg.norm(w)
    assert path.shape == (5001, 4)
    margin_path = hinge.descend(X, y, w=w, steps=np.full(5000, 0.01), shift=1)
    assert np.linalg.norm(margin_path[-1]) > 0.1


def test_bad_weights_get_one_clear_line(examples):
    X, y, w = examples
    for function in (hinge.loss, hinge.subgradient):
        with pytest.raises(ValueError, match="one weight per column"):
            function(w[1:], X, y)


def test_even_with_a_margin_zero_is_the_minimum_on_xor():
    """The chapter says so: the pulls of the four rows cancel."""
    inputs, outputs = data.truth_table("XOR")
    X, y = neuron.with_bias(inputs), 2 * outputs - 1
    assert not hinge.subgradient(np.zeros(3), X, y, shift=1).any()
    elsewhere = np.random.default_rng(1).normal(size=(300, 3))
    assert min(hinge.loss(w, X, y, shift=1) for w in elsewhere) >= 1 - 1e-12
