# ---
# jupyter:
#   course:
#     withhold: [gates]
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 3 · One neuron
#
# Write your answers where the cells say `raise NotImplementedError`. Below each one stands a cell
# with tests: run it, and it tells you whether you are right and, if not, what is likely wrong.
# When your work is marked, further tests run on other numbers, so write functions that work for
# *any* input; the line that a passed test prints says how many of the points you have seen tested.
# Every question is marked on its own, and any correct way to the result counts. Stuck? Three hints
# unfold below each question, one after another. Allow about two hours, in two sittings: questions 1
# to 4, then the rest.
#
# | Question | Function | Points |
# |---|---|---|
# | 1 · Gates as weights | `gate_weights` | 3 |
# | 2 · Rosenblatt's rule, labels 0 and 1 | `update_zero_one` | 2 |
# | 3 · Rosenblatt's rule, labels −1 and +1 | `update_plus_minus` | 2 |
# | 4 · Training until no mistake is left | `train` | 5 |
# | 5 · Margin | `margin` | 3 |
# | 6 · How many mistakes at most | `mistake_bound` | 3 |
# | 7 · The gradient behind the rule | `hinge_gradient` | 4 |
# | 8 · Delta rule | `delta_gradient` | 4 |
# | 9 · Negatives | in words | 4 |
#
# Conventions: inputs are rows. **The bias is the first weight**, `w[0]`, and where inputs are
# called `X`, their first column is $x_0 = 1$ already. A neuron fires (answers 1) where
# $w^\top x \ge 0$.

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks, data, neuron
from course_utils import perceptron_mistakes as usual  # what the usual mistakes give
from course_utils.perceptron_checks import check_gate, check_refused, pair

# %% [markdown] nbgrader={"grade_id": "ask_gates", "locked": true}
# ## Question 1 · Gates as weights (3 points)
#
# Write `gate_weights(name, inputs)`: weights of a single neuron that computes a logic gate.
#
# - `name`: `"AND"` (fires when all inputs are 1), `"OR"` (at least one), `"NOR"` (none), `"NAND"`
#   (not all).
# - `inputs`: their number $n \ge 1$; each input is 0 or 1.
# - Returned: a list or array of shape (1 + n,), the bias first: $(b, w_1, \dots, w_n)$.
#
# The neuron fires where $b + w_1x_1 + \dots + w_nx_n \ge 0$. There are many right answers; any of
# them counts.
#
# Example: for AND of two inputs, $(-1.5, 1, 1)$ will do: $-1.5 + 1 + 1 \ge 0$, but
# $-1.5 + 1 < 0$.
#
# <details><summary>Hint 1</summary>
#
# With all weights 1, the weighted sum counts the inputs that are on. From which count on should AND
# fire, from which OR?
#
# <details><summary>Hint 2</summary>
#
# AND fires from a count of $n$ on, OR from a count of 1 on. The threshold can stand anywhere
# between the last count that must not fire and the first that must; halfway is safe. The bias is
# minus that threshold. Why does the example for two inputs have $-1.5$? What would it be for three?
#
# <details><summary>Hint 3</summary>
#
# NOR is the opposite of OR, and NAND the opposite of AND. Halfway between two counts nothing is
# ever exactly 0, so turning all signs turns every answer.
#
# </details></details></details>


# %% nbgrader={"grade_id": "gates", "solution": true}
def gate_weights(name, inputs):
    """Weights of one neuron that computes a gate.

    name: "AND", "OR", "NOR" or "NAND". inputs: their number n.
    Returns (b, w1, …, wn), shape (1 + n,).
    """
    ### BEGIN SOLUTION
    threshold = inputs - 0.5 if name in ("AND", "NAND") else 0.5
    w = np.array([-threshold] + [1.0] * inputs)
    return -w if name in ("NOR", "NAND") else w
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_gates", "points": 1}
# Visible tests: the truth tables for two inputs.
for name in ("AND", "OR", "NOR", "NAND"):
    check_gate(gate_weights(name, 2), name, 2)
checks.passed("Right for two inputs: 1 of 3 points. The rest is for other numbers of inputs.")

# %% nbgrader={"grade_id": "hidden_gates", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
for count in [1, 3, int(rng.integers(4, 9))]:
    for name in ("AND", "OR", "NOR", "NAND"):
        try:
            w = gate_weights(name, count)
        except LookupError as error:
            raise checks.CheckFailed(
                f"gate_weights for {name} of {count} inputs: {type(error).__name__}; "
                "are the weights looked up for 2 inputs only? Compute them from their number"
            ) from None
        check_gate(w, name, count)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_zero_one", "locked": true}
