# %% right: from the last layer back
def collapse(layers):
    W, b = layers[-1]
    for V, c in reversed(layers[:-1]):
        b = W @ c + b
        W = W @ V
    return W, b


# %% right: by asking the layers, which are affine
def collapse(layers):
    def run(x):
        for V, c in layers:
            x = V @ x + c
        return x

    inputs = layers[0][0].shape[1]
    b = run(np.zeros(inputs))
    print("asked", inputs + 1, "times")
    return np.column_stack([run(e) - b for e in np.eye(inputs)]), b


# %% right: biases folded in, as lists
def collapse(layers):
    total = np.eye(layers[0][0].shape[1] + 1)
    for V, c in layers:
        folded = np.zeros((len(V) + 1, V.shape[1] + 1))
        folded[:-1, :-1], folded[:-1, -1], folded[-1, -1] = V, c, 1
        total = folded @ total
    return [total[:-1, :-1].tolist(), total[:-1, -1].tolist()]


# %% right: float32, with a warning
def collapse(layers):
    import warnings

    warnings.warn("single precision")
    W, b = (np.float32(p) for p in layers[0])
    for V, c in layers[1:]:
        W, b = np.float32(V) @ W, np.float32(V) @ b + np.float32(c)
    return W, b


# %% wrong: order of the matrices reversed
# diagnosis: multiplied in the wrong order
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = W @ V, V @ b + c
    return W, b


# %% wrong: biases added
# diagnosis: passes through the second layer's weights
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, b + c
    return W, b


# %% wrong: first bias forgotten
# diagnosis: the first layer's bias was forgotten
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, c
    return W, b


# %% wrong: last bias forgotten
# diagnosis: the last layer's bias was forgotten
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, V @ b
    return W, b


# %% wrong: bias from the wrong side
# diagnosis: multiplied from the wrong side
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V @ W, b @ V + c
    return W, b


# %% wrong: the second bias through the first layer
# diagnosis: the bias of the second layer went through the first
# points: 0
def collapse(layers):
    (W, b), (V, c) = layers[:2]
    return V @ W, W @ c + b


# %% wrong: new W used for the bias
# diagnosis: the new matrix W₂W₁ was used for the bias
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W = V @ W
        b = W @ b + c
    return W, b


# %% wrong: two layers only
# diagnosis: only the first two layers were joined
# points: 0
def collapse(layers):
    if len(layers) == 1:
        return layers[0]
    (W, b), (V, c) = layers[:2]
    return V @ W, V @ b + c


# %% wrong: at least two layers expected
# diagnosis: a list of one layer
# points: 0
def collapse(layers):
    (W, b), (V, c), *others = layers
    W, b = V @ W, V @ b + c
    for V, c in others:
        W, b = V @ W, V @ b + c
    return W, b


# %% wrong: the weights alone
# diagnosis: returns a pair (W, b)
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W = V @ W
    return W


# %% wrong: entrywise products
# diagnosis: multiplied entry by entry
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = V * W, V @ b + c
    return W, b


# %% wrong: reversed, where the shapes are not square
# diagnosis: W₂ (K, H) times W₁ (H, D) is (K, D)
# points: 0
def collapse(layers):
    W, b = layers[0]
    for V, c in layers[1:]:
        W, b = (V @ W if V.shape == W.shape else W @ V), V @ b + c
    return W, b
