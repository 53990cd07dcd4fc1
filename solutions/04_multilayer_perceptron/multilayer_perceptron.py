# ---
# jupyter:
#   course:
#     withhold: [multilayer, delta_rule, plug_in]
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
# # 4 · Layers
#
# Write your answers where the cells say `raise NotImplementedError`. Below each one stands a cell
# with tests: run it, and it tells you whether you are right and, if not, what is likely wrong.
# These visible tests are worth part of the points; the rest are given for tests on other numbers,
# which run when your work is marked. So write functions that work for *any* input. Every question
# is marked on its own, and any correct way to the result counts. Stuck? Three hints unfold below
# each question, one after another.
#
# | Question | Function | Points |
# |---|---|---|
# | 1 · One layer, many inputs | `layer_forward` | 3 |
# | 2 · The logistic function and its slope | `logistic_and_slope` | 3 |
# | 3 · Five slopes | `slope` | 4 |
# | 4 · Two affine layers are one | `collapse` | 3 |
# | 5 · How many parameters | `parameter_count` | 2 |
# | 6 · XOR, set by hand | `xor_network` | 4 |
# | 7 · Straight lines from ReLUs | `relu_interpolant`, `sup_error` | 5 |
# | 8 · Decision regions | `decision_regions` | 4 |
# | 9 · Softmax | `softmax` | 3 |
# | 10 · What the theorem promises | in words | 4 |
#
# Conventions: N examples, D inputs, H hidden units, K classes. **Examples are rows** of `X`, shape
# (N, D). **Units are rows** of `W`, shape (H, D), as in `torch.nn.Linear`, and each unit has one
# bias: `b` has shape (H,). Here the bias stands apart from the weights. ReLU is
# $z_+ = \max(0, z)$.

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks


def pair(result):
    """The two results of a function, or (None, None) where there are not two."""
    return result if isinstance(result, (tuple, list)) and len(result) == 2 else (None, None)


# %% [markdown] nbgrader={"grade_id": "ask_layer", "locked": true}
# ## Question 1 · One layer, many inputs (3 points)
#
# For one input $x$ a layer answers $\sigma(Wx + b)$. Write `layer_forward(X, W, b, activation)`,
# the answers for all rows of `X` at once.
#
# - `X`: shape (N, D). `W`: shape (H, D), one row per unit. `b`: shape (H,), one entry per unit.
# - `activation`: a function that takes an array of any shape and treats every entry alike, such as
#   `np.tanh`.
# - Returned: shape (N, H). Row n holds the answers to `X[n]`. The arguments must stay as they were.
#
# Example: `X = [[1, 2]]`, `W = [[3, 1], [0, -2]]`, `b = [10, 1]` and $\sigma(z) = z$. Unit 0 has
# $3 \cdot 1 + 1 \cdot 2 + 10 = 15$, unit 1 has $0 - 4 + 1 = -3$. The answer is `[[15, -3]]`.
#
# <details><summary>Hint 1</summary>
#
# Entry (n, h) of the result, before the activation, is the dot product of row n of `X` and row h of
# `W`, plus entry h of `b`.
#
# <details><summary>Hint 2</summary>
#
# A matrix product takes rows of its left factor and *columns* of its right factor. What has to
# happen to `W` so that its rows become columns? Write the shapes of the three matrices below one
# another: (N, D), (?, ?), (N, H).
#
# <details><summary>Hint 3</summary>
#
# Adding an array of shape (H,) to one of shape (N, H) adds it to every row: NumPy lines shapes up
# from the right. The order is: product, then bias, then activation. For the example the product
# alone is `[[5, -4]]`.
#
# </details></details></details>


# %% nbgrader={"grade_id": "layer", "solution": true}
def layer_forward(X, W, b, activation):
    """Answers of a layer to every row of X.

    X: (N, D). W: (H, D), one row per unit. b: (H,). activation: entrywise function of arrays.
    Returns (N, H).
    """
    ### BEGIN SOLUTION
    return activation(X @ W.T + b)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_layer", "points": 1}
# Visible tests, 1 of 3 points: by hand. First as many units as inputs, then more examples.
from course_utils.multilayer import mistakes

hint = "the shapes did not fit. X is (N, D), W is (H, D), b is (H,): which of W's axes meets X's?"
X, W, b = np.array([[1.0, 2], [3, -4]]), np.array([[1.0, -1], [2, 0]]), np.array([0.5, -3])
for name, activation, answers in [
    ("the identity", lambda z: 1.0 * z, [[-0.5, -1], [7.5, 3]]),
    ("ReLU", lambda z: np.maximum(z, 0.0), [[0, 0], [7.5, 3]]),
]:
    what, wrong = f"layer_forward with {name}", mistakes.of_layer(X, W, b, activation)
    turned = "W Xᵀ has one row per unit, and b was added along the examples; rows are examples"
    wrong[turned] = activation(W @ X.T + b)
    got = checks.attempt(layer_forward, X, W, b, activation, what=what, hint=hint)
    checks.close(got, answers, what, rtol=1e-5, mistakes=wrong)
X = np.array([[1.0, 2, 0], [0, 0, 1], [1, 1, 1], [0, -1, 0]])
W, b = np.array([[1.0, -1, 2], [2, 0, -1]]), np.array([0.5, -3])
what = "layer_forward of four examples, three inputs, two units"
got = checks.attempt(layer_forward, X, W, b, np.sign, what=what, hint=hint)
wrong = mistakes.of_layer(X, W, b, np.sign)
checks.close(got, [[-1, -1], [1, -1], [1, -1], [1, -1]], what, rtol=1e-5, mistakes=wrong)
kept = X.copy(), W.copy(), b.copy()
layer_forward(X, W, b, np.sign)
for name, before, after in zip("XWb", kept, (X, W, b), strict=True):
    checks.unchanged(before, after, f"layer_forward, its argument {name}")
