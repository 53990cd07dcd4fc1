"""Attention of course_utils.scratch beside PyTorch's own."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as TF

import course_utils.scratch as scratch
from course_utils.scratch.nn import functional as F

from .test_recurrent import agree, numbers, twins


def pair(array):
    return scratch.tensor(array), torch.tensor(array)


class NoModule:
    def parameters(self):
        return []


NOTHING = (NoModule(), NoModule())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 3), max_size=2),
    st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3)),
    st.sampled_from(["none", "causal", "bool", "float", "shared"]),
    st.sampled_from([None, 0.3]),
    st.integers(0, 99),
)
def test_scaled_dot_product_attention(lead, sizes, masking, scale, seed):
    rng = np.random.default_rng(seed)
    queries, keys, width, values = sizes
    q, k, v = (
        numbers(rng, *lead, *shape) for shape in ((queries, width), (keys, width), (keys, values))
    )
    options = ({"scale": scale}, {"scale": scale})
    if masking == "causal":
        options = tuple({**o, "is_causal": True} for o in options)
    elif masking != "none":
        shape = (queries, keys) if masking == "shared" else (*lead, queries, keys)
        mask = rng.normal(size=shape) if masking == "float" else rng.random(shape) < 0.6
        options = tuple({**o, "attn_mask": m} for o, m in zip(options, pair(mask), strict=True))
    results = [
        f(*(x[i] for x in (q, k, v)), **options[i])
        for i, f in enumerate((F.scaled_dot_product_attention, TF.scaled_dot_product_attention))
    ]
    agree(results, [q, k, v], NOTHING)


def test_who_may_see_no_key_receives_zeros():
    mask = scratch.tensor([[False, False], [True, False]])
    q = scratch.ones(2, 3, requires_grad=True)
    out = F.scaled_dot_product_attention(q, q, q, mask)
    out.sum().backward()
    assert out.tolist() == [[0, 0, 0], [1, 1, 1]]
    assert scratch.isfinite(q.grad).all()


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 3)),
    st.sampled_from([(2, 1), (4, 2), (6, 3)]),
    st.fixed_dictionaries({"batch_first": st.booleans(), "bias": st.booleans()}),
    st.sampled_from(["batch", "self", "one"]),
    st.sampled_from(["none", "bool", "float", "by head"]),
    st.sampled_from(["none", "bool", "float"]),
    st.fixed_dictionaries({"need_weights": st.booleans(), "average_attn_weights": st.booleans()}),
    st.integers(0, 99),
)
def test_multihead_attention(lengths, sizes, options, form, masking, padding, wanted, seed):
    queries, keys, batch = lengths
    width, heads = sizes
    keys = queries if form == "self" else keys
    batch = 1 if form == "one" else batch
    if "none" not in (masking, padding):  # PyTorch wants both of one type
        padding = "bool" if masking == "bool" else "float"
    mine, reference = twins("MultiheadAttention", width, heads, **options)
    rng = np.random.default_rng(seed)
    shapes = [
        (length, width) if form == "one" else (length, batch, width)
        for length in (queries, keys, keys)
    ]
    if options["batch_first"] and form != "one":
        shapes = [(shape[1], shape[0], shape[2]) for shape in shapes]
    inputs = [numbers(rng, *shape) for shape in shapes]
    if form == "self":
        inputs = [inputs[0]] * 3
    masks = {}
    if masking != "none":
        shape = (batch * heads, queries, keys) if masking == "by head" else (queries, keys)
        mask = rng.normal(size=shape)
        if masking == "bool":
            mask = mask > 0.5
            mask[:, 0] = False
        masks["attn_mask"] = pair(mask)
    if padding != "none":
        mask = rng.normal(size=(batch, keys))
        if padding == "bool":
            mask = mask > 0.5
            mask[:, 0] = False
        masks["key_padding_mask"] = pair(mask[0] if form == "one" else mask)
    results = []
    for i, module in enumerate((mine, reference)):
        given = {name: both[i] for name, both in masks.items()}
        out, weights = module(*(x[i] for x in inputs), **given, **wanted)
        assert (weights is None) is not wanted["need_weights"]
        results.append(out if weights is None else (out, weights))
    agree(results, inputs, (mine, reference))


def test_initial_weights_and_dropout_are_drawn_as_pytorch_draws_them():
    outputs = []
    for engine in (scratch, torch):
        engine.manual_seed(2)
        layer = engine.nn.MultiheadAttention(6, 2, dropout=0.3, dtype=engine.float64)
        x = engine.randn(4, 3, 6, dtype=engine.float64)
        after, weights = layer(x, x, x)
        lean, _ = layer(x, x, x, need_weights=False)
        quiet, _ = layer.eval()(x, x, x)
        outputs.append([after, weights, lean, quiet, *layer.parameters()])
    for mine, reference in zip(*outputs, strict=True):
        np.testing.assert_allclose(
            mine.detach().numpy(), reference.detach().numpy(), rtol=0, atol=1e-12
        )


def test_names_and_print():
    mine, reference = twins("MultiheadAttention", 4, 2)
    assert list(mine.state_dict()) == list(reference.state_dict())
    assert repr(mine) == repr(reference)


def attention(t, *args, **options):
    return t.nn.MultiheadAttention(4, 2, *args, **options)


def x(t, *shape):
    return t.ones(*shape)


WRONG = {
    "heads": lambda t: t.nn.MultiheadAttention(5, 2),
    "no heads": lambda t: t.nn.MultiheadAttention(4, 0),
    "unknown": lambda t: t.nn.MultiheadAttention(4, 2, heads=3),
    "dimensions": lambda t: attention(t)(*[x(t, 4)] * 3),
    "mixed dimensions": lambda t: attention(t)(x(t, 3, 1, 4), x(t, 3, 4), x(t, 3, 4)),
    "width": lambda t: attention(t)(*[x(t, 3, 1, 6)] * 3),
    "lengths": lambda t: attention(t)(x(t, 3, 1, 4), x(t, 2, 1, 4), x(t, 3, 1, 4)),
    "mask": lambda t: attention(t)(*[x(t, 3, 1, 4)] * 3, attn_mask=x(t, 2, 3)),
    "mask by head": lambda t: attention(t)(*[x(t, 3, 1, 4)] * 3, attn_mask=x(t, 3, 3, 3)),
    "integer mask": lambda t: attention(t)(
        *[x(t, 3, 1, 4)] * 3, attn_mask=t.ones(3, 3, dtype=t.int64)
    ),
    "padding": lambda t: attention(t)(*[x(t, 3, 1, 4)] * 3, key_padding_mask=x(t, 1, 2)),
    "causal": lambda t: attention(t)(*[x(t, 3, 1, 4)] * 3, is_causal=True),
    "one dimension": lambda t: t.nn.functional.scaled_dot_product_attention(*[x(t, 4)] * 3),
    "types": lambda t: t.nn.functional.scaled_dot_product_attention(
        x(t, 3, 4), x(t, 3, 4).double(), x(t, 3, 4)
    ),
    "widths": lambda t: t.nn.functional.scaled_dot_product_attention(
        x(t, 3, 4), x(t, 3, 2), x(t, 3, 4)
    ),
    "both masks": lambda t: t.nn.functional.scaled_dot_product_attention(
        *[x(t, 3, 4)] * 3, x(t, 3, 3), is_causal=True
    ),
    "mask's size": lambda t: t.nn.functional.scaled_dot_product_attention(
        *[x(t, 3, 4)] * 3, x(t, 2, 3)
    ),
    "mask's type": lambda t: t.nn.functional.scaled_dot_product_attention(
        *[x(t, 3, 4)] * 3, t.ones(3, 3, dtype=t.int64)
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
