"""Vector–Jacobian products against PyTorch, against whole Jacobians, and in pairs."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from course_utils.backpropagation import vjps
from course_utils.dual import jacobian

SIDES = st.integers(1, 5)


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


@given(SIDES, SIDES, SIDES, st.integers(0, 99))
@settings(deadline=None, max_examples=40)
def test_matmul(n, k, m, seed):
    A, B, G = normal(n, k, seed=seed), normal(k, m, seed=seed + 1), normal(n, m, seed=seed + 2)
    a, b = (torch.tensor(v, requires_grad=True) for v in (A, B))
    (a @ b).backward(torch.tensor(G))
    for got, leaf in zip(vjps.matmul_vjp(A, B, G), (a, b), strict=True):
        np.testing.assert_allclose(got, leaf.grad, rtol=1e-12, atol=1e-12)


def test_matmul_by_the_whole_jacobian():
    A, B, G = normal(2, 3), normal(3, 4, seed=1), normal(2, 4, seed=2)
    whole = jacobian(lambda A: A @ B, A)  # (2, 4, 2, 3)
    np.testing.assert_allclose(vjps.matmul_vjp(A, B, G)[0], np.tensordot(G, whole, axes=2))


@given(shapes.array_shapes(min_dims=1, max_dims=4, max_side=4), st.data())
@settings(deadline=None, max_examples=60)
def test_sum(shape, data):
    axes = st.integers(-len(shape), len(shape) - 1)
    several = st.lists(axes, min_size=1, unique_by=lambda a: a % len(shape)).map(tuple)
    axis = data.draw(st.none() | axes | several)
    keepdims = data.draw(st.booleans())
    x = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
    y = x.sum(tuple(range(len(shape))) if axis is None else axis, keepdim=keepdims)
    G = normal(*y.shape)
    y.backward(torch.tensor(G))
    got = vjps.sum_vjp(shape, axis, G, keepdims=keepdims)
    np.testing.assert_array_equal(got, x.grad)


@given(shapes.array_shapes(min_dims=0, max_dims=4, max_side=4), st.data())
@settings(deadline=None, max_examples=60)
def test_broadcasting(large, data):
    start = data.draw(st.integers(0, len(large)))
    shape = tuple(data.draw(st.sampled_from([1, n])) for n in large[start:])
    x = torch.tensor(normal(*shape), requires_grad=True)
    G = normal(*large)
    x.expand(large).backward(torch.tensor(G))
    got = vjps.broadcast_vjp(shape, G)
    assert got.shape == shape
    np.testing.assert_allclose(got, x.grad, rtol=1e-12, atol=1e-12)


@given(shapes.array_shapes(min_dims=1, max_dims=3, max_side=4), st.data())
@settings(deadline=None, max_examples=40)
def test_sum_and_stretch_are_each_others_transpose(shape, data):
    """⟨stretch x, g⟩ = ⟨x, sum g⟩, where a sum with keepdims is stretched back."""
    axis = data.draw(st.integers(0, len(shape) - 1))
    small = tuple(1 if i == axis else n for i, n in enumerate(shape))
    x, g = normal(*small), normal(*shape, seed=1)
    left = (vjps.sum_vjp(shape, axis, x, keepdims=True) * g).sum()
    assert left == pytest.approx((x * vjps.broadcast_vjp(small, g)).sum())


@given(SIDES, st.integers(2, 5), st.floats(0, 1000), st.integers(0, 99))
@settings(deadline=None, max_examples=40)
def test_cross_entropy(n, classes, scale, seed):
    rng = np.random.default_rng(seed)
    Z, y, g = rng.normal(size=(n, classes)) * scale, rng.integers(classes, size=n), rng.normal()
    z = torch.tensor(Z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(z, torch.tensor(y))
    loss.backward(torch.tensor(g, dtype=torch.float64))
    assert vjps.cross_entropy(Z, y) == pytest.approx(loss.item(), rel=1e-12, abs=1e-12)
    got = vjps.cross_entropy_vjp(Z, y, g)
    np.testing.assert_allclose(got, z.grad, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(got.sum(axis=1), 0, atol=1e-12)


def test_softmax_of_large_logits():
    np.testing.assert_array_equal(
        vjps.softmax([[1000.0, -1000.0], [5.0, 5.0]]), [[1, 0], [0.5, 0.5]]
    )


def test_relu():
    np.testing.assert_array_equal(vjps.relu_vjp([-1.0, 0.0, 2.0], [3.0, 4.0, 5.0]), [0, 0, 5])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: vjps.matmul_vjp(np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 3))), "are needed"),
        (lambda: vjps.matmul_vjp(np.ones((2, 3)), np.ones((3, 4)), np.ones((4, 2))), r"\(2, 4\)"),
        (lambda: vjps.sum_vjp((2, 3), 1, np.ones(3)), r"\(2,\), not \(3,\)"),
        (lambda: vjps.broadcast_vjp((2,), np.ones((2, 3))), "does not stretch"),
        (lambda: vjps.broadcast_vjp((5, 3), np.ones(3)), "does not stretch"),
        (lambda: vjps.relu_vjp(np.ones(3), np.ones(2)), "must have its shape"),
        (lambda: vjps.cross_entropy_vjp(np.ones((2, 3)), [0, 3]), "classes must be from 0 to 2"),
        (lambda: vjps.cross_entropy_vjp(np.ones((2, 3)), [0, -1]), "got -1 to 0"),
        (lambda: vjps.cross_entropy_vjp(np.ones((2, 3)), [0]), "are needed"),
        (lambda: vjps.cross_entropy(np.ones((2, 3)), [0.0, 1.0]), "whole numbers"),
    ],
)
def test_bad_input_is_told(call, message):
    with pytest.raises(ValueError, match=message):
        call()