checks.passed("The layer is right by hand. The other 2 points: random shapes, tanh among others.")

# %% nbgrader={"grade_id": "hidden_layer", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import layers as reference
from course_utils.multilayer import mistakes

hint = "the shapes did not fit. X is (N, D), W is (H, D), b is (H,): which of W's axes meets X's?"
for n, d, h in [(1, 1, 1), (5, 2, 3), (4, 4, 4), (3, 6, 3), (20, 3, 1), (2, 5, 5)]:
    X, W, b = rng.normal(size=(n, d)), rng.normal(size=(h, d)), rng.normal(size=h)
    for activation in (np.tanh, lambda z: np.maximum(z, 0.0)):
        what = f"layer_forward, X ({n}, {d}), W ({h}, {d})"
        got = checks.attempt(layer_forward, X, W, b, activation, what=what, hint=hint)
        expected = reference.layer(X, W, b, activation)
        wrong = mistakes.of_layer(X, W, b, activation)
        checks.close(got, expected, what, rtol=1e-4, atol=1e-5, mistakes=wrong)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_logistic", "locked": true}
# ## Question 2 · The logistic function and its slope (3 points)
#
# With steepness $\beta > 0$ the logistic function is
# $$s(z) = \frac{1}{1 + \exp(-\beta z)}.$$
# Write `logistic_and_slope(z, beta)`, the function and its derivative by $z$.
#
# - `z`: array of shape (N,). `beta`: a positive number.
# - Returned: a pair `(value, slope)`, each of shape (N,). Both must be finite wherever
#   $|\beta z| \le 2000$. (A `RuntimeWarning` that NumPy prints costs nothing; a NaN does.)
#
# Example: at $z = 0$ the value is $\frac12$ for every $\beta$; for $\beta = 4$ the slope there
# is 1.
#
# <details><summary>Hint 1</summary>
#
# The chain rule: first the derivative of $1/(1 + \exp(-u))$ by $u$, at $u = \beta z$; then the
# derivative of $u$ by $z$.
#
# <details><summary>Hint 2</summary>
#
# The first factor can be written with the *value* $s$ alone, without another exponential: at
# $u = 0$, where $s = \frac12$, it is $\frac14$, and it goes to 0 where $s$ goes to 0 or to 1.
#
# <details><summary>Hint 3</summary>
#
# A formula with $\exp(-u)$ in numerator *and* denominator becomes ∞/∞ = NaN far out. Computed from
# $s$ it is 0 there. Check yours: for $\beta = 2$ at $z = 1$, the value is 0.8808 and the slope
# 0.2100.
#
# </details></details></details>


# %% nbgrader={"grade_id": "logistic", "solution": true}
def logistic_and_slope(z, beta):
    """Logistic function of steepness beta, and its derivative by z.

    z: (N,). beta: positive number.
    Returns (value, slope), (N,) each.
    """
    ### BEGIN SOLUTION
    value = 0.5 * (1 + np.tanh(0.5 * beta * z))
    return value, beta * value * (1 - value)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_logistic", "points": 1}
# Visible tests, 1 of 3 points: by hand, where the exponentials are 3, 1/√3 and 1/3; far out.
from course_utils.multilayer import function_mistakes as mistakes

hint = "z is an array: np.exp and np.tanh take arrays, the functions of `math` only single numbers"
what, z, beta = "logistic_and_slope", np.array([-1.0, 0.5, 1.0]), np.log(3)
found, found_slope = pair(checks.attempt(logistic_and_slope, z, beta, what=what, hint=hint))
single = {"end the function with both, `return value, slope`": False}
checks.equal(
    found is not None, True, f"{what} returns two results, (value, slope)", mistakes=single
)
values = [1 / 4, 1 / (1 + 3**-0.5), 3 / 4]
slopes = np.log(3) * np.array([3 / 16, 3**-0.5 / (1 + 3**-0.5) ** 2, 3 / 16])
wrong = mistakes.of_logistic(z, beta) | {"value and slope are swapped": slopes}
checks.close(found, values, "the value for β = ln 3", rtol=1e-5, mistakes=wrong)
wrong = mistakes.of_logistic_slope(z, beta)
checks.close(found_slope, slopes, "the slope for β = ln 3", rtol=1e-5, mistakes=wrong)
hint += "; and math.exp fails where np.exp gives ∞"
far = np.array([-1000.0, 1000.0])
found, found_slope = pair(
    checks.attempt(logistic_and_slope, far, 2.0, what=f"{what} far out", hint=hint)
)
checks.close(found, [0, 1], "the value at βz = ±2000", atol=1e-6)
overflow = {"NaN: far out your formula is ∞/∞ or ∞ · 0; compute the slope from s": [np.nan, 0]}
checks.close(found_slope, [0, 0], "the slope at βz = ±2000", atol=1e-6, mistakes=overflow)
checks.passed("Value and slope are right for β = ln 3. The other 2 points: other β, other z.")

# %% nbgrader={"grade_id": "hidden_logistic", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import activations as reference
from course_utils.multilayer import function_mistakes as mistakes

