"""Corruption processes C(x̃ | x): what a denoising autoencoder is given instead of the input."""

from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def add_noise(X: Any, sigma: float, rng: np.random.Generator) -> np.ndarray:
    """Add an independent normal number of standard deviation σ to every entry.

    Parameters
    ----------
    X
        Examples, shape (N, D).
    sigma
        σ ≥ 0, in the units of X.
    rng
        Source of randomness.

    Returns
    -------
    ndarray, shape (N, D)

    Raises
    ------
    ValueError
        Where σ is negative.
    """
    if not sigma >= 0:
        raise ValueError(f"a standard deviation should be at least 0, got {sigma!r}")
    X = table(X, "X")
    return X + sigma * rng.normal(size=X.shape)


def mask(X: Any, chance: float, rng: np.random.Generator) -> np.ndarray:
    """Set every entry to 0 with the given chance, independently of all others.

    Parameters
    ----------
    X, chance, rng
        Examples (N, D), a chance from 0 to 1, and the source of randomness.

    Returns
    -------
    ndarray, shape (N, D)

    Raises
    ------
    ValueError
        Where the chance is none.
    """
    X = table(X, "X")
    return np.where(rng.random(X.shape) < _chance(chance), 0.0, X)


def salt_and_pepper(X: Any, chance: float, rng: np.random.Generator) -> np.ndarray:
    """Set every entry, with the given chance, to 0 or to 1, one as likely as the other.

    Parameters
    ----------
    X, chance, rng
        As in `mask`.

    Returns
    -------
    ndarray, shape (N, D)

    Raises
    ------
    ValueError
        Where the chance is none.
    """
    X = table(X, "X")
    hit = rng.random(X.shape) < _chance(chance)
    return np.where(hit, rng.integers(0, 2, size=X.shape).astype(float), X)


def corrupt(
    X: Any, masked: float, sigma: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A pair for training a denoising autoencoder: noisy input and clean target.

    Noise comes first, the mask after it, so that a masked entry is 0 exactly (Vincent, Larochelle,
    Lajoie, Bengio and Manzagol, 2010).

    Parameters
    ----------
    X
        Examples, shape (N, D).
    masked
        Chance that an entry is set to 0.
    sigma
        Standard deviation of the noise.
    rng
        Source of randomness.

    Returns
    -------
    noisy, target
        Shapes (N, D); the target is a copy of X.

    Raises
    ------
    ValueError
        Where the chance or the deviation is none.
    """
    X = table(X, "X")
    return mask(add_noise(X, sigma, rng), masked, rng), X.copy()


def _chance(chance: float) -> float:
    if not 0 <= chance <= 1:
        raise ValueError(f"a chance lies between 0 and 1, got {chance!r}")
    return chance
