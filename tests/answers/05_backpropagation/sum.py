# %% right: multiplied by ones, einsum-free
def sum_vjp(shape, axis, G):
    if axis is None:
        return np.ones(shape) * G
    kept = list(shape)
    kept[axis] = 1
    return np.ones(shape) * np.reshape(G, kept)


def stretch_vjp(shape, G):
    padded = (1,) * (G.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, (a, b) in enumerate(zip(padded, G.shape)) if a != b)
    return G.sum(axis=axes, keepdims=True).reshape(shape)


# %% right: PyTorch
def sum_vjp(shape, axis, G):
    import torch

    x = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
    y = x.sum() if axis is None else x.sum(axis)
    y.backward(torch.tensor(G, dtype=torch.float64))
    return x.grad


def stretch_vjp(shape, G):
    import torch

    x = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
    x.expand(G.shape).backward(torch.tensor(G))
    return x.grad


# %% right: repeat and loops, float32
def sum_vjp(shape, axis, G):
    if axis is None:
        return np.full(shape, np.float32(G))
    return np.float32(np.repeat(np.expand_dims(G, axis), shape[axis], axis=axis))


def stretch_vjp(shape, G):
    out = np.zeros(shape, dtype=np.float32)
    for i in np.ndindex(G.shape):
        j = i[G.ndim - len(shape) :]
        out[tuple(0 if n == 1 else k for n, k in zip(shape, j))] += G[i]
    return out


# %% right: lists, with a warning
def sum_vjp(shape, axis, G):
    import warnings

    warnings.warn("lists")
    if axis is not None:
        G = np.moveaxis(np.array([G] * shape[axis]), 0, axis)
    return np.broadcast_to(G, shape).tolist()


def stretch_vjp(shape, G):
    _, G = np.zeros(shape), G
    for _ in range(G.ndim - len(shape)):
        G = sum(G)
    for i, n in enumerate(shape):
        G = G if n > 1 else np.add.reduce(G, axis=i, keepdims=True)
    return np.asarray(G).tolist()


# %% wrong: axis not put back
# diagnosis: repeated along the wrong axis
# points: 0
def sum_vjp(shape, axis, G):
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


# %% wrong: mean
# diagnosis: the derivative of a mean
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    G = np.broadcast_to(G, shape)
    return G * np.size(np.unique(G)) / G.size if axis is None else G / shape[axis]


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


# %% wrong: ones
# diagnosis: G is missing: each entry receives
# points: 0
def sum_vjp(shape, axis, G):
    return np.ones(shape)


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


# %% wrong: G as it came
# diagnosis: G came back as it was
# points: 0
def sum_vjp(shape, axis, G):
    return G


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


# %% wrong: all of G
# diagnosis: all of G was summed
# points: 0
def sum_vjp(shape, axis, G):
    return np.full(shape, np.sum(G))


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


# %% wrong: axis 0 always
# diagnosis: repeated along the wrong axis
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, 0)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


# %% wrong: no case for everything
# diagnosis: NoneType
# points: 0
def sum_vjp(shape, axis, G):
    return np.repeat(np.expand_dims(G, axis), shape[axis], axis)


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


# %% wrong: mean of the stretched
# diagnosis: adjoints that come from several places are summed
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.mean(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.mean(axis=i, keepdims=True)
    return G


# %% wrong: first place only
# diagnosis: only the first place was heard
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G[0]
    return G[tuple(slice(n) for n in shape)]


# %% wrong: length 1 lost
# diagnosis: an axis of length 1 was lost
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=i)
    return G


# %% wrong: axes of length 1 not summed
# diagnosis: nothing was summed
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    return G


# %% wrong: everything summed
# diagnosis: each entry hears from its own copies only
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    return np.full(shape, G.sum())


# %% wrong: a bias of a batch only
# diagnosis: summed over the first axis alone
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    return G.sum(axis=0)


# %% wrong: reshaped
# diagnosis: cannot reshape
# points: 0
def sum_vjp(shape, axis, G):
    if axis is not None:
        G = np.expand_dims(G, axis)
    return np.broadcast_to(G, shape).copy()


def stretch_vjp(shape, G):
    return G.reshape(shape)
