# ---
# jupyter:
#   course:
#     withhold: [backpropagation, dual, gradcheck]
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
# # 5 · Derivatives by machine
#
# Write your answers where the cells say `raise NotImplementedError`. Below each one stands a cell
# with tests: run it, and it tells you whether you are right and, if not, what is likely wrong.
# When your work is marked, further tests run on other numbers, so write functions that work for
# *any* input. Every question is marked on its own, and any correct way to the result counts.
# Stuck? Three hints unfold below each question, one after another.
#
# | Question | Function | Points |
# |---|---|---|
# | 1 · Dual numbers | `dual_sum` and four more | 3 |
# | 2 · A polynomial of a dual number | `dual_polynomial` | 2 |
# | 3 · Central differences and their best step | `central_difference`, `best_step` | 3 |
# | 4 · Two layers by hand | `two_layer_gradient` | 5 |
# | 5 · Backward through a matrix product | `matmul_vjp` | 2 |
# | 6 · Backward through a sum and a stretch | `sum_vjp`, `stretch_vjp` | 3 |
# | 7 · Backward through softmax and cross-entropy | `cross_entropy_vjp` | 3 |
# | 8 · A gradient checker | `check_gradient` | 3 |
# | 9 · A tiny engine | `gradients` | 5 |
# | 10 · Which mode? | in words | 4 |
#
# Words: the **adjoint** of a quantity $v$ is $\bar v = \partial L/\partial v$, the derivative of
# the one number at the end by $v$. It has the shape of $v$. In the code, `G` is the adjoint of an
# operation's result. ReLU is $\max(0, e)$, with the slope 0 at $e = 0$.

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks

# %% [markdown] nbgrader={"grade_id": "ask_dual", "locked": true}
# ## Question 1 · Dual numbers (3 points)
#
# A dual number $a + b\varepsilon$, with $\varepsilon^2 = 0$, is a pair `(a, b)` here. Write five
# functions that take dual numbers and return one:
#
# - `dual_sum(z, w)`, `dual_product(z, w)`, `dual_quotient(z, w)`: $z + w$, $z\,w$, $z / w$.
# - `dual_exp(z)`, `dual_sin(z)`: by $f(a + b\varepsilon) = f(a) + f'(a)\,b\,\varepsilon$.
#
# `z` and `w` are pairs of numbers, the first part of a divisor is not 0, and angles are in radians.
# Returned: a pair `(value, slope)`. Pairs are tuples: `z + w` would join them to four numbers, so
# take them apart first, `a, b = z`.
#
# Example: multiplied out, $(2 + 3\varepsilon)(4 + 5\varepsilon)$ has the terms 8,
# $10\varepsilon$, $12\varepsilon$ and $15\varepsilon^2 = 0$. So `dual_product((2, 3), (4, 5))`
# is `(8, 22)`.
#
# <details><summary>Hint 1</summary>
#
# Multiply out as you would with any numbers, and drop what has $\varepsilon^2$. What is left with
# $\varepsilon$ is a rule you know from school.
#
# <details><summary>Hint 2</summary>
#
# For the quotient, multiply above and below by $c - d\varepsilon$. What becomes of the denominator?
#
# <details><summary>Hint 3</summary>
#
# For $(2 + 3\varepsilon) / (4 + 5\varepsilon)$ the denominator becomes 16, and above it stands $(2
# + 3\varepsilon)(4 - 5\varepsilon)$, which is $8 + 2\varepsilon$. For a function such as exp, the
# slope $b$ that came in is multiplied by the slope of the function: this is the chain rule.
#
# </details></details></details>


# %% nbgrader={"grade_id": "dual", "solution": true}
def dual_sum(z, w):
    """Sum of two dual numbers, pairs (a, b)."""
    ### BEGIN SOLUTION
    return (z[0] + w[0], z[1] + w[1])
    ### END SOLUTION


def dual_product(z, w):
    """Product of two dual numbers, pairs (a, b)."""
    ### BEGIN SOLUTION
    return (z[0] * w[0], z[0] * w[1] + z[1] * w[0])
    ### END SOLUTION


def dual_quotient(z, w):
    """Quotient z / w of two dual numbers, pairs (a, b); w[0] is not 0."""
    ### BEGIN SOLUTION
    return (z[0] / w[0], (z[1] * w[0] - z[0] * w[1]) / w[0] ** 2)
    ### END SOLUTION


def dual_exp(z):
    """Exponential of a dual number, a pair (a, b)."""
    ### BEGIN SOLUTION
    return (np.exp(z[0]), np.exp(z[0]) * z[1])
    ### END SOLUTION


def dual_sin(z):
    """Sine of a dual number, a pair (a, b), in radians."""
    ### BEGIN SOLUTION
    return (np.sin(z[0]), np.cos(z[0]) * z[1])
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_dual", "points": 1}
# Visible tests: by hand.
from course_utils.backpropagation.mistakes import rules

z, w = (2.0, 3.0), (4.0, 5.0)
e, s, c = np.exp(2.0), np.sin(2.0), np.cos(2.0)
hint = "z and w are tuples; take them apart first, `a, b = z`, and calculate with the numbers"
for function, numbers, expected, what, mistakes in [
    (dual_sum, (z, w), (6, 8), "dual_sum((2, 3), (4, 5))", rules.total(z, w)),
    (dual_product, (z, w), (8, 22), "dual_product((2, 3), (4, 5))", rules.product(z, w)),
    (dual_quotient, (z, w), (0.5, 0.125), "dual_quotient((2, 3), (4, 5))", rules.quotient(z, w)),
    (dual_exp, (z,), (e, 3 * e), "dual_exp((2, 3))", rules.exponential(z)),
    (dual_sin, (z,), (s, 3 * c), "dual_sin((2, 3))", rules.sine(z)),
]:
    got = checks.attempt(function, *numbers, what=what, hint=hint)
    checks.close(got, expected, what, rtol=1e-5, mistakes=mistakes)
checks.passed("Five rules are right by hand. 1 of 3 points; the rest is for random numbers.")

# %% nbgrader={"grade_id": "hidden_dual", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation.mistakes import rules
from course_utils.dual import Dual

