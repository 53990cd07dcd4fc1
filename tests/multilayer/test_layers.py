"""Layers against torch.nn, and the collapse of affine layers as a property."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_utils.models import mlp
from course_utils.multilayer.layers import affine, collapse, forward, layer, parameter_count

sizes_of_layers = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def random_layers(sizes, rng):
    return [(rng.normal(size=(h, d)), rng.normal(size=h)) for d, h in pairwise(sizes)]


def test_a_layer_by_hand():
    X, W, b = [[1, 2], [3, 4], [0, -1]], [[1, -1], [2, 0]], [0.5, -3]
    np.testing.assert_array_equal(affine(X, W, b), [[-0.5, -1], [-0.5, 3], [1.5, -3]])
    relu = layer(X, W, b, lambda z: np.maximum(z, 0))
    np.testing.assert_array_equal(relu, [[0, 0], [0, 3], [1.5, 0]])


@pytest.mark.parametrize("sizes", [(3, 3), (2, 5, 1), (4, 3, 6, 2)])
def test_forward_is_what_pytorch_computes(sizes):
    model = mlp(torch, sizes, "Tanh").to(torch.float64)
    state = [p.detach().numpy() for p in model.parameters()]
    layers = list(zip(state[::2], state[1::2], strict=True))
    X = np.random.default_rng(0).normal(size=(6, sizes[0]))
    steps = forward(X, layers, np.tanh)
    assert [step.shape for step in steps] == [(6, size) for size in sizes]
    np.testing.assert_allclose(steps[-1], model(torch.tensor(X)).detach().numpy(), rtol=1e-12)
    assert parameter_count(sizes) == sum(p.numel() for p in model.parameters())


def test_the_output_may_have_a_function_of_its_own():
    layers = random_layers((2, 3, 1), np.random.default_rng(0))
    X = np.ones((4, 2))
    plain, squared = forward(X, layers, np.tanh), forward(X, layers, np.tanh, np.square)
    np.testing.assert_allclose(squared[-1], plain[-1] ** 2)
    np.testing.assert_array_equal(squared[1], plain[1])


@given(sizes_of_layers, st.integers(0, 2**32 - 1))
def test_layers_without_activations_are_one(sizes, seed):
    rng = np.random.default_rng(seed)
    layers, X = random_layers(sizes, rng), rng.normal(size=(3, sizes[0]))
    W, b = collapse(layers)
    assert W.shape == (sizes[-1], sizes[0])
    expected = forward(X, layers, lambda z: z)[-1]
    np.testing.assert_allclose(affine(X, W, b), expected, rtol=1e-9, atol=1e-9)


def test_with_activations_they_are_not():
    layers = random_layers((2, 3, 1), np.random.default_rng(1))
    x = np.array([[1.0, 2.0]])
    f = [forward(k * x, layers, np.tanh)[-1].item() for k in (0, 1, 2)]
    assert abs(f[0] - 2 * f[1] + f[2]) > 0.1  # an affine function has no second difference


def test_parameter_counts_by_hand():
    # Lefort & Salmon's example: 5 inputs, layers of 7, 4 and 2 units.
    assert parameter_count((5, 7, 4, 2)) == (35 + 7) + (28 + 4) + (8 + 2)
    assert parameter_count((784, 256, 10)) == 203_530
    assert parameter_count(np.array([3, 1])) == 4


@pytest.mark.parametrize("sizes", [(), (3,), (3, 0), (3, -1, 2)])
def test_sizes_are_checked(sizes):
    with pytest.raises(ValueError, match="sizes must be"):
        parameter_count(sizes)


def test_a_size_is_a_whole_number():
    with pytest.raises(TypeError):
        parameter_count((3, 2.5))


@pytest.mark.parametrize("shapes", [((3,), (2, 3), (2,)), ((5, 2), (2, 3), (2,)),
                                    ((5, 3), (2, 3), (3,)), ((5, 3), (3,), ())])  # fmt: skip
def test_shapes_that_do_not_fit_are_named(shapes):
    with pytest.raises(ValueError, match="are needed, got"):
        layer(*map(np.zeros, shapes), np.tanh)


def test_layers_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="layer 2 should take the 3 outputs"):
        collapse([(np.zeros((3, 2)), np.zeros(3)), (np.zeros((1, 2)), np.zeros(1))])
    with pytest.raises(ValueError, match="no layer"):
        collapse([])
