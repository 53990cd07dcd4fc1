import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linear_sum_assignment
from scipy.stats import wasserstein_distance

from course_utils.adversarial import wasserstein

POINTS = arrays(float, st.integers(1, 12), elements=st.floats(-50, 50))


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 9), st.integers(0, 99))
def test_it_is_the_best_assignment(n, seed):
    x, y = np.random.default_rng(seed).normal(size=(2, n))
    cost = np.abs(x[:, None] - y)
    best = cost[linear_sum_assignment(cost)].mean()
    assert wasserstein.wasserstein_1d(x, y) == pytest.approx(best)
    assert wasserstein.wasserstein_by_cdf(x, y) == pytest.approx(best)


@settings(deadline=None, max_examples=60)
@given(POINTS, POINTS)
def test_by_cdf_it_is_scipys(x, y):
    expected = wasserstein_distance(x, y)
    assert wasserstein.wasserstein_by_cdf(x, y) == pytest.approx(expected, abs=1e-9)


def test_clipped_step():
    w, real, fake = np.array([0.0, 0.9]), [[4.0, 1.0]], [[1.0, 2.0]]
    np.testing.assert_allclose(wasserstein.clipped_step(w, real, fake, 0.1, 1), [0.3, 0.8])
    np.testing.assert_allclose(wasserstein.clipped_step(w, real, fake, 0.1, 0.5), [0.3, 0.5])
    np.testing.assert_array_equal(w, [0, 0.9])
    clipped = wasserstein.clip([w, [[-3.0]]], 0.5)
    np.testing.assert_array_equal(clipped[0], [0, 0.5])
    np.testing.assert_array_equal(clipped[1], [[-0.5]])
    with pytest.raises(ValueError, match="limit c"):
        wasserstein.clip([w], 0)


@pytest.mark.parametrize(("n", "d", "h"), [(1, 1, 1), (5, 3, 4), (4, 6, 2)])
def test_penalty_is_pytorchs(n, d, h):
    rng = np.random.default_rng(n)
    critic = wasserstein.Critic(rng.normal(size=(h, d)), rng.normal(size=h), rng.normal(size=h))
    real, fake, u = rng.normal(size=(n, d)), rng.normal(size=(n, d)), rng.random(n)
    W, b, v = (torch.tensor(a) for a in critic)
    x = torch.tensor(wasserstein.mixed(real, fake, u), requires_grad=True)
    scores = torch.tanh(x @ W.T + b) @ v
    np.testing.assert_allclose(critic.scores(x.detach().numpy()), scores.detach().numpy())
    (g,) = torch.autograd.grad(scores.sum(), x)
    expected = (g.norm(dim=1) - 1).pow(2).mean().item()
    assert wasserstein.gradient_penalty(critic, real, fake, u) == pytest.approx(expected)


def test_mixed():
    real, fake = np.array([[0.0, 1], [2, 3]]), np.array([[4.0, 5], [6, 7]])
    np.testing.assert_allclose(wasserstein.mixed(real, fake, [1, 0]), [[0, 1], [6, 7]])
    np.testing.assert_allclose(wasserstein.mixed(real, fake, [0.5, 0.25]), [[2, 3], [5, 6]])
    with pytest.raises(ValueError, match=r"\(N,\) are needed"):
        wasserstein.mixed(real, fake, [[0.5], [0.5]])


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [([], [], "vector of points"), ([1.0], [1.0, 2.0], "1 and 2"), ([[1.0]], [[1.0]], "shape")],
)
def test_points_are_checked(x, y, said):
    with pytest.raises(ValueError, match=said):
        wasserstein.wasserstein_1d(x, y)
