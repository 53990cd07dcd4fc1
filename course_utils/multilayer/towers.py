"""Functions of two numbers from towers: two hidden layers, every weight written down.

The first hidden layer has a step at each edge of an n × n tiling of the unit square. A unit of the
second is on where the box in x₁ *and* the box in x₂ of its tile are on: a tower, 1 on the tile and
0 elsewhere. The output sums towers of the right heights. Source: Lapedes & Farber (1987), *How
neural nets work*, who build such bumps.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from course_utils.multilayer.activations import STEP, Activation, logistic
from course_utils.multilayer.layers import Affine, forward, parameter_count


class Towers(NamedTuple):
    """A network of towers, called on many points at once.

    Parameters
    ----------
    layers
        Steps, towers, output.
    activation
        σ of both hidden layers.
    """

    layers: list[Affine]
    activation: Activation

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of every layer: (2, 2 (n − 1), n², 1)."""
        return (2, *(len(layer.b) for layer in self.layers))

    @property
    def parameters(self) -> int:
        """Number of weights and biases, zeros included."""
        return parameter_count(self.sizes)

    def __call__(self, X: ArrayLike) -> np.ndarray:
        """Outputs: (N, 2) → (N,)."""
        return forward(X, self.layers, self.activation.value)[-1][:, 0]  # (N,)


def towers(
    f: Callable[[np.ndarray, np.ndarray], np.ndarray], n: int, steepness: float = np.inf
) -> Towers:
    """Network that is constant on each tile of the unit square, with the value at its middle.

    Parameters
    ----------
    f
        Function of two arrays of one shape.
    n
        Tiles along each side, at least 2. The number of towers is n², and would be n^d for d
        inputs.
    steepness
        Factor k on the weights of logistic units; infinite for threshold units. With logistic units
        all four towers around a corner of tiles are off near it, k however large: the hole narrows
        as 1/k, and the sup norm does not see that it does.

    Raises
    ------
    ValueError
        Where n is below 2 or the steepness not positive.
    """
    if n < 2:
        raise ValueError(f"n must be at least 2, not {n}")
    if not steepness > 0:
        raise ValueError(f"steepness must be positive, not {steepness}")
    k, activation = (1.0, STEP) if np.isinf(steepness) else (float(steepness), logistic())
    edges = np.arange(1, n) / n  # (n - 1,), the inner ones

    one, none = np.ones(n - 1), np.zeros(n - 1)
    W1 = np.vstack([np.column_stack([one, none]), np.column_stack([none, one])])  # (2(n-1), 2)
    b1 = -np.tile(edges, 2)  # (2(n-1),)

    # Box i is step i minus step i + 1; the first needs no step to rise, the last none to fall.
    rise = np.eye(n, n - 1, k=-1)  # (n, n - 1): row i has a 1 at edge i
    box = rise - np.eye(n, n - 1)  # (n, n - 1)
    level = np.eye(n)[0]  # (n,): box 0 is 1 − step
    W2 = np.hstack([np.repeat(box, n, axis=0), np.tile(box, (n, 1))])  # (n², 2(n-1))
    b2 = np.repeat(level, n) + np.tile(level, n) - 1.5  # (n²,): both boxes needed

    middles = (np.arange(n) + 0.5) / n  # (n,)
    first, second = np.meshgrid(middles, middles, indexing="ij")  # (n, n)
    heights = np.asarray(f(first, second), dtype=float).reshape(1, n * n)  # (1, n²)
    return Towers(
        [Affine(k * W1, k * b1), Affine(k * W2, k * b2), Affine(heights, np.zeros(1))], activation
    )


def sup_error(
    f: Callable[[np.ndarray, np.ndarray], np.ndarray], net: Towers, count: int = 201
) -> float:
    """Largest ``|f − net|`` over a grid of count × count points of the unit square."""
    axis = np.linspace(0, 1, count)
    first, second = np.meshgrid(axis, axis, indexing="ij")  # (count, count)
    points = np.column_stack([first.ravel(), second.ravel()])  # (count², 2)
    return float(np.abs(np.asarray(f(first, second)).ravel() - net(points)).max())
