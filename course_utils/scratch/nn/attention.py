"""Attention: each query takes a weighted mean of values, weighted by how well their keys fit it.

L is the number of queries, S of keys and values, N the batch, E the length of a query.

Source: Vaswani et al., Attention is all you need, NeurIPS 2017.
"""

import math
from typing import Any

from course_utils.scratch.creation import ones, zeros
from course_utils.scratch.nn import init
from course_utils.scratch.nn.dropout import dropout
from course_utils.scratch.nn.linear import Linear, linear
from course_utils.scratch.nn.module import Module
from course_utils.scratch.nn.registry import empty_parameter
from course_utils.scratch.tensor import Tensor

INFINITY = float("inf")


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
) -> Tensor:
    """softmax(scale Q Kᵀ + mask) V; (…, L, E), (…, S, E), (…, S, Ev) → (…, L, Ev).

    The scale is 1/√E if not given. A mask (…, L, S) of booleans says which keys a query may see,
    one of numbers is added; `is_causal` shows query i the keys 0 … i. Who may see none gets zeros.

    Raises
    ------
    RuntimeError
        Fewer than two dimensions, types or sizes that differ, or a mask where `is_causal` is set.
    """
    if min(query.ndim, key.ndim, value.ndim) < 2 or not query.dtype is key.dtype is value.dtype:
        found = ", ".join(f"{x.ndim}-D {x.dtype}" for x in (query, key, value))
        raise RuntimeError(
            f"query, key, value should have one dtype and be 2-D at least, got {found}"
        )
    if is_causal and attn_mask is not None:
        raise RuntimeError("attn_mask should not be set when is_causal=True")
    if is_causal:
        attn_mask = ones(query.shape[-2], key.shape[-2], device=query.device).tril() > 0  # (L, S)
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = query @ key.transpose(-2, -1) * scale  # (…, L, S)
    if attn_mask is None:
        return dropout(scores.softmax(-1), dropout_p) @ value
    if attn_mask.dtype.kind == 0:
        attn_mask = attn_mask.logical_not()
    scores = scores + additive(attn_mask, query, RuntimeError)
    blind = (scores == -INFINITY).all(dim=-1, keepdim=True)  # (…, L, 1)
    weights = scores.masked_fill(blind, 0).softmax(-1).masked_fill(blind, 0)
    return dropout(weights, dropout_p) @ value


def additive(hidden: Tensor, like: Tensor, error: type[Exception]) -> Tensor:
    """A mask of numbers as it is; of booleans, −∞ for True and 0 for False."""
    if hidden.dtype.kind == 1:
        raise error(f"only bool and floating types of masks are supported, not {hidden.dtype}")
    if hidden.dtype.is_floating_point:
        return hidden
    return zeros(hidden.shape, dtype=like.dtype, device=like.device).masked_fill(hidden, -INFINITY)


class NonDynamicallyQuantizableLinear(Linear):
    """A linear layer, under the name that PyTorch prints for it."""


