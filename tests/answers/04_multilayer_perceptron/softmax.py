# %% right: row by row, with Python's own exp
def softmax(Z):
    import math

    rows = []
    for row in Z:
        top = max(row)
        powers = [math.exp(z - top) for z in row]
        rows.append([p / sum(powers) for p in powers])
    return rows


# %% right: by differences of all pairs, float32
def softmax(Z):
    Z = np.float32(Z)
    with np.errstate(over="ignore"):
        return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


# %% right: PyTorch
def softmax(Z):
    import torch

    return torch.softmax(torch.tensor(Z), dim=1)


# %% right: through the logarithm, with a warning
def softmax(Z):
    import warnings

    warnings.warn("log-sum-exp")
    print("logs")
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


# %% right: on the transposed array
def softmax(Z):
    e = np.exp(Z.T - Z.max(axis=1))
    return (e / e.sum(axis=0)).T


# %% wrong: over the wrong axis
# diagnosis: normalised over the wrong axis
# points: 0
def softmax(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=0)


# %% wrong: over everything
# diagnosis: normalised over the whole array
# points: 0
def softmax(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum()


# %% wrong: overflow
# diagnosis: exp(1000) is ∞
# points: 0
def softmax(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


# %% wrong: one maximum for all rows
# diagnosis: one number was taken off all rows
# points: 0
def softmax(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1, keepdims=True)


# %% wrong: sums without keepdims
# diagnosis: (N, 1) divides row by row
# points: 0
def softmax(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1)


# %% wrong: sums along columns where the array is square
# diagnosis: the sums went along the columns
# points: 0
def softmax(Z):
    e = np.exp(Z)
    sums = e.sum(axis=1)
    return e / sums if Z.shape[0] == Z.shape[1] else e / sums[:, None]


# %% wrong: not normalised
# diagnosis: not normalised: divide by the row's sum
# points: 0
def softmax(Z):
    return np.exp(Z)


# %% wrong: no exponential
# diagnosis: the exponential is missing
# points: 0
def softmax(Z):
    return Z / Z.sum(axis=1, keepdims=True)


# %% wrong: logarithms
# diagnosis: the logarithms of the probabilities
# points: 0
def softmax(Z):
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


# %% wrong: scores clipped
# diagnosis: the scores were clipped
# points: 0
def softmax(Z):
    e = np.exp(np.clip(Z, -500, 500))
    return e / e.sum(axis=1, keepdims=True)


# %% wrong: logistic function of each score
# diagnosis: the logistic function of every score
# points: 0
def softmax(Z):
    return 1 / (1 + np.exp(-Z))


# %% wrong: one-hot
# diagnosis: this marks the largest score
# points: 0
def softmax(Z):
    return 1.0 * (Z == Z.max(axis=1, keepdims=True))


# %% wrong: sign flipped
# diagnosis: the largest score gets the largest probability
# points: 0
def softmax(Z):
    e = np.exp(Z.min(axis=1, keepdims=True) - Z)
    return e / e.sum(axis=1, keepdims=True)


# %% wrong: normalised before the maximum was added back
# diagnosis: the sum is missing
# points: 0
def softmax(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))
