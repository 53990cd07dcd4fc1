"""Nash equilibria: nobody can gain by changing alone.

In a game of two players where one's gain is the other's loss, the first chooses to make the value
large and the second to make it small. Source: J. Nash, "Non-cooperative games", 1951.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from course_utils.adversarial.optimal import both, game_value, optimal_discriminator


class Regret(NamedTuple):
    """What each player could gain by changing alone; both are 0 in a Nash equilibrium."""

    maximiser: float
    minimiser: float


def matrix_regret(payoff: ArrayLike, rows: ArrayLike, columns: ArrayLike) -> Regret:
    """Of a game with a payoff matrix, where both players mix their moves.

    Parameters
    ----------
    payoff
        What the row player wins from the column player, (R, C).
    rows, columns
        Probabilities of the moves, (R,) and (C,).

    Raises
    ------
    ValueError
        Where shapes do not fit, or a mix is not made of probabilities.
    """
    payoff = np.asarray(payoff, dtype=float)
    rows, columns = _mix(rows, "rows"), _mix(columns, "columns")
    if payoff.shape != (len(rows), len(columns)):
        raise ValueError(
            f"a payoff of shape {(len(rows), len(columns))} is needed, got {payoff.shape}"
        )
    value = rows @ payoff @ columns
    # A mix is a weighted mean of pure moves, so the best single move gains most.
    return Regret(float((payoff @ columns).max() - value), float(value - (rows @ payoff).min()))


def adversarial_regret(p: ArrayLike, q: ArrayLike, D: ArrayLike) -> Regret:
    """Of the log form on K places: the discriminator makes V large, the generator small.

    Parameters
    ----------
    p, q
        Probabilities of the data and the generator, (K,). The generator may choose any others.
    D
        The discriminator's opinions, strictly between 0 and 1, (K,).

    Raises
    ------
    ValueError
        Where p or q are no probabilities, or D is not between 0 and 1.
    """
    p, q = both(_mix(p, "p"), _mix(q, "q"))
    value = game_value(p, q, D)
    if not np.isfinite(value):
        raise ValueError("D should be strictly between 0 and 1 where p or q is positive")
    best_D = game_value(p, q, optimal_discriminator(p, q))
    best_q = game_value(p, best_generator(D), D)
    return Regret(best_D - value, value - best_q)


def best_generator(D: ArrayLike) -> np.ndarray:
    """The generator that does best against a discriminator that stands still.

    It puts everything on the one place where D is largest: this is mode collapse. ``D`` and the
    result are vectors of length K.
    """
    D = np.asarray(D, dtype=float)
    q = np.zeros(D.shape)
    q[np.argmax(D)] = 1.0
    return q


def _mix(values: ArrayLike, name: str) -> np.ndarray:
    found = np.asarray(values, dtype=float)
    if found.ndim != 1 or (found < 0).any() or not np.isclose(found.sum(), 1):
        raise ValueError(f"{name} should be probabilities that add up to 1, not {found}")
    return found