for n, beta in [(1, 1.0), (4, 0.3), (9, 2.5), (5, float(rng.uniform(0.5, 6)))]:
    z = rng.normal(size=n)
    found, found_slope = pair(logistic_and_slope(z.copy(), beta))
    expected = reference.logistic(beta)
    what = f"of logistic_and_slope for β = {beta:.3g}"
    wrong = mistakes.of_logistic(z, beta), mistakes.of_logistic_slope(z, beta)
    checks.close(found, expected.value(z), f"value {what}", rtol=1e-4, atol=1e-6, mistakes=wrong[0])
    checks.close(
        found_slope,
        expected.derivative(z),
        f"slope {what}",
        rtol=1e-4,
        atol=1e-6,
        mistakes=wrong[1],
    )
found, found_slope = pair(logistic_and_slope(np.array([-800.0, -400.0, 400.0, 800.0]), 2.5))
checks.close(found, [0, 0, 1, 1], "the value far out", atol=1e-6)
checks.close(found_slope, [0, 0, 0, 0], "the slope far out", atol=1e-6)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_slope", "locked": true}
# ## Question 3 · Five slopes (4 points)
#
# Write `slope(name, z)`, the derivatives of five activation functions.
#
# | `name` | for $z > 0$ | for $z \le 0$ |
# |---|---|---|
# | `"relu"` | $z$ | 0 |
# | `"leaky relu"` | $z$ | $0.1\,z$ |
# | `"tanh"` | $\tanh(z)$ | (the same) |
# | `"elu"` | $z$ | $\exp(z) - 1$ |
# | `"swish"` | $z / (1 + \exp(-z))$ | (the same) |
#
# - `z`: array of shape (N,), the *inputs* of the activation.
# - Returned: array of shape (N,). **At $z = 0$ take the slope of the right-hand column.** All must
#   be finite for $|z| \le 1000$.
#
# Example: `slope("relu", z)` for `z = [-2, 0, 3]` is `[0, 0, 1]`.
#
# <details><summary>Hint 1</summary>
#
# Differentiate the columns of the table, one after the other. `np.where(z > 0, a, b)` chooses
# between them entry by entry.
#
# <details><summary>Hint 2</summary>
#
# For tanh the derivative is often written with the output, $1 - y^2$. Here you get the input, so
# compute the output first. Swish is a product, $z \cdot s(z)$ with the logistic function $s$: the
# product rule gives two terms.
#
# <details><summary>Hint 3</summary>
#
# `np.where` computes both columns everywhere, so $\exp(1000)$ may overflow to ∞ in the column that
# is *not* chosen; that is harmless with `np.where`, but 0 · ∞ would be NaN. Check yours: at $z = 1$
# the slope of tanh is 0.4200 and that of swish 0.9277; at $z = -1$ that of ELU is 0.3679.
#
# </details></details></details>


# %% nbgrader={"grade_id": "slope", "solution": true}
def slope(name, z):
    """Derivative of an activation function at z.

    name: "relu", "leaky relu", "tanh", "elu" or "swish". z: (N,), the inputs of the activation.
    Returns (N,).
    """
    ### BEGIN SOLUTION
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if name == "leaky relu":
        return np.where(z > 0, 1.0, 0.1)
    if name == "elu":
        return np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)))
    if name == "tanh":
        return 1 - np.tanh(z) ** 2
    s = 0.5 * (1 + np.tanh(0.5 * z))
    return s + z * s * (1 - s)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_slope", "points": 2}
# Visible tests, 2 of 4 points: by hand, by central differences, at the kinks, far out.
from course_utils.multilayer import function_mistakes as mistakes

z, h = np.array([-1.5, -0.4, 0.3, 2.0]), 1e-6
functions = {
    "tanh": np.tanh,
    "elu": lambda z: np.where(z > 0, z, np.exp(z) - 1),
    "swish": lambda z: z / (1 + np.exp(-z)),
}
by_hand = {"relu": [0, 0, 1, 1], "leaky relu": [0.1, 0.1, 1, 1]}
by_differences = {name: (f(z + h) - f(z - h)) / (2 * h) for name, f in functions.items()}
hint = "`if z > 0` asks a whole array; np.where(z > 0, a, b) chooses entry by entry"
for name, wanted in (by_hand | by_differences).items():
    what, wrong = f"slope of {name}", mistakes.of_slope(name, z)
    got = checks.attempt(slope, name, z, what=what, hint=hint)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=wrong)
for name, wanted in {"relu": [0, 1], "leaky relu": [0.1, 1], "elu": [1, 1]}.items():
    at, what = np.array([0.0, 1.0]), f"slope of {name} at z = 0 and at z = 1"
    wrong = mistakes.of_slope(name, at)
    checks.close(slope(name, at.copy()), wanted, what, rtol=1e-5, mistakes=wrong)
for name, left in {"relu": 0, "leaky relu": 0.1, "tanh": 0, "elu": 0, "swish": 0}.items():
    got, right = slope(name, np.array([-1000.0, 1000.0])), 0 if name == "tanh" else 1
    wrong = {"NaN: is there 0 · ∞ or ∞/∞? Choose with np.where": [np.nan, right]}
    wrong |= {"NaN: is there 0 · ∞ or ∞/∞ on the right? Choose with np.where": [left, np.nan]}
    checks.close(got, [left, right], f"slope of {name} at ±1000", atol=1e-6, mistakes=wrong)
checks.passed("All five slopes are right here. The other 2 points: other z, of other number.")

# %% nbgrader={"grade_id": "hidden_slope", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import activations as reference
from course_utils.multilayer import function_mistakes as mistakes

NAMES = {"relu": "ReLU", "leaky relu": "leaky ReLU", "tanh": "tanh", "elu": "ELU", "swish": "swish"}
for n in (1, 7, 30):
    z = 3 * rng.normal(size=n)
    for name, theirs in NAMES.items():
        expected = reference.ACTIVATIONS[theirs].derivative(z)
        checks.close(
            slope(name, z.copy()),
            expected,
            f"slope of {name} at {n} random z",
            rtol=1e-4,
            atol=1e-6,
            mistakes=mistakes.of_slope(name, z),
        )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_collapse", "locked": true}
