"""Losses of predicted numbers and probabilities; `cross_entropy`, `margin_loss` have the others.

Each function here computes the loss of each entry; `reducing` adds PyTorch's argument `reduction`,
"none", "mean" or "sum", and the names it had before, `size_average` and `reduce`.
"""

import functools
import inspect
import math
import warnings
from collections.abc import Callable
from typing import Any

from course_utils.scratch.graph import record
from course_utils.scratch.nn.activation import logsigmoid
from course_utils.scratch.nn.stateless import Loss
from course_utils.scratch.tensor import Tensor

REDUCTION = {"size_average": None, "reduce": None, "reduction": "mean"}


def reducing(body: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Add the three arguments after those that `body` takes by position, before the others."""
    own = list(inspect.signature(body).parameters.values())
    kind = own[0].POSITIONAL_OR_KEYWORD
    first = [argument for argument in own if argument.kind is kind]
    added = [inspect.Parameter(name, kind, default=REDUCTION[name]) for name in REDUCTION]
    last = [argument.replace(kind=kind) for argument in own[len(first) :]]
    names = [argument.name for argument in (*first, *added, *last)]

    @functools.wraps(body)
    def loss(*args: Any, **options: Any) -> Tensor:
        options |= dict(zip(names[: len(args)], args, strict=True))
        size_average, reduce, reduction = (options.pop(k, REDUCTION[k]) for k in REDUCTION)
        return reduced(body(**options), chosen(reduction, size_average, reduce))

    loss.__signature__ = inspect.Signature([*first, *added, *last])
    return loss


def chosen(reduction: str, size_average: bool | None, reduce: bool | None) -> str:
    """The reduction, also where it is asked for under the older names; ValueError for no such."""
    if size_average is not None or reduce is not None:
        reduction = "none" if reduce is False else "sum" if size_average is False else "mean"
        warnings.warn(
            "size_average and reduce args will be deprecated, please use"
            f" reduction='{reduction}' instead.",
            stacklevel=3,
        )
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return reduction


def reduced(loss: Tensor, reduction: str) -> Tensor:
    """The losses themselves, their mean or their sum."""
    return loss if reduction == "none" else loss.mean() if reduction == "mean" else loss.sum()


def _difference(input: Tensor, target: Tensor) -> Tensor:
    """Input − target; a warning where their shapes differ and are broadcast."""
    if target.shape != input.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size"
            f" ({input.shape}). This will likely lead to incorrect results due to broadcasting."
            " Please ensure they have the same size.",
            stacklevel=4,
        )
    return input - target


@reducing
def mse_loss(input: Tensor, target: Tensor) -> Tensor:
    """(input − target)²."""
    d = _difference(input, target)
    return d * d


@reducing
def l1_loss(input: Tensor, target: Tensor) -> Tensor:
    """`|input − target|`."""
    return _difference(input, target).abs()


@reducing
def smooth_l1_loss(input: Tensor, target: Tensor, *, beta: float = 1.0) -> Tensor:
    """With `d = |input − target|`: d² / (2 beta) up to beta, then d − beta / 2. Girshick 2015."""
    if beta < 0:
        raise RuntimeError("smooth_l1_loss does not support negative values for beta.")
    d = _difference(input, target).abs()
    return (d * d / (2 * beta)).where(d < beta, d - beta / 2) if beta else d


def huber_loss(
    input: Tensor, target: Tensor, reduction: str = "mean", delta: float = 1.0
) -> Tensor:
    """With `d = |input − target|`: d² / 2 up to delta, then delta · (d − delta / 2). Huber 1964."""
    if delta <= 0:
        raise RuntimeError("huber_loss does not support non-positive values for delta.")
    d = _difference(input, target).abs()
    loss = (d * d / 2).where(d <= delta, (d - delta / 2) * delta)
    return reduced(loss, chosen(reduction, None, None))


@reducing
def binary_cross_entropy(input: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """−target · log input − (1 − target) · log(1 − input), each logarithm at least −100.

    Raises
    ------
    ValueError
        The shapes differ.
    RuntimeError
        An input outside of 0 … 1.
    """
    if target.shape != input.shape:
        raise ValueError(
            f"Using a target size ({target.shape}) that is different to the input size"
            f" ({input.shape}) is deprecated. Please ensure they have the same size."
        )
    if not bool(((input.array >= 0) & (input.array <= 1)).all()):
        raise RuntimeError("all elements of input should be between 0 and 1")

    def derivative(g: Tensor) -> Tensor:
        return g * (input - target) / ((1 - input) * input).clamp(min=1e-12)

    x, t = input.detach(), target.detach()
    log, log_rest = x.log().clamp(min=-100), (-x).log1p().clamp(min=-100)
    edges = (input, derivative), (target, lambda g: g * ((-input).log1p() - input.log()))
    loss = record((-t * log - (1 - t) * log_rest).array, *edges, saves=(input, target))
    return loss if weight is None else loss * weight


@reducing
def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    *,
    pos_weight: Tensor | None = None,
) -> Tensor:
    """`binary_cross_entropy` of σ(input), computed without ever rounding σ to 0 or 1.

    `pos_weight` counts the term of the positive class so many times. ValueError: shapes differ.
    """
    if target.shape != input.shape:
        raise ValueError(
            f"Target size ({target.shape}) must be the same as input size ({input.shape})"
        )
    times = 1 if pos_weight is None else 1 + (pos_weight - 1) * target
    loss = (1 - target) * input - times * logsigmoid(input)
    return loss if weight is None else loss * weight


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """Target · (log target − input): the input holds log-probabilities, the target probabilities.

    "batchmean", the sum divided by the number of cases, is the Kullback-Leibler divergence.
    """
    if log_target:
        loss = target.exp() * (target - input)
    else:
        loss = target * target.where(target != 0, 1.0).log() - target * input  # 0 · log 0 is 0
    if reduction == "batchmean":
        return loss.sum() / (input.shape[0] if input.ndim else 1)
    if reduction == "mean" and size_average is None:
        warnings.warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size;"
            " 'batchmean' divides only by the batch size, and is the divergence.",
            stacklevel=2,
        )
    return reduced(loss, chosen(reduction, size_average, reduce))


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Tensor | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """(log var + (input − target)² / var) / 2, var at least eps. Source: Nix & Weigend 1994.

    Raises
    ------
    ValueError
        A variance below 0, or of a shape that does not fit the input's.
    """
    var = input.new_full(input.shape, var) if isinstance(var, float) else var
    if bool((var.array < 0).any()):
        raise ValueError("var has negative entry/entries")
    if var.shape == input.shape[:-1]:
        var = var.unsqueeze(-1)
    if var.ndim != input.ndim or any(
        v not in (n, 1) for v, n in zip(var.shape, input.shape, strict=True)
    ):
        raise ValueError(f"var is of incorrect size {tuple(var.shape)}, for {tuple(input.shape)}")
    var = var + (var.detach().clamp(min=eps) - var.detach())  # raised, its derivative still 1
    loss = (var.log() + (input - target) ** 2 / var) / 2
    return reduced(loss + math.log(2 * math.pi) / 2 if full else loss, reduction)


MSELoss = Loss.of("MSELoss", mse_loss, 2)
L1Loss = Loss.of("L1Loss", l1_loss, 2)
SmoothL1Loss = Loss.of("SmoothL1Loss", smooth_l1_loss, 2)
HuberLoss = Loss.of("HuberLoss", huber_loss, 2)
BCELoss = Loss.of("BCELoss", binary_cross_entropy, 2)
BCEWithLogitsLoss = Loss.of("BCEWithLogitsLoss", binary_cross_entropy_with_logits, 2)
KLDivLoss = Loss.of("KLDivLoss", kl_div, 2)
GaussianNLLLoss = Loss.of("GaussianNLLLoss", gaussian_nll_loss, 3)
