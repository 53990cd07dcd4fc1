# %% right: softplus written by hand, slopes by tanh
def generator_losses(fake):
    rest = np.log1p(np.exp(-np.abs(fake)))
    return -(np.maximum(fake, 0) + rest).mean(), (np.maximum(-fake, 0) + rest).mean()


def generator_slopes(fake):
    D = (1 + np.tanh(fake / 2)) / 2
    return np.stack([-D, D - 1]) / D.size


# %% right: PyTorch
def generator_losses(fake):
    from torch import tensor
    from torch.nn.functional import logsigmoid

    s = tensor(fake)
    return logsigmoid(-s).mean(), -logsigmoid(s).mean()


def generator_slopes(fake):
    import torch
    from torch.nn.functional import logsigmoid

    s = torch.tensor(fake, requires_grad=True)
    return (
        torch.autograd.grad(logsigmoid(-s).mean(), s)[0],
        torch.autograd.grad(-logsigmoid(s).mean(), s)[0],
    )


# %% right: float32 and lists, with a warning
def generator_losses(fake):
    import warnings

    warnings.warn("float32")
    fake = np.float32(fake)
    return np.array([-np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()])


def generator_slopes(fake):
    with np.errstate(over="ignore"):
        D = 1 / (1 + np.exp(-np.float32(fake)))
    return (-D / len(D)).tolist(), ((D - 1) / len(D)).tolist()


# %% right: loops
def generator_losses(fake):
    from math import exp, log1p

    def softplus(s):
        return max(s, 0) + log1p(exp(-abs(s)))

    return -sum(softplus(s) for s in fake) / len(fake), sum(softplus(-s) for s in fake) / len(fake)


def generator_slopes(fake):
    from math import exp

    print("slopes")
    D = [1 / (1 + exp(-s)) if s > -700 else 0 for s in fake]
    return [-d / len(D) for d in D], [(d - 1) / len(D) for d in D]


# %% wrong: the losses exchanged
# diagnosis: the two losses are exchanged
# points: 0
def generator_losses(fake):
    return np.logaddexp(0, -fake).mean(), -np.logaddexp(0, fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: sign of the first loss
# diagnosis: the generator loses log(1 − D), and wants it small
# points: 0
def generator_losses(fake):
    return np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: sign of the second loss
# diagnosis: the generator loses −log D, and wants it small
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), -np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: losses summed
# diagnosis: summed over the fakes; take the mean
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).sum(), np.logaddexp(0, -fake).sum()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: slopes of each loss, not of the mean
# diagnosis: the 1/M of the mean is missing
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D, D - 1


# %% wrong: slopes by D
# diagnosis: the way through the sigmoid, D(1 − D), is missing
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -1 / (1 - D) / len(fake), -1 / D / len(fake)


# %% wrong: slopes exchanged
# diagnosis: the slopes of the two losses are exchanged
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return (D - 1) / len(fake), -D / len(fake)


# %% wrong: slopes flipped
# diagnosis: a higher score makes the loss smaller
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return D / len(fake), (1 - D) / len(fake)


# %% wrong: sigmoid twice
# diagnosis: the sigmoid was applied twice
# points: 0
def generator_losses(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -np.logaddexp(0, D).mean(), np.logaddexp(0, -D).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: overflow in the losses
# diagnosis: infinity in the result
# points: 0
def generator_losses(fake):
    D = 1 / (1 + np.exp(-fake))
    return np.log(1 - D).mean(), -np.log(D).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: NaN in the slopes
# diagnosis: NaN in the result
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(fake) / (1 + np.exp(fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: clipped opinions
# diagnosis: none is needed
# points: 0
def generator_losses(fake):
    D = np.clip(1 / (1 + np.exp(-fake)), 1e-7, 1 - 1e-7)
    return np.log(1 - D).mean(), -np.log(D).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: one loss only
# diagnosis: the number of results
# points: 0
def generator_losses(fake):
    return np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: slopes added up
# diagnosis: one slope for each score is asked for
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D.mean(), (D - 1).mean()


# %% wrong: log D
# diagnosis: that is log D
# points: 0
def generator_losses(fake):
    log_D = -np.logaddexp(0, -fake)
    return log_D.mean(), -log_D.mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return -D / len(fake), (D - 1) / len(fake)


# %% wrong: slope of the sigmoid
# diagnosis: the derivative of the sigmoid alone
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return D * (1 - D) / len(fake), -D * (1 - D) / len(fake)


# %% wrong: opinions for slopes
# diagnosis: D itself is no slope
# points: 0
def generator_losses(fake):
    return -np.logaddexp(0, fake).mean(), np.logaddexp(0, -fake).mean()


def generator_slopes(fake):
    D = np.exp(-np.logaddexp(0, -fake))
    return D, 1 - D
