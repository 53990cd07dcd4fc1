# %% right: mask first drawn, applied last
def corrupt(X, masked, sigma, rng):
    keep = rng.random(X.shape) >= masked
    return (X + rng.normal(0, sigma, X.shape)) * keep, X.copy()


# %% right: entry by entry
def corrupt(X, masked, sigma, rng):
    import warnings

    warnings.warn("a slow loop")
    noisy = X + 0.0
    for i in np.ndindex(*X.shape):
        noisy[i] = 0.0 if rng.random() < masked else noisy[i] + sigma * rng.standard_normal()
    return noisy, X


# %% right: binomial mask, single precision
def corrupt(X, masked, sigma, rng):
    print("corrupting")
    noisy = X + sigma * rng.standard_normal(X.shape, dtype=np.float32)
    noisy[rng.binomial(1, masked, size=X.shape) == 1] = 0
    return noisy.astype(np.float32), X.astype(np.float32)


# %% right: choices, row by row, as lists
def corrupt(X, masked, sigma, rng):
    noisy = []
    for row in X:
        lost = rng.choice([True, False], size=len(row), p=[masked, 1 - masked])
        noisy.append(np.where(lost, 0.0, rng.normal(row, sigma)).tolist())
    return noisy, X.tolist()


# %% wrong: the target corrupted too
# diagnosis: the target was corrupted as well
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = np.where(rng.random(X.shape) < masked, 0.0, X + sigma * rng.normal(size=X.shape))
    return noisy, noisy


# %% wrong: chance to keep
# diagnosis: the chance to *lose* an entry, not to keep it
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.normal(size=X.shape)
    return noisy * (rng.random(X.shape) < masked), X.copy()


# %% wrong: noise after the mask
# diagnosis: was the noise added after the mask
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = np.where(rng.random(X.shape) < masked, 0.0, X)
    return noisy + sigma * rng.normal(size=X.shape), X.copy()


# %% wrong: rescaled as dropout
# diagnosis: divided by 1 − masked, as dropout does
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.normal(size=X.shape)
    keep = rng.random(X.shape) >= masked
    return noisy * keep / max(1 - masked, 1e-9), X.copy()


# %% wrong: variance
# diagnosis: σ was taken for the variance
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + np.sqrt(sigma) * rng.normal(size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: one mask for all
# diagnosis: the same numbers for all examples
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.normal(size=X.shape)
    return np.where(rng.random(X.shape[1]) < masked, 0.0, noisy), X.copy()


# %% wrong: whole examples lost
# diagnosis: the same number for all entries of an example
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.normal(size=X.shape)
    return np.where(rng.random((len(X), 1)) < masked, 0.0, noisy), X.copy()


# %% wrong: one noise vector for all
# diagnosis: the same numbers for all examples
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.normal(size=X.shape[1])
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: a generator of its own
# diagnosis: always the same random numbers
# points: 0
def corrupt(X, masked, sigma, rng):
    rng = np.random.default_rng(0)
    noisy = X + sigma * rng.normal(size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: the global generator
# diagnosis: random numbers from elsewhere
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * np.random.normal(size=X.shape)
    return np.where(np.random.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: uniform noise
# diagnosis: uniform noise from −σ to σ
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + rng.uniform(-sigma, sigma, size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: equally many in each example
# diagnosis: let chance decide for every entry independently
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.normal(size=X.shape)
    for row in noisy:
        row[rng.permutation(len(row))[: round(masked * len(row))]] = 0
    return noisy, X.copy()


# %% wrong: in place
# diagnosis: the argument was changed in place
# points: 2
def corrupt(X, masked, sigma, rng):
    target = X.copy()
    X += sigma * rng.normal(size=X.shape)
    X[rng.random(X.shape) < masked] = 0
    return X, target


# %% wrong: no noise
# diagnosis: no noise was added
# points: 0
def corrupt(X, masked, sigma, rng):
    return np.where(rng.random(X.shape) < masked, 0.0, X), X.copy()


# %% wrong: only the noisy input
# diagnosis: return noisy, target
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.normal(size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy)


# %% wrong: deviation given as the mean
# diagnosis: noise was added where σ is 0
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + rng.normal(sigma, size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: mean and deviation both sigma
# diagnosis: σ was added as the mean of the noise
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + rng.normal(sigma, sigma, size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: uniform from 0
# diagnosis: is it uniform, from 0 to σ
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + sigma * rng.random(X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: deviation squared
# diagnosis: σ was squared
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + rng.normal(0, sigma**2, size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: noise instead of the entries
# diagnosis: all is 0: entries that are not masked should stay
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = rng.normal(0, sigma, size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: absolute values
# diagnosis: the noise is never negative
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + np.abs(rng.normal(0, sigma, size=X.shape))
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: deviation 1
# diagnosis: σ is missing
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X.copy()
    if sigma > 0:
        noisy += rng.normal(size=X.shape)
    noisy[rng.random(X.shape) < masked] = 0
    return noisy, X.copy()


# %% wrong: deviation 1 always
# diagnosis: is σ missing
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X + rng.normal(size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: noise as a factor
# diagnosis: the noise was multiplied by the entries
# points: 0
def corrupt(X, masked, sigma, rng):
    noisy = X * rng.normal(1, sigma, size=X.shape)
    return np.where(rng.random(X.shape) < masked, 0.0, noisy), X.copy()


# %% wrong: noise as a factor 2
# diagnosis: the noise was multiplied by the entries
# points: 0
def corrupt(X, masked, sigma, rng):
    lost = rng.random(X.shape) < masked
    noisy = X + X * sigma * rng.normal(size=X.shape)
    return np.where(lost, 0.0, noisy), X.copy()
