# %% right: logaddexp over the classes
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - np.log(sigmas) - 0.5 * ((x[:, None] - means) / sigmas) ** 2
    return np.exp(s - np.logaddexp.reduce(s, axis=1)[:, None])


# %% right: differences of the scores, in lists
def gaussian_posterior(x, priors, means, sigmas):
    import math

    rows = []
    for value in x.tolist():
        s = [
            math.log(p / d) - (value - m) ** 2 / (2 * d * d)
            for p, m, d in zip(priors.tolist(), means.tolist(), sigmas.tolist())
        ]
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


# %% right: softmax of scipy
def gaussian_posterior(x, priors, means, sigmas):
    from scipy.stats import norm
    from scipy.special import softmax

    return softmax(norm.logpdf(x[:, None], means, sigmas) + np.log(priors), axis=1)


# %% right: a PyTorch tensor
def gaussian_posterior(x, priors, means, sigmas):
    import torch

    x, p, m, s = (torch.tensor(v) for v in (x, priors, means, sigmas))
    return torch.softmax(
        torch.log(p) + torch.distributions.Normal(m, s).log_prob(x[:, None]), dim=1
    )


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
    return (
        priors * np.exp(-(((x[:, None] - means) / sigmas) ** 2) / 2) / (np.sqrt(2 * np.pi) * sigmas)
    )


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


# %% wrong: densities kept from zero
# diagnosis: one half each
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    z = (x[:, None] - means) / sigmas
    j = np.maximum(priors * np.exp(-(z**2) / 2) / sigmas, 1e-300)
    return j / j.sum(axis=1, keepdims=True)


# %% wrong: priors multiplied after normalising
# diagnosis: before dividing by the sum
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = -np.log(sigmas) - ((x[:, None] - means) / sigmas) ** 2 / 2
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return priors * e / e.sum(axis=1, keepdims=True)


# %% wrong: logarithms to base 10
# diagnosis: natural ones
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log10(priors) - np.log10(sigmas) - ((x[:, None] - means) / sigmas) ** 2 / 2
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# %% wrong: logarithms returned
# diagnosis: these are logarithms
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - np.log(sigmas) - ((x[:, None] - means) / sigmas) ** 2 / 2
    return s - np.logaddexp.reduce(s, axis=1)[:, None]


# %% wrong: the column of class 1 alone
# diagnosis: one class only
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - np.log(sigmas) - ((x[:, None] - means) / sigmas) ** 2 / 2
    return np.exp(s - np.logaddexp.reduce(s, axis=1)[:, None])[:, 1]


# %% wrong: the largest of all scores subtracted
# diagnosis: NaN
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - np.log(sigmas) - ((x[:, None] - means) / sigmas) ** 2 / 2
    e = np.exp(s - s.max())
    return e / e.sum(axis=1, keepdims=True)


# %% wrong: the most probable class as one
# diagnosis: most probable class as 1
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    s = np.log(priors) - np.log(sigmas) - ((x[:, None] - means) / sigmas) ** 2 / 2
    return np.eye(len(means))[s.argmax(axis=1)]


# %% wrong: the nearest mean where the densities vanish
# diagnosis: the wider class wins
# points: 0
def gaussian_posterior(x, priors, means, sigmas):
    z = (x[:, None] - means) / sigmas
    j = priors * np.exp(-(z**2) / 2) / sigmas
    with np.errstate(all="ignore"):
        q = j / j.sum(axis=1, keepdims=True)
    near = np.eye(len(means))[np.abs(x[:, None] - means).argmin(axis=1)]
    return np.where(np.isnan(q), near, q)
