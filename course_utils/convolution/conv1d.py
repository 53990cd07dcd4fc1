"""Convolution of signals: along time instead of over an image.

Oppenheim and Schafer, *Discrete-Time Signal Processing*, chapter 2; the convolution theorem,
chapter 8.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils.convolution import conv2d
from course_utils.convolution.sizes import Padding, output_size, pads, whole


def convolve(signal: ArrayLike, kernel: ArrayLike, mode: str = "full") -> np.ndarray:
    """Convolution of two sequences: y[n] = Σₘ h[m] s[n − m].

    Parameters
    ----------
    signal, kernel
        s (L,) and h (k,), in samples.
    mode
        "full": every overlap, L + k − 1 samples. "same": the L in the middle. "valid": those where
        the kernel lies wholly on the signal, L − k + 1.

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        For another mode or shape, or in mode "valid" a kernel longer than the signal.
    """
    s, h = _sequences(signal, kernel)
    if mode not in ("full", "same", "valid"):
        raise ValueError(f"mode should be 'full', 'same' or 'valid', not {mode!r}")
    if mode == "valid" and len(h) > len(s):
        raise ValueError(f"a kernel of {len(h)} samples fits nowhere on a signal of {len(s)}")
    y = np.zeros(len(s) + len(h) - 1)
    for m, weight in enumerate(h):  # each weight adds the signal, m samples later
        y[m : m + len(s)] += weight * s
    first = {"full": 0, "same": (len(h) - 1) // 2, "valid": len(h) - 1}[mode]
    return y[first : first + {"full": len(y), "same": len(s), "valid": len(s) - len(h) + 1}[mode]]


def convolve_by_fft(signal: ArrayLike, kernel: ArrayLike) -> np.ndarray:
    """The same as `convolve` in mode "full", by the convolution theorem.

    The transform of a convolution is the product of the transforms: a sum of L · k products becomes
    one product per frequency. Both sequences are lengthened with zeros first, because the discrete
    transform takes them for periodic.

    Raises
    ------
    ValueError
        For another shape.
    """
    s, h = _sequences(signal, kernel)
    length = len(s) + len(h) - 1
    return np.fft.irfft(np.fft.rfft(s, length) * np.fft.rfft(h, length), length)  # (L + k − 1,)


def cross_correlate(
    x: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int = 1,
    padding: Padding = 0,
) -> np.ndarray:
    """The convolutional layer for signals: an image with one row.

    Parameters
    ----------
    x
        Signals (N, C, L).
    kernel
        Kernels (K, C, k).
    bias
        One number per kernel (K,), or none.
    stride, padding
        As in `conv2d.cross_correlate`.

    Returns
    -------
    ndarray, shape (N, K, oL)

    Raises
    ------
    ValueError
        Where shapes do not fit, or the kernel is longer than the padded signal.
    """
    x, kernel = np.asarray(x), np.asarray(kernel)
    if x.ndim != 3 or kernel.ndim != 3:
        raise ValueError(f"x should be (N, C, L), kernel (K, C, k): got {x.shape}, {kernel.shape}")
    if not x.size or not kernel.size:
        raise ValueError(f"x and kernel should not be empty, got {x.shape}, {kernel.shape}")
    output_size(x.shape[2], kernel.shape[2], stride, padding)  # raises where nothing fits
    # Pad here: on an image with one row, padding would add rows as well.
    x = np.pad(x, ((0, 0), (0, 0), pads(kernel.shape[2], padding)))
    rows = x[:, :, None], kernel[:, :, None]  # (N, C, 1, L + p + p'), (K, C, 1, k)
    return conv2d.cross_correlate(*rows, bias, stride)[:, :, 0]  # (N, K, oL)


def moving_average(length: int) -> np.ndarray:
    """Kernel (length,) that averages: it smooths.

    Raises
    ------
    ValueError
        Where ``length`` is no length.
    """
    return np.full(whole(length, "length", 1), 1 / length)


def difference() -> np.ndarray:
    """Kernel (2,) of [n] − [n − 1]: `convolve` with it finds changes."""
    return np.array([1.0, -1.0])


def _sequences(signal: ArrayLike, kernel: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    s, h = np.asarray(signal, dtype=float), np.asarray(kernel, dtype=float)
    if s.ndim != 1 or h.ndim != 1 or not s.size or not h.size:
        raise ValueError(f"signal and kernel should be (L,) and (k,), got {s.shape} and {h.shape}")
    return s, h
