"""Curves in the plane: data of one dimension in a space of two."""

from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def spiral(n: int, turns: float = 1.25) -> np.ndarray:
    """Points at equal distances along a spiral from radius 0.25 to radius 1.

    Parameters
    ----------
    n
        Number of points, at least 2.
    turns
        Turns around the origin.

    Returns
    -------
    ndarray, shape (n, 2)

    Raises
    ------
    ValueError
        Where there are fewer than two points.
    """
    fine = np.linspace(0, 1, 4000)
    angle, radius = 2 * np.pi * turns * fine, 0.25 + 0.75 * fine
    return _evenly(n, np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1))


def wave(n: int) -> np.ndarray:
    """Points at equal distances along y = 0.6 sin(πx), x from −1 to 1.

    Parameters
    ----------
    n
        Number of points, at least 2.

    Returns
    -------
    ndarray, shape (n, 2)

    Raises
    ------
    ValueError
        Where there are fewer than two points.
    """
    x = np.linspace(-1, 1, 4000)
    return _evenly(n, np.stack([x, 0.6 * np.sin(np.pi * x)], axis=1))


def distance_to(points: Any, curve: Any) -> np.ndarray:
    """Distance of each point to the nearest point of the curve.

    Parameters
    ----------
    points, curve
        Shapes (M, D) and (n, D).

    Returns
    -------
    ndarray, shape (M,)

    Raises
    ------
    ValueError
        Where the dimensions differ.
    """
    curve = table(curve, "the curve")
    points = table(points, "the points", curve.shape[1])
    return np.sqrt(((points[:, None] - curve) ** 2).sum(axis=-1).min(axis=1))


def _evenly(n: int, line: np.ndarray) -> np.ndarray:
    """``n`` points along a polyline (m, 2), at equal distances."""
    if n < 2:
        raise ValueError(f"a curve needs at least two points, got {n}")
    steps = np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1))
    length = np.append(0, np.cumsum(steps))
    at = np.linspace(0, length[-1], n)
    return np.stack([np.interp(at, length, line[:, axis]) for axis in (0, 1)], axis=1)
