"""Fourier sums of a function on [−1, 1], and the overshoot that more terms do not cure.

Wilbraham (1848) and Gibbs (1899): beside a jump, the sums overshoot by about 9 % of the jump,
however many terms are taken.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import sici

#: Highest value that the sums of the square wave ±1 tend to, (2/π) Si(π) ≈ 1.179.
WILBRAHAM_GIBBS = float(2 / np.pi * sici(np.pi)[0])

#: Points at which a function is read to compute its coefficients.
_SAMPLES = 2**14


def square_wave(x: ArrayLike) -> np.ndarray:
    """Sign of x on [−1, 1]: a jump of 2 at 0, and at ±1 where the next period begins."""
    return np.sign(np.asarray(x, dtype=float))


def fourier_sum(
    f: Callable[[np.ndarray], np.ndarray], terms: int
) -> Callable[[ArrayLike], np.ndarray]:
    """a₀ + Σ_k a_k cos(πkx) + b_k sin(πkx), k = 1 … ``terms``, with the coefficients of f.

    Parameters
    ----------
    f
        Function of arrays, on [−1, 1].
    terms
        Highest frequency, from 0 on; the sum has 2 · terms + 1 coefficients.

    Returns
    -------
    callable
        From arrays of any shape to arrays of that shape; period 2.

    Raises
    ------
    ValueError
        Where ``terms`` is negative, or so large that the coefficients would be wrong.
    """
    if not 0 <= terms <= _SAMPLES // 8:
        raise ValueError(f"terms should lie between 0 and {_SAMPLES // 8}, not {terms}")
    # Midpoints: no reading falls on a jump at −1, 0 or 1.
    x = -1 + 2 * (np.arange(_SAMPLES) + 0.5) / _SAMPLES  # (S,)
    k = np.arange(1, terms + 1)  # (terms,)
    values = np.asarray(f(x), dtype=float)  # (S,)
    mean = values.mean()
    # Σ f(x) exp(−iπkx) is a discrete Fourier transform, but for where the readings begin.
    begin = np.exp(-1j * np.pi * k * x[0])  # (terms,)
    coefficients = 2 / _SAMPLES * begin * np.fft.rfft(values)[1 : terms + 1]  # a_k − i b_k

    def total(at: ArrayLike) -> np.ndarray:
        phases = np.exp(1j * np.pi * np.multiply.outer(np.asarray(at, dtype=float), k))
        return mean + (phases @ coefficients).real  # the shape of `at`

    return total
