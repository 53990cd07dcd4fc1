# %% right: point by point
def decision_regions(W1, b1, W2, b2, xs, ys):
    classes = []
    for y in ys:
        row = []
        for x in xs:
            hidden = np.maximum(W1 @ np.array([x, y]) + b1, 0)
            row.append(int(np.argmax(W2 @ hidden + b2)))
        classes.append(row)
    return classes


# %% right: broadcasting without a list of points, float32
def decision_regions(W1, b1, W2, b2, xs, ys):
    W1, b1, W2, b2, xs, ys = (np.float32(p) for p in (W1, b1, W2, b2, xs, ys))
    z = ys[:, None, None] * W1[:, 1] + xs[None, :, None] * W1[:, 0] + b1
    return np.argmax(np.maximum(z, 0) @ W2.T + b2, axis=-1)


# %% right: PyTorch, and softmax first, with a warning
def decision_regions(W1, b1, W2, b2, xs, ys):
    import warnings

    import torch

    warnings.warn("probabilities are not needed")
    print("asking", len(xs) * len(ys), "points")
    up, across = torch.meshgrid(torch.tensor(ys), torch.tensor(xs), indexing="ij")
    points = torch.stack([across, up], dim=-1)
    hidden = torch.relu(points @ torch.tensor(W1).T + torch.tensor(b1))
    scores = hidden @ torch.tensor(W2).T + torch.tensor(b2)
    return torch.softmax(scores, dim=-1).argmax(dim=-1).numpy()


# %% right: transposed throughout, then turned, as floats
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys, indexing="ij")
    points = np.vstack([across.ravel(), up.ravel()])
    scores = W2 @ np.maximum(W1 @ points + b1[:, None], 0) + b2[:, None]
    return scores.argmax(axis=0).reshape(len(xs), len(ys)).T.astype(float)


# %% wrong: rows and columns swapped
# diagnosis: rows and columns are swapped
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys, indexing="ij")
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(xs), len(ys))


# %% wrong: reshaped with the sizes swapped
# diagnosis: reshaped to (A, B)
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(xs), len(ys))


# %% wrong: coordinates swapped
# diagnosis: x and y are swapped in the points
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([up.ravel(), across.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(ys), len(xs))


# %% wrong: ReLU forgotten
# diagnosis: the hidden ReLU was forgotten
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = (points @ W1.T + b1) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(ys), len(xs))


# %% wrong: hidden biases forgotten
# diagnosis: the hidden biases b1 were forgotten
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(ys), len(xs))


# %% wrong: output biases forgotten
# diagnosis: the output's biases b2 were forgotten
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T
    return scores.argmax(axis=1).reshape(len(ys), len(xs))


# %% wrong: largest over the points
# diagnosis: the shapes did not fit
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=0).reshape(len(ys), len(xs))


# %% wrong: the score instead of the class
# diagnosis: these are the largest scores
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.max(axis=1).reshape(len(ys), len(xs))


# %% wrong: classes from 1
# diagnosis: classes are counted from 0
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(ys), len(xs)) + 1


# %% wrong: a flat list
# diagnosis: the grid's shape is asked for
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1)


# %% wrong: top row first
# diagnosis: the rows run downwards
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys[::-1])
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(ys), len(xs))


# %% wrong: ReLU on the scores
# diagnosis: the scores went through a ReLU
# points: 1
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(np.maximum(points @ W1.T + b1, 0) @ W2.T + b2, 0)
    return scores.argmax(axis=1).reshape(len(ys), len(xs))


# %% wrong: two classes only
# diagnosis: only classes 0 and 1 were compared
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    across, up = np.meshgrid(xs, ys)
    points = np.column_stack([across.ravel(), up.ravel()])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return (scores[:, 1] > scores[:, 0]).astype(int).reshape(len(ys), len(xs))


# %% wrong: xs and ys glued together
# diagnosis: the shapes did not fit
# points: 0
def decision_regions(W1, b1, W2, b2, xs, ys):
    points = np.column_stack([xs, ys])
    scores = np.maximum(points @ W1.T + b1, 0) @ W2.T + b2
    return scores.argmax(axis=1).reshape(len(ys), len(xs))
