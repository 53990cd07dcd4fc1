# %% right: by a ratio, with Python's loop
def optimal_discriminator(p, q):
    return [pk / (pk + qk) if pk + qk > 0 else 0.5 for pk, qk in zip(p, q)]


# %% right: divide with where=, float32
def optimal_discriminator(p, q):
    p, q = np.float32(p), np.float32(q)
    return np.divide(p, p + q, out=np.full_like(p, 0.5), where=(p + q) > 0)


# %% right: NaN replaced, with a warning from NumPy
def optimal_discriminator(p, q):
    import warnings

    warnings.warn("0/0 follows")
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(p / (p + q), nan=0.5)


# %% right: the sigmoid of log p − log q
def optimal_discriminator(p, q):
    tiny = 1e-300
    print("in logs")
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(np.log(q + tiny) - np.log(p + tiny)))


# %% wrong: the chance of a fake
# diagnosis: p and q are exchanged
# points: 0
def optimal_discriminator(p, q):
    total = p + q
    return np.where(total > 0, q / np.where(total > 0, total, 1), 0.5)


# %% wrong: 0/0
# diagnosis: 0/0 is NaN
# points: 0
def optimal_discriminator(p, q):
    with np.errstate(invalid="ignore"):
        return p / (p + q)


# %% wrong: an epsilon below the line
# diagnosis: D should be ½, not 0
# points: 0
def optimal_discriminator(p, q):
    return p / (p + q + 1e-12)


# %% wrong: zero where there is nothing
# diagnosis: D should be ½, not 0
# points: 0
def optimal_discriminator(p, q):
    return np.divide(p, p + q, out=np.zeros(len(p)), where=p + q > 0)


# %% wrong: a decision
# diagnosis: an opinion of 0 or 1, not a probability
# points: 0
def optimal_discriminator(p, q):
    return np.where(p > q, 1.0, 0.0)


# %% wrong: one total for all places
# diagnosis: each place has its own p + q
# points: 0
def optimal_discriminator(p, q):
    return p / (p + q).sum()


# %% wrong: scaled to one
# diagnosis: the result was scaled to add up to 1
# points: 0
def optimal_discriminator(p, q):
    total = p + q
    D = np.where(total > 0, p / np.where(total > 0, total, 1), 0.5)
    return D / D.sum()


# %% wrong: the likelihood ratio
# diagnosis: the total p + q belongs below the line
# points: 0
def optimal_discriminator(p, q):
    return p / np.where(q > 0, q, 1)


# %% wrong: the difference
# diagnosis: p − q stands above the line
# points: 0
def optimal_discriminator(p, q):
    total = p + q
    return (p - q) / np.where(total > 0, total, 1)


# %% wrong: the middle
# diagnosis: halved
# points: 0
def optimal_discriminator(p, q):
    total = p + q
    return np.where(total > 0, p / np.where(total > 0, 2 * total, 1), 0.25)


# %% wrong: one number
# diagnosis: one number came back
# points: 0
def optimal_discriminator(p, q):
    return p.sum() / (p + q).sum()


# %% wrong: one minus the chance of a fake
# diagnosis: D should be ½, not 1
# points: 0
def optimal_discriminator(p, q):
    total = p + q
    return 1 - q / np.where(total > 0, total, 1)