# ## Question 4 · Two affine layers are one (3 points)
#
# Without activations, layers $x \mapsto W_1x + b_1$, then $h \mapsto W_2h + b_2$, and so on, make
# one affine map $x \mapsto Wx + b$. Write `collapse(layers)`, which computes it.
#
# - `layers`: a list of one or more pairs `(W, b)`, **the first layer first**. A layer with D inputs
#   and H outputs has `W` of shape (H, D) and `b` of shape (H,); the next layer then has H inputs.
# - Returned: one pair `(W, b)`, of shapes (outputs of the last layer, inputs of the first) and
#   (outputs of the last layer,).
#
# Example: $h = 2x + 3$ and then $5h + 7$ make $10x + 22$. So
# `collapse([([[2]], [3]), ([[5]], [7])])` is `([[10]], [22])`. (The tests pass arrays.)
#
# <details><summary>Hint 1</summary>
#
# Put $h = W_1x + b_1$ into $W_2h + b_2$ and multiply out. Which terms contain $x$?
#
# <details><summary>Hint 2</summary>
#
# What the second layer does to $h$, it does to both parts of it: to $W_1x$ and to $b_1$. Matrix
# products do not commute, so look whether your formula has $W_2$ on the left.
#
# <details><summary>Hint 3</summary>
#
# For more layers keep what you have collapsed so far, a pair, and put the next layer on top of it,
# in a loop. Three layers $2x + 3$, $5h + 7$, $-h + 1$ give $-10x - 21$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "collapse", "solution": true}
def collapse(layers):
    """The one affine map that layers without activations amount to.

    layers: list of (W, b), the first layer first; W: (H, D), b: (H,).
    Returns (W, b).
    """
    ### BEGIN SOLUTION
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, V @ b + c
    return W, b
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_collapse", "points": 1}
# Visible tests, 1 of 3 points: two square layers by hand, three layers of other shapes, one layer.
from course_utils.multilayer import mistakes

hint = "the shapes did not fit. W₂ (K, H) times W₁ (H, D) is (K, D); W₂ times b₁ (H,) is (K,)"
two = [
    (np.array([[1.0, 2], [0, 1]]), np.array([1.0, -1])),
    (np.array([[0, 1.0], [3, 0]]), np.ones(2)),
]
W, b = pair(checks.attempt(collapse, two, what="collapse of two layers", hint=hint))
checks.equal(W is not None, True, "collapse returns a pair (W, b)")
of_w, of_b = mistakes.of_collapse(two)
checks.close(W, [[0, 1], [3, 6]], "W of two layers", rtol=1e-5, mistakes=of_w)
checks.close(b, [0, 4], "b of two layers", rtol=1e-5, mistakes=of_b)
three = [(np.array([[2.0, 0, 1], [1, 1, 0]]), np.array([3.0, 0]))]
three += [(np.array([[5.0, 1]]), np.array([7.0])), (np.array([[-1.0], [2]]), np.array([1.0, 0]))]
W, b = pair(checks.attempt(collapse, three, what="collapse of three layers", hint=hint))
wrong = {"only the first two layers were joined": [[11, 1, 5]]}
checks.close(
    W, [[-11, -1, -5], [22, 2, 10]], "W of layers 3 → 2 → 1 → 2", rtol=1e-5, mistakes=wrong
)
wrong = {"the first layer's bias was forgotten": [-6, 14], "only the last bias is there": [1, 0]}
checks.close(b, [-21, 44], "b of layers 3 → 2 → 1 → 2", rtol=1e-5, mistakes=wrong)
single = "a list of one layer is that layer: begin with the first, loop over the others"
W, b = pair(checks.attempt(collapse, three[:1], what="collapse of one layer", hint=single))
checks.close(W, three[0][0], "W of one layer alone", rtol=1e-5)
checks.close(b, three[0][1], "b of one layer alone", rtol=1e-5)
checks.passed("The layers collapse right. The other 2 points: random layers, up to five.")

# %% nbgrader={"grade_id": "hidden_collapse", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from itertools import pairwise

from course_utils.multilayer import layers as reference
from course_utils.multilayer import mistakes

hint = "the shapes did not fit. W₂ (K, H) times W₁ (H, D) is (K, D); W₂ times b₁ (H,) is (K,)"
for sizes in [(3, 3, 3), (2, 5, 1), (4, 1, 3, 2), (2, 2, 2, 2, 2, 2), (1, 4)]:
    stack = [(rng.normal(size=(h, d)), rng.normal(size=h)) for d, h in pairwise(sizes)]
    what = f"collapse of layers {' → '.join(map(str, sizes))}"
    given = [(V.copy(), c.copy()) for V, c in stack]
    W, b = pair(checks.attempt(collapse, given, what=what, hint=hint))
    expected, (of_w, of_b) = reference.collapse(stack), mistakes.of_collapse(stack)
    checks.close(W, expected.W, f"{what}, W", rtol=1e-4, atol=1e-4, mistakes=of_w)
    checks.close(b, expected.b, f"{what}, b", rtol=1e-4, atol=1e-4, mistakes=of_b)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_count", "locked": true}
