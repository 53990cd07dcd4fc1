# %% right: one example at a time
def margin(w, X, y):
    length = sum(v * v for v in w) ** 0.5
    if length == 0:
        raise ValueError("no boundary")
    return min(t * sum(a * b for a, b in zip(w, x)) for x, t in zip(X, y)) / length


# %% right: float32
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w is 0")
    w, X = np.float32(w), np.float32(X)
    return np.min(np.float32(y) * (X @ (w / np.linalg.norm(w))))


# %% right: by sides, with a warning
def margin(w, X, y):
    import warnings

    warnings.warn("margins may be negative")
    if np.allclose(w, 0):
        raise ValueError("w = 0")
    distance = X @ w / np.sqrt(w @ w)
    sides = [distance[y == 1], -distance[y == -1]]
    return float(np.concatenate(sides).min())


# %% wrong: label forgotten
# diagnosis: the labels yᵢ were left out
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return (X @ w).min() / np.linalg.norm(w)


# %% wrong: length forgotten
# diagnosis: length ‖w‖ was left out
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return (y * (X @ w)).min()


# %% wrong: bias left out of the length
# diagnosis: the bias was left out of ‖w‖
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return (y * (X @ w)).min() / np.linalg.norm(w[1:])


# %% wrong: absolute values
# diagnosis: absolute values
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return np.abs(X @ w).min() / np.linalg.norm(w)


# %% wrong: mean
# diagnosis: mean of the products
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return (y * (X @ w)).mean() / np.linalg.norm(w)


# %% wrong: all distances
# diagnosis: one number is asked for
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return y * (X @ w) / np.linalg.norm(w)


# %% wrong: squared length
# diagnosis: divided by ‖w‖²
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return (y * (X @ w)).min() / (w @ w)


# %% wrong: cut off at zero
# diagnosis: cut off at 0
# points: 0
def margin(w, X, y):
    if not np.any(w):
        raise ValueError("w = 0")
    return max(0.0, (y * (X @ w)).min() / np.linalg.norm(w))


# %% wrong: no error for w = 0
# diagnosis: nothing was raised
# points: 0
def margin(w, X, y):
    length = np.linalg.norm(w)
    return (y * (X @ w)).min() / length if length else 0.0


# %% right: a 0-d array
def margin(w, X, y):
    if (w == 0).all():
        raise ValueError("zero weights")
    return np.array(np.min(np.einsum("n,nd,d->n", y, X, w / np.sqrt(w @ w))))


# %% wrong: refuses any zero weight
# diagnosis: one of the weights is zero
# points: 2
def margin(w, X, y):
    if not w.all():
        raise ValueError("one of the weights is zero")
    return (y * (X @ w)).min() / np.linalg.norm(w)


# %% wrong: angle instead of distance
# diagnosis: divided by ‖xᵢ‖ too
# points: 0
def margin(w, X, y):
    if not w.any():
        raise ValueError("zero weights")
    return (y * (X @ w) / np.linalg.norm(X, axis=1)).min() / np.linalg.norm(w)


# %% wrong: sum of absolute values for the length
# diagnosis: not the sum of |wᵢ|
# points: 0
def margin(w, X, y):
    if not w.any():
        raise ValueError("zero weights")
    return (y * (X @ w)).min() / np.abs(w).sum()


# %% wrong: which example instead of how far
# diagnosis: index of the nearest example
# points: 0
def margin(w, X, y):
    if not w.any():
        raise ValueError("zero weights")
    return (y * (X @ w)).argmin()
