"""What the usual mistakes of notebook 03 give: the tables that its test cells hand to `checks`.

Each table reads ``{what is likely wrong: the value that this mistake gives}``, for the numbers of
the case after which it is named.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

Table = Mapping[str, Any]

#: Question 2, by case.
ZERO_ONE: dict[str, Table] = {
    "where 0 was answered and 1 is right": {
        "the error's sign is flipped: it is y − answer": [-0.5, -3.0],
        "the error was not multiplied by x": [1.5, 0.0],
        "the excitation was used instead of the answer σ(wᵀx)": [3.0, 4.0],
        "σ is the step function here (0 or 1), not the logistic function": [
            1.5 - 1 / (1 + np.exp(1.5)),
            1 - 2 / (1 + np.exp(1.5)),
        ],
        "the answer is 0 or 1 in this convention, not −1 or +1": [2.5, 3.0],
        "the first weight stayed as it was: was the bias left out, or w * x used for w @ x?": [
            0.5,
            1.0,
        ],
        "nothing changed, though the answer was wrong": [0.5, -1.0],
    },
    "where 1 was answered and 0 is right, rate 0.1": {
        "the rate was left out": [-0.5, -1.0],
        "nothing changed; for y = 0 too the change is α (y − answer) x": [0.5, 1.0],
        "the error's sign is flipped: it is y − answer": [0.6, 1.2],
    },
    "where 1 was answered and is right": {
        "changed although the answer was right": [0.6, 1.2],
    },
    "at wᵀx = 0": {
        "at wᵀx = 0 the neuron answers 1, which is right here: no change": [1.0, 2.0],
    },
}

#: Question 3, by case.
PLUS_MINUS: dict[str, Table] = {
    "on a mistake with y = −1": {
        "x was added, where y = −1 subtracts it: is the factor y missing, or a sign flipped?": [
            1.5,
            3.0,
        ],
        "subtracted twice: the error is ±1 here, not y − answer = ±2": [-1.5, -3.0],
        "nothing changed, though the sign was wrong": [0.5, 1.0],
    },
    "on a mistake with y = +1, step 0.5": {
        "the step was left out": [1.5, 1.0],
        "the step multiplies the change y x only, not w": [0.75, 0.5],
        "nothing changed, though the sign was wrong": [0.5, -1.0],
    },
    "on a right answer": {
        "changed although the sign was right; update on mistakes only": [1.5, 3.0],
    },
    "at wᵀx = 0, y = +1": {
        "at wᵀx = 0 nothing changed; ≤ 0 is a mistake, not only < 0": [0.0, 0.0],
    },
    "at wᵀx = 0, y = -1": {
        "at wᵀx = 0 nothing changed; ≤ 0 is a mistake, not only < 0": [0.0, 0.0],
    },
}

#: Question 4: weights on the example of the question and on AND; mistakes of each pass on AND.
TRAINED_ON_EXAMPLE: Table = {
    "still at w = 0: there every excitation is 0, and ≤ 0 is a mistake": [0.0, 0.0],
    "only one example was learnt; correct every mistake, at once": [1.0, 1.0],
    "the two results seem to be swapped: first the weights, then the mistakes": [2.0, 0.0],
    "y − σ(wᵀx) is for labels 0 and 1; these are −1 and +1": [-11.0, 11.0],
}
TRAINED_ON_AND: Table = {
    "all mistakes of a pass were corrected together at its end; correct each at once": [
        -3.0,
        2.0,
        2.0,
    ],
    "only one pass was made": [0.0, 1.0, 1.0],
    "the examples were taken in reverse order": [-4.0, 2.0, 3.0],
    "the change is y x; y − sign(wᵀx) is ±2 on a mistake": [-5.0, 4.0, 2.0],
    "on the boundary the answer counted as right for y = +1; ≤ 0 is a mistake": [-3.0, 2.0, 1.0],
}
PASSES_ON_AND = [2, 3, 3, 2, 2, 3, 2, 1, 0]
COUNTED_ON_AND: Table = {
    "the last pass, without a mistake, is missing: append, then stop": PASSES_ON_AND[:-1],
    "the counter was not set back to 0 before each pass": np.cumsum(PASSES_ON_AND),
    "the total was returned; a list with one entry per pass is asked for": sum(PASSES_ON_AND),
    "training went on after a pass without a mistake": PASSES_ON_AND[:-1] + 92 * [0],
    "all passes were counted together; one entry per pass": [sum(PASSES_ON_AND)],
    "the right answers were counted, not the mistakes": [4 - k for k in PASSES_ON_AND],
    "the mistakes were counted after each pass; count them when they are made": [
        *(3, 2, 1, 2, 2, 1, 2, 0),  # examples still wrong at the end of each pass
    ],
    "each pass was left at its first mistake; go on to the next example": 18 * [1] + [0],
    "the weights started at 1; they start at 0": [4, 2, 3, 2, 2, 3, 2, 1, 0],
    "these are the places of the mistakes; one count for each pass is asked for": [
        *(0, 3, 0, 1, 3, 1, 2, 3, 2, 3, 1, 3, 1, 2, 3, 2, 3, 1),
    ],
}

#: Question 5: with all examples on the right side, and with one on the wrong side.
MARGIN: Table = {
    "the labels yᵢ were left out": -1.0,
    "the length ‖w‖ was left out": 7.0,
    "the bias was left out of ‖w‖": 7 / 45**0.5,
    "the largest of the products was taken, not the smallest": 20 / 7,
    "the mean of the products was taken, not the smallest": 41 / 21,
    "divided by ‖w‖², not by ‖w‖": 1 / 7,
    "divided by ‖xᵢ‖ too; the distance is divided by ‖w‖ only": 0.1**0.5,
    "‖w‖ is the root of the sum of squares, not the sum of |wᵢ|": 7 / 11,
}
NEGATIVE_MARGIN: Table = {
    "absolute values hide that an example is on the wrong side": 1.0,
    "a negative margin was cut off at 0": 0.0,
    "this is the index of the nearest example; its margin is asked for": 2.0,
    "the labels yᵢ were left out": -1.0,
}

#: Question 6, the first case: R² = 9, γ² = (10/7)².
BOUND: Table = {
    "the bias was left out of R: ‖x‖² includes x₀ = 1": 8 * 0.49,
    "the bias was left out of ‖w‖ in the margin": 9 * 0.45,
    "the bias was left out of R and of the margin": 8 * 0.45,
    "the square is missing: (R/γ)²": 2.1,
    "γ/R, the wrong way up": 1 / 4.41,
    "the shortest example was taken for R, not the longest": 6 * 0.49,
    "γ was squared twice, or R not at all": 3 * 0.49,
    "R is the length of the longest row, not the length of the whole matrix": 15 * 0.49,
    "R is the length of the longest row, not its largest entry": 4 * 0.49,
    "‖xᵢ‖ is the root of the sum of squares, not the sum of |x|": 25 * 0.49,
    "the length ‖w‖ was left out of the margin": 9 / 100,
    "rounded up to a whole number; return the bound as it is": 5,
    "rounded down to a whole number; return the bound as it is": 4,
}

#: Question 7, by hand.
HINGE: Table = {
    "this is the direction in which the rule changes w; the gradient is its negative": [0.25, 1.75],
    "averaged over the mistakes only; the mean is over all N examples": [-1 / 3, -7 / 3],
    "the labels yᵢ were left out": [-0.75, -0.75],
    "right examples were used too: only y wᵀx ≤ 0 counts, not y wᵀx < 1": [-0.5, -1.875],
    "the right examples were used instead of the mistakes": [-0.25, -0.125],
    "the loss was returned; its gradient is asked for": 1.5,
    "divided by the number of weights, not by the number N of examples": [-0.5, -3.5],
    "one row per example came back; take the mean over the examples": [
        [-1.0, -2.0],
        [-1.0, -3.0],
        [1.0, -2.0],
        [0.0, 0.0],
    ],
    "the mean was taken along the weights (axis 1); take it over the examples (axis 0)": [
        *(-1.5, -2.0, -0.5, 0.0),
    ],
}


def delta_linear(X: np.ndarray) -> Table:
    """Question 8, the linear unit; X (N, D) as in the test."""
    return {
        "the change of w, −gradient, was returned: δ = f(e) − y": [-2 / 3, -1.0],
        "the factor 2 of the square was kept; the loss has a ½ to cancel it": [4 / 3, 2.0],
        "the error δ was left out": X.mean(axis=0),
        "f′ = 1 for the linear unit; f (1 − f) belongs to the logistic one": [-4.0, -8.0],
        "divided by the number of weights, not by the number N of examples": [1.0, 1.5],
    }


def delta_logistic(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> Table:
    """Question 8, the logistic unit; w (D,), X (N, D), y (N,) as in the test."""
    output = 1 / (1 + np.exp(-(X @ w)))  # (N,)
    again = 1 / (1 + np.exp(-output))  # (N,)
    factors = {
        "the factor f′(e) is missing": output - y,
        "f was left out: δ = f(e) − y, not e − y": (X @ w - y) * output * (1 - output),
        "f′ was taken at the output f(e); it is f′(e)": (output - y) * again * (1 - again),
        "f′(e) = f(e) (1 − f(e)), not f(e)": (output - y) * output,
        "exp(e) instead of exp(−e): f(e) grows with e": (1 - output - y) * output * (1 - output),
        "this is the gradient of the linear unit": X @ w - y,
    }
    return {text: factor @ X / len(X) for text, factor in factors.items()}
