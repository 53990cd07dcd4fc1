"""The layers of `normalization`: scale, shift, and for batches the running mean and variance."""

from collections.abc import Sequence
from typing import Any

from course_utils.scratch.creation import ones, tensor, zeros
from course_utils.scratch.dtypes import int64
from course_utils.scratch.nn import init, normalization
from course_utils.scratch.nn.module import Module
from course_utils.scratch.nn.registry import empty_parameter
from course_utils.scratch.tensor import Tensor


class _Normalization(Module):
    """What the layers share: `weight` begins as ones and `bias` as zeros."""

    def _make(self, shape: tuple[int, ...], wanted: bool, bias: bool, options: dict) -> None:
        for name, present in (("weight", wanted), ("bias", wanted and bias)):
            self.register_parameter(name, empty_parameter(shape, **options) if present else None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Scale 1 and shift 0 again."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)


class _Running(_Normalization):
    """Normalisation by channel that remembers mean and variance for evaluation."""

    dimensions: tuple[int, ...]

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.affine, self.track_running_stats = affine, track_running_stats
        options = {"device": device, "dtype": dtype}
        kept = track_running_stats
        self.register_buffer("running_mean", zeros(num_features, **options) if kept else None)
        self.register_buffer("running_var", ones(num_features, **options) if kept else None)
        count = tensor(0, dtype=int64, device=device) if kept else None
        self.register_buffer("num_batches_tracked", count)
        self._make((num_features,), affine, bias, options)

    def _check(self, input: Tensor) -> None:
        if input.ndim not in self.dimensions:
            expected = " or ".join(f"{d}D" for d in self.dimensions)
            raise ValueError(f"expected {expected} input (got {input.ndim}D input)")
        channels = input.array.shape[1]
        if channels != self.num_features:
            raise RuntimeError(
                f"running_mean should contain {channels} elements not {self.num_features}: the"
                f" input has shape {tuple(input.shape)}"
            )

    def extra_repr(self) -> str:
        """As PyTorch prints it."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine},"
            f" bias={self.bias is not None},"
            f" track_running_stats={self.track_running_stats}"
        )


class _BatchNorm(_Running):
    def forward(self, input: Tensor) -> Tensor:
        """(N, C, …) → the same shape."""
        self._check(input)
        momentum = self.momentum
        if self.training and self.track_running_stats:
            self.num_batches_tracked.add_(1)
            if momentum is None:  # the plain mean over all batches so far
                momentum = 1 / self.num_batches_tracked.item()
        return normalization.batch_norm(
            input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or self.running_mean is None,
            momentum or 0.0,
            self.eps,
        )


class BatchNorm1d(_BatchNorm):
    """Batch normalisation of (N, C) or (N, C, L)."""

    dimensions = (2, 3)


class BatchNorm2d(_BatchNorm):
    """Batch normalisation of (N, C, H, W)."""

    dimensions = (4,)


class _InstanceNorm(_Running):
    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype)

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, …) or (C, …) → the same shape."""
        if input.ndim == min(self.dimensions) - 1:
            return self.forward(input.unsqueeze(0)).squeeze(0)
        self._check(input)
        return normalization.instance_norm(
            input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not self.track_running_stats,
            self.momentum,
            self.eps,
        )


class InstanceNorm1d(_InstanceNorm):
    """Normalisation of each channel of each signal, (N, C, L)."""

    dimensions = (3,)


class InstanceNorm2d(_InstanceNorm):
    """Normalisation of each channel of each image, (N, C, H, W)."""

    dimensions = (4,)


class LayerNorm(_Normalization):
    """Normalisation of each example over its last dimensions; `weight` has their shape."""

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        shape = (
            (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        )
        self.normalized_shape, self.eps, self.elementwise_affine = shape, eps, elementwise_affine
        self._make(shape, elementwise_affine, bias, {"device": device, "dtype": dtype})

    def forward(self, input: Tensor) -> Tensor:
        """`(…, *normalized_shape)` → the same shape."""
        shape = self.normalized_shape
        return normalization.layer_norm(input, shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """As PyTorch prints it."""
        return (
            f"{self.normalized_shape}, eps={self.eps},"
            f" elementwise_affine={self.elementwise_affine}, bias={self.bias is not None}"
        )


class GroupNorm(_Normalization):
    """Normalisation of each example over groups of channels; `weight` (num_channels)."""

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        device: Any = None,
        dtype: Any = None,
        bias: bool = True,
    ) -> None:
        super().__init__()
        if num_channels % num_groups:
            raise ValueError(
                f"num_channels must be divisible by num_groups, got {num_channels} and {num_groups}"
            )
        self.num_groups, self.num_channels = num_groups, num_channels
        self.eps, self.affine = eps, affine
        self._make((num_channels,), affine, bias, {"device": device, "dtype": dtype})

    def forward(self, input: Tensor) -> Tensor:
        """`(N, num_channels, *size)` → the same shape."""
        return normalization.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """As PyTorch prints it."""
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine},"
            f" bias={self.bias is not None}"
        )
