"""Functions of one number from steps, boxes and triangles, every weight written down.

Two steep logistic units make the box and three ReLU units the triangle of Lefort & Salmon's
lecture. Sums of boxes (a staircase) and of triangles come as near to a continuous function as one
likes: a proof of universal approximation in one dimension that can be run.
"""

from collections.abc import Callable

import numpy as np

from course_utils.multilayer.activations import STEP, Activation, logistic
from course_utils.multilayer.one_hidden import OneHidden, add, one_hidden

Function = Callable[[np.ndarray], np.ndarray]

_LOGISTIC = logistic()


def step(at: float, height: float = 1.0, steepness: float = np.inf) -> OneHidden:
    """One unit that rises from 0 to ``height`` at x = ``at``.

    Parameters
    ----------
    at, height
        Place and size of the step.
    steepness
        Weight k of the logistic unit σ(k (x − at)); infinite for a threshold unit.

    Raises
    ------
    ValueError
        Where the steepness is not positive.
    """
    k, activation = _unit(steepness)
    return one_hidden([k], [-k * at], [height], 0.0, activation)


def box(left: float, right: float, height: float = 1.0, steepness: float = np.inf) -> OneHidden:
    """Two units, one up and one down: ``height`` between ``left`` and ``right``, else 0.

    Raises
    ------
    ValueError
        Where left is not less than right, or the steepness is not positive.
    """
    _require_interval(left, right)
    return add([step(left, height, steepness), step(right, -height, steepness)])


def triangle(centre: float = 0.0, half_width: float = 1.0, height: float = 1.0) -> OneHidden:
    """Three ReLU units: 0 up to centre − half_width, ``height`` at the centre, then back to 0.

    height · (σ(u + 1) − 2σ(u) + σ(u − 1)) with u = (x − centre) / half_width.

    Raises
    ------
    ValueError
        Where the half width is not positive.
    """
    if not half_width > 0:
        raise ValueError(f"half_width must be positive, not {half_width}")
    kinks = centre + half_width * np.array([-1.0, 0.0, 1.0])  # (3,)
    weights = np.full(3, 1 / half_width)
    return one_hidden(weights, -kinks / half_width, height * np.array([1.0, -2.0, 1.0]), 0.0)


def staircase(
    f: Function, left: float, right: float, pieces: int, steepness: float = np.inf
) -> OneHidden:
    """Constant on equal pieces, with the value of f at the middle of each.

    Parameters
    ----------
    f
        Function of arrays.
    left, right
        Interval on which f is approximated.
    pieces
        Number of pieces; neighbours share a step, so ``pieces`` − 1 units will do, and the bias of
        the output is the first value.
    steepness
        As in `step`.

    Raises
    ------
    ValueError
        Where there are fewer than two pieces, the interval is empty, or the steepness not positive.
    """
    edges = _knots(left, right, pieces)  # (pieces + 1,)
    values = np.asarray(f((edges[:-1] + edges[1:]) / 2), dtype=float)  # (pieces,)
    k, activation = _unit(steepness)
    inner = edges[1:-1]  # (pieces - 1,)
    return one_hidden(np.full(len(inner), k), -k * inner, np.diff(values), values[0], activation)


def triangles(f: Function, left: float, right: float, pieces: int) -> OneHidden:
    """Sum of triangles, one on each end of a piece, as high as f is there.

    Between two centres the two triangles add up to the straight line between the values: on the
    interval this is `interpolant.relu_interpolant`, with three units per triangle instead of one.

    Parameters
    ----------
    f, left, right, pieces
        As in `staircase`.

    Raises
    ------
    ValueError
        Where there are fewer than two pieces, or the interval is empty.
    """
    centres = _knots(left, right, pieces)  # (pieces + 1,)
    values = np.asarray(f(centres), dtype=float)  # (pieces + 1,)
    half_width = (right - left) / pieces
    return add([triangle(c, half_width, v) for c, v in zip(centres, values, strict=True)])


def sup_error(f: Function, g: Function, left: float, right: float, count: int = 10_001) -> float:
    """Largest ``|f(x) − g(x)|`` over ``count`` equally spaced x: the sup norm, measured on a grid.

    Between the grid's points the difference may be larger: this is a lower bound.

    Raises
    ------
    ValueError
        Where the interval is empty, or count is below 2.
    """
    _require_interval(left, right)
    if count < 2:
        raise ValueError(f"count must be at least 2, not {count}")
    x = np.linspace(left, right, count)  # (count,)
    return float(np.abs(np.asarray(f(x)) - np.asarray(g(x))).max())


def _unit(steepness: float) -> tuple[float, Activation]:
    """Weight and activation of a unit that steps at 0."""
    if not steepness > 0:
        raise ValueError(f"steepness must be positive, not {steepness}")
    return (1.0, STEP) if np.isinf(steepness) else (float(steepness), _LOGISTIC)


def _knots(left: float, right: float, pieces: int) -> np.ndarray:
    _require_interval(left, right)
    if pieces < 2:
        raise ValueError(f"at least two pieces are needed, not {pieces}")
    return np.linspace(left, right, pieces + 1)


def _require_interval(left: float, right: float) -> None:
    if not left < right:
        raise ValueError(f"left must be less than right, got {left} and {right}")
