"""Recurrent layers and cells of course_utils.scratch beside PyTorch's own."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch

KINDS = ["RNN", "LSTM", "GRU"]


def twins(name, *args, **options):
    """The same module in both engines, with PyTorch's weights."""
    reference = getattr(torch.nn, name)(*args, dtype=torch.float64, **options)
    mine = getattr(scratch.nn, name)(*args, dtype=scratch.float64, **options)
    mine.load_state_dict(reference.state_dict())
    return mine, reference


def numbers(rng, *shape):
    array = rng.normal(size=shape)
    return scratch.tensor(array).requires_grad_(), torch.tensor(array).requires_grad_()


def flat(result):
    """All tensors in a result."""
    if isinstance(result, tuple):
        return [tensor for part in result for tensor in flat(part)]
    return [result]


def agree(results, leaves, modules, seed=0):
    """Values to 1e-10 and, for a random projection of them, gradients to 1e-8 of the largest."""
    rng = np.random.default_rng(seed)
    ours, theirs = (flat(result) for result in results)
    totals = [0, 0]
    for mine, reference in zip(ours, theirs, strict=True):
        assert tuple(mine.shape) == tuple(reference.shape)
        np.testing.assert_allclose(
            mine.detach().numpy(), reference.detach().numpy(), rtol=0, atol=1e-10
        )
        weight = rng.normal(size=tuple(mine.shape))
        totals[0] = totals[0] + (mine * scratch.tensor(weight)).sum()
        totals[1] = totals[1] + (reference * torch.tensor(weight)).sum()
    for total in totals:
        total.backward()
    pairs = [*leaves, *zip(modules[0].parameters(), modules[1].parameters(), strict=True)]
    for mine, reference in pairs:
        if reference.grad is None:
            assert mine.grad is None
            continue
        scale = 1 + reference.grad.abs().max().item()
        np.testing.assert_allclose(
            mine.grad.numpy(), reference.grad.numpy(), rtol=0, atol=1e-10 * scale
        )


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([*KINDS, "RNN relu"]),
    st.integers(1, 12),
    st.integers(1, 3),
    st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 3)),
    st.fixed_dictionaries(
        {"bias": st.booleans(), "batch_first": st.booleans(), "bidirectional": st.booleans()}
    ),
    st.sampled_from(["batch", "one"]),
    st.booleans(),
    st.integers(0, 99),
)
def test_layers(kind, steps, batch, sizes, options, form, given_state, seed):
    kind, _, nonlinearity = kind.partition(" ")
    inputs, hidden, layers = sizes
    extra = {"nonlinearity": nonlinearity} if nonlinearity else {}
    mine, reference = twins(kind, inputs, hidden, layers, **options, **extra)
    rng = np.random.default_rng(seed)
    rows = layers * (1 + options["bidirectional"])
    shape, start = (steps, batch, inputs), (rows, batch, hidden)
    if form == "one":
        shape, start = (steps, inputs), (rows, hidden)
    elif options["batch_first"]:
        shape = (batch, steps, inputs)
    x = numbers(rng, *shape)
    states = [numbers(rng, *start) for _ in range(1 + (kind == "LSTM"))] if given_state else []
    given = [
        [tuple(s[i] for s in states) if kind == "LSTM" else states[0][i]] if states else []
        for i in (0, 1)
    ]
    results = mine(x[0], *given[0]), reference(x[1], *given[1])
    agree(results, [x, *states], (mine, reference))
    assert repr(mine) == repr(reference)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([*KINDS, "RNN relu"]),
    st.tuples(st.integers(1, 3), st.integers(1, 4)),
    st.booleans(),
    st.sampled_from([None, 1, 3]),
    st.booleans(),
)
def test_cells(kind, sizes, bias, batch, given_state):
    kind, _, nonlinearity = kind.partition(" ")
    extra = {"nonlinearity": nonlinearity} if nonlinearity else {}
    mine, reference = twins(f"{kind}Cell", *sizes, bias=bias, **extra)
    rng = np.random.default_rng(3)
    lead = () if batch is None else (batch,)
    x = numbers(rng, *lead, sizes[0])
    states = (
        [numbers(rng, *lead, sizes[1]) for _ in range(1 + (kind == "LSTM"))] if given_state else []
    )
    given = [
        [tuple(s[i] for s in states) if kind == "LSTM" else states[0][i]] if states else []
        for i in (0, 1)
    ]
    results = mine(x[0], *given[0]), reference(x[1], *given[1])
    agree(results, [x, *states], (mine, reference))
    assert repr(mine) == repr(reference)


@pytest.mark.parametrize("kind", KINDS)
def test_initial_weights_and_dropout_are_drawn_as_pytorch_draws_them(kind):
    outputs = []
    for engine in (scratch, torch):
        engine.manual_seed(4)
        layer = getattr(engine.nn, kind)(
            3, 5, 2, dropout=0.4, bidirectional=True, dtype=engine.float64
        )
        cell = getattr(engine.nn, f"{kind}Cell")(3, 5, dtype=engine.float64)
        states, _ = layer(engine.randn(6, 2, 3, dtype=engine.float64))
        quiet, _ = layer.eval()(engine.ones(6, 2, 3, dtype=engine.float64))
        outputs.append([states, quiet, *layer.parameters(), *cell.parameters()])
        assert list(layer.state_dict())[:5] == [
            *(f"{k}_{s}_l0" for k in ("weight", "bias") for s in ("ih", "hh")),
            "weight_ih_l0_reverse",
        ]
    for mine, reference in zip(*outputs, strict=True):
        np.testing.assert_allclose(
            mine.detach().numpy(), reference.detach().numpy(), rtol=0, atol=1e-12
        )


