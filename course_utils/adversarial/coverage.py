"""How many of the data's modes a generator reaches."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Coverage(NamedTuple):
    """Modes that are reached, and the share of samples that lie at any mode."""

    modes: int
    quality: float


def mode_coverage(samples: ArrayLike, modes: ArrayLike, radius: float, least: int = 1) -> Coverage:
    """Count the modes with samples nearby.

    A sample counts for the mode that is nearest to it, if that is no farther than the radius.

    Parameters
    ----------
    samples
        Generated points (N, D).
    modes
        Centres of the modes (K, D).
    radius
        How far a good sample may be from its mode, ≥ 0.
    least
        So many samples make a mode count as reached.

    Raises
    ------
    ValueError
        Where shapes do not fit or nothing is to be counted.
    """
    counts = mode_counts(samples, modes, radius)
    return Coverage(int((counts >= least).sum()), float(counts.sum() / len(np.asarray(samples))))


def mode_counts(samples: ArrayLike, modes: ArrayLike, radius: float) -> np.ndarray:
    """Number of samples at each mode (K,); arguments and errors as of `mode_coverage`."""
    samples, modes = np.asarray(samples, dtype=float), np.asarray(modes, dtype=float)
    if samples.ndim != 2 or modes.ndim != 2 or samples.shape[1] != modes.shape[1]:
        raise ValueError(
            f"samples (N, D) and modes (K, D) are needed, not {samples.shape} and {modes.shape}"
        )
    if not len(samples) or not len(modes) or not radius >= 0:
        raise ValueError("at least one sample, one mode and a radius ≥ 0 are needed")
    distances = np.linalg.norm(samples[:, None] - modes[None], axis=2)  # (N, K)
    nearest = distances.argmin(axis=1)  # (N,)
    good = distances.min(axis=1) <= radius  # (N,)
    return np.bincount(nearest[good], minlength=len(modes))
