# %% right: number by number
def slope(name, z):
    import math

    def one(u):
        u = float(u)
        if name in ("relu", "leaky relu", "elu"):
            if u > 0:
                return 1.0
            return {"relu": 0.0, "leaky relu": 0.1}.get(name, math.exp(min(u, 0)))
        if name == "tanh":
            return 1 - math.tanh(u) ** 2
        s = 0.5 + 0.5 * math.tanh(u / 2)
        return s * (1 + u * (1 - s))

    return [one(u) for u in z]


# %% right: PyTorch
def slope(name, z):
    import torch
    from torch.nn import functional as F

    f = {
        "relu": F.relu,
        "leaky relu": lambda u: F.leaky_relu(u, 0.1),
        "tanh": torch.tanh,
        "elu": F.elu,
        "swish": F.silu,
    }[name]
    u = torch.tensor(np.asarray(z, dtype=float), requires_grad=True)
    f(u).sum().backward()
    return u.grad.numpy()


# %% right: masks, float32, and a warning
def slope(name, z):
    import warnings

    warnings.warn("kinks ahead")
    print(name)
    z = np.float32(z)
    if name == "tanh":
        return 1 - np.tanh(z) ** 2
    if name == "swish":
        s = (1 + np.tanh(z / 2)) / 2
        return s + z * s * (1 - s)
    out = np.ones_like(z)
    low = z <= 0
    out[low] = {
        "relu": 0 * z[low],
        "leaky relu": 0 * z[low] + np.float32(0.1),
        "elu": np.exp(z[low]),
    }[name]
    return out


# %% right: np.where, with the overflow that does no harm
def slope(name, z):
    table = {
        "relu": np.where(z > 0, 1, 0),
        "leaky relu": np.where(z > 0, 1, 0.1),
        "elu": np.where(z > 0, 1, np.exp(z)),
        "tanh": (1 - np.tanh(z)) * (1 + np.tanh(z)),
    }
    s = 1 / (1 + np.exp(-z))
    return table.get(name, s * (1 + z * (1 - s)))


# %% wrong: ReLU itself
# diagnosis: this is ReLU itself
# points: 0
def slope(name, z):
    if name == "relu":
        return np.maximum(z, 0)
    if name == "leaky relu":
        return np.where(z > 0, z, 0.1 * z)
    if name == "tanh":
        return np.tanh(z)
    return np.where(z > 0, z, np.exp(z) - 1)


# %% wrong: derivative of tanh in its output, given the input
# diagnosis: 1 − y² needs the output
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.where(z > 0, 1.0, np.exp(z)),
        "tanh": 1 - z**2,
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: square of tanh forgotten
# diagnosis: the square is missing
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.where(z > 0, 1.0, np.exp(z)),
        "tanh": 1 - np.tanh(z),
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: the value of ELU below 0
# diagnosis: exp(z) − 1 is the value
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.where(z > 0, 1.0, np.exp(z) - 1),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: product rule forgotten in swish
# diagnosis: second term of the product rule
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.where(z > 0, 1.0, np.exp(z)),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s,
    }[name]


# %% wrong: factor z forgotten in swish
# diagnosis: in the second term the factor z is missing
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.where(z > 0, 1.0, np.exp(z)),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s + s * (1 - s),
    }[name]


# %% wrong: leak forgotten
# diagnosis: below 0 the slope is 0.1, not 0
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0),
        "elu": np.where(z > 0, 1.0, np.exp(z)),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: PyTorch's own leak
# diagnosis: the leak is 0.1 here, not 0.01
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.01),
        "elu": np.where(z > 0, 1.0, np.exp(z)),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: the other convention at the kink
# diagnosis: at z = 0 the slope is 0 by the convention
# points: 2
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z >= 0, 1.0, 0),
        "leaky relu": np.where(z >= 0, 1.0, 0.1),
        "elu": np.where(z >= 0, 1.0, np.exp(z)),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: mask times an overflow
# diagnosis: 0 · ∞ or ∞/∞
# points: 2
def slope(name, z):
    s = 0.5 * (1 + np.tanh(z / 2))
    return {
        "relu": (z > 0) * 1.0,
        "leaky relu": (z > 0) + 0.1 * (z <= 0),
        "elu": (z > 0) + (z <= 0) * np.exp(z),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: a quotient of exponentials in swish
# diagnosis: 0 · ∞ or ∞/∞
# points: 2
def slope(name, z):
    e = np.exp(-z)
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.where(z > 0, 1.0, np.exp(z)),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": (1 + e + z * e) / (1 + e) ** 2,
    }[name]


# %% wrong: a missing branch
# diagnosis: or the `if` for this case
# points: 0
def slope(name, z):
    if name == "relu":
        return np.where(z > 0, 1.0, 0)
    if name == "leaky relu":
        return np.where(z > 0, 1.0, 0.1)
    if name == "tanh":
        return 1 - np.tanh(z) ** 2
    if name == "swish":
        s = 1 / (1 + np.exp(-z))
        return s + z * s * (1 - s)


# %% wrong: exp for ELU everywhere
# diagnosis: exp(z) belongs to z ≤ 0 only
# points: 0
def slope(name, z):
    s = 1 / (1 + np.exp(-z))
    return {
        "relu": np.where(z > 0, 1.0, 0),
        "leaky relu": np.where(z > 0, 1.0, 0.1),
        "elu": np.exp(z),
        "tanh": 1 - np.tanh(z) ** 2,
        "swish": s + z * s * (1 - s),
    }[name]


# %% wrong: if on a whole array
# diagnosis: np.where(z > 0, a, b) chooses entry by entry
# points: 0
def slope(name, z):
    if name == "relu":
        if z > 0:
            return 1.0
        return 0.0
    return 1 - np.tanh(z) ** 2
