# %% right: a loop over the weights, a list
def clipped_step(w, real, fake, eta, c):
    new = []
    for j in range(len(w)):
        v = w[j] + eta * (sum(real[:, j]) / len(real) - sum(fake[:, j]) / len(fake))
        new.append(max(-c, min(c, v)))
    return new


# %% right: PyTorch
def clipped_step(w, real, fake, eta, c):
    import torch

    v = torch.tensor(w, requires_grad=True)
    loss = (torch.tensor(fake) @ v).mean() - (torch.tensor(real) @ v).mean()
    loss.backward()
    optimizer = torch.optim.SGD([v], eta)
    optimizer.step()
    with torch.no_grad():
        return v.clamp_(-c, c)


# %% right: float32, minimum and maximum, with a warning
def clipped_step(w, real, fake, eta, c):
    import warnings

    warnings.warn("float32")
    step = np.float32(eta) * (np.float32(real).mean(0) - np.float32(fake).mean(0))
    return np.minimum(np.maximum(np.float32(w) + step, np.float32(-c)), np.float32(c))


# %% right: matrix products
def clipped_step(w, real, fake, eta, c):
    print("uphill")
    gradient = np.full(len(real), 1 / len(real)) @ real - np.full(len(fake), 1 / len(fake)) @ fake
    w = w + eta * gradient
    return np.where(np.abs(w) > c, c * np.sign(w), w)


# %% wrong: the gradient clipped
# diagnosis: the gradient was clipped; it is the weights
# points: 0
def clipped_step(w, real, fake, eta, c):
    return w + eta * np.clip(real.mean(axis=0) - fake.mean(axis=0), -c, c)


# %% wrong: the step clipped
# diagnosis: the step was clipped
# points: 0
def clipped_step(w, real, fake, eta, c):
    return w + np.clip(eta * (real.mean(axis=0) - fake.mean(axis=0)), -c, c)


# %% wrong: clipped before
# diagnosis: clipped before the step
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w, -c, c) + eta * (real.mean(axis=0) - fake.mean(axis=0))


# %% wrong: downhill
# diagnosis: the critic went downhill
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w - eta * (real.mean(axis=0) - fake.mean(axis=0)), -c, c)


# %% wrong: not clipped
# diagnosis: not clipped
# points: 0
def clipped_step(w, real, fake, eta, c):
    return w + eta * (real.mean(axis=0) - fake.mean(axis=0))


# %% wrong: the norm limited
# diagnosis: clip each weight for itself
# points: 0
def clipped_step(w, real, fake, eta, c):
    w = w + eta * (real.mean(axis=0) - fake.mean(axis=0))
    return w * min(1, c / np.linalg.norm(w))


# %% wrong: summed
# diagnosis: summed over the examples
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w + eta * (real.sum(axis=0) - fake.sum(axis=0)), -c, c)


# %% wrong: from 0 to c
# diagnosis: weights may be negative
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w + eta * (real.mean(axis=0) - fake.mean(axis=0)), 0, c)


# %% wrong: from above only
# diagnosis: clipped from above only
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.minimum(w + eta * (real.mean(axis=0) - fake.mean(axis=0)), c)


# %% wrong: in place
# diagnosis: the argument was changed in place
# points: 1
def clipped_step(w, real, fake, eta, c):
    w += eta * (real.mean(axis=0) - fake.mean(axis=0))
    return np.clip(w, -c, c)


# %% wrong: means over the coordinates
# diagnosis: could not be broadcast
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w + eta * (real.mean(axis=1) - fake.mean(axis=1)), -c, c)


# %% wrong: mean of everything
# diagnosis: one mean of all coordinates was taken
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w + eta * (real.mean() - fake.mean()), -c, c)


# %% wrong: without the step size
# diagnosis: the step size is missing
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w + real.mean(axis=0) - fake.mean(axis=0), -c, c)


# %% wrong: scores added
# diagnosis: the scores were added
# points: 0
def clipped_step(w, real, fake, eta, c):
    return np.clip(w + eta * ((real @ w).mean() - (fake @ w).mean()), -c, c)
