"""The smallest game that gradient steps cannot play: V(a, b) = a b.

Player one chooses a to make V small, player two chooses b to make it large. The only equilibrium
is (0, 0). The gradients are b and a, so the players run around it. Sources: L. Mescheder, A. Geiger
and S. Nowozin, "Which training methods for GANs do actually converge?", 2018; G. Korpelevich, "The
extragradient method for finding saddle points and other problems", 1976.
"""

from collections.abc import Callable

import numpy as np

#: One round of both players: (a, b, η) → (a, b).
Step = Callable[[float, float, float], tuple[float, float]]


def simultaneous_step(a: float, b: float, eta: float) -> tuple[float, float]:
    """Both move at once, each by the gradient at (a, b): the distance grows by √(1 + η²)."""
    return a - eta * b, b + eta * a


def alternating_step(a: float, b: float, eta: float) -> tuple[float, float]:
    """Player one moves, then player two answers the new a: a² + b² − η a b stays as it is."""
    a = a - eta * b
    return a, b + eta * a


def extragradient_step(a: float, b: float, eta: float) -> tuple[float, float]:
    """Look one step ahead, then move by the gradient found there: factor √(1 − η² + η⁴)."""
    ahead_a, ahead_b = a - eta * b, b + eta * a
    return a - eta * ahead_b, b + eta * ahead_a


def implicit_step(a: float, b: float, eta: float) -> tuple[float, float]:
    """Move by the gradient at the point of arrival: factor 1/√(1 + η²), for every η."""
    shrink = 1 + eta**2
    return (a - eta * b) / shrink, (b + eta * a) / shrink


def play(step: Step, a: float, b: float, eta: float, rounds: int) -> np.ndarray:
    """The way of both players from (a, b).

    Parameters
    ----------
    step
        One of the four above.
    a, b
        Where they begin.
    eta
        Step size, > 0.
    rounds
        How many rounds, ≥ 0.

    Returns
    -------
    ndarray, shape (rounds + 1, 2)
        a and b before each round and after the last.

    Raises
    ------
    ValueError
        Where the step size or the number of rounds makes no sense.
    """
    if not eta > 0 or rounds < 0:
        raise ValueError(f"a step size > 0 and rounds ≥ 0 are needed, not {eta} and {rounds}")
    way = np.empty((rounds + 1, 2))
    way[0] = a, b
    for k in range(rounds):
        way[k + 1] = step(*way[k], eta)
    return way


def matrix(step: Step, eta: float) -> np.ndarray:
    """One round as a matrix (2, 2) acting on (a, b): all four steps are linear."""
    return np.array([step(1.0, 0.0, eta), step(0.0, 1.0, eta)]).T


def growth(step: Step, eta: float) -> float:
    """Largest absolute eigenvalue of `matrix`: the factor on the distance in the long run."""
    return float(np.abs(np.linalg.eigvals(matrix(step, eta))).max())


def invariant(a: float, b: float, eta: float) -> float:
    """a² + b² − η a b, which `alternating_step` keeps: an ellipse, for η < 2."""
    return a**2 + b**2 - eta * a * b
