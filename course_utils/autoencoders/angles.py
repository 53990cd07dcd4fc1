"""Principal angles: how far apart two subspaces are, whatever vectors span them."""

from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def orthonormal(A: Any) -> np.ndarray:
    """An orthonormal basis of the space that the columns of A span.

    Parameters
    ----------
    A
        Shape (D, k), its columns linearly independent.

    Returns
    -------
    ndarray, shape (D, k)

    Raises
    ------
    ValueError
        Where the columns depend on each other: they span less than k dimensions.
    """
    A = table(A, "a basis")
    rank = np.linalg.matrix_rank(A)
    if rank < A.shape[1]:
        raise ValueError(f"the {A.shape[1]} columns span only {rank} dimensions")
    return np.linalg.qr(A)[0]


def principal_angles(A: Any, B: Any) -> np.ndarray:
    """Principal angles between two subspaces.

    The first is the smallest angle between a vector of one and a vector of the other; the next is
    the smallest between vectors at right angles to those; and so on (Jordan, 1875; Björck and
    Golub, 1973). All are 0 exactly where the smaller subspace lies in the larger one.

    Small angles come from sines and large ones from cosines: the cosine of 1e-9 is 1 in floating
    point.

    Parameters
    ----------
    A, B
        Shapes (D, k) and (D, m); the columns span the subspaces.

    Returns
    -------
    ndarray, shape (min(k, m),)
        Radians from 0 to π/2, ascending.

    Raises
    ------
    ValueError
        Where the spaces differ in D, or columns depend on each other.
    """
    P, Q = orthonormal(A), orthonormal(B)
    if len(P) != len(Q):
        raise ValueError(f"subspaces of {len(P)} and of {len(Q)} dimensions cannot be compared")
    if P.shape[1] < Q.shape[1]:
        P, Q = Q, P
    overlap = P.T @ Q  # (k, m), k ≥ m
    cosines = np.linalg.svd(overlap, compute_uv=False)  # (m,), falling: angles ascend
    sines = np.linalg.svd(Q - P @ overlap, compute_uv=False)[::-1]  # (m,), ascending
    small = cosines**2 > 0.5
    return np.where(small, np.arcsin(np.clip(sines, 0, 1)), np.arccos(np.clip(cosines, 0, 1)))