class MultiheadAttention(Module):
    """Several attentions side by side, each on its own projections of queries, keys and values.

    query (L, N, E), key and value (S, N, E); with `batch_first` (N, L, E) …; or all without N →
    result as the query, weights (N, L, S), or (N, heads, L, S) if not averaged, or None. Keys of
    other sizes (`kdim`, `vdim`), `add_bias_kv` and `add_zero_attn` are not here.

    Raises
    ------
    ValueError
        No features or no heads.
    AssertionError
        E not divisible by the number of heads; inputs whose sizes do not fit.
    RuntimeError
        A mask of another size.
    """

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        *,
        batch_first: bool = False,
        **options: Any,
    ) -> None:
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(f"{embed_dim=} and {num_heads=} must be greater than 0")
        if embed_dim % num_heads:
            raise AssertionError(f"{embed_dim=} must be divisible by {num_heads=}")
        super().__init__()
        self.embed_dim, self.num_heads, self.dropout = embed_dim, num_heads, dropout
        self.batch_first = batch_first
        self.in_proj_weight = empty_parameter((3 * embed_dim, embed_dim), **options)
        in_bias = empty_parameter((3 * embed_dim,), **options) if bias else None
        self.register_parameter("in_proj_bias", in_bias)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias, **options)
        init.xavier_uniform_(self.in_proj_weight)
        if bias:
            init.zeros_(self.in_proj_bias)
            init.zeros_(self.out_proj.bias)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """What each query found, and how it weighted the keys.

        Masks of booleans say which keys *not* to see, masks of numbers are added:
        `key_padding_mask` (N, S) or (S,), `attn_mask` (L, S) or (N heads, L, S). `is_causal` tells
        PyTorch that `attn_mask` hides later keys; here it changes nothing.
        """
        inputs, shapes = (query, key, value), [tuple(x.shape) for x in (query, key, value)]
        if query.ndim not in (2, 3) or key.shape != value.shape or key.ndim != query.ndim:
            raise AssertionError(
                f"query, key, value should all be 2-D or 3-D and fit, got {shapes}"
            )
        if query.shape[-1] != self.embed_dim or key.shape[-1] != self.embed_dim:
            raise AssertionError(f"expected embedding dimension {self.embed_dim}, got {shapes}")
        if is_causal and attn_mask is None:
            raise RuntimeError("Need attn_mask if specifying the is_causal hint.")
        if query.ndim == 2:
            inputs = [x.unsqueeze(0) for x in inputs]
            padded = key_padding_mask is not None
            key_padding_mask = key_padding_mask.unsqueeze(0) if padded else None
        elif not self.batch_first:
            inputs = [x.transpose(0, 1) for x in inputs]

        weights = self.in_proj_weight.chunk(3)
        biases = (None,) * 3 if self.in_proj_bias is None else self.in_proj_bias.chunk(3)
        made = [linear(x, w, b) for x, w, b in zip(inputs, weights, biases, strict=True)]
        heads = (self.num_heads, self.embed_dim // self.num_heads)
        q, k, v = (x.unflatten(-1, heads).transpose(1, 2) for x in made)  # (N, heads, L or S, …)
        mask = self._mask(attn_mask, key_padding_mask, q, k)
        p, weights = self.dropout if self.training else 0.0, None
        if need_weights:
            scores = q * math.sqrt(1 / heads[1]) @ k.transpose(-2, -1)  # (N, heads, L, S)
            weights = dropout((scores if mask is None else scores + mask).softmax(-1), p)
            out = weights @ v
            weights = weights.mean(dim=1) if average_attn_weights else weights
        else:
            out = scaled_dot_product_attention(q, k, v, mask, p)
        out = self.out_proj(out.permute(2, 0, 1, 3).flatten(2))  # (L, N, E), as PyTorch holds it
        if query.ndim == 2:
            return out.squeeze(1), weights if weights is None else weights.squeeze(0)
        return out.transpose(0, 1) if self.batch_first else out, weights

    def _mask(
        self, mask: Tensor | None, padding: Tensor | None, q: Tensor, k: Tensor
    ) -> Tensor | None:
        """Both masks as numbers to add, of a shape that broadcasts to (N, heads, L, S)."""
        n, heads, length, keys = *q.shape[:3], k.shape[2]
        total = None
        if mask is not None:
            if mask.shape not in ((length, keys), (n * heads, length, keys)):
                shapes = f"{(length, keys)} or {(n * heads, length, keys)}"
                raise RuntimeError(
                    f"attn_mask should be of shape {shapes}, got {tuple(mask.shape)}"
                )
            total = additive(mask, q, AssertionError)
            total = total if mask.ndim == 2 else total.reshape(n, heads, length, keys)
        if padding is not None:
            if padding.shape != (n, keys):
                found = tuple(padding.shape)
                raise AssertionError(f"expected key_padding_mask of shape {(n, keys)}, got {found}")
            hidden = additive(padding, q, AssertionError).reshape(n, 1, 1, keys)
            total = hidden if total is None else total + hidden
        return total
