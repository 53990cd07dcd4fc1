# %% right: PyTorch's derivative
def tied_autoencoder(X, W):
    import torch

    X, W = torch.tensor(X), torch.tensor(W, requires_grad=True)
    loss = ((X @ W.T @ W - X) ** 2).sum(1).mean()
    loss.backward()
    return loss.item(), W.grad


# %% right: with the scatter matrix
def tied_autoencoder(X, W):
    C = X.T @ X / len(X)
    P = W.T @ W
    loss = np.trace((P - np.eye(len(P))) @ C @ (P - np.eye(len(P))))
    gradient = 2 * W @ (C @ P + P @ C - 2 * C)
    return loss, gradient


# %% right: central differences
def tied_autoencoder(X, W):
    import warnings

    warnings.warn("differences")

    def loss(W):
        return ((X @ W.T @ W - X) ** 2).sum() / len(X)

    gradient = np.zeros(W.shape)
    for i in np.ndindex(*W.shape):
        step = np.zeros(W.shape)
        step[i] = 1e-4
        gradient[i] = (loss(W + step) - loss(W - step)) / 2e-4
    return loss(W), gradient


# %% right: one example after another, in single precision
def tied_autoencoder(X, W):
    X, W = X.astype(np.float32), W.astype(np.float32)
    loss, gradient = np.float32(0), np.zeros_like(W)
    for x in X:
        h = W @ x
        r = W.T @ h - x
        loss += r @ r / len(X)
        gradient += 2 * (np.outer(h, r) + np.outer(W @ r, x)) / len(X)
    print("done")
    return loss, gradient.tolist()


# %% wrong: encoder forgotten
# diagnosis: the encoder's path is missing
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum() / len(X), 2 / len(X) * H.T @ R


# %% wrong: decoder forgotten
# diagnosis: the decoder's path is missing
# points: 0
def tied_autoencoder(X, W):
    R = X @ W.T @ W - X
    return (R**2).sum() / len(X), 2 / len(X) * (R @ W.T).T @ X


# %% wrong: decoder doubled
# diagnosis: the decoder's path was doubled
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum() / len(X), 4 / len(X) * H.T @ R


# %% wrong: mean over entries
# diagnosis: the mean over all N·D entries was taken
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).mean(), 2 / R.size * (H.T @ R + (R @ W.T).T @ X)


# %% wrong: summed
# diagnosis: the 1/N is missing
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum(), 2 * (H.T @ R + (R @ W.T).T @ X)


# %% wrong: no 1/N in the gradient
# diagnosis: the 1/N is missing
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum() / len(X), 2 * (H.T @ R + (R @ W.T).T @ X)


# %% wrong: factor 2 forgotten
# diagnosis: the factor 2 of the square is missing
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum() / len(X), (H.T @ R + (R @ W.T).T @ X) / len(X)


# %% wrong: residual turned round
# diagnosis: the residual is x̂ − x
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = X - H @ W
    return (R**2).sum() / len(X), 2 / len(X) * (H.T @ R + (R @ W.T).T @ X)


# %% wrong: norm not squared
# diagnosis: the distances were not squared
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    loss = np.linalg.norm(R, axis=1).mean()
    return loss, 2 / len(X) * (H.T @ R + (R @ W.T).T @ X)


# %% wrong: gradient in the shape of the decoder
# diagnosis: transposed
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum() / len(X), 2 / len(X) * (H.T @ R + (R @ W.T).T @ X).T


# %% wrong: one step of descent on the way
# diagnosis: the argument was changed in place
# points: 3
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    gradient = 2 / len(X) * (H.T @ R + (R @ W.T).T @ X)
    W -= 0.1 * gradient
    return (R**2).sum() / len(X), gradient


# %% wrong: W turned round
# diagnosis: W was turned round: with examples in rows
# points: 0
def tied_autoencoder(X, W):
    H = X @ W
    R = H @ W.T - X
    return (R**2).sum() / len(X), 2 / len(X) * (X.T @ R @ W + R.T @ X @ W)


# %% wrong: half of the loss
# diagnosis: a factor ½ too many
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum() / (2 * len(X)), (H.T @ R + (R @ W.T).T @ X) / len(X)


# %% wrong: encoder doubled
# diagnosis: the encoder's path was doubled
# points: 0
def tied_autoencoder(X, W):
    R = X @ W.T @ W - X
    return (R**2).sum() / len(X), 4 / len(X) * (R @ W.T).T @ X


# %% wrong: paths subtracted
# diagnosis: the two paths were subtracted
# points: 0
def tied_autoencoder(X, W):
    H = X @ W.T
    R = H @ W - X
    return (R**2).sum() / len(X), 2 / len(X) * (H.T @ R - (R @ W.T).T @ X)
