"""Gradient clipping, and all parameters as one vector."""

import math
from collections.abc import Iterable

from course_utils.scratch.autograd import no_grad
from course_utils.scratch.creation import tensor
from course_utils.scratch.nn.utils import rnn
from course_utils.scratch.shapes import cat, stack
from course_utils.scratch.tensor import Tensor

Parameters = Tensor | Iterable[Tensor]


def _grads(parameters: Parameters) -> list[Tensor]:
    parameters = [parameters] if isinstance(parameters, Tensor) else parameters
    return [parameter.grad for parameter in parameters if parameter.grad is not None]


@no_grad()
def clip_grad_norm_(
    parameters: Parameters,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
) -> Tensor:
    """Scale all derivatives by one factor so that their norm together is at most `max_norm`.

    Returns the norm that they had. Source: Pascanu, Mikolov & Bengio 2013.

    Raises
    ------
    RuntimeError
        If asked for: the norm is infinite or NaN.
    """
    grads = _grads(parameters)
    if not grads:
        return tensor(0.0)
    total = stack([g.norm(norm_type) for g in grads]).norm(norm_type)
    if error_if_nonfinite and not math.isfinite(total):
        raise RuntimeError(
            f"The total norm of order {float(norm_type)} for gradients from `parameters` is"
            f" non-finite ({total.item()}), so it cannot be clipped."
        )
    factor = (max_norm / (total + 1e-6)).clamp(max=1.0)
    for g in grads:
        g.mul_(factor)
    return total


@no_grad()
def clip_grad_value_(parameters: Parameters, clip_value: float) -> None:
    """Keep every entry of every derivative within ±`clip_value`."""
    for g in _grads(parameters):
        g.clamp_(-clip_value, clip_value)


def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """All entries of all parameters in one row."""
    return cat([parameter.reshape(-1) for parameter in parameters])


def vector_to_parameters(vec: Tensor, parameters: Iterable[Tensor]) -> None:
    """Give the parameters the entries of one row: undoes `parameters_to_vector`."""
    start = 0
    for parameter in parameters:
        entries = vec.detach()[start : start + parameter.numel()]
        parameter.data = entries.reshape(parameter.shape)
        start += parameter.numel()