for _ in range(10):
    z = float(rng.normal()), float(rng.normal())
    w = float(rng.choice([-1, 1]) * rng.uniform(0.3, 2)), float(rng.normal())
    u, v = Dual(*z), Dual(*w)
    for got, expected, name, mistakes in [
        (dual_sum(z, w), u + v, "dual_sum", rules.total(z, w)),
        (dual_product(z, w), u * v, "dual_product", rules.product(z, w)),
        (dual_quotient(z, w), u / v, "dual_quotient", rules.quotient(z, w)),
        (dual_exp(z), np.exp(u), "dual_exp", rules.exponential(z)),
        (dual_sin(z), np.sin(u), "dual_sin", rules.sine(z)),
    ]:
        checks.close(
            got,
            (float(expected.value), float(expected.tangent[0])),
            f"{name} of random dual numbers",
            rtol=1e-4,
            atol=1e-5,
            mistakes=mistakes,
        )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_polynomial", "locked": true}
# ## Question 2 · A polynomial of a dual number (2 points)
#
# Write `dual_polynomial(c, z)`: the polynomial $P(x) = c_0 + c_1x + \dots + c_nx^n$ at the dual
# number $z = a + b\varepsilon$, which is $P(a) + P'(a)\,b\,\varepsilon$.
#
# - `c`: array of shape (n + 1,), $n \ge 0$, **the constant first**. `z`: a pair `(a, b)`.
# - Returned: a pair of numbers, $P(a)$ and $P'(a)\,b$.
#
# This question is marked on its own: do not call the functions of question 1. Either calculate with
# pairs all the way (then no derivative has to be known), or use what you know of polynomials.
#
# Example: `c = [1, 2, 3]`, `z = (2, 5)`. $P(2) = 1 + 4 + 12 = 17$ and $P'(2) = 2 + 6\cdot2 = 14$,
# so the result is `(17, 70)`.
#
# <details><summary>Hint 1</summary>
#
# Horner's way needs one product and one sum a step: $c_0 + x\,(c_1 + x\,(c_2 + \dots))$. Start
# with the last coefficient.
#
# <details><summary>Hint 2</summary>
#
# Keep a dual number `(value, slope)`, at first `(0, 0)`. Each step multiplies it by $(a, b)$ and
# adds a coefficient, which is a constant: what is its slope?
#
# <details><summary>Hint 3</summary>
#
# In the example: $(0, 0)$, then $(3, 0)$, then $(3, 0)\cdot(2, 5) + (2, 0) = (8, 15)$, then
# $(8, 15)\cdot(2, 5) + (1, 0) = (17, 70)$. The new slope is computed with the *old* value.
#
# </details></details></details>


# %% nbgrader={"grade_id": "polynomial", "solution": true}
def dual_polynomial(c, z):
    """The polynomial c[0] + c[1] x + … + c[n] x^n at a dual number.

    c: (n + 1,), the constant first. z: a pair (a, b).
    Returns the pair (P(a), P'(a) b).
    """
    ### BEGIN SOLUTION
    a, b = z
    value, slope = 0.0, 0.0
    for coefficient in reversed(c):
        value, slope = value * a + coefficient, slope * a + value * b
    return (value, slope)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_polynomial", "points": 1}
# Visible tests: by hand. A quadratic, a constant, and a cubic at a = 0.
from course_utils.backpropagation.mistakes import rules

hint = "the constant has no part in P′, so start there with k = 1: a ** -1 is no number at a = 0"
for c, z, expected in [
    ([1.0, 2.0, 3.0], (2.0, 5.0), (17, 70)),
    ([4.0], (2.0, 5.0), (4, 0)),
    ([1.0, -2.0, 3.0, 1.0], (0.0, 0.5), (1, -1)),
]:
    c = np.array(c)
    what, mistakes = f"dual_polynomial({c.tolist()}, {z})", rules.polynomial(c, z)
    got = checks.attempt(dual_polynomial, c, z, what=what, hint=hint)
    checks.close(got, expected, what, rtol=1e-5, mistakes=mistakes)
checks.passed("Right by hand. 1 of 2 points; the other is for random polynomials.")

# %% nbgrader={"grade_id": "hidden_polynomial", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation.mistakes import rules
from course_utils.dual import Dual

