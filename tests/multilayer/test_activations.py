"""Values and derivatives against PyTorch, central differences and numbers by hand."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from course_utils.multilayer import activations
from course_utils.multilayer.activations import ACTIVATIONS, elu, leaky_relu, logistic, swish

Z = np.linspace(-5, 5, 41)  # 0 among them
PYTORCH = {
    "step": (activations.STEP, lambda z: (z >= 0).to(z.dtype) + 0 * z),
    "identity": (activations.IDENTITY, lambda z: 1 * z),
    "logistic": (logistic(), torch.sigmoid),
    "logistic, β = 3": (logistic(3), lambda z: torch.sigmoid(3 * z)),
    "tanh": (activations.TANH, torch.tanh),
    "ReLU": (activations.RELU, F.relu),
    "leaky ReLU": (leaky_relu(), lambda z: F.leaky_relu(z, 0.1)),
    "leaky ReLU, 0.01": (leaky_relu(0.01), F.leaky_relu),
    "ELU": (elu(), F.elu),
    "ELU, α = 2": (elu(2), lambda z: F.elu(z, 2.0)),
    "swish": (swish(), F.silu),
    "swish, β = 2": (swish(2), lambda z: z * torch.sigmoid(2 * z)),
    "GELU": (activations.GELU, F.gelu),
}


@pytest.mark.parametrize("name", PYTORCH)
def test_value_and_derivative_are_pytorchs(name):
    activation, theirs = PYTORCH[name]
    z = torch.tensor(Z, requires_grad=True)
    values = theirs(z)
    values.sum().backward()
    np.testing.assert_allclose(activation.value(Z), values.detach().numpy(), rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(activation.derivative(Z), z.grad.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", PYTORCH)
def test_derivative_is_the_limit_of_differences(name):
    activation, _ = PYTORCH[name]
    z, h = Z[Z != 0], 1e-6  # 0 is where some of them have a kink or a jump
    slopes = (activation.value(z + h) - activation.value(z - h)) / (2 * h)
    np.testing.assert_allclose(activation.derivative(z), slopes, atol=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nothing_overflows(name):
    activation, z = ACTIVATIONS[name], np.array([-1e4, -1000.0, 1000.0, 1e4])
    with np.errstate(over="raise", invalid="raise"):
        assert np.isfinite(activation.value(z)).all()
        assert np.isfinite(activation.derivative(z)).all()


@pytest.mark.parametrize("name", PYTORCH)
@pytest.mark.parametrize("z", [[[1.0, -2.0], [0.0, 0.5]], 0.5, np.float32([1, -1])])
def test_shapes_stay(name, z):
    activation, _ = PYTORCH[name]
    assert np.shape(activation.value(z)) == np.shape(z)
    assert np.shape(activation.derivative(z)) == np.shape(z)


def test_the_table_holds_what_the_chapter_names():
    assert set(ACTIVATIONS) < set(PYTORCH)
    for name in ACTIVATIONS:
        np.testing.assert_array_equal(ACTIVATIONS[name].value(Z), PYTORCH[name][0].value(Z))


def test_numbers_by_hand():
    assert logistic(4).derivative(0.0) == pytest.approx(1)  # β/4
    assert logistic(np.log(3)).value(1.0) == pytest.approx(0.75)
    assert elu().value(-np.log(2)) == pytest.approx(-0.5)
    assert leaky_relu().value(-3.0) == pytest.approx(-0.3)
    # tanh(z) = 2 σ(2z) − 1: the form of Gasse's lecture
    np.testing.assert_allclose(2 * logistic(2).value(Z) - 1, np.tanh(Z), atol=1e-15)


@pytest.mark.parametrize("make", [logistic, swish])
@pytest.mark.parametrize("beta", [0, -1, np.nan])
def test_beta_must_be_positive(make, beta):
    with pytest.raises(ValueError, match="beta must be positive"):
        make(beta)


def test_maxout_and_its_slopes_against_pytorch():
    rng = np.random.default_rng(0)
    X, W, b = rng.normal(size=(7, 3)), rng.normal(size=(4, 5, 3)), rng.normal(size=(4, 5))
    inputs = torch.tensor(X, requires_grad=True)
    out = (torch.tensor(W) @ inputs.T + torch.tensor(b)[:, :, None]).amax(dim=1).T  # (7, 4)
    np.testing.assert_allclose(activations.maxout(X, W, b), out.detach().numpy(), rtol=1e-12)
    slopes = activations.maxout_slopes(X, W, b)
    assert slopes.shape == (7, 4, 3)
    for unit in range(4):
        (gradient,) = torch.autograd.grad(out[:, unit].sum(), inputs, retain_graph=True)
        np.testing.assert_allclose(slopes[:, unit], gradient.numpy(), rtol=1e-12)


def test_maxout_can_be_relu_and_absolute_value():
    W = np.array([[[0.0], [1.0]], [[1.0], [-1.0]]])
    got = activations.maxout(Z[:, None], W, np.zeros((2, 2)))
    np.testing.assert_array_equal(got, np.column_stack([np.maximum(Z, 0), np.abs(Z)]))


@pytest.mark.parametrize("shapes", [((3,), (4, 5, 3), (4, 5)), ((7, 2), (4, 5, 3), (4, 5)),
                                    ((7, 3), (4, 5, 3), (5, 4)), ((7, 3), (5, 3), (5,))])  # fmt: skip
@pytest.mark.parametrize("function", [activations.maxout, activations.maxout_slopes])
def test_maxout_says_which_shapes_it_needs(shapes, function):
    with pytest.raises(ValueError, match="are needed, got"):
        function(*map(np.zeros, shapes))