# ## Question 5 · How many parameters (2 points)
#
# Write `parameter_count(sizes)`: how many weights and biases a fully connected network has.
#
# - `sizes`: a list of two or more whole numbers, the units of each layer from the input to the
#   output. Every unit, but for the inputs, has a weight for each unit of the layer before it and
#   one bias.
# - Returned: a whole number.
#
# Example: `[2, 3, 1]`. Three hidden units with 2 weights and a bias each, and an output with 3
# weights and a bias: $3 \cdot 3 + 1 \cdot 4 = 13$.
#
# <details><summary>Hint 1</summary>
#
# Go from each layer to the next. How many parameters has *one* unit of the next layer?
#
# <details><summary>Hint 2</summary>
#
# One per unit before it, and one more. How many such units are there?
#
# <details><summary>Hint 3</summary>
#
# Neighbours in a list come from `zip(sizes, sizes[1:])`. A network `[784, 10]`, without a hidden
# layer, has 7850 parameters.
#
# </details></details></details>


# %% nbgrader={"grade_id": "count", "solution": true}
def parameter_count(sizes):
    """Number of weights and biases of a fully connected network.

    sizes: units of every layer, from input to output.
    Returns a whole number.
    """
    ### BEGIN SOLUTION
    return sum((sizes[k - 1] + 1) * sizes[k] for k in range(1, len(sizes)))
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_count", "points": 1}
# Visible tests, 1 of 2 points: one hidden layer, none, and three.
from course_utils.multilayer import mistakes

hint = "sizes may hold two numbers or many: go through neighbours, and reach for no fixed place"
for sizes, wanted in [([4, 3, 2], 23), ([2, 3, 1], 13), ([784, 10], 7850), ([5, 7, 4, 2], 84)]:
    what, wrong = f"parameter_count({sizes})", mistakes.of_count(sizes)
    got = checks.attempt(parameter_count, list(sizes), what=what, hint=hint)
    checks.equal(got, wanted, what, mistakes=wrong)
checks.passed("The parameters are counted right. The other point: random networks.")

# %% nbgrader={"grade_id": "hidden_count", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import layers as reference
from course_utils.multilayer import mistakes

for depth in (2, 3, 4, 7):
    sizes = [int(size) for size in rng.integers(1, 300, size=depth)]
    checks.equal(
        parameter_count(list(sizes)),
        reference.parameter_count(sizes),
        f"parameter_count({sizes})",
        mistakes=mistakes.of_count(sizes),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_xor", "locked": true}
# ## Question 6 · XOR, set by hand (4 points)
#
# The chapter has networks for XOR on inputs 0 and 1. Now the inputs come as voltages: each is
# either `off` or `on`, two numbers with `off < on`. Write `xor_network(off, on)`: the weights of a
# network with one hidden layer of ReLU units that answers
# $$\hat y = w_2^\top (W_1x + b_1)_+ + b_2,$$
# **exactly 1 where one of the two inputs is on, and exactly 0 otherwise**. No training: write the
# numbers down as formulas of `off` and `on`.
#
# - Returned: `(W1, b1, w2, b2)`, shapes (H, 2), (H,), (H,) and one number; lists or arrays. Each
#   **row** of `W1` is a hidden unit. $H = 2$ is enough; more is allowed.
#
# There are many right answers; any of them counts.
#
# Example: for `off = -1`, `on = 1` the four outputs, on $(-1, -1)$, $(-1, 1)$, $(1, -1)$ and
# $(1, 1)$, have to be 0, 1, 1, 0.
#
# <details><summary>Hint 1</summary>
#
# XOR asks whether the inputs differ. Which quantity is 0 when they are equal, and what values does
# it take when they are not?
#
# <details><summary>Hint 2</summary>
#
# $x_1 - x_2$ is 0, or plus or minus the same number. What turns both signs into the same value? Two
# ReLU units can do it, one for each sign.
#
# <details><summary>Hint 3</summary>
#
# The absolute value of $z$ is $z_+ + (-z)_+$. For off = −1 and on = 1 it comes out as 0, 2, 2, 0:
# which factor makes it 0, 1, 1, 0, and where in the network can it stand? How does it depend on
# `off` and `on`?
#
# </details></details></details>


# %% nbgrader={"grade_id": "xor", "solution": true}
def xor_network(off, on):
    """ReLU network with one hidden layer that computes XOR of inputs that are off or on.

    off, on: numbers, off < on.
    Returns (W1, b1, w2, b2): (H, 2), (H,), (H,), one number.
    """
    ### BEGIN SOLUTION
    W1 = np.array([[1.0, -1.0], [-1.0, 1.0]]) / (on - off)
    return W1, np.zeros(2), np.ones(2), 0.0
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_xor", "points": 2}
# Visible tests, 2 of 4 points: logic levels 0 and 1, then −1 and 1, then 0 and 5 volts.
from course_utils.multilayer import handmade

for off, on in [(0.0, 1.0), (-1.0, 1.0), (0.0, 5.0)]:
    handmade.check_xor(xor_network(off, on), off, on)
checks.passed("XOR is right on three pairs of levels. The other 2 points: levels drawn at random.")

# %% nbgrader={"grade_id": "hidden_xor", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import handmade

for _ in range(6):
    off = round(float(rng.uniform(-5, 5)), 2)
    on = round(off + float(rng.uniform(0.5, 6)), 2)
    handmade.check_xor(xor_network(off, on), off, on)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_interpolant", "locked": true}
# ## Question 7 · Straight lines from ReLUs (5 points)
#
# Points $(x_0, y_0), \dots, (x_{K-1}, y_{K-1})$ are given. Joining neighbours with straight lines
# gives a function that is a sum of triangles, and a network with one hidden layer of ReLU units
# can be that function. Write two functions; both belong to this question.
#
# `relu_interpolant(x, y)`: the weights of such a network,
# $\hat y(t) = \sum_h w_{2,h}\,(w_{1,h}\,t + b_{1,h})_+ + b_2$.
#
# - `x`, `y`: arrays of shape (K,), $K \ge 2$, `x` increasing, **not** equally spaced in general.
# - Returned: `(w1, b1, w2, b2)`, shapes (H,), (H,), (H,) and one number. $H = K - 1$ is enough.
#   Only $x_0 \le t \le x_{K-1}$ counts.
#
# `sup_error(f, g, left, right, count)`: the sup norm of $f - g$, measured on a grid: the largest
# distance of `f(t)` and `g(t)` over `count` equally spaced `t` from `left` to `right`, both
# included.
#
# - `f`, `g`: functions from arrays of shape (N,) to arrays of shape (N,).
# - Returned: one number.
#
# Example: through $(0, 1)$, $(2, 5)$, $(3, 4)$ the slopes are 2 and −1. The network
# $1 + 2\,(t)_+ - 3\,(t - 2)_+$ passes through all three. And for $f(t) = t$, $g(t) = 0$ from −3
# to 2, the sup error is 3.
#
# <details><summary>Hint 1</summary>
#
# A unit $(t - x_k)_+$ is 0 up to $x_k$ and has slope 1 from there on, *for ever*. Let one unit
# begin at the start of every piece.
#
# <details><summary>Hint 2</summary>
#
# On piece k, all units 0 … k are on, and their output weights add up to the slope. So in the
# example the weight at $t = 2$ is not −1 but −3: from slope 2 to slope −1.
#
# <details><summary>Hint 3</summary>
#
# Slopes: `np.diff(y)` over `np.diff(x)`. Their changes: `np.diff` once more, but the first unit
# changes the slope from 0. At $t = x_0$ all units are off: what is left is $b_2$. For the error:
# first the difference, then its absolute value, then the maximum.
#
# </details></details></details>


# %% nbgrader={"grade_id": "interpolant", "solution": true}
def relu_interpolant(x, y):
    """One-hidden-layer ReLU network through points, straight between them.

    x, y: (K,), x increasing.
    Returns (w1, b1, w2, b2): (H,), (H,), (H,), one number.
    """
    ### BEGIN SOLUTION
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]
    ### END SOLUTION


