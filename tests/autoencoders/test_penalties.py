import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch
from course_utils.autoencoders import engine_penalties, penalties
from course_utils.models.autoencoder import autoencoder

RNG = np.random.default_rng(2)
X, W, B = RNG.normal(size=(6, 4)), RNG.normal(size=(3, 4)), RNG.normal(size=3)
H = penalties.sigmoid_layer(X, W, B)
ENGINES = [torch, scratch]


def test_sparse_by_hand():
    codes = [[1.0, -2, 0], [0, 0, 4]]
    assert penalties.sparse_penalty(codes, 10) == 10 * (3 + 4) / 2
    np.testing.assert_array_equal(penalties.sparse_subgradient(codes, 10), [[5, -5, 0], [0, 0, 5]])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 5))
def test_the_subgradient_supports_the_penalty(seed, lam):
    rng = np.random.default_rng(seed)
    codes = rng.integers(-1, 2, size=(3, 4)) * rng.random((3, 4))
    other = rng.normal(size=(3, 4))
    slope = penalties.sparse_subgradient(codes, lam)
    line = penalties.sparse_penalty(codes, lam) + (slope * (other - codes)).sum()
    assert penalties.sparse_penalty(other, lam) >= line - 1e-12


def test_sigmoids_jacobian_is_pytorchs_and_that_of_differences():
    def layer(x):
        return torch.sigmoid(torch.tensor(W) @ x + torch.tensor(B))

    theirs = [torch.autograd.functional.jacobian(layer, torch.tensor(x)).numpy() for x in X]
    ours = penalties.sigmoid_jacobian(X, W, B)
    np.testing.assert_allclose(ours, theirs)
    step = 1e-6
    for j, unit in enumerate(np.eye(4)):
        ends = [penalties.sigmoid_layer(X + s * step * unit, W, B) for s in (1, -1)]
        np.testing.assert_allclose((ends[0] - ends[1]) / (2 * step), ours[:, :, j], atol=1e-9)


def test_the_penalty_is_the_squared_frobenius_norm_of_the_jacobian():
    jacobians = penalties.sigmoid_jacobian(X, W, B)
    expected = np.mean([np.linalg.norm(J, "fro") ** 2 for J in jacobians])
    np.testing.assert_allclose(penalties.contractive_penalty(X, W, B), expected)


def test_a_saturated_layer_does_not_overflow():
    assert penalties.contractive_penalty([[1e6, -1e6]], np.eye(2), np.zeros(2)) == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_for_training_they_are_the_same_numbers(engine):
    x, w = engine.tensor(X), engine.tensor(W)

    def encoder(x):
        return engine.sigmoid(x @ w.T + engine.tensor(B))

    h = encoder(x)
    expected = penalties.contractive_penalty(X, W, B)
    np.testing.assert_allclose(engine_penalties.contraction(h, w).item(), expected)
    by_engine = engine_penalties.jacobian_penalty(engine, encoder, x)
    np.testing.assert_allclose(by_engine.item(), expected)
    np.testing.assert_allclose(engine_penalties.l1(h, 0.3).item(), penalties.sparse_penalty(H, 0.3))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_jacobian_penalty_of_a_deep_encoder_has_a_gradient(engine):
    engine.manual_seed(0)
    model = autoencoder(engine, (4, 5, 2), "Tanh").to(engine.float64)
    x = engine.tensor(X)

    def penalty():
        return engine_penalties.jacobian_penalty(engine, model.encoder, x)

    weight = model.encoder[0].weight
    penalty().backward()
    slope, step = weight.grad[1, 2].item(), 1e-5
    ends = []
    for s in (1, -2):
        with engine.no_grad():
            weight[1, 2] += s * step
        ends.append(penalty().item())
    np.testing.assert_allclose(slope, (ends[0] - ends[1]) / (2 * step), rtol=1e-5)


def test_bad_input():
    with pytest.raises(ValueError, match="at least 0, got -1"):
        penalties.sparse_penalty(H, -1)
    with pytest.raises(ValueError, match=r"shape \(3,\), got \(4,\)"):
        penalties.contractive_penalty(X, W, np.zeros(4))
    with pytest.raises(ValueError, match="4 columns, got 3"):
        penalties.contractive_penalty(X[:, :3], W, B)
