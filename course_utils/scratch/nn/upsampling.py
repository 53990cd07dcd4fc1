"""Resizing images: each entry of the result is a weighted mean of entries of the input.

The weights of a dimension form a matrix, one row for each new entry, so resizing is two products.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.scratch.creation import tensor
from course_utils.scratch.nn.module import Module
from course_utils.scratch.tensor import Tensor

MODES = ("nearest", "linear", "bilinear")


def _weights(n: int, m: int, scale: float, mode: str, corners: bool) -> np.ndarray:
    """The matrix (m, n) that makes m entries of n; `scale` is the step between two of them."""
    if mode == "nearest":
        places = np.floor(np.arange(m) * scale)
    elif corners:  # the first and last entries stay where they are
        places = np.arange(m) * ((n - 1) / (m - 1) if m > 1 else 0.0)
    else:  # the centres of the entries are kept apart evenly
        places = np.maximum((np.arange(m) + 0.5) * scale - 0.5, 0)
    low = np.minimum(places.astype(int), n - 1)
    rest = np.minimum(places - low, 1.0)
    matrix = np.zeros((m, n))
    np.add.at(matrix, (np.arange(m), low), 1 - rest)
    np.add.at(matrix, (np.arange(m), np.minimum(low + 1, n - 1)), rest)
    return matrix


def interpolate(
    input: Tensor,
    size: int | Sequence[int] | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    """Signals or images of another size: (N, C, L) or (N, C, H, W) → `(N, C, *size)`.

    Raises
    ------
    NotImplementedError
        A mode other than nearest, linear and bilinear.
    ValueError
        Not exactly one of `size` and `scale_factor` is given.
    """
    if mode not in MODES:
        raise NotImplementedError(f"interpolate: mode {mode!r} is not one of {', '.join(MODES)}")
    if (size is None) == (scale_factor is None):
        raise ValueError("only one of size or scale_factor should be defined")
    old = tuple(input.shape[2:])
    given = scale_factor if size is None else size
    each = tuple(given) if isinstance(given, Sequence) else (given,) * len(old)
    new = each if size is not None else [math.floor(n * s) for n, s in zip(old, each, strict=True)]
    out = input
    for d, (n, m) in enumerate(zip(old, new, strict=True), start=2):
        scale = n / m if size is not None else 1 / each[d - 2]
        matrix = _weights(n, m, scale, mode, bool(align_corners))
        weights = tensor(matrix, dtype=input.dtype, device=input.device)
        out = (out.transpose(d, -1) @ weights.T).transpose(d, -1)
    return out


class Upsample(Module):
    """`interpolate` as a layer."""

    def __init__(
        self,
        size: int | Sequence[int] | None = None,
        scale_factor: float | Sequence[float] | None = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
    ) -> None:
        super().__init__()
        self.size, self.scale_factor = size, scale_factor
        self.mode, self.align_corners = mode, align_corners

    def forward(self, input: Tensor) -> Tensor:
        """`(N, C, *old) → (N, C, *new)`."""
        return interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners)

    def extra_repr(self) -> str:
        """As PyTorch prints it."""
        given = "scale_factor" if self.scale_factor is not None else "size"
        value: Any = getattr(self, given)
        value = (
            float(value) if given == "scale_factor" and not isinstance(value, Sequence) else value
        )
        return f"{given}={value}, mode={self.mode!r}"
