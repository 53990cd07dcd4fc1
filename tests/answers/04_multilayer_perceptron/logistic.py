# %% right: exponential of the negative size
def logistic_and_slope(z, beta):
    e = np.exp(-np.abs(beta * z))
    value = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return value, beta * e / (1 + e) ** 2


# %% right: number by number, as a list, and it prints
def logistic_and_slope(z, beta):
    import math

    print("one by one")
    values = []
    for u in z:
        values.append(0.5 * (1 + math.tanh(beta * float(u) / 2)))
    return [values, [beta * v * (1 - v) for v in values]]


# %% right: PyTorch, float32
def logistic_and_slope(z, beta):
    import torch

    t = torch.tensor(np.float32(z), requires_grad=True)
    value = torch.sigmoid(float(beta) * t)
    value.sum().backward()
    return value.detach().numpy(), t.grad.numpy()


# %% right: the plain formula, which warns of an overflow
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z))
    return s, beta * (s - s**2)


# %% wrong: β forgotten in the slope
# diagnosis: the factor β is missing
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z))
    return s, s * (1 - s)


# %% wrong: β forgotten in the value
# diagnosis: the steepness β was left out
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-z))
    return s, beta * s * (1 - s)


# %% wrong: β in front of the slope only
# diagnosis: β is outside, but not in the function
# points: 0
def logistic_and_slope(z, beta):
    def sigmoid(u):
        return 1 / (1 + np.exp(-u))

    return sigmoid(beta * z), beta * sigmoid(z) * (1 - sigmoid(z))


# %% wrong: function applied to its own output
# diagnosis: applied to its own output
# points: 0
def logistic_and_slope(z, beta):
    def sigmoid(u):
        return 1 / (1 + np.exp(-beta * u))

    value = sigmoid(z)
    return value, beta * sigmoid(value) * (1 - sigmoid(value))


# %% wrong: input where the output belongs
# diagnosis: z was put where σ belongs
# points: 0
def logistic_and_slope(z, beta):
    return 1 / (1 + np.exp(-beta * z)), beta * z * (1 - z)


# %% wrong: falls instead of rising
# diagnosis: the function should rise
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(beta * z))
    return s, beta * s * (1 - s)


# %% wrong: slope by a quotient of exponentials
# diagnosis: ∞/∞
# points: 0
def logistic_and_slope(z, beta):
    e = np.exp(-beta * z)
    return 1 / (1 + e), beta * e / (1 + e) ** 2


# %% wrong: tanh
# diagnosis: this is tanh(βz)
# points: 0
def logistic_and_slope(z, beta):
    t = np.tanh(beta * z)
    return t, beta * (1 - t**2)


# %% wrong: one result
# diagnosis: returns two results, (value, slope)
# points: 0
def logistic_and_slope(z, beta):
    return 1 / (1 + np.exp(-beta * z))


# %% wrong: slope first
# diagnosis: value and slope are swapped
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z))
    return beta * s * (1 - s), s


# %% wrong: sign of the inner derivative kept
# diagnosis: its slope is positive
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z))
    return s, -beta * s * (1 - s)


# %% wrong: β twice
# diagnosis: β came out twice
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z))
    return s, beta * (beta * s * (1 - s))


# %% wrong: factor forgotten
# diagnosis: the factor 1 − σ is missing
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z))
    return s, beta * s


# %% wrong: divided by β
# diagnosis: divided by β
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-z / beta))
    return s, s * (1 - s) / beta


# %% wrong: a column meets a row
# diagnosis: an (N, 1) array met an (N,) array and broadcasting made (N, N)
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z[:, None]))
    return s[:, 0], beta * s * (1 - s[:, 0])


# %% wrong: a column for every number
# diagnosis: an axis of length 1 too many
# points: 0
def logistic_and_slope(z, beta):
    s = 1 / (1 + np.exp(-beta * z.reshape(-1, 1)))
    return s, beta * s * (1 - s)
