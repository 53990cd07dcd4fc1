"""Decision regions: which class a model gives to every point of a piece of the plane."""

from collections.abc import Callable
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from course_utils.multilayer.layers import affine

if TYPE_CHECKING:
    from sklearn.svm import SVC


def classes_on_grid(
    score: Callable[[np.ndarray], np.ndarray], xs: ArrayLike, ys: ArrayLike
) -> np.ndarray:
    """Class of every point (x, y) of a grid.

    Parameters
    ----------
    score
        From points (N, 2) to scores (N, K), where the largest wins, or (N,), where the sign tells
        class 1 from class 0.
    xs, ys
        Coordinates of the columns, (A,), and of the rows, (B,).

    Returns
    -------
    ndarray of int, shape (B, A)
        Row i belongs to ys[i], column j to xs[j]: as `imshow(..., origin="lower")` and `contourf`
        want it.

    Raises
    ------
    ValueError
        Where the scores have neither shape.
    """
    columns, rows = np.meshgrid(xs, ys)  # (B, A) each
    points = np.column_stack([columns.ravel(), rows.ravel()])  # (B·A, 2)
    found = np.asarray(score(points))
    if found.ndim not in (1, 2) or len(found) != len(points):
        raise ValueError(f"scores of {len(points)} points expected, got shape {found.shape}")
    classes = found.argmax(axis=1) if found.ndim == 2 else (found > 0).astype(int)  # (B·A,)
    return classes.reshape(columns.shape)  # (B, A)


def activation_patterns(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> tuple[np.ndarray, int]:
    """Which units of a ReLU layer are on, and how many different answers to that there are.

    Each pattern is a region between the units' lines, on which the network is affine.

    Parameters
    ----------
    X, W, b
        As in `layers.affine`: points (N, D), H units.

    Returns
    -------
    ndarray of int, shape (N,), int
        Number of the pattern at each point, and how many were met. A region between the points is
        missed.
    """
    on = affine(X, W, b) > 0  # (N, H)
    patterns, numbers = np.unique(on, axis=0, return_inverse=True)  # (P, H), (N,)
    return numbers.reshape(-1), len(patterns)


def most_regions(units: int, dimension: int = 2) -> int:
    """Most regions into which so many hyperplanes cut a space (Schläfli; Zaslavsky, 1975).

    Σ_{i ≤ d} C(H, i): in the plane, 1 + H + H (H − 1)/2.

    Raises
    ------
    ValueError
        Where units or dimension are negative.
    """
    if units < 0 or dimension < 0:
        raise ValueError(f"units and dimension must not be negative: {units}, {dimension}")
    return sum(comb(units, i) for i in range(dimension + 1))


def quadratic_svm(X: ArrayLike, y: ArrayLike, penalty: float = 10.0) -> "SVC":
    """Support vector machine with the kernel (⟨x, x′⟩ + 1)²: its boundary is a conic.

    Parameters
    ----------
    X, y
        Points (N, D) and two classes, (N,).
    penalty
        C, the price of examples inside the margin.

    Returns
    -------
    sklearn.svm.SVC
        ``decision_function`` gives (N,), for `classes_on_grid`.
    """
    from sklearn.svm import SVC  # here: it takes two seconds, and most callers need none

    return SVC(kernel="poly", degree=2, gamma=1.0, coef0=1.0, C=penalty).fit(X, y)