def test_nonlinearity_stands_fourth():
    mine, reference = twins("RNN", 2, 3, 1, "relu", False, True)
    assert mine.nonlinearity == reference.nonlinearity == "relu"
    assert mine.bias is reference.bias is False
    assert mine.batch_first is reference.batch_first is True


def test_layer_is_a_loop_of_cells():
    scratch.manual_seed(0)
    layer = scratch.nn.LSTM(3, 4, dtype=scratch.float64)
    cell = scratch.nn.LSTMCell(3, 4, dtype=scratch.float64)
    cell.load_state_dict({k.removesuffix("_l0"): v for k, v in layer.state_dict().items()})
    x = scratch.randn(20, 2, 3, dtype=scratch.float64)
    states, (h, c) = layer(x)
    state = None
    for t in range(20):
        state = cell(x[t], state)
        assert scratch.allclose(state[0], states[t])
    assert scratch.allclose(state[1], c[0])
    assert scratch.allclose(state[0], h[0])


@pytest.mark.parametrize("kind", KINDS)
def test_second_derivatives(kind):
    mine, reference = twins(kind, 2, 3)
    x = numbers(np.random.default_rng(0), 4, 1, 2)
    for engine, layer, leaf in ((scratch, mine, x[0]), (torch, reference, x[1])):
        (slope,) = engine.autograd.grad(layer(leaf)[0].pow(2).sum(), leaf, create_graph=True)
        slope.pow(2).sum().backward()
    np.testing.assert_allclose(x[0].grad.numpy(), x[1].grad.numpy(), rtol=0, atol=1e-10)


def test_dropout_on_one_layer_is_warned_of():
    for engine in (scratch, torch):
        with pytest.warns(UserWarning, match="dropout"):
            engine.nn.GRU(2, 3, dropout=0.5)


def zeros(t, *shape):
    return t.zeros(*shape, dtype=t.float64)


def layer(t, kind="LSTM", *args, **options):
    return getattr(t.nn, kind)(2, 3, *args, dtype=t.float64, **options)


WRONG = {
    "no dimensions left": lambda t: layer(t)(zeros(t, 2)),
    "four dimensions": lambda t: layer(t, "GRU")(zeros(t, 1, 1, 1, 2)),
    "features": lambda t: layer(t)(zeros(t, 4, 1, 3)),
    "no steps": lambda t: layer(t, "RNN")(zeros(t, 0, 1, 2)),
    "type": lambda t: layer(t)(t.zeros(4, 1, 2)),
    "state's dimensions": lambda t: layer(t, "GRU")(zeros(t, 4, 1, 2), zeros(t, 1, 3)),
    "state's size": lambda t: layer(t, "GRU")(zeros(t, 4, 1, 2), zeros(t, 1, 2, 3)),
    "states' dimensions": lambda t: layer(t)(
        zeros(t, 4, 2), (zeros(t, 1, 1, 3), zeros(t, 1, 1, 3))
    ),
    "cell state's size": lambda t: layer(t)(
        zeros(t, 4, 1, 2), (zeros(t, 1, 1, 3), zeros(t, 1, 1, 2))
    ),
    "no cell state": lambda t: layer(t, "LSTM", 2)(zeros(t, 4, 1, 2), zeros(t, 2, 1, 3)),
    "hidden size": lambda t: t.nn.LSTM(2, 0),
    "input size": lambda t: t.nn.GRU(0, 2),
    "layers": lambda t: t.nn.GRU(2, 2, 0),
    "dropout": lambda t: t.nn.RNN(2, 2, dropout=1.5),
    "nonlinearity": lambda t: t.nn.RNN(2, 2, nonlinearity="sine"),
    "cell's nonlinearity": lambda t: t.nn.RNNCell(2, 2, nonlinearity="sine")(t.zeros(1, 2)),
    "unknown": lambda t: t.nn.GRU(2, 2, nonlinearity="tanh"),
    "cell's input": lambda t: layer(t, "LSTMCell")(zeros(t, 1, 1, 2)),
    "cell's features": lambda t: layer(t, "GRUCell")(zeros(t, 1, 3)),
    "cell's state": lambda t: layer(t, "GRUCell")(zeros(t, 1, 2), zeros(t, 1, 1, 3)),
    "cell's state's size": lambda t: layer(t, "RNNCell")(zeros(t, 1, 2), zeros(t, 1, 2)),
    "cell's batch": lambda t: layer(t, "LSTMCell")(
        zeros(t, 2, 2), (zeros(t, 1, 3), zeros(t, 1, 3))
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_misuse_raises_what_pytorch_raises(case):
    kinds = []
    for engine in (scratch, torch):
        with pytest.raises(Exception) as caught:  # noqa: PT011
            WRONG[case](engine)
        kinds.append(caught.type)
    assert kinds[0] is kinds[1]


def test_sizes_are_named():
    with pytest.raises(
        RuntimeError, match=r"Expected hidden\[1\] size \(1, 1, 3\), got \[1, 1, 2\]"
    ):
        WRONG["cell state's size"](scratch)
    with pytest.raises(RuntimeError, match="Expected 2, got 3"):
        WRONG["features"](scratch)