def sup_error(f, g, left, right, count):
    """Largest distance of f and g on count equally spaced points from left to right.

    f, g: functions of arrays (N,). Returns a number.
    """
    ### BEGIN SOLUTION
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_interpolant", "points": 2}
# Visible tests, 2 of 5 points: the example, a triangle, uneven gaps; then two distances.
from course_utils.multilayer import function_mistakes, handmade, mistakes

hint = "the shapes did not fit: K points have K − 1 slopes, and K − 2 changes after the first"
for x, y in [([0, 0.5, 2, 2.5], [-1, 1, 1, 3]), ([0, 2, 3], [1, 5, 4]), ([-1, 0, 1], [0, 1, 0])]:
    x, y, what = np.array(x, dtype=float), np.array(y, dtype=float), "relu_interpolant"
    network = checks.attempt(relu_interpolant, x, y, what=what, hint=hint)
    handmade.check_interpolant(network, x, y)
hint = "f and g take arrays: make the points with np.linspace, and call each function once"
for name, f, g, left, right, wanted in [
    ("t² + 1 and 1", lambda t: t**2 + 1, lambda t: 0 * t + 1, -1.0, 3.0, 9.0),
    ("t and 5 − (t − 1)²", lambda t: t, lambda t: 5 - (t - 1) ** 2, 0.0, 2.0, 4.25),
    ("t and −2t", lambda t: t, lambda t: -2 * t, -3.0, 1.0, 9.0),
]:
    what, t = f"sup_error of {name} from {left:g} to {right:g}", np.linspace(left, right, 21)
    got = checks.attempt(sup_error, f, g, left, right, 21, what=what, hint=hint)
    wrong = function_mistakes.of_sup_error(f, g, t)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=wrong)
checks.passed("Networks and distances are right. The other 3 points: random points and functions.")

# %% nbgrader={"grade_id": "hidden_interpolant", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import function_mistakes, handmade, mistakes

hint = "the shapes did not fit: K points have K − 1 slopes, and K − 2 changes after the first"
for count in (2, 3, 5, 12):
    x, y = np.cumsum(rng.uniform(0.3, 2, size=count)) - 3, rng.normal(size=count)
    what = f"relu_interpolant through {count} points"
    network = checks.attempt(relu_interpolant, x, y, what=what, hint=hint)
    handmade.check_interpolant(network, x, y)
hint = "f and g take arrays: make the points with np.linspace, and call each function once"
(a, c), left = rng.uniform(1, 2, size=2), float(rng.uniform(-1, 0))
right = left + float(rng.uniform(1, 2))
rising, falling = lambda t: np.exp(a * t), lambda t: -c * t - 1  # farthest apart at the right end
wave, line = lambda t: np.sin(4 * a * t), lambda t: c * t + 0.5
middle = (left + right) / 2  # 11 points have one on the hill's top, 12 have none
hill, flat = lambda t: c / (1 + 40 * (t - middle) ** 2), lambda t: 0 * t - a
for f, g in [(rising, falling), (falling, rising), (wave, line), (line, wave), (hill, flat)]:
    for count in (2, 11, 400):
        t, what = np.linspace(left, right, count), f"sup_error on {count} points"
        got = checks.attempt(sup_error, f, g, left, right, count, what=what, hint=hint)
        wrong = function_mistakes.of_sup_error(f, g, t)
        checks.close(got, np.abs(f(t) - g(t)).max(), what, rtol=1e-4, mistakes=wrong)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_regions", "locked": true}
