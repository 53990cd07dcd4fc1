# %% right: loop over examples, outer products
def two_layer_gradient(W1, b1, W2, b2, X, T):
    gW1, gb1, gW2, gb2 = (np.zeros_like(v) for v in (W1, b1, W2, b2))
    for x, t in zip(X, T):
        e = W1 @ x + b1
        h = np.where(e > 0, e, 0)
        d2 = 2 * (W2 @ h + b2 - t)
        d1 = W2.T @ d2 * (e > 0)
        gW1 += np.outer(d1, x) / len(X)
        gb1 += d1 / len(X)
        gW2 += np.outer(d2, h) / len(X)
        gb2 += d2 / len(X)
    return gW1, gb1, gW2, gb2


# %% right: PyTorch
def two_layer_gradient(W1, b1, W2, b2, X, T):
    import torch

    p = [torch.tensor(v, requires_grad=True) for v in (W1, b1, W2, b2)]
    X, T = torch.tensor(X), torch.tensor(T)
    Y = torch.relu(X @ p[0].T + p[1]) @ p[2].T + p[3]
    ((Y - T) ** 2).sum(dim=1).mean().backward()
    return tuple(v.grad for v in p)


# %% right: float32, biases folded in, a list
def two_layer_gradient(W1, b1, W2, b2, X, T):
    V1 = np.float32(np.column_stack([b1, W1]))
    V2 = np.float32(np.column_stack([b2, W2]))
    one = np.ones((len(X), 1), dtype=np.float32)
    X1 = np.hstack([one, np.float32(X)])
    E = X1 @ V1.T
    H1 = np.hstack([one, E * (E > 0)])
    D2 = (H1 @ V2.T - np.float32(T)) * np.float32(2 / len(X))
    D1 = (D2 @ V2)[:, 1:] * (E > 0)
    g1, g2 = D1.T @ X1, D2.T @ H1
    return [g1[:, 1:], g1[:, 0], g2[:, 1:], g2[:, 0]]


# %% right: nested lists by einsum, with a warning
def two_layer_gradient(W1, b1, W2, b2, X, T):
    import warnings

    warnings.warn("einsum")
    E = np.einsum("hd,nd->nh", W1, X) + b1
    H = np.clip(E, 0, None)
    D2 = (np.einsum("mh,nh->nm", W2, H) + b2 - T) / len(X) * 2
    D1 = np.einsum("nm,mh->nh", D2, W2) * np.sign(H)
    return (
        np.einsum("nh,nd->hd", D1, X).tolist(),
        D1.sum(0).tolist(),
        np.einsum("nm,nh->mh", D2, H).tolist(),
        D2.sum(0).tolist(),
    )


# %% wrong: 1/N forgotten
# diagnosis: the 1/N is missing
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: factor 2 forgotten
# diagnosis: the factor 2 of the square is missing
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: both forgotten
# diagnosis: the factor 2 and the 1/N are both missing
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = Y - T
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: mean over all entries
# diagnosis: averaged over the outputs too
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / T.size
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: direction of descent
# diagnosis: the gradient is its negative
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (T - Y) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: slope of ReLU forgotten
# diagnosis: the slope of ReLU is missing
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = D2 @ W2
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: slope reversed
# diagnosis: the slope of ReLU is reversed
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E < 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: slope at the kink
# diagnosis: the slope of ReLU at e = 0 is taken to be 0
# points: 3
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E >= 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: ReLU of delta
# diagnosis: ReLU was applied to δ
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = np.maximum(0, D2 @ W2)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: times h
# diagnosis: δ was multiplied by h
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * H
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: weights forgotten on the way back
# diagnosis: the weights W2 are missing on the way back
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = D2.sum(axis=1, keepdims=True) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: h for x
# diagnosis: the hidden outputs h went in
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ H, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: e for h
# diagnosis: the excitations e went in
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ E, D2.sum(axis=0)


# %% wrong: ReLU on the outputs
# diagnosis: ReLU was put behind the outputs too
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = np.maximum(0, H @ W2.T + b2)
    D2 = 2 * (Y - T) * (Y > 0) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: no ReLU forward
# diagnosis: the ReLU is missing forward
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = E
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: weights transposed
# diagnosis: transposed: it has the shape of the weights
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return X.T @ D1, D1.sum(axis=0), H.T @ D2, D2.sum(axis=0)


# %% wrong: biases summed over the units
# diagnosis: one number per example came back
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=1), D2.T @ H, D2.sum(axis=1)


# %% wrong: biases not summed
# diagnosis: one row per example came back
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1, D2.T @ H, D2


# %% wrong: W2 transposed on the way back
# diagnosis: matmul
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2.T) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: W1 not transposed
# diagnosis: W1 has to be transposed where examples are rows
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1 + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: one layer only
# diagnosis: the number of results
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D2.T @ H, D2.sum(axis=0)


# %% wrong: averaged once more
# diagnosis: divided by N twice
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    N = len(X)
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y - T) / N
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X / N, D1.mean(axis=0), D2.T @ H / N, D2.mean(axis=0)


# %% wrong: targets forgotten
# diagnosis: the targets were left out
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * Y / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)


# %% wrong: plus the targets
# diagnosis: the targets were added
# points: 0
def two_layer_gradient(W1, b1, W2, b2, X, T):
    E = X @ W1.T + b1
    H = np.maximum(0, E)
    Y = H @ W2.T + b2
    D2 = 2 * (Y + T) / len(X)
    D1 = (D2 @ W2) * (E > 0)
    return D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0)
