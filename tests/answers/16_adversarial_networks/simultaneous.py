# %% right: a matrix, and rounds played in a loop
def simultaneous_step(a, b, eta):
    return np.array([[1, -eta], [eta, 1]]) @ [a, b]


def rounds_to_double(eta):
    a, b, k = 1.0, 0.0, 0
    while a * a + b * b < 4:
        a, b = a - eta * b, b + eta * a
        k += 1
    return k


# %% right: complex numbers
def simultaneous_step(a, b, eta):
    z = (a + 1j * b) * (1 + 1j * eta)
    return [z.real, z.imag]


def rounds_to_double(eta):
    print("abs", abs(1 + 1j * eta))
    return np.ceil(np.log(2) / np.log(abs(1 + 1j * eta)))


# %% right: gradients by PyTorch, powers one after another, with a warning
def simultaneous_step(a, b, eta):
    import torch

    a, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (a, b))
    (a * b).backward()
    return (a - eta * a.grad).item(), (b + eta * b.grad).item()


def rounds_to_double(eta):
    import warnings

    warnings.warn("a search")
    return next(k for k in range(1, 10_000) if (1 + eta**2) ** (k / 2) >= 2)


# %% right: float32
def simultaneous_step(a, b, eta):
    a, b, eta = np.float32([a, b, eta])
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    return int(-(-np.log(4) // np.log1p(eta**2)))


# %% wrong: one after the other
# diagnosis: player two answered the new a
# points: 0
def simultaneous_step(a, b, eta):
    a = a - eta * b
    b = b + eta * a
    return a, b


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: both downhill
# diagnosis: both went downhill
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b - eta * a


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: players exchanged
# diagnosis: the players are exchanged
# points: 0
def simultaneous_step(a, b, eta):
    return a + eta * b, b - eta * a


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: each by its own number
# diagnosis: the derivative of a b by a is b
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * a, b + eta * b


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: the square root forgotten
# diagnosis: the *squared* distance grows by 1 + η²
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    return int(np.ceil(np.log(2) / np.log(1 + eta**2)))


# %% wrong: rounded down
# diagnosis: rounded down
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    return int(2 * np.log(2) / np.log(1 + eta**2))


# %% wrong: not rounded
# diagnosis: rounds are whole
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    return 2 * np.log(2) / np.log(1 + eta**2)


# %% wrong: grows by 1 + η
# diagnosis: not by 1 + η
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    return int(np.ceil(np.log(2) / np.log(1 + eta)))


# %% wrong: the gradients
# diagnosis: the gradients came back
# points: 0
def simultaneous_step(a, b, eta):
    return b, a


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: a single number
# diagnosis: one number came back
# points: 0
def simultaneous_step(a, b, eta):
    return (a - eta * b) * (b + eta * a)


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: player two first
# diagnosis: player one answered the new b
# points: 0
def simultaneous_step(a, b, eta):
    b = b + eta * a
    a = a - eta * b
    return a, b


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: b first
# diagnosis: b came first
# points: 0
def simultaneous_step(a, b, eta):
    return b + eta * a, a - eta * b


def rounds_to_double(eta):
    return int(np.ceil(2 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: counted from one
# diagnosis: one round too many
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    a, b, k = 1.0, 0.0, 1
    while np.hypot(a, b) < 2:
        a, b = simultaneous_step(a, b, eta)
        k += 1
    return k


# %% wrong: four times the square
# diagnosis: four times as large
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    return int(np.ceil(4 * np.log(2) / np.log(1 + eta**2)))


# %% wrong: two divided by the growth
# diagnosis: 2 divided by the growth
# points: 0
def simultaneous_step(a, b, eta):
    return a - eta * b, b + eta * a


def rounds_to_double(eta):
    return int(np.ceil(2 / np.sqrt(1 + eta**2)))
