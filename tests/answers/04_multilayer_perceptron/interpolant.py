# %% right: a loop over pieces
def relu_interpolant(x, y):
    weights, before = [], 0.0
    for k in range(len(x) - 1):
        now = (y[k + 1] - y[k]) / (x[k + 1] - x[k])
        weights.append(now - before)
        before = now
    return [1.0] * len(weights), [-v for v in x[:-1]], weights, y[0]


def sup_error(f, g, left, right, count):
    points = left + (right - left) * np.arange(count) / (count - 1)
    return max(abs(u - v) for u, v in zip(f(points), g(points)))


# %% right: units that look left, float32
def relu_interpolant(x, y):
    x, y = np.float32(x), np.float32(y)
    slopes = np.diff(y) / np.diff(x)
    changes = np.append(slopes[1:] - slopes[:-1], -slopes[-1])
    # from the right: unit k is (x[k + 1] − t)₊
    return -np.ones(len(x) - 1), x[1:], changes, y[-1]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.float32(np.linalg.norm(f(t) - g(t), np.inf))


# %% right: triangles, three units each, W1 as a column
def relu_interpolant(x, y):
    import warnings

    warnings.warn("more units than needed")
    print("one triangle per point")
    gaps = np.diff(x)
    left, right = np.append(gaps[0], gaps), np.append(gaps, gaps[-1])
    kinks = np.concatenate([x - left, x, x + right])
    weights = np.concatenate([y / left, -y / left - y / right, y / right])
    return np.ones((3 * len(x), 1)), -kinks, weights, 0.0


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    above, below = (f(t) - g(t)).max(), (g(t) - f(t)).max()
    return np.array(above if above > below else below)


# %% right: solved for
def relu_interpolant(x, y):
    kinks = x[:-1]
    hidden = np.maximum(x[:, None] - kinks, 0)
    A = np.column_stack([hidden, np.ones(len(x))])
    *w2, b2 = np.linalg.solve(A, y)
    return np.ones(len(kinks)), -kinks, w2, b2


def sup_error(f, g, left, right, count):
    worst = 0.0
    for t in np.linspace(left, right, count):
        worst = max(worst, abs(float(f(np.array([t]))[0] - g(np.array([t]))[0])))
    return worst


# %% wrong: kinks on the wrong side
# diagnosis: the kinks are at −x[k]
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: kinks one point late
# diagnosis: the kinks are one point too late
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[1:], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: slopes instead of their changes
# diagnosis: earlier units stay on
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], slopes, y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: output bias forgotten
# diagnosis: the output's bias is missing
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), 0.0


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: first slope forgotten
# diagnosis: the first slope is missing
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 2), -x[1:-1], np.diff(slopes), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: gaps forgotten
# diagnosis: not divided by the gaps
# points: 0
def relu_interpolant(x, y):
    return np.ones(len(x) - 1), -x[:-1], np.diff(np.diff(y), prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: equal gaps assumed
# diagnosis: equal gaps were assumed
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / (x[1] - x[0])
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: a weight too few
# diagnosis: K points have K − 1 slopes
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    w2 = np.zeros(len(x) - 1)
    w2[:] = np.diff(slopes)
    return np.ones(len(x) - 1), -x[:-1], w2, y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: parts of different length
# diagnosis: weights of the output mean
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x)), -x, np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: absolute value forgotten
# diagnosis: the absolute value is missing
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return (f(t) - g(t)).max()


# %% wrong: mean distance
# diagnosis: this is the mean distance
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).mean()


# %% wrong: difference of the maxima
# diagnosis: the maxima of f and g were compared
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return abs(f(t).max() - g(t).max())


# %% wrong: the place instead of the distance
# diagnosis: the place where the distance is largest
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return t[np.argmax(np.abs(f(t) - g(t)))]


# %% wrong: the end left out
# diagnosis: does the last one, right, belong to your grid?
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count, endpoint=False)
    return np.abs(f(t) - g(t)).max()


# %% wrong: triangles of half width 1 at every point
# diagnosis: triangles of half width 1
# points: 0
def relu_interpolant(x, y):
    kinks = np.concatenate([x - 1, x, x + 1])
    return np.ones(3 * len(x)), -kinks, np.concatenate([y, -2 * y, y]), 0.0


def sup_error(f, g, left, right, count):
    t = np.linspace(left, right, count)
    return np.abs(f(t) - g(t)).max()


# %% wrong: absolute value after the maximum
# diagnosis: the absolute value came after the maximum
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    x = np.linspace(left, right, count)
    return abs(np.max(f(x) - g(x)))


# %% wrong: both ends
# diagnosis: measured at the two ends only
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    x = np.array([left, right])
    return np.abs(f(x) - g(x)).max()


# %% wrong: so many gaps
# diagnosis: count is the number of points
# points: 0
def relu_interpolant(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.ones(len(x) - 1), -x[:-1], np.diff(slopes, prepend=0.0), y[0]


def sup_error(f, g, left, right, count):
    x = np.linspace(left, right, count + 1)
    return np.abs(f(x) - g(x)).max()
