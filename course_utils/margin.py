"""Margin, radius, and the number of mistakes that they allow.

The geometry of Novikoff (1962), *On convergence proofs on perceptrons*: all norms are those of
whole inputs, x₀ = 1 included where the bias is folded in.
"""

import numpy as np
from numpy.typing import ArrayLike

#: Margins below this fraction of the radius count as "not separable" in floating point.
_SMALLEST_MARGIN = 1e-9


def check_examples(X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (N, D) and labels ±1 (N,) as arrays of floats.

    Raises
    ------
    ValueError
        Where the shapes do not fit, there is no example, or a label is neither −1 nor +1.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or y.shape != X.shape[:1] or len(X) == 0:
        raise ValueError(f"X should be (N, D) and y (N,) with N ≥ 1, got {X.shape} and {y.shape}")
    if not np.isin(y, (-1, 1)).all():
        raise ValueError(f"labels should be −1 or +1, got {np.unique(y).tolist()}: try 2 * y - 1")
    return X, y


def check_weights(w: ArrayLike, X: np.ndarray) -> np.ndarray:
    """Weights (D,) as an array of floats that fits the inputs X (N, D).

    Raises
    ------
    ValueError
        Where there is not one weight per column of ``X``, the bias included.
    """
    w = np.asarray(w, dtype=float)
    if w.shape != X.shape[1:]:
        raise ValueError(
            f"w should have shape {X.shape[1:]}, one weight per column of X, not {w.shape}; "
            "is x₀ = 1 missing in X (with_bias), or the bias in w?"
        )
    return w


def radius(X: ArrayLike) -> float:
    """R = maxᵢ ‖xᵢ‖, the length of the longest input; X has shape (N, D)."""
    return float(np.linalg.norm(np.asarray(X, dtype=float), axis=1).max())


def margin(w: ArrayLike, X: ArrayLike, y: ArrayLike) -> float:
    """Distance from the boundary of ``w`` to the nearest example; negative if one is misplaced.

    Parameters
    ----------
    w
        Weights, shape (D,), of any length but 0.
    X, y
        Inputs (N, D) and labels ±1 (N,).

    Returns
    -------
    float
        minᵢ yᵢ⟨w, xᵢ⟩ / ‖w‖.

    Raises
    ------
    ValueError
        Where w = 0: it has no boundary. Where shapes or labels do not fit.
    """
    X, y = check_examples(X, y)
    w = check_weights(w, X)
    length = np.linalg.norm(w)
    if length == 0:
        raise ValueError("w = 0 has no boundary, hence no margin")
    return float((y * (X @ w)).min() / length)


def max_margin_separator(X: ArrayLike, y: ArrayLike) -> np.ndarray:
    """The separator through the origin with the largest margin.

    Parameters
    ----------
    X, y
        Inputs (N, D) and labels ±1 (N,).

    Returns
    -------
    ndarray, shape (D,)
        w* with ‖w*‖ = 1.

    Raises
    ------
    ValueError
        Where no w separates the examples.

    Notes
    -----
    Let zᵢ = yᵢxᵢ. Every w of length 1 has mean height ⟨w, z⟩ ≤ ‖z‖ over any mixture z of the zᵢ, so
    its margin is at most the distance of their convex hull from the origin. The direction of the
    nearest point of the hull attains it: that is w*, and the distance is γ.
    """
    w = _separator(X, y)
    if w is None:
        raise ValueError("no w separates these examples (with the bias folded in, if x₀ = 1)")
    return w


def is_separable(X: ArrayLike, y: ArrayLike) -> bool:
    """Say whether some w has yᵢ⟨w, xᵢ⟩ > 0 for all i; X (N, D), y ±1 (N,)."""
    return _separator(X, y) is not None


def mistake_bound(X: ArrayLike, y: ArrayLike) -> float:
    """(R/γ)², the most mistakes that the perceptron can make on these examples.

    Parameters
    ----------
    X, y
        Inputs (N, D) and labels ±1 (N,).

    Returns
    -------
    float
        With γ the margin of `max_margin_separator`.

    Raises
    ------
    ValueError
        Where no w separates the examples.
    """
    return (radius(X) / margin(max_margin_separator(X, y), X, y)) ** 2


def nearest_point(Z: ArrayLike) -> np.ndarray:
    """The point of the convex hull of some points that is nearest to the origin.

    Parameters
    ----------
    Z
        Points, shape (N, D).

    Returns
    -------
    ndarray, shape (D,)

    Raises
    ------
    RuntimeError
        Where rounding keeps the search from ending.

    Notes
    -----
    Wolfe (1976), *Finding the nearest point in a polytope*: exact after finitely many steps. A few
    of the points, the corral, carry positive weights that sum to 1. One point joins at a time;
    those whose weight would turn negative leave.
    """
    Z = np.asarray(Z, dtype=float)
    tiny = 1e-12 * (Z**2).sum(axis=1).max()
    corral = [int((Z**2).sum(axis=1).argmin())]
    weights = np.ones(1)
    for _ in range(100 * sum(Z.shape)):
        x = weights @ Z[corral]  # (D,)
        heights = Z @ x  # (N,)
        joining = int(heights.argmin())
        if heights[joining] >= x @ x - tiny or joining in corral:
            return x
        corral, weights = [*corral, joining], np.append(weights, 0.0)
        while True:
            target = _nearest_affine(Z[corral])  # (C,)
            if (target > 1e-12).all():
                weights = target
                break
            # Walk toward the target until the first weight is 0; that point leaves.
            down = target <= 1e-12
            fractions = weights[down] / np.maximum(weights[down] - target[down], 1e-300)
            weights = weights + min(1.0, fractions.min()) * (target - weights)
            kept = weights > 1e-12
            corral = [i for i, keep in zip(corral, kept, strict=True) if keep]
            weights = weights[kept] / weights[kept].sum()
    raise RuntimeError(f"the nearest point was not found for {Z.shape[0]} points")


def _nearest_affine(points: np.ndarray) -> np.ndarray:
    """Weights, summing to 1, of the point nearest to 0 on the flat through the points (C, D)."""
    base, spread = points[-1], points[:-1] - points[-1]  # (D,), (C - 1, D)
    first = np.linalg.lstsq(spread.T, -base, rcond=None)[0]  # (C - 1,)
    return np.append(first, 1 - first.sum())


def _separator(X: ArrayLike, y: ArrayLike) -> np.ndarray | None:
    X, y = check_examples(X, y)
    longest = radius(X)
    if longest == 0:
        return None
    Z = y[:, None] * X / longest  # (N, D): separating means ⟨w, zᵢ⟩ > 0 for all i
    w = nearest_point(Z)  # (D,)
    length = np.linalg.norm(w)
    # Any w that passes is a proof; one that does not is the best there is.
    if length == 0 or (Z @ w).min() <= _SMALLEST_MARGIN * length:
        return None
    return w / length
