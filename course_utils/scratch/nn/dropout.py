"""Dropout: entries set to 0 at random while training.

The rest are divided by the probability to stay, so that the mean remains. Source: Srivastava et al.
2014; whole channels: Tompson et al. 2015.
"""

import warnings
from collections.abc import Callable

from course_utils.scratch.autograd import no_grad
from course_utils.scratch.nn.module import Module
from course_utils.scratch.operation import NAMES
from course_utils.scratch.tensor import Tensor


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Each entry is 0 with probability p, else divided by 1 − p; input itself when not training.

    Raises
    ------
    ValueError
        p is outside of 0 … 1.
    """
    return _dropped(input, NAMES["empty_like"], p, training, inplace)


def dropout1d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """As `dropout` for whole channels: (N, C, L), or (C, L)."""
    if input.ndim not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {input.ndim}D input."
        )
    channels = (*input.shape[:-1], 1)
    return _dropped(input, lambda x: x.new_empty(channels), p, training, inplace)


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
    return _dropped(input, lambda x: x.new_empty(channels), p, training, inplace)


def _dropped(
    input: Tensor, make: Callable[[Tensor], Tensor], p: float, training: bool, inplace: bool
) -> Tensor:
    """Input times a random mask of 0 and 1 / (1 − p); `make` gives the mask its shape."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if p == 0 or not training or input.numel() == 0:
        return input
    multiply = input.mul_ if inplace else input.mul
    if p == 1:
        return multiply(0)
    with no_grad():
        mask = make(input).bernoulli_(1 - p)
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
