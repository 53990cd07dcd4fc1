"""The convolutional layer and its three gradients, one window at a time.

Written to be read: a loop over places, and in it one line. `course_utils.scratch` has the fast one.
Deep learning calls cross-correlation convolution; `convolve` is what mathematics calls so.
Source: LeCun et al. (1989), "Backpropagation applied to handwritten zip code recognition", and
chapter 9 of Goodfellow, Bengio and Courville (2016), *Deep Learning*.

Letters: N images, C channels, H × W pixels; K kernels of kH × kW; oH × oW places.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils.convolution.sizes import Padding
from course_utils.convolution.windows import as_images, out_shape, pad, places, unpad


def cross_correlate(
    x: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int = 1,
    padding: Padding = 0,
) -> np.ndarray:
    """Dot product of every kernel with every window, plus the kernel's bias.

    Parameters
    ----------
    x
        Images (N, C, H, W).
    kernel
        Kernels (K, C, kH, kW); each sees all C channels.
    bias
        One number per kernel (K,), or none.
    stride
        Step from one place to the next, down and to the right.
    padding
        Zeros around the image: a number, (before, after), "valid" or "same".

    Returns
    -------
    ndarray, shape (N, K, oH, oW)
        K feature maps.

    Raises
    ------
    ValueError
        Where shapes do not fit, or the kernel is larger than the padded image.
    """
    x, kernel = _fitting(x, kernel)
    window = kernel.shape[2:]
    out = out_shape(x.shape[2:], window, stride, padding)
    x = pad(x, window, padding)
    y = np.zeros((len(x), len(kernel), *out), dtype=np.result_type(x, kernel))
    for i, j, rows, columns in places(out, window, stride):
        # (N, C, kH, kW) · (K, C, kH, kW) → (N, K)
        y[:, :, i, j] = np.tensordot(x[:, :, rows, columns], kernel, axes=([1, 2, 3], [1, 2, 3]))
    return y if bias is None else y + _fitting_bias(bias, kernel)[:, None, None]


def convolve(
    x: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int = 1,
    padding: Padding = 0,
) -> np.ndarray:
    """Convolution proper: cross-correlation with the kernel turned by 180°.

    Arguments, result and errors are those of `cross_correlate`.
    """
    return cross_correlate(x, flip(kernel), bias, stride, padding)


def flip(kernel: ArrayLike) -> np.ndarray:
    """Kernels (…, kH, kW) turned by 180°: upside down and left to right."""
    return np.asarray(kernel)[..., ::-1, ::-1]


def input_gradient(
    grad: ArrayLike,
    kernel: ArrayLike,
    image: tuple[int, int],
    stride: int = 1,
    padding: Padding = 0,
) -> np.ndarray:
    """Gradient of the loss by the input of `cross_correlate`.

    Each output was a weighted sum of the pixels in its window; so each of these pixels gets the
    output's gradient times its weight, and adds up what it gets from all windows it lies in.

    Parameters
    ----------
    grad
        Gradient by the output, (N, K, oH, oW).
    kernel
        Kernels (K, C, kH, kW).
    image
        (H, W) of the input; with a stride, the output's size does not tell it.
    stride, padding
        As in the forward pass.

    Returns
    -------
    ndarray, shape (N, C, H, W)

    Raises
    ------
    ValueError
        Where shapes do not fit.
    """
    grad = as_images(grad, "grad", "(N, K, oH, oW)")
    kernel = as_images(kernel, "kernel", "(K, C, kH, kW)")
    window, (height, width) = kernel.shape[2:], image
    out = out_shape((height, width), window, stride, padding)
    _check_gradient(grad, len(kernel), out)
    empty = np.zeros((len(grad), kernel.shape[1], height, width), np.result_type(grad, kernel))
    dx = pad(empty, window, padding)  # (N, C, H + p + p', W + p + p')
    for i, j, rows, columns in places(out, window, stride):
        # (N, K) · (K, C, kH, kW) → (N, C, kH, kW)
        dx[:, :, rows, columns] += np.tensordot(grad[:, :, i, j], kernel, axes=(1, 0))
    return unpad(dx, window, padding)


def kernel_gradient(
    grad: ArrayLike,
    x: ArrayLike,
    window: tuple[int, int],
    stride: int = 1,
    padding: Padding = 0,
) -> np.ndarray:
    """Gradient of the loss by the kernels of `cross_correlate`.

    One kernel is used at every place of every image, so its gradient is the sum, over all of them,
    of the output's gradient times the window.

    Parameters
    ----------
    grad
        Gradient by the output, (N, K, oH, oW).
    x
        Images (N, C, H, W).
    window
        (kH, kW) of the kernels.
    stride, padding
        As in the forward pass.

    Returns
    -------
    ndarray, shape (K, C, kH, kW)

    Raises
    ------
    ValueError
        Where shapes do not fit.
    """
    grad, x = as_images(grad, "grad", "(N, K, oH, oW)"), as_images(x)
    out = out_shape(x.shape[2:], window, stride, padding)
    if len(grad) != len(x):
        raise ValueError(f"grad has {len(grad)} images, x has {len(x)}")
    _check_gradient(grad, grad.shape[1], out)
    x = pad(x, window, padding)
    dk = np.zeros((grad.shape[1], x.shape[1], *window), np.result_type(grad, x))
    for i, j, rows, columns in places(out, window, stride):
        # (N, K) · (N, C, kH, kW) → (K, C, kH, kW)
        dk += np.tensordot(grad[:, :, i, j], x[:, :, rows, columns], axes=(0, 0))
    return dk


def bias_gradient(grad: ArrayLike) -> np.ndarray:
    """Gradient by the biases: Σ over images and places of ``grad`` (N, K, oH, oW) → (K,).

    Raises
    ------
    ValueError
        Where ``grad`` has another number of axes.
    """
    return as_images(grad, "grad", "(N, K, oH, oW)").sum(axis=(0, 2, 3))


def _fitting(x: ArrayLike, kernel: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    x, kernel = as_images(x), as_images(kernel, "kernel", "(K, C, kH, kW)")
    if x.shape[1] != kernel.shape[1]:
        raise ValueError(
            f"the images have {x.shape[1]} channels, the kernels are for {kernel.shape[1]}: "
            f"x {x.shape}, kernel {kernel.shape}"
        )
    return x, kernel


def _fitting_bias(bias: ArrayLike, kernel: np.ndarray) -> np.ndarray:
    bias = np.asarray(bias)
    if bias.shape != (len(kernel),):
        raise ValueError(f"bias should be ({len(kernel)},), one per kernel, got shape {bias.shape}")
    return bias


def _check_gradient(grad: np.ndarray, kernels: int, out: tuple[int, int]) -> None:
    if grad.shape[1:] != (kernels, *out):
        raise ValueError(
            f"grad should have the shape of the output, (N, {kernels}, {out[0]}, {out[1]}), "
            f"got {grad.shape}"
        )
