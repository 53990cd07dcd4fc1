"""Shift the image: what follows the shift, and what stays as it was.

A map f is equivariant where f(shift x) = shift f(x), and invariant where f(shift x) = f(x).
Convolution is the first; pooling adds a little of the second. Both are measured here.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from course_utils.convolution.sizes import whole
from course_utils.convolution.windows import as_images

#: Images (N, C, H, W) → feature maps (N, K, oH, oW).
Layer = Callable[[np.ndarray], np.ndarray]


def shift(x: ArrayLike, down: int, right: int, wrap: bool = False) -> np.ndarray:
    """Images moved by whole pixels.

    Parameters
    ----------
    x
        Images (…, H, W).
    down, right
        Pixels; negative ones move up and left.
    wrap
        Whether what leaves at one side comes in at the other; otherwise zeros come in.

    Returns
    -------
    ndarray, shape of ``x``

    Raises
    ------
    ValueError
        Where ``x`` has fewer than two axes, or a shift is no whole number.
    """
    x = np.asarray(x)
    if x.ndim < 2:
        raise ValueError(f"x should be (…, H, W), got shape {x.shape}")
    for name, pixels in (("down", down), ("right", right)):
        whole(abs(pixels), f"the size of {name}", 0)
    moved = np.roll(x, (down, right), axis=(-2, -1))
    if not wrap:
        for axis, pixels in ((-2, down), (-1, right)):
            lines = np.moveaxis(moved, axis, 0)  # a view
            came_in = slice(0, pixels) if pixels > 0 else slice(max(0, len(lines) + pixels), None)
            lines[came_in] = 0
    return moved


def equivariance_error(
    layer: Layer, x: ArrayLike, down: int, right: int, stride: int = 1, border: int = 0
) -> float:
    """Largest difference between shift-then-layer and layer-then-shift, over the largest output.

    Parameters
    ----------
    layer
        Maps images to feature maps.
    x
        Images (N, C, H, W); they wrap around when shifted.
    down, right
        Pixels of the image, multiples of ``stride``: the maps move by down/stride, right/stride.
    stride
        Of the whole layer.
    border
        Rows and columns of the maps to leave out on all sides: where padding, or the wrapping,
        makes a difference.

    Returns
    -------
    float
        0 for an equivariant layer, up to rounding.

    Raises
    ------
    ValueError
        Where the shift is no multiple of the stride, or the border leaves nothing.
    """
    x, stride, border = as_images(x), whole(stride, "stride", 1), whole(border, "border", 0)
    if down % stride or right % stride:
        raise ValueError(f"the maps have stride {stride}: shift by multiples, not {(down, right)}")
    before = layer(shift(x, down, right, wrap=True))
    after = shift(layer(x), down // stride, right // stride, wrap=True)
    height, width = before.shape[2:]
    if min(height, width) <= 2 * border:
        raise ValueError(f"a border of {border} leaves nothing of maps of {height} × {width}")
    inner = (..., slice(border, height - border), slice(border, width - border))
    largest = np.abs(after[inner]).max()
    difference = np.abs(before[inner] - after[inner]).max()
    return float(difference / largest) if largest else float(difference)


def change(layer: Layer, x: ArrayLike, down: int, right: int) -> float:
    """How much a layer's answer changes when its images are shifted: ‖f(shift x) − f(x)‖ / ‖f(x)‖.

    Parameters
    ----------
    layer
        Maps images to feature maps or vectors.
    x
        Images (N, C, H, W); zeros come in from the side.
    down, right
        Pixels.

    Returns
    -------
    float
        0 for an invariant layer.

    Raises
    ------
    ValueError
        Where the layer answers 0 everywhere: then there is nothing to compare with.
    """
    x = as_images(x)
    still = layer(x)
    size = np.linalg.norm(still)
    if size == 0:
        raise ValueError("the layer answers 0 everywhere on these images")
    return float(np.linalg.norm(layer(shift(x, down, right)) - still) / size)
