"""The game where both distributions are known: the best discriminator and what it leaves to win.

p is the distribution of the data and q the generator's, given by their densities or probabilities
at the same K places. Source: I. Goodfellow et al., "Generative adversarial nets", 2014, section 4.
"""

import numpy as np
from numpy.typing import ArrayLike


def optimal_discriminator(p: ArrayLike, q: ArrayLike) -> np.ndarray:
    """D* = p / (p + q), entry by entry; ½ where both are 0, for there it does not matter.

    Parameters
    ----------
    p, q
        Probabilities or densities at the same places, ≥ 0, of one shape.

    Raises
    ------
    ValueError
        Where the shapes differ or an entry is negative, infinite or NaN.
    """
    p, q = both(p, q)
    total = p + q
    return np.divide(p, total, out=np.full(p.shape, 0.5), where=total > 0)


def game_value(p: ArrayLike, q: ArrayLike, D: ArrayLike) -> float:
    """V = Σ p log D + Σ q log(1 − D), with 0 log 0 = 0; −∞ where D is certain and wrong.

    Parameters
    ----------
    p, q
        Probabilities (K,); each adds up to 1.
    D
        Opinions of the discriminator at these places, 0 to 1, (K,).

    Raises
    ------
    ValueError
        As `optimal_discriminator`, or where D leaves [0, 1].
    """
    p, q = both(p, q)
    D = np.asarray(D, dtype=float)
    if D.shape != p.shape or not ((D >= 0) & (D <= 1)).all():
        raise ValueError(f"D should be numbers from 0 to 1 of shape {p.shape}, got shape {D.shape}")
    return _weighted_log(p, D) + _weighted_log(q, 1 - D)


def kullback_leibler(p: ArrayLike, q: ArrayLike) -> float:
    """Σ p log(p/q) in nats, with 0 log 0 = 0; ∞ where q is 0 and p is not."""
    p, q = both(p, q)
    return _weighted_log(p, p) - _weighted_log(p, q)


def jensen_shannon(p: ArrayLike, q: ArrayLike) -> float:
    """Half of KL(p, m) plus half of KL(q, m), m halfway between p and q: 0 to log 2, in nats.

    Parameters
    ----------
    p, q
        Probabilities (K,); each adds up to 1, entries may be 0.

    Raises
    ------
    ValueError
        As `optimal_discriminator`.
    """
    p, q = both(p, q)
    middle = (p + q) / 2
    return (kullback_leibler(p, middle) + kullback_leibler(q, middle)) / 2


def total_variation(p: ArrayLike, q: ArrayLike) -> float:
    """Half of Σ abs(p − q), from 0 to 1: the most that a critic with values in [0, 1] can gain."""
    p, q = both(p, q)
    return float(np.abs(p - q).sum() / 2)


def best_critic(p: ArrayLike, q: ArrayLike) -> np.ndarray:
    """The critic with values in [0, 1] that gains most, Σ (p − q) D: 1 where p > q, else 0."""
    p, q = both(p, q)
    return (p > q).astype(float)


def both(p: ArrayLike, q: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """p and q as arrays of floats; ValueError where their shapes differ or an entry is not ≥ 0."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.shape != q.shape:
        raise ValueError(f"p and q should have one shape, not {p.shape} and {q.shape}")
    for values, name in ((p, "p"), (q, "q")):
        if not (np.isfinite(values) & (values >= 0)).all():
            raise ValueError(f"{name} has an entry that is negative, infinite or NaN")
    return p, q


def _weighted_log(weights: np.ndarray, values: np.ndarray) -> float:
    """Σ w log v over the places with w > 0."""
    there = weights > 0
    with np.errstate(divide="ignore"):  # log 0 = −∞ is the right value of the game there
        return float((weights[there] * np.log(values[there])).sum())
