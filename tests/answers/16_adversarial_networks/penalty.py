# %% right: PyTorch, double precision
def gradient_penalty(W, b, v, real, fake, u):
    import torch

    W, b, v, real, fake, u = (torch.tensor(a) for a in (W, b, v, real, fake, u))
    x = (u[:, None] * real + (1 - u[:, None]) * fake).requires_grad_(True)
    (g,) = torch.autograd.grad((torch.tanh(x @ W.T + b) @ v).sum(), x)
    return ((g.norm(dim=1) - 1) ** 2).mean()


# %% right: a loop over the examples
def gradient_penalty(W, b, v, real, fake, u):
    total = 0.0
    for x, y, t in zip(real, fake, u):
        e = W @ (t * x + (1 - t) * y) + b
        g = W.T @ (v / np.cosh(e) ** 2)
        total += (np.sqrt(g @ g) - 1) ** 2
    print(total)
    return total / len(u)


# %% right: central differences, with a warning
def gradient_penalty(W, b, v, real, fake, u):
    import warnings

    warnings.warn("slow")
    x = fake + u.reshape(-1, 1) * (real - fake)
    g = np.zeros_like(x)
    for j in range(x.shape[1]):
        h = np.zeros(x.shape[1])
        h[j] = 1e-5
        g[:, j] = (np.tanh((x + h) @ W.T + b) @ v - np.tanh((x - h) @ W.T + b) @ v) / 2e-5
    return np.mean((np.sqrt((g**2).sum(axis=1)) - 1) ** 2)


# %% right: float32 and einsum
def gradient_penalty(W, b, v, real, fake, u):
    W, b, v, real, fake, u = (np.float32(a) for a in (W, b, v, real, fake, u))
    x = np.einsum("n,nd->nd", u, real) + np.einsum("n,nd->nd", 1 - u, fake)
    h = np.tanh(np.einsum("nd,hd->nh", x, W) + b)
    g = np.einsum("nh,h,hd->nd", 1 - h**2, v, W)
    return np.float32(((np.linalg.norm(g, axis=1) - 1) ** 2).mean())


# %% wrong: squared norms
# diagnosis: not (‖g‖² − 1)²
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return (((g**2).sum(axis=1) - 1) ** 2).mean()


# %% wrong: squared norms minus one
# diagnosis: without the square around it
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return ((g**2).sum(axis=1) - 1).mean()


# %% wrong: without the square
# diagnosis: the square is missing
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return (np.linalg.norm(g, axis=1) - 1).mean()


# %% wrong: pulled to zero
# diagnosis: 1 was not subtracted
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return (np.linalg.norm(g, axis=1) ** 2).mean()


# %% wrong: one norm of the batch
# diagnosis: one norm of the whole batch
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return (np.linalg.norm(g) - 1) ** 2


# %% wrong: norm over the examples
# diagnosis: the norm was taken over the examples (axis 0)
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return ((np.linalg.norm(g, axis=0) - 1) ** 2).mean()


# %% wrong: summed
# diagnosis: summed over the examples; take the mean
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).sum()


# %% wrong: at the real examples
# diagnosis: the gradient was taken at the real examples
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    g = ((1 - np.tanh(real @ W.T + b) ** 2) * v) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: u exchanged
# diagnosis: they are exchanged
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * fake + (1 - u[:, None]) * real
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: the slope of tanh forgotten
# diagnosis: the slope of tanh is missing
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    g = np.tile(v @ W, (len(u), 1))
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: one minus h
# diagnosis: not 1 − h
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b)) * v) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: gradient of the mean score
# diagnosis: the gradient of the mean score has a 1/N too many
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    import torch

    W, b, v, real, fake, u = (torch.tensor(a) for a in (W, b, v, real, fake, u))
    x = (u[:, None] * real + (1 - u[:, None]) * fake).requires_grad_(True)
    (g,) = torch.autograd.grad((torch.tanh(x @ W.T + b) @ v).mean(), x)
    return ((g.norm(dim=1) - 1) ** 2).mean()


# %% wrong: gradient by the weights
# diagnosis: that is the gradient by the weights
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    total = 0.0
    for x, y, t in zip(real, fake, u):
        x = t * x + (1 - t) * y
        h = np.tanh(W @ x + b)
        d = v * (1 - h**2)
        norm = np.sqrt((np.outer(d, x) ** 2).sum() + (d**2).sum() + (h**2).sum())
        total += (norm - 1) ** 2 / len(u)
    return total


# %% wrong: one-sided
# diagnosis: only slopes above 1 were punished
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return (np.maximum(np.linalg.norm(g, axis=1) - 1, 0) ** 2).mean()


# %% wrong: u meets the coordinates
# diagnosis: could not be broadcast
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u * real + (1 - u) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: the bias forgotten
# diagnosis: the bias b is missing
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T) ** 2) * v) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: v forgotten
# diagnosis: the weights v are missing
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = (1 - np.tanh(x @ W.T + b) ** 2) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: halfway
# diagnosis: the gradient was taken halfway
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = (real + fake) / 2
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return ((np.linalg.norm(g, axis=1) - 1) ** 2).mean()


# %% wrong: the mean norm
# diagnosis: the mean norm was compared with 1
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return (np.linalg.norm(g, axis=1).mean() - 1) ** 2


# %% wrong: absolute values added up
# diagnosis: the sum of absolute values
# points: 0
def gradient_penalty(W, b, v, real, fake, u):
    x = u[:, None] * real + (1 - u[:, None]) * fake
    g = ((1 - np.tanh(x @ W.T + b) ** 2) * v) @ W
    return ((np.abs(g).sum(axis=1) - 1) ** 2).mean()
