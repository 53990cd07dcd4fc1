# %% right: all derivatives at once
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    J = (H * (1 - H))[:, :, None] * W
    return (np.linalg.norm(J, axis=(1, 2)) ** 2).mean()


# %% right: PyTorch's Jacobian
def contractive_penalty(X, W, b):
    import torch

    W, b = torch.tensor(W), torch.tensor(b)
    total = 0
    for x in torch.tensor(X):
        J = torch.autograd.functional.jacobian(lambda x: torch.sigmoid(W @ x + b), x)
        total = total + (J**2).sum()
    return total / len(X)


# %% right: central differences
def contractive_penalty(X, W, b):
    import warnings

    warnings.warn("differences")

    def code(X):
        return 1 / (1 + np.exp(-X @ W.T - b))

    total = 0.0
    for d in range(X.shape[1]):
        step = 1e-5 * np.eye(X.shape[1])[d]
        total += (((code(X + step) - code(X - step)) / 2e-5) ** 2).sum()
    return total / len(X)


# %% right: loops, single precision
def contractive_penalty(X, W, b):
    total = np.float32(0)
    for x in X.astype(np.float32):
        for w, bias in zip(W, b, strict=True):
            h = 1 / (1 + np.exp(-np.float32(w @ x + bias)))
            total += np.float32(sum((h * (1 - h) * weight) ** 2 for weight in w))
    print("three loops")
    return [total / len(X)][0]


# %% wrong: derivative of the sigmoid forgotten
# diagnosis: the derivative of the sigmoid, h(1 − h), is missing
# points: 0
def contractive_penalty(X, W, b):
    return (W**2).sum()


# %% wrong: derivative not squared
# diagnosis: h(1 − h) is not squared
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((H * (1 - H)) @ (W**2).sum(axis=1)).mean()


# %% wrong: second derivative
# diagnosis: the second derivative, h(1 − h)(1 − 2h), was taken
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((H * (1 - H) * (1 - 2 * H)) ** 2 @ (W**2).sum(axis=1)).mean()


# %% wrong: summed
# diagnosis: the 1/N is missing
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((H * (1 - H)) ** 2 @ (W**2).sum(axis=1)).sum()


# %% wrong: norm not squared
# diagnosis: the norm was not squared
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    J = (H * (1 - H))[:, :, None] * W
    return np.linalg.norm(J, axis=(1, 2)).mean()


# %% wrong: spectral norm
# diagnosis: the largest singular value was taken
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    J = (H * (1 - H))[:, :, None] * W
    return (np.linalg.norm(J, ord=2, axis=(1, 2)) ** 2).mean()


# %% wrong: weights summed first
# diagnosis: the weights of a unit were summed before squaring
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((H * (1 - H)) ** 2 @ W.sum(axis=1) ** 2).mean()


# %% wrong: derivative of tanh
# diagnosis: 1 − h² is the derivative of tanh
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((1 - H**2) ** 2 @ (W**2).sum(axis=1)).mean()


# %% wrong: bias forgotten
# diagnosis: the bias b is missing
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T)))
    return ((H * (1 - H)) ** 2 @ (W**2).sum(axis=1)).mean()


# %% wrong: mean over examples and units
# diagnosis: the mean over the units was taken as well
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((H * (1 - H)) ** 2 * (W**2).sum(axis=1)).mean()


# %% wrong: derivative by the weights
# diagnosis: the derivative by the weights was taken
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return (((H * (1 - H)) ** 2).sum(axis=1) * (X**2).sum(axis=1)).mean()


# %% wrong: the size of the code
# diagnosis: h itself stands where its derivative
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return (H**2 @ (W**2).sum(axis=1)).mean()


# %% wrong: W turned round in the excitations
# diagnosis: W was turned round in the excitations
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W + b)))
    return ((H * (1 - H)) ** 2 @ (W**2).sum(axis=1)).mean()


# %% wrong: weights summed over the units
# diagnosis: the squares of W were summed over the units
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((H * (1 - H)) ** 2 @ (W**2).sum(axis=0)).mean()


# %% wrong: sigmoid twice
# diagnosis: the sigmoid was applied twice
# points: 0
def contractive_penalty(X, W, b):
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    H = sigmoid(X @ W.T + b)
    slope = sigmoid(H) * (1 - sigmoid(H))
    return (slope**2 @ (W**2).sum(axis=1)).mean()


# %% wrong: absolute values
# diagnosis: absolute values of the derivatives were summed
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    return ((H * (1 - H)) @ np.abs(W).sum(axis=1)).mean()


# %% wrong: mean of all squares
# diagnosis: the mean over all derivatives was taken
# points: 0
def contractive_penalty(X, W, b):
    H = 1 / (1 + np.exp(-(X @ W.T + b)))
    J = (H * (1 - H))[:, :, None] * W
    return (J**2).mean()
