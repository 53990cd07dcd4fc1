"""The best denoiser of a finite training set, and the field of arrows that a denoiser makes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def centre_of_mass(noisy: Any, X: Any, sigma: float) -> np.ndarray:
    """E[x | x̃]: the mean of the clean points, weighted by how likely each became x̃.

    No denoiser has a smaller expected squared error, where x is one of the training examples, drawn
    with equal chances, and x̃ is x plus normal noise of standard deviation σ in every entry.

    Parameters
    ----------
    noisy
        Points x̃, shape (M, D).
    X
        Training examples, shape (N, D).
    sigma
        σ > 0.

    Returns
    -------
    ndarray, shape (M, D)

    Raises
    ------
    ValueError
        Where the dimensions differ or σ is not positive.
    """
    logs, X = _log_likelihoods(noisy, X, sigma)  # (M, N)
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True) @ X  # (M, D)


def log_density(noisy: Any, X: Any, sigma: float) -> np.ndarray:
    """Log density of the noisy points: a mixture of Gaussians, one around each example.

    Parameters
    ----------
    noisy, X, sigma
        As in `centre_of_mass`.

    Returns
    -------
    ndarray, shape (M,)

    Raises
    ------
    ValueError
        As in `centre_of_mass`.
    """
    logs, X = _log_likelihoods(noisy, X, sigma)
    most = logs.max(axis=1)
    mixture = most + np.log(np.exp(logs - most[:, None]).mean(axis=1))
    return mixture - X.shape[1] / 2 * np.log(2 * np.pi * sigma**2)


def score(noisy: Any, X: Any, sigma: float) -> np.ndarray:
    """Gradient of `log_density` by x̃: the arrow of the best denoiser, divided by σ².

    (E[x | x̃] − x̃)/σ² (Miyasawa, 1961; Vincent, 2011; Alain and Bengio, 2014).

    Parameters
    ----------
    noisy, X, sigma
        As in `centre_of_mass`.

    Returns
    -------
    ndarray, shape (M, D)

    Raises
    ------
    ValueError
        As in `centre_of_mass`.
    """
    return field(lambda points: centre_of_mass(points, X, sigma), noisy) / sigma**2


def field(denoiser: Callable[[np.ndarray], np.ndarray], points: Any) -> np.ndarray:
    """Arrows g(f(x̃)) − x̃ at some points, shape (M, D).

    Raises
    ------
    ValueError
        Where the denoiser gives another shape.
    """
    points = table(points, "the points")
    moved = np.asarray(denoiser(points))
    if moved.shape != points.shape:
        raise ValueError(f"the denoiser made {moved.shape} of {points.shape}")
    return moved - points


def _log_likelihoods(noisy: Any, X: Any, sigma: float) -> tuple[np.ndarray, np.ndarray]:
    """−‖x̃ − x‖²/2σ² for all pairs, (M, N), and X as a table."""
    X = table(X, "X")
    noisy = table(noisy, "the noisy points", X.shape[1])
    if not sigma > 0:
        raise ValueError(f"sigma should be positive, got {sigma!r}")
    squares = ((noisy[:, None] - X) ** 2).sum(axis=-1)  # (M, N)
    return -squares / (2 * sigma**2), X
