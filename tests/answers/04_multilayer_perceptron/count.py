# %% right: from a real network
def parameter_count(sizes):
    total = 0
    for k in range(1, len(sizes)):
        W, b = np.zeros((sizes[k], sizes[k - 1])), np.zeros(sizes[k])
        total += W.size + b.size
    return total


# %% right: with a dot product, as a NumPy integer
def parameter_count(sizes):
    s = np.array(sizes)
    print("counting", s)
    return s[1:] @ (s[:-1] + 1)


# %% right: PyTorch's own count
def parameter_count(sizes):
    import torch

    layers = [torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
    return sum(p.numel() for layer in layers for p in layer.parameters())


# %% right: as a float, recursively, with a warning
def parameter_count(sizes):
    import warnings

    warnings.warn("recursion")
    if len(sizes) < 2:
        return 0.0
    return float(sizes[0] * sizes[1] + sizes[1]) + parameter_count(sizes[1:])


# %% wrong: biases forgotten
# diagnosis: the biases were forgotten
# points: 0
def parameter_count(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:]))


# %% wrong: one bias per layer
# diagnosis: one bias per unit, not one per layer
# points: 0
def parameter_count(sizes):
    return sum(a * b + 1 for a, b in zip(sizes, sizes[1:]))


# %% wrong: a bias for the inputs
# diagnosis: the inputs have no biases
# points: 0
def parameter_count(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes)


# %% wrong: the one on the wrong factor
# diagnosis: a bias per input of each layer
# points: 0
def parameter_count(sizes):
    return sum(a * (b + 1) for a, b in zip(sizes, sizes[1:]))


# %% wrong: outputs without biases
# diagnosis: the output units have biases too
# points: 0
def parameter_count(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes[1:-1])


# %% wrong: all sizes multiplied
# diagnosis: the sizes were all multiplied
# points: 0
def parameter_count(sizes):
    product = 1
    for size in sizes:
        product *= size
    return product


# %% wrong: units counted
# diagnosis: units were counted
# points: 0
def parameter_count(sizes):
    return sum(sizes)


# %% wrong: only one hidden layer
# diagnosis: go through neighbours, and reach for no fixed place
# points: 0
def parameter_count(sizes):
    return (sizes[0] + 1) * sizes[1] + (sizes[1] + 1) * sizes[2]


# %% wrong: the last layer forgotten
# diagnosis: the last layer was forgotten
# points: 0
def parameter_count(sizes):
    return sum((sizes[k] + 1) * sizes[k + 1] for k in range(len(sizes) - 2))


# %% wrong: a list
# diagnosis: a list with one count per layer
# points: 0
def parameter_count(sizes):
    return [(a + 1) * b for a, b in zip(sizes, sizes[1:])]


# %% wrong: every layer connected to all later ones
# diagnosis: each layer is connected to the next only
# points: 0
def parameter_count(sizes):
    total = 0
    for i in range(len(sizes)):
        for j in range(i + 1, len(sizes)):
            total += sizes[i] * sizes[j]
    return total + sum(sizes[1:])
