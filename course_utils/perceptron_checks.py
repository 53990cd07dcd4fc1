"""Checks of notebook 03 that need more than a comparison with what is right."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils import checks, data, neuron


def pair(result: Any) -> tuple[Any, Any]:
    """The two results of a function, or (None, None) where there are not two."""
    return tuple(result) if isinstance(result, (tuple, list)) and len(result) == 2 else (None, None)


def check_gate(w: Any, name: str, inputs: int) -> None:
    """Compare what a neuron with weights w answers with the truth table of a gate (question 1).

    Raises
    ------
    checks.CheckFailed
        Where w has another shape than (1 + inputs,), or some answer is wrong.
    """
    what = f"gate_weights for {name} of {inputs} inputs"
    if w is None:
        raise checks.CheckFailed(
            f"{what}: nothing was returned. Does each of the four gates reach a `return`?"
        )
    rows, wanted = data.truth_table(name, inputs)  # (2^n, n), (2^n,)
    try:
        shape = np.shape(w)
    except ValueError:  # parts of different length
        shape = None
    sizes = {
        (): "one number came back; a list of 1 + n weights, (b, w1, …), is asked for",
        (inputs,): "the bias is missing: one weight per input and, before them, the bias",
        (1, 1 + inputs): "a row too many: return one flat list (b, w1, …)",
        (3,): f"3 weights, as for 2 inputs; here are {inputs}, so 1 + {inputs} weights are needed",
        None: "bias and weights came in separate parts; join them to one list (b, w1, …)",
    }
    if shape != (1 + inputs,):
        reason = sizes.get(shape, f"the shape is {shape}, expected {(1 + inputs,)}")
        raise checks.CheckFailed(f"{what}: {reason}")
    w, X = np.asarray(w, dtype=float), neuron.with_bias(rows)  # (1 + n,), (2^n, 1 + n)
    answers = neuron.threshold_unit(w, X)  # (2^n,)
    mistakes = {text: answers for text in _repairs(w, X, wanted)}
    for other in ("AND", "OR", "NOR", "NAND"):
        mistakes[f"these are the weights of {other}"] = data.truth_table(other, inputs)[1]
    if w[0] == 0:
        mistakes["the bias is 0, so the input 0…0 always fires; choose a bias"] = answers
    elif _some_bias_would_do(w[1:], rows, wanted):
        mistakes[
            f"with another bias it would be right: the bias must fit the number of inputs, {inputs}"
        ] = answers
    checks.equal(answers, wanted, f"{what}, answers on 0…0 to 1…1", mistakes=mistakes)


def _repairs(w: np.ndarray, X: np.ndarray, wanted: np.ndarray) -> list[str]:
    """What would make wrong weights w right."""
    first = np.where(np.arange(len(w)) == 0, -1, 1)  # (1 + n,)
    repaired = {
        "it would be right with the bias first; yours seems to stand last": np.roll(w, 1),
        "it would be right with the sign of the bias flipped; a threshold θ becomes b = −θ": (
            w * first
        ),
        "it would be right with all signs flipped: this is the opposite gate": -w,
    }
    found = [t for t, v in repaired.items() if (neuron.threshold_unit(v, X) == wanted).all()]
    if np.array_equal(X @ w > 0, wanted):
        found.append("an excitation of exactly 0 fires here (≥ 0), and some input reaches it")
    return found


def _some_bias_would_do(weights: np.ndarray, rows: np.ndarray, wanted: np.ndarray) -> bool:
    sums = rows @ weights  # (2^n,)
    return bool(sums[wanted == 1].min() > sums[wanted == 0].max())


def check_refused(bound: Callable, w: Any, points: Any, y: Any) -> None:
    """Check that the student's ``bound(w, points, y)`` raises ValueError (question 6).

    Raises
    ------
    checks.CheckFailed
        Where it does not; says so where absolute values hid the wrong side.
    """
    what = f"mistake_bound of w = {w}, which does not separate"
    w, points, y = (np.array(values) for values in (w, points, y))
    returned = []
    try:
        checks.raises(ValueError, lambda: returned.append(bound(w, points, y)), what)
    except checks.CheckFailed:
        X = neuron.with_bias(points)  # (N, 1 + d)
        least = np.abs(X @ w).min()
        hidden = (X**2).sum(axis=1).max() * (w @ w) / least**2 if least else np.inf
        numbers = [float(v) for v in returned if isinstance(v, int | float | np.number)]
        if any(np.isclose(number, hidden) for number in numbers):
            raise checks.CheckFailed(
                f"{what}: absolute values, or the square, hide that an example is on the wrong "
                "side; look at the sign of γ first"
            ) from None
        raise
