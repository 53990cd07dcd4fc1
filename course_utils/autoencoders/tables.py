"""Tables of numbers: examples in rows, checked before anything is computed with them."""

from typing import Any

import numpy as np


def table(values: Any, name: str, columns: int | None = None) -> np.ndarray:
    """``values`` as an array of floats with two axes.

    Parameters
    ----------
    values
        Anything array-like.
    name
        What the message calls it.
    columns
        How many columns it should have; any number where not given.

    Returns
    -------
    ndarray, shape (N, D)

    Raises
    ------
    ValueError
        Where it is no table, is empty, has other columns, or holds infinity or NaN.
    """
    found = np.asarray(values, dtype=float)
    if found.ndim != 2 or found.size == 0:
        raise ValueError(
            f"{name} should be a table with one example a row, got shape {found.shape}"
        )
    if columns is not None and found.shape[1] != columns:
        raise ValueError(f"{name} should have {columns} columns, got {found.shape[1]}")
    if not np.isfinite(found).all():
        raise ValueError(f"{name} holds numbers that are not finite")
    return found


def same_shape(X: Any, Y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Two tables of one shape: examples and their reconstructions.

    Raises
    ------
    ValueError
        Where the shapes differ, or one is no table.
    """
    X, Y = table(X, "X"), table(Y, "the reconstructions")
    if X.shape != Y.shape:
        raise ValueError(f"examples {X.shape} and reconstructions {Y.shape} differ in shape")
    return X, Y
