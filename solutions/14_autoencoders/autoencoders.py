# ---
# jupyter:
#   course:
#     withhold: [autoencoders]
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
# # 14 · Autoencoders
#
# Write your answers where the cells say `raise NotImplementedError`. Below each one stands a cell
# with tests: run it, and it tells you whether you are right and, if not, what is likely wrong.
# When your work is marked, further tests run on other numbers and shapes, so write functions that
# work for *any* input. Every question is marked on its own, and any correct way to the result
# counts. Stuck? Three hints unfold below each question, one after another.
#
# | Question | Function | Points |
# |---|---|---|
# | 1 · Principal components | `principal_components` | 3 |
# | 2 · The angle between two subspaces | `subspace_angles` | 3 |
# | 3 · One matrix, used twice | `tied_autoencoder` | 4 |
# | 4 · Few units at a time | `sparse_penalty` | 2 |
# | 5 · A code that moves little | `contractive_penalty` | 3 |
# | 6 · Spoiling the input | `corrupt` | 3 |
# | 7 · Neighbours by hashing | `retrieve` | 3 |
# | 8 · The ROC curve | `roc_points` | 3 |
# | 9 · The area under it | `auc` | 2 |
# | 10 · Too good to be true | in words | 4 |
#
# Conventions: examples stand in rows. **X** has shape (N, D): N examples of D numbers. Codes **H**
# have shape (N, K). A weight matrix **W** of an encoder has shape (K, D): one row a unit of the
# code. All numbers are floats.

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np

from course_utils import checks

# %% [markdown] nbgrader={"grade_id": "ask_principal_components", "locked": true}
# ## Question 1 · Principal components (3 points)
#
# Write `principal_components(X, k)`. It returns three things:
#
# - `mean`: the mean example $m$, shape (D,).
# - `V`: shape (D, k). Its columns are the directions, of length 1 and at right angles to each
#   other, along which the data vary most around $m$: the largest variance first. The sign of a
#   column is yours to choose.
# - `variances`: shape (k,), the variance along each direction: the **mean** over the N examples of
#   $(v^\top (x - m))^2$.
#
# `X` has shape (N, D), and $k \le \min(N, D)$. It must stay as it was.
#
# Example: the two points $(0, 0)$ and $(2, 4)$ with $k = 1$. The mean is $(1, 2)$, the direction
# $(1, 2)/\sqrt5$ or its opposite. Both points lie at a distance of $\sqrt5$ from the mean along it,
# so the variance is 5.
#
# <details><summary>Hint 1</summary>
#
# `np.linalg.svd(A, full_matrices=False)` gives `U`, `s`, `Vt` with
# $A = U\,\mathrm{diag}(s)\,V^\top$ and `s` falling. Which A? What are the shapes of the three?
#
# <details><summary>Hint 2</summary>
#
# The third result is $V^\top$ already: are the directions its rows or its columns? For a check,
# `V.T @ V` has to be the k × k identity.
#
# <details><summary>Hint 3</summary>
#
# In the example, the centred data are $(-1, -2)$ and $(1, 2)$, and the SVD finds $s_1 = \sqrt{10}$.
# The variance is 5. How do you get from the one to the other, with N = 2?
#
# </details></details></details>


# %% nbgrader={"grade_id": "principal_components", "solution": true}
def principal_components(X, k):
    """Mean example, k directions of largest variance, and the variances along them.

    X: (N, D). Returns mean (D,), V (D, k) with orthonormal columns, variances (k,).
    """
    ### BEGIN SOLUTION
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_principal_components", "points": 1}
# Visible tests: four points in space that lie on two crossing lines, and the example.
from functools import partial

from course_utils.autoencoders.mistakes import results
from course_utils.autoencoders.mistakes import subspaces as mistakes

hint = "the shapes did not fit. X is (N, D); the mean example, over the N examples, has D entries"
cross = np.array([[5.0, 3, 6], [-3, -1, -2], [-1, 3, 3], [3, -1, 1]])  # around (1, 1, 2)
long, short = np.array([[2], [1], [2]]) / 3, np.array([[-2], [2], [1]]) / 3
tilted = np.array([[1], [2]]) / np.sqrt(5)
for X, k, mean, V, variances in [
    (cross, 2, [1, 1, 2], np.hstack([long, short]), [18, 4.5]),
    (np.array([[0.0, 0], [2, 4]]), 1, [1, 2], tilted, [5]),
]:
    kept, what = X.copy(), f"principal_components of {len(X)} points, k = {k}"
    got = checks.attempt(partial(principal_components, X, k), what=what, hint=hint)
    checks.unchanged(kept, X, f"{what}: its argument X")
    got = results.parts(got, ("mean", "V", "variances"), what)
    checks.close(got[0], mean, f"{what}: the mean", rtol=1e-4, mistakes=mistakes.mean(X, k))
    found, slips = mistakes.aligned(got[1], V), mistakes.directions(X, k)
    checks.close(found, V, f"{what}: V", rtol=1e-4, atol=1e-4, mistakes=slips)
    slips = mistakes.variances(X, k)
    checks.close(got[2], variances, f"{what}: the variances", rtol=1e-4, mistakes=slips)
checks.passed("Right on small examples. 1 of 3 points; the rest is for clouds in more dimensions.")

# %% nbgrader={"grade_id": "hidden_principal_components", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import pca as reference
from course_utils.autoencoders.mistakes import results
from course_utils.autoencoders.mistakes import subspaces as mistakes

