# ---
# jupyter:
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
# # Deciding under uncertainty
#
# Write your answers where the cells say `raise NotImplementedError`. Below each one stands a cell
# with tests: run it, and it tells you whether you are right and, if not, what is likely wrong.
# When your work is marked, further tests run on other numbers, so write functions that work for
# *any* input; the line that a passed test prints says how many of the points you have seen tested.
# Every question is marked on its own, and any correct way to the result counts. Stuck? Three hints
# unfold below each question, one after another. Allow an hour and a half to two hours, in two
# sittings: questions 1 to 4, then the rest.
#
# | Question | Function | Points |
# |---|---|---|
# | 1 · Risk matrix | `risk_matrix` | 3 |
# | 2 · Bayes rule | `bayes_rule` | 3 |
# | 3 · Threshold | `threshold` | 3 |
# | 4 · Reject option | `decide_or_reject` | 4 |
# | 5 · Posterior of Gaussian classes | `gaussian_posterior` | 4 |
# | 6 · Plug-in classifier | `plug_in_classifier` | 5 |
# | 7 · Median as a risk minimiser | `best_for_absolute_loss` | 4 |
# | 8 · An alarm explained | in words | 4 |
#
# The scene is a small clinic. A patient is healthy ($y = 0$) or ill ($y = 1$); the clinic sends the
# patient home ($\hat y = 0$) or treats ($\hat y = 1$). **Loss tables have the truth in rows and the
# decision in columns**: `loss[y, d]` is the cost of decision `d` when the truth is `y`.

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks
from course_utils import decision_mistakes as usual  # what the usual mistakes give


def cost_of(prediction, values, probabilities):
    """Expected absolute distance of a prediction (question 7); values, probabilities: (K,)."""
    if prediction is None:
        return None  # checks.close says that nothing was returned
    distance = np.abs(np.asarray(prediction, dtype=float)[..., None] - np.asarray(values))
    return distance @ np.asarray(probabilities)


# %% [markdown] nbgrader={"grade_id": "ask_risk", "locked": true}
# ## Question 1 · Risk matrix (3 points)
#
# Write `risk_matrix(posterior, loss)`.
#
# - `posterior`, array of shape (N, K): `posterior[n, y]` is the probability of class `y` for
#   patient `n`; rows sum to 1.
# - `loss`, array of shape (K, A): `loss[y, d]`. There may be more or fewer decisions than classes.
# - Returned: array of shape (N, A); entry `[n, d]` is the expected cost of decision `d` for
#   patient `n`, $\sum_y p(y \mid x_n)\,L(d, y)$.
#
# Example: with `loss = [[0, 2], [5, 0]]` and a posterior of `[0.7, 0.3]`, the risks are
# $0.3 \cdot 5 = 1.5$ and $0.7 \cdot 2 = 1.4$.
#
# <details><summary>Hint 1</summary>
#
# Write the sum for one patient and one decision with all its indices. Over which index is summed?
#
# <details><summary>Hint 2</summary>
#
# It is summed over `y`: the columns of `posterior` and the rows of `loss`. Which operation of
# linear algebra sums over the columns of one matrix and the rows of another?
#
# <details><summary>Hint 3</summary>
#
# A matrix product, `@` in NumPy. Write the two shapes beside each other in both orders: in which
# one do the inner numbers agree, and does (N, A) come out?
#
# </details></details></details>


