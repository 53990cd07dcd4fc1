"""Data in the plane for adversarial networks, and the noise that generators begin with."""

import numpy as np
from numpy.typing import ArrayLike


def ring(modes: int = 8, radius: float = 1.0) -> np.ndarray:
    """Centres (modes, 2), evenly spaced on a circle, the first on the right; ValueError below 1."""
    if modes < 1:
        raise ValueError(f"a ring needs at least one mode, not {modes}")
    angle = 2 * np.pi * np.arange(modes) / modes  # (modes,)
    return radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def grid(side: int = 3, spacing: float = 1.0) -> np.ndarray:
    """Centres (side², 2) on a square grid around 0, row by row; ValueError below side 1."""
    if side < 1:
        raise ValueError(f"a grid needs at least one mode, not side {side}")
    line = spacing * (np.arange(side) - (side - 1) / 2)
    return np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)


def mixture(
    centres: ArrayLike, spread: float, n: int | tuple[int, ...], rng: np.random.Generator
) -> np.ndarray:
    """Points around centres, all equally likely.

    Parameters
    ----------
    centres
        (K, D).
    spread
        Standard deviation in each direction.
    n
        Number of points, or several: (S, N) for S sets of N points.
    rng
        Source of randomness.

    Returns
    -------
    ndarray, shape (n, D) or (S, N, D)
    """
    centres = np.asarray(centres, dtype=float)
    shape = (n,) if isinstance(n, int) else tuple(n)
    chosen = centres[rng.integers(len(centres), size=shape)]  # (*n, D)
    return chosen + spread * rng.normal(size=chosen.shape)


def uniform_noise(n: int | tuple[int, ...], size: int, rng: np.random.Generator) -> np.ndarray:
    """Noise z ~ U(0, 1)^M, shape ``(*n, M)``."""
    shape = (n,) if isinstance(n, int) else tuple(n)
    return rng.random((*shape, size))
