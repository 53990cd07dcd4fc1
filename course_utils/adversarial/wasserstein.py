"""Wasserstein's distance on a line, and two ways to keep a critic from being steep.

Sources: M. Arjovsky, S. Chintala and L. Bottou, "Wasserstein generative adversarial networks",
2017; I. Gulrajani et al., "Improved training of Wasserstein GANs", 2017.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


def wasserstein_1d(x: ArrayLike, y: ArrayLike) -> float:
    """Least mean way on which the points x can be carried to the points y.

    On a line no two ways need to cross, so the k-th smallest of x goes to the k-th smallest of y.

    Parameters
    ----------
    x, y
        Equally many points, (N,).

    Raises
    ------
    ValueError
        Where they are no vectors of one length, or empty.
    """
    x, y = _points(x, "x"), _points(y, "y")
    if x.shape != y.shape:
        raise ValueError(f"equally many points are needed, not {len(x)} and {len(y)}")
    return float(np.abs(np.sort(x) - np.sort(y)).mean())


def wasserstein_by_cdf(x: ArrayLike, y: ArrayLike) -> float:
    """The same distance as the area between the two distribution functions; any numbers of points.

    Parameters
    ----------
    x, y
        Points, (N,) and (M,).
    """
    x, y = np.sort(_points(x, "x")), np.sort(_points(y, "y"))
    places = np.sort(np.concatenate([x, y]))  # (N + M,)
    below_x = np.searchsorted(x, places[:-1], side="right") / len(x)  # (N + M − 1,)
    below_y = np.searchsorted(y, places[:-1], side="right") / len(y)
    return float((np.abs(below_x - below_y) * np.diff(places)).sum())


def clip(parameters: Sequence[ArrayLike], c: float) -> list[np.ndarray]:
    """Each array with its entries limited to [−c, c]; ValueError where c is not > 0."""
    if not c > 0:
        raise ValueError(f"the limit c should be > 0, not {c}")
    return [np.clip(np.asarray(values, dtype=float), -c, c) for values in parameters]


def clipped_step(
    w: ArrayLike, real: ArrayLike, fake: ArrayLike, eta: float, c: float
) -> np.ndarray:
    """One step of the linear critic s(x) = w·x uphill, then its weights are clipped.

    Parameters
    ----------
    w
        Weights (D,).
    real, fake
        Examples (N, D) and (M, D).
    eta, c
        Step size and limit of the weights, > 0.

    Returns
    -------
    ndarray, shape (D,)
        clip(w + η (mean of real − mean of fake)).
    """
    w = np.asarray(w, dtype=float)
    slope = np.mean(real, axis=0) - np.mean(fake, axis=0)  # (D,)
    return clip([w + eta * slope], c)[0]


class Critic(NamedTuple):
    """s(x) = v · tanh(W x + b): W (H, D), b (H,), v (H,)."""

    W: np.ndarray
    b: np.ndarray
    v: np.ndarray

    def scores(self, X: np.ndarray) -> np.ndarray:
        """Scores (N,) of the examples X (N, D)."""
        return np.tanh(X @ self.W.T + self.b) @ self.v

    def slopes(self, X: np.ndarray) -> np.ndarray:
        """Gradient of each score by its example, (N, D): Wᵀ (v ∘ (1 − h²))."""
        h = np.tanh(X @ self.W.T + self.b)  # (N, H)
        return ((1 - h**2) * self.v) @ self.W


def mixed(real: ArrayLike, fake: ArrayLike, u: ArrayLike) -> np.ndarray:
    """Points on the lines between real and fake examples: u x + (1 − u) x̃, one u for each line.

    Parameters
    ----------
    real, fake
        Examples (N, D).
    u
        Numbers from 0 to 1, (N,).

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    real, fake, u = (np.asarray(values, dtype=float) for values in (real, fake, u))
    if real.ndim != 2 or real.shape != fake.shape or u.shape != real.shape[:1]:
        raise ValueError(
            f"(N, D), (N, D) and (N,) are needed, not {real.shape}, {fake.shape} and {u.shape}"
        )
    return u[:, None] * real + (1 - u[:, None]) * fake


def gradient_penalty(critic: Critic, real: ArrayLike, fake: ArrayLike, u: ArrayLike) -> float:
    """Mean of (‖∂s/∂x‖ − 1)² at the points `mixed` from real and fake ones."""
    slopes = critic.slopes(mixed(real, fake, u))  # (N, D)
    return float(((np.linalg.norm(slopes, axis=1) - 1) ** 2).mean())


def _points(values: ArrayLike, name: str) -> np.ndarray:
    found = np.asarray(values, dtype=float)
    if found.ndim != 1 or not found.size:
        raise ValueError(f"{name} should be a vector of points, not of shape {found.shape}")
    return found
