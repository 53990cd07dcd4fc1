# %% right: a table of functions
def count_parameters(layers):
    count = {
        "conv": lambda sees, k, side: sum(sees) * k**2 + len(sees),
        "subsample": lambda maps, side: maps + maps,
        "pool": lambda maps, side: 0,
        "linear": lambda inputs, outputs: inputs * outputs + outputs,
    }
    return sum(count[layer[0]](*layer[1:]) for layer in layers)


# %% right: matching
def count_parameters(layers):
    total = 0
    for layer in layers:
        match layer:
            case ("conv", sees, k, _):
                total += sum(maps * k * k + 1 for maps in sees)
            case ("subsample", maps, _):
                total += 2 * maps
            case ("linear", inputs, outputs):
                total += (inputs + 1) * outputs
    return total


# %% right: arrays of weights, really made
def count_parameters(layers):
    import warnings

    warnings.warn("making them")
    weights = [np.zeros(0)]
    for kind, *rest in layers:
        if kind == "conv":
            for maps in rest[0]:
                weights += [np.zeros((maps, rest[1], rest[1])), np.zeros(1)]
        if kind == "subsample":
            weights += [np.ones(rest[0]), np.zeros(rest[0])]
        if kind == "linear":
            weights += [np.zeros(tuple(rest)), np.zeros(rest[1])]
    return sum(w.size for w in weights)


# %% right: a NumPy number
def count_parameters(layers):
    print("counting")
    total = np.int64(0)
    for layer in layers:
        if layer[0] == "conv":
            total += np.dot(layer[1], np.full(len(layer[1]), layer[2] ** 2)) + len(layer[1])
        elif layer[0] == "subsample":
            total += 2 * layer[1]
        elif layer[0] == "linear":
            total += (layer[1] + 1) * layer[2]
    return total


# %% wrong: no biases
# diagnosis: the biases were left out
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2
        elif kind == "subsample":
            total += rest[0]
        elif kind == "linear":
            total += rest[0] * rest[1]
    return total


# %% wrong: a bias per pixel
# diagnosis: a bias of its own; a map shares one
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2 + len(rest[0]) * rest[2] ** 2
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: a bias per kernel
# diagnosis: a map has one bias, however many maps it sees
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * (rest[1] ** 2 + 1)
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: connections
# diagnosis: weights were counted at every place
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += (sum(rest[0]) * rest[1] ** 2 + len(rest[0])) * rest[2] ** 2
        elif kind == "subsample":
            total += 2 * rest[0] * rest[1] ** 2
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: kernel not squared
# diagnosis: k weights for each kernel; it has k · k
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] + len(rest[0])
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: one kernel per map
# diagnosis: it has one for every map that it sees
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += len(rest[0]) * (rest[1] ** 2 + 1)
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: all maps as the first
# diagnosis: as many maps as the first one
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += len(rest[0]) * (rest[0][0] * rest[1] ** 2 + 1)
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: subsampling taken for pooling
# diagnosis: a weight and a bias; none were counted
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2 + len(rest[0])
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: pooling taken for subsampling
# diagnosis: pooling learns nothing
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2 + len(rest[0])
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
        else:
            total += 2 * rest[0]
    return total


# %% wrong: bias per input
# diagnosis: bias for each output, not for each input
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2 + len(rest[0])
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += rest[0] * (rest[1] + 1)
    return total


# %% wrong: LeNet-5 known by heart
# diagnosis: add up the layers that are given
# points: 0
def count_parameters(layers):
    return 60000


# %% wrong: convolutions without biases
# diagnosis: the biases of the convolutions were left out
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: linear layers without biases
# diagnosis: the biases of the linear layers were left out
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2 + len(rest[0])
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += rest[0] * rest[1]
    return total


# %% wrong: one bias for a whole layer
# diagnosis: one bias for each convolutional layer
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            total += sum(rest[0]) * rest[1] ** 2 + 1
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: all maps as the last
# diagnosis: as many maps as the last one
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            for maps in rest[0]:
                weights = maps * rest[1] ** 2
            total += (weights + 1) * len(rest[0])
        elif kind == "subsample":
            total += 2 * rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: one number a subsampling map
# diagnosis: one was counted
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            for maps in rest[0]:
                total += maps * rest[1] ** 2 + 1
        elif kind == "subsample":
            total += rest[0]
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total


# %% wrong: two numbers a subsampling pixel
# diagnosis: every pixel of a subsampling map
# points: 0
def count_parameters(layers):
    total = 0
    for kind, *rest in layers:
        if kind == "conv":
            for maps in rest[0]:
                total += maps * rest[1] ** 2 + 1
        elif kind == "subsample":
            total += 2 * rest[0] * rest[1] ** 2
        elif kind == "linear":
            total += (rest[0] + 1) * rest[1]
    return total