# ## Question 2 · Rosenblatt's rule, labels 0 and 1 (2 points)
#
# Write `update_zero_one(w, x, y, rate)`, one step of
# $w \leftarrow w + \alpha\,(y - \sigma(w^\top x))\,x$, where $\sigma(e) = 1$ for $e \ge 0$ and 0
# otherwise.
#
# - `w`, `x`: arrays of shape (D,), $x_0 = 1$ included. `y`: 0 or 1. `rate`: $\alpha > 0$.
# - Returned: the new weights, shape (D,). The argument `w` must stay as it was: `w += …` would
#   change the caller's array, `w = w + …` makes a new one.
#
# Example: `w = [0.5, -1]`, `x = [1, 2]`, `y = 1`, `rate = 1`. The excitation is
# $0.5 - 2 = -1.5$, so the neuron answers 0, and should have answered 1. The new weights are
# $[1.5, 1]$.
#
# <details><summary>Hint 1</summary>
#
# Compute the excitation first, then the answer 0 or 1, then the error $y - \text{answer}$.
#
# <details><summary>Hint 2</summary>
#
# The excitation is `w @ x`. A comparison makes it an answer: `w @ x >= 0` is `True` or `False`, and
# Python counts these as 1 and 0.
#
# <details><summary>Hint 3</summary>
#
# In the example: excitation $-1.5$, answer 0, error $1 - 0 = 1$. The change is $1 \cdot 1 \cdot (1,
# 2)$, one number for each weight, the bias among them. What is it if the answer was right?
#
# </details></details></details>


# %% nbgrader={"grade_id": "zero_one", "solution": true}
def update_zero_one(w, x, y, rate):
    """One step of Rosenblatt's rule for labels 0 and 1.

    w, x: (D,). y: 0 or 1. rate: learning rate.
    Returns new weights (D,); w is left alone.
    """
    ### BEGIN SOLUTION
    answer = int(w @ x >= 0)
    return w + rate * (y - answer) * x
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_zero_one", "points": 1}
# Visible tests: four cases by hand, (w, y, rate) → new weights, all with x = (1, 2).
cases = {
    "where 0 was answered and 1 is right": ([0.5, -1.0], 1, 1.0, [1.5, 1.0]),
    "where 1 was answered and 0 is right, rate 0.1": ([0.5, 1.0], 0, 0.1, [0.4, 0.8]),
    "where 1 was answered and is right": ([0.5, 1.0], 1, 0.1, [0.5, 1.0]),
    "at wᵀx = 0": ([0.0, 0.0], 1, 1.0, [0.0, 0.0]),
}
for case, (before, y, rate, expected) in cases.items():
    w, what = np.array(before), f"update_zero_one {case}"
    new = update_zero_one(w, np.array([1.0, 2.0]), y, rate)
    checks.unchanged(before, w, f"{what}, its argument w")
    checks.close(new, expected, what, rtol=1e-5, mistakes=usual.ZERO_ONE[case])