# %% nbgrader={"grade_id": "risk", "solution": true}
def risk_matrix(posterior, loss):
    """Expected cost of every decision for every patient.

    posterior: (N, K), rows sum to 1. loss: (K, A), loss[y, d].
    Returns an array (N, A).
    """
    ### BEGIN SOLUTION
    return posterior @ loss
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_risk", "points": 1}
# Visible tests: by hand for two classes, then two patients, two classes, three decisions.
posterior = np.array([[0.7, 0.3], [0.9, 0.1]])
loss = np.array([[0.0, 2.0], [5.0, 0.0]])
checks.close(
    risk_matrix(posterior.copy(), loss.copy()),
    [[1.5, 1.4], [0.5, 1.8]],
    "risk_matrix with 2 decisions",
    rtol=1e-5,
    mistakes=usual.risk_matrix(posterior, loss),
)
loss = np.array([[0.0, 2.0, 1.0], [5.0, 0.0, 1.0]])
checks.close(
    risk_matrix(posterior.copy(), loss.copy()),
    [[1.5, 1.4, 1.0], [0.5, 1.8, 1.0]],
    "risk_matrix with 3 decisions",
    rtol=1e-5,
)
checks.passed("Right for two and for three decisions: 1 of 3 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_risk", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import decision as reference

for n, k, a in [(3, 2, 2), (4, 4, 4), (6, 3, 5), (1, 5, 2)]:
    posterior = rng.dirichlet(np.ones(k), size=n)
    loss = rng.uniform(0, 10, size=(k, a))
    mistakes = (
        {"the loss table was used transposed; its rows are the truth": posterior @ loss.T}
        if a == k
        else {}
    )
    mistakes["averaged over the classes; the probabilities are weights already"] = (
        posterior @ loss / k
    )
    checks.close(
        risk_matrix(posterior.copy(), loss.copy()),
        reference.conditional_risk(posterior, loss),
        f"risk_matrix with posterior {posterior.shape} and loss {loss.shape}",
        rtol=1e-5,
        mistakes=mistakes,
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_rule", "locked": true}
# ## Question 2 · Bayes rule (3 points)
#
# Write `bayes_rule(posterior, loss)`: for each patient the decision of least expected cost.
#
# - `posterior` (N, K) and `loss` (K, A) as in question 1. Compute what you need here; do not call
#   your function of question 1.
# - Returned: array or list of N whole numbers from 0 to A − 1. On a tie, the lowest number.
#
# Example: for the posterior `[0.7, 0.3]` and `loss = [[0, 2], [5, 0]]` the decision is 1, although
# class 0 is more probable.
#
# <details><summary>Hint 1</summary>
#
# You need the expected cost of each decision first, then for each patient the *place* of the
# smallest.
#
# <details><summary>Hint 2</summary>
#
# Risks have shape (N, A), and one number per patient is wanted: look along the axis of the
# decisions.
#
# <details><summary>Hint 3</summary>
#
# `np.argmin` gives the place of the smallest entry, the first of several. In the example the row of
# risks is (1.5, 1.4), and the place is 1. For an (N, A) array you have to say along which axis; the
# result has shape (N,).
#
# </details></details></details>


# %% nbgrader={"grade_id": "rule", "solution": true}
def bayes_rule(posterior, loss):
    """Decision of least expected cost for each patient.

    posterior: (N, K), rows sum to 1. loss: (K, A), loss[y, d].
    Returns N whole numbers from 0 to A - 1; ties go to the lowest.
    """
    ### BEGIN SOLUTION
    return np.argmin(posterior @ loss, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_rule", "points": 1}
# Visible tests: four patients by hand; more decisions than classes; a tie.
posterior = np.array([[0.7, 0.3], [0.9, 0.1], [0.2, 0.8], [0.4, 0.6]])
loss = np.array([[0.0, 2.0], [5.0, 0.0]])  # risks: 1.5, 1.4 | 0.5, 1.8 | 4.0, 0.4 | 3.0, 0.8
checks.equal(
    bayes_rule(posterior.copy(), loss.copy()),
    [1, 0, 1, 1],
    "bayes_rule for four patients",
    mistakes=usual.bayes_rule(posterior, loss),
)
checks.equal(
    bayes_rule(np.array([[0.7, 0.3], [0.95, 0.05]]), np.array([[0.0, 2.0, 1.0], [5.0, 0.0, 1.0]])),
    [2, 0],
    "bayes_rule with three decisions for two classes",
    mistakes={
        "decision 2 is never taken: find the least of all A risks, with no fixed threshold": [1, 0]
    },
)
checks.equal(
    bayes_rule(np.array([[0.5, 0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])),
    [0],
    "bayes_rule on a tie",
    mistakes={"on a tie the lowest number is asked for": [1]},
)
checks.passed("Decides as it should: 1 of 3 points. The rest is for other shapes and losses.")

# %% nbgrader={"grade_id": "hidden_rule", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import decision as reference

for n, k, a in [(40, 2, 2), (60, 4, 4), (50, 3, 6), (1, 5, 2)]:
    posterior = rng.dirichlet(np.ones(k), size=n)
    loss = rng.uniform(0, 10, size=(k, a))
    risk = posterior @ loss
    mistakes = {"the decision of the largest risk; the smallest is wanted": risk.argmax(axis=1)}
    if a == k:
        mistakes["the loss table was used transposed; its rows are the truth"] = (
            posterior @ loss.T
        ).argmin(axis=1)
        mistakes["the most probable class, with the costs left out"] = posterior.argmax(axis=1)
    checks.equal(
        bayes_rule(posterior.copy(), loss.copy()),
        reference.bayes_rule(posterior, loss),
        f"bayes_rule with posterior {posterior.shape} and loss {loss.shape}",
        mistakes=mistakes,
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_threshold", "locked": true}
# ## Question 3 · Threshold (3 points)
#
# For two classes and two decisions the Bayes rule is "decide 1 where $p(1 \mid x) > t$". Write
# `threshold(loss)`, which returns $t$.
#
# - `loss`, array of shape (2, 2), `loss[y, d]`. The diagonal **need not be zero** (a treatment
#   costs something for the ill as well), but in each row the right decision is the cheaper one.
# - Returned: one number between 0 and 1 (a fraction, no percent, not rounded).
#
# Examples: `[[0, 2], [5, 0]]` gives 2/7; `[[0, 2], [5, 2]]` gives 2/5.
#
# <details><summary>Hint 1</summary>
#
# At the threshold both decisions cost the same. Write both risks as functions of $p = p(1 \mid x)$.
#
# <details><summary>Hint 2</summary>
#
# $(1-p)\,\ell_{00} + p\,\ell_{10} = (1-p)\,\ell_{01} + p\,\ell_{11}$, where $\ell_{yd}$ is
# `loss[y, d]`. Collect what multiplies $1 - p$ and what multiplies $p$.
#
# <details><summary>Hint 3</summary>
#
# With $a = \ell_{01} - \ell_{00}$ and $b = \ell_{10} - \ell_{11}$ it reads $p\,b = (1 - p)\,a$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "threshold", "solution": true}
def threshold(loss):
    """Probability of class 1 above which deciding 1 is the cheaper decision.

    loss: (2, 2), loss[y, d]; in each row the right decision is the cheaper one.
    Returns one number between 0 and 1.
    """
    ### BEGIN SOLUTION
    false_alarm = loss[0, 1] - loss[0, 0]
    miss = loss[1, 0] - loss[1, 1]
    return false_alarm / (false_alarm + miss)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_threshold", "points": 1}
# Visible tests: the two examples, and one where all four costs differ.
checks.close(
    threshold(np.array([[0.0, 2.0], [5.0, 0.0]])),
    2 / 7,
    "threshold with costs 2 and 5",
    rtol=1e-5,
    mistakes=usual.THRESHOLD["costs 2 and 5"],
)
checks.close(
    threshold(np.array([[0.0, 2.0], [5.0, 2.0]])),
    2 / 5,
    "threshold where treating the ill costs 2 as well",
    rtol=1e-5,
    mistakes=usual.THRESHOLD["treating costs 2 always"],
)
checks.close(
    threshold(np.array([[1.0, 4.0], [9.0, 2.0]])),
    3 / 10,
    "threshold of [[1, 4], [9, 2]]",
    rtol=1e-5,
    mistakes=usual.THRESHOLD["all four costs differ"],
)
checks.passed("Right for these three tables: 1 of 3 points. The rest is for other tables.")

# %% nbgrader={"grade_id": "hidden_threshold", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import decision as reference

for right in [
    (0.0, 0.0),
    (1.5, 0.0),
    tuple(rng.uniform(1, 4, size=2)),
    tuple(rng.uniform(1, 4, size=2)),
]:
    a, b = rng.uniform(0.5, 3), rng.uniform(4, 20)
    loss = np.array([[right[0], right[0] + a], [right[1] + b, right[1]]])
    checks.close(
        threshold(loss.copy()),
        reference.binary_threshold(loss),
        f"threshold of {loss.round(3).tolist()}",
        rtol=1e-5,
        mistakes={
            "misses and false alarms are swapped": b / (a + b),
            "the diagonal was left out: what does the wrong decision cost more": loss[0, 1]
            / (loss[0, 1] + loss[1, 0]),
            "the ratio of the two costs; divide by their sum": a / b,
        },
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_reject", "locked": true}
# ## Question 4 · Reject option (4 points)
#
# The clinic may refer a patient to a specialist, at a fixed `cost`, whatever the patient has. Write
# `decide_or_reject(posterior, loss, cost)`.
#
# - `posterior` (N, K) and `loss` (K, A) as before; `cost` one number ≥ 0, in the units of the loss.
# - Returned: N whole numbers. Where the best decision has an expected cost **above** `cost`, the
#   number is −1 (refer); elsewhere it is the best decision, as in question 2. Compute what you
#   need here.
#
# Example: `loss = [[0, 2], [5, 0]]`, posterior `[0.7, 0.3]`: the better decision has risk 1.4. With
# `cost = 0.6` the patient is referred (−1); with `cost = 1.5` the decision is 1.
#
# <details><summary>Hint 1</summary>
#
# Referring is one more decision, whose expected cost is the same for every patient.
#
# <details><summary>Hint 2</summary>
#
# Find the least risk of each patient *and* the place where it stands; compare the former with
# `cost`.
#
# <details><summary>Hint 3</summary>
#
# `np.where(condition, a, b)` takes `a` where the condition holds and `b` elsewhere, entry by entry.
# In the example the condition is $1.4 > 0.6$; both `a` and `b` may be single numbers or have shape
# (N,).
#
# </details></details></details>


# %% nbgrader={"grade_id": "reject", "solution": true}
def decide_or_reject(posterior, loss, cost):
    """Best decision for each patient, or -1 where its expected cost is above `cost`.

    posterior: (N, K), rows sum to 1. loss: (K, A), loss[y, d]. cost: a number >= 0.
    Returns N whole numbers from -1 to A - 1.
    """
    ### BEGIN SOLUTION
    risk = posterior @ loss
    return np.where(risk.min(axis=1) > cost, -1, risk.argmin(axis=1))
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_reject", "points": 2}
# Visible tests: five patients by hand; referring that costs nothing; referring too dear.
posterior = np.array([[0.95, 0.05], [0.85, 0.15], [0.7, 0.3], [0.45, 0.55], [0.1, 0.9]])
loss = np.array([[0.0, 2.0], [5.0, 0.0]])  # least risks: 0.25, 0.75, 1.4, 0.9, 0.2
checks.equal(
    decide_or_reject(posterior.copy(), loss.copy(), 0.6),
    [0, -1, -1, -1, 1],
    "decide_or_reject with cost 0.6",
    mistakes=usual.reject(posterior, loss, 0.6),
)
checks.equal(
    decide_or_reject(posterior.copy(), loss.copy(), 1.0),
    [0, 0, -1, 1, 1],
    "decide_or_reject with cost 1",
)
checks.equal(
    decide_or_reject(posterior.copy(), loss.copy(), 10.0),
    [0, 0, 1, 1, 1],
    "decide_or_reject where referring is too dear",
    mistakes={"the most probable class, with the costs left out": posterior.argmax(axis=1)},
)
checks.equal(
    decide_or_reject(np.array([[1.0, 0.0], [0.5, 0.5]]), loss.copy(), 0.0),
    [0, -1],
    "decide_or_reject where referring costs nothing",
    mistakes={"at equal cost, decide: refer only where the risk is above": [-1, -1]},
)
checks.passed("Decides and refers as it should: 2 of 4 points. The rest is for other shapes.")

# %% nbgrader={"grade_id": "hidden_reject", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import decision as reference

for n, k, a in [(40, 2, 2), (60, 4, 4), (50, 3, 5)]:
    posterior = rng.dirichlet(np.ones(k), size=n)
    loss = rng.uniform(0, 10, size=(k, a))
    risk = posterior @ loss
    cost = float(np.median(risk.min(axis=1))) + 1e-3  # about half of the patients are referred
    checks.equal(
        decide_or_reject(posterior.copy(), loss.copy(), cost),
        reference.bayes_rule_with_reject(posterior, loss, cost),
        f"decide_or_reject with posterior {posterior.shape}, loss {loss.shape} and cost {cost:.3f}",
        mistakes={
            "nobody is referred: compare the least expected cost with `cost`": risk.argmin(axis=1),
            "a probability of error was compared with the cost, not a risk": np.where(
                1 - posterior.max(axis=1) > cost, -1, risk.argmin(axis=1)
            ),
        },
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_posterior", "locked": true}
# ## Question 5 · Posterior of Gaussian classes (4 points)
#
# A blood value $x$ is Gaussian within each class. Write
# `gaussian_posterior(x, priors, means, sigmas)`, which returns $p(y \mid x)$ by Bayes' theorem,
#
# $$p(y \mid x) = \frac{p(y)\,p(x \mid y)}{\sum_k p(k)\,p(x \mid k)}, \qquad
# p(x \mid y) = \frac{1}{\sqrt{2\pi}\,\sigma_y} \exp\Big({-\frac{(x -
# \mu_y)^2}{2\sigma_y^2}}\Big).$$
#
# - `x`, array of shape (N,); `priors`, `means`, `sigmas`, arrays of shape (K,); `sigmas` are
#   standard deviations (not variances), in the units of `x`.
# - Returned: array of shape (N, K) whose rows sum to 1. It must also be right far from all the
#   means, where every density rounds to zero and the formula as written gives 0/0.
#
# Example: two classes with priors ½, means 0 and 2, both sigmas 1: at $x = 1$ the posterior is ½,
# ½.
#
# <details><summary>Hint 1</summary>
#
# `x[:, None]` has shape (N, 1); together with an array of shape (K,) NumPy makes (N, K) of it. Get
# the moderate values right first, then the extreme ones.
#
# <details><summary>Hint 2</summary>
#
# For extreme values work with $s_y = \log p(y) + \log p(x \mid y)$, which stays finite. A constant
# added to all $s_y$ of a row cancels in $\frac{e^{s_y}}{\sum_k e^{s_k}}$.
#
# <details><summary>Hint 3</summary>
#
# Subtract the row's largest $s$ before `np.exp`: `s - s.max(axis=1, keepdims=True)`. Then the
# largest term is 1 and the sum cannot be 0.
#
# </details></details></details>


# %% nbgrader={"grade_id": "posterior", "solution": true}
def gaussian_posterior(x, priors, means, sigmas):
    """Probability of each class at each x, by Bayes' theorem.

    x: (N,). priors, means, sigmas: (K,), sigmas are standard deviations.
    Returns an array (N, K); rows sum to 1.
    """
    ### BEGIN SOLUTION
    z = (x[:, None] - means) / sigmas  # (N, K)
    score = np.log(priors) - np.log(sigmas) - z**2 / 2  # (N, K)
    joint = np.exp(score - score.max(axis=1, keepdims=True))  # (N, K)
    return joint / joint.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_posterior", "points": 2}
# Visible tests: half-way between equal classes; unequal priors and sigmas by hand; far out.
checks.close(
    gaussian_posterior(
        np.array([1.0]), np.array([0.5, 0.5]), np.array([0.0, 2.0]), np.array([1.0, 1.0])
    ),
    [[0.5, 0.5]],
    "gaussian_posterior half-way between two equal classes",
    rtol=1e-4,
    atol=1e-6,
    mistakes=usual.POSTERIOR["half-way"],
)
# At x = 0 both classes have z = 0: p(x | y) is as 1/1 to 1/4, and with the priors as 0.2 to 0.8/4.
checks.close(
    gaussian_posterior(
        np.array([0.0]), np.array([0.2, 0.8]), np.array([0.0, 0.0]), np.array([1.0, 4.0])
    ),
    [[0.5, 0.5]],
    "gaussian_posterior with priors 0.2 and 0.8, sigmas 1 and 4, at the common mean",
    rtol=1e-4,
    atol=1e-6,
    mistakes=usual.POSTERIOR["at the common mean"],
)
# Priors as e² to 1 and z = 0 against z = 2: the two cancel.
even = np.exp(2.0)
checks.close(
    gaussian_posterior(
        np.array([6.0, 6.0]),
        np.array([even, 1.0]) / (1 + even),
        np.array([0.0, 6.0]),
        np.array([3.0, 3.0]),
    ),
    [[0.5, 0.5], [0.5, 0.5]],
    "gaussian_posterior with sigmas of 3, at the mean of class 1",
    rtol=1e-4,
    atol=1e-6,
    mistakes=usual.POSTERIOR["at the mean of class 1"],
)
checks.close(
    gaussian_posterior(
        np.array([-500.0, 500.0]), np.array([0.5, 0.5]), np.array([0.0, 2.0]), np.array([1.0, 1.0])
    ),
    [[1.0, 0.0], [0.0, 1.0]],
    "gaussian_posterior 500 standard deviations out",
    rtol=1e-4,
    atol=1e-6,
    mistakes=usual.POSTERIOR["far out"],
)
checks.close(
    gaussian_posterior(
        np.array([-500.0, 500.0]), np.array([0.5, 0.5]), np.array([0.0, 2.0]), np.array([1.0, 2.0])
    ),
    [[0.0, 1.0], [0.0, 1.0]],
    "gaussian_posterior far out with sigmas 1 and 2",
    rtol=1e-4,
    atol=1e-6,
    mistakes={
        "far out the wider class wins, whichever mean is nearer": [[1.0, 0.0], [0.0, 1.0]],
    },
)
checks.passed("Right, near and far: 2 of 4 points. The rest is for other numbers of classes.")

# %% nbgrader={"grade_id": "hidden_posterior", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import gaussians as reference

for n, k in [(7, 2), (5, 3), (1, 4), (4, 4)]:
    priors = rng.dirichlet(np.full(k, 5.0))
    means, sigmas = rng.uniform(-3, 3, size=k), rng.uniform(0.5, 3, size=k)
    x = np.append(rng.uniform(-5, 5, size=n), [-400.0, 400.0])
    checks.close(
        gaussian_posterior(x.copy(), priors.copy(), means.copy(), sigmas.copy()),
        reference.gaussian_posterior(x, priors, means, sigmas),
        f"gaussian_posterior of {n + 2} values and {k} classes, the last two values far out",
        rtol=1e-4,
        atol=1e-6,
        mistakes={
            "the priors were left out": reference.gaussian_posterior(
                x, np.full(k, 1 / k), means, sigmas
            )
        },
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_plugin", "locked": true}
# ## Question 6 · Plug-in classifier (5 points)
#
# Now the probabilities are learnt. The clinic asks one question with `M` possible answers, 0 … M −
# 1, and keeps records of past patients. Write `plug_in_classifier(x_train, y_train, x_new, loss,
# M)`, which learns and decides:
#
# 1. *Learn* a table $q(y \mid x)$ of shape (M, K) by maximum likelihood: of all past patients with
#    answer `x`, the fraction with class `y`. Where an answer never occurred, use the fractions of
#    the classes among **all** past patients.
# 2. *Decide* for each new patient by the Bayes rule with $q$ and `loss`.
#
# - `x_train`, `y_train`, arrays of N whole numbers, answers 0 … M − 1 and classes 0 … K − 1;
#   `x_new`, array of N′ answers; `loss`, array of shape (K, A), `loss[y, d]`. K is its number of
#   rows.
# - Returned: array or list of N′ whole numbers from 0 to A − 1.
#
# Example: among four past patients with answer 0 one was ill, so $q(1 \mid 0) = \frac14$; with
# `loss = [[0, 2], [5, 0]]` the risks are 1.25 and 1.5, and a new patient with answer 0 is sent
# home.
#
# <details><summary>Hint 1</summary>
#
# First a table of counts, (M, K): how many past patients had answer `x` and class `y`? Two loops
# do.
#
# <details><summary>Hint 2</summary>
#
# Divide each row by its sum; where the sum is 0, put the class fractions of all patients. Add
# nothing to the counts: that would no longer be maximum likelihood.
#
# <details><summary>Hint 3</summary>
#
# `q[x_new]` picks one row for each new patient, shape (N′, K). The rest is question 2.
#
# </details></details></details>


# %% nbgrader={"grade_id": "plugin", "solution": true}
def plug_in_classifier(x_train, y_train, x_new, loss, M):
    """Learn q(y | x) by counting, then decide by the Bayes rule as if q were true.

    x_train, y_train: N whole numbers, answers 0 … M-1 and classes 0 … K-1.
    x_new: N' answers. loss: (K, A), loss[y, d].
    Returns N' whole numbers from 0 to A - 1.
    """
    ### BEGIN SOLUTION
    counts = np.zeros((M, len(loss)))
    np.add.at(counts, (x_train, y_train), 1)  # (M, K)
    seen = counts.sum(axis=1, keepdims=True)  # (M, 1)
    overall = counts.sum(axis=0) / counts.sum()  # (K,)
    q = np.where(seen > 0, counts / np.maximum(seen, 1), overall)  # (M, K)
    return np.argmin(q[x_new] @ loss, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_plugin", "points": 2}
# Visible tests: four possible answers, of which 0, 1 and 2 occurred:
#   answer 0: 60 healthy, 20 ill -> risks 1.25 and 1.50  -> home
#   answer 1: 50 healthy, 30 ill -> risks 1.88 and 1.25  -> treat, although most are healthy
#   answer 2: 10 healthy, 40 ill -> risks 4.00 and 0.40  -> treat
#   answer 3: never; of all 210 patients 90 are ill      -> treat
x_train = np.repeat([0, 0, 1, 1, 2, 2], [60, 20, 50, 30, 10, 40])
y_train = np.repeat([0, 1, 0, 1, 0, 1], [60, 20, 50, 30, 10, 40])
loss = np.array([[0.0, 2.0], [5.0, 0.0]])
checks.equal(
    plug_in_classifier(x_train.copy(), y_train.copy(), np.array([0, 1, 2, 3]), loss.copy(), 4),
    [0, 1, 1, 1],
    "plug_in_classifier for the answers 0, 1, 2, 3",
    mistakes=usual.plug_in(x_train),
)
# The same records with other costs, for new patients in another order.
checks.equal(
    plug_in_classifier(
        x_train.copy(),
        y_train.copy(),
        np.array([2, 0, 0, 1]),
        np.array([[0.0, 1.0], [1.0, 0.0]]),
        3,
    ),
    [1, 0, 0, 0],
    "plug_in_classifier with equal costs, for the answers 2, 0, 0, 1",
    mistakes={
        "one decision for each possible answer; one for each new patient is wanted": [0, 0, 1]
    },
)
# 6 healthy and 2 ill with answer 0, nobody with answer 1, and of a third class nobody at all:
# q is (0.75, 0.25, 0) for both answers, and K = 3 is the number of rows of the loss table.
checks.equal(
    plug_in_classifier(
        np.zeros(8, int),
        np.repeat([0, 1], [6, 2]),
        np.array([0, 1]),
        np.array([[0.0, 2.0], [5.0, 0.0], [9.0, 9.0]]),
        2,
    ),
    [0, 0],
    "plug_in_classifier for records of 6 healthy and 2 ill with answer 0, for the answers 0, 1",
    mistakes={
        "answer 1 never occurred: use the fractions among all patients": [0, 1],
        "were the counts smoothed (1 added)? take the fractions as they are": [1, 1],
        "were the counts smoothed? maximum likelihood adds nothing": [1, 0],
    },
)
# 60 healthy and 20 ill with answer 0, 2 ill with answer 1; nobody with answer 2, and 22 of 82 ill.
checks.equal(
    plug_in_classifier(
        np.repeat([0, 1], [80, 2]),
        np.repeat([0, 1], [60, 22]),
        np.array([0, 1, 2]),
        loss.copy(),
        3,
    ),
    [0, 1, 0],
    "plug_in_classifier where 22 of 82 past patients were ill, for the answers 0, 1, 2",
    mistakes={
        "answer 2 never occurred: all patients count alike, so no average of the rows of q": [
            0,
            1,
            1,
        ],
    },
)
checks.passed("Learns and decides: 2 of 5 points. The rest is for other records and losses.")

# %% nbgrader={"grade_id": "hidden_plugin", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import decision, plug_in

for n, m, k, a in [(60, 5, 2, 2), (90, 8, 3, 3), (150, 12, 4, 40)] * 8:
    frequent = rng.dirichlet(np.full(m - 1, 0.5))  # (m - 1,): some answers are rare
    x_train = rng.choice(m - 1, size=n, p=frequent)  # the last answer never occurs
    fractions = rng.dirichlet(np.linspace(0.5, 3, k), size=m)  # (m, k): some classes are rare
    if k == 3:  # the last class never occurs
        fractions = np.pad(rng.dirichlet([0.5, 1.5], size=m), [(0, 0), (0, 1)])
    y_train = np.array([rng.choice(k, p=fractions[x]) for x in x_train])
    x_new = np.append(rng.permutation(m), m - 1)
    loss = rng.uniform(0, 10, size=(k, a))
    if k == 4:  # many decisions close together, so that small errors of q show
        loss = (np.arange(k)[:, None] - rng.uniform(0, k - 1, size=a)) ** 2
    q = plug_in.fit_table(x_train, y_train, m, k)
    risk = q[x_new] @ loss
    mistakes = {"the decision of the largest risk; the smallest is wanted": risk.argmax(axis=1)}
    if a == k:
        mistakes |= {
            "the most probable class, with the costs left out": q[x_new].argmax(axis=1),
            "the loss table was used transposed; its rows are the truth": (
                q[x_new] @ loss.T
            ).argmin(axis=1),
        }
    checks.equal(
        plug_in_classifier(x_train.copy(), y_train.copy(), x_new.copy(), loss.copy(), m),
        decision.bayes_rule(q[x_new], loss),
        f"plug_in_classifier on {n} patients, {m} answers, {k} classes, {a} decisions",
        mistakes=mistakes,
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_median", "locked": true}
# ## Question 7 · Median as a risk minimiser (4 points)
#
# How many days will a patient stay? The stay takes the value `values[k]` with probability
# `probabilities[k]`. A bed planned for $\hat y$ days costs $|\hat y - y|$. Write
# `best_for_absolute_loss(values, probabilities)`, which returns a $\hat y$ of least expected cost.
#
# - `values`, array of shape (K,), different numbers **in any order**; `probabilities`, array of
#   shape (K,), summing to 1, in general unequal.
# - Returned: one number. Where several are equally good, any of them counts: the tests compare
#   what your prediction costs, `cost_of(prediction, values, probabilities)`, defined at the top,
#   to a thousandth.
#
# Example: values 3, 4, 12 with probabilities 0.3, 0.4, 0.3: the best is 4, with an expected cost of
# $0.3 \cdot 1 + 0.3 \cdot 8 = 2.7$.
#
# <details><summary>Hint 1</summary>
#
# Two ways lead there. One: some entry of `values` is always among the best (why?), so try them
# all. Two: the median is the place where the probability adds up to one half.
#
# <details><summary>Hint 2</summary>
#
# For the first, `abs(c - values) @ probabilities` is the expected cost of a candidate `c`. For the
# second, sort the values, *and take the probabilities along*.
#
# <details><summary>Hint 3</summary>
#
# `np.argsort(values)` is the order that sorts; index *both* arrays with it. With the probabilities
# 0.3, 0.4, 0.3 of the example, already in order, the sums are 0.3, 0.7, 1.0: the second is the
# first to reach ½.
#
# </details></details></details>


# %% nbgrader={"grade_id": "median", "solution": true}
def best_for_absolute_loss(values, probabilities):
    """A number whose expected absolute distance to y is least.

    values, probabilities: (K,); y is values[k] with probability probabilities[k].
    Returns one number.
    """
    ### BEGIN SOLUTION
    costs = np.abs(values[:, None] - values) @ probabilities  # (K,): each value as a candidate
    return values[np.argmin(costs)]
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_median", "points": 2}
# Visible tests: what your answer *costs* is compared, so that any minimiser is right.
values, probabilities = np.array([3.0, 4.0, 12.0]), np.array([0.3, 0.4, 0.3])
checks.close(
    cost_of(best_for_absolute_loss(values.copy(), probabilities.copy()), values, probabilities),
    2.7,
    "cost of best_for_absolute_loss for stays of 3, 4, 12 days",
    rtol=1e-3,
    mistakes={t: cost_of(v, values, probabilities) for t, v in usual.THREE_STAYS.items()},
)
values = np.array([11.0, 17.0, 15.0, 13.0, 9.0, 22.0])
probabilities = np.array([0.2, 0.05, 0.05, 0.15, 0.2, 0.35])
checks.close(
    cost_of(best_for_absolute_loss(values.copy(), probabilities.copy()), values, probabilities),
    cost_of(13, values, probabilities),
    "cost of best_for_absolute_loss for stays of 11, 17, 15, 13, 9, 22 days",
    rtol=1e-3,
    mistakes={t: cost_of(v, values, probabilities) for t, v in usual.SIX_STAYS.items()},
)
values, probabilities = np.array([5.0, 8.0, 9.0]), np.array([0.45, 0.35, 0.2])
checks.close(
    cost_of(best_for_absolute_loss(values.copy(), probabilities.copy()), values, probabilities),
    cost_of(8, values, probabilities),
    "cost of best_for_absolute_loss for stays of 5, 8, 9 days",
    rtol=1e-3,
    mistakes={
        "5 came back: look where the sum reaches ½, not where it is nearest to ½": cost_of(
            5, values, probabilities
        ),
    },
)
checks.passed("Least expected cost: 2 of 4 points. The rest is for other distributions.")

# %% nbgrader={"grade_id": "hidden_median", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils import point_loss as reference

for k in [1, 2, 3, 5, 9, 20, 40] * 4:
    values = rng.permutation(rng.uniform(0, 30, size=k))
    probabilities = rng.dirichlet(np.ones(k))
    best = reference.weighted_median(values, probabilities)
    checks.close(
        cost_of(best_for_absolute_loss(values.copy(), probabilities.copy()), values, probabilities),
        reference.mean_loss(reference.absolute_loss, best, values, probabilities)[0],
        f"cost of best_for_absolute_loss for {k} values",
        rtol=1e-3,
        atol=1e-3,
        mistakes={
            "the mean was returned: it minimises the squared loss": cost_of(
                probabilities @ values, values, probabilities
            ),
            "the probabilities were left out: the plain median was returned": cost_of(
                np.median(values), values, probabilities
            ),
        },
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_alarm", "locked": true}
# ## Question 8 · An alarm explained (4 points, marked by a person)
#
# A hospital runs a network that estimates the probability of sepsis every hour. The alarm rings
# above 0.5. The head nurse estimates that a missed case is as bad as 40 false alarms. Write to
# her, in at most 200 words and without jargon. One point each for:
#
# 1. the threshold that follows from her estimate, as a number, and in one sentence why it is so
#    low;
# 2. why the network need not be trained again when the threshold changes;
# 3. whether the *threshold* has to change for a ward where sepsis is ten times rarer, and what has
#    to change there instead;
# 4. one reason why the estimate "40" may not hold once the alarm rings at the new threshold, and
#    what to watch or do about it.

# %% [markdown] nbgrader={"grade_id": "explain_alarm", "grade": true, "solution": true, "points": 4}
# ### BEGIN SOLUTION
# If one missed case is as bad as 40 false alarms, the alarm should ring as soon as the estimated
# probability is above 1/(1 + 40), about 2.4 %. It is low because a false alarm costs little beside
# a miss: at 2.4 %, forty-one patients in a row mean one case and forty needless visits, which by
# your own estimate is an even trade.
#
# The network only says how probable sepsis is. What follows from that is decided afterwards, with
# your costs. New costs change one number, not the network.
#
# In a ward where sepsis is ten times rarer the threshold stays, since it depends on the costs
# alone. But the probabilities must fit that ward: a network that learnt from ours will overstate
# the danger there until its estimates are corrected for the rarer disease.
#
# Your 40 holds for a few alarms a day. If the alarm rings all the time, people stop coming, and
# each false alarm then costs more than one visit: it may cost the next real case. So we should
# count alarms per shift and the time until someone comes, and raise the price of a false alarm,
# and with it the threshold, if that time grows.
# ### END SOLUTION
