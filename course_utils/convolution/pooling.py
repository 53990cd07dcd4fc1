"""Pooling: one number for each window of a feature map, and the way of the gradient back.

Letters as in `conv2d`; every channel is pooled for itself. Windows that would stick out at the
lower or right border are left out, as in PyTorch.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils.convolution.sizes import whole
from course_utils.convolution.windows import as_images, out_shape, places


def max_pool(x: ArrayLike, size: int, stride: int | None = None) -> np.ndarray:
    """Largest entry of each window.

    Parameters
    ----------
    x
        Feature maps (N, C, H, W).
    size
        Side of the square window.
    stride
        Step from one window to the next; ``size`` where left out.

    Returns
    -------
    ndarray, shape (N, C, oH, oW)

    Raises
    ------
    ValueError
        Where the window is larger than the image, or shapes are wrong.
    """
    x, window, stride, out = _checked(x, size, stride)
    y = np.empty((*x.shape[:2], *out), x.dtype)
    for i, j, rows, columns in places(out, window, stride):
        y[:, :, i, j] = x[:, :, rows, columns].max(axis=(2, 3))  # (N, C)
    return y


def average_pool(x: ArrayLike, size: int, stride: int | None = None) -> np.ndarray:
    """Mean of each window; arguments, result and errors as in `max_pool`."""
    x, window, stride, out = _checked(x, size, stride)
    y = np.empty((*x.shape[:2], *out), x.dtype)
    for i, j, rows, columns in places(out, window, stride):
        y[:, :, i, j] = x[:, :, rows, columns].mean(axis=(2, 3))  # (N, C)
    return y


def winners(x: ArrayLike, size: int, stride: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Row and column, in ``x``, of the largest entry of each window.

    Where several are equally large, it is the first in reading order, as in PyTorch.

    Parameters
    ----------
    x, size, stride
        As in `max_pool`.

    Returns
    -------
    rows, columns : ndarray, shape (N, C, oH, oW)

    Raises
    ------
    ValueError
        As `max_pool`.
    """
    x, window, stride, out = _checked(x, size, stride)
    top, left = (np.zeros((*x.shape[:2], *out), int) for _ in range(2))
    for i, j, rows, columns in places(out, window, stride):
        flat = x[:, :, rows, columns].reshape(*x.shape[:2], -1).argmax(axis=2)  # (N, C)
        top[:, :, i, j] = rows.start + flat // size
        left[:, :, i, j] = columns.start + flat % size
    return top, left


def max_pool_gradient(
    grad: ArrayLike, x: ArrayLike, size: int, stride: int | None = None
) -> np.ndarray:
    """Gradient of the loss by the input of `max_pool`.

    Only the winner of a window moves the output, so it gets the whole gradient and the others
    nothing. Where windows overlap, an entry may win several times: it gets the sum. At a tie there
    is no derivative; the first winner in reading order gets all.

    Parameters
    ----------
    grad
        Gradient by the output, (N, C, oH, oW).
    x, size, stride
        As in the forward pass.

    Returns
    -------
    ndarray, shape (N, C, H, W)

    Raises
    ------
    ValueError
        As `max_pool`, or where ``grad`` has not the shape of the output.
    """
    x, _, _, out = _checked(x, size, stride)
    grad = _fitting(grad, x, out)
    dx = np.zeros(x.shape, np.result_type(x, grad))
    n, c = np.ogrid[: x.shape[0], : x.shape[1]]  # (N, 1), (1, C)
    np.add.at(dx, (n[..., None, None], c[..., None, None], *winners(x, size, stride)), grad)
    return dx


def average_pool_gradient(
    grad: ArrayLike, x: ArrayLike, size: int, stride: int | None = None
) -> np.ndarray:
    """Gradient by the input of `average_pool`: every entry of a window gets an equal share.

    Arguments, result and errors as in `max_pool_gradient`; of ``x`` only the shape matters.
    """
    x, window, stride, out = _checked(x, size, stride)
    grad = _fitting(grad, x, out)
    dx = np.zeros(x.shape, np.result_type(x, grad))
    for i, j, rows, columns in places(out, window, stride):
        dx[:, :, rows, columns] += grad[:, :, i, j, None, None] / size**2  # (N, C, 1, 1)
    return dx


def _checked(
    x: ArrayLike, size: int, stride: int | None
) -> tuple[np.ndarray, tuple[int, int], int, tuple[int, int]]:
    """Images, (size, size), stride and (oH, oW)."""
    x, size = as_images(x), whole(size, "size", 1)
    stride = size if stride is None else stride
    return x, (size, size), stride, out_shape(x.shape[2:], (size, size), stride)


def _fitting(grad: ArrayLike, x: np.ndarray, out: tuple[int, int]) -> np.ndarray:
    grad = as_images(grad, "grad", "(N, C, oH, oW)")
    if grad.shape != (*x.shape[:2], *out):
        raise ValueError(
            f"grad should have the shape of the output, {(*x.shape[:2], *out)}, got {grad.shape}"
        )
    return grad
