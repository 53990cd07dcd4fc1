# %% right: row by row from log-softmax
def cross_entropy_vjp(Z, y, g):
    rows = []
    for z, c in zip(Z, y):
        z = z - max(z)
        log_p = z - np.log(np.exp(z).sum())
        rows.append([g / len(Z) * (np.exp(l) - (k == c)) for k, l in enumerate(log_p)])
    return rows


# %% right: PyTorch
def cross_entropy_vjp(Z, y, g):
    import torch

    Z = torch.tensor(Z, requires_grad=True)
    torch.nn.functional.cross_entropy(Z, torch.tensor(y)).backward(torch.tensor(g, dtype=Z.dtype))
    return Z.grad


# %% right: SciPy's softmax and one-hot by eye, float32
def cross_entropy_vjp(Z, y, g):
    from scipy.special import softmax

    P = softmax(np.float32(Z), axis=1)
    return np.float32(g) * (P - np.eye(Z.shape[1], dtype=np.float32)[y]) / np.float32(len(y))


# %% right: differences of logits, with a warning of overflow
def cross_entropy_vjp(Z, y, g):
    D = Z[:, None, :] - Z[:, :, None]  # (N, C, C)
    P = 1 / np.exp(D).sum(axis=2)
    P[range(len(y)), y] = P[range(len(y)), y] - 1
    return P * (g / len(P))


# %% wrong: one-hot forgotten
# diagnosis: the one-hot of y was not subtracted
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return g * P / len(y)


# %% wrong: 1/N forgotten
# diagnosis: the 1/N is missing
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return g * P


# %% wrong: sign
# diagnosis: not one-hot minus softmax
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return -g * P / len(y)


# %% wrong: softmax down the columns
# diagnosis: softmax was taken down the columns
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=0))
    P = P / P.sum(axis=0)
    P[np.arange(len(y)), y] -= 1
    return g * P / len(y)


# %% wrong: softmax forgotten
# diagnosis: softmax is missing
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = Z.copy()
    P[np.arange(len(y)), y] -= 1
    return g * P / len(y)


# %% wrong: divided by C
# diagnosis: divided by C, not by N
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return g * P / Z.shape[1]


# %% wrong: divided by all entries
# diagnosis: divided by N·C
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return g * P / Z.size


# %% wrong: only the right class
# diagnosis: only the right class received
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    G = np.zeros_like(P)
    G[np.arange(len(y)), y] = g * P[np.arange(len(y)), y] / len(y)
    return G


# %% wrong: derivative of the logarithm only
# diagnosis: the way back through softmax is missing
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    G = np.zeros_like(P)
    G[np.arange(len(y)), y] = -g / P[np.arange(len(y)), y] / len(y)
    return G


# %% wrong: not normalised
# diagnosis: exp(Z) was not divided by the sum of its row
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z)
    P[np.arange(len(y)), y] -= 1
    return g * P / len(y)


# %% wrong: 1 from every entry
# diagnosis: 1 was subtracted from every entry
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P -= 1
    return g * P / len(y)


# %% wrong: all columns of y
# diagnosis: 1 was subtracted in whole columns
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[:, y] -= 1
    return g * P / len(y)


# %% wrong: g forgotten
# diagnosis: g was left out
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return P / len(y)


# %% wrong: g on softmax only
# diagnosis: g multiplies softmax only
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = g * P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return P / len(y)


# %% wrong: overflow
# diagnosis: NaN in the result
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z)
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return g * P / len(y)


# %% wrong: keepdims forgotten
# diagnosis: could not be broadcast
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return g * P / len(y)


# %% wrong: numbers of the classes subtracted
# diagnosis: y holds the numbers of the right classes
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return g * (P - y[:, None]) / len(y)


# %% wrong: averaged twice
# diagnosis: divided by N twice
# points: 0
def cross_entropy_vjp(Z, y, g):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    P = P / len(y)
    return g * P / len(y)
