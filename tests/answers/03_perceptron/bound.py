# %% right: one example at a time
def mistake_bound(w, points, y):
    longest = max(1 + sum(v * v for v in p) for p in points)
    least = min(t * (w[0] + sum(a * b for a, b in zip(w[1:], p))) for p, t in zip(points, y))
    if least <= 0:
        raise ValueError("not separated")
    return longest * sum(v * v for v in w) / least**2


# %% right: float32
def mistake_bound(w, points, y):
    w, X = np.float32(w), np.float32(np.hstack([np.ones((len(points), 1)), points]))
    gamma = np.min(np.float32(y) * (X @ w)) / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return (np.linalg.norm(X, axis=1).max() / gamma) ** 2


# %% right: canonical scaling first
def mistake_bound(w, points, y):
    print("scaling w so that the nearest example has product 1")
    products = y * (points @ w[1:] + w[0])
    if not (products > 0).all():
        raise ValueError("w leaves an example on the wrong side")
    w = w / products.min()
    return (1 + (points**2).sum(axis=1)).max() * (w @ w)


# %% wrong: bias left out of R
# diagnosis: left out of R: ‖x‖² includes
# points: 0
def mistake_bound(w, points, y):
    gamma = (y * (points @ w[1:] + w[0])).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return (points**2).sum(axis=1).max() / gamma**2


# %% wrong: bias left out of the margin
# diagnosis: left out of ‖w‖ in the margin
# points: 0
def mistake_bound(w, points, y):
    gamma = (y * (points @ w[1:] + w[0])).min() / np.linalg.norm(w[1:])
    if gamma <= 0:
        raise ValueError("no bound")
    return (1 + (points**2).sum(axis=1)).max() / gamma**2


# %% wrong: bias left out of both, as on a lecture's slide
# diagnosis: left out of R and of the margin
# points: 0
def mistake_bound(w, points, y):
    gamma = (y * (points @ w[1:] + w[0])).min() / np.linalg.norm(w[1:])
    if gamma <= 0:
        raise ValueError("no bound")
    return (points**2).sum(axis=1).max() / gamma**2


# %% wrong: square forgotten
# diagnosis: square is missing
# points: 0
def mistake_bound(w, points, y):
    X = np.column_stack([np.ones(len(points)), points])
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return np.linalg.norm(X, axis=1).max() / gamma


# %% wrong: upside down
# diagnosis: wrong way up
# points: 0
def mistake_bound(w, points, y):
    X = np.column_stack([np.ones(len(points)), points])
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return gamma**2 / (X**2).sum(axis=1).max()


# %% wrong: no error where w does not separate
# diagnosis: or the square, hide that an example is on the wrong side
# points: 0
def mistake_bound(w, points, y):
    X = np.column_stack([np.ones(len(points)), points])
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    return (X**2).sum(axis=1).max() / gamma**2


# %% wrong: boundary counts as separated
# diagnosis: w = [-9.0, 1.0], which does not separate: should raise ValueError
# points: 2
def mistake_bound(w, points, y):
    X = np.column_stack([np.ones(len(points)), points])
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if gamma < 0:
        raise ValueError("no bound")
    return (X**2).sum(axis=1).max() / max(gamma, 1e-9) ** 2


# %% wrong: shortest example
# diagnosis: shortest example
# points: 0
def mistake_bound(w, points, y):
    X = np.column_stack([np.ones(len(points)), points])
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return (X**2).sum(axis=1).min() / gamma**2


# %% right: fractions of the standard library
def mistake_bound(w, points, y):
    from fractions import Fraction

    w = [Fraction(float(v)) for v in w]
    rows = [[Fraction(1), *(Fraction(float(v)) for v in p)] for p in points]
    least = min(int(t) * sum(a * b for a, b in zip(w, row)) for t, row in zip(y, rows))
    if least <= 0:
        raise ValueError("not separated")
    return max(sum(v * v for v in row) for row in rows) * sum(v * v for v in w) / least**2


# %% wrong: length of the whole matrix
# diagnosis: not the length of the whole matrix
# points: 0
def mistake_bound(w, points, y):
    X = np.insert(points, 0, 1, axis=1)
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return (np.linalg.norm(X) / gamma) ** 2


# %% wrong: largest entry
# diagnosis: not its largest entry
# points: 0
def mistake_bound(w, points, y):
    X = np.insert(points, 0, 1, axis=1)
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return (np.abs(X).max() / gamma) ** 2


# %% wrong: length of w forgotten
# diagnosis: length ‖w‖ was left out
# points: 0
def mistake_bound(w, points, y):
    X = np.insert(points, 0, 1, axis=1)
    gamma = (y * (X @ w)).min()
    if gamma <= 0:
        raise ValueError("no bound")
    return (X**2).sum(axis=1).max() / gamma**2


# %% wrong: rounded up
# diagnosis: rounded up to a whole number; return the bound as it is
# points: 0
def mistake_bound(w, points, y):
    X = np.insert(points, 0, 1, axis=1)
    gamma = (y * (X @ w)).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return int(np.ceil((X**2).sum(axis=1).max() / gamma**2))


# %% wrong: absolute values
# diagnosis: absolute values, or the square, hide that an example is on the wrong side
# points: 0
def mistake_bound(w, points, y):
    X = np.insert(points, 0, 1, axis=1)
    gamma = np.abs(X @ w).min() / np.linalg.norm(w)
    if gamma <= 0:
        raise ValueError("no bound")
    return (X**2).sum(axis=1).max() / gamma**2
