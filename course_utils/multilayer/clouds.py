"""Points of the plane in two classes that no straight line separates."""

import numpy as np


def rings(n: int, rng: np.random.Generator, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """A ring of radius 1 (class 1) around one of radius ½ (class 0).

    Parameters
    ----------
    n
        Number of points, half in each class.
    rng
        Source of randomness.
    noise
        Standard deviation of the radius.

    Returns
    -------
    X, y
        Points (n, 2) and classes 0 or 1, (n,).
    """
    y = np.arange(n) % 2  # (n,)
    angles = rng.uniform(0, 2 * np.pi, size=n)  # (n,)
    radii = np.where(y == 1, 1.0, 0.5) + rng.normal(0, noise, size=n)  # (n,)
    return radii[:, None] * np.column_stack([np.cos(angles), np.sin(angles)]), y


def moons(n: int, rng: np.random.Generator, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles that reach into one another; arguments and results as of `rings`."""
    y = np.arange(n) % 2  # (n,)
    angles = rng.uniform(0, np.pi, size=n)  # (n,)
    upper = np.column_stack([np.cos(angles), np.sin(angles)])  # (n, 2)
    lower = np.column_stack([1 - np.cos(angles), 0.5 - np.sin(angles)])  # (n, 2)
    return np.where(y[:, None] == 1, lower, upper) + rng.normal(0, noise, size=(n, 2)), y


def xor_clouds(
    n: int, rng: np.random.Generator, noise: float = 0.15
) -> tuple[np.ndarray, np.ndarray]:
    """Clouds around the four inputs of XOR; arguments and results as of `rings`."""
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])
    place = np.arange(n) % 4  # (n,)
    return corners[place] + rng.normal(0, noise, size=(n, 2)), place % 2
