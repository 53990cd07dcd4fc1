"""Images as arrays, and the windows that a kernel or a pool looks through, one place at a time."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from course_utils.convolution.sizes import Padding, output_size, pads


def as_images(x: ArrayLike, name: str = "x", layout: str = "(N, C, H, W)") -> np.ndarray:
    """``x`` as an array of floats (N, C, H, W): images, channels, rows, columns.

    ``name`` and ``layout`` are what an error calls the array and its axes.

    Raises
    ------
    ValueError
        Where it has another number of axes, or no entry.
    """
    x = np.asarray(x)
    if x.dtype.kind not in "biuf":
        raise ValueError(f"{name} should hold real numbers, not {x.dtype}")
    if x.ndim != 4 or x.size == 0:
        raise ValueError(
            f"{name} should be {layout}, four axes and not empty, got shape {x.shape}; "
            f"{name}[None, None] adds two axes"
        )
    return x if x.dtype.kind == "f" else x.astype(float)


def out_shape(
    image: tuple[int, int], window: tuple[int, int], stride: int = 1, padding: Padding = 0
) -> tuple[int, int]:
    """Number of places (rows, columns) of a window on an image.

    Raises
    ------
    ValueError
        Where the window is larger than the padded image.
    """
    try:
        rows, columns = (
            output_size(n, k, stride, padding) for n, k in zip(image, window, strict=True)
        )
    except ValueError as reason:
        sizes = f"a {window[0]} × {window[1]} window on a {image[0]} × {image[1]} image"
        raise ValueError(f"{sizes}: {reason}") from None
    return rows, columns


def pad(x: np.ndarray, window: tuple[int, int], padding: Padding) -> np.ndarray:
    """Images (N, C, H, W) with zeros around them, as ``padding`` asks."""
    rows, columns = (pads(k, padding) for k in window)
    return np.pad(x, ((0, 0), (0, 0), rows, columns))  # (N, C, H + p + p', W + p + p')


def unpad(x: np.ndarray, window: tuple[int, int], padding: Padding) -> np.ndarray:
    """What `pad` was given: the border is cut off."""
    (top, bottom), (left, right) = (pads(k, padding) for k in window)
    return x[:, :, top : x.shape[2] - bottom, left : x.shape[3] - right]  # (N, C, H, W)


def places(
    out: tuple[int, int], window: tuple[int, int], stride: int
) -> Iterator[tuple[int, int, slice, slice]]:
    """Every place of a window, in reading order: (i, j, rows under it, columns under it)."""
    for i in range(out[0]):
        for j in range(out[1]):
            top, left = i * stride, j * stride
            yield i, j, slice(top, top + window[0]), slice(left, left + window[1])
