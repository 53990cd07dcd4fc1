# %% right: logaddexp over the classes
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - np.log(sigmas) - 0.5 * ((x[:, None] - means) / sigmas) ** 2
    return np.exp(s - np.logaddexp.reduce(s, axis=1)[:, None])

# %% right: differences of the scores, in lists
def gaussian_posterior(x, priors, means, sigmas):
    import math
    rows = []
    for value in x.tolist():
        s = [math.log(p / d) - (value - m) ** 2 / (2 * d * d)
             for p, m, d in zip(priors.tolist(), means.tolist(), sigmas.tolist())]
        top = max(s)
        e = [math.exp(v - top) for v in s]
        rows.append([v / sum(e) for v in e])
    return rows

# %% right: float32, with a warning
import warnings

def gaussian_posterior(x, priors, means, sigmas):
    warnings.warn("float32")
    z = ((x[:, None] - means) / sigmas).astype(np.float32)
    s = np.log(priors / sigmas).astype(np.float32) - z**2 / 2
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% right: one over the sum of the odds, overflow allowed
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors / sigmas) - (x[:, None] - means) ** 2 / (2 * sigmas**2)
    with np.errstate(over="ignore"):
        return 1 / np.exp(s[:, None, :] - s[:, :, None]).sum(axis=2)

# %% wrong: the formula as written
# diagnosis: NaN
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    density = np.exp(-((x[:, None] - means) ** 2) / (2 * sigmas**2)) / (np.sqrt(2 * np.pi) * sigmas)
    joint = priors * density
    return joint / joint.sum(axis=1, keepdims=True)

# %% wrong: a small number in the denominator
# diagnosis: rows of zeros
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    joint = priors / sigmas * np.exp(-(((x[:, None] - means) / sigmas) ** 2) / 2)
    return joint / (joint.sum(axis=1, keepdims=True) + 1e-12)

# %% wrong: priors left out
# diagnosis: priors were left out
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = -np.log(sigmas) - ((x[:, None] - means) / sigmas) ** 2 / 2
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong: sigma in front left out
# diagnosis: in front of the density was left out
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - ((x[:, None] - means) / sigmas) ** 2 / 2
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong: not normalised
# diagnosis: not normalised
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    return priors * np.exp(-(((x[:, None] - means) / sigmas) ** 2) / 2) / (np.sqrt(2 * np.pi) * sigmas)

# %% wrong: normalised over the patients
# diagnosis: axis 0
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    joint = priors * np.exp(-(((x[:, None] - means) / sigmas) ** 2) / 2) / sigmas
    return joint / joint.sum(axis=0)

# %% wrong: half in the exponent missing
# diagnosis: the ½ in the exponent
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors / sigmas) - ((x[:, None] - means) / sigmas) ** 2
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong: sigma not squared in the exponent
# diagnosis: σ where σ²
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors / sigmas) - (x[:, None] - means) ** 2 / (2 * sigmas)
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong: sigmas taken for variances
# diagnosis: not variances
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - np.log(sigmas) / 2 - (x[:, None] - means) ** 2 / (2 * sigmas)
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
