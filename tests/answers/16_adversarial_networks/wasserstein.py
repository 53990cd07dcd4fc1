# %% right: the area between the distribution functions
def wasserstein_1d(x, y):
    places = np.sort(np.concatenate([x, y]))
    area = 0.0
    for left, right in zip(places[:-1], places[1:]):
        area += abs((x <= left).mean() - (y <= left).mean()) * (right - left)
    return area


# %% right: scipy
def wasserstein_1d(x, y):
    from scipy.stats import wasserstein_distance

    return wasserstein_distance(x, y)


# %% right: the assignment problem, with a warning
def wasserstein_1d(x, y):
    import warnings

    from scipy.optimize import linear_sum_assignment

    warnings.warn("slow")
    cost = np.abs(x[:, None] - y)
    return cost[linear_sum_assignment(cost)].sum() / len(x)


# %% right: Python's sorted, float32
def wasserstein_1d(x, y):
    print("sorted")
    ways = [abs(np.float32(a) - np.float32(b)) for a, b in zip(sorted(x), sorted(y))]
    return sum(ways) / np.float32(len(ways))


# %% wrong: not sorted
# diagnosis: sort both first
# points: 0
def wasserstein_1d(x, y):
    return np.abs(x - y).mean()


# %% wrong: one sorted
# diagnosis: only one of the two was sorted
# points: 0
def wasserstein_1d(x, y):
    return np.abs(np.sort(x) - y).mean()


# %% wrong: summed
# diagnosis: summed over the points; take the mean
# points: 0
def wasserstein_1d(x, y):
    return np.abs(np.sort(x) - np.sort(y)).sum()


# %% wrong: squared ways
# diagnosis: the ways were squared
# points: 0
def wasserstein_1d(x, y):
    return ((np.sort(x) - np.sort(y)) ** 2).mean()


# %% wrong: of order two
# diagnosis: of order 2
# points: 0
def wasserstein_1d(x, y):
    return np.sqrt(((np.sort(x) - np.sort(y)) ** 2).mean())


# %% wrong: the means compared
# diagnosis: that is the distance of the two means
# points: 0
def wasserstein_1d(x, y):
    return abs(x.mean() - y.mean())


# %% wrong: signs cancel
# diagnosis: the absolute value is missing
# points: 0
def wasserstein_1d(x, y):
    return (np.sort(x) - np.sort(y)).mean()


# %% wrong: all pairs
# diagnosis: the mean over all pairs
# points: 0
def wasserstein_1d(x, y):
    return np.abs(x[:, None] - y[None, :]).mean()


# %% wrong: each to the nearest
# diagnosis: no place may be used twice
# points: 0
def wasserstein_1d(x, y):
    return np.abs(x[:, None] - y[None, :]).min(axis=1).mean()


# %% wrong: the norm
# diagnosis: the norm of the differences
# points: 0
def wasserstein_1d(x, y):
    return np.linalg.norm(np.sort(x) - np.sort(y))


# %% wrong: the longest way
# diagnosis: the longest way
# points: 0
def wasserstein_1d(x, y):
    return np.abs(np.sort(x) - np.sort(y)).max()


# %% wrong: sort returns nothing
# diagnosis: NoneType
# points: 0
def wasserstein_1d(x, y):
    return np.abs(x.sort() - y.sort()).mean()


# %% wrong: sorted in place
# diagnosis: the argument was changed in place
# points: 1
def wasserstein_1d(x, y):
    x.sort()
    y.sort()
    return np.abs(x - y).mean()


# %% wrong: positions
# diagnosis: np.argsort gives positions
# points: 0
def wasserstein_1d(x, y):
    return np.abs(np.argsort(x) - np.argsort(y)).mean()


# %% wrong: upwards and downwards
# diagnosis: one was sorted upwards and the other downwards
# points: 0
def wasserstein_1d(x, y):
    return np.abs(np.sort(x) - np.sort(y)[::-1]).mean()
