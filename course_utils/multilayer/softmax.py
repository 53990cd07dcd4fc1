"""Softmax: from scores of any size to probabilities of classes."""

import numpy as np
from numpy.typing import ArrayLike


def softmax(Z: ArrayLike) -> np.ndarray:
    """exp(z_k) / Σ_j exp(z_j), row by row.

    Adding the same number to all scores of a row changes nothing. So each row's largest score is
    taken off first: then exp never overflows, and the sum is at least 1.

    Parameters
    ----------
    Z
        Scores, shape (N, K), or of one example, shape (K,); any size, without a limit.

    Returns
    -------
    ndarray, the shape of ``Z``
        Positive, rows sum to 1.

    Raises
    ------
    ValueError
        Where there is no class.
    """
    Z = np.asarray(Z, dtype=float)
    if Z.ndim not in (1, 2) or Z.shape[-1] == 0:
        raise ValueError(f"scores should be (N, K) or (K,) with K ≥ 1, got {Z.shape}")
    powers = np.exp(Z - Z.max(axis=-1, keepdims=True))  # (N, K), at most 1
    return powers / powers.sum(axis=-1, keepdims=True)  # (N, K)
