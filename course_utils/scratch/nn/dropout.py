"""Dropout: entries set to 0 at random while training.

The rest are divided by the probability to stay, so that the mean remains. Source: Srivastava et al.
2014; whole channels: Tompson et al. 2015.
"""

import warnings
from collections.abc import Sequence

from course_utils.scratch.creation import empty
from course_utils.scratch.nn.module import Module
from course_utils.scratch.tensor import Tensor


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Each entry is 0 with probability p, else divided by 1 − p; input itself when not training.

    Raises
    ------
    ValueError
        p is outside of 0 … 1.
    """
    order = _memory_order(input)
    if order == sorted(order) or input.numel() == 0:
        return _dropped(input, input.shape, p, training, inplace)
    back = [order.index(d) for d in sorted(order)]
    return _dropped(input, [input.shape[d] for d in order], p, training, inplace, back)


def _memory_order(x: Tensor) -> list[int]:
    """The dimensions from the longest step in memory to the shortest: so PyTorch draws."""
    steps = [step if n > 1 else 1 for step, n in zip(x.stride(), x.shape, strict=True)]
    if 0 in steps:  # an expanded dimension has no place in this order
        return list(range(x.ndim))
    order = sorted((d for d in range(x.ndim) if x.shape[d] > 1), key=lambda d: -steps[d])
    return [d for d in range(x.ndim) if x.shape[d] <= 1] + order


def dropout1d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """As `dropout` for whole channels: (N, C, L), or (C, L)."""
    if input.ndim not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {input.ndim}D input."
        )
    channels = (*input.shape[:-1], 1)
    return _dropped(input, channels, p, training, inplace)


def dropout2d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """As `dropout` for whole channels: (N, C, H, W); or (N, C, L), as PyTorch takes it."""
    if input.ndim not in (3, 4):
        warnings.warn(
            f"dropout2d: Received a {input.ndim}-D input to dropout2d, which is deprecated and"
            " will result in an error in a future release.",
            stacklevel=2,
        )
    if input.ndim == 3:
        warnings.warn(
            "dropout2d: Received a 3-D input to dropout2d and assuming that channel-wise 1-D "
            "dropout behavior is desired; use dropout1d, or unsqueeze an input without batch.",
            stacklevel=2,
        )
    channels = (*input.shape[:2], *[1] * (input.ndim - 2))
    return _dropped(input, channels, p, training, inplace)


def _dropped(
    input: Tensor,
    size: Sequence[int],
    p: float,
    training: bool,
    inplace: bool,
    order: Sequence[int] | None = None,
) -> Tensor:
    """Input times a random mask of 0 and 1 / (1 − p), drawn with this size and then permuted."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if p == 0 or not training or input.numel() == 0:
        return input
    multiply = input.mul_ if inplace else input.mul
    if p == 1:
        return multiply(0)
    mask = empty(tuple(size), dtype=input.dtype, device=input.device).bernoulli_(1 - p)
    mask = mask if order is None else mask.permute(order)
    return multiply(mask / (1 - p))


class _DropoutNd(Module):
    """Keeps p; active in `train` mode only."""

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        if not 0.0 <= p <= 1.0:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p, self.inplace = p, inplace

    def extra_repr(self) -> str:
        """The probability."""
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(_DropoutNd):
    """While training, each entry is 0 with probability p, else divided by 1 − p."""

    def forward(self, input: Tensor) -> Tensor:
        """(…) → (…)."""
        return dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_DropoutNd):
    """While training, each channel is 0 with probability p, else divided by 1 − p."""

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, L) → (N, C, L)."""
        return dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_DropoutNd):
    """While training, each channel is 0 with probability p, else divided by 1 − p."""

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, H, W) → (N, C, H, W)."""
        return dropout2d(input, self.p, self.training, self.inplace)