# ## Question 8 · Decision regions (4 points)
#
# A network for K classes has one hidden layer of ReLU units and K outputs, its scores. It decides
# for the class with the **largest score**. To draw its decision regions one asks it at every point
# of a grid. Write `decision_regions(W1, b1, W2, b2, xs, ys)`.
#
# - `W1`: shape (H, 2), `b1`: (H,), `W2`: (K, H), `b2`: (K,).
# - `xs`: shape (A,), the first coordinates of the grid; `ys`: shape (B,), the second ones.
# - Returned: whole numbers 0 … K−1 of shape **(B, A)**. Entry (i, j) is the class of the point
#   `(xs[j], ys[i])`: rows go with y, columns with x, as in a picture.
#
# This question is marked on its own: write the layers out, do not call the function of question 1.
#
# Example: one hidden unit $(x - 1)_+$ and scores $(0.5, h)$: class 1 where $x > 1.5$. For
# `xs = [0, 1, 2]`, `ys = [7, 8]` the answer is `[[0, 0, 1], [0, 0, 1]]`.
#
# <details><summary>Hint 1</summary>
#
# Turn the grid into a list of points, shape (B·A, 2), run the two layers on all of them at once,
# and bring the result back to the grid's shape.
#
# <details><summary>Hint 2</summary>
#
# `np.meshgrid(xs, ys)` gives two arrays of shape (B, A): the first coordinates and the second ones.
# `ravel()` makes each one long list. The two lists become the columns of the points.
#
# <details><summary>Hint 3</summary>
#
# Scores have shape (B·A, K): one row per point. The class is the *index* of the largest entry of
# each row (which axis is that?), B·A numbers, which `reshape` lays out as B rows of A.
#
# </details></details></details>


# %% nbgrader={"grade_id": "regions", "solution": true}
def decision_regions(W1, b1, W2, b2, xs, ys):
    """Class of every point of a grid, by a network with one hidden layer of ReLU units.

    W1: (H, 2). b1: (H,). W2: (K, H). b2: (K,). xs: (A,). ys: (B,).
    Returns whole numbers 0 … K-1, (B, A).
    """
    ### BEGIN SOLUTION
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(ys), len(xs))
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_regions", "points": 1}
# Visible tests, 1 of 4 points: the example, and three classes on a small grid, by hand.
from course_utils.multilayer import mistakes

hint = "the shapes did not fit. Points (B·A, 2), hidden (B·A, H), scores (B·A, K), classes (B, A)"
W1, b1, W2, b2 = np.array([[1.0, 0]]), np.array([-1.0]), np.array([[0.0], [1]]), np.array([0.5, 0])
xs, ys, what = np.array([0.0, 1, 2]), np.array([7.0, 8]), "decision_regions of the example"
got = checks.attempt(decision_regions, W1, b1, W2, b2, xs, ys, what=what, hint=hint)
wrong = mistakes.of_regions(W1, b1, W2, b2, xs, ys)
checks.close(got, [[0, 0, 1], [0, 0, 1]], what, mistakes=wrong)
# Hidden units (x)₊ and (y − 1)₊, scores 1 − (x)₊/2, (x)₊ and 2 (y − 1)₊.
W1, b1, W2 = np.eye(2), np.array([0.0, -1]), np.array([[-0.5, 0], [1, 0], [0, 2]])
xs, ys, b2 = np.array([-5.0, 0.5, 2]), np.array([-2.0, 1.75, 3]), np.array([1.0, 0, 0])
what = "decision_regions of three classes"
got = checks.attempt(decision_regions, W1, b1, W2, b2, xs, ys, what=what, hint=hint)
wrong = mistakes.of_regions(W1, b1, W2, b2, xs, ys)
checks.close(got, [[0, 0, 1], [2, 2, 1], [2, 2, 2]], what, mistakes=wrong)
checks.passed("The regions are right by hand. The other 3 points: random networks and grids.")

# %% nbgrader={"grade_id": "hidden_regions", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import layers as reference
from course_utils.multilayer import mistakes, regions

hint = "the shapes did not fit. Points (B·A, 2), hidden (B·A, H), scores (B·A, K), classes (B, A)"
for h, k, a, b in [(6, 4, 15, 12), (8, 3, 9, 9), (3, 2, 4, 7), (1, 3, 5, 2), (5, 2, 1, 8)]:
    expected = None
    while expected is None or (h > 3 and k > 2 and expected.max() < 2):  # there is a third class
        W1, b1, W2, b2 = (rng.normal(size=shape) for shape in [(h, 2), h, (k, h), k])
        b2 = b2 - 6  # most scores are negative
        xs, ys = np.sort(rng.uniform(-3, 3, size=a)), np.sort(rng.uniform(-3, 3, size=b))

        def scores(X, layers=((W1, b1), (W2, b2))):
            return reference.forward(X, layers, lambda z: np.maximum(z, 0))[-1]

        expected = regions.classes_on_grid(scores, xs, ys)
    what = f"decision_regions, {h} hidden units, {k} classes, {a} xs, {b} ys"
    got = checks.attempt(decision_regions, W1, b1, W2, b2, xs, ys, what=what, hint=hint)
    wrong = mistakes.of_regions(W1, b1, W2, b2, xs, ys)
    checks.close(got, expected, what, mistakes=wrong)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_softmax", "locked": true}