checks.passed("Right on both kinds of mistake: 1 of 2 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_zero_one", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import perceptron as reference

for d in [1, 2, 3, 5, 8] * 4:
    w, x = rng.normal(size=d), rng.normal(size=d)
    y, rate = int(rng.integers(2)), float(rng.uniform(0.1, 3))
    checks.close(
        update_zero_one(w.copy(), x.copy(), y, rate),
        reference.update_zero_one(w, x, y, rate=rate),
        f"update_zero_one on random numbers, shape ({d},)",
        rtol=1e-5,
        atol=1e-6,
        mistakes={
            "the rate was left out": reference.update_zero_one(w, x, y),
            "nothing changed, though the answer was wrong": w,
        },
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_plus_minus", "locked": true}
# ## Question 3 · Rosenblatt's rule, labels −1 and +1 (2 points)
#
# Write `update_plus_minus(w, x, y, step)`: if $y\,w^\top x \le 0$, a mistake, the new weights are
# $w + \rho\, y\, x$; otherwise they are $w$. An excitation of exactly 0 is a mistake for both
# labels.
#
# - `w`, `x`: arrays of shape (D,). `y`: −1 or +1. `step`: $\rho > 0$.
# - Returned: the new weights, shape (D,). As before, the argument `w` must stay as it was.
#
# Example: `w = [0.5, 1]`, `x = [1, 2]`, `y = -1`, `step = 1`. The excitation 2.5 has the wrong
# sign. The new weights are $[-0.5, -1]$.
#
# <details><summary>Hint 1</summary>
#
# $y\,w^\top x$ is positive exactly when the label and the excitation have the same sign.
#
# <details><summary>Hint 2</summary>
#
# `if y * (w @ x) <= 0:` decides whether anything happens. What does the rule do for $y = -1$: add
# or subtract $x$?
#
# <details><summary>Hint 3</summary>
#
# In the example $y\,w^\top x = -2.5$, and the change is $1 \cdot (-1) \cdot (1, 2)$: the factor $y$
# takes care of the sign, so both labels share one formula. And where there was no mistake,
# something must be returned, too.
#
# </details></details></details>


# %% nbgrader={"grade_id": "plus_minus", "solution": true}
def update_plus_minus(w, x, y, step):
    """One step of Rosenblatt's rule for labels -1 and +1.

    w, x: (D,). y: -1 or +1. step: step size.
    Returns new weights (D,); w is left alone.
    """
    ### BEGIN SOLUTION
    return w + step * y * x if y * (w @ x) <= 0 else w
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_plus_minus", "points": 1}
# Visible tests: (w, y, step) → new weights, all with x = (1, 2).
cases = {
    "on a mistake with y = −1": ([0.5, 1.0], -1, 1.0, [-0.5, -1.0]),
    "on a mistake with y = +1, step 0.5": ([0.5, -1.0], 1, 0.5, [1.0, 0.0]),
    "on a right answer": ([0.5, 1.0], 1, 1.0, [0.5, 1.0]),
    "at wᵀx = 0, y = +1": ([0.0, 0.0], 1, 1.0, [1.0, 2.0]),
    "at wᵀx = 0, y = -1": ([0.0, 0.0], -1, 1.0, [-1.0, -2.0]),
}
for case, (before, y, step, expected) in cases.items():
    w, what = np.array(before), f"update_plus_minus {case}"
    new = update_plus_minus(w, np.array([1.0, 2.0]), y, step)
    checks.unchanged(before, w, f"{what}, its argument w")
    checks.close(new, expected, what, rtol=1e-5, mistakes=usual.PLUS_MINUS[case])
checks.passed("Right on mistakes and on the boundary: 1 of 2 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_plus_minus", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import perceptron as reference

for d in [1, 2, 3, 5, 8] * 4:
    w, x = rng.normal(size=d), rng.normal(size=d)
    y, step = int(rng.choice([-1, 1])), float(rng.uniform(0.1, 3))
    checks.close(
        update_plus_minus(w.copy(), x.copy(), y, step),
        reference.update_plus_minus(w, x, y, step=step),
        f"update_plus_minus on random numbers, shape ({d},)",
        rtol=1e-5,
        atol=1e-6,
        mistakes={
            "the step was left out": reference.update_plus_minus(w, x, y),
            "changed although the sign was right; update on mistakes only": w + step * y * x,
            "nothing changed, though the sign was wrong": w,
        },
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_training", "locked": true}
# ## Question 4 · Training until no mistake is left (5 points)
#
# Write `train(X, y, max_epochs)`. Start at $w = 0$. Go through the examples in the given order. On
# each mistake ($y_i\,w^\top x_i \le 0$) set $w \leftarrow w + y_i x_i$ **at once**, before looking
# at the next example. After a whole pass without a mistake, stop; stop in any case after
# `max_epochs` passes.
#
# - `X`: array of shape (N, D), $x_0 = 1$ in the first column. `y`: shape (N,), −1 or +1.
# - Returned: a pair `(w, mistakes)`. `w` has shape (D,). `mistakes` is a list with the number of
#   mistakes of **each pass made**; if training ended by itself, its last entry is 0.
#
# This question is marked on its own: write the rule out, do not call the function of question 3.
# The inputs may have any number D of columns, so let the weights have `X.shape[1]` entries.
#
# Example: `X = [[1, 1], [1, -1]]`, `y = [1, -1]`. Pass 1: at $w = 0$ the first is a mistake,
# $w = (1, 1)$; then the second has $-1 \cdot (1 - 1) = 0$, a mistake, $w = (0, 2)$. Pass 2: both
# right. Returned: `([0, 2], [2, 0])`.
#
# <details><summary>Hint 1</summary>
#
# Two loops, one in the other: over passes, and over examples. Before each pass set a counter to 0.
#
# <details><summary>Hint 2</summary>
#
# Inner loop: `for x_i, y_i in zip(X, y):`, and in it the test for a mistake, the update, and the
# counter. After it: append the counter to the list, and leave the outer loop if it is 0.
#
# <details><summary>Hint 3</summary>
#
# The order of the last two matters: append first, then `break`. Otherwise the final 0 is missing.
#
# </details></details></details>


# %% nbgrader={"grade_id": "training", "solution": true}
def train(X, y, max_epochs):
    """Train a perceptron from w = 0 with step 1, in the given order.

    X: (N, D), with x0 = 1. y: (N,), -1 or +1. max_epochs: most passes.
    Returns (w, mistakes): weights (D,) and a list with the mistakes of each pass.
    """
    ### BEGIN SOLUTION
    w, mistakes = np.zeros(X.shape[1]), []
    for _ in range(max_epochs):
        wrong = 0
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (w @ x_i) <= 0:
                w = w + y_i * x_i
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, mistakes
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_training", "points": 2}
# Visible tests: the example, the AND gate, and XOR, on which only max_epochs ends the training.
# (Does this cell run for ever? Then interrupt the kernel and see what stops your loop.)
w, mistakes = pair(train(np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([1, -1]), 10))
checks.equal(mistakes is not None, True, "train returns two results, (w, mistakes)")
what = "train on the example, weights"
checks.close(w, [0.0, 2.0], what, rtol=1e-5, mistakes=usual.TRAINED_ON_EXAMPLE)

X, y = np.array([[1.0, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]), np.array([-1, -1, -1, 1])
kept = X.copy(), y.copy()
w, mistakes = pair(train(X, y, 100))
checks.unchanged(kept[0], X, "train, its argument X")
checks.unchanged(kept[1], y, "train, its argument y")
what = "train on the AND gate, weights"
checks.close(w, [-4.0, 3.0, 2.0], what, rtol=1e-5, mistakes=usual.TRAINED_ON_AND)
what = "train on the AND gate, mistakes of each pass"
checks.equal(mistakes, [2, 3, 3, 2, 2, 3, 2, 1, 0], what, mistakes=usual.COUNTED_ON_AND)

w, mistakes = pair(train(X, np.array([-1, 1, 1, -1]), 6))
one_more = {"one pass too many: at most max_epochs passes": 7 * [4]}
checks.equal(mistakes, 6 * [4], "train on XOR with max_epochs = 6", mistakes=one_more)
checks.passed("Stops when it should: 2 of 5 points. The rest is for other numbers of examples.")

# %% nbgrader={"grade_id": "hidden_training", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import perceptron as reference

for n, d in [(6, 1), (12, 2), (20, 3)]:
    planted = rng.integers(1, 5, size=1 + d) * rng.choice([-1, 1], size=1 + d)
    # Quarters are exact in every float format: no rounding decides what is a mistake.
    X = neuron.with_bias(rng.integers(-8, 9, size=(20 * n, d)) / 4)
    X = X[np.abs(X @ planted) >= 1][:n]
    y = np.where(X @ planted > 0, 1, -1)
    # ‖x‖² ≤ 13 and ‖planted‖² ≤ 64 allow 832 mistakes: 1000 passes are enough to end.
    cases = [("separable", X, y, 1000)]
    X, y = X.copy(), y.copy()
    X[1], y[1] = X[0], -y[0]  # one point with both labels
    cases.append(("inseparable", X, y, 9))
    for kind, X, y, most in cases:
        expected = reference.train(X, y, max_epochs=most)
        w, mistakes = pair(train(X.copy(), y.copy(), most))
        what = f"train on {n} random {kind} examples"
        checks.close(w, expected.w, f"{what}, weights", rtol=1e-5, atol=1e-6)
        checks.equal(mistakes, expected.mistakes_per_epoch, f"{what}, mistakes of each pass")
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_margin", "locked": true}
# ## Question 5 · Margin (3 points)
#
# Write `margin(w, X, y)`: $\displaystyle \min_i \frac{y_i\, w^\top x_i}{\|w\|}$, the distance from
# the boundary of `w` to the nearest example, negative if an example is on the wrong side.
#
# - `w`: shape (D,), bias first. `X`: shape (N, D), $x_0 = 1$ in the first column. `y`: shape (N,),
#   −1 or +1. The length of `w` **includes the bias**.
# - Returned: one number. Raise a `ValueError` if $w = 0$, which has no boundary.
#
# Example: `w = [0, 3]`, `X = [[1, 2], [1, -1]]`, `y = [1, -1]`. The products are 6 and 3, the
# length is 3: the margin is 1.
#
# <details><summary>Hint 1</summary>
#
# All excitations at once: `X @ w`, shape (N,). Multiply by the labels, entry by entry.
#
# <details><summary>Hint 2</summary>
#
# The smallest of the products, divided by `np.linalg.norm(w)`.
#
# <details><summary>Hint 3</summary>
#
# No absolute values anywhere: an example on the wrong side should make the margin negative. The
# error comes before the division: `raise ValueError("…")` where *all* weights are 0 (`np.any`
# helps).
#
# </details></details></details>


# %% nbgrader={"grade_id": "margin", "solution": true}
def margin(w, X, y):
    """Smallest signed distance of the examples from the boundary of w.

    w: (D,), bias first. X: (N, D), with x0 = 1. y: (N,), -1 or +1.
    Returns a number. Raises ValueError if w = 0.
    """
    ### BEGIN SOLUTION
    length = np.linalg.norm(w)
    if length == 0:
        raise ValueError("w = 0 has no boundary and no margin")
    return (y * (X @ w)).min() / length
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_margin", "points": 1}
# Visible tests: by hand, ‖(2, 3, 6)‖ = 7.
w = np.array([2.0, 3.0, 6.0])
X, y = np.array([[1.0, 4, 1], [1, -3, 0], [1, 0, 2]]), np.array([1, -1, 1])
checks.close(margin(w.copy(), X.copy(), y.copy()), 1.0, "margin", rtol=1e-5, mistakes=usual.MARGIN)
y = np.array([1, -1, -1])
checks.close(
    margin(w.copy(), X.copy(), y.copy()),
    -2.0,
    "margin with an example on the wrong side",
    rtol=1e-5,
    mistakes=usual.NEGATIVE_MARGIN,
)
checks.raises(ValueError, lambda: margin(np.zeros(3), X.copy(), y.copy()), "margin of w = 0")
# The example of the question: one weight is 0, but w is not. No error should be raised here.
X, y = np.array([[1.0, 2], [1, -1]]), np.array([1, -1])
checks.close(margin(np.array([0.0, 3.0]), X, y), 1.0, "margin of w = (0, 3)", rtol=1e-5)
checks.passed("Right, also where it is negative: 1 of 3 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_margin", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import margin as reference

for n, d in [(1, 1), (5, 2), (20, 3), (7, 10)]:
    w, points = rng.normal(size=1 + d), rng.normal(size=(n, d))
    X = neuron.with_bias(points)
    for y in (np.sign(X @ w), rng.choice([-1, 1], size=n)):
        checks.close(
            margin(w.copy(), X.copy(), y.copy()),
            reference.margin(w, X, y),
            f"margin of {n} random examples",
            rtol=1e-4,
            atol=1e-6,
            mistakes={
                "the bias was left out of ‖w‖": (y * (X @ w)).min() / np.linalg.norm(w[1:]),
                "absolute values hide that an example is on the wrong side": (
                    np.abs(X @ w).min() / np.linalg.norm(w)
                ),
            },
        )
checks.raises(ValueError, lambda: margin(np.zeros(1 + d), X.copy(), y.copy()), "margin of w = 0")
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_bound", "locked": true}
# ## Question 6 · How many mistakes at most (3 points)
#
# The proof of the convergence theorem works with *any* separating $w$, not only the best: with its
# margin $\gamma$, the perceptron makes at most $(R/\gamma)^2$ mistakes, $R = \max_i \|x_i\|$. Write
# `mistake_bound(w, points, y)`.
#
# - `w`: shape (1 + d,), bias first. `points`: shape (N, d), **without** $x_0$: fold the bias in
#   yourself. `y`: shape (N,), −1 or +1.
# - Returned: $(R/\gamma)^2$ with the bias folded in, in $R$ as well as in $\gamma$. Not rounded.
#   Raise a `ValueError` if `w` does not separate the examples: then there is no bound.
#
# This question is marked on its own: do not call the function of question 5.
#
# Example: `w = [0, 1]`, `points = [[2], [-1]]`, `y = [1, -1]`. With the bias, the inputs are
# $(1, 2)$ and $(1, -1)$, so $R^2 = 5$. The margin is 1. The bound is 5.
#
# <details><summary>Hint 1</summary>
#
# Put a column of ones before the points: `np.column_stack([np.ones(len(points)), points])`.
#
# <details><summary>Hint 2</summary>
#
# $R^2$ is the largest sum of squares of a row. $\gamma$ is the smallest of $y_i\,w^\top x_i$,
# divided by the length of the whole `w`.
#
# <details><summary>Hint 3</summary>
#
# If $\gamma \le 0$, some example is on the wrong side or on the boundary: raise the `ValueError`
# before dividing. Mind the square: $(R/\gamma)^2$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "bound", "solution": true}
def mistake_bound(w, points, y):
    """Most mistakes that a perceptron with bias can make, by the margin of a separator w.

    w: (1 + d,), bias first. points: (N, d), without x0. y: (N,), -1 or +1.
    Returns (R / gamma)**2. Raises ValueError if w does not separate.
    """
    ### BEGIN SOLUTION
    X = np.column_stack([np.ones(len(points)), points])
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if not gamma > 0:
        raise ValueError("w does not separate the examples: no bound")
    return (X**2).sum(axis=1).max() / gamma**2
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_bound", "points": 1}
# Visible tests: by hand. ‖(2, 3, 6)‖ = 7, ‖(1, 2, 2)‖ = 3, the products are 20 and 10: γ = 10/7.
w, points = np.array([2.0, 3.0, 6.0]), np.array([[2.0, 2.0], [-2.0, -1.0]])
y = np.array([1, -1])
checks.close(
    mistake_bound(w.copy(), points.copy(), y.copy()),
    4.41,
    "mistake_bound",
    rtol=1e-4,
    mistakes=usual.BOUND,
)
# Points at 9 and 11 with the boundary at 10: R² = 1 + 121, γ² = 1/101. Without the bias the bound
# would be 121, yet the perceptron makes 202 mistakes.
w, points = np.array([-10.0, 1.0]), np.array([[9.0], [11.0]])
y = np.array([-1, 1])
checks.close(
    mistake_bound(w.copy(), points.copy(), y.copy()),
    122 * 101,
    "mistake_bound of the points 9 and 11",
    rtol=1e-4,
)
for bad in ([10.0, -1.0], [-9.0, 1.0], [-20.0, 1.0]):
    check_refused(mistake_bound, bad, points, y)
# The example of the question: the bias is 0, and w separates all the same.
w, points, y = np.array([0.0, 1.0]), np.array([[2.0], [-1.0]]), np.array([1, -1])
checks.close(mistake_bound(w, points, y), 5.0, "mistake_bound of w = (0, 1)", rtol=1e-4)
checks.passed("Right, the bias in both places: 1 of 3 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_bound", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import margin as reference

for n, d in [(2, 1), (6, 2), (20, 3), (9, 5)]:
    points, y, w = data.separable_cloud(n, 0.05, rng, dimension=d)
    points, w = points * 3, w * np.append(3, np.ones(d)) * rng.uniform(0.5, 4)
    X = neuron.with_bias(points)
    expected = (reference.radius(X) / reference.margin(w, X, y)) ** 2
    checks.close(
        mistake_bound(w.copy(), points.copy(), y.copy()),
        expected,
        f"mistake_bound of {n} random points",
        rtol=1e-3,
        mistakes={
            "the bias was left out of R: ‖x‖² includes x₀ = 1": (
                (reference.radius(points) / reference.margin(w, X, y)) ** 2
            ),
            "the square is missing: (R/γ)²": expected**0.5,
        },
    )
    wrong = y.copy()
    wrong[int(rng.integers(n))] *= -1
    checks.raises(
        ValueError,
        lambda w=w, p=points, y=wrong: mistake_bound(w.copy(), p.copy(), y.copy()),
        "mistake_bound of a w that does not separate",
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_hinge", "locked": true}
# ## Question 7 · The gradient behind the rule (4 points)
#
# The perceptron goes down the loss $L(w) = \frac1N \sum_i (-y_i\,w^\top x_i)_+$. Write
# `hinge_gradient(w, X, y)`, its gradient. At the kink, $w^\top x_i = 0$, choose the subgradient
# that Rosenblatt's rule chooses: **count the example as a mistake**.
#
# - `w`: shape (D,). `X`: shape (N, D), $x_0 = 1$ included. `y`: shape (N,), −1 or +1.
# - Returned: shape (D,). The mean is over **all** N examples, right ones too.
#
# Mind the shapes: to multiply each row of `X` (N, D) by its own number, make these numbers a
# column, `numbers[:, None]`, shape (N, 1); `numbers @ X` adds the rows up at once.
#
# Example: `w = [1, 0]`, `X = [[1, 2], [1, 3]]`, `y = [1, -1]`. The first example is right and adds
# nothing. The second is wrong and adds $-y x = (1, 3)$. The gradient is $(0.5, 1.5)$.
#
# <details><summary>Hint 1</summary>
#
# Take the derivative of one term, $(-y\,w^\top x)_+$, in both cases: where the bracket is negative,
# and where it is positive.
#
# <details><summary>Hint 2</summary>
#
# 0 for a right example, $-y\,x$ for a mistake. A mask says which is which:
# `wrong = y * (X @ w) <= 0`, shape (N,).
#
# <details><summary>Hint 3</summary>
#
# In the example the mask is (no, yes). The rows that count are $-y_i x_i$ where it says yes: $(1,
# 3)$. Their sum is divided by $N = 2$, not by the one mistake. `True` counts 1 in a product,
# `False` 0.
#
# </details></details></details>


# %% nbgrader={"grade_id": "hinge", "solution": true}
def hinge_gradient(w, X, y):
    """Gradient of the perceptron's loss, mean of max(0, -y w.x); ties count as mistakes.

    w: (D,). X: (N, D), with x0 = 1. y: (N,), -1 or +1.
    Returns (D,).
    """
    ### BEGIN SOLUTION
    wrong = y * (X @ w) <= 0
    return -(wrong * y) @ X / len(X)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_hinge", "points": 2}
# Visible tests: by hand, at w = 0, and against central differences of the loss.
X = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, -2.0], [1.0, 0.5]])
y = np.array([1, 1, -1, 1])
w = np.array([1.0, -1.0])  # excitations -1, -2, 3, 0.5: three mistakes
checks.close(
    hinge_gradient(w.copy(), X.copy(), y.copy()),
    [-0.25, -1.75],
    "hinge_gradient by hand",
    rtol=1e-5,
    count=4,
    mistakes=usual.HINGE,
)
checks.close(
    hinge_gradient(np.zeros(2), X.copy(), np.array([1, -1, 1, 1])),
    [-0.5, 0.625],
    "hinge_gradient at w = 0, where every example is on the boundary",
    rtol=1e-5,
    mistakes={
        "examples on the boundary were left out; ≤ 0 counts, not only < 0": [0.0, 0.0],
        "half of −y x each, as differences from both sides give; count ties fully": [-0.25, 0.3125],
    },
)
w = np.array([-1.3, 0.9])
slopes = [
    (np.maximum(0, -y * (X @ (w + h))).mean() - np.maximum(0, -y * (X @ (w - h))).mean()) / 2e-6
    for h in 1e-6 * np.eye(2)
]
checks.close(
    hinge_gradient(w.copy(), X.copy(), y.copy()), slopes, "hinge_gradient, numerically", rtol=1e-5
)
checks.passed("Right, at the kink too: 2 of 4 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_hinge", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import hinge as reference

for n, d in [(1, 1), (5, 2), (20, 3), (8, 6)]:
    X, y = neuron.with_bias(rng.normal(size=(n, d))), rng.choice([-1, 1], size=n)
    for w in (rng.normal(size=1 + d), np.zeros(1 + d)):
        wrong = y * (X @ w) <= 0
        checks.close(
            hinge_gradient(w.copy(), X.copy(), y.copy()),
            reference.subgradient(w, X, y),
            f"hinge_gradient on {n} random examples",
            rtol=1e-4,
            atol=1e-6,
            count=n,
            mistakes={
                "averaged over the mistakes only; the mean is over all N examples": (
                    -(wrong * y) @ X / max(1, wrong.sum())
                ),
                "all examples were used, right ones too": -(y @ X) / n,
            },
        )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_delta", "locked": true}
# ## Question 8 · Delta rule (4 points)
#
# A unit answers $\hat y = f(e)$ with $e = w^\top x$. Write `delta_gradient(w, X, y, unit)`, the
# gradient of **half** the mean squared error, $\frac{1}{2N}\sum_i (f(w^\top x_i) - y_i)^2$.
#
# - `w`: shape (D,). `X`: shape (N, D), $x_0 = 1$ included. `y`: shape (N,), any real targets.
# - `unit`: `"linear"`, $f(e) = e$, or `"logistic"`, $f(e) = 1/(1 + \exp(-e))$.
# - Returned: shape (D,). As in question 7, one number per example multiplies that example's row of
#   `X`.
#
# Example: one example, `w = [1, 1]`, `X = [[1, 2]]`, `y = [1]`, linear. The error is
# $\delta = 3 - 1 = 2$, and the gradient is $2 \cdot (1, 2) = (2, 4)$.
#
# <details><summary>Hint 1</summary>
#
# The chain rule, for one example: the derivative of $\frac12(f(e) - y)^2$ by $e$, times the
# derivative of $e$ by $w$.
#
# <details><summary>Hint 2</summary>
#
# That is $\delta\, f'(e)\, x$ with $\delta = f(e) - y$. For the linear unit $f' = 1$; for the
# logistic one $f'(e) = f(e)\,(1 - f(e))$.
#
# <details><summary>Hint 3</summary>
#
# Compute `e`, `output`, `slope` and `delta` one after another, all of shape (N,). Only the last
# step, the mean of the rows times their numbers, has shape (D,). The slope needs no new `exp`.
#
# </details></details></details>


# %% nbgrader={"grade_id": "delta", "solution": true}
def delta_gradient(w, X, y, unit):
    """Gradient of half the mean squared error of one unit.

    w: (D,). X: (N, D), with x0 = 1. y: (N,). unit: "linear" or "logistic".
    Returns (D,).
    """
    ### BEGIN SOLUTION
    e = X @ w
    output = e if unit == "linear" else 1 / (1 + np.exp(-e))
    slope = 1.0 if unit == "linear" else output * (1 - output)
    return ((output - y) * slope) @ X / len(X)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_delta", "points": 2}
# Visible tests: by hand for the linear unit, by central differences for the logistic one.
X, y = np.array([[1.0, 2.0], [1.0, 0.0], [1.0, -1.0]]), np.array([1.0, 2.0, -1.0])
w = np.array([1.0, 1.0])
checks.close(
    delta_gradient(w.copy(), X.copy(), y.copy(), "linear"),
    [2 / 3, 1.0],
    "delta_gradient of the linear unit",
    rtol=1e-5,
    count=3,
    mistakes=usual.delta_linear(X),
)


def half_error(w):
    return ((1 / (1 + np.exp(-(X @ w))) - y) ** 2).mean() / 2


slopes = [(half_error(w + h) - half_error(w - h)) / 2e-5 for h in 1e-5 * np.eye(2)]
checks.close(
    delta_gradient(w.copy(), X.copy(), y.copy(), "logistic"),
    slopes,
    "delta_gradient of the logistic unit",
    rtol=1e-5,
    count=3,
    mistakes=usual.delta_logistic(w, X, y),
)
checks.passed("Right for both units: 2 of 4 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_delta", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import delta_rule as reference

for n, d in [(1, 1), (5, 2), (20, 3), (8, 6)]:
    X, y = neuron.with_bias(rng.normal(size=(n, d))), rng.normal(size=n)
    w = rng.normal(size=1 + d)
    for unit, activation in (("linear", reference.LINEAR), ("logistic", reference.LOGISTIC)):
        expected = reference.gradient(w, X, y, activation)
        checks.close(
            delta_gradient(w.copy(), X.copy(), y.copy(), unit),
            expected,
            f"delta_gradient of the {unit} unit on {n} random examples",
            rtol=1e-4,
            atol=1e-6,
            count=n,
            mistakes={
                "the change of w, −gradient, was returned: δ = f(e) − y": -expected,
                "the factor f′(e) is missing": (activation.value(X @ w) - y) @ X / n,
            },
        )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_explain", "locked": true}
# ## Question 9 · Negatives (4 points, marked by a person)
#
# Every picture of a data set comes together with its photographic negative: pixel values $x$ and
# $1 - x$, **with the same label**. There are pictures of both classes.
#
# Explain in at most 150 words, with formulas where they help: why can no perceptron on the pixels
# be right on all of them, and why can the Mark I, which uses Rosenblatt's rule as well?
#
# One point each for:
#
# 1. a property that the answers of *every* perceptron on the pixels share on such data, and how it
#    is derived;
# 2. the conclusion from it, with pictures of both classes;
# 3. where the derivation breaks down for the Mark I, and what part of the machine is the reason;
# 4. what the success of the machine still depends on: what in it learns, what does not, and what
#    follows from that.

# %% [markdown] nbgrader={"grade_id": "explain_xor", "grade": true, "solution": true, "points": 4}
# ### BEGIN SOLUTION
# The excitations of a picture and its negative add up to
# $(w^\top x + b) + (w^\top(1 - x) + b) = w^\top 1 + 2b$, which does not depend on the picture. If
# the pictures of the positive class and their negatives are right, both terms are positive, so the
# number is positive; by the other class, it is negative. Contradiction. (With two pixels, this is
# XOR: 01 and 10 are each other's negatives, and so are 00 and 11.)
#
# The Mark I has threshold units between the pixels and the weights that learn. A threshold is not
# linear, so the patterns of $x$ and $1 - x$ no longer add up to the same thing, and the patterns
# can be separable. Only the weights behind these units learn. The wiring before them is random and
# stays so; if the patterns it gives are separable, the convergence theorem promises success, and
# if not, nothing in the machine can change them.
#
# *For the marker.* Point 1: the excitations of a picture and of its negative are added up, or an
# equivalent. Point 2: the sum is the same for all pictures, and the two classes contradict each
# other. Point 3: the thresholds of the association units, which are not linear in the pixels (or:
# XOR can be had from threshold features). Point 4: only the last weights learn; the fixed random
# units must happen to make the patterns separable.
# ### END SOLUTION
