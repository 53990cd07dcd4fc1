# %% right: cumulative sum of the sorted probabilities
def best_for_absolute_loss(values, probabilities):
    order = np.argsort(values)
    cumulative = np.cumsum(probabilities[order])
    return values[order][np.searchsorted(cumulative, 0.5)]


# %% right: pairs sorted in a list, a plain float
def best_for_absolute_loss(values, probabilities):
    total = 0.0
    for value, p in sorted(zip(values.tolist(), probabilities.tolist())):
        total += p
        if total >= 0.5 - 1e-12:
            return value


# %% right: ternary search on the convex cost
def best_for_absolute_loss(values, probabilities):
    low, high = float(values.min()), float(values.max())
    for _ in range(200):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        if np.abs(a - values) @ probabilities <= np.abs(b - values) @ probabilities:
            high = b
        else:
            low = a
    return (low + high) / 2


# %% right: float32 zero-dimensional array, with a warning
import warnings


def best_for_absolute_loss(values, probabilities):
    warnings.warn("trying all")
    costs = [np.sum(np.abs(v - values) * probabilities) for v in values]
    return np.asarray(values[int(np.argmin(costs))], dtype=np.float32)


# %% right: a fine grid
def best_for_absolute_loss(values, probabilities):
    g = np.linspace(values.min(), values.max(), 10001)
    return g[np.argmin([np.abs(c - values) @ probabilities for c in g])]


# %% right: a sample with the right counts
def best_for_absolute_loss(values, probabilities):
    return np.median(np.repeat(values, np.round(probabilities * 10000).astype(int)))


# %% wrong: the mean
# diagnosis: the mean was returned
# points: 0
def best_for_absolute_loss(values, probabilities):
    return values @ probabilities


# %% wrong: plain median
# diagnosis: plain median
# points: 0
def best_for_absolute_loss(values, probabilities):
    return np.median(values)


# %% wrong: the mode
# diagnosis: the mode was returned
# points: 0
def best_for_absolute_loss(values, probabilities):
    return values[np.argmax(probabilities)]


# %% wrong: the place instead of the value
# diagnosis: the place of the best value
# points: 0
def best_for_absolute_loss(values, probabilities):
    return int(np.argmin(np.abs(values[:, None] - values) @ probabilities))


# %% wrong: values not sorted
# diagnosis: not sorted
# points: 0
def best_for_absolute_loss(values, probabilities):
    return values[np.searchsorted(np.cumsum(probabilities), 0.5)]


# %% wrong: probabilities not sorted along
# diagnosis: not along with them
# points: 0
def best_for_absolute_loss(values, probabilities):
    return np.sort(values)[np.searchsorted(np.cumsum(probabilities), 0.5)]


# %% wrong: the least cost itself
# diagnosis: the least cost was returned
# points: 0
def best_for_absolute_loss(values, probabilities):
    return (np.abs(values[:, None] - values) @ probabilities).min()


# %% wrong: largest cost
# diagnosis: largest cost
# points: 0
def best_for_absolute_loss(values, probabilities):
    return values[np.argmax(np.abs(values[:, None] - values) @ probabilities)]


# %% wrong: return forgotten
# diagnosis: is the `return` missing
# points: 0
def best_for_absolute_loss(values, probabilities):
    values[np.argmin(np.abs(values[:, None] - values) @ probabilities)]


# %% wrong: interpolated
# diagnosis: interpolated
# points: 0
def best_for_absolute_loss(values, probabilities):
    o = np.argsort(values)
    return np.interp(0.5, np.cumsum(probabilities[o]), values[o])


# %% wrong: one place too low
# diagnosis: one place too low
# points: 0
def best_for_absolute_loss(values, probabilities):
    o = np.argsort(values)
    return values[o][np.argmax(np.cumsum(probabilities[o]) >= 0.5) - 1]


# %% wrong: the value of least squared cost
# diagnosis: nearest to the mean
# points: 0
def best_for_absolute_loss(values, probabilities):
    return min(values, key=lambda c: ((c - values) ** 2) @ probabilities)


# %% wrong: where the sum is nearest to a half
# diagnosis: not where it is nearest
# points: 0
def best_for_absolute_loss(values, probabilities):
    o = np.argsort(values)
    c = np.cumsum(probabilities[o])
    return values[o][np.argmin(np.abs(c - 0.5))]


# %% wrong: bars forgotten
# diagnosis: was left out
# points: 0
def best_for_absolute_loss(values, probabilities):
    return min(values, key=lambda c: (c - values) @ probabilities)


# %% wrong: an array of one entry
# diagnosis: an axis of length 1 too many
# points: 0
def best_for_absolute_loss(values, probabilities):
    c = np.abs(values[:, None] - values) @ probabilities
    return values[c == c.min()]
