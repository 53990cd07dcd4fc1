# %% right: unit by unit, example by example
def layer_forward(X, W, b, activation):
    out = np.empty((len(X), len(W)))
    for n, x in enumerate(X):
        for h, w in enumerate(W):
            out[n, h] = sum(x * w) + b[h]
    return activation(out)


# %% right: transposed throughout, float32
def layer_forward(X, W, b, activation):
    z = np.float32(W) @ np.float32(X).T + np.float32(b)[:, None]
    return activation(z).T


# %% right: PyTorch, as a list, with a warning
def layer_forward(X, W, b, activation):
    import warnings

    import torch

    warnings.warn("asking the neighbours")
    print("linear layer")
    z = torch.nn.functional.linear(torch.tensor(X), torch.tensor(W), torch.tensor(b))
    return [list(activation(row)) for row in z.numpy()]


# %% right: bias folded in
def layer_forward(X, W, b, activation):
    ones = np.ones((len(X), 1))
    return activation(np.hstack([ones, X]) @ np.vstack([b, W.T]))


# %% wrong: W not transposed
# diagnosis: W was used as it is; its rows are the units
# points: 0
def layer_forward(X, W, b, activation):
    return activation(X @ W + b)


# %% wrong: W times X, as in the formula for one input
# diagnosis: W X is for inputs in columns
# points: 0
def layer_forward(X, W, b, activation):
    return activation(W @ X + b)


# %% wrong: bias forgotten
# diagnosis: the bias was forgotten
# points: 0
def layer_forward(X, W, b, activation):
    return activation(X @ W.T)


# %% wrong: bias as a column
# diagnosis: b was added as a column
# points: 0
def layer_forward(X, W, b, activation):
    return activation(X @ W.T + b[:, None])


# %% wrong: activation forgotten
# diagnosis: the activation was forgotten
# points: 0
def layer_forward(X, W, b, activation):
    return X @ W.T + b


# %% wrong: activation before the bias
# diagnosis: the activation came before the bias
# points: 0
def layer_forward(X, W, b, activation):
    return activation(X @ W.T) + b


# %% wrong: activation on the inputs
# diagnosis: applied to the inputs, not to the excitations
# points: 0
def layer_forward(X, W, b, activation):
    return activation(X) @ W.T + b


# %% wrong: one row per unit
# diagnosis: One row per example is asked for
# points: 0
def layer_forward(X, W, b, activation):
    return activation(W @ X.T + b[:, None])


# %% wrong: entrywise product summed away
# diagnosis: one number came back
# points: 0
def layer_forward(X, W, b, activation):
    return (
        activation((X * W).sum() + b.sum()) if X.shape == W.shape else activation((X @ W.T).sum())
    )


# %% wrong: loops that keep the last example only
# diagnosis: the answers to the last example only
# points: 0
def layer_forward(X, W, b, activation):
    for x in X:
        out = activation(W @ x + b)
    return out


# %% wrong: ReLU whatever is asked for
# diagnosis: whatever `activation` is
# points: 0
def layer_forward(X, W, b, activation):
    return np.maximum(X @ W.T + b, 0)


# %% wrong: written for two examples
# diagnosis: the shapes did not fit
# points: 0
def layer_forward(X, W, b, activation):
    out = np.zeros((2, 2))
    for n in range(len(X)):
        for h in range(len(W)):
            out[n, h] = X[n][0] * W[h][0] + X[n][1] * W[h][1] + b[h]
    return activation(out)


# %% wrong: inputs changed in place
# diagnosis: argument X: the argument was changed in place
# points: 2
def layer_forward(X, W, b, activation):
    Z = X @ W.T + b
    X -= X
    return activation(Z)


# %% wrong: nothing returned
# diagnosis: nothing was returned
# points: 0
def layer_forward(X, W, b, activation):
    out = activation(X @ W.T + b)
