# %% right: softplus written by hand
def discriminator_loss(real, fake):
    def softplus(s):
        return np.maximum(s, 0) + np.log1p(np.exp(-np.abs(s)))

    return np.mean(softplus(-real)) + np.mean(softplus(fake))


# %% right: PyTorch, binary cross-entropy with logits
def discriminator_loss(real, fake):
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as loss

    real, fake = torch.tensor(real), torch.tensor(fake)
    return loss(real, torch.ones_like(real)) + loss(fake, torch.zeros_like(fake))


# %% right: float32, one sum over both batches, with a warning
def discriminator_loss(real, fake):
    import warnings

    warnings.warn("float32")
    s = np.concatenate([-np.float32(real), np.float32(fake)])
    weight = np.repeat([1 / len(real), 1 / len(fake)], [len(real), len(fake)])
    return np.float32(weight @ np.logaddexp(np.float32(0), s))


# %% right: a loop in plain Python
def discriminator_loss(real, fake):
    import math

    def minus_log(s):
        return math.log1p(math.exp(-s)) if s > 0 else math.log1p(math.exp(s)) - s

    total = 0.0
    for s in real:
        total += minus_log(s) / len(real)
    for s in fake:
        total += minus_log(-s) / len(fake)
    print("done")
    return total


# %% wrong: real and fake exchanged
# diagnosis: real and fake are exchanged
# points: 0
def discriminator_loss(real, fake):
    return np.logaddexp(0, real).mean() + np.logaddexp(0, -fake).mean()


# %% wrong: V, not the loss
# diagnosis: it loses −V
# points: 0
def discriminator_loss(real, fake):
    return -np.logaddexp(0, -real).mean() - np.logaddexp(0, fake).mean()


# %% wrong: summed
# diagnosis: summed over the examples; take the mean of each batch
# points: 0
def discriminator_loss(real, fake):
    return np.logaddexp(0, -real).sum() + np.logaddexp(0, fake).sum()


# %% wrong: one mean of all
# diagnosis: averaged over all examples at once
# points: 0
def discriminator_loss(real, fake):
    return np.concatenate([np.logaddexp(0, -real), np.logaddexp(0, fake)]).mean()


# %% wrong: halved
# diagnosis: the two means were averaged; they are added
# points: 0
def discriminator_loss(real, fake):
    return (np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()) / 2


# %% wrong: sigmoid twice
# diagnosis: the sigmoid was applied twice
# points: 0
def discriminator_loss(real, fake):
    real, fake = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-fake))
    return np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()


# %% wrong: without the sigmoid
# diagnosis: the scores were taken for D
# points: 0
def discriminator_loss(real, fake):
    return -np.log(np.abs(real)).mean() - np.log(np.abs(1 - fake)).mean()


# %% wrong: logarithm of the sigmoid, which overflows
# diagnosis: infinity in the result
# points: 0
def discriminator_loss(real, fake):
    real, fake = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-fake))
    return -np.log(real).mean() - np.log(1 - fake).mean()


# %% wrong: clipped against overflow
# diagnosis: none is needed
# points: 0
def discriminator_loss(real, fake):
    real, fake = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-fake))
    real, fake = np.clip(real, 1e-12, 1), np.clip(1 - fake, 1e-12, 1)
    return -np.log(real).mean() - np.log(fake).mean()


# %% wrong: an epsilon in the logarithm
# diagnosis: an ε of 1e-08 stands where log 0 would be
# points: 0
def discriminator_loss(real, fake):
    real, fake = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-fake))
    return -np.log(real + 1e-8).mean() - np.log(1 - fake + 1e-8).mean()


# %% wrong: real examples only
# diagnosis: the fakes are missing
# points: 0
def discriminator_loss(real, fake):
    return np.logaddexp(0, -real).mean()


# %% wrong: both batches labelled real
# diagnosis: the fakes were treated as real
# points: 0
def discriminator_loss(real, fake):
    return np.logaddexp(0, -real).mean() + np.logaddexp(0, -fake).mean()


# %% wrong: Wasserstein's critic
# diagnosis: these are the scores themselves
# points: 0
def discriminator_loss(real, fake):
    return fake.mean() - real.mean()


# %% wrong: logarithm of the mean
# diagnosis: the logarithm was taken of the mean opinion
# points: 0
def discriminator_loss(real, fake):
    real, fake = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-fake))
    return -np.log(real.mean()) - np.log(1 - fake.mean())


# %% wrong: base 2
# diagnosis: in bits (log base 2)
# points: 0
def discriminator_loss(real, fake):
    return (np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()) / np.log(2)


# %% wrong: one number for each example
# diagnosis: one number is asked for; is a sum, mean
# points: 0
def discriminator_loss(real, fake):
    return np.concatenate([np.logaddexp(0, -real), np.logaddexp(0, fake)])


# %% wrong: nothing returned
# diagnosis: is the `return` missing?
# points: 0
def discriminator_loss(real, fake):
    loss = np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()


# %% wrong: the second part subtracted
# diagnosis: the fakes' part was subtracted
# points: 0
def discriminator_loss(real, fake):
    return np.logaddexp(0, -real).mean() - np.logaddexp(0, fake).mean()
