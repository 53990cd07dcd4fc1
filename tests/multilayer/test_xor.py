"""All the XOR networks: exact, under any positive scaling, and separable where XOR was not."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from course_utils.models import mlp
from course_utils.multilayer import xor
from course_utils.multilayer.one_hidden import permute, rescale

factors = st.floats(1e-3, 1e3)


def separable(points, y):
    """Whether some (w, b) has ±(wᵀx + b) ≥ 1 on every point: a linear program."""
    signs = np.where(y == 1, 1, -1)[:, None]
    rows = -signs * np.column_stack([points, np.ones(len(points))])
    found = linprog(
        np.zeros(rows.shape[1]), A_ub=rows, b_ub=-np.ones(len(rows)), bounds=(None, None)
    )
    return found.status == 0


@pytest.mark.parametrize("name", xor.FAMILIES)
def test_every_network_computes_xor_exactly(name):
    net = xor.FAMILIES[name]
    np.testing.assert_array_equal(net(xor.X), [0, 1, 1, 0])
    assert xor.squared_error(net) == 0


@pytest.mark.parametrize("name", xor.FAMILIES)
def test_pytorch_agrees(name):
    net = xor.FAMILIES[name]
    model = mlp(torch, (2, 2, 1)).to(torch.float64)
    values = (net.W1, net.b1, net.w2[None], np.array([net.b2]))
    model.load_state_dict(
        {k: torch.tensor(v) for k, v in zip(model.state_dict(), values, strict=True)}
    )
    out = model(torch.tensor(xor.X, dtype=torch.float64)).squeeze(1)
    np.testing.assert_array_equal(out.detach().numpy(), xor.Y)


@pytest.mark.parametrize("name", xor.FAMILIES)
@given(d=st.tuples(factors, factors))
def test_every_positive_diagonal_scaling_is_a_solution_too(name, d):
    assert xor.squared_error(rescale(xor.FAMILIES[name], d)) < 1e-25


def test_the_lectures_weights_are_these():
    net = xor.FAMILIES["sum"]
    assert net.W1.tolist() == [[-1, -1], [1, 1]]
    assert (net.b1.tolist(), net.w2.tolist(), net.b2) == ([1, -1], [-1, -1], 1)
    # With W's columns for units instead of its rows, they are no solution: the convention matters.
    assert xor.squared_error(net._replace(W1=net.W1.T)) > 0
    swapped = permute(xor.FAMILIES["difference"], [1, 0])
    assert swapped.W1.tolist() == xor.FAMILIES["difference, units swapped"].W1.tolist()


@pytest.mark.parametrize("name", xor.FAMILIES)
def test_folding_makes_the_classes_separable(name):
    net = xor.FAMILIES[name]
    assert not separable(xor.X, xor.Y)
    assert separable(xor.folded(net), xor.Y)
    assert xor.separable_in_hidden_space(net)


def test_what_the_plane_is_folded_along():
    x = np.random.default_rng(0).uniform(-2, 3, size=(100, 2))
    a, s = x[:, 0] - x[:, 1], x.sum(axis=1)
    for name, expected in {
        "difference": np.abs(a),
        "sum": 1 - np.abs(s - 1),
        "count": np.maximum(s, 0) - 2 * np.maximum(s - 1, 0),
    }.items():
        np.testing.assert_allclose(xor.FAMILIES[name](x), expected, atol=1e-12)


def test_a_wrong_network_is_not_taken_for_right():
    net = xor.FAMILIES["difference"]
    unbiased = xor.FAMILIES["sum"]._replace(b1=np.zeros(2))
    assert xor.squared_error(unbiased) > 0.1
    assert not xor.separable_in_hidden_space(net._replace(w2=-net.w2))
