# ---
# jupyter:
#   course:
#     withhold: [adversarial]
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
# # 16 · Adversarial networks
#
# Write your answers where the cells say `raise NotImplementedError`. Below each one stands a cell
# with tests: run it, and it tells you whether you are right and, if not, what is likely wrong.
# When your work is marked, further tests run on other numbers, so write functions that work for
# *any* input. Every question is marked on its own, and any correct way to the result counts.
# Stuck? Three hints unfold below each question, one after another.
#
# | Question | Function | Points |
# |---|---|---|
# | 1 · What the discriminator loses | `discriminator_loss` | 3 |
# | 2 · What the generator loses, twice | `generator_losses`, `generator_slopes` | 4 |
# | 3 · The best discriminator | `optimal_discriminator` | 2 |
# | 4 · What it leaves to win | `jensen_shannon` | 3 |
# | 5 · One round of the game | `alternating_step` | 5 |
# | 6 · Both at once | `simultaneous_step`, `rounds_to_double` | 3 |
# | 7 · Wasserstein's distance on a line | `wasserstein_1d` | 3 |
# | 8 · A critic with clipped weights | `clipped_step` | 2 |
# | 9 · A critic with a gradient penalty | `gradient_penalty` | 4 |
# | 10 · Which modes are reached | `mode_coverage` | 3 |
# | 11 · A flat curve | in words | 4 |
#
# Words: the discriminator gives each example a **score** $s$, any number. Its **opinion** that the
# example is real is $D = \sigma(s) = 1/(1 + e^{-s})$. A **fake** is an example that the generator
# made, $G(z)$ from noise $z$. Each player goes *downhill on its own loss*. Logarithms are natural.

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks

# %% [markdown] nbgrader={"grade_id": "ask_discriminator", "locked": true}
# ## Question 1 · What the discriminator loses (3 points)
#
# Write `discriminator_loss(real, fake)`: the mean of $-\log D$ over the real examples **plus** the
# mean of $-\log(1 - D)$ over the fakes.
#
# - `real`: scores of real examples, shape (N,). `fake`: scores of fakes, shape (M,). **Scores, not
#   opinions**: $D = \sigma(s)$.
# - Returned: one number. It must be right for large scores too: for a real example with the score
#   −800, $\sigma(s)$ is rounded to 0, but $-\log\sigma(s)$ is 800.
#
# Example: `real = [log 3]`, `fake = [0]`. The opinions are 3/4 and 1/2, so the loss is
# $-\log\frac34 - \log\frac12 \approx 0.288 + 0.693 = 0.981$.
#
# <details><summary>Hint 1</summary>
#
# Put $\sigma(s) = 1/(1 + e^{-s})$ into $-\log\sigma(s)$ and simplify. What becomes of the fraction?
#
# <details><summary>Hint 2</summary>
#
# $1 - \sigma(s) = \sigma(-s)$. So one formula does for both parts, with another sign of the score.
#
# <details><summary>Hint 3</summary>
#
# For $s = -800$, $e^{800}$ overflows. `np.logaddexp(u, v)` is $\log(e^u + e^v)$ without overflow,
# and $1 = e^0$: `np.logaddexp(0, 800)` is 800.
#
# </details></details></details>


# %% nbgrader={"grade_id": "discriminator", "solution": true}
def discriminator_loss(real, fake):
    """Mean of −log D over real examples plus mean of −log(1 − D) over fakes.

    real: scores (N,). fake: scores (M,). Returns one number.
    """
    ### BEGIN SOLUTION
    return np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_discriminator", "points": 1}
# Visible tests: opinions 3/4, 2/3, 1/2 by hand, and scores so large that σ is rounded to 0 or 1.
from course_utils.adversarial.mistakes import scores

hint = "it raised an error. real is an array (N,), fake an array (M,) of another length: take "
hint += "each mean for itself, then add. (Functions of `math` take single numbers only, those of "
hint += "NumPy arrays.)"
third = np.log(3)
for real, fake, loss in [
    ([third, np.log(2)], [0.0], 1.5 * np.log(2)),
    ([third, -third], [0.0, -third, third], (np.log(16 / 3) / 2 + np.log(2 * 4 / 3 * 4) / 3)),
    ([0.2, 0.9, 0.4], [0.7, 0.1], 1.4078940200),
    ([0.0, 0.0], [0.0], np.log(4)),
    ([-800.0, 800.0], [2000.0, -700.0], 1400.0),
]:
    real, fake = np.array(real), np.array(fake)
    what = f"discriminator_loss({real.round(2).tolist()}, {fake.round(2).tolist()})"
    got = checks.attempt(discriminator_loss, real, fake, what=what, hint=hint)
    checks.close(got, loss, what, rtol=1e-5, mistakes=scores.discriminator(real, fake))
checks.passed("Right on five batches. 1 of 3 points; the rest is for random scores.")

# %% nbgrader={"grade_id": "hidden_discriminator", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import losses as reference
from course_utils.adversarial.mistakes import scores

