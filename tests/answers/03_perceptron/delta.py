# %% right: loop over examples
def delta_gradient(w, X, y, unit):
    total = np.zeros(len(w))
    for x, t in zip(X, y):
        e = w @ x
        if unit == "linear":
            total += (e - t) * x
        else:
            f = 1 / (1 + np.exp(-e))
            total += (f - t) * f * (1 - f) * x
    return total / len(X)


# %% right: tanh form, float32
def delta_gradient(w, X, y, unit):
    w, X, y = np.float32(w), np.float32(X), np.float32(y)
    e = X @ w
    if unit == "linear":
        return X.T @ (e - y) / np.float32(len(y))
    t = np.tanh(e / 2)
    return X.T @ (((1 + t) / 2 - y) * (1 - t**2) / 4) / np.float32(len(y))


# %% right: complex step, as a list
def delta_gradient(w, X, y, unit):
    print("differentiating along the imaginary axis")
    slopes = []
    for k in range(len(w)):
        shifted = w.astype(complex)
        shifted[k] += 1e-20j
        e = X @ shifted
        f = e if unit == "linear" else 1 / (1 + np.exp(-e))
        slopes.append(float((0.5 * (f - y) ** 2).mean().imag / 1e-20))
    return slopes


# %% right: PyTorch
def delta_gradient(w, X, y, unit):
    import torch

    v = torch.tensor(w, requires_grad=True)
    e = torch.tensor(X) @ v
    f = e if unit == "linear" else torch.sigmoid(e)
    (0.5 * (f - torch.tensor(y)) ** 2).mean().backward()
    return v.grad.numpy()


# %% wrong: slope forgotten
# diagnosis: factor f′(e) is missing
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(-e))
    return (f - y) @ X / len(X)


# %% wrong: factor 2 kept
# diagnosis: factor 2
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(-e))
    slope = 1 if unit == "linear" else f * (1 - f)
    return 2 * ((f - y) * slope) @ X / len(X)


# %% wrong: summed
# diagnosis: summed instead of averaged
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(-e))
    slope = 1 if unit == "linear" else f * (1 - f)
    return ((f - y) * slope) @ X


# %% wrong: direction of the update
# diagnosis: change of w, −gradient
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(-e))
    slope = 1 if unit == "linear" else f * (1 - f)
    return ((y - f) * slope) @ X / len(X)


# %% wrong: slope at the output
# diagnosis: taken at the output
# points: 0
def delta_gradient(w, X, y, unit):
    def sigmoid(e):
        return 1 / (1 + np.exp(-e))

    e = X @ w
    f = e if unit == "linear" else sigmoid(e)
    slope = 1 if unit == "linear" else sigmoid(f) * (1 - sigmoid(f))
    return ((f - y) * slope) @ X / len(X)


# %% wrong: error of the excitation
# diagnosis: f was left out
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = 1 / (1 + np.exp(-e))
    slope = 1 if unit == "linear" else f * (1 - f)
    return ((e - y) * slope) @ X / len(X)


# %% wrong: unit ignored
# diagnosis: gradient of the linear unit
# points: 0
def delta_gradient(w, X, y, unit):
    return (X @ w - y) @ X / len(X)


# %% wrong: one error per pair
# diagnosis: matmul
# points: 0
def delta_gradient(w, X, y, unit):
    w = w[:, None]
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(-e))
    slope = 1 if unit == "linear" else f * (1 - f)
    return ((f - y[:, None]) * slope) @ X / len(X)


# %% right: 0-d arrays in a tuple
def delta_gradient(w, X, y, unit):
    e = np.dot(X, w)
    f = e if unit == "linear" else np.reciprocal(1 + np.exp(-e))
    back = (f - y) * (np.ones_like(e) if unit == "linear" else f - f * f)
    return tuple(np.array(np.mean(back * column)) for column in X.T)


# %% wrong: logistic slope on the linear unit
# diagnosis: f′ = 1 for the linear unit
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(-e))
    return X.T @ ((f - y) * f * (1 - f)) / len(X)


# %% wrong: sign in the exponential
# diagnosis: exp(e) instead of exp(−e)
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(e))
    slope = 1 if unit == "linear" else f * (1 - f)
    return ((f - y) * slope) @ X / len(X)


# %% wrong: divided by the number of weights
# diagnosis: divided by the number of weights
# points: 0
def delta_gradient(w, X, y, unit):
    e = X @ w
    f = e if unit == "linear" else 1 / (1 + np.exp(-e))
    slope = 1 if unit == "linear" else f * (1 - f)
    return ((f - y) * slope) @ X / len(w)