for n, d, k in [(200, 3, 2), (60, 5, 1), (80, 6, 4), (300, 4, 4), (12, 20, 3)]:
    spread = 4.0 * 0.45 ** np.arange(min(n - 1, d))
    turn = np.linalg.qr(rng.normal(size=(d, d)))[0][: len(spread)]
    cloud = np.linalg.qr(rng.normal(size=(n, len(spread))))[0] * np.sqrt(n) * spread
    X = cloud @ turn + rng.normal(size=d) * 2 + 1
    right = reference.principal_components(X, k)
    what = f"principal_components of {n} examples of {d} numbers, k = {k}"
    got = principal_components(X.copy(), k)
    got = results.parts(got, ("mean", "V", "variances"), what)
    slips = mistakes.mean(X, k)
    checks.close(got[0], right.mean, f"{what}: the mean", rtol=1e-4, atol=1e-5, mistakes=slips)
    found, slips = mistakes.aligned(got[1], right.V), mistakes.directions(X, k)
    checks.close(found, right.V, f"{what}: V", rtol=1e-4, atol=1e-3, mistakes=slips)
    slips = mistakes.variances(X, k)
    checks.close(
        got[2], right.variances, f"{what}: the variances", rtol=1e-4, atol=1e-4, mistakes=slips
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_subspace_angles", "locked": true}
# ## Question 2 · The angle between two subspaces (3 points)
#
# A linear autoencoder finds the subspace of the principal components, but not their vectors: any
# basis of it will do. So a comparison must not depend on the bases. **Principal angles** do not.
# Write `subspace_angles(A, B)`:
#
# - `A`, `B`: shape (D, k) each, $k \le D$. The columns of each are independent and span a subspace.
#   They need *not* have length 1, nor be at right angles.
# - Returned: shape (k,), the principal angles in **radians** from 0 to $\pi/2$, **ascending**.
#   The first is the smallest angle between a vector of one subspace and a vector of the other; the
#   next one is the smallest between vectors at right angles to those first two; and so on.
# - Correct to $10^{-6}$, and never NaN: of one subspace in two bases all angles are 0.
#
# The fact that you need: where the columns of $P$ and $Q$ are **orthonormal** bases of the two, the
# cosines of the principal angles are the singular values of $P^\top Q$.
#
# Example: the planes spanned by $(1,0,0), (0,1,0)$ and by $(5,0,0), (2,0,3)$ share a line and stand
# at a right angle: the angles are $0$ and $\pi/2$.
#
# <details><summary>Hint 1</summary>
#
# First turn each matrix into one with orthonormal columns that span the same space. Dividing each
# column by its length is not enough. Which decomposition does it?
#
# <details><summary>Hint 2</summary>
#
# `np.linalg.qr(A)` gives two matrices; the columns of the first one are orthonormal. Then
# `np.linalg.svd(…, compute_uv=False)` gives singular values alone, in falling order. Falling
# cosines: do the angles fall or rise?
#
# <details><summary>Hint 3</summary>
#
# Rounding can make a cosine 1.0000000000000002. Try `np.arccos(1.0000000000000002)`, and look for a
# NumPy function that keeps numbers between two limits.
#
# </details></details></details>


# %% nbgrader={"grade_id": "subspace_angles", "solution": true}
def subspace_angles(A, B):
    """Principal angles between the spaces that the columns of A and of B span.

    A, B: (D, k). Returns (k,), radians, ascending.
    """
    ### BEGIN SOLUTION
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    cosines = np.linalg.svd(P.T @ Q, compute_uv=False)
    return np.arccos(np.clip(cosines, 0, 1))
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_subspace_angles", "points": 1}
# Visible tests: by hand. Lines, planes that share a line, and one plane in two bases.
from course_utils.autoencoders.mistakes import subspaces as mistakes

hint = "the shapes did not fit. Orthonormal bases P and Q are (D, k) each, and PᵀQ is (k, k). Did "
hint += "np.linalg.svd return three results, where the singular values alone are wanted?"
c, s, c2, s2 = np.cos(0.3), np.sin(0.3), np.cos(1.1), np.sin(1.1)
flat = np.array([[1.0, 2], [3, 1], [0, 0], [0, 0]])
turned = np.array([[c, 0], [0, c2], [s, 0], [0, s2]]) @ [[1, 1], [-1, 2]]
shared = np.array([[1.0, 2, 0], [2, 0, 1], [0, 1, 3], [1, 1, 1]])
mixed = shared @ [[2.0, 1, 0], [0, 1, 1], [1, 0, -1.5]]
for what, A, B, wanted in [
    ("planes at 0.3 and 1.1", flat, turned, [0.3, 1.1]),
    ("lines at 0.3", [[2], [0]], [[5 * c], [5 * s]], [0.3]),
    ("lines in opposite directions", [[1], [1]], [[-3], [-3]], [0]),
    ("the example", [[1, 0], [0, 1], [0, 0]], [[5, 2], [0, 0], [0, 3]], [0, np.pi / 2]),
    ("planes at 0.3", [[1, 1], [0, 2], [0, 0]], [[c, 3 * c], [0, 4], [s, 3 * s]], [0, 0.3]),
    ("one space in two bases", shared, mixed, [0, 0, 0]),
]:
    A, B = np.array(A, dtype=float), np.array(B, dtype=float)
    what = f"subspace_angles, {what}"
    got = checks.attempt(subspace_angles, A, B, what=what, hint=hint)
    checks.close(got, wanted, what, atol=1e-6, mistakes=mistakes.angles(A, B, got))
checks.passed("Right by hand. 1 of 3 points; the rest is for spaces drawn when marked.")

# %% nbgrader={"grade_id": "hidden_subspace_angles", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import angles as reference
from course_utils.autoencoders.mistakes import subspaces as mistakes

for d, k, tilt in [(3, 1, 1.0), (4, 2, 0.5), (6, 3, 1.0), (8, 4, 0.1), (9, 3, 0.0), (5, 5, 1.0)]:
    A = rng.normal(size=(d, k))
    B = A @ (np.eye(k) + 0.3 * rng.uniform(-1, 1, size=(k, k))) + tilt * rng.normal(size=(d, k))
    what, got = (
        f"subspace_angles of {k} columns of {d} numbers",
        subspace_angles(A.copy(), B.copy()),
    )
    checks.close(
        got,
        reference.principal_angles(A, B),
        what,
        rtol=1e-5,
        atol=1e-6,
        mistakes=mistakes.angles(A, B, got),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_tied_autoencoder", "locked": true}
# ## Question 3 · One matrix, used twice (4 points)
#
# A linear autoencoder with *tied* weights encodes with $h = Wx$ and decodes with the transpose,
# $\hat x = W^\top h$. Its loss on N centred examples is
#
# $$L(W) = \frac1N \sum_{n=1}^{N} \lVert \hat x_n - x_n \rVert^2$$
#
# Write `tied_autoencoder(X, W)`; it returns `loss` and `gradient`:
#
# - `X`: shape (N, D), an example a row. `W`: shape (K, D). The arguments must stay as they were.
# - `loss`: the number $L(W)$: a **sum** over the D entries, a **mean** over the N examples.
# - `gradient`: shape (K, D), the derivative of $L$ by each entry of $W$.
#
# Example: $x = (1, 0)$ and $W = (1\;\,1)$. Then $h = 1$, $\hat x = (1, 1)$, and the loss is 1. With
# $W = (a\;\,b)$ it is $(a^2 - 1)^2 + a^2 b^2$; its derivatives at $a = b = 1$ are 2 and 2.
#
# <details><summary>Hint 1</summary>
#
# With examples in rows, the codes are `X @ W.T`, shape (N, K). What are the reconstructions and the
# residuals, and in which shapes?
#
# <details><summary>Hint 2</summary>
#
# Give the two uses names of their own for a moment: $h = Ex$, $\hat x = D^\top h$, with
# $E = D = W$. The gradient by $W$ is the gradient by $E$ **plus** the gradient by $D$. Each is that
# of one linear layer: the gradient by its output, times its input, summed over the examples.
#
# <details><summary>Hint 3</summary>
#
# For one example with residual $r = \hat x - x$: the gradient by $D$ is $2\,h\,r^\top$, K × D. The
# gradient by $h$ is $2\,Wr$, and the one by $E$ puts $x$ next to it. In the example $r = (0, 1)$:
# the two paths give $(0, 2)$ and $(2, 0)$.
#
# </details></details></details>


# %% nbgrader={"grade_id": "tied_autoencoder", "solution": true}
def tied_autoencoder(X, W):
    """Loss of the tied linear autoencoder and its gradient by W.

    X: (N, D). W: (K, D). Returns loss, a number, and gradient, (K, D).
    """
    ### BEGIN SOLUTION
    H = X @ W.T  # (N, K)
    R = H @ W - X  # (N, D)
    loss = (R**2).sum() / len(X)
    return loss, 2 / len(X) * (H.T @ R + (R @ W.T).T @ X)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_tied_autoencoder", "points": 1}
# Visible tests: by hand. As many units as inputs; the example; two examples; three inputs.
from functools import partial

from course_utils.autoencoders.mistakes import results
from course_utils.autoencoders.mistakes import subspaces as mistakes

hint = "the shapes did not fit. X is (N, D), W is (K, D): the codes are (N, K), the residuals (N, "
hint += "D), and each of the two uses of W adds to the gradient a matrix (K, D)"
of_three = [[5, 13, 10], [5, 8, 8], [4, 16, 12]]
for what, X, W, loss, gradient in [
    ("three units", [[1, 0, 0], [0, 2, 1]], [[1, 1, 0], [0, 1, 0], [0, 0, 2]], 9, of_three),
    ("the example", [[1, 0]], [[1, 1]], 1, [[2, 2]]),
    ("a second example", [[1, 0], [0, 2]], [[1, 1]], 2.5, [[5, 5]]),
    ("three inputs", [[0, 1, 1], [2, 0, 0]], [[1, 0, 2]], 15, [[20, 6, 22]]),
]:
    X, W = np.array(X, dtype=float), np.array(W, dtype=float)
    kept, what = W.copy(), f"tied_autoencoder, {what}"
    got = checks.attempt(partial(tied_autoencoder, X.copy(), W), what=what, hint=hint)
    checks.unchanged(kept, W, f"{what}: its argument W")
    got = results.parts(got, ("loss", "gradient"), what)
    slips = mistakes.tied_loss(X, W)
    checks.close(got[0], loss, f"{what}: the loss", rtol=1e-4, atol=1e-5, mistakes=slips)
    slips = mistakes.tied_gradient(X, W)
    checks.close(got[1], gradient, f"{what}: the gradient", rtol=1e-4, atol=1e-4, mistakes=slips)
checks.passed("Right by hand. 1 of 4 points; the rest is for random numbers of other shapes.")

# %% nbgrader={"grade_id": "hidden_tied_autoencoder", "points": 3}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import linear as reference
from course_utils.autoencoders.mistakes import results
from course_utils.autoencoders.mistakes import subspaces as mistakes

for n, d, k in [(1, 4, 2), (7, 5, 2), (20, 3, 3), (6, 4, 6), (40, 8, 1)]:
    X, W = rng.normal(size=(n, d)), rng.normal(size=(k, d)) / 2
    what = f"tied_autoencoder, {n} examples of {d} numbers, {k} units"
    got = tied_autoencoder(X.copy(), W.copy())
    got = results.parts(got, ("loss", "gradient"), what)
    loss, slips = reference.tied_loss(X, W), mistakes.tied_loss(X, W)
    checks.close(got[0], loss, f"{what}: the loss", rtol=1e-4, atol=1e-5, mistakes=slips)
    gradient, slips = reference.tied_gradient(X, W), mistakes.tied_gradient(X, W)
    checks.close(got[1], gradient, f"{what}: the gradient", rtol=1e-4, atol=1e-4, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_sparse_penalty", "locked": true}
# ## Question 4 · Few units at a time (2 points)
#
# A sparse autoencoder adds to its loss the penalty
#
# $$\Omega(H) = \frac1N \sum_{n=1}^{N} \sum_{k=1}^{K} \lambda\,|h_{nk}|$$
#
# Write `sparse_penalty(H, lam)`; it returns `value` and `slope`:
#
# - `H`: codes, shape (N, K). `lam`: the weight $\lambda \ge 0$, a number.
# - `value`: the number $\Omega(H)$.
# - `slope`: shape (N, K), its derivative by each entry of `H`. Where an entry is 0 there is a kink,
#   and every number from $-\lambda/N$ to $\lambda/N$ is a subgradient: return **0** there.
#
# Example: `H` = [[1, −2, 0]] and $\lambda = 10$: the value is 30 and the slope [[10, −10, 0]].
#
# <details><summary>Hint 1</summary>
#
# How fast does $|h|$ grow with $h$, left of 0 and right of 0? Does it matter how large $h$ is?
#
# <details><summary>Hint 2</summary>
#
# Sum over the units of each example first (which axis?), then take the mean over the examples. Does
# the 1/N also stand in the slope?
#
# <details><summary>Hint 3</summary>
#
# Two examples [[3, 0], [−1, −1]] with $\lambda = 4$: the value is $4 \cdot (3 + 2)/2 = 10$, and the
# slope [[2, 0], [−2, −2]]. NumPy has a function that turns `[3, 0, -1]` into `[1, 0, -1]`.
#
# </details></details></details>


# %% nbgrader={"grade_id": "sparse_penalty", "solution": true}
def sparse_penalty(H, lam):
    """L1 penalty on codes and a subgradient of it.

    H: (N, K). lam: a number. Returns value, a number, and slope, (N, K).
    """
    ### BEGIN SOLUTION
    value = lam * np.abs(H).sum(axis=1).mean()
    return value, lam * np.sign(H) / len(H)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_sparse_penalty", "points": 1}
# Visible tests: by hand, with zeros in the codes.
from course_utils.autoencoders.mistakes import codes as mistakes
from course_utils.autoencoders.mistakes import results

hint = "it raised an error. H is an array (N, K): an `if` cannot decide about all its entries"
fourth = [[1.5, -1.5, 0], [0, 0, 1.5], [-1.5, -1.5, 0], [1.5, 0, 0]]
for what, H, lam, value, slope in [
    ("four examples", [[1, -4, 0], [0, 0, 2], [-2, -1, 0], [0.5, 0, 0]], 6, 15.75, fourth),
    ("the example", [[1, -2, 0]], 10, 30, [[10, -10, 0]]),
    ("two examples", [[3, 0], [-1, -1]], 4, 10, [[2, 0], [-2, -2]]),
]:
    H, what = np.array(H, dtype=float), f"sparse_penalty, {what}"
    got = checks.attempt(sparse_penalty, H, float(lam), what=what, hint=hint)
    got = results.parts(got, ("value", "slope"), what)
    slips = mistakes.sparse_value(H, lam)
    checks.close(got[0], value, f"{what}: the value", rtol=1e-5, mistakes=slips)
    slips = mistakes.sparse_slope(H, lam, got[1])
    checks.close(got[1], slope, f"{what}: the slope", rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 1 of 2 points; the other is for codes drawn when marked.")

# %% nbgrader={"grade_id": "hidden_sparse_penalty", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import penalties as reference
from course_utils.autoencoders.mistakes import codes as mistakes
from course_utils.autoencoders.mistakes import results

for n, k in [(1, 5), (6, 4), (30, 7), (4, 9)]:
    H, lam = rng.normal(size=(n, k)) * (rng.random((n, k)) < 0.7), float(rng.uniform(0.1, 3))
    what = f"sparse_penalty, {n} codes of {k} units, lam = {lam:.2f}"
    got = sparse_penalty(H.copy(), lam)
    got = results.parts(got, ("value", "slope"), what)
    value, slips = reference.sparse_penalty(H, lam), mistakes.sparse_value(H, lam)
    checks.close(got[0], value, f"{what}: the value", rtol=1e-5, atol=1e-6, mistakes=slips)
    slope, slips = reference.sparse_subgradient(H, lam), mistakes.sparse_slope(H, lam, got[1])
    checks.close(got[1], slope, f"{what}: the slope", rtol=1e-5, atol=1e-6, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_contractive_penalty", "locked": true}
# ## Question 5 · A code that moves little (3 points)
#
# A contractive autoencoder is punished for codes that change fast with the input. Its penalty is
# made of the **first** derivatives of the code by the input, the Jacobian
# $J(x) = \partial h / \partial x$ with K rows and D columns:
#
# $$C = \frac1N \sum_{n=1}^{N} \lVert J(x_n) \rVert_F^2
#     = \frac1N \sum_{n=1}^{N} \sum_{k=1}^{K} \sum_{d=1}^{D}
#       \left(\frac{\partial h_k}{\partial x_d}(x_n)\right)^2$$
#
# Write `contractive_penalty(X, W, b)` for an encoder of one layer of sigmoids,
# $h = \sigma(Wx + b)$ with $\sigma(a) = 1/(1 + e^{-a})$:
#
# - `X`: shape (N, D). `W`: shape (K, D). `b`: shape (K,).
# - Returned: the number $C$. No weight $\lambda$, no factor ½.
#
# Example: one input, one unit, $w = 4$, $b = 0$, $x = 0$. Then $h = \tfrac12$ and
# $\sigma' = h(1 - h) = \tfrac14$, so $\partial h/\partial x = 1$ and $C = 1$.
#
# <details><summary>Hint 1</summary>
#
# For one example, one unit and one input: what is $\partial h_k / \partial x_d$, by the chain rule?
# The derivative of the sigmoid can be had from $h$ itself.
#
# <details><summary>Hint 2</summary>
#
# Square it, and sum over $d$ first. One factor does not depend on $d$ and comes out of the sum.
# What remains is a number for each unit, the same for all examples.
#
# <details><summary>Hint 3</summary>
#
# With $w = (3, 4)$ and an $x$ where $h = 0.2$: $h(1-h) = 0.16$; the two derivatives are 0.48 and
# 0.64; their squares sum to $0.64 = 0.16^2 \cdot 25$. You can also form all derivatives, shape
# (N, K, D), and sum their squares.
#
# </details></details></details>


# %% nbgrader={"grade_id": "contractive_penalty", "solution": true}
def contractive_penalty(X, W, b):
    """Mean of the squared Frobenius norm of the Jacobian of h = sigmoid(Wx + b).

    X: (N, D). W: (K, D). b: (K,). Returns a number.
    """
    ### BEGIN SOLUTION
    H = 1 / (1 + np.exp(-(X @ W.T + b)))  # (N, K)
    return ((H * (1 - H)) ** 2 @ (W**2).sum(axis=1)).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_contractive_penalty", "points": 1}
# Visible tests: by hand. log(4) makes h = 0.8 and log(1/4) makes h = 0.2; then h(1 − h) = 0.16.
from course_utils.autoencoders.mistakes import codes as mistakes

hint = "the shapes did not fit. X is (N, D), W (K, D), b (K,), and the codes are (N, K). One "
hint += "derivative for each example, unit and input would be an array (N, K, D)"
four = float(np.log(4))
three = [[-four, 0], [0, 0], [-four, 0]]
for what, X, W, b, wanted in [
    ("three examples, two units", three, [[1, 3], [2, -1]], [0, four], 0.507),
    ("the example", [[0]], [[4]], [0], 1),
    ("two inputs, bias log 4", [[0, 0]], [[3, 4]], [four], 0.64),
    ("two units", [[0, 0]], [[3, 4], [1, 2]], [four, 0], 0.9525),
    ("two examples", [[0, 0], [-four, 0]], [[1, 3]], [0], 0.440500),
    ("three examples of one number", [[0], [four / 2], [-four / 2]], [[2]], [0], 0.151600),
]:
    X, W, b = (np.array(values, dtype=float) for values in (X, W, b))
    what, slips = f"contractive_penalty, {what}", mistakes.contractive(X, W, b)
    got = checks.attempt(contractive_penalty, X, W, b, what=what, hint=hint)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 1 of 3 points; the rest is for random numbers of other shapes.")

# %% nbgrader={"grade_id": "hidden_contractive_penalty", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import penalties as reference
from course_utils.autoencoders.mistakes import codes as mistakes

for n, d, k in [(1, 3, 2), (5, 4, 4), (20, 6, 3), (8, 2, 5), (3, 1, 1)]:
    X, W, b = rng.normal(size=(n, d)), rng.normal(size=(k, d)), rng.normal(size=k)
    checks.close(
        contractive_penalty(X.copy(), W.copy(), b.copy()),
        reference.contractive_penalty(X, W, b),
        f"contractive_penalty, {n} examples of {d} numbers, {k} units",
        rtol=1e-4,
        atol=1e-6,
        mistakes=mistakes.contractive(X, W, b),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_corrupt", "locked": true}
# ## Question 6 · Spoiling the input (3 points)
#
# A denoising autoencoder gets a spoilt copy of each example and has to give back the original.
# Write `corrupt(X, masked, sigma, rng)`; it returns `noisy` and `target`, the pair to train with:
#
# - `X`: shape (N, D). `masked`: a chance from 0 to 1. `sigma`: a standard deviation from 0.
# - `noisy`: shape (N, D). First, a normal number with mean 0 and standard deviation `sigma` is
#   added to every entry. Then every entry is set to exactly 0 with the chance `masked`. All entries
#   of all examples are treated independently. Entries that are left are **not** rescaled.
# - `target`: shape (N, D), what the network should answer.
# - `rng`: a NumPy generator, for *all* random numbers: with an equal generator the result is the
#   same. `X` must stay as it was.
#
# Example: `masked` = 0.25 and `sigma` = 0: about a quarter of the entries of `noisy` are 0, the
# others are those of `X`.
#
# <details><summary>Hint 1</summary>
#
# `rng.normal(size=…)` and `rng.random(…)` draw arrays of any shape. If one number decides about one
# entry, which shape do you need?
#
# <details><summary>Hint 2</summary>
#
# `rng.random()` is uniform between 0 and 1: with what chance is it smaller than 0.25? A comparison
# with an array gives an array of True and False.
#
# <details><summary>Hint 3</summary>
#
# `np.where([True, False, False], 0.0, [7, 8, 9])` is `[0, 8, 9]`. And the target: a network that is
# shown the noise as the answer learns the noise.
#
# </details></details></details>


# %% nbgrader={"grade_id": "corrupt", "solution": true}
def corrupt(X, masked, sigma, rng):
    """Noisy inputs and the targets for them.

    X: (N, D). masked: chance of a zero. sigma: of the noise. rng: np.random.Generator.
    Returns noisy, target, (N, D) each.
    """
    ### BEGIN SOLUTION
    noisy = X + sigma * rng.normal(size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_corrupt", "points": 1}
# Visible tests: 200 × 150 entries between 20 and 22. Chance gets six standard deviations of room.
from functools import partial

from course_utils.autoencoders.mistakes import corruption as mistakes
from course_utils.autoencoders.mistakes import results

hint = "it raised an error. Draw the random numbers in the shape of X. An `if` cannot decide "
hint += "about all entries of an array; np.where and an index of True and False can"
X = np.linspace(20, 22, 30_000).reshape(200, 150)[:, ::-1].copy()
for masked, sigma in [(0.25, 0.0), (0.0, 0.0), (0.0, 0.5), (0.3, 0.5), (1.0, 0.2)]:
    what, kept = f"corrupt with masked = {masked}, sigma = {sigma}", X.copy()
    call = partial(corrupt, X, masked, sigma, np.random.default_rng(1))
    got = checks.attempt(call, what=what, hint=hint)
    checks.unchanged(kept, X, f"{what}: its argument X")
    got = results.parts(got, ("noisy", "target"), what, alike=True)
    more = [corrupt(X.copy(), masked, sigma, np.random.default_rng(k))[0] for k in (1, 2)]
    for found, value, wanted, room, slips in mistakes.findings(*got, *more, X, masked, sigma):
        checks.close(value, wanted, f"{what}: {found}", rtol=0, atol=room, mistakes=slips)
checks.passed("Right so far. 1 of 3 points; the rest is for other shapes, chances and deviations.")

# %% nbgrader={"grade_id": "hidden_corrupt", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders.mistakes import corruption as mistakes
from course_utils.autoencoders.mistakes import results

for n, d in [(120, 120), (300, 80), (90, 200)]:
    masked, sigma = float(rng.uniform(0.1, 0.45)), float(rng.uniform(0.2, 0.8))
    X, seed = rng.uniform(15, 16, size=(n, d)), int(rng.integers(10**9))
    what = f"corrupt with masked = {masked:.3f}, sigma = {sigma:.3f}"
    rngs = [np.random.default_rng(k) for k in (seed, seed, seed + 1)]
    got, *more = [corrupt(X.copy(), masked, sigma, each) for each in rngs]
    got = results.parts(got, ("noisy", "target"), what, alike=True)
    more = [pair[0] for pair in more]
    for found, value, wanted, room, slips in mistakes.findings(*got, *more, X, masked, sigma):
        checks.close(value, wanted, f"{what}: {found}", rtol=0, atol=room, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_retrieve", "locked": true}
# ## Question 7 · Neighbours by hashing (3 points)
#
# Semantic hashing turns codes into bits and looks for stored examples whose bits are nearly those
# of a query. Write `retrieve(query, H, thresholds, count)`:
#
# - `query`: the code of one example, shape (K,). `H`: the codes of the stored examples, shape (N,
#   K).
# - `thresholds`: shape (K,), one for each unit. A bit is 1 where the code is **above** the
#   threshold of its unit, and 0 where it is equal or below.
# - The distance is the **Hamming distance**: the number of bits that differ.
# - Returned: `count` row numbers of `H` (from 0), the nearest first; at equal distance the smaller
#   number first.
#
# Example: thresholds (0.5, 0.5), query (0.9, 0.1), `H` = [[0.4, 0.4], [0.6, 0.3], [0.1, 0.8]]. The
# query's bits are 10, those stored 00, 10 and 01, the distances 1, 0 and 2: the two nearest are
# rows 1 and 0.
#
# <details><summary>Hint 1</summary>
#
# `H > thresholds` compares every row with the thresholds. What does the query need?
#
# <details><summary>Hint 2</summary>
#
# Comparing an (N, K) array of bits with a (K,) array by `!=` gives (N, K): where they differ. True
# counts as 1 in a sum; over which axis?
#
# <details><summary>Hint 3</summary>
#
# `np.argsort` gives row numbers in the order of their values. Which of several equal values comes
# first is left open, unless you ask for `kind="stable"`: `np.argsort([2, 1, 2, 1], kind="stable")`
# is `[1, 3, 0, 2]`.
#
# </details></details></details>


# %% nbgrader={"grade_id": "retrieve", "solution": true}
def retrieve(query, H, thresholds, count):
    """Rows of H whose bits differ least from the query's.

    query: (K,). H: (N, K). thresholds: (K,). count: how many. Returns (count,), nearest first.
    """
    ### BEGIN SOLUTION
    distances = ((thresholds < H) != (thresholds < query)).sum(axis=1)  # (N,)
    return np.argsort(distances, kind="stable")[:count]
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_retrieve", "points": 1}
# Visible tests: by hand.
from course_utils.autoencoders.mistakes import codes as mistakes

hint = "it raised an error. `==`, `!=` and `>` compare arrays entry by entry; `if` and `-` do not "
hint += "work on arrays of True and False"
three = [[0.4, 0.4], [0.6, 0.3], [0.1, 0.8]]
bits = [[1, 1, 0], [0, 0, 1], [1, 0, 0], [1, 1, 1], [0, 1, 0], [1, 0, 1]]
far = [[0.9, 0.1, 9], [0.6, 0.4, 0.9], [0.4, 0.6, 0.6], [0.45, 0.55, 0.6]]
limits = [[2, 6, -0.1], [5, -2, 0], [-4, 2, 0.5], [-2, 3, 0.4], [7, 5, 0.7], [5, 3, 0.1]]
for what, query, H, thresholds, count, wanted in [
    ("a threshold for each unit", [-1, 3, 0.6], limits, [-1, 2, 0.5], 4, [3, 4, 0, 2]),
    ("the example", [0.9, 0.1], three, [0.5, 0.5], 2, [1, 0]),
    ("ties, rows counted from 0", [1, 1, 0], bits, [0.5] * 3, 5, [0, 2, 3, 4, 5]),
    ("near and far numbers", [0.55, 0.45, 0.6], far, [0.5] * 3, 2, [0, 1]),
]:
    query, H, thresholds = (np.array(v, dtype=float) for v in (query, H, thresholds))
    what, slips = f"retrieve, {what}", mistakes.retrieve(query, H, thresholds, count)
    got = checks.attempt(retrieve, query, H, thresholds, count, what=what, hint=hint)
    checks.equal(got, wanted, what, mistakes=slips)
checks.passed("Right by hand. 1 of 3 points; the rest is for codes drawn when marked.")

# %% nbgrader={"grade_id": "hidden_retrieve", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import hashing as reference
from course_utils.autoencoders.mistakes import codes as mistakes

for n, k, count in [(5, 4, 5), (30, 6, 7), (200, 12, 20), (50, 24, 10), (40, 1, 12)]:
    H, query = rng.normal(size=(n, k)) * 2, rng.normal(size=k) * 2
    thresholds = rng.normal(size=k)
    H[rng.random((n, k)) < 0.1] = 0.0
    thresholds[rng.random(k) < 0.3] = 0.0
    checks.equal(
        retrieve(query.copy(), H.copy(), thresholds.copy(), count),
        reference.retrieve(query, H, thresholds, count),
        f"retrieve, {count} of {n} codes of {k} bits",
        mistakes=mistakes.retrieve(query, H, thresholds, count),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_roc_points", "locked": true}
# ## Question 8 · The ROC curve (3 points)
#
# An autoencoder trained on normal examples reconstructs anomalies badly, so the reconstruction
# error is a score: the **higher**, the more suspicious. An example raises an alarm if its score is
# **at least** a threshold. As the threshold falls, two rates grow. Write `roc_points(scores,
# anomalous)`; it returns `false_rate` and `true_rate`:
#
# - `scores`: shape (N,). `anomalous`: shape (N,), True for the examples that really are anomalies.
#   There is at least one of each kind.
# - `false_rate`: the share **of the normal examples** that raise an alarm; `true_rate`: the share
#   **of the anomalies** that do.
# - One point for the highest threshold, where nothing raises an alarm: (0, 0). Then one point for
#   **each different** score as the threshold, from the highest score to the lowest. Equal scores
#   cross the threshold together. So both have shape (1 + number of different scores,).
#
# Example: scores (3, 1, 2, 1), the first and the last are anomalies. Thresholds ∞, 3, 2, 1 give
# `false_rate` = (0, 0, ½, 1) and `true_rate` = (0, ½, ½, 1).
#
# <details><summary>Hint 1</summary>
#
# First write, for a single threshold, the two rates in one line each. The scores of the anomalies
# are `scores[anomalous]`.
#
# <details><summary>Hint 2</summary>
#
# `np.unique` gives the different scores, ascending. You want them falling, and one more point in
# front. A loop over thresholds is good enough.
#
# <details><summary>Hint 3</summary>
#
# The mean of an array of True and False is a share: `np.mean([True, False, False])` is 1/3. `~a`
# turns True and False round. For the first point, the threshold may be `np.inf`.
#
# </details></details></details>


# %% nbgrader={"grade_id": "roc_points", "solution": true}
def roc_points(scores, anomalous):
    """Points of the ROC curve, from (0, 0) to (1, 1).

    scores: (N,). anomalous: (N,), bool. Returns false_rate and true_rate, (1 + different scores,).
    """
    ### BEGIN SOLUTION
    thresholds = [np.inf, *np.unique(scores)[::-1]]
    false_rate = [(scores[~anomalous] >= t).mean() for t in thresholds]
    true_rate = [(scores[anomalous] >= t).mean() for t in thresholds]
    return np.array(false_rate), np.array(true_rate)
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_roc_points", "points": 1}
# Visible tests: by hand, with ties, and with a perfect score.
from course_utils.autoencoders.mistakes import anomalies as mistakes
from course_utils.autoencoders.mistakes import results

hint = "it raised an error. `not a`, `-a`, `and` and `or` do not work on arrays of True and "
hint += "False; `~a` turns them round, entry by entry, and `scores[a]` selects"
T, F = True, False
for what, scores, anomalous, wanted in [
    ("the example", [3, 1, 2, 1], [T, F, F, T], [[0, 0, 0.5, 1], [0, 0.5, 0.5, 1]]),
    ("a perfect score", [5, 9, 1], [F, T, F], [[0, 0, 0.5, 1], [0, 1, 1, 1]]),
    ("ties", [2, 2, 2, 0.5, 0.5], [T, T, F, F, F], [[0, 1 / 3, 1], [0, 1, 1]]),
    ("one score for all", [4, 4, 4], [F, T, F], [[0, 1], [0, 1]]),
]:
    scores, anomalous = np.array(scores, dtype=float), np.array(anomalous)
    what, slips = f"roc_points, {what}", mistakes.roc(scores, anomalous)
    got = checks.attempt(roc_points, scores, anomalous, what=what, hint=hint)
    got = results.parts(got, ("false_rate", "true_rate"), what, alike=True)
    sizes = [len(rates) for rates in got]
    checks.equal(sizes[0], sizes[1], f"{what}: as many false rates as true rates")
    checks.close([list(rates) for rates in got], wanted, what, rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 1 of 3 points; the rest is for scores drawn when marked.")

# %% nbgrader={"grade_id": "hidden_roc_points", "points": 2}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import anomaly as reference
from course_utils.autoencoders.mistakes import anomalies as mistakes
from course_utils.autoencoders.mistakes import results

for n, values in [(4, 3), (12, 5), (50, 1000), (80, 12)]:
    anomalous = rng.permutation(np.arange(n) % 3 == 0)
    scores = (rng.integers(values, size=n) + values // 4 * anomalous) / values
    what = f"roc_points, {n} examples"
    got = roc_points(scores.copy(), anomalous.copy())
    got = results.parts(got, ("false_rate", "true_rate"), what, alike=True)
    checks.equal(len(got[0]), len(got[1]), f"{what}: as many false rates as true rates")
    checks.close(
        [list(rates) for rates in got],
        np.stack(reference.roc(scores, anomalous)[:2]),
        what,
        rtol=1e-5,
        mistakes=mistakes.roc(scores, anomalous),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_auc", "locked": true}
# ## Question 9 · The area under it (2 points)
#
# The area under the ROC curve (AUC) has a meaning of its own: draw an anomaly and a normal example
# at random; it is the chance that the anomaly has the higher score, where **a tie counts one
# half**. Write `auc(scores, anomalous)`:
#
# - `scores`: shape (N,), higher is more suspicious. `anomalous`: shape (N,), True for the
#   anomalies.
# - Returned: one number from 0 to 1. This question is marked on its own: do not call `roc_points`.
#
# Example: scores (3, 1, 2, 1), the first and the last are anomalies. Of the four pairs the anomaly
# wins (3 against 1), wins (3 against 2), draws (1 against 1) and loses (1 against 2):
# $(1 + 1 + \tfrac12 + 0)/4 = 0.625$.
#
# <details><summary>Hint 1</summary>
#
# Two loops over all pairs are right. Count what each pair contributes: 1, ½ or 0.
#
# <details><summary>Hint 2</summary>
#
# Without loops: `a[:, None]` has shape (A, 1); compared with `b`, shape (B,), it gives a table
# (A, B) of all pairs.
#
# <details><summary>Hint 3</summary>
#
# The other way is by area: between two neighbouring points of the ROC curve lies a trapezium, and
# its width times its *mean* height gives a tie exactly one half.
#
# </details></details></details>


# %% nbgrader={"grade_id": "auc", "solution": true}
def auc(scores, anomalous):
    """Chance that an anomaly scores above a normal example; a tie counts one half.

    scores: (N,). anomalous: (N,), bool. Returns a number.
    """
    ### BEGIN SOLUTION
    high, low = scores[anomalous][:, None], scores[~anomalous]  # (A, 1), (B,)
    return (high > low).mean() + 0.5 * (high == low).mean()
    ### END SOLUTION


# %% nbgrader={"grade_id": "test_auc", "points": 1}
# Visible tests: by hand.
from course_utils.autoencoders.mistakes import anomalies as mistakes

hint = "it raised an error. The two kinds need not be equally many: compare every anomaly with "
hint += "every normal example. `~a` turns True and False round, not `not a`"
for what, scores, anomalous, wanted in [
    ("seven scores", [2, 1, 2, 3, 1, 2, 5], [1, 0, 0, 1, 1, 0, 0], 11 / 24),
    ("the example", [3, 1, 2, 1], [1, 0, 0, 1], 0.625),
    ("a perfect score", [0.2, 0.9, 0.1, 0.8, 0.3], [0, 1, 0, 1, 0], 1),
    ("one score for all", [4, 4, 4], [0, 1, 0], 0.5),
    ("the first ones are anomalies", [7, 5, 5, 2, 5, 5, 1, 9], [1, 1, 1, 0, 0, 0, 0, 0], 2 / 3),
    ("the last ones are anomalies", [5, 3, 5, 2, 2, 5, 5], [0, 0, 0, 0, 0, 1, 1], 0.8),
]:
    scores, anomalous = np.array(scores, dtype=float), np.array(anomalous, dtype=bool)
    what, slips = f"auc, {what}", mistakes.auc(scores, anomalous)
    got = checks.attempt(auc, scores, anomalous, what=what, hint=hint)
    checks.close(got, wanted, what, rtol=1e-5, mistakes=slips)
checks.passed("Right by hand. 1 of 2 points; the other is for scores drawn when marked.")

# %% nbgrader={"grade_id": "hidden_auc", "points": 1}
# Hidden tests: they run when the notebook is graded, on inputs drawn anew each time.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng()
from course_utils.autoencoders import anomaly as reference
from course_utils.autoencoders.mistakes import anomalies as mistakes

for n, values in [(5, 3), (12, 4), (60, 1000), (90, 10)]:
    anomalous = rng.permutation(np.arange(n) % 3 == 0)
    scores = (rng.integers(values, size=n) + values // 4 * anomalous) / values
    checks.close(
        auc(scores.copy(), anomalous.copy()),
        reference.auc(scores, anomalous),
        f"auc, {n} examples",
        rtol=1e-5,
        mistakes=mistakes.auc(scores, anomalous),
    )
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "ask_explain", "locked": true}
# ## Question 10 · Too good to be true (4 points, marked by a person)
#
# A friend has trained an autoencoder on 8 × 8 digits: 64 inputs, a code of 128 units, 64 outputs,
# linear layers with ReLU between them, squared error, no penalty, no noise. Her training error is
# $10^{-6}$, and so is the error on new digits. "The error is nearly zero," she says, "so these 128
# features must be perfect for telling the digits apart."
#
# Answer her in at most 150 words.
#
# Who earns which point:
#
# 1. What the network can have learnt to reach this error, and what in its shape allows it.
# 2. Why the error on new digits, small as well, does not help her argument.
# 3. A measurement, with a comparison, that tells whether the features are good for what she wants.
# 4. One constraint that she could add, and what it forces the code to do.

# %% [markdown] nbgrader={"grade_id": "explain_copy", "grade": true, "solution": true, "points": 4}
# ### BEGIN SOLUTION
# 1. It can have learnt to copy. The code is overcomplete (128 > 64), so nothing has to be left out:
#    with two ReLU units an input passes unchanged (relu(x) − relu(−x) = x). The identity has error
#    0.
# 2. A copy is right on any input, also on new digits, on letters and on noise. That error measures
#    how well information is passed on, not what was learnt of digits. (Test: feed pure noise; if
#    that is reconstructed as well, it is a copy.)
# 3. Train a linear classifier (or nearest neighbours) on the codes of labelled digits and measure
#    its error on new ones, against the same classifier on the 64 raw pixels, or on 128 random
#    features. Without a gain over those, the features are not better.
# 4. One of: fewer units than inputs, so that only the directions that explain most survive; an L1
#    penalty, so that few units are active for each digit; a contractive penalty, so that the code
#    changes only along directions in which digits vary; noise on the input with a clean target, so
#    that it has to know what digits look like.
#
# One point each. For 1, "overfitting" or "learnt by heart" alone earns nothing: the error on new
# digits is small. For 3, the comparison has to be named. For 4, the effect on the *code* has to be
# named, not only the constraint.
# ### END SOLUTION