for n, m, size in [(1, 1, 2), (5, 5, 2), (4, 7, 3), (6, 3, 600), (9, 8, 30)]:
    real, fake = size * rng.normal(size=n), size * rng.normal(size=m)
    if size > 100:
        real[0], fake[0] = -900, 900  # beyond what exp can do
    checks.close(
        discriminator_loss(real.copy(), fake.copy()),
        reference.discriminator_loss(real, fake),
        f"discriminator_loss on {n} and {m} random scores of size {size}",
        rtol=1e-4,
        atol=1e-5,
        mistakes=scores.discriminator(real, fake),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_generator", "locked": true}
# ## Question 2 · What the generator loses, twice (4 points)
#
# In the log form the generator's loss is the mean of $\log(1 - D)$ over its fakes. It *saturates*:
# where the discriminator is sure, it is flat. The non-saturating loss is the mean of $-\log D$.
# Write two functions.
#
# - `generator_losses(fake)`: a pair of numbers, first the mean of $\log(1 - D)$, then the mean of
#   $-\log D$.
# - `generator_slopes(fake)`: a pair of arrays (M,), the derivatives of these two *means* by each of
#   the M scores.
#
# `fake`: scores (M,), also large ones: at ±800 no result may be infinite or NaN.
#
# Example: `fake = [-log 3]`, so $D = 1/4$. The losses are $\log\frac34 \approx -0.288$ and
# $-\log\frac14 \approx 1.386$, the slopes `[-0.25]` and `[-0.75]`: here the second loss pushes
# three times as hard.
#
# <details><summary>Hint 1</summary>
#
# Both losses can be written with $\log(1 + e^{s})$ or $\log(1 + e^{-s})$. `np.logaddexp` computes
# these.
#
# <details><summary>Hint 2</summary>
#
# $\frac{d}{ds}\log(1 + e^s) = \frac{e^s}{1 + e^s}$. What is this in terms of $D$? Do not forget
# that a mean over M scores depends on each only by 1/M.
#
# <details><summary>Hint 3</summary>
#
# Two fakes with $D = 1/4$ each: the first loss has the slopes −1/8 and −1/8, the second −3/8 and
# −3/8. For a $\sigma$ without overflow: $\sigma(s) = e^{-\log(1 + e^{-s})}$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "generator", "solution": true}
def generator_losses(fake):
    """The means of log(1 − D) and of −log D over fakes with the scores (M,); two numbers."""
    ### BEGIN SOLUTION
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()
    ### END SOLUTION


def generator_slopes(fake):
    """The derivatives of both means by each score; two arrays of shape (M,)."""
    ### BEGIN SOLUTION
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_generator", "points": 2}
# Visible tests: opinions 1/4, 1/2, 3/4 by hand, and scores so large that σ is rounded to 0 or 1.
from course_utils.adversarial.mistakes import scores
from course_utils.adversarial.mistakes.pairs import pair

hint = "it raised an error. fake is an array (M,). Functions of `math` take single numbers only, "
hint += "those of NumPy arrays"
third, log = np.log(3), np.log
for fake, losses, slopes in [
    ([third, 0.0], (-log(8) / 2, log(8 / 3) / 2), ([-3 / 8, -1 / 4], [-1 / 8, -1 / 4])),
    ([-third], (log(3 / 4), log(4)), ([-1 / 4], [-3 / 4])),
    ([800.0, -800.0], (-400.0, 400.0), ([-0.5, 0], [0, -0.5])),
]:
    fake = np.array(fake)
    for name, f, right, mistakes in [
        ("generator_losses", generator_losses, losses, scores.generator_loss(fake)),
        ("generator_slopes", generator_slopes, slopes, scores.generator_slope(fake)),
    ]:
        what = f"{name}({fake.round(2).tolist()})"
        got = pair(checks.attempt(f, fake, what=what, hint=hint), what)
        for k, form in enumerate(["log(1 − D)", "−log D"]):
            checks.close(got[k], right[k], f"{what}, of {form}", rtol=1e-5, mistakes=mistakes[k])
checks.passed("Both losses and their slopes are right. 2 of 4 points; the rest: random scores.")

# %% nbgrader={"grade_id": "hidden_generator", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import losses as reference
from course_utils.adversarial.mistakes import scores
from course_utils.adversarial.mistakes.pairs import pair

for m, size in [(1, 2), (3, 2), (8, 4), (5, 700)]:
    fake = size * rng.normal(size=m)
    if size > 100:
        fake[:2] = [900, -900]  # beyond what exp can do
    where = f"on {m} random scores of size {size}"
    got = pair(generator_losses(fake.copy()), f"generator_losses {where}")
    right = reference.saturating_loss(fake), reference.non_saturating_loss(fake)
    mistakes = scores.generator_loss(fake)
    for k, form in enumerate(["log(1 − D)", "−log D"]):
        what = f"generator_losses {where}, of {form}"
        checks.close(got[k], right[k], what, rtol=1e-4, atol=1e-5, mistakes=mistakes[k])
    got = pair(generator_slopes(fake.copy()), f"generator_slopes {where}")
    right = reference.saturating_slopes(fake), reference.non_saturating_slopes(fake)
    mistakes = scores.generator_slope(fake)
    for k, form in enumerate(["log(1 − D)", "−log D"]):
        what = f"generator_slopes {where}, of {form}"
        checks.close(got[k], right[k], what, rtol=1e-4, atol=1e-6, mistakes=mistakes[k])
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_optimal", "locked": true}
# ## Question 3 · The best discriminator (2 points)
#
# At each of K places, the data have the probability $p_k$ and the fakes $q_k$. Write
# `optimal_discriminator(p, q)`: the opinions $D_k$, each from 0 to 1, that make
#
# $$V = \sum_k p_k\log D_k + \sum_k q_k\log(1 - D_k)$$
#
# as large as possible. Where $p_k = q_k = 0$ it does not matter what $D_k$ is: return ½ there.
#
# - `p`, `q`: arrays (K,), entries ≥ 0. They may also be densities, which need not add up to 1.
# - Returned: an array (K,).
#
# Example: where $p_k = 0.3$ and $q_k = 0.1$, three of four examples that are found there are real.
# So $D_k = 0.75$.
#
# <details><summary>Hint 1</summary>
#
# Each $D_k$ stands in two terms only, so each place can be treated alone. Differentiate them by
# $D_k$ and set the derivative to 0.
#
# <details><summary>Hint 2</summary>
#
# $p/D = q/(1 - D)$. Solve for $D$, and try the result on the example.
#
# <details><summary>Hint 3</summary>
#
# 0/0 gives NaN and a warning. `np.where(total > 0, total, 1)` is a divisor that is never 0; or
# write the places with a total of 0 afterwards.
#
# </details></details></details>


# %% nbgrader={"grade_id": "optimal", "solution": true}
def optimal_discriminator(p, q):
    """The opinions that make V largest; ½ where p and q are both 0.

    p, q: (K,), entries ≥ 0. Returns (K,).
    """
    ### BEGIN SOLUTION
    total = p + q
    return np.where(total > 0, p / np.where(total > 0, total, 1), 0.5)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_optimal", "points": 1}
# Visible tests: by hand. Only data, only fakes, both, neither; and densities.
from course_utils.adversarial.mistakes import densities

hint = "it raised an error. p and q are arrays: an `if` cannot decide about all places at once, "
hint += "np.where can"
for p, q, right in [
    ([0.3, 0.5, 0.0, 0.2], [0.1, 0.0, 0.5, 0.4], [0.75, 1, 0, 1 / 3]),
    ([0.4, 0.0, 0.6], [0.6, 0.0, 0.4], [0.4, 0.5, 0.6]),
    ([2.0, 0.5], [0.5, 1.5], [0.8, 0.25]),
]:
    p, q = np.array(p), np.array(q)
    what, mistakes = f"optimal_discriminator({p}, {q})", densities.best_opinion(p, q)
    got = checks.attempt(optimal_discriminator, p, q, what=what, hint=hint)
    checks.close(got, right, what, rtol=1e-5, mistakes=mistakes)
checks.passed("Right at nine places. 1 of 2 points; the other is for random distributions.")

# %% nbgrader={"grade_id": "hidden_optimal", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import optimal as reference
from course_utils.adversarial.mistakes import densities

for places in [2, 5, 9]:
    p, q = rng.dirichlet(np.ones(places)), rng.dirichlet(np.ones(places))
    empty, unreal = rng.choice(places, size=2, replace=False)
    p[[empty, unreal]] = q[empty] = 0.0
    checks.close(
        optimal_discriminator(p.copy(), q.copy()),
        reference.optimal_discriminator(p, q),
        f"optimal_discriminator on {places} random places",
        rtol=1e-4,
        atol=1e-6,
        mistakes=densities.best_opinion(p, q),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_divergence", "locked": true}
# ## Question 4 · What it leaves to win (3 points)
#
# Against the best discriminator, the value of the game is $V = 2\,\mathrm{JS}(p, q) - \log 4$.
# Write `jensen_shannon(p, q)`, the Jensen–Shannon divergence
#
# $$\mathrm{JS}(p, q) = \tfrac12\sum_k p_k\log\frac{p_k}{m_k} + \tfrac12\sum_k
# q_k\log\frac{q_k}{m_k}, \qquad m = \frac{p + q}{2}, \qquad 0\log 0 = 0.$$
#
# - `p`, `q`: arrays (K,) of probabilities, each adds up to 1. **Entries may be 0.**
# - Returned: one number, in nats (natural logarithm).
#
# Example: `p = [1, 0]`, `q = [0, 1]`. The middle is `[0.5, 0.5]`. Each sum has one term,
# $1\cdot\log 2$, and the other, with $0\log 0$, is 0. So JS is $\log 2 \approx 0.693$, its largest
# value. For `p = q` it is 0.
#
# <details><summary>Hint 1</summary>
#
# Write a function of two arrays for $\sum_k p_k\log(p_k/m_k)$, and call it twice.
#
# <details><summary>Hint 2</summary>
#
# `0 * np.log(0)` is NaN in NumPy. Leave out the terms with $p_k = 0$ *before* you take the
# logarithm: `p[p > 0]` selects the others.
#
# <details><summary>Hint 3</summary>
#
# Where $p_k > 0$, $m_k$ is at least $p_k/2$: there is no division by 0 left. For
# `p = [0.5, 0.5, 0]` and `q = [0, 0.5, 0.5]` the sums are $0.5\log2 + 0 $ each, so JS is
# $0.5\log 2$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "divergence", "solution": true}
def jensen_shannon(p, q):
    """Jensen–Shannon divergence of two distributions on K places, in nats.

    p, q: (K,), each adds up to 1, entries may be 0. Returns one number.
    """

    ### BEGIN SOLUTION
    def half(r):
        there = r > 0
        return (r[there] * np.log(2 * r[there] / (p + q)[there])).sum() / 2

    return half(p) + half(q)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_divergence", "points": 1}
# Visible tests: by hand. Apart, half apart, the same, and two coins without a 0.
from course_utils.adversarial.mistakes import densities

hint = "it raised an error. p[p > 0] is shorter than p: take m at the same places. An `if` cannot "
hint += "decide about all entries of an array"
log = np.log
for p, q, right in [
    ([0.9, 0.1], [0.5, 0.5], (0.9 * log(9 / 7) + log(1 / 3) / 10 + log(25 / 21) / 2) / 2),
    ([0.75, 0.25], [0.25, 0.75], 0.75 * log(1.5) - 0.25 * log(2)),
    ([1.0, 0.0], [0.0, 1.0], log(2)),
    ([0.5, 0.5, 0.0], [0.0, 0.5, 0.5], log(2) / 2),
    ([0.2, 0.8, 0.0], [0.2, 0.8, 0.0], 0.0),
]:
    p, q = np.array(p), np.array(q)
    what, mistakes = f"jensen_shannon({p.tolist()}, {q.tolist()})", densities.divergence(p, q)
    got = checks.attempt(jensen_shannon, p, q, what=what, hint=hint)
    checks.close(got, right, what, rtol=1e-5, atol=1e-6, mistakes=mistakes)
checks.passed("Right on five pairs. 1 of 3 points; the rest is for random distributions.")

# %% nbgrader={"grade_id": "hidden_divergence", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import optimal as reference
from course_utils.adversarial.mistakes import densities

for places, zeros in [(2, 0), (3, 0), (6, 0), (5, 1), (9, 3)]:
    p, q = rng.dirichlet(np.ones(places)), rng.dirichlet(np.ones(places))
    p[rng.choice(places, zeros, replace=False)] = 0
    q[rng.choice(places, zeros, replace=False)] = 0
    p, q = p / p.sum(), q / q.sum()
    checks.close(
        jensen_shannon(p.copy(), q.copy()),
        reference.jensen_shannon(p, q),
        f"jensen_shannon on {places} random places",
        rtol=1e-4,
        atol=1e-6,
        mistakes=densities.divergence(p, q),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_alternating", "locked": true}
# ## Question 5 · One round of the game (5 points)
#
# The smallest adversarial network lives on a line and has four parameters: the generator makes
# $G(z) = az + b$ from a number $z$, and the discriminator's score is $s(x) = wx + c$, with
# $D = \sigma(s)$. With real examples $x_1 … x_N$ and noise $z_1 … z_M$ the losses are
#
# $$L_D = -\frac1N\sum_n\log D(x_n) - \frac1M\sum_m\log(1 - D(G(z_m))), \qquad
# L_G = -\frac1M\sum_m\log D(G(z_m)).$$
#
# Write `alternating_step(a, b, w, c, x, z, eta)`, one round with the step size $\eta$:
#
# 1. The discriminator makes one step of gradient descent on $L_D$. Only `w` and `c` move.
# 2. The generator makes one step of gradient descent on $L_G$, against the **new** discriminator
#    and with the same noise. Only `a` and `b` move.
#
# - `x`: (N,). `z`: (M,). The others are numbers. No score is larger than 20.
# - Returned: a tuple of four numbers, the new `(a, b, w, c)`.
#
# Example: $a = 1$, $b = w = c = 0$, one real example $x = 2$, one noise $z = 1$, $\eta = 1$. The
# fake is 1 and both opinions are ½. $L_D$ has the slope $-\frac12\cdot2 + \frac12\cdot1 = -\frac12$
# by $w$ and 0 by $c$, so $w = 0.5$, $c = 0$. Now the fake has the score 0.5, and $\sigma(0.5) - 1
# \approx -0.378$. Times $w$ this is −0.189, the slope by $b$, and with $z = 1$ also by $a$. The
# result is about `(1.189, 0.189, 0.5, 0)`.
#
# <details><summary>Hint 1</summary>
#
# The derivative of $-\log\sigma(s)$ by $s$ is $\sigma(s) - 1$, that of $-\log(1 - \sigma(s))$ is
# $\sigma(s)$. The rest is the chain rule, with $s = wx + c$ by $w$ and $c$.
#
# <details><summary>Hint 2</summary>
#
# In step 1 the fakes are numbers like the real examples; where they came from plays no part (with
# PyTorch: `fake.detach()`). In step 2 the score of a fake is $w\,(az + b) + c$. What is its
# derivative by $a$? By $b$?
#
# <details><summary>Hint 3</summary>
#
# With a real batch $x = (2, 4)$ that has $D = (0.5, 0.75)$, the real part of the slope by $w$ is
# the mean of $-0.5\cdot2$ and $-0.25\cdot4$, so −1. Compute the fakes' scores anew, with the new
# `w` and `c`, before step 2.
#
# </details></details></details>


# %% nbgrader={"grade_id": "alternating", "solution": true}
def alternating_step(a, b, w, c, x, z, eta):
    """One round: the discriminator (w, c) descends on its loss, then the generator (a, b) on its.

    x: real examples (N,). z: noise (M,). eta: step size.
    Returns the new (a, b, w, c), a tuple of numbers.
    """
    ### BEGIN SOLUTION
    fake = a * z + b  # (M,)
    on_real = 1 / (1 + np.exp(-(w * x + c))) - 1  # ∂L_D/∂s, times N
    on_fake = 1 / (1 + np.exp(-(w * fake + c)))  # ∂L_D/∂s, times M
    slope_w = (on_real * x).mean() + (on_fake * fake).mean()
    slope_c = on_real.mean() + on_fake.mean()
    w, c = w - eta * slope_w, c - eta * slope_c
    by_fake = (1 / (1 + np.exp(-(w * fake + c))) - 1) * w  # ∂L_G/∂G(z), times M
    return a - eta * (by_fake * z).mean(), b - eta * by_fake.mean(), w, c
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_alternating", "points": 2}
# Visible tests: two rounds whose results were found by central differences, and the example.
from course_utils.adversarial.line_game import Players
from course_utils.adversarial.mistakes import play
from course_utils.adversarial.mistakes.pairs import single_numbers

hint = "it raised an error. There are N real examples and M fakes: take the mean of each batch "
hint += "for itself, then add. (Functions of `math` take single numbers only.)"
reals, noise = np.array([2.0, 3.0]), np.array([1.0, 0.75, 0.25])
for start, first, eta, right in [
    ((1.0, 0.5, 1.5, -0.3), 3, 0.5, (1.117191, 0.695003, 1.06419, -0.680436)),
    ((-0.5, 1.0, 0.8, -0.6), 3, 0.25, (-0.424144, 1.110591, 0.838652, -0.669498)),
    ((1.0, 0.0, 0.0, 0.0), 1, 1.0, (1.188770, 0.188770, 0.5, 0.0)),
]:
    x, z = reals[:first], noise[:first]
    what = f"alternating_step{start}, x = {x}, z = {z}, η = {eta}"
    mistakes = play.alternating(Players(*start), x, z, eta)
    got = checks.attempt(alternating_step, *start, x, z, eta, what=what, hint=hint)
    got = single_numbers(got, "abwc", what)
    checks.close(got, right, what, rtol=1e-4, atol=1e-5, mistakes=mistakes)
checks.passed("Three rounds are right. 2 of 5 points; the rest is for random players and batches.")

# %% nbgrader={"grade_id": "hidden_alternating", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import line_game as reference
from course_utils.adversarial.mistakes import play

for n, m in [(1, 1), (4, 4), (3, 6), (8, 5)]:
    start = tuple(float(v) for v in rng.normal(size=4))
    x, z, eta = rng.normal(1, 1, size=n), rng.random(m), float(rng.uniform(0.2, 0.9))
    what = f"alternating_step with N = {n}, M = {m}"
    right = reference.alternating_step(reference.Players(*start), x, z, eta)
    checks.close(
        alternating_step(*start, x.copy(), z.copy(), eta),
        right,
        what,
        rtol=1e-4,
        atol=1e-5,
        mistakes=play.alternating(reference.Players(*start), x, z, eta),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_simultaneous", "locked": true}
# ## Question 6 · Both at once (3 points)
#
# In the game $V(a, b) = ab$, player one moves $a$ to make $V$ **small**, player two moves $b$ to
# make it **large**. Both know the gradient and make steps of size $\eta$. Write two functions.
#
# - `simultaneous_step(a, b, eta)`: both move at the same moment, each by the gradient at the old
#   $(a, b)$. Returned: the pair of the new `(a, b)`.
# - `rounds_to_double(eta)`: after how many such rounds is the distance $\sqrt{a^2 + b^2}$ from the
#   equilibrium (0, 0) **at least twice** what it was at the start? It does not depend on the start.
#   Returned: a whole number.
#
# Example: from (3, 4) with $\eta = 0.5$: $\partial V/\partial a = b = 4$, so $a$ goes *down* to 1.
# $\partial V/\partial b = a = 3$, so $b$ goes *up* to 5.5. The distance grew from 5 to
# $\sqrt{1 + 30.25} \approx 5.59$. With $\eta = 2$ it has doubled after 1 round.
#
# <details><summary>Hint 1</summary>
#
# If you write `a = a - …` first, the next line sees the new `a`. Compute both, then return.
#
# <details><summary>Hint 2</summary>
#
# Multiply out the new $a^2 + b^2$. The mixed terms cancel. By which factor has it grown, whatever
# $a$ and $b$ are?
#
# <details><summary>Hint 3</summary>
#
# If a quantity grows by the factor $g$ each round, it has doubled when $g^k \ge 2$, that is when
# $k \ge \log 2/\log g$. Or play rounds in a loop and count. In the example, $g = 5.59/5 = 1.118$
# and 7 rounds are needed.
#
# </details></details></details>


# %% nbgrader={"grade_id": "simultaneous", "solution": true}
def simultaneous_step(a, b, eta):
    """Both players of V(a, b) = a b move at once: a downhill, b uphill. Returns (a, b)."""
    ### BEGIN SOLUTION
    return a - eta * b, b + eta * a
    ### END SOLUTION


def rounds_to_double(eta):
    """Number of rounds after which the distance from (0, 0) has at least doubled; an int."""
    ### BEGIN SOLUTION
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_simultaneous", "points": 1}
# Visible tests: by hand.
from course_utils.adversarial.mistakes import play

for a, b, eta, right in [(3.0, 4.0, 0.5, (1, 5.5)), (-1.0, 2.0, 0.25, (-1.5, 1.75))]:
    what = f"simultaneous_step({a:g}, {b:g}, {eta})"
    got = simultaneous_step(a, b, eta)
    checks.close(got, right, what, rtol=1e-5, mistakes=play.simultaneous(a, b, eta))
for eta, rounds in [(0.2, 36), (0.5, 7), (2.0, 1)]:
    what, mistakes = f"rounds_to_double({eta:g})", play.doubling(eta)
    checks.equal(rounds_to_double(eta), rounds, what, mistakes=mistakes)
checks.passed("Right by hand. 1 of 3 points; the rest is for random places and step sizes.")

# %% nbgrader={"grade_id": "hidden_simultaneous", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import bilinear as reference
from course_utils.adversarial.mistakes import play

for _ in range(5):
    a, b, eta = (float(v) for v in [*rng.normal(size=2), rng.uniform(0.1, 0.9)])
    checks.close(
        simultaneous_step(a, b, eta),
        reference.simultaneous_step(a, b, eta),
        "simultaneous_step on random numbers",
        rtol=1e-4,
        atol=1e-6,
        mistakes=play.simultaneous(a, b, eta),
    )
for rounds in rng.choice(np.arange(2, 60), size=4, replace=False):
    # A step size for which the distance doubles well between two rounds.
    eta = float(np.sqrt(2 ** (2 / (rounds - rng.uniform(0.2, 0.8))) - 1))
    distance = np.linalg.norm(reference.play(reference.simultaneous_step, 1, 0, eta, 60), axis=1)
    checks.equal(
        rounds_to_double(eta),
        int(np.argmax(distance >= 2)),
        f"rounds_to_double({eta:.4g})",
        mistakes=play.doubling(eta),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_wasserstein", "locked": true}
# ## Question 7 · Wasserstein's distance on a line (3 points)
#
# N piles of sand of the same size stand at the places $x_1 … x_N$ of a line and should stand at
# $y_1 … y_N$. Write `wasserstein_1d(x, y)`: the **mean** way of a pile under the best plan of which
# pile goes where, each place taking one pile.
#
# - `x`, `y`: arrays (N,), in no particular order; the same place may occur several times.
# - Returned: one number, ≥ 0. `x` and `y` must stay as they were.
#
# Example: `x = [0, 10]`, `y = [11, 2]`. The pile at 0 goes to 2 and that at 10 to 11: ways 2 and 1,
# so the distance is 1.5. The other plan has the ways 11 and 8.
#
# <details><summary>Hint 1</summary>
#
# Two piles at 0 and 1 shall go to 5 and 6. Compare the two plans. Does it ever help if ways cross?
#
# <details><summary>Hint 2</summary>
#
# So the leftmost pile goes to the leftmost place. And the second one?
#
# <details><summary>Hint 3</summary>
#
# For `x = [3, 1, 2]` and `y = [9, 0, 2]` the best plan has the ways 1, 0 and 6: mean 7/3. `np.sort`
# returns a sorted copy. Ways to the left count like ways to the right.
#
# </details></details></details>


# %% nbgrader={"grade_id": "wasserstein", "solution": true}
def wasserstein_1d(x, y):
    """Least mean way from the points x to the points y on a line.

    x, y: (N,), in any order. Returns one number.
    """
    ### BEGIN SOLUTION
    return np.abs(np.sort(x) - np.sort(y)).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_wasserstein", "points": 1}
# Visible tests: by hand, with ways in both directions and places that occur twice.
from course_utils.adversarial.mistakes import critics

hint = "it raised an error. `x.sort()` changes x and returns None, and `sorted(x)` is a list, "
hint += "which has no minus: np.sort(x) is a sorted array"
for x, y, right in [
    ([6.0, -1.0, 6.0, -2.0], [3.5, -3.0, 5.0, 7.0], 1.875),
    ([0.0, 10.0], [11.0, 2.0], 1.5),
    ([3.0, 1.0, 2.0], [9.0, 0.0, 2.0], 7 / 3),
    ([2.0, 5.0], [5.0, 2.0], 0.0),
]:
    x, y = np.array(x), np.array(y)
    what, mistakes = f"wasserstein_1d({x.tolist()}, {y.tolist()})", critics.distance(x, y)
    got = checks.attempt(wasserstein_1d, x, y, what=what, hint=hint)
    checks.close(got, right, what, rtol=1e-5, atol=1e-6, mistakes=mistakes, count=len(x))
checks.passed("Right on four plans. 1 of 3 points; the rest is for random points.")

# %% nbgrader={"grade_id": "hidden_wasserstein", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import wasserstein as reference
from course_utils.adversarial.mistakes import critics

for n in [1, 4, 7, 20]:
    x, y = rng.normal(size=n), rng.normal(rng.normal(), 2, size=n)
    if n == 20:
        y += x.mean() - y.mean()  # ways to both sides
    checks.close(
        wasserstein_1d(x.copy(), y.copy()),
        reference.wasserstein_1d(x, y),
        f"wasserstein_1d of {n} random points",
        rtol=1e-4,
        atol=1e-6,
        mistakes=critics.distance(x, y),
        count=n,
    )
    before = x.copy()
    wasserstein_1d(x, y)
    checks.unchanged(before, x, "wasserstein_1d(x, y): x")
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_clipping", "locked": true}
# ## Question 8 · A critic with clipped weights (2 points)
#
# A critic's score must not rise too steeply. The first remedy was to clip its weights after each
# step. Take the linear critic $s(x) = w\cdot x$, which wants
#
# $$\frac1N\sum_n s(x_n) - \frac1M\sum_m s(\tilde x_m)$$
#
# to be **large**, for real examples $x_n$ and fakes $\tilde x_m$. Write
# `clipped_step(w, real, fake, eta, c)`: one gradient step of size $\eta$ that makes it larger, then
# each weight is clipped to $[-c, c]$.
#
# - `w`: (d,). `real`: (N, d). `fake`: (M, d), where d is the number of coordinates. `eta`, `c`:
#   numbers > 0; here `c` is the limit, not the bias of question 5.
# - Returned: the new weights (d,). Do not change `w` in place.
#
# Example with d = 2, one example each: `w = [0, 0.9]`, `real = [[4, 1]]`, `fake = [[1, 2]]`,
# $\eta = 0.1$, $c = 1$. The gradient is $(3, -1)$, so `w` becomes `[0.3, 0.8]`; with $c = 0.5$ it
# becomes `[0.3, 0.5]`.
#
# <details><summary>Hint 1</summary>
#
# What is the derivative of $w\cdot x$ by $w$? And of the mean of $w\cdot x_n$ over the batch?
#
# <details><summary>Hint 2</summary>
#
# Means over the examples are means over axis 0. To make something larger, go *along* its gradient.
#
# <details><summary>Hint 3</summary>
#
# `np.clip(v, low, high)` limits every entry for itself and returns a new array. `w += …` would
# change the array that was passed in.
#
# </details></details></details>


# %% nbgrader={"grade_id": "clipping", "solution": true}
def clipped_step(w, real, fake, eta, c):
    """One step of the linear critic uphill, then its weights are clipped to [−c, c].

    w: (d,). real: (N, d). fake: (M, d). Returns (d,).
    """
    ### BEGIN SOLUTION
    return np.clip(w + eta * (real.mean(axis=0) - fake.mean(axis=0)), -c, c)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_clipping", "points": 1}
# Visible tests: by hand. Weights that stay inside, that are clipped, that begin outside.
from functools import partial

from course_utils.adversarial.mistakes import critics

hint = "it raised an error. real is (N, d) and fake (M, d): the mean example of each has d "
hint += "entries. Python's max and min compare single numbers, not arrays"
real, fake = np.array([[4.0, 1, 0], [6, 3, 2]]), np.array([[1.0, 2, 2], [1, 5, 2], [4, 8, 0.5]])
for w, eta, c, right in [
    ([0.7, -0.1, 0.2], 0.25, 0.5, [0.5, -0.5, 0.075]),
    ([0.0, 0.9, 0.2], 0.1, 1.0, [0.3, 0.6, 0.15]),
    ([-2.0, 0.1, 0.0], 0.5, 0.4, [-0.4, -0.4, -0.25]),
]:
    w, what = np.array(w), f"clipped_step({w}, real, fake, {eta}, {c})"
    before, mistakes = w.copy(), critics.clipping(w, real, fake, eta, c)
    call = partial(clipped_step, w, real.copy(), fake.copy(), eta, c)
    got = checks.attempt(call, what=what, hint=hint)
    checks.close(got, right, what, rtol=1e-5, atol=1e-6, mistakes=mistakes)
    checks.unchanged(before, w, f"{what}: w")
checks.passed("Three steps are right. 1 of 2 points; the other is for random critics.")

# %% nbgrader={"grade_id": "hidden_clipping", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import wasserstein as reference
from course_utils.adversarial.mistakes import critics

for d, n, m, c in [(1, 3, 3, 0.5), (4, 6, 2, 0.3), (8, 5, 7, 0.6), (3, 1, 4, 2.0)]:
    w, eta = rng.normal(size=d), float(rng.uniform(0.1, 0.9))
    real, fake = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    w[0] = -5.0  # clipped from below
    checks.close(
        clipped_step(w.copy(), real.copy(), fake.copy(), eta, c),
        reference.clipped_step(w, real, fake, eta, c),
        f"clipped_step with d, N, M = {d}, {n}, {m}",
        rtol=1e-4,
        atol=1e-6,
        mistakes=critics.clipping(w, real, fake, eta, c),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_penalty", "locked": true}
# ## Question 9 · A critic with a gradient penalty (4 points)
#
# The second remedy: punish the critic where the gradient of its score **by the example** has
# another length than 1. The critic has one hidden layer,
#
# $$s(x) = v\cdot h, \qquad h = \tanh(Wx + b).$$
#
# Its gradient is looked at between the data and the fakes, at $\hat x_n = u_nx_n + (1 -
# u_n)\tilde x_n$. Write `gradient_penalty(W, b, v, real, fake, u)`:
#
# $$P = \frac1N\sum_{n=1}^N\left(\left\|\frac{\partial s}{\partial x}(\hat x_n)\right\| -
# 1\right)^2.$$
#
# - `W`: (H, d). `b`, `v`: (H,). `real`, `fake`: (N, d). `u`: (N,), one number from 0 to 1 for each
#   pair of a real and a fake example. The norm is Euclid's.
# - Returned: one number.
#
# Example with N = H = 1, d = 2: `W = [[2, 0]]`, `b = [0]`, `v = [3]`, `real = [[1, 5]]`,
# `fake = [[-1, 5]]`, `u = [0.5]`. Then $\hat x = (0, 5)$ and $h = 0$, where tanh has the slope
# $1 - h^2 = 1$. The gradient is $3\cdot1\cdot(2, 0) = (6, 0)$, its norm 6, and $P$ is
# $(6 - 1)^2 = 25$.
#
# <details><summary>Hint 1</summary>
#
# `u` has shape (N,) and `real` (N, d). To weigh rows, make `u` a column: `u[:, None]`.
#
# <details><summary>Hint 2</summary>
#
# By the chain rule, the derivative of $s$ by $x_j$ is the sum over the hidden units of
# $v_i\,(1 - h_i^2)\,W_{ij}$. For all examples at once this is a matrix product of shape (N, d).
#
# <details><summary>Hint 3</summary>
#
# With gradients `[[3, 4], [0, 0]]` the norms are 5 and 0, and $P = (16 + 1)/2 = 8.5$. The norm is
# taken over the d coordinates, one for each example.
#
# </details></details></details>


# %% nbgrader={"grade_id": "penalty", "solution": true}
def gradient_penalty(W, b, v, real, fake, u):
    """Mean of (‖∂s/∂x‖ − 1)² between real and fake examples, for s(x) = v · tanh(W x + b).

    W: (H, d). b, v: (H,). real, fake: (N, d). u: (N,). Returns one number.
    """
    ### BEGIN SOLUTION
    x = u[:, None] * real + (1 - u[:, None]) * fake  # (N, d)
    h = np.tanh(x @ W.T + b)  # (N, H)
    slopes = ((1 - h**2) * v) @ W  # (N, d)
    return ((np.linalg.norm(slopes, axis=1) - 1) ** 2).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_penalty", "points": 1}
# Visible tests: a critic whose slopes were found by central differences, and two by hand.
from course_utils.adversarial.mistakes import critics
from course_utils.adversarial.wasserstein import Critic

hint = "the shapes did not fit. The points in between and the gradients are (N, d), h is (N, H), "
hint += "W is (H, d), v is (H,), and u has one number for each pair, (N,)"
three = [[1.0, 0.5, -1.0], [0.5, -1.0, 2.0]]
for critic, real, fake, u, right in [
    ((three, [0.1, -0.2], [1.5, -0.5]), three, np.eye(3)[:2], [0.9, 0.2], 2.4211671),
    (([[2.0, 0]], [0.0], [3.0]), [[1.0, 5]], [[-1.0, 5]], [0.5], 25.0),
    (([[3.0, 4]], [-5.0], [0.1]), [[1.0, 2], [5, -1]], [[1.0, 0], [1, 1]], [0.25, 0.75], 0.6249092),
]:
    critic = Critic(*[np.array(a) for a in critic])
    real, fake, u = np.array(real), np.array(fake), np.array(u)
    what = f"gradient_penalty with N, d, H = {real.shape[0]}, {real.shape[1]}, {len(critic.v)}"
    mistakes = critics.penalty(critic, real, fake, u)
    got = checks.attempt(gradient_penalty, *critic, real, fake, u, what=what, hint=hint)
    checks.close(got, right, what, rtol=1e-4, mistakes=mistakes)
checks.passed("Three critics are right. 1 of 4 points; the rest is for random critics.")

# %% nbgrader={"grade_id": "hidden_penalty", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import wasserstein as reference
from course_utils.adversarial.mistakes import critics

for n, d, h in [(1, 1, 2), (4, 4, 4), (6, 2, 5), (3, 5, 2)]:
    critic = reference.Critic(rng.normal(size=(h, d)), rng.normal(size=h), rng.normal(size=h))
    real, fake, u = rng.normal(size=(n, d)), rng.normal(size=(n, d)), rng.random(n)
    checks.close(
        gradient_penalty(*[a.copy() for a in (*critic, real, fake, u)]),
        reference.gradient_penalty(critic, real, fake, u),
        f"gradient_penalty with N, d, H = {n}, {d}, {h}",
        rtol=1e-3,
        atol=1e-5,
        mistakes=critics.penalty(critic, real, fake, u),
        count=n,
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_coverage", "locked": true}
# ## Question 10 · Which modes are reached (3 points)
#
# The data lie in K narrow heaps with known centres, the **modes**. A generator may collapse: it
# makes good examples, but of a few modes only. Write `mode_coverage(samples, modes, radius)`.
#
# A sample is *good* if the mode nearest to it is no farther away than the radius (**≤**), and it
# then counts for that mode alone.
#
# - `samples`: (N, d). `modes`: (K, d). `radius`: a number. Distances are Euclid's. Points at the
#   same distance from two modes do not occur.
# - Returned: a pair: the number of modes that at least one good sample counts for, and the share of
#   the samples that are good, from 0 to 1.
#
# Example: modes (0, 0) and (10, 0), radius 5, samples (3, 4), (0, 1), (10, 2) and (20, 0). The
# first is at distance 5 of the first mode and good, the second too, the third is good for the
# second mode, and the last is 10 away from it. The result is `(2, 0.75)`.
#
# <details><summary>Hint 1</summary>
#
# Make a table of all distances, shape (N, K): one row for each sample. `samples[:, None] - modes`
# has the shape (N, K, d).
#
# <details><summary>Hint 2</summary>
#
# In each row you need the smallest entry (is it ≤ radius?) and where it stands (which mode?).
#
# <details><summary>Hint 3</summary>
#
# Three good samples whose nearest modes are 4, 4 and 7 reach two modes: count different numbers,
# `len(set(…))` or `np.unique`. Samples that are not good reach none.
#
# </details></details></details>


# %% nbgrader={"grade_id": "coverage", "solution": true}
def mode_coverage(samples, modes, radius):
    """Number of modes reached by good samples, and the share of samples that are good.

    samples: (N, d). modes: (K, d). radius: a number. Returns (int, float).
    """
    ### BEGIN SOLUTION
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)  # (N, K)
    good = distances.min(axis=1) <= radius  # (N,)
    return len(np.unique(distances.argmin(axis=1)[good])), good.mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_coverage", "points": 1}
# Visible tests: by hand. Heaps far apart, radii that overlap, and a generator that collapsed.
from course_utils.adversarial.mistakes import counting
from course_utils.adversarial.mistakes.pairs import pair

hint = "it raised an error. There are N samples and K modes: compare every sample with every "
hint += "mode. An `if` needs a single number: the distance, not the differences of the "
hint += "coordinates"
far, near = [[0.0, 0], [10, 0]], [[0.0, 0], [1, 0], [0, 3]]
corners = [[1.0, 1], [-1, 1], [9, 9], [9, -9], [-9, -9]]
at_one = [[1.4, 1.4], [1.6, 1.3], [1, 1.2], [1, 0.8], [1.3, 0.65], [6, 6]]
for samples, modes, radius, reached, good in [
    ([[0.2, 0], [0.1, 0.1], [0, -0.3], [0, 2.2], [2, 9]], near, 2.0, 2, 0.8),
    (at_one, corners, 0.5, 1, 0.5),
    ([[5.0, 5], [-5, 5]], corners, 0.5, 0, 0.0),
    ([[3.0, 4], [0, 1], [10, 2], [20, 0]], far, 5.0, 2, 0.75),
]:
    samples, modes = np.array(samples), np.array(modes)
    what = f"mode_coverage of {len(samples)} samples, {len(modes)} modes, radius {radius:g}"
    got = checks.attempt(mode_coverage, samples, modes, radius, what=what, hint=hint)
    got, mistakes = pair(got, what), counting.modes_reached(samples, modes, radius)
    checks.equal(got[0], reached, f"{what}: modes reached", mistakes=mistakes)
    mistakes = counting.good_share(samples, modes, radius)
    checks.close(got[1], good, f"{what}: share of good samples", rtol=1e-5, mistakes=mistakes)
checks.passed("Right on four heaps. 1 of 3 points; the rest is for random samples.")

# %% nbgrader={"grade_id": "hidden_coverage", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.adversarial import coverage as reference
from course_utils.adversarial.mistakes import counting
from course_utils.adversarial.mistakes.pairs import pair

for n, k, d, radius in [(1, 1, 2, 0.5), (12, 6, 2, 0.6), (30, 9, 3, 1.3), (25, 8, 1, 0.2)]:
    modes = 3 * rng.random((k, d))
    samples = modes[rng.integers(k, size=n)] + 0.7 * rng.normal(size=(n, d))
    # Far away: two modes that are close to each other, at one of which a sample lies, a mode that
    # is missed, and (in two dimensions and more) a sample that only its coordinates bring near.
    far = np.array([[20.0], [20 - 0.5 * radius], [-20]]) * np.ones(d)
    modes = np.vstack([modes, far])
    samples = np.vstack([samples, far + radius * np.array([[0], [1.3], [1.5]])])
    what = f"mode_coverage of {n + 3} samples, {k + 3} modes in {d} dimensions"
    got = pair(mode_coverage(samples.copy(), modes.copy(), radius), what)
    right = reference.mode_coverage(samples, modes, radius)
    mistakes = counting.modes_reached(samples, modes, radius)
    checks.equal(got[0], right.modes, f"{what}: modes reached", mistakes=mistakes)
    mistakes = counting.good_share(samples, modes, radius)
    checks.close(
        got[1], right.quality, f"{what}: share of good samples", rtol=1e-4, mistakes=mistakes
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_explain", "locked": true}
# ## Question 11 · A flat curve (4 points, marked by a person)
#
# A friend trains an adversarial network in the log form. For the last thousand steps the
# discriminator's loss has been log 4 ≈ 1.386, without moving. "It has converged," says the friend.
# "The generator is perfect."
#
# Answer in at most 150 words.
#
# Who earns which point:
#
# 1. What that value says about the discriminator's opinions, and for which generator theory
#    predicts it.
# 2. Another way in which the same curve comes about while the generator is bad, with its cause.
# 3. An experiment that tells the two apart without looking at samples: what is trained or changed,
#    what is measured, and what each of you expects.
# 4. Why the two losses of an adversarial network cannot be read as the falling loss of a classifier
#    can.

# %% [markdown] nbgrader={"grade_id": "explain_flat", "grade": true, "solution": true, "points": 4}
# ### BEGIN SOLUTION
# 1. A loss of log 4 that does not move is what $D = ½$ everywhere gives: the discriminator cannot
#    tell. If it is the best discriminator, $D^* = p/(p + q) = ½$ means $q = p$: the friend's
#    explanation, the Nash equilibrium.
# 2. But $D = ½$ is also what a discriminator says that has not learnt: too small, learning rate 0
#    or far too low, dead ReLUs, weights decayed to 0, labels mixed up, the same batch shown as real
#    and as fake. Then the score has no slope by x either, and the generator gets no gradient.
# 3. Freeze the generator and train a fresh, larger discriminator, then measure it on held-out data
#    and new fakes. The friend expects its loss there to stay at log 4; if the generator is bad, it
#    falls below. (Or: a two-sample test or a classifier's accuracy against 50 %, or the coverage of
#    known modes, with a comparison of what both expect.)
# 4. Each loss depends on the other player, who moves: the scale changes under one's feet. A
#    generator's loss may rise while its samples get better, because the discriminator has got
#    better, and the players may circle without either loss showing it. A classifier's loss is
#    measured against targets that stand still.
#
# One point each. For 1, both parts are needed: D = ½ and q = p. For 2, any cause that leaves the
# opinions at ½ counts; "mode collapse" alone does not, for a good discriminator sees it. For 3, the
# discriminator must be new or better and the examples unseen.
# ### END SOLUTION
