"""Gradients derived by hand against PyTorch, central differences and loops over units."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.backpropagation import by_hand
from course_utils.gradcheck import numerical_gradient

SIZES = st.tuples(*[st.integers(1, 5)] * 4)


def net(n, d, h, m, seed=0):
    rng = np.random.default_rng(seed)
    shapes = [(h, d), (h,), (m, h), (m,), (n, d), (n, m)]
    *p, X, T = (rng.normal(size=shape) for shape in shapes)
    return by_hand.Parameters(*p), X, T


def test_example_of_the_notebook():
    p = by_hand.Parameters(*map(np.array, ([[1.0]], [-1.0], [[3.0]], [1.0])))
    assert by_hand.loss(p, [[2.0]], [[2.0]]) == 4
    found = by_hand.gradient(p, [[2.0]], [[2.0]])
    assert [v.item() for v in found] == [24, 12, 4, 4]


@given(SIZES, st.integers(0, 99))
@settings(deadline=None, max_examples=40)
def test_two_layers_as_pytorch(sizes, seed):
    p, X, T = net(*sizes, seed=seed)
    leaves = [torch.tensor(v, requires_grad=True) for v in p]
    hidden = torch.nn.functional.linear(torch.tensor(X), *leaves[:2])
    Y = torch.nn.functional.linear(torch.relu(hidden), *leaves[2:])
    hidden.retain_grad(), Y.retain_grad()
    loss = ((Y - torch.tensor(T)) ** 2).sum(dim=1).mean()
    loss.backward()
    assert by_hand.loss(p, X, T) == pytest.approx(loss.item())
    for got, leaf in zip(by_hand.gradient(p, X, T), leaves, strict=True):
        np.testing.assert_allclose(got, leaf.grad, rtol=1e-9, atol=1e-12)
    for got, node in zip(by_hand.deltas(p, X, T), (hidden, Y), strict=True):
        np.testing.assert_allclose(got, node.grad, rtol=1e-9, atol=1e-12)


def test_two_layers_against_differences():
    p, X, T = net(6, 3, 4, 2)
    for i, got in enumerate(by_hand.gradient(p, X, T)):
        expected = numerical_gradient(
            lambda v, i=i: by_hand.loss(by_hand.Parameters(*p[:i], v, *p[i + 1 :]), X, T), p[i]
        )
        np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-7)


def test_delta_of_a_hidden_unit_is_the_weighted_sum_of_its_successors():
    p, X, T = net(5, 2, 4, 3)
    E1 = by_hand.forward(p, X).E1
    hidden, output = by_hand.deltas(p, X, T)
    for n in range(5):
        for i in range(4):
            got = by_hand.hidden_delta(p.W2[:, i], output[n], float(E1[n, i] > 0))
            assert got == pytest.approx(hidden[n, i])
    assert by_hand.hidden_delta([0.5, -2.0], [4.0, 1.0], 1.0) == 0
    with pytest.raises(ValueError, match=r"\(2,\) weights lead to \(1,\) successors"):
        by_hand.hidden_delta([0.5, -2.0], [4.0], 1.0)


def test_perceptron_as_pytorch():
    rng = np.random.default_rng(0)
    X, t, w, b = rng.normal(size=(20, 3)), rng.normal(size=20), rng.normal(size=3), 0.3
    v, c = (
        torch.tensor(w, requires_grad=True),
        torch.tensor(b, requires_grad=True, dtype=torch.float64),
    )
    y = torch.relu(torch.tensor(X) @ v + c)
    loss = torch.nn.functional.mse_loss(y, torch.tensor(t))
    loss.backward()
    assert by_hand.perceptron_loss(w, b, X, t) == pytest.approx(loss.item())
    by_w, by_b = by_hand.perceptron_gradient(w, b, X, t)
    np.testing.assert_allclose(by_w, v.grad, rtol=1e-12)
    assert by_b == pytest.approx(c.grad.item())


def test_at_a_kink_relu_has_slope_0():
    w, b = by_hand.perceptron_gradient([1.0], -1.0, [[1.0]], [5.0])
    assert (w.item(), b) == (0, 0)


def test_shapes_that_do_not_fit_are_told():
    p, X, T = net(5, 2, 4, 3)
    with pytest.raises(ValueError, match="do not fit"):
        by_hand.forward(p, X[:, :1])
    with pytest.raises(
        ValueError, match=r"the targets have the shape \(5,\), the outputs \(5, 3\)"
    ):
        by_hand.loss(p, X, T[:, 0])