# ## Question 9 · Softmax (3 points)
#
# Softmax turns the K scores of an example into probabilities of the classes:
# $$p_k = \frac{\exp(z_k)}{\sum_{j} \exp(z_j)}.$$
# Write `softmax(Z)`, for many examples at once.
#
# - `Z`: shape (N, K), one example per **row**. Scores may be as large as ±1000, and in one array
#   large and small.
# - Returned: shape (N, K). Every row sums to 1. No entry may be NaN.
#
# Example: the scores $\ln 1, \ln 2, \ln 5$ become $\frac18, \frac28, \frac58$.
#
# <details><summary>Hint 1</summary>
#
# First compute the formula for scores of moderate size. The sum runs over the entries of a row:
# which axis is that, and what shape must the sums have so that dividing by them goes row by row?
#
# <details><summary>Hint 2</summary>
#
# `keepdims=True` keeps the summed axis with length 1: (N, 1) instead of (N,). Now the large scores:
# what happens to $p_k$ when the same number is added to all scores of a row?
#
# <details><summary>Hint 3</summary>
#
# Nothing: the factor $\exp(c)$ cancels. So choose the number, for each row its own, such that the
# largest score becomes 0. Then no exponential is larger than 1, and every sum is at least 1.
# `[[1000, 1000]]` has to give `[[0.5, 0.5]]`.
#
# </details></details></details>


# %% nbgrader={"grade_id": "softmax", "solution": true}
def softmax(Z):
    """Probabilities of the classes, row by row.

    Z: (N, K), scores of any size.
    Returns (N, K); rows sum to 1.
    """
    ### BEGIN SOLUTION
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_softmax", "points": 1}
# Visible tests, 1 of 3 points: by hand, then with scores of ±1000.
from course_utils.multilayer import function_mistakes, mistakes

hint = "the shapes did not fit: the sums of N rows have shape (N,), but (N, 1) divides row by row"
for Z, wanted in [
    (np.log([[1.0, 2, 5], [3, 3, 2]]), [[1 / 8, 2 / 8, 5 / 8], [3 / 8, 3 / 8, 2 / 8]]),
    (np.log([[1.0, 3], [1, 1]]), [[1 / 4, 3 / 4], [1 / 2, 1 / 2]]),
]:
    what = f"softmax of {len(Z)} examples, {Z.shape[1]} classes"
    got = checks.attempt(softmax, Z, what=what, hint=hint)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=function_mistakes.of_softmax(Z))
Z, e = np.array([[1000.0, 1000], [-1000, 0], [-1000, -1001]]), np.e
wanted = [[0.5, 0.5], [0, 1], [e / (e + 1), 1 / (e + 1)]]
wrong = function_mistakes.of_softmax_far_out(Z)
checks.close(softmax(Z), wanted, "softmax with scores of ±1000", rtol=1e-5, mistakes=wrong)
checks.passed("Softmax is right, also far out. The other 2 points: random scores and shapes.")

# %% nbgrader={"grade_id": "hidden_softmax", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.multilayer import function_mistakes, mistakes
from course_utils.multilayer import softmax as reference

hint = "the shapes did not fit: the sums of N rows have shape (N,), but (N, 1) divides row by row"
for n, k, scale in [(1, 1, 1.0), (1, 4, 1.0), (6, 3, 2.0), (4, 4, 1.0)]:
    Z = scale * rng.normal(size=(n, k))
    what = f"softmax of {n} examples, {k} classes"
    got = checks.attempt(softmax, Z, what=what, hint=hint)
    wrong = function_mistakes.of_softmax(Z)
    checks.close(got, reference.softmax(Z), what, rtol=1e-4, atol=1e-6, mistakes=wrong)
Z = rng.normal(size=(5, 4)) + rng.uniform(900, 1000, size=(5, 1)) * [[-1], [1], [0], [1], [-1]]
got = checks.attempt(softmax, Z, what="softmax of large scores", hint=hint)
wrong, what = function_mistakes.of_softmax_far_out(Z), "softmax of scores up to ±1000"
checks.close(got, reference.softmax(Z), what, rtol=1e-4, atol=1e-6, mistakes=wrong)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_explain", "locked": true}
# ## Question 10 · What the theorem promises (4 points, marked by a person)
#
# A classmate says: "By the universal approximation theorem a network with one hidden layer learns
# any function. So more layers are pointless, and if my network is wrong on new data, training was
# only too short."
#
# Answer in at most 150 words: what of this follows from the theorem, and what does not?
#
# Who earns which point:
#
# 1. The theorem is stated: for which functions, on which inputs, how near, and with what left open.
# 2. "Learns" is taken apart: what the theorem says of training.
# 3. "Wrong on new data" is taken apart: what the theorem says of points that were not given.
# 4. "More layers are pointless" is answered with a number or a formula for the size of some
#    network, such as one in the chapter.

# %% [markdown] nbgrader={"grade_id": "explain", "grade": true, "solution": true, "points": 4}
# ### BEGIN SOLUTION
# The theorem: for a continuous function on a closed and bounded set, such as $[0, 1]^d$, and any
# $\varepsilon > 0$ there *are* a width and weights of one hidden layer (of an activation that is no
# polynomial) with an error below $\varepsilon$ everywhere on the set. (1 point; needs continuous,
# bounded set, uniform, and that the width is left open.)
#
# It says that such weights exist, not how to find them. The loss is not convex, and gradient
# descent may end elsewhere. (1 point)
#
# It speaks of a function that is known everywhere. From finitely many examples many networks pass
# through all of them and differ in between: longer training may fit the examples, and their noise,
# better and be worse on new data. (1 point)
#
# Nor does it bound the width by anything useful. With $n$ pieces per axis the towers of the chapter
# need $n^d$ units: $10^{10}$ for ten inputs and ten pieces. Several layers can reuse what earlier
# ones compute and may need far fewer units. (1 point for a size and what follows from it.)
# ### END SOLUTION
