"""A convolution as one matrix: mostly zeros, the same few numbers in every row.

Its transpose is the transposed convolution, which carries gradients back and enlarges images
(Dumoulin and Visin, 2016, chapter 4).
"""

import numpy as np
import scipy.sparse
from numpy.typing import ArrayLike

from course_utils.convolution import conv2d
from course_utils.convolution.sizes import Padding, pads, transposed_size
from course_utils.convolution.windows import as_images, out_shape, places


def toeplitz(kernel: ArrayLike, length: int) -> np.ndarray:
    """Matrix T with T @ s = cross-correlation of a signal s with ``kernel``, without padding.

    Parameters
    ----------
    kernel
        (k,).
    length
        L of the signals.

    Returns
    -------
    ndarray, shape (L − k + 1, L)
        Row n holds the kernel from column n on: constant along diagonals, a Toeplitz matrix.

    Raises
    ------
    ValueError
        Where the kernel has more than one axis, or is longer than the signal.
    """
    kernel = np.asarray(kernel, dtype=float)
    if kernel.ndim != 1:
        raise ValueError(f"kernel should be (k,), got shape {kernel.shape}")
    (_, rows) = out_shape((1, length), (1, len(kernel)))
    T = np.zeros((rows, length))
    for n in range(rows):
        T[n, n : n + len(kernel)] = kernel
    return T


def matrix(
    kernel: ArrayLike, image: tuple[int, int], stride: int = 1, padding: Padding = 0
) -> scipy.sparse.csr_array:
    """Matrix A with A @ x.ravel() = `conv2d.cross_correlate` of one image x, flattened.

    Parameters
    ----------
    kernel
        Kernels (K, C, kH, kW).
    image
        (H, W) of the images.
    stride, padding
        As in `conv2d.cross_correlate`.

    Returns
    -------
    scipy.sparse.csr_array, shape (K·oH·oW, C·H·W)
        ``.toarray()`` makes it dense, ``.T`` is the transposed convolution.

    Raises
    ------
    ValueError
        Where shapes do not fit.
    """
    kernel = as_images(kernel, "kernel", "(K, C, kH, kW)")
    (maps, channels, *window), (height, width) = kernel.shape, image
    out = out_shape((height, width), tuple(window), stride, padding)
    # Number of every pixel, −1 for padding: what lies under the kernel says which columns it meets.
    (top, bottom), (left, right) = (pads(k, padding) for k in window)
    pixels = np.arange(channels * height * width).reshape(channels, height, width)
    pixels = np.pad(pixels, ((0, 0), (top, bottom), (left, right)), constant_values=-1)
    row_of, column_of, weight = [], [], []
    for i, j, rows, columns in places(out, tuple(window), stride):
        under = pixels[:, rows, columns]  # (C, kH, kW)
        inside = under >= 0
        for k in range(maps):
            column_of.append(under[inside])
            weight.append(kernel[k][inside])
            row_of.append(np.full(int(inside.sum()), (k * out[0] + i) * out[1] + j))
    entries = np.concatenate(weight), (np.concatenate(row_of), np.concatenate(column_of))
    shape = (maps * out[0] * out[1], channels * height * width)
    return scipy.sparse.coo_array(entries, shape=shape).tocsr()


def transposed_convolution(
    x: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> np.ndarray:
    """Every entry of ``x`` lays down its multiple of the kernel; where they overlap, they add up.

    The adjoint of `conv2d.cross_correlate`: in shape its way back, but not its inverse.

    Parameters
    ----------
    x
        Feature maps (N, K, h, w).
    kernel
        Kernels (K, C, kH, kW), in the order of axes of the convolution that this transposes.
    stride, padding
        Of that convolution: a stride of 2 doubles the size here.
    output_padding
        Rows and columns more at the lower and right side, below ``stride``.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        H = (h − 1)·stride − 2·padding + kH + output_padding.

    Raises
    ------
    ValueError
        Where shapes do not fit.
    """
    x = as_images(x, "x", "(N, K, h, w)")
    kernel = as_images(kernel, "kernel", "(K, C, kH, kW)")
    height, width = (
        transposed_size(n, k, stride, padding, output_padding)
        for n, k in zip(x.shape[2:], kernel.shape[2:], strict=True)
    )
    return conv2d.input_gradient(x, kernel, (height, width), stride, padding)
