"""The largest margin against brute force, scikit-learn, and data sets whose margin is known."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from sklearn.svm import SVC

from course_utils import data, margin, neuron


def brute_force(X, y):
    """Best margin in the plane: the optimum is set by one example or two equidistant ones."""
    Z = y[:, None] * X
    candidates = [z for z in Z]
    for i in range(len(Z)):
        for j in range(i):
            along = Z[i] - Z[j]
            candidates += [np.array([-along[1], along[0]]), np.array([along[1], -along[0]])]
    lengths = [np.linalg.norm(w) for w in candidates]
    return max(
        (Z @ w).min() / length for w, length in zip(candidates, lengths, strict=True) if length
    )


@pytest.mark.parametrize("seed", range(20))
def test_largest_margin_in_the_plane_against_brute_force(seed):
    rng = np.random.default_rng(seed)
    w = rng.normal(size=2)
    X = rng.normal(size=(12, 2))
    y = np.sign(X @ w)
    best = margin.max_margin_separator(X, y)
    assert np.linalg.norm(best) == pytest.approx(1, abs=1e-12)
    assert margin.margin(best, X, y) == pytest.approx(brute_force(X, y), rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_largest_margin_with_bias_against_scikit_learn(seed):
    X, y, _ = data.separable_cloud(40, 0.1, np.random.default_rng(seed))
    augmented = neuron.with_bias(X)
    # SVC never penalises its own intercept, so it may not have one: a kernel through the origin
    # is not on offer. Doubling the set with (−x, −y) makes the intercept 0 by symmetry.
    doubled, signs = np.vstack([augmented, -augmented]), np.append(y, -y)
    machine = SVC(kernel="linear", C=1e8, tol=1e-10).fit(doubled, signs)
    theirs = machine.coef_[0]
    ours = margin.max_margin_separator(augmented, y)
    assert abs(machine.intercept_[0]) < 1e-6
    np.testing.assert_allclose(ours, theirs / np.linalg.norm(theirs), atol=1e-5)


def test_known_margin():
    # Two points at distance 5 from the origin on a line: w* is that line, the margin 5.
    X, y = np.array([[3.0, 4.0], [-3.0, -4.0]]), np.array([1, -1])
    np.testing.assert_allclose(margin.max_margin_separator(X, y), [0.6, 0.8], atol=1e-12)
    assert margin.margin([6, 8], X, y) == pytest.approx(5)
    assert margin.radius(X) == pytest.approx(5)
    assert margin.mistake_bound(X, y) == pytest.approx(1)


def test_and_gate_by_hand():
    # AND with x0 = 1: w ∝ (−3, 2, 2) has y⟨w, x⟩ = 3, 1, 1, 1 and length √17; R = √3.
    X, y = data.truth_table("AND")
    augmented, signs = neuron.with_bias(X), 2 * y - 1
    expected = np.array([-3, 2, 2]) / np.sqrt(17)
    np.testing.assert_allclose(margin.max_margin_separator(augmented, signs), expected, atol=1e-12)
    assert margin.mistake_bound(augmented, signs) == pytest.approx(51)


@given(st.integers(0, 10_000), st.floats(0.001, 1000))
@settings(max_examples=50, deadline=None)
def test_scaling_all_inputs_leaves_the_bound_and_w_alone(seed, factor):
    X, y, _ = data.separable_cloud(10, 0.05, np.random.default_rng(seed))
    augmented = neuron.with_bias(X)
    bound = margin.mistake_bound(augmented, y)
    assert margin.mistake_bound(factor * augmented, y) == pytest.approx(bound, rel=1e-6)


@given(st.integers(0, 10_000), st.integers(4, 12))
@settings(max_examples=60, deadline=None)
def test_separability_agrees_with_linear_programming(seed, n):
    rng = np.random.default_rng(seed)
    X, y = neuron.with_bias(rng.normal(size=(n, 2))), rng.choice([-1, 1], size=n)
    feasible = linprog(
        np.zeros(3), A_ub=-y[:, None] * X, b_ub=-np.ones(n), bounds=[(None, None)] * 3
    )
    assert margin.is_separable(X, y) == (feasible.status == 0)


@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_nearest_point_meets_the_condition_that_only_it_can(seed, n, dimension):
    # x is nearest to 0 in the hull exactly if ⟨z, x⟩ ≥ ‖x‖² for all z, and x is in the hull.
    # Points on a grid repeat and line up: the degenerate cases in which active sets go wrong.
    rng = np.random.default_rng(seed)
    Z = rng.integers(-2, 3, size=(n, dimension)).astype(float)
    x = margin.nearest_point(Z)
    assert (Z @ x).min() >= x @ x - 1e-9
    A = np.vstack([Z.T, np.ones(n)])
    assert linprog(np.zeros(n), A_eq=A, b_eq=np.append(x, 1), bounds=(0, None)).status == 0


def test_number_of_gates_that_one_neuron_computes():
    # 14 of 16 and 104 of 256: Muroga (1971), Threshold Logic and Its Applications.
    for inputs, expected in ((2, 14), (3, 104)):
        X = neuron.with_bias(list(product((0, 1), repeat=inputs)))
        tables = product((-1, 1), repeat=2**inputs)
        assert sum(margin.is_separable(X, y) for y in tables) == expected


def test_largest_margin_of_real_digits_is_the_distance_of_the_hull():
    X, y = data.digits()
    chosen = (y == 3) | (y == 8)
    Z, signs = neuron.with_bias(X[chosen]), np.where(y[chosen] == 3, 1, -1)
    gamma = margin.margin(margin.max_margin_separator(Z, signs), Z, signs)
    assert gamma == pytest.approx(
        np.linalg.norm(margin.nearest_point(signs[:, None] * Z)), rel=1e-9
    )


@pytest.mark.parametrize("inputs", [2, 3, 4])
def test_parity_is_not_separable_and_neither_is_a_doubled_point(inputs):
    X, y = data.truth_table("XOR", inputs)
    assert not margin.is_separable(neuron.with_bias(X), 2 * y - 1)
    with pytest.raises(ValueError, match="no w separates"):
        margin.mistake_bound(neuron.with_bias(X), 2 * y - 1)
    assert not margin.is_separable([[1, 2], [1, 2]], [1, -1])
    assert not margin.is_separable([[0, 0]], [1])


def test_every_w_has_at_most_the_largest_margin():
    rng = np.random.default_rng(3)
    X, y, planted = data.separable_cloud(30, 0.1, rng)
    augmented = neuron.with_bias(X)
    best = margin.margin(margin.max_margin_separator(augmented, y), augmented, y)
    assert best >= margin.margin(planted, augmented, y) >= 0.1
    assert all(margin.margin(rng.normal(size=3), augmented, y) <= best for _ in range(500))


def test_bad_inputs_are_named():
    with pytest.raises(ValueError, match="w = 0"):
        margin.margin([0, 0], [[1, 2]], [1])
    with pytest.raises(ValueError, match="try 2 \\* y - 1"):
        margin.is_separable([[1, 2], [1, 3]], [0, 1])
    with pytest.raises(ValueError, match=r"\(2, 2\) and \(3,\)"):
        margin.is_separable([[1, 2], [1, 3]], [1, 1, 1])
    with pytest.raises(ValueError, match=r"shape \(2,\).*not \(3,\).*with_bias"):
        margin.margin([1, 2, 3], [[1, 2]], [1])
    with pytest.raises(ValueError, match="N ≥ 1"):
        margin.is_separable(np.zeros((0, 2)), [])
