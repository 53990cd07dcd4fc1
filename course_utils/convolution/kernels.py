"""Kernels drawn by hand, as image processing used them before kernels were learnt.

They are written for cross-correlation, the way they lie on the image: a kernel of edges to the
right is positive on its right side. The axes: row 0 is at the top, column 0 at the left.
"""

from collections.abc import Callable

import numpy as np

from course_utils.convolution.sizes import whole


def identity(size: int = 3) -> np.ndarray:
    """Kernel (size, size) that changes nothing; ``size`` is odd.

    Raises
    ------
    ValueError
        For an even size, which has no middle.
    """
    kernel = np.zeros((_odd(size), size))
    kernel[size // 2, size // 2] = 1.0
    return kernel


def box_blur(size: int = 3) -> np.ndarray:
    """Mean of size × size pixels; its entries sum to 1, so brightness stays."""
    return np.full((whole(size, "size", 1), size), 1 / size**2)


def gaussian_blur(size: int = 5, sigma: float = 1.0) -> np.ndarray:
    """Mean with weights exp(−r²/2σ²), ``sigma`` in pixels; entries sum to 1; ``size`` is odd.

    Raises
    ------
    ValueError
        For an even size, or σ that is not positive.
    """
    x, y = _grid(size)
    kernel = np.exp(-(x**2 + y**2) / (2 * _positive(sigma, "sigma") ** 2))
    return kernel / kernel.sum()


def sobel_x() -> np.ndarray:
    """Brighter to the right: central difference along the row, smoothed 1-2-1 across it.

    Sobel and Feldman's operator (1968). On a brightness that grows by 1 per pixel it answers 8.
    """
    return np.outer([1.0, 2.0, 1.0], [-1.0, 0.0, 1.0])


def sobel_y() -> np.ndarray:
    """Brighter downwards; the transpose of `sobel_x`."""
    return sobel_x().T


def laplacian() -> np.ndarray:
    """Sum of the second differences along both axes: 0 where brightness grows evenly."""
    return np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]])


def sharpen() -> np.ndarray:
    """The image minus its Laplacian: edges are exaggerated, even areas kept."""
    return identity() - laplacian()


def emboss() -> np.ndarray:
    """Light from the upper left: bright where brightness grows towards the lower right."""
    return np.array([[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0]])


def gabor(
    size: int = 9,
    wavelength: float = 4.0,
    orientation: float = 0.0,
    sigma: float = 2.0,
    aspect: float = 1.0,
    phase: float = 0.0,
) -> np.ndarray:
    """A wave under a bell curve: exp(−(u² + γ²v²)/2σ²) cos(2πu/λ + φ), made to sum to 0.

    Simple cells of the visual cortex answer nearly so (Daugman, 1985), and so do many kernels that
    networks learn in their first layer.

    Parameters
    ----------
    size
        Side, odd, in pixels.
    wavelength
        λ, in pixels.
    orientation
        Direction of the wave in radians, from the right (0) downwards; stripes lie across it.
    sigma, aspect
        Width σ of the bell in pixels, along the wave; γ is the ratio of it to the width across.
    phase
        φ in radians: 0 is an even kernel, for stripes, and π/2 an odd one, for edges.

    Returns
    -------
    ndarray, shape (size, size)

    Raises
    ------
    ValueError
        For an even size, or lengths that are not positive.
    """
    x, y = _grid(size)
    u = x * np.cos(orientation) + y * np.sin(orientation)  # along the wave
    v = -x * np.sin(orientation) + y * np.cos(orientation)
    across = _positive(aspect, "aspect") * v
    bell = np.exp(-(u**2 + across**2) / (2 * _positive(sigma, "sigma") ** 2))
    wave = np.cos(2 * np.pi * u / _positive(wavelength, "wavelength") + phase)
    kernel = bell * wave
    return kernel - bell * kernel.sum() / bell.sum()  # no answer to even areas


#: By name, each without arguments.
GALLERY: dict[str, Callable[[], np.ndarray]] = {
    "identity": identity,
    "box blur": box_blur,
    "gaussian blur": gaussian_blur,
    "sobel x": sobel_x,
    "sobel y": sobel_y,
    "laplacian": laplacian,
    "sharpen": sharpen,
    "emboss": emboss,
    "gabor": gabor,
}


def _grid(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Columns x and rows y, both (size, size), counted from the middle."""
    steps = np.arange(_odd(size)) - size // 2
    y, x = np.meshgrid(steps, steps, indexing="ij")
    return x, y


def _odd(size: int) -> int:
    if whole(size, "size", 1) % 2 == 0:
        raise ValueError(f"size should be odd, so that the kernel has a middle, got {size}")
    return size


def _positive(value: float, name: str) -> float:
    if not value > 0:
        raise ValueError(f"{name} should be positive, got {value}")
    return value
