import numpy as np
import pytest
import torch

import course_utils.scratch as scratch
from course_utils import data
from course_utils.autoencoders import linear
from course_utils.autoencoders.angles import principal_angles
from course_utils.autoencoders.pca import principal_components, reconstruction_error
from course_utils.scratch import arrays

RNG = np.random.default_rng(1)
X, W = RNG.normal(size=(7, 5)), RNG.normal(size=(2, 5))


def test_tied_gradient_is_pytorchs():
    weights = torch.tensor(W, requires_grad=True)
    x = torch.tensor(X)
    loss = ((x @ weights.T @ weights - x) ** 2).sum(1).mean()
    loss.backward()
    np.testing.assert_allclose(linear.tied_loss(X, W), loss.item())
    np.testing.assert_allclose(linear.tied_gradient(X, W), weights.grad.numpy())


def test_principal_components_are_where_the_tied_gradient_is_zero():
    centred = X - X.mean(axis=0)
    V = principal_components(X, 2).V
    np.testing.assert_allclose(linear.tied_gradient(centred, V.T), 0, atol=1e-12)
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    np.testing.assert_allclose(linear.tied_gradient(centred, turn @ V.T), 0, atol=1e-12)
    assert np.abs(linear.tied_gradient(centred, 1.1 * V.T)).max() > 0.01


def test_every_mixing_of_the_components_is_a_minimum():
    found = principal_components(X, 2)
    for mixing in (None, RNG.normal(size=(2, 2))):
        encoder, decoder = linear.optimal(X, 2, mixing)
        np.testing.assert_allclose(
            (X - found.mean) @ encoder.T @ decoder.T + found.mean, found.reconstruct(X)
        )
        assert principal_angles(decoder, found.V).max() < 1e-13
    with pytest.raises(ValueError, match="2 × 2 and invertible"):
        linear.optimal(X, 2, [[1, 1], [1, 1]])


@pytest.mark.parametrize("holder", ["PyTorch", "numpy", "torch"])
def test_training_finds_the_subspace_on_every_engine(holder):
    ink = data.digits()[0]
    found = principal_components(ink, 3)
    if holder == "PyTorch":
        encoder, decoder = linear.train(torch, ink, 3, steps=800)
    else:
        with arrays.library(holder):
            encoder, decoder = linear.train(scratch, ink, 3, steps=800)
    assert principal_angles(decoder, found.V).max() < 1e-3
    Y = (ink - found.mean) @ encoder.T @ decoder.T + found.mean
    best = reconstruction_error(ink, found.reconstruct(ink))
    assert best <= reconstruction_error(ink, Y) < best * (1 + 1e-6)


def test_with_fewer_examples_than_inputs():
    few = data.digits()[0][:20]
    decoder = linear.train(scratch, few, 2)[1]
    assert principal_angles(decoder, principal_components(few, 2).V).max() < 1e-3


def test_bad_input():
    with pytest.raises(ValueError, match="should have 5 columns, got 4"):
        linear.tied_loss(X[:, :4], W)
    with pytest.raises(ValueError, match="at least 1, got 0"):
        linear.train(scratch, X, 0)
