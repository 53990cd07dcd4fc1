"""What the usual mistakes with functions and slopes give: diagnoses of chapter 4's notebook.

As in `mistakes`, each function returns ``{description: value}``.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Mistakes = dict[str, Any]


def of_logistic(z: np.ndarray, beta: float) -> Mistakes:
    """Of the logistic function with steepness β."""
    return {
        "the steepness β was left out": _squash(z),
        "the sign of the exponent is wrong: the function should rise": _squash(-beta * z),
        "divided by β, where z is multiplied by it": _squash(z / beta),
        "this is tanh(βz), between −1 and 1": np.tanh(beta * z),
        "β stands outside the function; it multiplies z": beta * _squash(z),
    }


def of_logistic_slope(z: np.ndarray, beta: float) -> Mistakes:
    """Of the derivative of the logistic function with steepness β."""
    s = _squash(beta * z)
    again = _squash(beta * s)
    plain = _squash(z)
    return {
        "the factor β is missing: the chain rule brings it out of βz": s * (1 - s),
        "β was left out everywhere": plain * (1 - plain),
        "β is outside, but not in the function": beta * plain * (1 - plain),
        "β came out twice": beta**2 * s * (1 - s),
        "σ(1 − σ) needs the output σ(βz); the function was applied to its own output": (
            beta * again * (1 - again)
        ),
        "z was put where σ belongs: the slope is βσ(1 − σ), not βz(1 − z)": beta * z * (1 - z),
        "the factor 1 − σ is missing": beta * s,
        "the sign is wrong: the function rises, so its slope is positive": -beta * s * (1 - s),
        "this is the value σ(βz), not the slope": s,
        "this is the slope of tanh(βz)": beta * (1 - np.tanh(beta * z) ** 2),
    }


def of_slope(name: str, z: np.ndarray) -> Mistakes:
    """Of the derivatives of ReLU, leaky ReLU, tanh, ELU and swish."""
    s, below = _squash(z), np.exp(np.minimum(z, 0))
    on = z > 0
    return {
        "relu": {
            "this is ReLU itself, not its slope": np.maximum(z, 0),
            "at z = 0 the slope is 0 by the convention of this question": 1.0 * (z >= 0),
            "the slope jumps from −1 to 1: that belongs to |z|": np.sign(z),
        },
        "leaky relu": {
            "this is the function itself, not its slope": np.where(on, z, 0.1 * z),
            "at z = 0 the slope is 0.1 by the convention of this question": (
                np.where(z >= 0, 1, 0.1)
            ),
            "below 0 the slope is 0.1, not 0": 1.0 * on,
            "the leak is 0.1 here, not 0.01": np.where(on, 1, 0.01),
            "below 0 the slope is 0.1; 0.1 z is the value": np.where(on, 1, 0.1 * z),
            "the two sides are swapped": np.where(on, 0.1, 1),
        },
        "tanh": {
            "this is tanh itself, not its slope": np.tanh(z),
            "1 − y² needs the output y = tanh(z), and got the input z": 1 - z**2,
            "the square is missing: 1 − tanh²(z)": 1 - np.tanh(z),
            "tanh was applied to its own output": 1 - np.tanh(np.tanh(z)) ** 2,
            "this is the slope of the logistic function": s * (1 - s),
        },
        "elu": {
            "this is ELU itself, not its slope": np.where(on, z, below - 1),
            "below 0 the slope is exp(z); exp(z) − 1 is the value": np.where(on, 1, below - 1),
            "above 0 the slope is 1; this one is z there": np.where(on, z, below),
            "exp(z) belongs to z ≤ 0 only": np.exp(np.minimum(z, 700)),
            "below 0 ELU is not flat": 1.0 * on,
        },
        "swish": {
            "this is swish itself, not its slope": z * s,
            "the second term of the product rule is missing: z σ′(z)": s,
            "the first term of the product rule is missing: σ(z)": z * s * (1 - s),
            "in the second term the factor z is missing: z σ′(z)": s + s * (1 - s),
            "this is σ′(z); the factor z in z σ(z) needs the product rule": s * (1 - s),
            "in the second term σ was taken for σ′ = σ(1 − σ)": s + z * s,
        },
    }[name]


def of_sup_error(f: Callable, g: Callable, x: np.ndarray) -> Mistakes:
    """Of the largest distance between two functions on the points x."""

    def distance(points: np.ndarray) -> float:
        return np.abs(np.asarray(f(points)) - np.asarray(g(points))).max()

    gap = np.asarray(f(x)) - np.asarray(g(x))  # (N,)
    return {
        "the absolute value is missing: g may lie above f as well": gap.max(),
        "the absolute value is missing: the largest of g − f": (-gap).max(),
        "the absolute value came after the maximum": abs(gap.max()),
        "this is the mean distance; the sup norm is the largest": np.abs(gap).mean(),
        "this is the mean squared distance; the sup norm is the largest": (gap**2).mean(),
        "squared; the sup norm is a distance, not its square": (gap**2).max(),
        "the maxima of f and g were compared; the difference comes first, point by point": (
            abs(np.max(f(x)) - np.max(g(x)))
        ),
        "this is the place where the distance is largest; the distance is asked for": (
            x[np.abs(gap).argmax()]
        ),
        "one distance per point came back; the largest is asked for": np.abs(gap),
        "measured at the two ends only": np.abs(gap[[0, -1]]).max(),
        "not on these points: count is the number of points, not of gaps between them": (
            distance(np.linspace(x[0], x[-1], len(x) + 1))
        ),
        "not on these points: does the last one, right, belong to your grid?": (
            distance(np.linspace(x[0], x[-1], len(x), endpoint=False))
        ),
    }


def of_softmax(Z: np.ndarray) -> Mistakes:
    """Of softmax over the rows of Z (N, K)."""
    with np.errstate(all="ignore"):
        e = np.exp(Z)
        found: Mistakes = {
            "normalised over the wrong axis: each row is an example and should sum to 1": (
                e / e.sum(axis=0)
            ),
            "normalised over the whole array: each row should sum to 1": e / e.sum(),
            "not normalised: divide by the row's sum": e,
            "not normalised: the largest score was taken off, the sum is missing": (
                np.exp(Z - Z.max(axis=1, keepdims=True))
            ),
            "the exponential is missing": Z / Z.sum(axis=1, keepdims=True),
            "these are the logarithms of the probabilities": np.log(
                e / e.sum(axis=1, keepdims=True)
            ),
            "the sign is wrong: the largest score gets the largest probability": (
                (1 / e) / (1 / e).sum(axis=1, keepdims=True)
            ),
            "this is the logistic function of every score; softmax divides by the row's sum": (
                e / (1 + e)
            ),
            "this marks the largest score; softmax gives probabilities": (
                np.where(Z.max(axis=1, keepdims=True) > Z, 0.0, 1.0)
            ),
        }
        if len(Z) == Z.shape[1]:
            found["the sums went along the columns: make them (N, 1), with keepdims=True"] = (
                e / e.sum(axis=1)
            )
        return found


def of_softmax_far_out(Z: np.ndarray) -> Mistakes:
    """Of softmax where exp overflows or underflows, Z (N, K)."""
    with np.errstate(all="ignore"):
        e, shifted, cut = np.exp(Z), np.exp(Z - Z.max()), np.exp(np.clip(Z, -500, 500))
        return {
            "NaN: exp(1000) is ∞ and exp(−1000) is 0, and ∞/∞ and 0/0 are no numbers. Take each "
            "row's largest score off first": e / e.sum(axis=1, keepdims=True),
            "NaN: one number was taken off all rows, so a row far below it became 0/0. Take off "
            "each row its own": shifted / shifted.sum(axis=1, keepdims=True),
            "the scores were clipped, which loses the difference of two large ones. Take each "
            "row's largest score off instead": cut / cut.sum(axis=1, keepdims=True),
        }


def _squash(z: ArrayLike) -> np.ndarray:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
