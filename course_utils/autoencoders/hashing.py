"""Semantic hashing: codes turned into bits, neighbours found by counting bits that differ.

Salakhutdinov and Hinton (2009), "Semantic hashing", International Journal of Approximate Reasoning
50(7), 969–978.
"""

from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def thresholds(H: Any) -> np.ndarray:
    """The median of each unit: every bit is 1 for half of the examples, so none is wasted.

    Parameters
    ----------
    H
        Codes, shape (N, K).

    Returns
    -------
    ndarray, shape (K,)

    Raises
    ------
    ValueError
        Where H is no table.
    """
    return np.median(table(H, "H"), axis=0)


def bits(H: Any, thresholds: Any) -> np.ndarray:
    """Whether each entry is above its unit's threshold.

    Parameters
    ----------
    H, thresholds
        Codes (N, K) and thresholds (K,).

    Returns
    -------
    ndarray of bool, shape (N, K)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    limits = np.asarray(thresholds, dtype=float)
    if limits.ndim != 1:
        raise ValueError(f"thresholds should be one a unit, shape (K,), got {limits.shape}")
    return table(H, "H", len(limits)) > limits


def hamming(query: Any, codes: Any) -> np.ndarray:
    """Number of bits that differ.

    Parameters
    ----------
    query
        Bits of one example, shape (K,), or of several, (Q, K).
    codes
        Bits of the data base, shape (N, K).

    Returns
    -------
    ndarray of int, shape (N,) or (Q, N)

    Raises
    ------
    ValueError
        Where the numbers of bits differ.
    """
    query, codes = np.asarray(query, dtype=bool), np.asarray(codes, dtype=bool)
    if codes.ndim != 2 or query.ndim not in (1, 2) or query.shape[-1] != codes.shape[1]:
        raise ValueError(f"bits of shape {query.shape} cannot be compared with {codes.shape}")
    return (query[..., None, :] != codes).sum(axis=-1)


def retrieve(query: Any, H: Any, thresholds: Any, count: int) -> np.ndarray:
    """The examples whose bits differ least from the query's.

    Parameters
    ----------
    query
        Code of one example, shape (K,).
    H
        Codes of the data base, shape (N, K).
    thresholds
        Shape (K,).
    count
        How many to give.

    Returns
    -------
    ndarray of int, shape (count,)
        Rows of H, nearest first; at equal distance the smaller row first.

    Raises
    ------
    ValueError
        Where shapes do not fit or there are not so many examples.
    """
    codes = bits(H, thresholds)  # (N, K)
    if not 1 <= count <= len(codes):
        raise ValueError(f"count should be from 1 to {len(codes)}, got {count}")
    distances = hamming(bits(np.asarray(query)[None], thresholds)[0], codes)  # (N,)
    return np.argsort(distances, kind="stable")[:count]


def precision(found: Any, labels: Any, label: Any) -> float:
    """Share of the examples found that carry the label wanted.

    Parameters
    ----------
    found
        Rows, shape (count,).
    labels
        Of the data base, shape (N,).
    label
        The one wanted.

    Raises
    ------
    ValueError
        Where nothing was found.
    """
    found = np.asarray(found, dtype=int)
    if not len(found):
        raise ValueError("nothing was found, so there is no precision")
    return float((np.asarray(labels)[found] == label).mean())


def chance_precision(labels: Any) -> float:
    """Precision of drawing blindly, averaged over queries that are as frequent as the examples.

    Parameters
    ----------
    labels
        Of the data base, shape (N,).
    """
    shares = np.unique(np.asarray(labels), return_counts=True)[1] / len(labels)
    return float((shares**2).sum())