for n in [1, 2, 3, 5, 7]:
    c, z = rng.normal(size=n + 1), (float(rng.uniform(-1.5, 1.5)), float(rng.normal()))
    x = Dual(*z)
    y = c[0] + sum(c[k] * x**k for k in range(1, n + 1))
    checks.close(
        dual_polynomial(c.copy(), z),
        (float(y.value), float(y.tangent[0])),
        f"dual_polynomial of degree {n} on random numbers",
        rtol=1e-4,
        atol=1e-5,
        mistakes=rules.polynomial(c, z),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_difference", "locked": true}
# ## Question 3 · Central differences and their best step (3 points)
#
# Write two functions.
#
# `central_difference(f, x, h)`: $\displaystyle\frac{f(x + h) - f(x - h)}{2h}$. `f` is a function of
# one number, `x` and `h` are numbers. Returned: one number.
#
# `best_step(value, third, eps)`: the step $h > 0$ at which this bound on the error of a central
# difference is least:
#
# $$E(h) = \frac{h^2\,|f'''(x)|}{6} + \frac{\epsilon\,|f(x)|}{2h}.$$
#
# The first term is what Taylor's series leaves over, the second the rounding of $f$. `value` is
# $f(x)$ and `third` is $f'''(x)$, numbers of either sign, not 0. `eps` is $\epsilon > 0$. Returned:
# one number.
#
# Example: for $f(x) = x^3$, `central_difference(f, 2, 0.5)` is $(15.625 - 3.375)/1 = 12.25$. For
# `value = -16`, `third = 3`, `eps = 1e-6` the best step is 0.02: there $E = 0.0006$, and at twice
# or half that step it is larger.
#
# <details><summary>Hint 1</summary>
#
# $E$ is large for very small and for very large $h$. In between it has one minimum, where
# $E'(h) = 0$.
#
# <details><summary>Hint 2</summary>
#
# $E'(h) = h\,|f'''|/3 - \epsilon\,|f|/(2h^2)$. Set it to 0 and solve for $h^3$.
#
# <details><summary>Hint 3</summary>
#
# In the example, $h = 10^{-6}\cdot16/(2h^2)$, so $h^3 = 8\cdot10^{-6}$. Cube roots are `np.cbrt`.
# Without the absolute values $h^3$ would be negative here, and in Python the power `** (1/3)` of a
# negative number is complex.
#
# </details></details></details>


# %% nbgrader={"grade_id": "difference", "solution": true}
def central_difference(f, x, h):
    """Central difference of a function f of one number, at x, with the step h."""
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION


def best_step(value, third, eps):
    """Step h > 0 at which h² |third| / 6 + eps |value| / (2h) is least.

    value: f(x). third: the third derivative of f at x. eps: relative rounding error.
    """
    ### BEGIN SOLUTION
    return (1.5 * eps * abs(value / third)) ** (1 / 3)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_difference", "points": 1}
# Visible tests: by hand, and the slope of E on both sides of the best step.
from course_utils.backpropagation.mistakes import rules

for f, x, h, expected, name in [
    (lambda x: x**3, 2.0, 0.25, 12.0625, "x³"),
    (lambda x: x**2 - 3 * x, -1.0, 0.5, -5.0, "x² − 3x"),
]:
    what, mistakes = f"central_difference of {name} at {x:g}, h = {h}", rules.central(f, x, h)
    checks.close(central_difference(f, x, h), expected, what, rtol=1e-5, mistakes=mistakes)
for arguments, expected in [((-16.0, 3.0, 1e-6), 0.02), ((2.0, -24.0, 1e-3), 0.05)]:
    what, mistakes = f"best_step{arguments}", rules.step(*arguments)
    got = best_step(*arguments)
    checks.close(got, expected, what, rtol=1e-4, atol=0, mistakes=mistakes)
checks.passed("Right by hand. 1 of 3 points; the rest is for random functions and numbers.")

# %% nbgrader={"grade_id": "hidden_difference", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation import differences as reference
from course_utils.backpropagation.mistakes import rules

for sign in (1, -1, 1, -1, 1):
    x, h, k = (float(v) for v in rng.uniform(0.2, 1.0, size=3))

    def f(x, k=k):
        return np.exp(k * x) + np.sin(x)

    checks.close(
        central_difference(f, x, h),
        reference.central_difference(f, x, h),
        "central_difference of exp(kx) + sin x, random k, x and h",
        rtol=1e-4,
        mistakes=rules.central(f, x, h),
    )
    value, third = (float(v) for v in rng.uniform(0.1, 9, size=2) * [sign, 1])
    checks.close(
        best_step(value, third, reference.EPSILON),
        reference.best_central_step(value, third),
        "best_step on random numbers",
        rtol=1e-3,
        atol=0,
        mistakes=rules.step(value, third, reference.EPSILON),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_layers", "locked": true}
# ## Question 4 · Two layers by hand (5 points)
#
# A net has D inputs, H hidden ReLU units and M linear outputs. For one example $x$ it computes
# $e = W_1x + b_1$, then $h = \max(0, e)$, then $y = W_2h + b_2$. The loss over N examples with
# targets $t_n$ is
#
# $$L = \frac1N \sum_{n=1}^N \|y_n - t_n\|^2,$$
#
# **without ½, summed over the outputs, averaged over the examples.** Write
# `two_layer_gradient(W1, b1, W2, b2, X, T)`, the gradient of $L$ by all four parameters.
#
# - `W1`: (H, D). `b1`: (H,). `W2`: (M, H). `b2`: (M,).
# - `X`: (N, D), one example a row. `T`: (N, M), its targets.
# - Returned: a tuple of four arrays, the adjoints of `W1`, `b1`, `W2`, `b2`, in these shapes.
#
# With examples in rows, the excitations of all examples are `X @ W1.T + b1`, shape (N, H).
#
# Example with N = D = H = M = 1: $W_1 = 1$, $b_1 = -1$, $W_2 = 3$, $b_2 = 1$, $x = 2$, $t = 2$.
# Forward: $e = 1$, $h = 1$, $y = 4$. Backward: the adjoint of $y$ is $2\,(4 - 2) = 4$, so those of
# $W_2$ and $b_2$ are 4. The adjoint of $e$ is $3\cdot4 = 12$, so that of $W_1$ is $12\cdot2 = 24$
# and that of $b_1$ is 12.
#
# <details><summary>Hint 1</summary>
#
# Write the forward pass first, line by line, with the shape beside each line. The backward pass
# visits these lines from the last to the first.
#
# <details><summary>Hint 2</summary>
#
# Begin with the adjoint of `Y`, shape (N, M): differentiate $L$ by one entry of it. A weight of the
# second layer leads from one column of `H` to one column of `Y`, once for each example. So its
# adjoint is a sum over the examples, and this sum is a matrix product.
#
# <details><summary>Hint 3</summary>
#
# One hidden unit with slope 1 feeds two outputs with weights 0.5 and −2, whose δ are 4 and 1. Its δ
# is $0.5\cdot4 - 2\cdot1 = 0$: the sum of the successors' δ, weighted by the connections. For all
# units and examples at once this is a matrix product of shape (N, H); then multiply by the slopes
# of ReLU, 1 where `E > 0` and 0 elsewhere.
#
# </details></details></details>


# %% nbgrader={"grade_id": "layers", "solution": true}
def two_layer_gradient(W1, b1, W2, b2, X, T):
    """Gradient of the loss (1/N) Σ ‖y − t‖² of a net with one hidden layer of ReLU units.

    W1: (H, D). b1: (H,). W2: (M, H). b2: (M,). X: (N, D). T: (N, M).
    Returns a tuple of the adjoints of W1, b1, W2, b2, in their shapes.
    """
    ### BEGIN SOLUTION
    E = X @ W1.T + b1  # (N, H)
    H = np.maximum(0, E)  # (N, H)
    Y = H @ W2.T + b2  # (N, M)
    D2 = 2 * (Y - T) / len(X)  # (N, M)
    D1 = (D2 @ W2) * (E > 0)  # (N, H)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_layers", "points": 2}
# Visible tests: units that are on for some examples and off for others; a kink; the example above.
from course_utils.backpropagation.by_hand import Parameters
from course_utils.backpropagation.mistakes import layers, results

hint = "the shapes did not fit. Write them beside each line: X (N, D), W1 (H, D), E and H (N, H), "
hint += "W2 (M, H), Y and T (N, M). And `max` compares numbers, np.maximum arrays"
X = [[1.0, 2], [-1, 1], [2, 0], [0, -1], [1, 1]]
T = [[1.0, 0, 2], [0, 1, 0], [2, -1, 1], [1, 1, 1], [0, 0, 3]]
W2, right_W2 = [[1.0, -1], [2, 0], [-1, 3]], [[-0.7, -5.8], [7.4, 8], [0.9, 10.6]]
for name, arguments, right in [
    (
        "five examples",
        ([[1.0, -1], [2, 1]], [0.5, -1.0], W2, [1.0, 0, -2], X, T),
        ([[6, -3.6], [17.6, 15.2]], [7.2, 12.8], right_W2, [-1, 3.2, 1]),
    ),
    ("a kink", ([[1.0]], [-1.0], [[3.0]], [1.0], [[1.0]], [[2.0]]), ([[0]], [0], [[0]], [-2])),
    (
        "the example of the question",
        ([[1.0]], [-1.0], [[3.0]], [1.0], [[2.0]], [[2.0]]),
        ([[24]], [12], [[4]], [4]),
    ),
]:
    arguments = [np.array(v) for v in arguments]
    what = f"two_layer_gradient on {name}"
    got = results.parts(
        checks.attempt(two_layer_gradient, *arguments, what=what, hint=hint), 4, what
    )
    mistakes = layers.two_layers(Parameters(*arguments[:4]), *arguments[4:])
    for k, field in [(3, "b2"), (2, "W2"), (1, "b1"), (0, "W1")]:  # as the backward pass goes
        where = f"{what}, adjoint of {field}"
        checks.close(got[k], right[k], where, rtol=1e-5, atol=1e-6, mistakes=mistakes[field])
checks.passed("All four adjoints are right. 2 of 5 points; the rest is for nets of other shapes.")

# %% nbgrader={"grade_id": "hidden_layers", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation import by_hand as reference
from course_utils.backpropagation.mistakes import layers, results

for n, d, h, m in [(5, 3, 3, 3), (6, 2, 3, 1), (7, 4, 6, 2), (1, 1, 1, 1)]:
    p = reference.Parameters(
        rng.normal(size=(h, d)), rng.normal(size=h), rng.normal(size=(m, h)), rng.normal(size=m)
    )
    X, T = rng.normal(size=(n, d)), rng.normal(size=(n, m))
    what = f"two_layer_gradient with N, D, H, M = {n}, {d}, {h}, {m}"
    got = results.parts(two_layer_gradient(*[v.copy() for v in (*p, X, T)]), 4, what)
    expected, mistakes = reference.gradient(p, X, T), layers.two_layers(p, X, T)
    for name, value in zip(expected._fields, got, strict=True):
        checks.close(
            value,
            getattr(expected, name),
            f"{what}, adjoint of {name}",
            rtol=1e-3,
            atol=1e-4,
            mistakes=mistakes[name],
        )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_matmul", "locked": true}
# ## Question 5 · Backward through a matrix product (2 points)
#
# For $C = AB$ write `matmul_vjp(A, B, G)`: given $G = \bar C$, the adjoints of $A$ and $B$. Each
# entry $A_{ik}$ goes into $C_{ij} = \sum_k A_{ik}B_{kj}$ for every $j$, and hears from all of them.
#
# - `A`: (n, k), `B`: (k, m), `G`: (n, m).
# - Returned: a pair `(A_bar, B_bar)`, shapes (n, k) and (k, m).
#
# Example: `A = [[1, 2]]`, `B = [[3], [4]]`, `G = [[10]]`. $C = 1\cdot3 + 2\cdot4$, so `A_bar` is
# `[[30, 40]]`, a row like `A`, and `B_bar` is `[[10], [20]]`, a column like `B`.
#
# <details><summary>Hint 1</summary>
#
# Write $\bar A_{ik} = \sum_j G_{ij}\,\partial C_{ij}/\partial A_{ik}$. What is the last factor?
#
# <details><summary>Hint 2</summary>
#
# It is $B_{kj}$. So the sum runs over the second index of $G$ and the second index of $B$, where a
# matrix product sums over the second index of the one and the first of the other.
#
# <details><summary>Hint 3</summary>
#
# Let the shapes help: from (n, m) and (k, m) make (n, k). There is one way to do it with `@` and
# one transpose. Likewise for `B_bar`, from (n, k) and (n, m).
#
# </details></details></details>


# %% nbgrader={"grade_id": "matmul", "solution": true}
def matmul_vjp(A, B, G):
    """Adjoints of A and B for C = A @ B, given the adjoint G of C.

    A: (n, k). B: (k, m). G: (n, m).
    Returns (A_bar, B_bar), shapes (n, k) and (k, m).
    """
    ### BEGIN SOLUTION
    return G @ B.T, A.T @ G
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_matmul", "points": 1}
# Visible tests: by hand, on square matrices and on one row times one column.
from course_utils.backpropagation.mistakes import layers, results

for A, B, G, right in [
    (
        [[1.0, 2], [3, 4]],
        [[5.0, 6], [7, 9]],
        [[1.0, 0], [2, -1]],
        ([[5, 7], [4, 5]], [[7, -3], [10, -4]]),
    ),
    ([[1.0, 2]], [[3.0], [4]], [[10.0]], ([[30, 40]], [[10], [20]])),
]:
    A, B, G = np.array(A), np.array(B), np.array(G)
    what = f"matmul_vjp of {A.shape} and {B.shape}"
    got = results.parts(matmul_vjp(A.copy(), B.copy(), G.copy()), 2, what)
    for name, value, expected, mistakes in zip(
        "AB", got, right, layers.matmul(A, B, G), strict=True
    ):
        checks.close(value, expected, f"{what}, adjoint of {name}", rtol=1e-5, mistakes=mistakes)
checks.passed("Both adjoints are right. 1 of 2 points; the other is for random shapes.")

# %% nbgrader={"grade_id": "hidden_matmul", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation import vjps as reference
from course_utils.backpropagation.mistakes import layers, results

for n, k, m in [(3, 3, 3), (2, 3, 4), (1, 1, 1), (5, 1, 2)]:
    A, B, G = (rng.normal(size=size) for size in [(n, k), (k, m), (n, m)])
    what = f"matmul_vjp with n, k, m = {n}, {k}, {m}"
    got = results.parts(matmul_vjp(A.copy(), B.copy(), G.copy()), 2, what)
    right, mistakes = reference.matmul_vjp(A, B, G), layers.matmul(A, B, G)
    for name, value, expected, wrong in zip("AB", got, right, mistakes, strict=True):
        where = f"{what}, adjoint of {name}"
        checks.close(value, expected, where, rtol=1e-4, atol=1e-5, mistakes=wrong)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_sum", "locked": true}
# ## Question 6 · Backward through a sum and a stretch (3 points)
#
# Summing and repeating belong together: the way back through one is the other. Write both.
#
# `sum_vjp(shape, axis, G)`: an array `x` of that shape was summed, `x.sum(axis)`. Given the adjoint
# `G` of the sum, return the adjoint of `x`.
#
# - `shape`: a tuple of whole numbers. `axis`: a whole number (−1 is the last axis), or None if
#   everything was summed.
# - `G`: an array in that shape without that axis; a number if everything was summed.
# - Returned: an array in the shape of `x`.
#
# `stretch_vjp(shape, G)`: an array `x` of that shape met a larger one, say in `x + y`, and NumPy
# repeated it ("broadcasting"): axes of length 1 were put in front of its shape, then axes of length
# 1 were repeated. Given the adjoint `G` of the stretched array, return the adjoint of `x`.
#
# - `G`: an array in the larger shape. Returned: an array in the shape of `x`.
#
# Example: `sum_vjp((2, 3), 1, [10, 20])` is `[[10, 10, 10], [20, 20, 20]]`. A bias of shape (3,)
# was added to a batch of shape (2, 3): `stretch_vjp((3,), [[1, 2, 3], [4, 5, 6]])` is `[5, 7, 9]`.
#
# <details><summary>Hint 1</summary>
#
# For the sum: by how much does the sum grow if one entry of `x` grows by 1? For the stretch: in how
# many places is one entry of `x` used, and what happens to adjoints that come from several places?
#
# <details><summary>Hint 2</summary>
#
# The sum lost an axis. Give `G` an axis of length 1 in its place, `np.expand_dims`; then
# `np.broadcast_to` knows in which direction to repeat.
#
# <details><summary>Hint 3</summary>
#
# For the stretch, think of shape (3, 1) stretched to (5, 3, 4). The axis of length 5 is new: sum
# over it and drop it. The axis of length 4 was 1: sum over it and keep it, `keepdims=True`. The
# axis of length 3 was not stretched: leave it.
#
# </details></details></details>


# %% nbgrader={"grade_id": "sum", "solution": true}
def sum_vjp(shape, axis, G):
    """Adjoint of x, of that shape, for x.sum(axis), given the adjoint G of the sum.

    shape: tuple of whole numbers. axis: a whole number or None. G: shape without that axis.
    Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()
    ### END SOLUTION


def stretch_vjp(shape, G):
    """Adjoint of x, of that shape, which was broadcast to the shape of G, given the adjoint G.

    shape: tuple of whole numbers. G: array of the larger shape.
    Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_sum", "points": 1}
# Visible tests: by hand. On a square array a wrong axis goes unnoticed by NumPy, but not here.
from course_utils.backpropagation.mistakes import layers

hint = "G has the shape of x without that axis; if axis is None, no axis is left, and G is a number"
rows, columns = [[1, 1, 1], [2, 2, 2], [3, 3, 3]], [[1, 2, 3], [1, 2, 3], [1, 2, 3]]
for shape, axis, G, expected in [
    ((3, 3), 1, [1.0, 2.0, 3.0], rows),
    ((3, 3), 0, [1.0, 2.0, 3.0], columns),
    ((2, 3), None, 5.0, [[5, 5, 5], [5, 5, 5]]),
    ((2, 3), -1, [10.0, 20.0], [[10, 10, 10], [20, 20, 20]]),
]:
    what, mistakes = f"sum_vjp({shape}, {axis}, {G})", layers.total(shape, axis, np.array(G))
    G = G if axis is None else np.array(G)
    got = checks.attempt(sum_vjp, shape, axis, G, what=what, hint=hint)
    checks.close(got, expected, what, rtol=1e-5, mistakes=mistakes)
hint = "G has more entries than x: sum over the axes that were stretched, and only over these"
G = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
summed = {(3,): [5, 7, 9], (2, 1): [[6], [15]], (): 21, (1, 3): [[5, 7, 9]], (2, 3): G}
for shape, expected in summed.items():
    what, mistakes = f"stretch_vjp({shape}, G) for G of shape (2, 3)", layers.stretch(shape, G)
    got = checks.attempt(stretch_vjp, shape, G, what=what, hint=hint)
    checks.close(got, expected, what, rtol=1e-5, mistakes=mistakes)
checks.passed("Right by hand. 1 of 3 points; the rest is for up to four axes.")

# %% nbgrader={"grade_id": "hidden_sum", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation import vjps as reference
from course_utils.backpropagation.mistakes import layers

for shape in [(4,), (3, 2), (2, 2, 2), (2, 3, 4)]:
    for axis in [None, *range(-1, len(shape))]:
        G = rng.normal(size=np.zeros(shape).sum(axis).shape)
        checks.close(
            sum_vjp(shape, axis, float(G) if np.ndim(G) == 0 else G.copy()),
            reference.sum_vjp(shape, axis, G),
            f"sum_vjp({shape}, {axis}, random numbers)",
            rtol=1e-4,
            atol=1e-5,
            mistakes=layers.total(shape, axis, np.asarray(G)),
        )
for shape, large in [
    ((3,), (4, 3)),
    ((4, 1), (4, 3)),
    ((3, 1, 2), (5, 3, 4, 2)),
    ((1,), (2, 1)),
    ((1, 1), (3, 3)),
]:
    G = rng.normal(size=large)
    checks.close(
        stretch_vjp(shape, G.copy()),
        reference.broadcast_vjp(shape, G),
        f"stretch_vjp({shape}, G) for a random G of shape {large}",
        rtol=1e-4,
        atol=1e-5,
        mistakes=layers.stretch(shape, G),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_entropy", "locked": true}
# ## Question 7 · Backward through softmax and cross-entropy (3 points)
#
# For logits $Z$, softmax gives $p_{nc} = e^{z_{nc}} / \sum_k e^{z_{nk}}$ in each row. The loss is
# the **mean** over the N rows of $-\ln p_{n,y_n}$. Write `cross_entropy_vjp(Z, y, g)`, the adjoint
# of $Z$, given the adjoint $g$ of the loss.
#
# - `Z`: (N, C). `y`: (N,), the right classes, whole numbers from 0. `g`: a number.
# - Returned: (N, C). Logits of ±1000 must not overflow.
#
# Mind the shapes: `Z.max(axis=1)` is (N,) and does not fit (N, C); with `keepdims=True` it is (N,
# 1).
#
# Example: `Z = [[0, ln 3]]`, `y = [0]`, `g = 1`. The probabilities are $\frac14$ and $\frac34$, and
# the result is `[[-0.75, 0.75]]`: going downhill raises the right logit and lowers the other.
#
# <details><summary>Hint 1</summary>
#
# For one row, $-\ln p_y = -z_y + \ln\sum_k e^{z_k}$. Differentiate by $z_c$, first for $c \ne y$,
# then for $c = y$.
#
# <details><summary>Hint 2</summary>
#
# In the second term the derivative of the logarithm brings $1 / \sum_k e^{z_k}$, and the inner one
# $e^{z_c}$: together a number you know. The first term adds something only for $c = y$.
#
# <details><summary>Hint 3</summary>
#
# With probabilities 0.2, 0.5, 0.3 and the right class 1, the derivatives of one row's loss are 0.2,
# −0.5, 0.3. What do the mean and $g$ do to them? Against overflow: softmax does not change if the
# same number is subtracted from all logits of a row, for instance the largest of them.
#
# </details></details></details>


# %% nbgrader={"grade_id": "entropy", "solution": true}
def cross_entropy_vjp(Z, y, g):
    """Adjoint of the logits for the mean cross-entropy of softmax, given the adjoint g of the loss.

    Z: (N, C). y: (N,), classes from 0. g: a number.
    Returns (N, C).
    """
    ### BEGIN SOLUTION
    P = np.exp(Z - Z.max(axis=1, keepdims=True))  # (N, C)
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return g * P / len(y)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_entropy", "points": 1}
# Visible tests: logits whose probabilities are eighths, with g = 1 and g = −3, and large logits.
from course_utils.backpropagation.mistakes import layers

hint = "the shapes did not fit. Z is (N, C), y holds the number of a class for each row, and the "
hint += "maxima and sums of the rows are (N,), or (N, 1) with keepdims=True"
eighths, classes = np.log([[1.0, 2.0, 5.0], [6.0, 1.0, 1.0]]), np.array([2, 1])
right = np.array([[1, 2, -3], [6, -7, 1]]) / 16
large = np.array([[1000.0, -1000.0], [-1000.0, -1000.0]])
for Z, y, g, expected, name in [
    (eighths, classes, 1.0, right, "g = 1"),
    (eighths, classes, -3.0, -3 * right, "g = −3"),
    (large, np.array([1, 0]), 1.0, [[0.5, -0.5], [-0.25, 0.25]], "logits ±1000"),
]:
    what, mistakes = f"cross_entropy_vjp, {name}", layers.cross_entropy(Z, y, g)
    got = checks.attempt(cross_entropy_vjp, Z, y, g, what=what, hint=hint)
    checks.close(got, expected, what, rtol=1e-5, mistakes=mistakes)
checks.passed("Right by hand, without overflow. 1 of 3 points; the rest is for random logits.")

# %% nbgrader={"grade_id": "hidden_entropy", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation import vjps as reference
from course_utils.backpropagation.mistakes import layers

for n, c, scale, shift in [(4, 6, 1, 0), (7, 3, 2, 0), (1, 2, 1, 0), (3, 5, 100, 1000)]:
    Z, y, g = rng.normal(size=(n, c)) * scale + shift, rng.integers(c, size=n), float(rng.normal())
    checks.close(
        cross_entropy_vjp(Z.copy(), y.copy(), g),
        reference.cross_entropy_vjp(Z, y, g),
        f"cross_entropy_vjp of random logits, {shift} ± {scale}, N = {n}, C = {c}",
        rtol=1e-3,
        atol=1e-4,
        mistakes=layers.cross_entropy(Z, y, g),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_checker", "locked": true}
# ## Question 8 · A gradient checker (3 points)
#
# Somebody claims that `gradient` is the gradient of `f` at `x`. Write `check_gradient(f, gradient,
# x, h)`, which compares it with central differences, **entry by entry**, and tells the worst entry.
#
# - `f`: a function of an array shaped as `x`, returns a number. `x`, `gradient`: arrays of one
#   shape, with any number of axes from 1 on. `h`: the step. `x` must stay as it was.
# - With $a$ the claimed entry and $n$ the central difference in this entry alone, with the step `h`
#   to both sides, the error is $\displaystyle\frac{|a - n|}{\max(1, |a|, |n|)}$. It is relative
#   where numbers are large, and absolute where they are small.
# - Returned: a pair `(error, index)`: the largest error, and its place, a tuple with one whole
#   number for each axis, such as `(1, 2)`, or `(1,)` if `x` has one axis.
#
# Example: $f(x) = x_0^2 + 5x_1$ at `x = [3, 1]` with the claim `[6, 4]`. The differences are 6 and
# 5, the errors 0 and $1/5$: the result is `(0.2, (1,))`.
#
# <details><summary>Hint 1</summary>
#
# `for i in np.ndindex(x.shape):` runs over all indices as tuples, whatever the number of axes, and
# `x[i]` is an entry.
#
# <details><summary>Hint 2</summary>
#
# `f` wants the whole array, with one entry moved. `y = x` is no copy but the same array under
# another name; `x.copy()` is one.
#
# <details><summary>Hint 3</summary>
#
# As you go, remember the largest error so far and where it was. For the claim 6 with the difference
# 5 it is $|6 - 5| / \max(1, 6, 5) = 1/6$; for 0.2 with 0.5 it is $0.3$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "checker", "solution": true}
def check_gradient(f, gradient, x, h):
    """Largest error of a claimed gradient against central differences, and where it is.

    f: function of an array, returns a number. gradient, x: arrays of one shape. h: step.
    Returns (error, index), index a tuple of whole numbers.
    """
    ### BEGIN SOLUTION
    worst = (-1.0, None)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n = (f(up) - f(down)) / (2 * h)
        error = abs(gradient[i] - n) / max(1, abs(gradient[i]), abs(n))
        if error > worst[0]:
            worst = (error, i)
    return worst
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_checker", "points": 1}
# Visible tests: by hand. For the sum of cubes with h = 0.5 the differences are 3x² + 0.25. Those of
# x₀₀x₁₀ + x₀₁x₁₁ are (2, 0.25) and (0.5, 1) for every h.
from functools import partial

from course_utils.backpropagation.mistakes import graphs, results

hint = "compare one entry at a time: f takes the whole array, with this one entry moved by h"


def cubes(x):
    return np.sum(np.array(x) ** 3)


def products(x):
    return x[0][0] * x[1][0] + x[0][1] * x[1][1]


for f, x, claim, error, index in [
    (cubes, [2.0, -1.0, 1.0, 0.0], [17.25, 6.5, 4.25, 0.25], 0.5, (1,)),
    (products, [[0.5, 1.0], [2.0, 0.25]], [[2.0, 0.25], [0.2, 1.0]], 0.3, (1, 0)),
    (products, [[0.5, 1.0], [2.0, 0.25]], [[2.0, 0.25], [0.5, 1.0]], 0.0, None),
]:
    x, claim, what = np.array(x), np.array(claim), f"check_gradient of {f.__name__}"
    kept = x.copy()
    call = partial(check_gradient, f, claim.copy(), x, 0.5)
    found = checks.attempt(call, what=what, hint=hint)
    got = results.parts(found, 2, what)
    checks.unchanged(kept, x, f"{what}, its argument x")
    mistakes = graphs.checker(f, claim, kept, 0.5)
    checks.close(got[0], error, f"{what}, the error", rtol=1e-5, atol=1e-7, mistakes=mistakes)
    if index:
        mistakes = graphs.index(index, x.shape)
        checks.equal(got[1], index, f"{what}, the index", mistakes=mistakes)
checks.passed("The checker finds the wrong entry. 1 of 3 points; the rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_checker", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation.mistakes import graphs, results
from course_utils.gradcheck import numerical_gradient

for shape, scale in [((1,), 1), ((5,), 0.1), ((2, 3), -1), ((3, 3), 0.1), ((2, 1, 3), -1)]:
    x, w = rng.normal(size=shape), rng.uniform(0.5, 1, size=shape)
    k = int(rng.choice([2, x.size - 3])) if x.size > 1 else 0  # backwards, another entry
    if x.size > 1:
        x.flat[k - 1] = 6.0  # f is steep there: a large difference, but not the largest error

    def f(x, w=w, scale=scale):
        return float(scale * (np.sum(w * np.array(x) ** 3) + np.prod(np.sin(x))))

    h = float(rng.uniform(0.1, 0.3))
    n = numerical_gradient(f, x, eps=h)
    place = tuple(int(i) for i in np.unravel_index(k, shape))
    claim = n.copy()
    claim[place] += scale * rng.uniform(0.5, 5)
    expected = abs(claim[place] - n[place]) / max(1, abs(claim[place]), abs(n[place]))
    for j in [k - 1, k + 1] if n.size > 1 else []:  # smaller errors on both sides
        claim.flat[j] += np.sign(scale) * expected / 2 * max(1, abs(n.flat[j]))
    what = f"check_gradient with wrong entries in an array of shape {shape}"
    got = results.parts(check_gradient(f, claim.copy(), x.copy(), h), 2, what)
    mistakes = graphs.checker(f, claim, x, h)
    checks.close(got[0], expected, f"{what}, the error", rtol=1e-4, mistakes=mistakes)
    checks.equal(got[1], place, f"{what}, the index", mistakes=graphs.index(place, shape))
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_engine", "locked": true}
# ## Question 9 · A tiny engine (5 points)
#
# A *tape* is a list of steps `(result, operation, names)`: the result's name, what was done, and to
# what. Each step uses inputs or results of earlier steps. The output is the result of the last one.
#
# | operation | names | value | slopes |
# |---|---|---|---|
# | `"add"` | two | $a + b$ | $1$ and $1$ |
# | `"sub"` | two | $a - b$ | $1$ and $-1$ |
# | `"mul"` | two | $a\,b$ | $b$ and $a$ |
# | `"sin"` | one | $\sin a$ | $\cos a$ |
# | `"exp"` | one | $e^a$ | $e^a$ |
# | `"relu"` | one | $\max(0, a)$ | $1$ where $a > 0$, else $0$ |
#
# Write `gradients(tape, inputs)`: the derivatives of the output by all inputs, in reverse mode.
#
# - `tape`: list of tuples, such as `("u", "mul", ("a", "b"))` or `("s", "sin", ("u",))`. The two
#   names of a step may be the same.
# - `inputs`: dictionary, name → number.
# - Returned: dictionary, name of **each input** → derivative of the output. What the output does
#   not depend on has the derivative 0.
#
# Example: `tape = [("u", "mul", ("a", "b")), ("y", "add", ("u", "a"))]` says $y = ab + a$. At
# `inputs = {"a": 2, "b": 3}` the result is `{"a": 4, "b": 2}`: the adjoint of $a$ has a part 1 from
# the sum and a part 3 from the product.
#
# <details><summary>Hint 1</summary>
#
# Two loops. The first goes through the tape and fills a dictionary of values, which begins as a
# copy of the inputs. The second fills a dictionary of adjoints: one entry for every name. What does
# it begin with, and in which order do the steps come?
#
# <details><summary>Hint 2</summary>
#
# A step may send its adjoint on when nothing more can arrive at its result. Everything that uses
# this result stands later on the tape. So go through the tape from its end, `reversed(tape)`.
#
# <details><summary>Hint 3</summary>
#
# In the example the adjoints are, one line after each step of the way back:
#
# | | y | u | a | b |
# |---|---|---|---|---|
# | start | 1 | 0 | 0 | 0 |
# | `y = u + a` | 1 | 1 | 1 | 0 |
# | `u = a · b` | 1 | 1 | 1 + 3 | 2 |
#
# Each step *adds* to what is there already.
#
# </details></details></details>


# %% nbgrader={"grade_id": "engine", "solution": true}
def gradients(tape, inputs):
    """Derivatives of the last result on a tape by all inputs.

    tape: list of (result, operation, names). inputs: {name: number}.
    Returns {name of each input: derivative}.
    """
    ### BEGIN SOLUTION
    values = dict(inputs)
    slopes = []  # one tuple for each step
    for result, operation, names in tape:
        a, b = values[names[0]], values[names[-1]]
        values[result], slope = {
            "add": lambda a, b: (a + b, (1, 1)),
            "sub": lambda a, b: (a - b, (1, -1)),
            "mul": lambda a, b: (a * b, (b, a)),
            "sin": lambda a, b: (np.sin(a), (np.cos(a),)),
            "exp": lambda a, b: (np.exp(a), (np.exp(a),)),
            "relu": lambda a, b: (max(0.0, a), (float(a > 0),)),
        }[operation](a, b)
        slopes.append(slope)
    adjoint = dict.fromkeys(values, 0.0)
    adjoint[tape[-1][0]] = 1.0
    for (result, _, names), slope in zip(reversed(tape), reversed(slopes), strict=True):
        for name, factor in zip(names, slope, strict=True):
            adjoint[name] += adjoint[result] * factor
    return {name: adjoint[name] for name in inputs}
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_engine", "points": 2}
# Visible tests: by hand. In some a number is used twice, by two steps or by one.
from course_utils.backpropagation.graph import tape as graph_of
from course_utils.backpropagation.mistakes import graphs, results

hint = "every name, input or result, needs a value before it is used, and an adjoint from the start"
s, c, e = np.sin(1.0), np.cos(1.0), np.exp(-2.0)
u, last = ("u", "mul", ("a", "b")), ("y", "add", ("p", "u"))
dead = [("w", "sub", ("a", "b")), ("dead", "exp", ("c",)), ("y", "exp", ("w",))]
for name, tape, at, expected in [
    ("ab + a", [u, ("y", "add", ("u", "a"))], {"a": 2.0, "b": 3.0}, [4, 2]),
    ("aa", [("y", "mul", ("a", "a"))], {"a": 3.0}, [6]),
    (
        "a sin u + u with u = ab",
        [u, ("s", "sin", ("u",)), ("p", "mul", ("a", "s")), last],
        {"a": 2.0, "b": 0.5},
        [s + c + 0.5, 4 * c + 2],
    ),
    ("max(0, ab)", [u, ("y", "relu", ("u",))], {"a": -2.0, "b": 3.0}, [0, 0]),
    ("max(0, ab)", [u, ("y", "relu", ("u",))], {"a": 0.0, "b": 3.0}, [0, 0]),
    ("exp(a − b), without c", dead, {"a": 1.0, "b": 3.0, "c": 1.0}, [e, -e, 0]),
    ("aa, without b", [("y", "mul", ("a", "a"))], {"a": 3.0, "b": 1.0}, [6, 0]),
]:
    what, mistakes = f"gradients of {name} at {at}", graphs.engine(graph_of(list(at), *tape), at)
    found = checks.attempt(gradients, list(tape), dict(at), what=what, hint=hint)
    got = results.by_name(found, list(at), what)
    checks.close(got, expected, what, rtol=1e-5, mistakes=mistakes)
checks.passed("Right on seven tapes. 2 of 5 points; the rest is for longer, random ones.")

# %% nbgrader={"grade_id": "hidden_engine", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.backpropagation import graph as reference
from course_utils.backpropagation.mistakes import graphs, results


def random_tape(count):
    """A tape of that many steps on inputs a, b, c; every step can use everything before it."""
    names, steps = ["a", "b", "c"], []
    for k in range(count):
        operation = str(rng.choice(["add", "sub", "mul", "mul", "sin", "exp", "relu"]))
        used = [str(rng.choice(names)) for _ in range(1 + (operation in ("add", "sub", "mul")))]
        steps.append((f"v{k}", operation, tuple(used)))
        names.append(f"v{k}")
    return steps


# From y to u a short way and a long one: u has to wait for both.
two_ways = [("u", "mul", ("a", "b")), ("s", "sin", ("u",))]
two_ways += [("p", "mul", ("c", "s")), ("y", "add", ("p", "u"))]
marked, unseen = 0, {"any"}  # mistakes that would have changed nothing so far
while marked < 12 or unseen:
    tape = random_tape(3 + marked % 12) if marked else two_ways
    at = {name: float(rng.uniform(-1.5, 1.5)) for name in "abc"}
    graph = reference.tape("a b c", *tape)
    try:
        values = reference.evaluate(graph, at)
    except ValueError:  # exp of exp of exp …
        continue
    adjoint = reference.adjoints(graph, values)
    expected = [adjoint[name] for name in at]
    if np.abs([*values.values(), *adjoint.values()]).max() > 100 or not any(expected):
        continue
    if any(op == "relu" and abs(values[used[0]]) < 1e-3 for _, op, used in tape):
        continue  # so near to the kink that rounding decides
    what = f"gradients of a tape of {len(tape)} steps, by a, b and c"
    got = results.by_name(gradients(list(tape), dict(at)), list(at), what)
    mistakes = graphs.engine(graph, at)
    checks.close(got, expected, what, rtol=1e-4, atol=1e-4, mistakes=mistakes)
    same = {text for text, wrong in mistakes.items() if np.allclose(wrong, expected, atol=1e-2)}
    unseen = same - {graphs.AT_THE_KINK} if marked == 0 else unseen & same
    marked += 1
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_explain", "locked": true}
# ## Question 10 · Which mode? (4 points, marked by a person)
#
# "Dual numbers are exact to rounding and need no graph. So let us train our network of a million
# weights with them, and not with backpropagation."
#
# Answer in at most 150 words. Who earns which point:
#
# 1. The two modes are compared in accuracy, with a reason.
# 2. They are compared in the time a gradient takes, with a number for this network.
# 3. It is said what the faster one of them has to pay, and why.
# 4. A case is named in which the other one is the better choice, with a reason.

# %% [markdown] nbgrader={"grade_id": "explain_modes", "grade": true, "solution": true, "points": 4}
# ### BEGIN SOLUTION
# Both modes apply the chain rule to the same slopes, so both are exact to rounding; accuracy does
# not decide between them.
#
# Time does. A dual number carries the derivative along one direction. The gradient by $n = 10^6$
# weights needs $10^6$ directions: about a million times the work of one evaluation. Reverse mode
# starts at the one loss and gets all $10^6$ derivatives in one backward pass; together with the
# forward pass this is about three times the work of one evaluation.
#
# What backpropagation pays is memory: the values of the forward pass (the activations of all
# layers) must be kept until the backward pass comes by. Forward mode can forget them at once.
#
# With few inputs and many outputs it is the other way round. For a curve, one input and a thousand
# outputs, one pass of dual numbers gives the whole tangent; reverse mode would need a thousand. The
# same holds for one derivative along a given direction.
#
# For the marker. Point 1: same chain rule, same rounding (differences would be another matter).
# Point 2: of the order of $n$ passes (or $n$ tangents carried along) against a small multiple of
# one evaluation whatever $n$ is. Point 3: memory that grows with the number of steps; "needs the
# graph" alone is half of the reason and earns the point only with what is kept for what. Point 4:
# few inputs and many outputs, or a single direction.
# ### END SOLUTION
