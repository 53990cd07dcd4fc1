"""Layers that multiply by a matrix; and those that only reshape."""

import math
from collections.abc import Sequence
from typing import Any

from course_utils.scratch.arrays import quiet
from course_utils.scratch.graph import record
from course_utils.scratch.nn import init
from course_utils.scratch.nn.module import Module
from course_utils.scratch.nn.registry import empty_parameter
from course_utils.scratch.nn.stateless import Stateless
from course_utils.scratch.operation import check_broadcast, check_place
from course_utils.scratch.tensor import Tensor


@quiet
def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Input · weightᵀ + bias.

    Parameters
    ----------
    input
        (…, in), any number of dimensions.
    weight
        (out, in); or (in,), then the result is (…).
    bias
        (out,), or none.

    Raises
    ------
    RuntimeError
        Shapes, types or devices that do not fit.
    """
    _check(input, weight, bias)
    if weight.ndim == 1:
        return input @ weight if bias is None else input @ weight + bias
    rows = _rows(input)
    out = rows.array @ weight.array.T  # (rows, in) · (in, out) → (rows, out)
    if bias is not None:
        out += bias.array
    edges = [
        (input, lambda g: linear(g, weight.T), weight),  # (…, out) → (…, in)
        (weight, lambda g: _rows(g).T @ rows, input),  # (out, rows) · (rows, in) → (out, in)
    ]
    if bias is not None:
        edges.append((bias, lambda g: g))
    shape = (*input.array.shape[:-1], weight.array.shape[0])
    return record(out.reshape(shape), *edges)


def _rows(x: Tensor) -> Tensor:
    """All leading dimensions as one: (…, n) → (rows, n)."""
    return x if x.ndim == 2 else x.reshape(-1, x.array.shape[-1])


def _check(input: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    a, w = input.array, weight.array
    if a.shape[-1:] != w.shape[-1:]:
        rows = (math.prod(a.shape[:-1]), a.shape[-1]) if a.shape else ("", "")
        shapes = f"{rows[0]}x{rows[1]} and {'x'.join(map(str, reversed(w.shape)))}"
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({shapes}): the input is {tuple(a.shape)},"
            f" the weight {tuple(w.shape)}"
        )
    if a.dtype != w.dtype or (bias is not None and bias.array.dtype != w.dtype):
        raise RuntimeError(
            f"mat1 and mat2 must have the same dtype, but got {input.dtype} and {weight.dtype}"
        )
    check_place(*(input, weight) if bias is None else (input, weight, bias))
    if bias is not None:
        check_broadcast(w.shape[:-1], bias.array.shape)


def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """x₁ᵀ · weight[k] · x₂ + bias[k] for each output k; (…, in1), (…, in2) → (…, out)."""
    products = input1.unsqueeze(-1) * input2.unsqueeze(-2)  # (…, in1, in2)
    return linear(products.flatten(-2), weight.flatten(1), bias)


def flatten(input: Tensor, start_dim: int = 1, end_dim: int = -1) -> Tensor:
    """(N, C, H, W) → (N, C·H·W): the dimensions from `start_dim` to `end_dim` as one."""
    return input.flatten(start_dim, end_dim)


def unflatten(input: Tensor, dim: int, unflattened_size: Sequence[int]) -> Tensor:
    """(N, C·H·W) → (N, C, H, W): one dimension as several, of the sizes given."""
    return input.unflatten(dim, unflattened_size)


Flatten = Stateless.of("Flatten", flatten)
Unflatten = Stateless.of("Unflatten", unflatten)


class Linear(Module):
    """(…, in_features) → (…, out_features): input · weightᵀ + bias, the weight (out, in)."""

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = empty_parameter((out_features, in_features), device, dtype)
        start = empty_parameter((out_features,), device, dtype) if bias else None
        self.register_parameter("bias", start)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw weight and bias uniformly in ±1/√in_features."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            bound = 1 / math.sqrt(self.in_features) if self.in_features > 0 else 0
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input: Tensor) -> Tensor:
        """(…, in_features) → (…, out_features)."""
        return linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """The layer's sizes."""
        sizes = f"in_features={self.in_features}, out_features={self.out_features}"
        return f"{sizes}, bias={self.bias is not None}"


class Bilinear(Module):
    """(…, in1), (…, in2) → (…, out): x₁ᵀ · weight[k] · x₂ + bias[k], the weight (out, in1, in2)."""

    def __init__(
        self,
        in1_features: int,
        in2_features: int,
        out_features: int,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        if in1_features <= 0:
            raise ValueError(f"in1_features must be > 0, but got {in1_features}")
        self.in1_features, self.in2_features = in1_features, in2_features
        self.out_features = out_features
        self.weight = empty_parameter((out_features, in1_features, in2_features), device, dtype)
        start = empty_parameter((out_features,), device, dtype) if bias else None
        self.register_parameter("bias", start)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw weight and bias uniformly in ±1/√in1_features."""
        bound = 1 / math.sqrt(self.in1_features)
        for parameter in self.parameters():
            init.uniform_(parameter, -bound, bound)

    def forward(self, input1: Tensor, input2: Tensor) -> Tensor:
        """(…, in1), (…, in2) → (…, out)."""
        return bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self) -> str:
        """The layer's sizes."""
        sizes = f"in1_features={self.in1_features}, in2_features={self.in2_features}"
        return f"{sizes}, out_features={self.out_features}, bias={self.bias is not None}"


class Identity(Module):
    """Returns its input; takes any arguments, so that it can stand in for any layer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()

    def forward(self, input: Tensor) -> Tensor:
        """(…) → (…)."""
        return input
