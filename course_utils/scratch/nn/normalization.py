"""Normalisation: mean 0 and variance 1 over a batch, a layer, or groups of channels.

All of them are `standardize` over some dimensions, then a scale and a shift that are learnt.

Sources: Ioffe & Szegedy 2015 (batch), Ba, Kiros & Hinton 2016 (layer), Ulyanov et al. 2016
(instance), Wu & He 2018 (group).
"""

import math
from collections.abc import Sequence

from course_utils.scratch.arrays import Array, contiguous, quiet
from course_utils.scratch.graph import RESULT, record
from course_utils.scratch.tensor import Tensor, wrap


@quiet
def standardize(x: Tensor, dims: tuple[int, ...], eps: float) -> tuple[Tensor, Array, Array]:
    """(x − mean)/√(variance + ε) over the dimensions, and mean and variance, with those kept.

    The variance is that of the differences from the mean, which stays exact far from 0; it is
    divided by n. With r = 1/√(variance + ε) and y the result, the adjoint is
    r (g − mean(g) − y mean(g y)).
    """
    xp, count = x.xp, math.prod(x.array.shape[d] for d in dims)
    mean = xp.mean(x.array, axis=dims, keepdims=True)
    out = contiguous(x.array) - mean
    var = xp.mean(out * out, axis=dims, keepdims=True)
    rate = 1 / xp.sqrt(var + eps)
    out *= rate

    def derivative(g: Tensor, y: Tensor) -> Tensor:
        r = record(rate, (x, lambda h, r: -h * r * r * y / count), saves=RESULT)
        inner = (g * y).mean(dims, True)
        return (g - g.mean(dims, True) - y * inner) * r

    return record(out, (x, derivative), saves=(RESULT, x)), mean, var


def _scaled(y: Tensor, weight: Tensor | None, bias: Tensor | None, shape: Sequence[int]) -> Tensor:
    """Scale and shift, of the shape given so that they meet the right dimensions."""
    y = y if weight is None else y * weight.reshape(shape)
    return y if bias is None else y + bias.reshape(shape)


@quiet
def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Each channel over the batch: (N, C) or `(N, C, *size)` → the same shape.

    In training the running mean and the running variance (divided by n − 1) move by `momentum`
    toward the batch's; otherwise they are what is used.

    Raises
    ------
    ValueError
        Training on a single value per channel.
    """
    dims = (0, *range(2, input.ndim))
    count = math.prod(input.array.shape[d] for d in dims)
    shape = (1, -1) + (1,) * (input.ndim - 2)
    if not training and running_mean is not None:
        rate = (running_var.reshape(shape) + eps) ** -0.5
        return _scaled((input - running_mean.reshape(shape)) * rate, weight, bias, shape)
    if count == 1:
        raise ValueError(
            "Expected more than 1 value per channel when training, got input size"
            f" {tuple(input.shape)}"
        )
    y, mean, var = standardize(input, dims, eps)
    if training and running_mean is not None:
        for running, now in ((running_mean, mean), (running_var, var * (count / (count - 1)))):
            running.array[...] = running.array + momentum * (now.reshape(-1) - running.array)
            running.bump_version()
    return _scaled(y, weight, bias, shape)


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Each example over its last dimensions: `(…, *normalized_shape)` → the same shape.

    Raises
    ------
    RuntimeError
        The input does not end in `normalized_shape`.
    """
    shape = tuple(normalized_shape)
    if not shape or tuple(input.array.shape[-len(shape) :]) != shape:
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape"
            f" [*, {str(list(shape))[1:]}, but got input of size{list(input.shape)}"
        )
    dims = tuple(range(input.ndim - len(shape), input.ndim))
    return _scaled(standardize(input, dims, eps)[0], weight, bias, shape)


def group_norm(
    input: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Each example over groups of channels: `(N, C, *size)` → the same shape.

    Raises
    ------
    RuntimeError
        The channels do not divide into the groups.
    """
    n, channels, *size = input.array.shape
    if channels % num_groups:
        raise RuntimeError(
            "Expected number of channels in input to be divisible by num_groups, but got input of"
            f" shape {list(input.shape)} and num_groups={num_groups}"
        )
    grouped = input.reshape(n, num_groups, channels // num_groups, *size)
    y = standardize(grouped, tuple(range(2, grouped.ndim)), eps)[0].reshape(input.array.shape)
    return _scaled(y, weight, bias, (1, -1) + (1,) * len(size))


def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Each channel of each example over its places: `(N, C, *size)` → the same shape."""
    shape = (1, -1) + (1,) * (input.ndim - 2)
    if not use_input_stats:
        return batch_norm(input, running_mean, running_var, weight, bias, False, momentum, eps)
    dims = tuple(range(2, input.ndim))
    count = math.prod(input.array.shape[d] for d in dims)
    if count == 1:
        raise ValueError(
            "Expected more than 1 spatial element when training, got input size"
            f" {tuple(input.shape)}"
        )
    y, mean, var = standardize(input, dims, eps)
    if running_mean is not None:
        for running, now in ((running_mean, mean), (running_var, var * (count / (count - 1)))):
            running.copy_((1 - momentum) * running + momentum * wrap(now).mean(0).reshape(-1))
    return _scaled(y, weight, bias, shape)
