# %% right: loop
def hinge_gradient(w, X, y):
    total = [0.0] * len(w)
    for x, t in zip(X, y):
        if t * sum(a * b for a, b in zip(w, x)) <= 0:
            total = [g - t * v for g, v in zip(total, x)]
    return [g / len(X) for g in total]


# %% right: float32 and a mean
def hinge_gradient(w, X, y):
    w, X, y = np.float32(w), np.float32(X), np.float32(y)
    wrong = (y * (X @ w) <= 0)[:, None]
    return np.where(wrong, -y[:, None] * X, np.float32(0)).mean(axis=0)


# %% right: selection, printed
def hinge_gradient(w, X, y):
    chosen = np.flatnonzero(y * (X @ w) <= 0)
    print(len(chosen), "mistakes")
    return -np.einsum("n,nd->d", y[chosen].astype(float), X[chosen]) / y.size


# %% right: through step functions, with a warning
def hinge_gradient(w, X, y):
    import warnings

    warnings.warn("not differentiable at 0")
    return X.T @ (-y * np.heaviside(-y * (X @ w), 1.0)) / len(y)


# %% wrong: summed
# diagnosis: summed instead of averaged
# points: 0
def hinge_gradient(w, X, y):
    return -((y * (X @ w) <= 0) * y) @ X


# %% wrong: averaged over the mistakes
# diagnosis: averaged over the mistakes only
# points: 0
def hinge_gradient(w, X, y):
    wrong = y * (X @ w) <= 0
    return -(wrong * y) @ X / max(1, wrong.sum())


# %% wrong: direction of the update
# diagnosis: this is the direction in which the rule changes w; the gradient is its negative
# points: 0
def hinge_gradient(w, X, y):
    return ((y * (X @ w) <= 0) * y) @ X / len(X)


# %% wrong: zero at the kink
# diagnosis: boundary were left out
# points: 0
def hinge_gradient(w, X, y):
    return -((y * (X @ w) < 0) * y) @ X / len(X)


# %% wrong: hinge of the support vector machine
# diagnosis: only y wᵀx ≤ 0 counts
# points: 0
def hinge_gradient(w, X, y):
    return -((y * (X @ w) < 1) * y) @ X / len(X)


# %% wrong: labels forgotten
# diagnosis: the labels yᵢ were left out
# points: 0
def hinge_gradient(w, X, y):
    return -1.0 * (y * (X @ w) <= 0) @ X / len(X)


# %% wrong: the loss itself
# diagnosis: the loss was returned
# points: 0
def hinge_gradient(w, X, y):
    return np.maximum(0, -y * (X @ w)).mean()


# %% wrong: numerical, blind at the kink
# diagnosis: half of −y x each, as differences from both sides give
# points: 0
def hinge_gradient(w, X, y):
    def loss(v):
        return np.maximum(0, -y * (X @ v)).mean()

    return [(loss(w + h) - loss(w - h)) / 2e-6 for h in 1e-6 * np.eye(len(w))]


# %% right: automatic differentiation, with the kink moved by hand
def hinge_gradient(w, X, y):
    import torch

    w, X, y = (torch.tensor(v, dtype=torch.float64) for v in (w, X, y))
    w.requires_grad_()
    score = -y * (X @ w)
    torch.where(score >= 0, score, 0.0 * score).mean().backward()
    return w.grad


# %% wrong: one row per example
# diagnosis: one row per example
# points: 0
def hinge_gradient(w, X, y):
    wrong = y * (X @ w) <= 0
    return -(wrong * y)[:, None] * X


# %% wrong: mean over the wrong axis
# diagnosis: the mean was taken along the weights (axis 1); take it over the examples
# points: 0
def hinge_gradient(w, X, y):
    wrong = y * (X @ w) <= 0
    return (-(wrong * y)[:, None] * X).mean(axis=1)


# %% wrong: divided by the number of weights
# diagnosis: divided by the number of weights
# points: 0
def hinge_gradient(w, X, y):
    wrong = y * (X @ w) <= 0
    return -(wrong * y) @ X / len(w)
