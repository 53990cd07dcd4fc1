# %% right: loops
def sparse_penalty(H, lam):
    value, slope = 0.0, np.zeros(H.shape)
    for n, k in np.ndindex(*H.shape):
        value += lam * abs(H[n, k]) / len(H)
        slope[n, k] = (H[n, k] > 0) * lam / len(H) - (H[n, k] < 0) * lam / len(H)
    return value, slope.tolist()


# %% right: PyTorch, whose slope of |h| at 0 is 0
def sparse_penalty(H, lam):
    import torch

    H = torch.tensor(H, requires_grad=True)
    value = lam * H.abs().sum(1).mean()
    value.backward()
    return value, H.grad


# %% right: single precision, norms
def sparse_penalty(H, lam):
    import warnings

    warnings.warn("float32")
    H = H.astype(np.float32)
    return np.float32(lam) * np.linalg.norm(H, ord=1, axis=1).mean(), np.sign(H) * lam / len(H)


# %% right: ratio where it exists
def sparse_penalty(H, lam):
    slope = np.divide(H, np.abs(H), out=np.zeros_like(H), where=H != 0)
    return (slope * H).sum() * lam / len(H), slope * lam / H.shape[0]


# %% wrong: squares
# diagnosis: squares were summed: that is the L2 penalty
# points: 0
def sparse_penalty(H, lam):
    return lam * (H**2).sum(axis=1).mean(), 2 * lam * H / len(H)


# %% wrong: Euclidean norm
# diagnosis: the L2 norm (square root of the sum of squares)
# points: 0
def sparse_penalty(H, lam):
    return lam * np.linalg.norm(H, axis=1).mean(), lam * np.sign(H) / len(H)


# %% wrong: no absolute values
# diagnosis: positive and negative codes cancel
# points: 0
def sparse_penalty(H, lam):
    return lam * H.sum(axis=1).mean(), np.full(H.shape, lam / len(H))


# %% wrong: mean over all
# diagnosis: the mean over the units was taken as well
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).mean(), lam * np.sign(H) / H.size


# %% wrong: wrong axis
# diagnosis: summed over the examples and averaged over the units
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum(axis=0).mean(), lam * np.sign(H) / H.shape[1]


# %% wrong: summed over the examples
# diagnosis: the 1/N is missing
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum(), lam * np.sign(H)


# %% wrong: 1/N only in the value
# diagnosis: the 1/N is missing: the penalty is a mean over the examples
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum(axis=1).mean(), lam * np.sign(H)


# %% wrong: slope 1 at zero
# diagnosis: where a code is 0, the slope should be 0, not +λ/N
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum(axis=1).mean(), np.where(H >= 0, lam, -lam) / len(H)


# %% wrong: divided by zero
# diagnosis: 0/0 where a code is 0
# points: 0
def sparse_penalty(H, lam):
    with np.errstate(invalid="ignore"):
        return lam * np.abs(H).sum(axis=1).mean(), lam * H / np.abs(H) / len(H)


# %% wrong: weight forgotten in the slope
# diagnosis: the weight λ is missing
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum(axis=1).mean(), np.sign(H) / len(H)


# %% wrong: slope of a ReLU
# diagnosis: only positive codes got a slope
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum(axis=1).mean(), lam * (H > 0) / len(H)


# %% wrong: units that are active
# diagnosis: active units were counted
# points: 0
def sparse_penalty(H, lam):
    return lam * np.count_nonzero(H, axis=1).mean(), lam * np.sign(H) / len(H)


# %% wrong: slope −1 at zero
# diagnosis: where a code is 0, the slope should be 0, not −λ/N
# points: 0
def sparse_penalty(H, lam):
    value = lam * np.abs(H).sum(axis=1).mean()
    return value, np.where(H > 0, 1, -1) * lam / len(H)


# %% wrong: slope of the squares
# diagnosis: the slope of h² was taken
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum(axis=1).mean(), 2 * lam * H / len(H)


# %% wrong: slope divided by all entries
# diagnosis: divided by N·K
# points: 0
def sparse_penalty(H, lam):
    return lam * np.abs(H).sum() / len(H), lam * np.sign(H) / H.size


# %% wrong: slope divided by the units
# diagnosis: divided by K, where the mean is over the N examples
# points: 0
def sparse_penalty(H, lam):
    value = lam * np.abs(H).sum(axis=1).mean()
    return value, lam * np.sign(H) / H.shape[1]
