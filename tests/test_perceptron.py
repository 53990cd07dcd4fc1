"""Rosenblatt's rule by hand, against scikit-learn, and against the theorem."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Perceptron

from course_utils import data, margin, neuron, perceptron

vectors = st.lists(st.integers(-5, 5), min_size=3, max_size=3).map(np.array)


def test_updates_by_hand():
    w, x = np.array([1.0, -2.0, 0.5]), np.array([1.0, 1.0, 2.0])  # wᵀx = 0
    assert perceptron.update_zero_one(w, x, 1).tolist() == [1, -2, 0.5]  # answers 1: right
    assert perceptron.update_zero_one(w, x, 0, rate=0.5).tolist() == [0.5, -2.5, -0.5]
    assert perceptron.update_plus_minus(w, x, 1, step=2).tolist() == [3, 0, 4.5]  # 0: a mistake
    assert perceptron.update_plus_minus(w, x, -1).tolist() == [0, -3, -1.5]
    assert w.tolist() == [1, -2, 0.5]


@given(vectors, vectors, st.sampled_from([0, 1]))
def test_conventions_agree_off_the_boundary_and_differ_only_for_a_positive_on_it(w, x, y):
    zero_one = perceptron.update_zero_one(w, x, y)
    plus_minus = perceptron.update_plus_minus(w, x, 2 * y - 1)
    if w @ x == 0 and y == 1:
        np.testing.assert_array_equal(zero_one, w)
        np.testing.assert_array_equal(plus_minus, w + x)
    else:
        np.testing.assert_array_equal(zero_one, plus_minus)


@given(st.integers(0, 10**6), st.floats(0.02, 0.3), st.integers(5, 40))
@settings(max_examples=60, deadline=None)
def test_theorem_holds_after_every_mistake(seed, planted, n):
    X, y, _ = data.separable_cloud(n, planted, np.random.default_rng(seed))
    augmented = neuron.with_bias(X)
    history = perceptron.train(augmented, y)
    w_star = margin.max_margin_separator(augmented, y)
    gamma, R = margin.margin(w_star, augmented, y), margin.radius(augmented)
    k = np.arange(history.mistakes + 1)
    assert history.converged
    assert history.mistakes <= margin.mistake_bound(augmented, y) * (1 + 1e-9)
    assert (history.weights @ w_star >= k * gamma - 1e-9).all()
    assert ((history.weights**2).sum(axis=1) <= k * R**2 + 1e-9).all()
    assert margin.margin(history.w, augmented, y) > 0


@pytest.mark.parametrize("seed", range(5))
def test_same_weights_as_scikit_learn(seed):
    X, y, _ = data.separable_cloud(50, 0.05, np.random.default_rng(seed))
    history = perceptron.train(neuron.with_bias(X), y)
    theirs = Perceptron(shuffle=False, tol=None, max_iter=len(history.mistakes_per_epoch))
    theirs.fit(X, y)
    np.testing.assert_allclose(history.w[1:], theirs.coef_[0], rtol=1e-10)
    assert history.w[0] == pytest.approx(theirs.intercept_[0])


def test_history_tells_the_whole_story():
    X, y = data.truth_table("OR")
    augmented, signs = neuron.with_bias(X), 2 * y - 1
    history = perceptron.train(augmented, signs)
    w = np.zeros(3)
    for k, i in enumerate(history.examples):
        assert signs[i] * (w @ augmented[i]) <= 0
        w = w + signs[i] * augmented[i]
        assert w.tolist() == history.weights[k + 1].tolist()
    assert np.bincount(history.epochs).tolist() == history.mistakes_per_epoch[:-1].tolist()
    assert history.mistakes_per_epoch[-1] == 0
    assert history.mistakes == len(history.epochs) == history.mistakes_per_epoch.sum()


@given(st.floats(0.01, 100))
@settings(max_examples=20, deadline=None)
def test_step_only_scales_the_weights_when_training_starts_at_zero(step):
    X, y, _ = data.separable_cloud(20, 0.1, np.random.default_rng(1))
    one = perceptron.train(neuron.with_bias(X), y)
    other = perceptron.train(neuron.with_bias(X), y, step=step)
    assert one.examples.tolist() == other.examples.tolist()
    np.testing.assert_allclose(other.w, step * one.w, rtol=1e-9)


def test_xor_never_ends_and_cycles():
    X, y = data.truth_table("XOR")
    history = perceptron.train(neuron.with_bias(X), 2 * y - 1, max_epochs=50)
    assert not history.converged
    assert len(history.mistakes_per_epoch) == 50
    assert np.abs(history.weights).max() <= 3  # the cycle stays small


def test_start_and_arguments_are_left_alone():
    X, y = neuron.with_bias([[0.0], [1.0]]), np.array([-1.0, 1.0])
    start = np.array([-0.5, 1.0])
    history = perceptron.train(X, y, w=start)
    assert history.mistakes == 0
    assert history.converged
    assert history.w.tolist() == [-0.5, 1.0]
    one, two = (perceptron.train(X, y, rng=np.random.default_rng(7)).weights for _ in range(2))
    assert one.tolist() == two.tolist()


def test_bad_inputs_are_named():
    with pytest.raises(ValueError, match="labels 0 and 1, got -1"):
        perceptron.update_zero_one([0, 0], [1, 1], -1)
    with pytest.raises(ValueError, match="labels −1 and \\+1, got 0"):
        perceptron.update_plus_minus([0, 0], [1, 1], 0)
    with pytest.raises(ValueError, match="one weight per column"):
        perceptron.train([[1, 0]], [1], w=[0, 0, 0])
    with pytest.raises(ValueError, match="at least 1"):
        perceptron.train([[1, 0]], [1], max_epochs=0)
