"""Initial values of course_utils.scratch beside PyTorch's: the same stream, in the same order."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch

from .side_by_side import ENGINES, plain, same_error


def drawn(make, dtype="float64", seed=0):
    """What make(engine, dtype) draws with each engine after the same seed, and one number after it."""
    found = []
    for engine in ENGINES:
        engine.manual_seed(seed)
        made = make(engine, getattr(engine, dtype))
        found.append((made, engine.rand(1).item()))
    (ours, next_ours), (theirs, next_theirs) = found
    assert next_ours == next_theirs  # neither took more from the stream than the other
    return ours, theirs


def close(ours, theirs, dtype="float64"):
    assert str(ours.dtype) == str(theirs.dtype)
    tolerance = 1e-12 if dtype == "float64" else 1e-5
    np.testing.assert_allclose(plain(ours), plain(theirs), rtol=tolerance, atol=tolerance)


LAYERS = {
    "Linear": lambda nn, d: nn.Linear(7, 5, dtype=d),
    "Linear of one": lambda nn, d: nn.Linear(1, 1, dtype=d),
    "Linear without bias": lambda nn, d: nn.Linear(64, 32, False, dtype=d),
    "Bilinear": lambda nn, d: nn.Bilinear(3, 4, 5, dtype=d),
    "Embedding": lambda nn, d: nn.Embedding(11, 6, dtype=d),
    "Embedding with padding": lambda nn, d: nn.Embedding(11, 3, padding_idx=-2, dtype=d),
    "PReLU": lambda nn, d: nn.PReLU(3, dtype=d),
    "network": lambda nn, d: nn.Sequential(
        nn.Linear(9, 16, dtype=d),
        nn.Tanh(),
        nn.Linear(16, 16, dtype=d),
        nn.Dropout(),
        nn.Linear(16, 2, dtype=d),
    ),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", LAYERS)
def test_layers_start_from_pytorchs_weights(name, dtype):
    ours, theirs = drawn(lambda e, d: LAYERS[name](e.nn, d), dtype)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        close(mine, other, dtype)
        assert mine.requires_grad
        assert mine.is_leaf


FILLS = {
    "uniform_": [(), (-2.0, 3.0)],
    "normal_": [(), (1.0, 0.5)],
    "constant_": [(0.7,)],
    "ones_": [()],
    "zeros_": [()],
    "xavier_uniform_": [(), (2.5,)],
    "xavier_normal_": [(), (2.5,)],
    "kaiming_uniform_": [(), (0.3,), (0, "fan_out", "relu"), (0, "fan_in", "tanh")],
    "kaiming_normal_": [(), (0.3, "fan_out"), (0, "fan_in", "relu")],
    "trunc_normal_": [(), (0.0, 0.02), (0.5, 1.0, -1.0, 1.0)],
    "orthogonal_": [(), (2.0,)],
}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([(name, args) for name, calls in FILLS.items() for args in calls]),
    st.sampled_from([(5, 3), (3, 5), (1, 4), (4, 1), (16, 16), (4, 3, 5, 5), (2, 3, 4)]),
    st.sampled_from(["float32", "float64"]),
    st.integers(0, 99),
)
def test_fills(call, shape, dtype, seed):
    name, args = call

    def fill(engine, d):
        tensor = engine.empty(shape, dtype=d, requires_grad=True)
        assert getattr(engine.nn.init, name)(tensor, *args) is tensor
        return tensor

    ours, theirs = drawn(fill, dtype, seed)
    close(ours, theirs, dtype)
    assert ours.requires_grad
    assert ours.is_leaf


def test_a_generator_of_ones_own():
    def fill(engine, d):
        return engine.nn.init.xavier_normal_(
            engine.empty(3, 4, dtype=d), generator=engine.Generator().manual_seed(5)
        )

    close(*drawn(fill))


def test_truncated_normal_far_from_the_mean_warns_and_stays_within():
    for engine in ENGINES:
        with pytest.warns(UserWarning, match="more than 2 std"):
            t = engine.nn.init.trunc_normal_(engine.empty(50), mean=3.5, std=1.0, a=-1.0, b=1.0)
        assert t.abs().max().item() <= 1


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (6, 2, 3)])
def test_orthogonal_is_orthogonal(shape):
    w = scratch.nn.init.orthogonal_(scratch.empty(shape, dtype=scratch.float64), gain=3.0)
    flat = w.reshape(shape[0], -1)
    gram = flat @ flat.T if flat.shape[0] <= flat.shape[1] else flat.T @ flat
    np.testing.assert_allclose(gram.numpy(), 9 * np.eye(len(gram)), atol=1e-12)


def test_eye():
    for shape in [(3, 3), (2, 4), (4, 2)]:
        np.testing.assert_array_equal(
            scratch.nn.init.eye_(scratch.empty(shape)).numpy(), np.eye(*shape)
        )


@pytest.mark.parametrize(
    "name", ["linear", "conv2d", "sigmoid", "tanh", "relu", "selu", "leaky_relu"]
)
def test_gains(name):
    assert scratch.nn.init.calculate_gain(name) == torch.nn.init.calculate_gain(name)


def test_gain_of_a_slope():
    assert scratch.nn.init.calculate_gain("leaky_relu", 0.2) == math.sqrt(2 / 1.04)


def test_fans():
    for shape in [(5, 3), (4, 3, 5, 7), (4, 3, 2)]:
        ours = scratch.nn.init._calculate_fan_in_and_fan_out(scratch.empty(shape))
        assert ours == torch.nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda e: e.nn.init.calculate_gain("swash"),
        lambda e: e.nn.init.calculate_gain("leaky_relu", True),
        lambda e: e.nn.init.xavier_uniform_(e.empty(3)),
        lambda e: e.nn.init.kaiming_normal_(e.empty(3)),
        lambda e: e.nn.init.kaiming_uniform_(e.empty(3, 3), mode="fan"),
        lambda e: e.nn.init.orthogonal_(e.empty(3)),
        lambda e: e.nn.init.eye_(e.empty(3)),
        lambda e: e.nn.Embedding(3, 2, padding_idx=3),
    ],
)
def test_misuse_raises_pytorchs_exception(wrong):
    same_error(wrong)


def test_nothing_to_fill():
    for engine in ENGINES:
        with pytest.warns(UserWarning, match="zero-element"):
            engine.nn.init.kaiming_uniform_(engine.empty(0, 3))
        with pytest.warns(UserWarning, match="zero-element"):
            engine.nn.Linear(0, 3)
