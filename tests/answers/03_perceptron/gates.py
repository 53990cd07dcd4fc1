# %% right: counts halfway
def gate_weights(name, inputs):
    sign = -1.0 if name.startswith("N") else 1.0
    count = inputs if name.endswith("AND") else 1
    return [sign * (0.5 - count)] + [sign] * inputs


# %% right: float32 and other numbers
def gate_weights(name, inputs):
    w = np.full(1 + inputs, 2, dtype=np.float32)
    w[0] = {"AND": 1 - 2 * inputs, "OR": -1, "NAND": 1 - 2 * inputs, "NOR": -1}[name]
    return -w if name in ("NAND", "NOR") else w


# %% right: learnt from the truth table
def gate_weights(name, inputs):
    from itertools import product

    X = np.array([(1, *row) for row in product((0, 1), repeat=inputs)])
    on = X[:, 1:].sum(axis=1)
    fires = {"AND": on == inputs, "OR": on > 0, "NOR": on == 0, "NAND": on < inputs}[name]
    w, done = np.zeros(1 + inputs), False
    while not done:
        done = True
        for x, y in zip(X, np.where(fires, 1, -1)):
            if y * (w @ x) <= 0:
                w, done = w + y * x, False
    return w


# %% right: whole numbers that touch the threshold, and a warning
def gate_weights(name, inputs):
    import warnings

    warnings.warn("still thinking about NAND")
    print("looking up", name)
    if name == "AND":
        return (-inputs,) + (1,) * inputs
    if name == "OR":
        return (-1,) + (1,) * inputs
    if name == "NOR":
        return (0,) + (-1,) * inputs
    return (inputs - 1,) + (-1,) * inputs


# %% wrong: bias last
# diagnosis: bias first
# points: 0
def gate_weights(name, inputs):
    threshold = inputs - 0.5 if name in ("AND", "NAND") else 0.5
    w = [1.0] * inputs + [-threshold]
    return [-v for v in w] if name in ("NOR", "NAND") else w


# %% wrong: bias forgotten
# diagnosis: the bias is missing
# points: 0
def gate_weights(name, inputs):
    return [1.0] * inputs if name in ("AND", "OR") else [-1.0] * inputs


# %% wrong: threshold instead of bias
# diagnosis: sign of the bias
# points: 0
def gate_weights(name, inputs):
    threshold = inputs - 0.5 if name in ("AND", "NAND") else 0.5
    sign = -1 if name in ("NOR", "NAND") else 1
    return [sign * threshold] + [sign * 1.0] * inputs


# %% wrong: NOR and NAND not turned
# diagnosis: opposite gate
# points: 0
def gate_weights(name, inputs):
    threshold = inputs - 0.5 if name in ("AND", "NAND") else 0.5
    return [-threshold] + [1.0] * inputs


# %% wrong: AND and OR mixed up
# diagnosis: these are the weights of OR
# points: 0
def gate_weights(name, inputs):
    threshold = 0.5 if name in ("AND", "NAND") else inputs - 0.5
    sign = -1 if name in ("NOR", "NAND") else 1
    return [-sign * threshold] + [sign * 1.0] * inputs


# %% wrong: bias zero
# diagnosis: bias is 0
# points: 0
def gate_weights(name, inputs):
    return [0.0] + [1.0] * inputs


# %% wrong: hard-coded for two inputs
# diagnosis: KeyError; are the weights looked up for 2 inputs only?
# points: 1
def gate_weights(name, inputs):
    return {
        ("AND", 2): [-1.5, 1, 1],
        ("OR", 2): [-0.5, 1, 1],
        ("NOR", 2): [0.5, -1, -1],
        ("NAND", 2): [1.5, -1, -1],
    }[name, inputs]


# %% wrong: threshold for two inputs kept for more
# diagnosis: with another bias it would be right: the bias must fit the number of inputs, 1
# points: 1
def gate_weights(name, inputs):
    threshold = 1.5 if name in ("AND", "NAND") else 0.5
    sign = -1 if name in ("NOR", "NAND") else 1
    return [-sign * threshold] + [sign * 1.0] * inputs


# %% wrong: nothing returned
# diagnosis: nothing was returned. Does each of the four gates reach a `return`?
# points: 0
def gate_weights(name, inputs):
    [0.5 - inputs] + [1.0] * inputs


# %% right: weights that are no whole numbers, as a tuple of NumPy numbers
def gate_weights(name, inputs):
    share = np.full(inputs, 1 / inputs)  # the weighted sum is the share of inputs that are on
    bias = -(1 - 0.5 / inputs) if "AND" in name else -0.5 / inputs
    sign = np.float64(-1 if name[0] == "N" else 1)
    return (sign * bias, *(sign * share))


# %% wrong: fires above the threshold only
# diagnosis: exactly 0 fires here
# points: 0
def gate_weights(name, inputs):
    bias = {"AND": 1 - inputs, "OR": 0, "NAND": inputs, "NOR": 1}[name]
    sign = -1 if name[0] == "N" else 1
    return [bias] + [sign] * inputs


# %% wrong: weights and bias in two parts
# diagnosis: separate parts
# points: 0
def gate_weights(name, inputs):
    threshold = inputs - 0.5 if name in ("AND", "NAND") else 0.5
    sign = -1 if name in ("NOR", "NAND") else 1
    return np.full(inputs, sign), -sign * threshold


# %% wrong: one branch missing
# diagnosis: gate_weights for NOR of 2 inputs: nothing was returned. Does each of the four gates
# points: 0
def gate_weights(name, inputs):
    if name == "AND":
        return [0.5 - inputs] + [1.0] * inputs
    elif name == "OR":
        return [-0.5] + [1.0] * inputs
    elif name == "NAND":
        return [inputs - 0.5] + [-1.0] * inputs


# %% wrong: the bias alone
# diagnosis: one number came back; a list of 1 + n weights
# points: 0
def gate_weights(name, inputs):
    return 0.5 - inputs if name == "AND" else -0.5


# %% wrong: always two weights and a bias
# diagnosis: 3 weights, as for 2 inputs; here are 1
# points: 1
def gate_weights(name, inputs):
    b = -1.5 if name in ("AND", "NAND") else -0.5
    w = [b, 1.0, 1.0]
    return w if name in ("AND", "OR") else [-v for v in w]
